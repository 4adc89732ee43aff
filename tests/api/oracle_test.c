/* oracle_test.c: the oracle against cases computed by hand, before anything is compared with it. */
#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#include "oracle.h"

enum {
    Q = ORACLE_FROM_CUSTOMER,
    A = ORACLE_FROM_AGENT,
    B = ORACLE_FROM_BOT,
    S = ORACLE_FROM_ASSIST
};

/* A line of customer `who` at a second of 2026-11-10 in +08:00. */
static OracleLine line(int who, int sender, int64_t second) {
    int64_t midnight = oracle_day_number((OracleDate){2026, 11, 10}) * 86400 - 8 * 3600;
    return (OracleLine){
        .customer = who, .sender = sender, .has_time = true, .at_ms = (midnight + second) * 1000};
}

static int64_t hms(int hour, int minute, int second) { return hour * 3600 + minute * 60 + second; }

/* One KPI of some lines; -1 for NULL, else numerator / denominator / scale. */
static double figure_of(OracleLine *lines, int count, const OracleRules *rules, const char *kpi) {
    OracleChats chats = oracle_converse(lines, count, rules, false);
    OracleChatSum sum = oracle_sum_chats(&chats, -1, INT64_MIN, rules);
    double value = -2;
    for (int i = 0; i < sum.figures.count; i++) {
        const OracleFigure *figure = &sum.figures.figure[i];
        if (strcmp(figure->kpi, kpi) == 0)
            value = figure->is_null ? -1 : oracle_value(figure);
    }
    free(sum.wait_ms);
    free(chats.conversation);
    return value;
}

static double within_of(OracleLine *lines, int count, const OracleRules *rules, int64_t ms) {
    OracleChats chats = oracle_converse(lines, count, rules, false);
    OracleFigure figure = oracle_within(&chats, -1, INT64_MIN, rules, ms);
    free(chats.conversation);
    return figure.is_null ? -1 : oracle_value(&figure);
}

#define IS(kpi, want) cr_expect_eq(figure_of(lines, count, &rules, kpi), want, kpi)
#define LINES(...)                                                                                 \
    OracleLine lines[] = {__VA_ARGS__};                                                            \
    int count = (int)(sizeof lines / sizeof lines[0]);                                             \
    OracleRules rules = oracle_default_rules

Test(oracle, days) {
    cr_expect_eq(oracle_day_number((OracleDate){1970, 1, 1}), 0);
    cr_expect_eq(oracle_day_number((OracleDate){2000, 3, 1}), 11017);
    cr_expect_eq(oracle_day_number((OracleDate){1969, 12, 31}), -1);
    cr_expect_eq(oracle_weekday(oracle_day_number((OracleDate){2026, 11, 9})), 0);
    cr_expect_eq(oracle_date(11016).month, 2);
    cr_expect_eq(oracle_date(11016).day, 29);
    cr_expect_eq(oracle_date(-1).year, 1969);
    int64_t day = oracle_day_number((OracleDate){2026, 11, 12});
    cr_expect_eq(oracle_period_start(day, ORACLE_WEEK), day - 3);
    cr_expect_eq(oracle_date(oracle_period_start(day, ORACLE_QUARTER)).month, 10);
    cr_expect_eq(oracle_local_day(-1, 0), -1);
    cr_expect_eq(oracle_local_day(-1, 1), 0);
}

Test(oracle, calendar) {
    OracleCalendar calendar = {.has_tz = true, .tz_minutes = 0};
    calendar.week[0] = (OracleHours){1, {22 * 60}, {2 * 60}}; /* Monday 22:00-02:00 */
    int64_t monday = oracle_day_number((OracleDate){2026, 11, 9}) * 86400000;
    cr_expect(oracle_is_open(&calendar, monday + 22 * 3600000, 480));
    cr_expect(oracle_is_open(&calendar, monday + 25 * 3600000, 480));
    cr_expect_not(oracle_is_open(&calendar, monday + 26 * 3600000, 480));
    cr_expect_not(oracle_is_open(&calendar, monday + 3600000, 480));
    cr_expect_eq(oracle_open_ms(&calendar, monday + 1, monday + 172800000, 480), 4 * 3600000);
    cr_expect_eq(oracle_open_ms(&calendar, monday + 26 * 3600000 - 5, monday + 172800000, 480), 5);
}

