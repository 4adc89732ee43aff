/* growth_test.c: rows in unkind numbers and orders. Four times the rows cost about four times as much.
**
** What does grow faster, and is left out: a window whose frame holds one long
** conversation evaluates that conversation for every row that touches it (chat_lines.h, requirement 8).
*/
#include "growth.h"

TestSuite(growth, .timeout = 900);

/* The yardstick finds a square: each row with each. */
Test(growth, is_noticed) {
    sqlite3 *db = api_open();
    double ratio =
        growth_ratio(db, 500, N "SELECT count(*) / max(a.i + 1) FROM n AS a, n AS b", "%d");
    cr_expect_gt(ratio, GROWTH_MOST, "only %.1f", ratio);
    api_close(db);
}

/* Lines and customers: one of all, one each, one instant. */
Test(growth, of_lines) {
    sqlite3 *db = api_open();
    growth_check(db, 60000, N "SELECT customer_lines(i, 0, i) FROM n", "%d");
    growth_check(db, 60000, N "SELECT customer_lines('c', 0, i, '{\"session\":\"all\"}') FROM n",
                 "%d");
    growth_check(db, 60000, N "SELECT customer_lines('c', 0, 7) FROM n", "%d");
    growth_check(db, 60000, N "SELECT distinct_customers(i, 0, 7) FROM n", "%d");
    growth_check(db, 60000, N "SELECT distinct_customers('customer ' || i, 0, 7) FROM n", "%d");
    /* one customer, every line a conversation of its own */
    growth_check(db, 30000, N "SELECT consulting('c', 0, i * 10, '{\"session\":5}') FROM n", "%d");
    growth_check(db, 30000,
                 N "SELECT value FROM kefu_stats((SELECT chat_stats(i, 0, i * 1000) FROM n)) WHERE "
                   "kpi = 'turns'",
                 "%d");
    api_close(db);
}

/* One customer's lines in orders that sorts dislike: i-th line at second f(i). */
Test(growth, of_orders) {
    static const char *const orders[] = {
        "-i",                                                 /* descending */
        "CASE WHEN i %% 2 THEN i ELSE -i END",                /* from the middle outwards */
        "abs(i - 30000)",                                     /* organ pipe */
        "i %% 100 * 100000 + i / 100",                        /* sawtooth */
        "CASE WHEN i %% 2 THEN i ELSE i / 2 + 200000 END",    /* against the median of three */
        "i * i",                                              /* most of them close together */
        "CASE i WHEN 0 THEN 200000000000 ELSE i END",         /* all but one */
        "CASE WHEN i %% 2 THEN 200000000000 - i ELSE -i END", /* two heaps */
    };
    sqlite3 *db = api_open();
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        growth_check(db, 20000,
                     api_sql("%sSELECT customer_lines('c', 0, %s, '{\"session\":\"all\"}') FROM n",
                             N, orders[i]),
                     "%d");
    }
    api_close(db);
}

Test(growth, of_keys_and_periods) {
    sqlite3 *db = api_open();
    growth_check(db, 8000,
                 N "SELECT count(*) FROM kefu_groups((SELECT chat_stats_by(i, 'c', 0, 7) FROM n))",
                 "%d");
    growth_check(db, 8000,
                 N "SELECT count(*) FROM kefu_groups((SELECT rating_stats_by('k', i, i * 86400, 1, "
                   "5, '{\"period\":\"day\"}') FROM n))",
                 "%d");
    growth_check(db, 8000,
                 N
                 "SELECT count(*) FROM kefu_groups((SELECT deal_stats_by(-i, i, -i * 86400, NULL, "
                 "NULL) FROM n))",
                 "%d");
    api_close(db);
}

Test(growth, of_journeys) {
    sqlite3 *db = api_open();
    growth_check(db, 8000,
                 N "SELECT count(*) FROM kefu_credits((SELECT journeys('c', i, 'order', NULL, i) "
                   "FROM n))",
                 "%d");
    growth_check(db, 8000,
                 N
                 "SELECT count(*) FROM kefu_credits((SELECT journeys(i, i, 'order', NULL, i) FROM "
                 "n))",
                 "%d");
    growth_check(db, 8000,
                 N "SELECT count(*) > 0 FROM kefu_inquiries((SELECT journeys('c', i * 10, CASE "
                   "WHEN i %% 2 THEN 'chat' ELSE 'ask' END, i %% 50, NULL) FROM n))",
                 "1");
    /* one order with all the chats before it, shared among all */
    growth_check(db, 4000,
                 N "SELECT count(*) > 0 FROM kefu_credits((SELECT journeys('c', i, CASE WHEN i %% "
                   "10 THEN 'chat' ELSE 'order' END, i %% 7, i) FROM n), '{\"model\":\"linear\"}')",
                 "1");
    api_close(db);
}

Test(growth, of_merges) {
    sqlite3 *db = api_open();
    growth_check(db, 3000,
                 N "SELECT consulting(kefu_merge(s)) FROM (SELECT chat_stats(i, 0, i) AS s FROM n "
                   "GROUP BY i)",
                 "%d");
    growth_check(db, 3000,
                 N "SELECT count(*) FROM kefu_groups((SELECT kefu_merge(s) FROM (SELECT "
                   "deal_stats_by(i, i, i, i, i) AS s FROM n GROUP BY i)))",
                 "%d");
    api_close(db);
}

/* Frames that grow with the rows, and frames that slide over them. */
Test(growth, of_windows) {
    static const char *const frames[] = {"", " ROWS 500 PRECEDING",
                                         " ROWS BETWEEN 400 PRECEDING AND 300 PRECEDING"};
    sqlite3 *db = api_open();
    for (size_t i = 0; i < 3; i++) {
        growth_check(
            db, 3000,
            api_sql("%sSELECT max(w) <= 5.0 FROM (SELECT avg_response(i / 2, i %%%% 2, i * 5) "
                    "OVER (ORDER BY i%s) AS w FROM n)",
                    N, frames[i]),
            "1");
        growth_check(
            db, 3000,
            api_sql("%sSELECT max(w) FROM (SELECT conversion_rate(i, 1) OVER (ORDER BY i%s) "
                    "AS w FROM n)",
                    N, frames[i]),
            "1.0");
        growth_check(
            db, 3000,
            api_sql("%sSELECT max(w) FROM (SELECT satisfaction(1, i, 1, 5) OVER (ORDER BY i%s) "
                    "AS w FROM n)",
                    N, frames[i]),
            "1.0");
    }
    growth_check(db, 3000,
                 N "SELECT min(w), max(w) FROM (SELECT turn_seconds(i %% 2, i) OVER (ORDER BY i "
                   "ROWS UNBOUNDED PRECEDING) AS w FROM n)",
                 "1.0|1.0");
    api_close(db);
}

/* Texts and BLOBs of a megabyte: as customers and as keys. */
Test(growth, of_long_values) {
    sqlite3 *db = api_open();
    growth_check(db, 250000, "SELECT distinct_customers(hex(zeroblob(%d)), 0, 1)", "1");
    growth_check(
        db, 250000,
        "SELECT length(key) FROM kefu_groups((SELECT chat_stats_by(zeroblob(%d), 1, 0, 1)))", "%d");
    api_close(db);
}
