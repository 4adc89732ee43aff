/* limits_test.c: the largest counts and sums of stats (state.h): what is at the limit adds up, what is
** beyond is refused in words, and nothing overflows. And keys and periods at their ends. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "core/chat/chat_line.h"
#include "core/chat/chat_stats.h"
#include "core/deal/deal_stats.h"
#include "core/rating/rating_stats.h"
#include "core/sets/value_key.h"
#include "core/state/state.h"
#include "core/stats/groups.h"
#include "host.h"
#include "trial.h"

#define LIMITS_COUNTS "the counts of these stats together are beyond 2^61"
#define LIMITS_SUMS "the sums of these stats together are beyond 2^99"

static Rules limits_rules(void) {
    Rules rules;
    rules_defaults(&test_host, &rules);
    return rules;
}

static const Identity limits_nobody = {0, 0};

Test(chat_limits, counts_and_sums) {
    const Rules rules = limits_rules();
    for (int which = 0; which < CHAT_COUNTS + 2; which++) {
        ChatStats stats;
        ChatStats part;
        Message why;
        chat_open(&stats, &test_host, &rules, limits_nobody, true);
        chat_open(&part, &test_host, &rules, limits_nobody, false);
        if (which < CHAT_COUNTS) {
            part.sums.counts[which] = STATE_MOST_COUNT;
        } else if (which == CHAT_COUNTS) {
            part.sums.first_wait_ms = STATE_MOST_SUM;
        } else {
            part.sums.handling_ms = STATE_MOST_SUM;
        }
        cr_expect_eq(chat_merge(&stats, &part, 1, &why), STATUS_OK);
        cr_expect_eq(chat_merge(&stats, &part, 1, &why), STATUS_REFUSED);
        cr_expect_str_eq(why.text, which < CHAT_COUNTS ? LIMITS_COUNTS : LIMITS_SUMS);
        chat_close(&stats);
        chat_close(&part);
    }
}

Test(deal_limits, counts_and_sums) {
    const Rules rules = limits_rules();
    for (int which = 0; which < 4; which++) {
        DealStats stats;
        DealStats part;
        Message why;
        DealDay day = {.mature = 0};
        DealRow row = {.customer = {1, 2},
                       .has_amount = true,
                       .has_quantity = true,
                       .amount_micros = which == 3 ? -1 : 1,
                       .quantity = 1};
        deal_open(&stats, &test_host, &rules, true, true, true);
        deal_open(&part, &test_host, &rules, true, true, false);
        cr_expect_eq(deal_add(&part, &row, &day, 1), STATUS_OK);
        cr_expect_eq(deal_settle(&part), STATUS_OK);
        if (which == 0) {
            stats.counts[DEAL_ROWS] = STATE_MOST_COUNT - 1;
        } else if (which == 1) {
            stats.amount_micros = STATE_MOST_SUM - 1;
        } else if (which == 2) {
            stats.units = STATE_MOST_SUM - 1;
        } else {
            stats.amount_micros = 1 - STATE_MOST_SUM;
        }
        cr_expect_eq(deal_merge(&stats, &part, 1, &why), STATUS_OK, "%d", which);
        cr_expect_eq(deal_merge(&stats, &part, 1, &why), STATUS_REFUSED, "%d", which);
        cr_expect_str_eq(why.text, which == 0 ? LIMITS_COUNTS : LIMITS_SUMS);
        deal_close(&stats);
        deal_close(&part);
    }
    cr_expect_eq(test_heap.blocks, 0);
}

/* Bytes that say more than the limits, or that more is known than there is. */
Test(deal_limits, bytes_beyond_are_refused) {
    const Rules rules = limits_rules();
    for (int which = 0; which < 6; which++) {
        DealStats stats;
        DealStats read;
        Message why;
        Buffer bytes;
        DealDay day = {0};
        const DealRow row = {.customer = {1, 2}, .has_amount = true};
        deal_open(&stats, &test_host, &rules, true, true, false);
        cr_assert_eq(deal_add(&stats, &row, &day, 1), STATUS_OK);
        cr_assert_eq(deal_settle(&stats), STATUS_OK);
        stats.counts[DEAL_KNOWN_QUANTITIES] = which == 5 ? 2 : 1;
        stats.amount_micros = which == 1   ? STATE_MOST_SUM
                              : which == 2 ? STATE_MOST_SUM + 1
                              : which == 3 ? -STATE_MOST_SUM - 1
                                           : 0;
        stats.units = which == 4 ? STATE_MOST_SUM + 1 : which == 1 ? STATE_MOST_SUM : 0;
        buffer_open(&bytes, &test_host);
        cr_assert_eq(deal_write(&stats, &bytes), STATUS_OK);
        Reader reader = reader_over(bytes.bytes, bytes.length);
        cr_expect_eq(deal_read(&read, &rules, true, true, STATE_VERSION, &reader, &why),
                     which < 2 ? STATUS_OK : STATUS_REFUSED, "%d", which);
        buffer_close(&bytes);
        deal_close(&stats);
    }
    cr_expect_eq(test_heap.blocks, 0);
}

