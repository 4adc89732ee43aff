/* facts_scalars_test.c: costs, statistics and the calendar, one fact a line (functions.md 7, 8). */
#include "api.h"

static sqlite3 *db;

static void facts_open(void) { db = api_open(); }
static void facts_close(void) { api_close(db); }

TestSuite(scalars, .init = facts_open, .fini = facts_close);

Test(scalars, the_cost_of_a_ring) {
    expect_near(db, "SELECT clicks_per_order(0.0128)", 78.125);
    expect_near(db, "SELECT order_cost(1, 0.0128)", 78.125);
    expect_near(db, "SELECT inquiry_cost(1, 0.0128, 0.3)", 23.4375);
    expect_near(db, "SELECT inquiry_cost(1, 0.0128, 0.3, 1)", 23.4375);
    expect_near(db, "SELECT inquiry_cost(1, 0.0128, 0.3, 0.5)", 46.875);
    expect_near(db, "SELECT compound_rate(0.99, 100)", 0.3660323412732292);
    expect_near(db, "SELECT compound_rate(0.9999, 100)", 0.9900493386913719);
    expect_real(db, "SELECT compound_rate(1, 100)", 1.0);
    expect_real(db, "SELECT compound_rate(0.5, 0)", 1.0);
    expect_real(db, "SELECT compound_rate(0, 0)", 1.0);
    expect_real(db, "SELECT compound_rate(0.25, 0.5)", 0.5);
}

Test(scalars, wilson_and_z) {
    expect_near(db, "SELECT wilson_low(8, 10)", 0.49016247153664183);
    expect_near(db, "SELECT wilson_high(8, 10)", 0.9433178485456247);
    expect_near(db, "SELECT wilson_low(8, 10, 0.95)", 0.49016247153664183);
    expect_near(db, "SELECT wilson_low(8, 10, 0.9)", 0.5407928056874881);
    expect_real(db, "SELECT wilson_low(0, 10)", 0.0);
    expect_real(db, "SELECT wilson_high(10, 10)", 1.0);
    expect_near(db, "SELECT wilson_high(0, 10)", 0.27753279986288915);
    expect_null(db, "SELECT wilson_low(0, 0)");
    expect_null(db, "SELECT wilson_high(0, 0)");
    expect_near(db, "SELECT rate_change_p(30, 100, 45, 100)", 0.02845973691631057);
    expect_real(db, "SELECT rate_change_p(0, 10, 0, 20)", 1.0);
    expect_real(db, "SELECT rate_change_p(10, 10, 20, 20)", 1.0);
    expect_real(db, "SELECT rate_change_p(5, 10, 5, 10)", 1.0);
    expect_null(db, "SELECT rate_change_p(0, 0, 1, 2)");
    expect_null(db, "SELECT rate_change_p(1, 2, 0, 0)");
}

