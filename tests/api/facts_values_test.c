/* facts_values_test.c: how values are read, one fact a line (functions.md 2).
**
** An instant is made visible as the wait of a pair: avg_response(a, b) is b - a in seconds.
*/
#include "api.h"

#include <string.h>

static sqlite3 *db;

static void facts_open(void) { db = api_open(); }
static void facts_close(void) { api_close(db); }

TestSuite(values, .init = facts_open, .fini = facts_close);

/* Runs a query that lines m(customer, sender, sent_at) precede. */
#define M(rows, select)                                                                            \
    "WITH m(customer, sender, sent_at) AS (VALUES " rows ") SELECT " select " FROM m"

/* ---- NULL ---- */

Test(values, blank_text_is_null) {
    expect_int(
        db, M("('',0,100),('  ',0,100),('a',0,100)", "consulting(customer, sender, sent_at)"), 1);
    expect_int(db, M("('a',0,''),('b',0,' '),('c',0,100)", "consulting(customer, sender, sent_at)"),
               1);
    expect_int(db, M("('a','',1),('b',' ',1),('c',0,100)", "consulting(customer, sender, sent_at)"),
               1);
    expect_int(db,
               M("(NULL,0,1),('b',NULL,1),('c',0,NULL),('c',0,100)",
                 "customer_lines(customer, sender, sent_at)"),
               1);
    expect_null(db, "SELECT reply_rate('')");
    expect_null(db, "SELECT reply_rate('  ')");
    expect_null(db, "SELECT kpi_period('', 'day')");
    expect_null(db, "SELECT order_cost(' ', 0.5)");
}

Test(values, no_rows_give_null) {
    expect_null(db, "SELECT chat_stats(1, 0, 1) WHERE 0");
    expect_null(db, "SELECT deal_stats(1, 0, 1, 1) WHERE 0");
    expect_null(db, "SELECT rating_stats(1, 0, 1, 1) WHERE 0");
    expect_null(db, "SELECT chat_stats_by(1, 1, 0, 1) WHERE 0");
    expect_null(db, "SELECT deal_stats_by(1, 1, 0, 1, 1) WHERE 0");
    expect_null(db, "SELECT rating_stats_by(1, 1, 0, 1, 1) WHERE 0");
    expect_null(db, "SELECT kefu_merge(1) WHERE 0");
    expect_null(db, "SELECT consulting(1, 0, 1) WHERE 0");
    expect_null(db, "SELECT conversion_rate(1, 0) WHERE 0");
    expect_null(db, "SELECT avg_response(1, 2) WHERE 0");
    expect_null(db, "SELECT journeys(1, 2, 'ask', 1, NULL) WHERE 0");
}

Test(values, only_skipped_rows_give_null) {
    expect_null(db, "SELECT chat_stats(NULL, 0, 1)");
    expect_null(db, "SELECT chat_stats('a', 'system', 1)");
    expect_null(db, "SELECT chat_stats('a', NULL, 1)");
    expect_null(db, "SELECT chat_stats('a', 0, NULL)");
    expect_null(db, "SELECT deal_stats(NULL, 1, 1, 1)");
    expect_null(db, "SELECT deal_stats('a', NULL, 1, 1)");
    expect_null(db, "SELECT rating_stats(NULL, 1, 1, 1)");
    expect_null(db, "SELECT rating_stats('a', NULL, 1, 1)");
    expect_null(db, "SELECT chat_stats_by('k', NULL, 0, 1)");
    expect_null(db, "SELECT consulting('', 0, 1)");
    expect_null(db, "SELECT conversion_rate('', 1)");
    expect_null(db, "SELECT kefu_merge(NULL)");
    expect_null(db, "SELECT avg_response(1, NULL)");
}

