/* memo_test.c: what functions keep of plans, calendars, weights and bands that stand in tables
** (ext/glue/memo.h): many of them in turn, of equal length, refused ones among them. */
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
