/* ends_test.c: facts at the ends of what SQL can say: the first and the last day, numbers beyond all
** ranges, sums beyond 64 bits, frames that a window function does not take, conditions on a table's
** arguments. Each is worked out by hand from functions.md. */
#include "api.h"

static sqlite3 *ends;
static void ends_open(void) { ends = api_open(); }
static void ends_close(void) { api_close(ends); }

TestSuite(ends, .init = ends_open, .fini = ends_close);

/* ---- calendar ---- */

/* 0000-01-01 was a Saturday; in +08:00 the year 9999 ends eight hours before it does in UTC. */
Test(ends, periods_have_names_within_the_years) {
    expect_text(ends, "SELECT kpi_period('0000-01-01', 'month')", "0000-01-01");
    expect_text(ends, "SELECT kpi_period('0000-01-03', 'week')", "0000-01-03");
    expect_error(
        ends, "SELECT kpi_period('0000-01-01', 'week')",
        "kpi_period(): argument 1 (t): '0000-01-01' is in a period that begins outside the "
        "years 0000 to 9999");
    expect_text(ends, "SELECT kpi_period(253402300799, 'day', 'UTC')", "9999-12-31");
    expect_error(
        ends, "SELECT kpi_period(253402300799, 'day')",
        "kpi_period(): argument 1 (t): 253402300799 is in a period that begins outside the "
        "years 0000 to 9999");
    expect_error(ends, "SELECT kpi_period(0, 5)",
                 "kpi_period(): argument 2 (unit): 5 is no period; want day, week, month, quarter "
                 "or year");
    expect_error(
        ends, "SELECT is_open(0, '{\"holidays\":[20261001]}')",
        "is_open(): argument 2 (calendar): calendar.holidays[0]: a number is no date; want "
        "'YYYY-MM-DD'");
}

/* ---- rules ---- */

Test(ends, values_of_options_that_are_no_values) {
#define ENDS_RULES(text) "SELECT chat_stats(1, 0, 1, '{\"" text "}')"
    expect_error(
        ends, ENDS_RULES("window\":5"),
        "chat_stats(): argument 4 (rules): rules.window: 5 is not valid; want 'HH:MM-HH:MM' "
        "with an end that is not the start or null");
    expect_error(ends, ENDS_RULES("bot_clears\":1"),
                 "chat_stats(): argument 4 (rules): rules.bot_clears: 1 is not valid; want true or "
                 "false");
    /* 00:00 in the Chinese zone is of the year before in UTC: its number could not be read again */
    expect_error(ends, ENDS_RULES("as_of\":\"0000-01-01\""),
                 "chat_stats(): argument 4 (rules): rules.as_of: '0000-01-01' is outside the years "
                 "0000 to 9999 of UTC");
    expect_same(ends, ENDS_RULES("as_of\":\"0000-01-01 08:00\""), "SELECT chat_stats(1, 0, 1)");
    expect_error(ends, ENDS_RULES("as_of\":1e30"),
                 "chat_stats(): argument 4 (rules): rules.as_of: 1e30 is not valid; want Unix "
                 "seconds or 'YYYY-MM-DD HH:MM:SS' or null");
    expect_error(ends, ENDS_RULES("as_of\":-1e30"),
                 "chat_stats(): argument 4 (rules): rules.as_of: -1e30 is not valid; want Unix "
                 "seconds or 'YYYY-MM-DD HH:MM:SS' or null");
    expect_error(ends, ENDS_RULES("as_of\":99999999999999999999"),
                 "chat_stats(): argument 4 (rules): rules.as_of: 1e+20 is outside the "
                 "years 0000 to 9999; want Unix seconds or 'YYYY-MM-DD HH:MM:SS'");
    expect_error(ends, ENDS_RULES("cap\":1.0000000000000000000000000000000000000000001"),
                 "chat_stats(): argument 4 (rules): rules.cap: "
                 "1.0000000000000000000000000000000000000000001 is not valid; want seconds > 0, "
                 "whole in milliseconds, up to 10^12 or null");
    expect_error(
        ends, ENDS_RULES("cap\":1000000000000.001"),
        "chat_stats(): argument 4 (rules): rules.cap: 1000000000000.001 is not valid; want "
        "seconds > 0, whole in milliseconds, up to 10^12 or null");
    /* false is the default, said */
    expect_same(ends, ENDS_RULES("bot_clears\":false"), "SELECT chat_stats(1, 0, 1)");
    /* 23:00 to 24:00 is 23:00 to 00:00; the whole day is no window */
    expect_same(ends, ENDS_RULES("window\":\"23:00-24:00\""),
                ENDS_RULES("window\":\"23:00-00:00\""));
    expect_same(ends, ENDS_RULES("window\":\"00:00-24:00\""), "SELECT chat_stats(1, 0, 1)");
}