Test(values, a_zero_denominator_gives_null) {
    expect_null(db, "SELECT reply_rate('a', 'agent', 1)");
    expect_int(db, "SELECT received('a', 'agent', 1)", 0);
    expect_null(db, "SELECT avg_response('a', 'customer', 1)");
    expect_null(db, "SELECT max_response('a', 'customer', 1)");
    expect_null(db, "SELECT handling_time('a', 'customer', 1)");
    expect_real(db, "SELECT total_handling('a', 'customer', 1)", 0.0);
    expect_real(db, "SELECT reply_rate('a', 'customer', 1)", 0.0);
    expect_null(db, "SELECT payment_rate('a', 0, 0)");
    expect_real(db, "SELECT conversion_rate('a', 0)", 0.0);
    expect_null(db, "SELECT sales_per_buyer(deal_stats('a', 1, NULL, NULL, NULL))");
    expect_real(db, "SELECT sales_amount(deal_stats('a', 1, NULL, NULL, NULL))", 0.0);
    expect_null(db, "SELECT satisfaction(rating_stats('a', 1, 1, NULL))");
}

Test(values, scalars_of_null_are_null) {
    expect_rows(db,
                "SELECT reply_rate(NULL), inquirers(NULL), contacts(NULL), within_rate(NULL, 1), "
                "response_percentile(NULL, 0.5), kefu_info(NULL), kpi_period(NULL, 'day'), "
                "kpi_period(1, NULL), business_seconds(NULL, 1, '{}'), is_open(NULL, '{}')",
                "NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL");
    expect_null(db, "SELECT within_rate(chat_stats('a', 0, 1), NULL)");
    expect_null(db, "SELECT response_percentile(chat_stats('a', 0, 1), NULL)");
    expect_rows(db,
                "SELECT clicks_per_order(NULL), order_cost(1, NULL), inquiry_cost(NULL, 0.1, 0.1), "
                "compound_rate(NULL, 1), wilson_low(NULL, 1), wilson_high(1, NULL), "
                "rate_change_p(1, 2, NULL, 2)",
                "NULL|NULL|NULL|NULL|NULL|NULL|NULL");
}

/* ---- times ---- */

Test(values, unix_seconds_and_milliseconds) {
    expect_real(db, "SELECT avg_response(0, 7)", 7.0);
    expect_real(db, "SELECT avg_response(0, 7.25)", 7.25);
    expect_real(db, "SELECT avg_response(-7, 0)", 7.0);
    expect_real(db, "SELECT avg_response(1600000000, 1600000000123)", 0.123);
    expect_real(db, "SELECT avg_response(1600000000, 1600000000123.0)", 0.123);
    expect_text(db, "SELECT kpi_period(253402300799, 'day', 'UTC')", "9999-12-31");
    expect_text(db, "SELECT kpi_period(253402300800, 'day', 'UTC')", "1978-01-11");
    expect_text(db, "SELECT kpi_period(-253402300800, 'day', 'UTC')", "1961-12-21");
    expect_text(db, "SELECT kpi_period(-62167219200, 'day', 'UTC')", "0000-01-01");
    expect_error_has(db, "SELECT kpi_period(-62167219201, 'day', 'UTC')",
                     "kpi_period(): argument 1");
    expect_error_has(db, "SELECT kpi_period(-253402300799, 'day', 'UTC')",
                     "kpi_period(): argument 1");
}

Test(values, fractions_round_half_to_even) {
    expect_real(db, "SELECT avg_response(0, 0.0625)", 0.062); /* 62.5 ms */
    expect_real(db, "SELECT avg_response(0, 0.1875)", 0.188); /* 187.5 ms */
    expect_real(db, "SELECT avg_response(0, '000000000.0625')", 0.062);
    expect_real(db, "SELECT avg_response(0, '000000000.1875')", 0.188);
    expect_real(db, "SELECT avg_response(0, '000000000.0625000001')", 0.063);
    expect_real(db, "SELECT avg_response(0, 0.0004)", 0.0);
    expect_real(db, "SELECT avg_response(0, 0.0006)", 0.001);
    expect_real(db, "SELECT avg_response(-0.0625, 0)", 0.062);
}

Test(values, long_text_of_digits_is_a_number) {
    expect_real(db, "SELECT avg_response('100000000', 100000007)", 7.0);
    expect_real(db, "SELECT avg_response('+100000000', '100000000.5')", 0.5);
    expect_real(db, "SELECT avg_response('-100000000', '-099999999.0')", 1.0);
    expect_real(db, "SELECT avg_response('1600000000000', 1600000001)", 1.0);
    expect_error_has(db, "SELECT avg_response('12345678', 1)",
                     "avg_response(): argument 1 (asked_at): '12345678'");
}