/* A window whose one conversation is long: a line that comes or goes looks at the flag on its way. */
Test(chat_limits, a_long_conversation_that_slides_can_be_stopped) {
    const Rules rules = limits_rules();
    for (int sign = -1; sign <= 1; sign += 2) {
        for (long at = 1; at <= 2; at++) {
            const StatsShape shape = {.host = &trial_host, .rules = &rules, .family = FAMILY_CHAT};
            const Identity customer = {1, 2};
            Groups groups;
            Message why;
            groups_open(&groups, &shape, false, false);
            GroupKey *key = groups_key(&groups, NULL);
            cr_assert_not_null(key);
            for (int64_t i = 0; i < 9000; i++) {
                cr_assert_eq(groups_chat(&groups, key, customer, chat_line_pack(i, SENDER_CUSTOMER),
                                         1, &why),
                             STATUS_OK);
            }
            cr_assert_eq(groups_slide(&groups, &why), STATUS_OK);
            trial_heap.asked = 0;
            trial_heap.stop_at = at;
            cr_expect_eq(groups_chat(&groups, key, customer, chat_line_pack(8999, SENDER_CUSTOMER),
                                     sign, &why),
                         STATUS_INTERRUPTED, "sign %d, look %ld", sign, at);
            trial_heap.stop_at = 0;
            groups_close(&groups);
            cr_assert_eq(trial_heap.blocks, 0);
        }
    }
}

/* Waits that were not settled cannot be walked over. */
Test(histogram_limits, an_unsettled_one_shows_nothing) {
    Histogram waits;
    HistogramCursor cursor = {0};
    histogram_open(&waits, &test_host, false);
    cr_assert_eq(histogram_add(&waits, 5, 1, 1), STATUS_OK);
    cr_expect_not(histogram_next(&waits, &cursor));
    cr_assert_eq(histogram_settle(&waits), STATUS_OK);
    cr_expect(histogram_next(&waits, &cursor));
    cr_expect_eq(cursor.wait_ms, 5);
    cr_expect_not(histogram_next(&waits, &cursor));
    histogram_close(&waits);
    cr_expect_eq(test_heap.blocks, 0);
}

Test(rating_limits, counts_and_sums) {
    const Rules rules = limits_rules();
    for (int which = 0; which < 2; which++) {
        RatingStats stats;
        RatingStats part;
        Message why;
        const RatingRow row = {.rated = true, .score_micros = 1000000};
        rating_open(&stats, &test_host, &rules, true);
        rating_open(&part, &test_host, &rules, false);
        if (which == 0) {
            stats.sums.counts[RATING_CONTACTS] = STATE_MOST_COUNT - 1;
        } else {
            stats.sums.score_micros = STATE_MOST_SUM - 1000000;
        }
        cr_expect_eq(rating_add(&part, &row, 1, &why), STATUS_OK);
        cr_expect_eq(rating_merge(&stats, &part, 1, &why), STATUS_OK);
        cr_expect_eq(rating_merge(&stats, &part, 1, &why), STATUS_REFUSED);
        cr_expect_str_eq(why.text, which == 0 ? LIMITS_COUNTS : LIMITS_SUMS);
        rating_close(&stats);
        rating_close(&part);
        rating_open(&stats, &test_host, &rules, true);
        stats.sums.counts[RATING_CONTACTS] = STATE_MOST_COUNT;
        cr_expect_eq(rating_add(&stats, &row, 1, &why), STATUS_REFUSED);
        cr_expect_str_eq(why.text, LIMITS_COUNTS);
        rating_close(&stats);
    }
    cr_expect_eq(test_heap.blocks, 0);
}

/* ---- keys ---- */

static int limits_order(Value left, Value right) {
    int order = value_key_compare(&left, &right);
    cr_expect_eq(value_key_compare(&right, &left), -order);
    return order;
}

/* As SQLite compares numbers: exactly. */
Test(value_key_limits, whole_numbers_and_fractions_of_either_sign) {
    cr_expect_eq(limits_order(value_of_integer(2), value_of_real(2.5)), -1);
    cr_expect_eq(limits_order(value_of_integer(3), value_of_real(2.5)), 1);
    cr_expect_eq(limits_order(value_of_integer(-2), value_of_real(-2.5)), 1);
    cr_expect_eq(limits_order(value_of_integer(-3), value_of_real(-2.5)), -1);
    cr_expect_eq(limits_order(value_of_integer(0), value_of_real(-0.5)), 1);
    cr_expect_eq(limits_order(value_of_integer(INT64_MAX), value_of_real(1e19)), -1);
    cr_expect_eq(limits_order(value_of_integer(INT64_MIN), value_of_real(-1e19)), 1);
}

Test(value_key_limits, a_real_key_is_a_number_and_no_whole_one) {
    static const struct {
        double real;
        bool right;
    } facts[] = {{2.5, true}, {2.0, false}, {NAN, false}, {1e300, true}, {-INFINITY, true}};
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        Buffer bytes;
        Value key;
        buffer_open(&bytes, &test_host);
        const Value real = value_of_real(facts[i].real);
        value_key_write(&real, &bytes);
        Reader whole = reader_over(bytes.bytes, bytes.length);
        Reader half = reader_over(bytes.bytes, bytes.length - 4);
        cr_expect_eq(value_key_read(&key, &whole), facts[i].right, "%f", facts[i].real);
        cr_expect_not(value_key_read(&key, &half));
        buffer_close(&bytes);
    }
}