/* Two texts of one length are two texts. */
Test(ends, rules_that_differ_from_row_to_row) {
    expect_error(
        ends,
        "SELECT chat_stats(column1, 0, 1, column2) FROM (VALUES (1, 'taobao'), (2, "
        "'douyin'))",
        "chat_stats(): argument 4 (rules): 'douyin' differs from 'taobao' of the first row; "
        "want the same text for all rows of a group");
    expect_error(ends,
                 "SELECT chat_stats(column1, 0, 1, column2) FROM (VALUES (1, 'pdd'), (2, '{}'))",
                 "chat_stats(): argument 4 (rules): '{}' differs from 'pdd' of the first row; want "
                 "the same text for all rows of a group");
    /* the same in all but the beginning, the end, the middle; 8, 16 and more bytes; a BLOB */
    static const char *const pairs[][2] = {
        {"'chatwoot'", "'chatwooT'"},
        {"'{\"cap\":12}'", "'{\"cap\":13}'"},
        {"'{\"cap\":1234567 }'", "' {\"cap\":1234567}'"},
        {"'{\"cap\":12345678}'", "'{\"cap\":12345679}'"},
        {"'{\"cap\":12,\"slow\":60,\"tz\":\"UTC\"}'", "'{\"cap\":12,\"slow\":61,\"tz\":\"UTC\"}'"},
        {"'chatwoot'", "x'63686174776F6F74'"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        expect_error_has(ends,
                         api_sql("SELECT chat_stats(column1, 0, 1, column2) FROM (VALUES (1, %s), "
                                 "(2, %s), (3, %s))",
                                 pairs[i][0], pairs[i][0], pairs[i][1]),
                         i < 5 ? "of the first row; want the same text" : "is no rules");
        expect_same(
            ends,
            api_sql("SELECT chat_stats(column1, 0, 1, column2) FROM (VALUES (1, %s), (1, %s))",
                    pairs[i][0], pairs[i][0]),
            api_sql("SELECT chat_stats(column1, 0, 1, %s) FROM (VALUES (1), (1))", pairs[i][0]));
    }
}

/* ---- numbers ---- */

Test(ends, numbers_beyond_all_ranges) {
    expect_error(ends, "SELECT wilson_low('1e40', '1e41')",
                 "wilson_low(): argument 1 (k): '1e40' is no count; want a whole number from 0 to "
                 "10^18");
    expect_error(
        ends, "SELECT wilson_low(1, 1000000000000000001)",
        "wilson_low(): argument 2 (n): 1000000000000000001 is no count; want a whole number "
        "from 0 to 10^18");
    expect_error(
        ends, "SELECT compound_rate('1e40', 2)",
        "compound_rate(): argument 1 (rate): '1e40' is no rate; want a number from 0 to 1");
    expect_error(ends, "SELECT wilson_high(3, 2)",
                 "wilson_high(): argument 1 (k): 3 is above its n, 2");
    expect_real(ends, "SELECT wilson_high(2, 2)", 1.0);
    expect_real(ends, "SELECT rate_change_p(0, 5, 0, 7)", 1.0);
    expect_real(ends, "SELECT rate_change_p(5, 5, 7, 7)", 1.0);
    expect_error(ends,
                 "SELECT response_percentile(s, '1e40') FROM (SELECT chat_stats(1, 0, 1) AS s)",
                 "response_percentile(): argument 2 (p): '1e40' is too large; want a number from 0 "
                 "to 1");
    expect_error(ends, "SELECT response_percentile(s, 1.5) FROM (SELECT chat_stats(1, 0, 1) AS s)",
                 "response_percentile(): argument 2 (p): 1.5 is too large; want a number from 0 to "
                 "1");
    expect_error(ends, "SELECT pay_calc('abc', '{\"base\":1}')",
                 "pay_calc(): argument 1 (sales): 'abc' is not an amount; want INTEGER, REAL or "
                 "decimal TEXT");
    expect_error(ends, "SELECT * FROM commission_explain('abc', '{\"base\":1}')",
                 "commission_explain(): argument 1 (sales): 'abc' is not an amount; want INTEGER, "
                 "REAL or decimal TEXT");
    expect_error(ends, "SELECT commission_calc(-1000000000000, 1, 100)",
                 "commission_calc(): the commission is beyond 10^12");
    expect_real(ends, "SELECT commission_calc(-1000000000000, 1, 1)", -1e12);
}

/* A wait of 2.5 s: within 2.5 s, not within 2.4999 s, within anything larger. -0.0 s is 0 s. */
Test(ends, limits_of_a_wait) {
    api_exec(ends, "CREATE TABLE s AS SELECT chat_stats(1, column1, column2) AS stats FROM (VALUES "
                   "(0, 0), (1, 2.5))");
    expect_real(ends, "SELECT within_rate(stats, 2.5) FROM s", 1.0);
    expect_real(ends, "SELECT within_rate(stats, 2.4999) FROM s", 0.0);
    expect_real(ends, "SELECT within_rate(stats, 1e17) FROM s", 1.0);
    expect_real(ends, "SELECT within_rate(stats, '1e40') FROM s", 1.0);
    expect_real(ends, "SELECT within_rate(stats, -0.0) FROM s", 0.0);
    expect_error(ends, "SELECT within_rate(stats, -0.0001) FROM s",
                 "within_rate(): argument 2 (seconds): -0.0001 is negative; want seconds >= 0");
}

/* 10^12 items, doubled 24 times by merging: 16777216 × 10^12 is beyond 64 bits. */
Test(ends, counts_beyond_64_bits) {
    api_exec(ends,
             "CREATE TABLE d AS WITH RECURSIVE d(i, s) AS (SELECT 0, (SELECT deal_stats(1, 0, "
             "0, 0, 1, 1000000000000)) UNION ALL SELECT i + 1, (SELECT kefu_merge(s) FROM "
             "(SELECT s UNION ALL SELECT s)) FROM d WHERE i < 24) SELECT i, s FROM d");
    expect_int(ends, "SELECT sales_units(s) FROM d WHERE i = 23", 8388608000000000000);
    expect_error(ends, "SELECT sales_units(s) FROM d WHERE i = 24", "integer overflow");
    expect_rows(ends,
                "SELECT numerator, denominator, value FROM d, kefu_stats(s) WHERE i = 24 AND kpi = "
                "'units_per_buyer'",
                "1.6777216e+19|1|1.6777216e+19");
    expect_rows(ends,
                "SELECT numerator, denominator FROM d, kefu_stats(s) WHERE i = 23 AND kpi = "
                "'units_per_buyer'",
                "8388608000000000000|1");
}

/* ---- turn_seconds ---- */

#define ENDS_WANTED                                                                                \
    "; want it as a window function: OVER (PARTITION BY agent, customer ORDER BY sent_at, id "     \
    "ROWS "                                                                                        \
    "UNBOUNDED PRECEDING)"

Test(ends, frames_of_turn_seconds) {
    api_exec(ends,
             "CREATE TABLE l(id INTEGER PRIMARY KEY, sender, at);"
             "INSERT INTO l(sender, at) VALUES (0, 0), (0, NULL), (NULL, 3), (1, 5), (0, 5), (1, "
             "9)");
    expect_rows(
        ends, "SELECT turn_seconds(sender, at) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) FROM l",
        "NULL\nNULL\nNULL\n5.0\nNULL\n4.0");
    /* a line that is filtered out is not there: neither is its answer */
    expect_rows(ends,
                "SELECT turn_seconds(sender, at) FILTER (WHERE id <> 4) OVER (ORDER BY id ROWS "
                "UNBOUNDED PRECEDING) FROM l",
                "NULL\nNULL\nNULL\nNULL\nNULL\n9.0");
    expect_error(ends, "SELECT turn_seconds(sender, at) OVER (ORDER BY id ROWS 1 PRECEDING) FROM l",
                 "turn_seconds(): the frame leaves rows behind" ENDS_WANTED);
    expect_error(ends, "SELECT turn_seconds(sender, at) OVER (ORDER BY at) FROM l WHERE at > 3",
                 "turn_seconds(): the frame takes several rows at once" ENDS_WANTED);
    expect_error(
        ends,
        "SELECT turn_seconds(sender, at) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING "
        "AND UNBOUNDED FOLLOWING) FROM l",
        "turn_seconds(): the frame takes several rows at once" ENDS_WANTED);
    expect_error(ends, "SELECT turn_seconds(sender, at) FROM l",
                 "turn_seconds(): want it as a window function: OVER (PARTITION BY agent, customer "
                 "ORDER BY sent_at, id ROWS UNBOUNDED PRECEDING)");
}

/* ---- tables ---- */

Test(ends, conditions_on_the_arguments_of_a_table) {
    api_exec(ends, "CREATE TABLE g AS SELECT chat_stats_by(column1, 1, 0, 1) AS grouped_stats FROM "
                   "(VALUES ('a'), ('b'))");
    expect_int(ends, "SELECT count(*) FROM g, kefu_groups(grouped_stats)", 2);
    expect_int(ends,
               "SELECT count(*) FROM g, kefu_groups(grouped_stats) WHERE grouped = grouped_stats",
               2);
    expect_int(ends,
               "SELECT count(*) FROM g, kefu_groups(grouped_stats) WHERE grouped = (SELECT "
               "chat_stats_by('z', 1, 0, 1))",
               0);
    expect_int(ends, "SELECT count(*) FROM g, kefu_groups(grouped_stats) WHERE grouped > x'00'", 2);
    expect_int(ends, "SELECT count(*) FROM g, kefu_groups(grouped_stats) WHERE grouped < x'00'", 0);
    expect_error(ends, "SELECT * FROM kefu_groups WHERE grouped > x'00'",
                 "kefu_groups(): argument 1 (grouped): missing");
    /* the table that lends the argument comes first, wherever it stands */
    expect_int(ends, "SELECT count(*) FROM kefu_groups AS k, g WHERE k.grouped = g.grouped_stats",
               2);
}

Test(ends, hidden_columns_give_their_arguments_back) {
    expect_rows(ends,
                "SELECT DISTINCT sales, plan, facts FROM commission_explain(100, '{\"base\":1}')",
                "100|{\"base\":1}|NULL");
    expect_rows(ends,
                "SELECT DISTINCT sales, facts FROM commission_explain('7', '{\"base\":1}', '{}')",
                "7|{}");
}

/* Rows have numbers of their own, also where an argument is not given. */
Test(ends, rows_of_a_table_have_numbers) {
    expect_rows(
        ends, "SELECT count(*), count(DISTINCT rowid) FROM commission_explain(100, '{\"base\":1}')",
        "2|2");
    expect_rows(
        ends,
        "SELECT count(*), count(DISTINCT rowid) FROM commission_explain(100, '{\"base\":1}', "
        "'{}')",
        "2|2");
}

/* An amount that nobody told is NULL; a cancelled order's is 0, told or not. */
Test(ends, amounts_of_orders) {
    expect_rows(
        ends,
        "SELECT order_id, amount FROM kefu_credits((SELECT journeys(1, column1, column2, NULL, "
        "column3, column4) FROM (VALUES (1, 'order', 'a', NULL), (1, 'order', 'b', 5), (1, "
        "'order', 'c', NULL), (2, 'cancel', 'c', NULL), (1, 'order', 'd', 5), (2, 'cancel', "
        "'d', NULL)))) ORDER BY order_id",
        "a|NULL\nb|5.0\nc|0.0\nd|0.0");
    expect_error(
        ends,
        "SELECT * FROM kefu_inquiries((SELECT journeys(1, 1, 'pay', NULL, 'o', "
        "1000000000000) FROM (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10))))",
        "kefu_inquiries(): argument 1 (journeys): the amounts or quantities of order 'o' add "
        "up beyond 64 bits; want less than 9.2 × 10^12");
}

/* The label of the total is the plan's id and currency: text, also when both are empty. */
Test(ends, labels_of_a_total) {
#define ENDS_TOTAL(fields)                                                                         \
    "SELECT typeof(label) || ':' || label FROM commission_explain(1, '{\"base\":1" fields "}') "   \
    "WHERE kind = 'total'"
    expect_text(ends, ENDS_TOTAL(""), "text:CNY");
    expect_text(ends, ENDS_TOTAL(",\"id\":\"x\""), "text:x CNY");
    expect_text(ends, ENDS_TOTAL(",\"id\":\"x\",\"currency\":\"\""), "text:x");
    expect_text(ends, ENDS_TOTAL(",\"id\":\"\",\"currency\":\"\""), "text:");
}

/* Customers stand by their hashes, so the first and the last event are anybody's. */
Test(ends, kefu_info_knows_the_first_and_the_last_event) {
    for (int i = 0; i < 9; i++) {
        const char *info =
            api_sql("SELECT kefu_info(journeys(column1, column2, 'order', NULL, 1)) GLOB "
                    "'*\"first\":1,\"last\":9,*' FROM (VALUES (%d, 5), (%d, 1), (%d, 9), (%d, 7))",
                    i, i + 1, i + 2, i + 3);
        expect_int(ends, info, 1);
    }
}

/* A row whose period has no name. 0000-01-01 00:00 in +08:00 is -62167248000. */
Test(ends, groups_have_periods_within_the_years) {
    expect_error(
        ends, "SELECT rating_stats_by('k', 'c', '0000-01-01', 0, 5, '{\"period\":\"week\"}')",
        "rating_stats_by(): -62167248000 is in a period that begins outside the years 0000 "
        "to 9999");
    expect_error(
        ends, "SELECT rating_stats_by('k', 'c', 253402300799, 0, 5, '{\"period\":\"day\"}')",
        "rating_stats_by(): 253402300799 is in a period that begins outside the years 0000 "
        "to 9999");
    expect_rows(ends,
                "SELECT key, period FROM kefu_groups((SELECT rating_stats_by('k', 'c', "
                "'0000-01-03', 0, 5, '{\"period\":\"week\"}')))",
                "k|0000-01-03");
}

/* 9999 keys that come and go, four at a time: each frame has its own four and no others. */
Test(ends, keys_that_come_and_go) {
    api_exec(ends,
             "CREATE TABLE r AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n "
             "WHERE i < 9998) SELECT i * 7919 %% 9999 AS key, i FROM n");
    expect_rows(
        ends,
        "SELECT count(*), sum(frame GLOB '*\"keys\":' || length || '}') FROM (SELECT min(i + 1, 4) "
        "AS "
        "length, kefu_info(rating_stats_by(key, i, i, 0, NULL) OVER (ORDER BY i ROWS 3 PRECEDING)) "
        "AS frame FROM r)",
        "9999|9999");
}

/* The first millisecond of a day is the next conversation's. */
Test(ends, a_day_ends_where_the_next_one_begins) {
#define ENDS_LINES(last) "FROM (VALUES (0, '2026-11-11 23:59:58'), (1, '" last "'))"
    expect_rows(ends,
                "SELECT received(1, column1, column2), replied(1, column1, column2) " ENDS_LINES(
                    "2026-11-11 23:59:59.999"),
                "1|1");
    expect_rows(ends,
                "SELECT received(1, column1, column2), replied(1, column1, column2) " ENDS_LINES(
                    "2026-11-12 00:00:00"),
                "1|0");
}

/* Rules of one length that differ in one letter. */
Test(ends, merging_is_for_equal_rules) {
    expect_error(
        ends,
        "SELECT kefu_merge(s) FROM (SELECT chat_stats(1, 0, 1) AS s UNION ALL SELECT "
        "chat_stats(2, 0, 1, '{\"tz\":\"+09:00\"}'))",
        "kefu_merge(): argument 1 (stats): cannot merge stats of different rules: tz: +08:00 "
        "and +09:00");
    expect_error(
        ends,
        "SELECT kefu_merge(s) FROM (SELECT deal_stats(1, 0, 1, 1) AS s UNION ALL SELECT "
        "deal_stats(2, 0, 1, 1, 5))",
        "kefu_merge(): argument 1 (stats): cannot merge deal stats without amounts with deal "
        "stats with amounts, without quantities");
}

/* What slides out of a frame is gone: of stats, of journeys, of pairs. */
Test(ends, windows_of_two_rows) {
    api_exec(ends,
             "CREATE TABLE p AS SELECT column1 AS i, chat_stats(column1, 0, 1) AS s FROM (VALUES "
             "(1), (2), (3), (4)) GROUP BY column1");
    expect_rows(ends, "SELECT received(kefu_merge(s) OVER (ORDER BY i ROWS 1 PRECEDING)) FROM p",
                "1\n2\n2\n2");
    expect_rows(ends,
                "SELECT info GLOB '*\"rows\":' || min(i, 2) || ',*' FROM (SELECT i, "
                "kefu_info(journeys(i, i, "
                "'order', NULL, i) OVER (ORDER BY i ROWS 1 PRECEDING)) AS info FROM p)",
                "1\n1\n1\n1");
    expect_rows(ends, "SELECT avg_response(i, i * i) OVER (ORDER BY i ROWS 1 PRECEDING) FROM p",
                "0.0\n1.0\n4.0\n9.0");
    expect_real(ends, "SELECT avg_response(5, 5)", 0.0);
}