Test(values, dates) {
    static const char *const same[] = {
        "'2026-11-01 08:00:00'",
        "'2026-11-01 08:00'",
        "'2026/11/01 08:00:00'",
        "'2026/11/1 8:00'",
        "'2026-11-1T8:00:00.000'",
        "'2026-11-01T00:00:00Z'",
        "'2026-11-01T08:00+08:00'",
        "'2026-11-01 08:00:00+0800'",
        "'2026-10-31 20:30:00-03:30'",
        "'2026-11-01 08:00:00.000999999'",
        "'2026-11-01T00:00Z'",
        "'1793491200'",
        "1793491200.0",
        "1793491200000",
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        expect_real(db, api_sql("SELECT avg_response(%s, 1793491201)", same[i]), 1.0);
    }
    expect_real(db, "SELECT avg_response('2026-11-01', 1793491200)", 8 * 3600.0);
    expect_real(db, "SELECT avg_response('2026/11/1', 1793491200)", 8 * 3600.0);
}

Test(values, parts_of_a_second) {
    expect_real(db, "SELECT avg_response('2026-11-01 08:00:00', '2026-11-01 08:00:00.5')", 0.5);
    expect_real(db, "SELECT avg_response('2026-11-01 08:00:00', '2026-11-01 08:00:00.25')", 0.25);
    expect_real(db, "SELECT avg_response('2026-11-01 08:00:00', '2026-11-01 08:00:00.9999')",
                0.999);
    expect_real(db, "SELECT avg_response('2026-11-01 08:00:00', '2026-11-01 08:00:00.123456789')",
                0.123);
    expect_error_has(db, "SELECT avg_response(0, '2026-11-01 08:00:00.1234567890')",
                     "(replied_at)");
}

Test(values, leap_days) {
    expect_text(db, "SELECT kpi_period('2024-02-29', 'day')", "2024-02-29");
    expect_text(db, "SELECT kpi_period('2000-02-29', 'day')", "2000-02-29");
    expect_text(db, "SELECT kpi_period('0000-02-29', 'day')", "0000-02-29");
    expect_error_has(db, "SELECT kpi_period('2023-02-29', 'day')", "'2023-02-29'");
    expect_error_has(db, "SELECT kpi_period('1900-02-29', 'day')", "'1900-02-29'");
}

Test(values, what_is_no_time) {
    static const char *const bad[] = {
        "'yesterday'",
        "'now'",
        "'2026-02-30'",
        "'2026-13-01'",
        "'2026-00-01'",
        "'2026-01-00'",
        "'2026-11-31'",
        "'10000-01-01'",
        "'2026-11'",
        "'2026-11-01 25:00'",
        "'2026-11-01 08:60'",
        "'2026-11-01 08:00:60'",
        "'2026-11-01 08:00x'",
        "'2026-11-01 08:00:00.'",
        "'2026-11-01 08'",
        "'26-11-01'",
        "9e999",
        "-9e999",
        "x'31363030303030303030'",
        "'1e9'",
        "12345678901234567",
        "'2026-11-01 24:00'",
        "'99999999999999999999'",
        "'2026-11-01 08:00+25:00'",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        expect_error_has(db, api_sql("SELECT kpi_period(%s, 'day')", bad[i]),
                         "kpi_period(): argument 1 (t): ");
    }
    expect_error(db, "SELECT chat_stats('a', 0, 'yesterday')",
                 "chat_stats(): argument 3 (sent_at): 'yesterday' is no time; want Unix seconds or "
                 "'YYYY-MM-DD HH:MM:SS'");
}

/* Without a suffix, TEXT is in the rules' zone. */
Test(values, wall_clock_text_is_in_the_rules_zone) {
    expect_real(db,
                M("('a',0,'2026-11-01T00:00:00Z'),('a',1,'2026-11-01 08:00:05')",
                  "avg_response(customer, sender, sent_at)"),
                5.0);
    expect_real(db,
                M("('a',0,'2026-11-01T00:00:00Z'),('a',1,'2026-11-01 00:00:05')",
                  "avg_response(customer, sender, sent_at, '{\"tz\":\"UTC\"}')"),
                5.0);
    expect_real(db,
                M("('a',0,'2026-11-01T00:00:00Z'),('a',1,'2026-11-01 05:30:05')",
                  "avg_response(customer, sender, sent_at, '{\"tz\":\"+05:30\"}')"),
                5.0);
    expect_real(db,
                M("('a',0,'2026-11-01T00:00:00Z'),('a',1,'2026-11-01 08:00:05')",
                  "avg_response(customer, sender, sent_at, '{\"tz\":\"Asia/Shanghai\"}')"),
                5.0);
}

