/* memo_test.c: what functions keep of plans, calendars, weights and bands that stand in tables
** (ext/glue/memo.h), and KPIs of stats (ext/glue/held_stats.h): many of them in turn, of equal length,
** refused ones among them. */
#include "api.h"

/* 60 rows that ask for 20 plans in turn, all of one length, and say what each must give. */
static const char ROWS[] =
    "WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 59) "
    "SELECT n, n % 20 AS i FROM n";

Test(memo, r2_more_arguments_than_are_kept) {
    sqlite3 *db = api_open();
    api_exec(db, "CREATE TABLE row AS %s", ROWS);
    expect_int(
        db,
        "SELECT count(*) FROM row WHERE pay_calc(0, printf('{\"base\":%03d}', i + 100)) = i + 100",
        60);
    expect_int(db,
               "SELECT count(*) FROM row WHERE kpi_score(5, printf('[[0,%02d]]', i + 10)) = i + 10",
               60);
    expect_int(db,
               "SELECT count(*) FROM row "
               "WHERE commission_split(100, printf('[%d,%d]', i + 10, 90 - i), 0) = i + 10",
               60);
    /* 09:00 to 09:i of a Monday */
    expect_int(
        db,
        "SELECT count(*) FROM row WHERE business_seconds('2026-11-02 00:00', '2026-11-03 00:00', "
        "printf('{\"hours\":{\"mon\":[\"09:00-09:%02d\"]}}', i + 1)) = 60 * (i + 1)",
        60);
    expect_int(
        db,
        "SELECT count(*) FROM row WHERE kpi_period(1793491200, 'day', printf('+%02d:00', i % 15)) "
        "= date(1793491200 + i % 15 * 3600, 'unixepoch')",
        60);
    api_close(db);
}

Test(memo, a_refused_argument_is_refused_again_and_spoils_nothing) {
    sqlite3 *db = api_open();
    const char *wrong = api_error(db, "SELECT pay_calc(0, '{\"base\":1}')"
                                      " + pay_calc(0, '{\"base\":x}')");
    for (int i = 0; i < 3; i++) {
        expect_error(db, "SELECT pay_calc(0, '{\"base\":1}') + pay_calc(0, '{\"base\":x}')", wrong);
        expect_real(db, "SELECT pay_calc(0, '{\"base\":1}')", 1.0);
        expect_error_has(db, "SELECT pay_calc(0, x'7B7D')", "argument 2 (plan)");
        expect_real(db, "SELECT pay_calc(0, '{}')", 0.0);
        expect_error_has(db, "SELECT is_open(0, 7)", "7 is no calendar");
    }
    api_close(db);
}

/* Two statements in turn, and two connections: each has what it asked for. */
Test(memo, r3_statements_and_connections_side_by_side) {
    sqlite3 *first = api_open();
    sqlite3 *second = api_open();
    sqlite3_stmt *statements[3];
    const char *sql = "SELECT pay_calc(0, printf('{\"base\":%d}', ?))";
    cr_assert_eq(sqlite3_prepare_v2(first, sql, -1, &statements[0], NULL), SQLITE_OK);
    cr_assert_eq(sqlite3_prepare_v2(first, sql, -1, &statements[1], NULL), SQLITE_OK);
    cr_assert_eq(sqlite3_prepare_v2(second, sql, -1, &statements[2], NULL), SQLITE_OK);
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 3; i++) {
            sqlite3_bind_int(statements[i], 1, round * 3 + i);
            cr_assert_eq(sqlite3_step(statements[i]), SQLITE_ROW);
        }
        for (int i = 0; i < 3; i++) {
            cr_expect_eq(sqlite3_column_int(statements[i], 0), round * 3 + i);
            sqlite3_reset(statements[i]);
        }
    }
    for (int i = 0; i < 3; i++) {
        sqlite3_finalize(statements[i]);
    }
    api_close(first);
    api_close(second);
}

/* 40 stats of one length, in turn and by several KPIs, and of the other family between them. */
Test(memo, held_stats_are_those_asked_for) {
    sqlite3 *db = api_open();
    api_exec(
        db,
        "CREATE TABLE stats AS WITH RECURSIVE n(n) AS "
        "(SELECT 20 UNION ALL SELECT n + 1 FROM n WHERE n < 59), "
        "line(n, s, t) AS (SELECT n, 'customer', 0 FROM n UNION ALL SELECT n, 'agent', n FROM n) "
        "SELECT n, chat_stats(1, s, t) AS chat, deal_stats(1, 100, 101, 102, n) AS deal "
        "FROM line GROUP BY n");
    expect_int(db, "SELECT count(DISTINCT length(chat)) FROM stats", 1);
    expect_int(db,
               "SELECT count(*) FROM stats WHERE avg_response(chat) = n AND max_response(chat) = n "
               "AND sales_amount(deal) = 2 * n AND response_percentile(chat, 0.5) = n",
               40);
    expect_int(db,
               "SELECT count(*) FROM stats AS a, stats AS b "
               "WHERE avg_response(a.chat) - avg_response(b.chat) = a.n - b.n",
               1600);
    expect_error_has(db, "SELECT avg_response(chat) + avg_response(deal) FROM stats",
                     "these are deal stats");
    expect_error_has(db,
                     "SELECT avg_response(chat) + avg_response(zeroblob(length(chat))) FROM stats",
                     "is no stats");
    expect_error_has(db, "SELECT avg_response(chat) + avg_response('none') FROM stats",
                     "is no stats");
    expect_real(db, "SELECT avg_response(chat) FROM stats WHERE n = 30", 30.0);
    api_close(db);
}

/* A byte that changes is noticed, wherever it is, also just after the right bytes were asked. */
Test(memo, held_stats_know_every_byte) {
    sqlite3 *db = api_open();
    api_exec(db, "CREATE TABLE held AS SELECT chat_stats(column1, column2, column3) AS stats "
                 "FROM (VALUES (1, 'customer', 0), (1, 'agent', 9))");
    const int bytes = (int)api_int(db, "SELECT length(stats) FROM held");
    for (int i = 1; i <= bytes; i++) {
        const char *changed = api_sql("(substr(stats, 1, %d) || x'%02x' || substr(stats, %d))",
                                      i - 1, i % 2 == 0 ? 0xff : 0x80, i + 1);
        expect_int(
            db,
            api_sql("SELECT avg_response(stats) = 9.0 AND CAST(%s AS BLOB) <> stats FROM held",
                    changed),
            1);
        const ApiAnswer answer = api_answer(
            db, api_sql("SELECT avg_response(stats), avg_response(CAST(%s AS BLOB)) FROM held",
                        changed));
        cr_expect_not_null(answer.error, "byte %d", i);
    }
    api_close(db);
}

/* Stats of more than a MiB are read where they lie, and leave nothing behind. */
Test(memo, large_stats_are_not_held) {
    sqlite3 *db = api_open();
    api_exec(db, "CREATE TABLE large AS WITH RECURSIVE n(n) AS "
                 "(SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 150000) "
                 "SELECT deal_stats(n, 100, CASE WHEN n %% 2 THEN 101 END, NULL) AS stats FROM n");
    expect_int(db, "SELECT length(stats) > 1048576 FROM large", 1);
    const sqlite3_int64 before = sqlite3_memory_used();
    expect_real(db, "SELECT conversion_rate(stats) FROM large", 0.5);
    expect_int(db, "SELECT inquirers(stats) + orderers(stats) FROM large", 225000);
    cr_expect_lt(sqlite3_memory_used() - before, 100000);
    api_close(db);
}