/* The example of the definitions: published as 0/1 within three minutes. */
Test(oracle, taobao) {
    LINES(line(0, Q, hms(10, 10, 15)), line(0, Q, hms(10, 15, 20)), line(0, A, hms(10, 18, 10)),
          line(0, Q, hms(10, 18, 30)), line(0, A, hms(10, 19, 0)));
    cr_expect_eq(figure_of(lines, 3, &rules, "avg_response"), 475);
    rules.burst_last = true;
    cr_expect_eq(figure_of(lines, 3, &rules, "avg_response"), 170);
    rules.burst_last = false;
    cr_expect_eq(within_of(lines, 3, &rules, 180000), 0);
    IS("avg_response", 252.5);
    IS("first_response", 475);
    IS("max_response", 475);
    cr_expect_eq(within_of(lines, count, &rules, 180000), 0);
    rules.within_unit = ORACLE_BY_TURN;
    cr_expect_eq(within_of(lines, count, &rules, 180000), 0.5);
    rules.within_unit = ORACLE_BY_FIRST;
    cr_expect_eq(within_of(lines, count, &rules, 475000), 1);
    cr_expect_eq(within_of(lines, count, &rules, 474999), 0);
    IS("handling_time", 525);
    IS("answer_ratio", 2.0 / 3);
}

Test(oracle, who_answers) {
    LINES(line(0, Q, 100), line(0, B, 101), line(0, S, 110), line(0, A, 160));
    IS("avg_response", 60);
    rules.stop = ORACLE_STOP_ASSIST;
    IS("avg_response", 10);
    IS("agent_lines", 2);
    rules.stop = ORACLE_STOP_ANY;
    rules.bot_clears = true;
    IS("avg_response", 1);
    rules.stop = ORACLE_STOP_HUMAN; /* the bot drops the only turn */
    IS("avg_response", -1);
    IS("consulting", 0);
    IS("reply_rate", -1);
}

Test(oracle, ties_are_customer_first) {
    LINES(line(0, A, 100), line(0, Q, 100));
    IS("avg_response", 0);
    IS("answered_turns", 1);
}

Test(oracle, sessions) {
    LINES(line(0, Q, hms(23, 59, 50)), line(0, A, hms(24, 0, 10)), line(0, Q, hms(24, 0, 40)));
    IS("consulting", 2);
    IS("replied", 0);
    rules.session = ORACLE_SESSION_ALL;
    IS("consulting", 1);
    IS("turns", 2);
    IS("avg_response", 20);
    rules.session = ORACLE_SESSION_GAP;
    rules.gap_ms = 30000; /* a silence of 30 s or more */
    IS("consulting", 2);
    IS("replied", 1);
    IS("distinct_customers", 1);
    rules.gap_ms = 30001;
    IS("consulting", 1);
}

Test(oracle, unanswered_caps_and_drops) {
    LINES(line(0, Q, 0), line(0, A, 700), line(0, Q, 800), line(1, Q, 0), line(1, A, 50));
    IS("avg_response", 375);
    IS("turn_reply_rate", 2.0 / 3);
    rules.cap_ms = 600000;
    IS("avg_response", 325);
    rules.unanswered_cap = true;
    IS("avg_response", 1250.0 / 3);
    rules.drop_over_ms = 700000; /* the first wait leaves before it is capped; the cap stays */
    IS("avg_response", 325);
    IS("max_response", 600);
    IS("first_response", 325);
    IS("answered_turns", 2);
    rules.drop_over_ms = 700001;
    IS("avg_response", 1250.0 / 3);
}