/* New York: 01:30 came twice on 2026-11-01, 02:30 never on 2026-03-08. */
Test(values, changes_of_clocks) {
    expect_real(db,
                M("('a',0,'2026-11-01T05:00:00Z'),('a',1,'2026-11-01 01:30')",
                  "avg_response(customer, sender, sent_at, '{\"tz\":\"America/New_York\"}')"),
                1800.0);
    expect_real(db,
                M("('a',0,'2026-03-08T07:00:00Z'),('a',1,'2026-03-08 02:30')",
                  "avg_response(customer, sender, sent_at, '{\"tz\":\"America/New_York\"}')"),
                1800.0);
    expect_real(db,
                M("('a',0,'2026-11-01T05:00:00Z'),('a',1,'2026-11-01 02:00')",
                  "avg_response(customer, sender, sent_at, '{\"tz\":\"America/New_York\"}')"),
                7200.0);
}

/* ---- money ---- */

#define AMOUNT(amount) "SELECT sales_amount(deal_stats('a', 1, 2, 3, " amount "))"

Test(values, money_is_exact) {
    expect_real(
        db,
        "WITH d(a) AS (VALUES (0.1),('0.2'),(0.3)) SELECT sales_amount(deal_stats('a', 1, 2, 3, "
        "a)) FROM d",
        0.6);
    expect_real(db, AMOUNT("12.5"), 12.5);
    expect_real(db, AMOUNT("'12.50'"), 12.5);
    expect_real(db, AMOUNT("12"), 12.0);
    expect_real(db, AMOUNT("'-3.999999'"), -3.999999);
    expect_real(db, AMOUNT("0.000001"), 0.000001);
    expect_real(db, AMOUNT("'0.0000005'"), 0.0);
    expect_real(db, AMOUNT("'0.0000015'"), 0.000002);
    expect_real(db, AMOUNT("'0.0000025'"), 0.000002);
    expect_real(db, AMOUNT("'0.00000250000000000000000000001'"), 0.000003);
    expect_real(db, AMOUNT("'-0.0000015'"), -0.000002);
    expect_real(db, AMOUNT("1000000000000"), 1e12);
    expect_real(db, AMOUNT("'-1000000000000.0'"), -1e12);
    expect_real(db, AMOUNT("0.015"), 0.015);
}

Test(values, affinity_never_changes_an_amount) {
    expect_same(db, "SELECT hex(deal_stats('a', 1, 2, 3, '19.99'))",
                "SELECT hex(deal_stats('a', 1, 2, 3, 19.99))");
    expect_same(db, "SELECT hex(deal_stats('a', 1, 2, 3, '7'))",
                "SELECT hex(deal_stats('a', 1, 2, 3, 7.0))");
    expect_same(db, "SELECT hex(deal_stats('a', 1, 2, 3, 7))",
                "SELECT hex(deal_stats('a', 1, 2, 3, 7.0))");
    expect_same(db, "SELECT hex(deal_stats('a', 1, 2, 3, '0.1'))",
                "SELECT hex(deal_stats('a', 1, 2, 3, 0.1))");
    expect_same(db, "SELECT hex(deal_stats('a', 1, 2, 3, '123456789.123456'))",
                "SELECT hex(deal_stats('a', 1, 2, 3, 123456789.123456))");
}

Test(values, what_is_no_money) {
    static const char *const bad[] = {
        "1000000000001", "'1000000000000.000001'", "-1e13", "9e999", "'abc'", "x'31'", "'1,000'",
        "'¥5'"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        expect_error_has(db, api_sql(AMOUNT("%s"), bad[i]), "deal_stats(): argument 5 (amount): ");
    }
}

/* ---- customers ---- */

#define PEOPLE(values) "WITH c(x) AS (VALUES " values ") SELECT distinct_customers(x, 0, 1) FROM c"

