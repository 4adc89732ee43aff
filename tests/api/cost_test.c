/* cost_test.c: advertising cost and statistics through SQLite (functions.md 7). */
#include "api.h"

#include <string.h>

Test(cost, of_a_ring) {
    sqlite3 *db = api_open();
    expect_real(db, "SELECT clicks_per_order(0.0128)", 78.125);
    expect_real(db, "SELECT clicks_per_order('1.28e-2')", 78.125);
    expect_real(db, "SELECT order_cost(1, 0.0128)", 78.125);
    /* S3 prints 23.48, but its own inputs give this (kpis.md 5) */
    expect_real(db, "SELECT inquiry_cost(1, 0.0128, 0.3)", 23.4375);
    expect_real(db, "SELECT inquiry_cost('1.00', '0.0128', '0.30', '0.8')", 29.296875);
    expect_real(db, "SELECT inquiry_cost(2, 1, 0)", 0.0);
    expect_real(db, "SELECT order_cost(-1, 0.5)", -2.0);
    api_close(db);
}

Test(cost, of_rates_that_repeat) {
    sqlite3 *db = api_open();
    /* S3 prints 36 % */
    expect_near(db, "SELECT compound_rate(0.99, 100)", 0.3660323412732292);
    expect_near(db, "SELECT compound_rate('0.9999', '100')", 0.99004933869137);
    expect_real(db, "SELECT compound_rate(0.25, 0.5)", 0.5);
    expect_real(db, "SELECT compound_rate(0, 0)", 1.0);
    expect_real(db, "SELECT compound_rate(0.5, 1e300)", 0.0);
    api_close(db);
}

Test(cost, of_uncertainty) {
    sqlite3 *db = api_open();
    expect_near(db, "SELECT wilson_low(8, 10)", 0.4901624715366417);
    expect_near(db, "SELECT wilson_high('8', 10.0, 0.95)", 0.9433178485456247);
    expect_near(db, "SELECT wilson_low(8, 10, 0.99)", 0.4008186965216716);
    expect_real(db, "SELECT wilson_low(0, 7)", 0.0);
    expect_real(db, "SELECT wilson_high(7, 7)", 1.0);
    expect_near(db, "SELECT rate_change_p(40, 100, 55, 100)", 0.03367206885634585);
    expect_real(db, "SELECT rate_change_p(0, 5, 0, 9)", 1.0);
    expect_real(db, "SELECT rate_change_p(5, 5, 9, 9)", 1.0);
    api_close(db);
}

Test(cost, nulls_and_zero_counts) {
    sqlite3 *db = api_open();
    static const char *const nulls[] = {
        "clicks_per_order(NULL)",       "order_cost(NULL, 'x')",     "order_cost('', 2)",
        "inquiry_cost(1, 1, 1, NULL)",  "compound_rate(0.5, ' ')",   "wilson_low(0, 0)",
        "wilson_high('0', '0', 0.9)",   "rate_change_p(0, 0, 1, 2)", "rate_change_p(1, 2, 0, 0)",
        "rate_change_p(1, 2, 3, NULL)",
    };
    for (size_t i = 0; i < sizeof nulls / sizeof nulls[0]; i++) {
        expect_null(db, api_sql("SELECT %s", nulls[i]));
    }
    api_close(db);
}

Test(cost, errors) {
    sqlite3 *db = api_open();
    static const char *const facts[][2] = {
        {"clicks_per_order(0)",
         "argument 1 (click_rate): 0 cannot divide; want a number above 0, up "
         "to 1"},
        {"clicks_per_order(1.5)",
         "argument 1 (click_rate): 1.5 is no rate; want a number above 0, up "
         "to 1"},
        {"clicks_per_order(-0.5)",
         "argument 1 (click_rate): -0.5 is no rate; want a number above 0, "
         "up to 1"},
        {"clicks_per_order('1.00000000000000000000001')",
         "argument 1 (click_rate): '1.00000000000000000000001' is no rate; want a number above 0, "
         "up "
         "to 1"},
        {"clicks_per_order(x'31')", "argument 1 (click_rate): x'31' is not a number"},
        {"clicks_per_order('1%')", "argument 1 (click_rate): '1%' is not a number"},
        {"order_cost('x', 1)",
         "argument 1 (ppc): 'x' is not an amount; want INTEGER, REAL or decimal "
         "TEXT"},
        {"inquiry_cost(1, 1, 2)",
         "argument 3 (inquiry_rate): 2 is no rate; want a number from 0 to 1"},
        {"inquiry_cost(1, 1, 1, 0.0)", "argument 4 (chat_share): 0.0 cannot divide; want a number "
                                       "above 0, up to 1"},
        {"compound_rate(1.1, 2)", "argument 1 (rate): 1.1 is no rate; want a number from 0 to 1"},
        {"compound_rate(1, -2)", "argument 2 (n): -2 is negative; want a number >= 0"},
        {"compound_rate(1, 1e999)", "argument 2 (n): Inf is not a number"},
        {"wilson_low(11, 10)", "argument 1 (k): 11 is above its n, 10"},
        {"wilson_low(1, 0)", "argument 1 (k): 1 is above its n, 0"},
        {"wilson_low(1.5, 10)",
         "argument 1 (k): 1.5 is no count; want a whole number from 0 to 10^18"},
        {"wilson_high(-1, 10)",
         "argument 1 (k): -1 is no count; want a whole number from 0 to 10^18"},
        {"wilson_high(1, 10, 1)",
         "argument 3 (confidence): 1 is no confidence; want a number between "
         "0 and 1, neither of them"},
        {"wilson_high(0, 0, 0)",
         "argument 3 (confidence): 0 is no confidence; want a number between "
         "0 and 1, neither of them"},
        {"rate_change_p(1, 2, 4, 3)", "argument 3 (k2): 4 is above its n, 3"},
        {"rate_change_p(1, 2, 4, 'x')", "argument 4 (n2): 'x' is not a number"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        const char *end = strchr(facts[i][0], '(');
        expect_error(db, api_sql("SELECT %s", facts[i][0]),
                     api_sql("%.*s(): %s", (int)(end - facts[i][0]), facts[i][0], facts[i][1]));
    }
    api_close(db);
}
