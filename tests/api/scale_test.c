/* scale_test.c: many rows, in unkind orders, on several connections; right, and never quadratic.
**
** What would take quadratic time runs into the timeout. Expected values are closed forms.
*/
#define _POSIX_C_SOURCE 200809L /* strdup */

#include "api.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

TestSuite(scale, .timeout = 120);

/* n(i): 0 … count - 1. */
#define N(count)                                                                                   \
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < " count " - 1) "

/* One customer with a question each even and a reply each odd second, in several orders of arrival. */
Test(scale, one_customer_with_a_million_lines) {
    static const char *const orders[] = {
        "i",                                                        /* ascending */
        "999999 - i",                                               /* descending */
        "CASE WHEN i < 500000 THEN 2 * i ELSE 1999999 - 2 * i END", /* organ pipe */
        "(i % 1000) * 1000 + i / 1000",                             /* sawtooth */
        "(i * 387420489) % 1000000",                                /* scattered */
    };
    sqlite3 *db = api_open();
    for (int i = 0; i < 5; i++) {
        const char *sql = api_sql(
            N("1000000") "SELECT turns(s), avg_response(s), consulting(s), total_handling(s), "
                         "max_response(s) FROM (SELECT chat_stats('c', (%s) %% 2, %s, "
                         "'{\"session\":\"all\"}') AS "
                         "s FROM n)",
            orders[i], orders[i]);
        expect_rows(db, sql, "500000|1.0|1|999999.0|1.0");
    }
    api_close(db);
}

Test(scale, a_million_lines_at_one_instant) {
    sqlite3 *db = api_open();
    expect_rows(db,
                N("1000000") "SELECT turns(s), avg_response(s), customer_lines(s), agent_lines(s), "
                             "consulting(s) FROM "
                             "(SELECT chat_stats('c', i % 2, 7) AS s FROM n)",
                "1|0.0|500000|500000|1");
    api_close(db);
}

Test(scale, half_a_million_customers_with_one_line) {
    sqlite3 *db = api_open();
    expect_int(db, N("500000") "SELECT distinct_customers(i, 0, 7) FROM n", 500000);
    expect_int(db,
               N("500000") "SELECT distinct_customers('customer ' || (i % 250000), 0, 7) FROM n",
               250000);
    expect_rows(db,
                N("500000") "SELECT conversion_rate(i * 4294967296, i % 2), payment_rate(i << 20, "
                            "1, i % 4 = 0) FROM n",
                "0.5|0.25");
    expect_int(
        db, N("500000") "SELECT inquirers(deal_stats(printf('%032d', i % 125000), 1, 2, 3)) FROM n",
        125000);
    api_close(db);
}

Test(scale, a_hundred_thousand_keys) {
    sqlite3 *db = api_open();
    expect_rows(db,
                N("200000") "SELECT count(*), sum(consulting(stats)), min(key), max(key) FROM "
                            "kefu_groups((SELECT "
                            "chat_stats_by(i % 100000, 'c', 0, 7) FROM n))",
                "100000|100000|0|99999");
    expect_rows(db,
                N("200000") "SELECT count(*), sum(contacts(stats)) FROM kefu_groups((SELECT "
                            "rating_stats_by('agent ' "
                            "|| ((i * 7919) % 50000), 'c', 86400 * (i / 50000 % 2), 1, 5, "
                            "'{\"period\":\"day\"}') FROM n))",
                "100000|200000");
    api_close(db);
}

/* Long customers, embedded NULs, invalid UTF-8. */
Test(scale, strange_customers) {
    sqlite3 *db = api_open();
    expect_int(db,
               "SELECT distinct_customers(column1, 0, 1) FROM (VALUES (zeroblob(1000000)), "
               "(zeroblob(1000001)), "
               "(CAST(zeroblob(1000000) AS TEXT)), (hex(zeroblob(500000))), (hex(zeroblob(500000)) "
               "|| 'x'))",
               5);
    expect_int(db,
               "SELECT distinct_customers(column1, 0, 1) FROM (VALUES (CAST(x'FF' AS TEXT)), "
               "(CAST(x'FE' AS TEXT)), "
               "(CAST(x'FF00' AS TEXT)), (x'FF'))",
               4);
    expect_error_has(db, "SELECT chat_stats('a', 0, replace(hex(zeroblob(500000)), '0', 'x'))",
                     "chat_stats(): argument 3 (sent_at): ");
    expect_int(db,
               "SELECT length(k) FROM (SELECT key AS k FROM kefu_groups((SELECT "
               "chat_stats_by(hex(zeroblob(500000)), "
               "'c', 0, 1))))",
               1000000);
    api_close(db);
}