Test(values, customers_are_equal_as_sqlite_says) {
    expect_int(db, PEOPLE("(1),(1.0)"), 1);
    expect_int(db, PEOPLE("(1),('1')"), 2);
    expect_int(db, PEOPLE("('1'),(x'31')"), 2);
    expect_int(db, PEOPLE("('a'),('A')"), 2);
    expect_int(db, PEOPLE("('a'),('a ')"), 2);
    expect_int(db, PEOPLE("(0),(0.0),(-0.0)"), 1);
    expect_int(db, PEOPLE("(9007199254740992),(9007199254740992.0),(9007199254740993)"), 2);
    expect_int(db, PEOPLE("(9223372036854775807),(9223372036854775808.0)"), 2);
    expect_int(db, PEOPLE("(-9223372036854775807-1),(-9223372036854775808.0)"), 1);
    expect_int(db, PEOPLE("(x''),(x'00')"), 2);
    expect_int(db, PEOPLE("('a' || char(0)),('a'),('a' || char(0) || 'b')"), 3);
    expect_int(db, PEOPLE("(0.1),(0.1)"), 1);
    expect_int(db, PEOPLE("(9e999),(-9e999),(1e308)"), 3);
}

/* ---- senders ---- */

Test(values, senders) {
    expect_int(
        db,
        M("('a',0,1),('a','0',1),('a','customer',1)", "customer_lines(customer, sender, sent_at)"),
        3);
    expect_int(db,
               M("('a',0,1),('a',1,2),('a','1',2),('a','agent',3)",
                 "agent_lines(customer, sender, sent_at)"),
               3);
    expect_int(db,
               M("('a',0,1),('a',2,2),('a','2',2),('a','bot',3)",
                 "agent_lines(customer, sender, sent_at, '{\"stop\":\"any\"}')"),
               3);
    expect_int(db,
               M("('a',0,1),('a',3,2),('a','3',2),('a','assist',3),('a','bot',3)",
                 "agent_lines(customer, sender, sent_at, '{\"stop\":\"assist\"}')"),
               3);
    expect_int(db,
               M("('a',0,1),('a',NULL,2),('a','system',2),('a','',3)",
                 "customer_lines(customer, sender, sent_at)"),
               1);
    static const char *const bad[] = {"4", "-1", "'x'", "'Agent'", "1.5", "x'31'", "'4'"};
    static const char *const listed[] = {"customer", "agent", "bot", "assist", "system"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *sql = api_sql("SELECT chat_stats('a', %s, 1)", bad[i]);
        expect_error_has(db, sql, "chat_stats(): argument 2 (sender): ");
        for (int j = 0; j < 5; j++)
            expect_error_has(db, sql, listed[j]);
    }
}

/* ---- flags ---- */

Test(values, flags) {
    static const char *const no[] = {"NULL", "0", "'0'", "''", "' '", "0.0"};
    static const char *const yes[] = {"1",    "'1'",          "2",          "-1",   "0.5",
                                      "'no'", "'2026-11-01'", "1793491200", "x'31'"};
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        expect_real(db, api_sql("SELECT conversion_rate('a', %s)", no[i]), 0.0);
        expect_real(db, api_sql("SELECT invite_rate(rating_stats('a', 1, %s, 5))", no[i]), 0.0);
        expect_real(db, api_sql("SELECT payment_rate('a', 1, %s)", no[i]), 0.0);
    }
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        expect_real(db, api_sql("SELECT conversion_rate('a', %s)", yes[i]), 1.0);
        expect_real(db, api_sql("SELECT invite_rate(rating_stats('a', 1, %s, 5))", yes[i]), 1.0);
        expect_real(db, api_sql("SELECT payment_rate('a', 0, %s)", yes[i]),
                    1.0); /* paid: ordered too */
    }
}

/* ---- result types ---- */