Test(scalars, what_they_refuse) {
    static const char *const bad[][2] = {
        {"clicks_per_order(1.5)", "clicks_per_order(): argument 1 (click_rate): 1.5"},
        {"clicks_per_order(-0.5)", "clicks_per_order(): argument 1 (click_rate): -0.5"},
        {"clicks_per_order(0)", "clicks_per_order(): argument 1 (click_rate): 0"},
        {"clicks_per_order('x')", "clicks_per_order(): argument 1 (click_rate): 'x'"},
        {"order_cost(1, 0)", "order_cost(): argument 2 (click_rate): 0"},
        {"order_cost(1, 2)", "order_cost(): argument 2 (click_rate): 2"},
        {"inquiry_cost(1, 0.5, 1.1)", "inquiry_cost(): argument 3 (inquiry_rate): 1.1"},
        {"inquiry_cost(1, 0.5, 0.1, 0)", "inquiry_cost(): argument 4 (chat_share): 0"},
        {"compound_rate(1.1, 2)", "compound_rate(): argument 1 (rate): 1.1"},
        {"compound_rate(0.5, -1)", "compound_rate(): argument 2 (n): -1"},
        {"wilson_low(11, 10)", "wilson_low(): argument 1 (k): 11"},
        {"wilson_low(-1, 10)", "wilson_low(): argument 1 (k): -1"},
        {"wilson_low(1.5, 10)", "wilson_low(): argument 1 (k): 1.5"},
        {"wilson_high(1, 10.5)", "wilson_high(): argument 2 (n): 10.5"},
        {"wilson_high(1, 10, 0)", "wilson_high(): argument 3 (confidence): 0"},
        {"wilson_high(1, 10, 1)", "wilson_high(): argument 3 (confidence): 1"},
        {"rate_change_p(3, 2, 1, 2)", "rate_change_p(): argument 1 (k1): 3"},
        {"rate_change_p(1, 2, 3, 2)", "rate_change_p(): argument 3 (k2): 3"},
        {"rate_change_p(1, 2, 1, -2)", "rate_change_p(): argument 4 (n2): -2"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        expect_error_has(db, api_sql("SELECT %s", bad[i][0]), bad[i][1]);
    }
}

/* ---- kpi_period ---- */

Test(scalars, periods) {
    expect_text(db, "SELECT kpi_period('2026-11-12 10:00', 'day')", "2026-11-12");
    expect_text(db, "SELECT kpi_period('2026-11-12', 'week')", "2026-11-09");
    expect_text(db, "SELECT kpi_period('2026-11-15 23:59:59', 'week')", "2026-11-09");
    expect_text(db, "SELECT kpi_period('2026-11-09', 'week')", "2026-11-09");
    expect_text(db, "SELECT kpi_period('2026-11-12', 'month')", "2026-11-01");
    expect_text(db, "SELECT kpi_period('2026-12-31', 'quarter')", "2026-10-01");
    expect_text(db, "SELECT kpi_period('2026-03-31', 'quarter')", "2026-01-01");
    expect_text(db, "SELECT kpi_period('2026-11-12', 'year')", "2026-01-01");
    expect_text(db, "SELECT kpi_period('2026-01-01', 'week')", "2025-12-29");
    expect_text(db, "SELECT kpi_period('2026-10-31T16:00:00Z', 'day')", "2026-11-01");
    expect_text(db, "SELECT kpi_period('2026-10-31T15:59:59Z', 'day')", "2026-10-31");
    expect_text(db, "SELECT kpi_period('2026-10-31T16:00:00Z', 'day', 'UTC')", "2026-10-31");
    expect_text(db, "SELECT kpi_period('2026-11-01T03:59:59Z', 'day', 'America/New_York')",
                "2026-10-31");
    expect_text(db, "SELECT kpi_period('2026-11-01T04:00:00Z', 'day', 'America/New_York')",
                "2026-11-01");
    expect_text(db, "SELECT kpi_period('2026-12-01T04:59:59Z', 'day', 'America/New_York')",
                "2026-11-30");
    expect_text(db, "SELECT kpi_period(0, 'day', '-00:01')", "1969-12-31");
    expect_error_has(db, "SELECT kpi_period(0, 'decade')",
                     "kpi_period(): argument 2 (unit): 'decade'");
    expect_error_has(db, "SELECT kpi_period(0, 'day', 'Asia/Shanghaj')",
                     "kpi_period(): argument 3 (tz): 'Asia/Shanghaj'");
    expect_error_has(db, "SELECT kpi_period(0, 'day', 'Asia/Shanghaj')", "Asia/Shanghai");
    expect_error_has(db, "SELECT kpi_period(0, 'day', '+8')",
                     "kpi_period(): argument 3 (tz): '+8'");
}

/* ---- calendars ---- */

#define WORK                                                                                       \
    "'{\"hours\":{\"mon\":[\"09:00-12:00\",\"13:30-18:00\"],\"sat\":[\"22:00-02:00\"],\"sun\":[]}" \
    ","                                                                                            \
    "\"holidays\":[\"2026-11-16\"],\"days\":{\"2026-11-11\":[\"10:00-11:00\"],\"2026-11-23\":[]}}" \
    "'"

/* 2026-11-09 is a Monday. */
Test(scalars, open_hours) {
    expect_int(db, "SELECT is_open('2026-11-09 09:00', " WORK ")", 1);
    expect_int(db, "SELECT is_open('2026-11-09 08:59:59.999', " WORK ")", 0);
    expect_int(db, "SELECT is_open('2026-11-09 11:59:59.999', " WORK ")", 1);
    expect_int(db, "SELECT is_open('2026-11-09 12:00', " WORK ")", 0);
    expect_int(db, "SELECT is_open('2026-11-10 10:00', " WORK ")", 0);
    expect_int(db, "SELECT is_open('2026-11-11 10:30', " WORK ")", 1);
    expect_int(db, "SELECT is_open('2026-11-16 10:00', " WORK ")", 0);
    expect_int(db, "SELECT is_open('2026-11-23 10:00', " WORK ")", 0);
    expect_int(db, "SELECT is_open('2026-11-14 23:00', " WORK ")", 1);
    expect_int(db, "SELECT is_open('2026-11-15 01:59', " WORK ")", 1);
    expect_int(db, "SELECT is_open('2026-11-15 02:00', " WORK ")", 0);
    expect_int(db, "SELECT is_open('2026-11-14 01:00', " WORK ")", 0);
    expect_int(db, "SELECT is_open('2026-11-09T01:00:00Z', " WORK ")",
               1); /* +08:00 outside of rules */
    expect_int(db,
               "SELECT is_open('2026-11-09T09:00:00Z', "
               "'{\"tz\":\"UTC\",\"hours\":{\"mon\":[\"09:00-24:00\"]}}')",
               1);
    expect_int(
        db, "SELECT is_open('2026-11-09 23:59:59', '{\"hours\":{\"mon\":[\"00:00-24:00\"]}}')", 1);
    expect_int(db, "SELECT is_open('2026-11-10', '{\"hours\":{\"mon\":[\"00:00-24:00\"]}}')", 0);
}

Test(scalars, open_seconds) {
    expect_real(db, "SELECT business_seconds('2026-11-09', '2026-11-10', " WORK ")", 27000.0);
    expect_real(
        db, "SELECT business_seconds('2026-11-09 11:59:59.5', '2026-11-09 13:30:00.25', " WORK ")",
        0.75);
    expect_real(db, "SELECT business_seconds('2026-11-10', '2026-11-09', " WORK ")", 0.0);
    expect_real(db, "SELECT business_seconds('2026-11-09 10:00', '2026-11-09 10:00', " WORK ")",
                0.0);
    expect_real(db, "SELECT business_seconds('2026-11-09', '2026-11-16', " WORK ")",
                27000.0 + 3600 + 14400);
    expect_real(db, "SELECT business_seconds('2026-11-16', '2026-11-17', " WORK ")", 0.0);
    expect_real(db,
                "SELECT business_seconds('2026-11-09', '2026-11-10', "
                "'{\"hours\":{\"mon\":[\"09:00-11:00\",\"10:00-12:00\"]}}')",
                10800.0);
    expect_real(db, "SELECT business_seconds('2026-11-14 12:00', '2026-11-15 12:00', " WORK ")",
                14400.0);
    /* days win over a holiday; a holiday does not end what began the day before */
    expect_real(db,
                "SELECT business_seconds('2026-11-09', '2026-11-10', "
                "'{\"hours\":{},\"holidays\":[\"2026-11-09\"],\"days\":{\"2026-11-09\":[\"09:00-10:"
                "00\"]}}')",
                3600.0);
    expect_real(db,
                "SELECT business_seconds('2026-11-08', '2026-11-11', "
                "'{\"hours\":{\"sun\":[\"23:00-01:00\"]},\"holidays\":[\"2026-11-09\"]}')",
                7200.0);
}

/* Elapsed time: the repeated hour counts twice, the skipped one does not count. */
Test(scalars, open_seconds_across_changes_of_clocks) {
#define NIGHT "'{\"tz\":\"America/New_York\",\"hours\":{\"sun\":[\"00:00-06:00\"]}}'"
    expect_real(db, "SELECT business_seconds('2026-11-01', '2026-11-02', " NIGHT ")", 7 * 3600.0);
    expect_real(db, "SELECT business_seconds('2026-03-08', '2026-03-09', " NIGHT ")", 5 * 3600.0);
    expect_real(db, "SELECT business_seconds('2026-11-08', '2026-11-09', " NIGHT ")", 6 * 3600.0);
    expect_int(db, "SELECT is_open('2026-11-01T05:30:00Z', " NIGHT ")", 1);
}

Test(scalars, calendars_that_are_none) {
    static const char *const bad[] = {
        "'x'",
        "'{\"hours\":{\"monday\":[]}}'",
        "'{\"hours\":{\"mon\":[\"09:00-09:00\"]}}'",
        "'{\"hours\":{\"mon\":[\"9-12\"]}}'",
        "'{\"hours\":{\"mon\":[\"09:00-24:01\"]}}'",
        "'{\"hours\":{\"mon\":\"09:00-12:00\"}}'",
        "'{\"holidays\":[\"2026-02-30\"]}'",
        "'{\"days\":{\"soon\":[]}}'",
        "'{\"hour\":{}}'",
        "'{\"tz\":\"Nowhere\"}'",
        "'{\"tz\":\"UTC\",\"tz\":\"UTC\"}'",
        "5",
        "x'00'",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        expect_error_has(db, api_sql("SELECT is_open(0, %s)", bad[i]),
                         "is_open(): argument 2 (calendar): ");
        expect_error_has(db, api_sql("SELECT business_seconds(0, 1, %s)", bad[i]),
                         "business_seconds(): argument 3 (calendar): ");
    }
}