Test(oracle, window) {
    LINES(line(0, Q, hms(7, 59, 59)), line(0, A, hms(8, 1, 0)), line(0, Q, hms(8, 2, 0)),
          line(0, A, hms(8, 2, 1)), line(1, Q, hms(23, 0, 0)), line(1, A, hms(23, 0, 9)));
    rules.has_window = true;
    rules.window_from_minute = 8 * 60;
    rules.window_to_minute = 23 * 60;
    IS("turns", 1);
    IS("first_response", 1);
    IS("customer_lines", 2);
    IS("consulting", 1);
    rules.window_from_minute = 23 * 60; /* past midnight */
    rules.window_to_minute = 8 * 60;
    IS("turns", 2);
    IS("first_response", 35);
}

Test(oracle, one_line_filter) {
    LINES(line(0, Q, 0), line(0, A, 10), line(0, A, 20), line(1, Q, 0), line(1, A, 10),
          line(1, A, 19), line(2, Q, 0), line(2, A, 10), line(3, A, 0), line(3, A, 10),
          line(3, Q, 20));
    rules.one_line = true;
    IS("consulting", 4);
    IS("filtered", 2);
    IS("received", 2);
    IS("distinct_customers", 2);
}

Test(oracle, slow_and_handling) {
    LINES(line(0, Q, 0), line(0, A, 121), line(0, Q, 200), line(0, A, 321), line(0, Q, 400),
          line(0, A, 520), line(1, Q, 0), line(1, A, 600), line(2, Q, 5));
    IS("slow_customers", 0);
    rules.slow_times = 2;
    IS("slow_customers", 1);
    IS("slow_rate", 1.0 / 3);
    IS("total_handling", 520); /* 600 s is no shorter than max_wait; customer 2 has no reply */
    IS("handling_time", 260);
    IS("unreplied", 1);
}

Test(oracle, percentiles) {
    LINES(line(0, Q, 0), line(0, A, 10), line(0, Q, 20), line(0, A, 40), line(0, Q, 50),
          line(0, A, 90));
    OracleChats chats = oracle_converse(lines, count, &rules, false);
    OracleChatSum sum = oracle_sum_chats(&chats, -1, INT64_MIN, &rules);
    double seconds = 0;
    cr_expect(oracle_percentile(&sum, 0.5, &seconds));
    cr_expect_eq(seconds, 20);
    cr_expect(oracle_percentile(&sum, 0.75, &seconds));
    cr_expect_eq(seconds, 30);
    cr_expect(oracle_percentile(&sum, 1, &seconds));
    cr_expect_eq(seconds, 40);
    free(sum.wait_ms);
    free(chats.conversation);
}

Test(oracle, turn_seconds) {
    LINES(line(0, A, 0), line(0, Q, 10), line(0, Q, 20), line(0, A, 40), line(0, A, 41));
    int64_t ms = 0;
    cr_expect_not(oracle_turn_ms(lines, 0, &rules, &ms));
    cr_expect_not(oracle_turn_ms(lines, 2, &rules, &ms));
    cr_expect(oracle_turn_ms(lines, 3, &rules, &ms));
    cr_expect_eq(ms, 30000);
    cr_expect_not(oracle_turn_ms(lines, 4, &rules, &ms));
    (void)count;
}

/* ---- deals ---- */

static OracleDeal deal(int who, int day, int ordered_day, int paid_day, int64_t yuan,
                       int quantity) {
    int64_t start = oracle_day_number((OracleDate){2026, 11, 1}) * 86400000 - 8 * 3600000;
    OracleDeal one = {.customer = who, .has_asked = true};
    one.asked_ms = start + day * 86400000LL + 3600000;
    one.has_ordered = ordered_day >= 0;
    one.ordered_ms = start + ordered_day * 86400000LL + 7200000;
    one.has_paid = paid_day >= 0;
    one.paid_ms = start + paid_day * 86400000LL + 7200000;
    one.has_amount = yuan > 0;
    one.amount_micros = yuan * 1000000;
    one.has_quantity = quantity > 0;
    one.quantity = quantity;
    return one;
}