Test(values, counts_are_integer_the_rest_real) {
    expect_rows(
        db,
        "SELECT typeof(consulting(s)), typeof(customer_lines(s)), typeof(slow_customers(s)), "
        "typeof(reply_rate(s)), typeof(avg_response(s)), typeof(max_response(s)), "
        "typeof(total_handling(s)), typeof(answer_ratio(s)), typeof(within_rate(s, 1)), "
        "typeof(response_percentile(s, 1)), typeof(s) FROM (SELECT chat_stats('a', column1, "
        "column2) "
        "AS s FROM (VALUES (0, 1), (1, 2)))",
        "integer|integer|integer|real|real|real|real|real|real|real|blob");
    expect_rows(db,
                "SELECT typeof(inquirers(s)), typeof(sales_units(s)), typeof(paid_deals(s)), "
                "typeof(sales_amount(s)), typeof(sales_per_buyer(s)), typeof(units_per_buyer(s)), "
                "typeof(repeat_rate(s)) FROM (SELECT deal_stats('a', 1, 2, 3, 4, 5) AS s)",
                "integer|integer|integer|real|real|real|real");
    expect_rows(
        db,
        "SELECT typeof(contacts(s)), typeof(avg_score(s)), typeof(good_rate(s)) FROM (SELECT "
        "rating_stats('a', 1, 1, 5) AS s)",
        "integer|real|real");
}

/* ---- order of rows ---- */

Test(values, lines_with_equal_times_have_an_order) {
    expect_real(db, M("('a',1,5),('a',0,5)", "avg_response(customer, sender, sent_at)"), 0.0);
    expect_real(db,
                M("('a',2,5),('a',0,5),('a',1,9)",
                  "avg_response(customer, sender, sent_at, '{\"stop\":\"any\"}')"),
                0.0);
    expect_int(db,
               M("('a',1,5),('a',2,5),('a',0,5)",
                 "turns(customer, sender, sent_at, '{\"bot_clears\":true}')"),
               0);
    expect_int(db,
               M("('a',1,5),('a',3,5),('a',0,5),('a',0,9)",
                 "turns(customer, sender, sent_at, '{\"stop\":\"assist\"}')"),
               2);
}

/* ---- errors ---- */

Test(values, long_values_are_cut_in_messages) {
    const char *message =
        api_error(db, "SELECT chat_stats('a', 0, replace(hex(zeroblob(100000)), '0', 'x'))");
    cr_expect_lt(strlen(message), 400, "%zu bytes", strlen(message));
    message = api_error(db, "SELECT reply_rate(zeroblob(100000))");
    cr_expect_lt(strlen(message), 400, "%zu bytes", strlen(message));
}

Test(values, one_bad_row_fails_the_query) {
    expect_error_has(
        db, M("('a',0,1),('b',0,'soon'),('c',0,2)", "chat_stats(customer, sender, sent_at)"),
        "chat_stats(): argument 3 (sent_at): 'soon'");
    expect_error_has(db, "SELECT rating_stats('a', 1, 1, 6)",
                     "rating_stats(): argument 4 (score): 6");
    expect_error_has(db, "SELECT rating_stats('a', 1, 1, 0.5)",
                     "rating_stats(): argument 4 (score): 0.5");
    expect_error_has(db, "SELECT rating_stats('a', 1, 1, 'good')",
                     "rating_stats(): argument 4 (score): 'good'");
    expect_error_has(db, "SELECT rating_stats('a', 1, 1, 11, '{\"score_max\":10}')", "(score): 11");
    expect_real(db, "SELECT avg_score(rating_stats('a', 1, 1, 9.5, '{\"score_max\":10}'))", 9.5);
    expect_error_has(db, "SELECT deal_stats('a', 'x', 1, 1)",
                     "deal_stats(): argument 2 (asked_at): 'x'");
    expect_error_has(db, "SELECT deal_stats('a', 1, 'x', 1)",
                     "deal_stats(): argument 3 (ordered_at): 'x'");
    expect_error_has(db, "SELECT deal_stats('a', 1, 1, 'x')",
                     "deal_stats(): argument 4 (paid_at): 'x'");
    expect_error_has(db, "SELECT deal_stats('a', 1, 1, 1, 1, 'x')",
                     "deal_stats(): argument 6 (quantity): 'x'");
    expect_error_has(db, "SELECT deal_stats('a', 1, 1, 1, 1, 1.5)",
                     "deal_stats(): argument 6 (quantity): 1.5");
    expect_error_has(db, "SELECT deal_stats('a', 1, 1, 1, 1, -1)",
                     "deal_stats(): argument 6 (quantity): -1");
    expect_error_has(db, "SELECT avg_response(5, 4)", "avg_response(): argument 2 (replied_at): 4");
}
