/* report_test.c: the reports on pay and on change, run on the demo shop: what they print holds by other
** ways to the same numbers, and weights that do not add up stop the payroll. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api.h"

/* A file of the project, without the semicolon at its end. Freed by the caller. */
static char *report_read(const char *path) {
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file, "%s", path);
    char *text = calloc(1, 1 << 17);
    size_t length = fread(text, 1, (1 << 17) - 1, file);
    fclose(file);
    while (length > 0 && strchr("; \n", text[length - 1]) != NULL) {
        text[--length] = '\0';
    }
    return text;
}

static void report_run(sqlite3 *db, const char *path) {
    char *sql = report_read(path);
    char *error = NULL;
    cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, &error), SQLITE_OK, "%s: %s", path, error);
    free(sql);
}

static sqlite3 *report_shop(void) {
    sqlite3 *db = api_open();
    report_run(db, "sql/schema.sql");
    report_run(db, "sql/demo.sql");
    return db;
}

/* The payroll makes its facts with SQLite's JSON functions. */
static sqlite3 *report_payroll_shop(void) {
    sqlite3 *db = report_shop();
    api_need_json(db);
    return db;
}

Test(report, every_pay_slip_adds_up) {
    sqlite3 *db = report_payroll_shop();
    char *payroll = report_read("sql/report/payroll.sql");
    char *create = sqlite3_mprintf("CREATE TEMP TABLE slip AS SELECT * FROM (%s)", payroll);
    char *error = NULL;
    cr_assert_eq(sqlite3_exec(db, create, NULL, NULL, &error), SQLITE_OK, "%s", error);
    api_exec(db, "CREATE TEMP VIEW s AS SELECT \"客服 agent\" AS agent, \"起 from\" AS since, "
                 "\"方案 plan\" AS plan, \"项目 line\" AS line, \"精确值 exact\" AS exact, "
                 "CAST(\"金额 amount\" AS REAL) AS amount, \"基数 basis\" AS basis FROM slip");
    /* the lines of a part add up to its total, and the totals to the month's pay */
    expect_int(
        db,
        "SELECT count(*) FROM (SELECT 1 FROM s WHERE plan <> '' GROUP BY agent, plan, since "
        "HAVING round(sum(amount), 2) <> max(CASE WHEN line LIKE '% total' THEN exact + 0 END))",
        0);
    expect_int(db,
               "SELECT count(*) FROM (SELECT 1 FROM s GROUP BY agent HAVING abs(sum(CASE WHEN line "
               "LIKE '% total' THEN exact + 0 END) - sum(CASE WHEN line LIKE '% pay' AND plan = '' "
               "THEN amount END)) > 0.001)",
               0);
    expect_int(db, "SELECT count(*) FROM s WHERE plan = ''", 50);
    expect_rows(db, "SELECT plan, count(DISTINCT agent) FROM s WHERE plan <> '' GROUP BY plan",
                "by-score|5\nown-sales|45\nshare-of-shop|45");
    /* sales of the parts are the paid inquiries' amounts, by plain SQL */
    expect_int(
        db,
        "SELECT count(*) FROM s JOIN (SELECT agent, sum(amount) AS paid FROM inquiries WHERE "
        "paid_at >= strftime('%s', '2026-11-15 16:00:00') + 0 AND asked_at <= ordered_at GROUP "
        "BY agent) USING (agent) WHERE plan = 'own-sales' AND line LIKE '% sales' AND "
        "abs(basis - paid) > 0.0001",
        0);
    sqlite3_free(create);
    free(payroll);
    api_close(db);
}

Test(report, weights_that_do_not_add_up_stop_the_payroll) {
    sqlite3 *db = report_payroll_shop();
    char *payroll = report_read("sql/report/payroll.sql");
    char *weight = strstr(payroll, "'invite_rate', 10");
    cr_assert_not_null(weight);
    memcpy(weight, "'invite_rate', 15", 17);
    expect_error(db, payroll, "kpi_score(): argument 1 (value): -5 is below the first band (0)");
    free(payroll);
    api_close(db);
}

Test(report, a_kpi_that_is_missing_leaves_its_weight_to_the_others) {
    sqlite3 *db = report_payroll_shop();
    api_exec(db, "DELETE FROM ratings WHERE agent = 'A50'");
    char *payroll = report_read("sql/report/payroll.sql");
    char *sql =
        sqlite3_mprintf("SELECT \"说明 label\", \"比率 rate\", \"精确值 exact\" FROM (%s) WHERE "
                        "\"客服 agent\" = 'A50' AND \"项目 line\" LIKE '%% score'",
                        payroll);
    expect_rows(db, sql, "平均响应时间 avg_response|0.6000|85.0\n回复率 reply_rate|0.4000|85.0");
    sqlite3_free(sql);
    free(payroll);
    api_close(db);
}

Test(report, nothing_changed_in_the_demo_shop) {
    sqlite3 *db = report_shop();
    char *report = report_read("sql/report/before_after.sql");
    char *sql =
        sqlite3_mprintf("SELECT count(*), count(\"p值 p\"), sum(\"判断 verdict\" LIKE '%%chance') "
                        "FROM (%s)",
                        report);
    expect_rows(db, sql, "24|15|15");
    /* customers who ordered, counted by plain SQL on both sides */
    sqlite3_free(sql);
    sql = sqlite3_mprintf(
        "SELECT \"前 before\" = (SELECT printf('%%.2f %%%%', 100.0 * count(DISTINCT CASE WHEN "
        "ordered_at < u + 604800 THEN customer END) / count(DISTINCT customer)) FROM inquiries, "
        "(SELECT strftime('%%s', '2026-11-08 16:00:00') + 0 AS u) WHERE asked_at >= u - 604800 AND "
        "asked_at < u AND (ordered_at IS NULL OR ordered_at >= asked_at)) FROM (%s) WHERE "
        "\"指标 kpi\" LIKE '%%conversion_rate'",
        report);
    expect_int(db, sql, 1);
    sqlite3_free(sql);
    free(report);
    api_close(db);
}