static double deal_figure(const OracleDeal *deals, int count, const OracleRules *rules,
                          const char *kpi) {
    int64_t rows;
    OracleFigures figures = oracle_sum_deals(deals, count, -1, INT64_MIN, rules, true, true, &rows);
    for (int i = 0; i < figures.count; i++) {
        const OracleFigure *figure = &figures.figure[i];
        if (strcmp(figure->kpi, kpi) == 0)
            return figure->is_null ? -1 : oracle_value(figure);
    }
    return -2;
}

Test(oracle, deals) {
    /* 0 buys twice, 1 pays a day later, 2 five days later, 3 orders only, 4 asks, 5 bought before */
    OracleDeal deals[] = {deal(0, 0, 0, 0, 100, 2), deal(0, 1, 1, 1, 50, 1),
                          deal(1, 0, 0, 1, 30, 1),  deal(2, 0, 0, 5, 20, 0),
                          deal(3, 0, 0, -1, 99, 9), deal(4, 0, -1, -1, 0, 0),
                          deal(5, 3, 2, 2, 70, 1),  deal(-1, 0, 0, 0, 1, 1)};
    OracleRules rules = oracle_default_rules;
#define DEAL(kpi, want) cr_expect_eq(deal_figure(deals, 8, &rules, kpi), want, kpi)
    DEAL("inquirers", 5);
    DEAL("after_sales", 1);
    DEAL("orderers", 4);
    DEAL("payers", 3);
    DEAL("lost_inquiries", 1);
    DEAL("lost_orders", 1);
    DEAL("conversion_rate", 0.8);
    DEAL("payment_rate", 0.75);
    DEAL("payment_success_day1", 0.4);
    DEAL("payment_success_final", 0.4);
    DEAL("sales_amount", 200);
    DEAL("sales_units", 4);
    DEAL("paid_deals", 4);
    DEAL("order_value", 50);
    DEAL("item_price", 50);
    DEAL("cross_sell_rate", 1.0 / 3);
    DEAL("repeat_rate", 1.0 / 3);
    rules.final_days = 5;
    DEAL("payment_success_final", 0.6);
    rules.has_as_of = true; /* the start of November 3: day 0 is mature for lag 1, day 1 is not */
    rules.as_of_ms = oracle_day_number((OracleDate){2026, 11, 3}) * 86400000 - 8 * 3600000;
    DEAL("payment_success_day1", 0.4);
    DEAL("payment_success_final", -1);
    rules.as_of_ms--;
    DEAL("payment_success_day1", -1);
}

Test(oracle, ratings) {
    OracleRating ratings[] = {
        {.customer = 0,
         .has_time = true,
         .invited = true,
         .has_score = true,
         .score_millionths = 5000000},
        {.customer = 0, .has_time = true, .invited = true},
        {.customer = 1, .has_time = true, .has_score = true, .score_millionths = 4000000},
        {.customer = 2,
         .has_time = true,
         .invited = true,
         .has_score = true,
         .score_millionths = 1500000},
        {.customer = -1, .has_time = true, .invited = true},
        {.customer = 2, .invited = true},
    };
    int64_t rows;
    OracleFigures f = oracle_sum_ratings(ratings, 6, -1, INT64_MIN, &oracle_default_rules, &rows);
    static const double want[] = {4, 0.75, 2.0 / 3, 2.0 / 3, 1.0 / 3, 1.0 / 3, 3.5};
    cr_assert_eq(f.count, 7);
    for (int i = 0; i < 7; i++)
        cr_expect_eq(oracle_value(&f.figure[i]), want[i], "%s", f.figure[i].kpi);
}