/* Frames of 20,000 rows: the cost of a row must not grow with the frame. */
Test(scale, long_frames) {
    sqlite3 *db = api_open();
    api_exec(db, "CREATE TABLE t AS " N("100000") "SELECT i, i %% 1000 AS c, i * 10 AS at FROM n");
    expect_rows(db,
                "SELECT min(v), max(v) FROM (SELECT conversion_rate(c, 1) OVER (ORDER BY i ROWS "
                "20000 PRECEDING) AS v "
                "FROM t)",
                "1.0|1.0");
    expect_rows(db,
                "SELECT max(v) FROM (SELECT satisfaction(rating_stats(c, at, 1, 5) OVER (ORDER BY "
                "i ROWS 20000 "
                "PRECEDING)) AS v FROM t)",
                "1.0");
    expect_rows(db,
                "SELECT max(v) FROM (SELECT avg_response(at, at + 5) OVER (ORDER BY i ROWS 20000 "
                "PRECEDING) AS v FROM "
                "t)",
                "5.0");
    expect_rows(db,
                "SELECT max(v), min(v) FROM (SELECT payment_success_day1(c, at, at + 5) OVER "
                "(ORDER BY i ROWS BETWEEN "
                "20000 PRECEDING AND 10000 PRECEDING) AS v FROM t WHERE i % 2)",
                "1.0|1.0");
    /* conversations of two lines each */
    expect_rows(db,
                "SELECT max(v), min(v) FROM (SELECT avg_response(i / 2, i % 2, at) OVER (ORDER BY "
                "i ROWS 20000 "
                "PRECEDING) AS v FROM t)",
                "10.0|10.0");
    api_close(db);
}

/* A window over many keys carries only those of its frame. */
Test(scale, a_window_over_many_keys) {
    sqlite3 *db = api_open();
    expect_rows(db,
                N("100000") "SELECT count(v), max(length(v)) < 3000 FROM (SELECT chat_stats_by(i, "
                            "i, i % 2, i) OVER "
                            "(ORDER BY i ROWS 10 PRECEDING) AS v FROM n)",
                "100000|1");
    expect_rows(db,
                N("100000") "SELECT count(v), max(length(v)) < 3000 FROM (SELECT "
                            "rating_stats_by(i, i, i, 1, 5) OVER "
                            "(ORDER BY i ROWS 10 PRECEDING) AS v FROM n)",
                "100000|1");
    expect_rows(db,
                N("30000") "SELECT count(v), max(length(v)) < 3000 FROM (SELECT kefu_merge(s) OVER "
                           "(ORDER BY i ROWS 10 "
                           "PRECEDING) AS v FROM (SELECT i, deal_stats_by(i, i, i, i, i) AS s FROM "
                           "n GROUP BY i))",
                "30000|1");
    api_close(db);
}

Test(scale, turn_seconds_of_a_long_partition) {
    sqlite3 *db = api_open();
    expect_rows(db,
                N("300000") "SELECT count(v), sum(v) FROM (SELECT turn_seconds(i % 2, i) OVER "
                            "(ORDER BY i ROWS UNBOUNDED "
                            "PRECEDING) AS v FROM n)",
                "150000|150000.0");
    api_close(db);
}

/* 3,000 daily stats in one merge, and a sliding week over them. */
Test(scale, merges) {
    sqlite3 *db = api_open();
    api_exec(db,
             "CREATE TABLE s AS " N(
                 "3000") "SELECT i AS day, (SELECT chat_stats(column1, column2, i * 86400 + "
                         "column3) FROM (VALUES ('a',0,1),('a',1,5),('b',0,2))) AS stats FROM n");
    expect_rows(db,
                "SELECT consulting(m), avg_response(m), distinct_customers(m) FROM (SELECT "
                "kefu_merge(stats) AS m FROM "
                "s)",
                "6000|4.0|2");
    expect_rows(db,
                "SELECT max(v), min(v) FROM (SELECT consulting(kefu_merge(stats) OVER (ORDER BY "
                "day ROWS 6 PRECEDING)) "
                "AS v FROM s)",
                "14|2");
    api_close(db);
}

/* ---- connections side by side ---- */

enum { SCALE_THREADS = 4, SCALE_TURNS = 30 };

static const char *const scale_query =
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT "
    "hex(chat_stats_by(i % 5, i % 17, "
    "i % 2, '2026-11-01 10:' || (10 + i % 50), "
    "'{\"tz\":\"America/New_York\",\"book\":\"taobao\"}')) || "
    "hex(deal_stats(i % 7, i, i, i, i)) || kpi_period(i * 86400, 'week', 'Europe/Berlin') || "
    "pay_calc(i, '{\"base\":5}') || "
    "is_open(i * 3600, '{\"hours\":{\"mon\":[\"09:00-12:00\"]}}') FROM n";

/* The query's text on a connection of its own; from malloc, NULL when it fails. */
static char *scale_answer(void) {
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    char *answer = NULL;
    if (sqlite3_open(":memory:", &db) == SQLITE_OK) {
        sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
        sqlite3_load_extension(db, api_library(), NULL, NULL);
        sqlite3_prepare_v2(db, scale_query, -1, &statement, NULL);
        if (sqlite3_step(statement) == SQLITE_ROW)
            answer = strdup((const char *)sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return answer;
}

static void *scale_thread(void *want) {
    long wrong = 0;
    for (int i = 0; i < SCALE_TURNS; i++) {
        char *answer = scale_answer();
        if (!answer || strcmp(answer, want) != 0)
            wrong++;
        free(answer);
    }
    return (void *)wrong;
}

Test(scale, connections_side_by_side) {
    pthread_t threads[SCALE_THREADS];
    char *want = scale_answer();
    cr_assert(want, "the query fails");
    for (int i = 0; i < SCALE_THREADS; i++)
        pthread_create(&threads[i], NULL, scale_thread, want);
    for (int i = 0; i < SCALE_THREADS; i++) {
        void *wrong = NULL;
        pthread_join(threads[i], &wrong);
        cr_expect_null(wrong, "%ld answers of thread %d differ", (long)wrong, i);
    }
    free(want);
}
