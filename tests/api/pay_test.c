/* pay_test.c: pay plans through SQLite: the worked examples of commission.md, NULLs, explanations,
** splits and scores. Messages are pay_messages_test.c's; random plans are compared with an oracle in
** tests/unit. */
#include "pay_plans.h"

/* One call each of commission_calc and pay_calc; facts NULL: none. */
static void pay_expect(sqlite3 *db, const char *sales, const char *plan, const char *facts,
                       double commission, double total) {
    const char *given = facts == NULL ? "NULL" : api_sql("%Q", facts);
    expect_real(db, api_sql("SELECT commission_calc(%s, %s, %s)", sales, plan, given), commission);
    expect_real(db, api_sql("SELECT pay_calc(%s, %s, %s)", sales, plan, given), total);
    expect_real(db,
                api_sql("SELECT round(total(amount), 3) FROM commission_explain(%s, %s, %s)", sales,
                        plan, given),
                total);
}

static void pay_expect_commission(sqlite3 *db, const char *sales, const char *plan,
                                  const char *facts, double commission) {
    const char *given = facts == NULL ? "NULL" : api_sql("%Q", facts);
    expect_real(db, api_sql("SELECT commission_calc(%s, %s, %s)", sales, plan, given), commission);
}

Test(pay, example_1_a_flat_rate_with_a_grade) {
    sqlite3 *db = api_open();
    const char *plan =
        "'{\"base\":3000,\"commission\":{\"method\":\"flat\",\"rate\":\"0.8%\"}," G "}'";
    pay_expect(db, "86540.50", plan, "{\"grade\":\"P1\"}", 692.32, 3692.32);
    pay_expect(db, "'86540.50'", plan, "{\"grade\":\"P1\"}", 692.32, 3692.32);
    expect_real(db, "SELECT commission_calc(86540.50, 0.008)", 692.32);
    expect_real(db, "SELECT commission_calc(86540.50, 0.008, 1.2)", 830.79);
    api_close(db);
}

Test(pay, examples_3_to_5_marginal_and_whole_tiers) {
    sqlite3 *db = api_open();
    const char *marginal = "'{\"base\":3000,\"commission\":{\"method\":\"marginal\"," T "}," G "}'";
    const char *whole = "'{\"base\":3000,\"commission\":{\"method\":\"whole\"," T "}," G "}'";
    pay_expect(db, "250000", marginal, "{\"grade\":\"P2\"}", 2280.0, 5280.0);
    pay_expect(db, "250000", whole, "{\"grade\":\"P2\"}", 3600.0, 6600.0);
    pay_expect(db, "99999.99", marginal, "{\"grade\":\"P1\"}", 500.0, 3500.0);
    pay_expect(db, "99999.99", whole, "{\"grade\":\"P1\"}", 500.0, 3500.0);
    pay_expect(db, "100000", marginal, "{\"grade\":\"P1\"}", 500.0, 3500.0);
    pay_expect(db, "100000", whole, "{\"grade\":\"P1\"}", 800.0, 3800.0);
    api_close(db);
}

Test(pay, example_6_an_opening_continues_the_tiers) {
    sqlite3 *db = api_open();
    pay_expect_commission(
        db, "20000",
        "'{\"commission\":{\"method\":\"marginal\",\"tiers\":[{\"from\":0,\"rate\":"
        "\"4%\"},{\"from\":150000,\"rate\":\"6%\"},{\"from\":250000,\"rate\":"
        "\"8%\"}]}}'",
        "{\"opening\":145000}", 1100.0);
    api_close(db);
}

Test(pay, example_7_order_by_order) {
    sqlite3 *db = api_open();
    const char *plan = "'{\"commission\":{\"method\":\"marginal\",\"tiers\":[{\"from\":0,\"rate\":"
                       "\"1%\"},{\"from\":1000,\"rate\":\"2%\"},{\"from\":3000,\"rate\":\"3%\"},"
                       "{\"from\":8000,\"rate\":\"5%\"}]}}'";
    expect_real(
        db,
        api_sql("SELECT sum(commission_calc(column1, %s)) FROM (VALUES (200), (300), (1500), "
                "(1200), (2000), (4500))",
                plan),
        164.0);
    expect_rows(db,
                api_sql("SELECT commission_calc(column1, %s) FROM (VALUES (200), (300), (1500), "
                        "(1200), (2000), (4500), (9700))",
                        plan),
                "2.0\n3.0\n20.0\n14.0\n30.0\n95.0\n285.0");
    api_close(db);
}

Test(pay, example_8_a_curve) {
    sqlite3 *db = api_open();
    expect_rows(db,
                "SELECT commission_calc(column1, '{\"quota\":2000,\"commission\":{\"method\":"
                "\"curve\",\"points\":[{\"at\":0,\"pay\":0},{\"at\":\"50%\",\"pay\":0},{\"at\":"
                "\"100%\",\"pay\":2500},{\"at\":\"200%\",\"pay\":3500},{\"at\":\"300%\",\"pay\":"
                "4000}]}}') FROM (VALUES (800), (2000), (4800), (6000), (1500), (9000), (-5))",
                "0.0\n2500.0\n3700.0\n4000.0\n1250.0\n4000.0\n0.0");
    api_close(db);
}

Test(pay, example_10_clawback_is_carried) {
    sqlite3 *db = api_open();
    const char *facts = "{\"opening\":210000,\"refunds\":25000}";
    const char *marginal =
        "'{\"base\":3000,\"clawback\":\"carry\",\"commission\":{\"method\":\"marginal\"," T "}}'";
    const char *whole =
        "'{\"base\":3000,\"clawback\":\"carry\",\"commission\":{\"method\":\"whole\"," T "}}'";
    pay_expect(db, "5000", marginal, facts, -200.0, 3000.0);
    pay_expect(db, "5000", whole, facts, -1000.0, 3000.0);
    expect_rows(db,
                api_sql("SELECT kind, label, exact, amount FROM commission_explain(5000, %s, %Q) "
                        "WHERE kind NOT IN ('slice', 'raw')",
                        marginal, facts),
                "base|NULL|3000|3000.0\nopening|NULL|-1420|NULL\ncommission|NULL|-200|-200.0\n"
                "clawback|carried|200|200.0\ntotal|CNY|3000|NULL\ncarry_out|NULL|-200|NULL");
    expect_text(
        db,
        api_sql("SELECT exact FROM commission_explain(5000, %s, %Q) WHERE kind = 'carry_out'",
                whole, facts),
        "-1000");
    api_close(db);
}

Test(pay, example_12_roundings_are_symmetric) {
    sqlite3 *db = api_open();
    static const char *const facts[][2] = {
        {"half_up", "1.13\n1.01\n3.38\n-1.13"},
        {"half_even", "1.12\n1.0\n3.38\n-1.12"},
        {"down", "1.12\n1.0\n3.37\n-1.12"},
        {"up", "1.13\n1.01\n3.38\n-1.13"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        expect_rows(db,
                    api_sql("SELECT commission_calc(column1, '{\"rounding\":\"%s\",\"commission\":{"
                            "\"method\":\"flat\",\"rate\":\"1%%\"}}') FROM (VALUES (112.50), "
                            "(100.50), (337.50), (-112.50))",
                            facts[i][0]),
                    facts[i][1]);
    }
    api_close(db);
}

Test(pay, example_18_the_plan_of_section_3) {
    sqlite3 *db = api_open();
    const char *facts = "{\"grade\":\"P2\",\"refunds\":15233.46,\"kpi\":88.2,\"paid_days\":20,"
                        "\"adjust\":-50}";
    pay_expect(db, "263418.76", SECTION_3, facts, 2141.17, 6309.79);
    expect_rows(db,
                api_sql("SELECT * FROM commission_explain(263418.76, %s, %Q)", SECTION_3, facts),
                "1|base|NULL|NULL|NULL|3000.0|0.9195402298850575|80000/29|2758.62\n"
                "2|slice|NULL|0.0|100000.0|100000.0|0.005|500|NULL\n"
                "3|slice|NULL|100000.0|200000.0|100000.0|0.008|800|NULL\n"
                "4|slice|NULL|200000.0|248185.3|48185.3|0.012|578.2236|NULL\n"
                "5|raw|NULL|NULL|NULL|248185.3|NULL|1878.2236|NULL\n"
                "6|multiplier|P2|NULL|NULL|NULL|1.2|2253.86832|NULL\n"
                "7|multiplier|kpi|NULL|NULL|NULL|0.95|2141.174904|NULL\n"
                "8|commission|NULL|NULL|NULL|248185.3|NULL|2141.174904|2141.17\n"
                "9|kpi_pay|NULL|NULL|NULL|800.0|0.95|760|760.0\n"
                "10|bonus|618|200000.0|NULL|248185.3|NULL|500|500.0\n"
                "11|bonus|quota|1.1|NULL|1.2409265|NULL|200|200.0\n"
                "12|adjust|NULL|NULL|NULL|NULL|NULL|-50|-50.0\n"
                "13|total|presale-2026Q2 CNY|NULL|NULL|NULL|NULL|6309.79|NULL");
    api_close(db);
}

Test(pay, example_19_retro_by_attainment) {
    sqlite3 *db = api_open();
    expect_rows(db,
                "SELECT commission_calc(column1, '{\"quota\":33000,\"commission\":{\"method\":"
                "\"marginal\",\"by\":\"attainment\",\"tiers\":[{\"from\":\"0%\",\"rate\":\"5%\"},"
                "{\"from\":\"50%\",\"rate\":\"10%\",\"retro\":true},{\"from\":\"100%\",\"rate\":"
                "\"20%\"}]}}') FROM (VALUES (20000), (40000), (16000), (16500), (33000))",
                "2000.0\n4700.0\n800.0\n1650.0\n3300.0");
    api_close(db);
}

Test(pay, example_20_sum_first_then_call_once) {
    sqlite3 *db = api_open();
    const char *plan = "'{\"commission\":{\"method\":\"whole\"," T "}}'";
    expect_real(db, api_sql("SELECT 2 * commission_calc(100000, %s)", plan), 1600.0);
    expect_real(db, api_sql("SELECT commission_calc(200000, %s)", plan), 2400.0);
    api_close(db);
}

Test(pay, nulls) {
    sqlite3 *db = api_open();
    static const char *const nulls[] = {
        "commission_calc(NULL, 0.1)",
        "commission_calc(1, NULL)",
        "commission_calc('', 0.1)",
        "commission_calc(1, ' ')",
        "commission_calc(NULL, 'x')",
        "commission_calc('x', NULL)",
        "commission_calc(1, 8, NULL)",
        "commission_calc(NULL, 8, 'x')",
        "commission_calc(1, 0.1, '')",
        "pay_calc(NULL, 'x')",
        "pay_calc(1, NULL, 'x')",
        "plan_check('{}')",
        "commission_split(NULL, 'x', 'x')",
        "commission_split(1, NULL, 0)",
        "commission_split(1, '[1]', NULL)",
        "kpi_score(NULL, 'x')",
        "kpi_score(1, '')",
    };
    for (size_t i = 0; i < sizeof nulls / sizeof nulls[0]; i++) {
        expect_null(db, api_sql("SELECT %s", nulls[i]));
    }
    expect_rows(db, "SELECT * FROM commission_explain(NULL, 'x')", "");
    expect_rows(db, "SELECT * FROM commission_explain(1, '')", "");
    expect_real(db, "SELECT commission_calc(100, " FLAT ", NULL)", 1.0);
    expect_real(db, "SELECT commission_calc(100, " FLAT ", ' ')", 1.0);
    expect_real(db, "SELECT commission_calc(100, '{}')", 0.0);
    expect_rows(db, "SELECT kind, exact FROM commission_explain(5, '{}', NULL)", "total|0");
    api_close(db);
}

Test(pay, facts_of_sql_lose_binary_noise) {
    sqlite3 *db = api_open();
    expect_real(db, "SELECT commission_calc(10000, 0.7 / 100.0)", 70.0);
    expect_real(db, "SELECT commission_calc(0.1 + 0.2, 0.5, '1.0')", 0.15);
    expect_real(db,
                "SELECT pay_calc(0, '{\"kpi\":{\"linear\":100,\"pay\":100}}', '{\"kpi\":"
                "88.200000000000003}')",
                88.2);
    expect_real(db,
                "SELECT pay_calc(0, '{}', '{\"adjust\":0.30000000000000004,\"carry\":\"-0.10\"}')",
                0.3);
    expect_real(db, "SELECT pay_calc(0, '{\"base\":3e3}', '{\"paid_days\":20}')", 3000.0);
    api_close(db);
}

Test(pay, fields_that_a_plan_does_not_use_are_accepted) {
    sqlite3 *db = api_open();
    expect_real(db,
                "SELECT pay_calc(100, " FLAT
                ", '{\"grade\":\"P9\",\"kpi\":88,\"quota\":5,\"count\":"
                "7,\"paid_days\":3,\"draw_balance\":9,\"date\":\"2024-01-01\"}')",
                1.0);
    api_close(db);
}

Test(pay, draws_and_clawbacks) {
    sqlite3 *db = api_open();
    const char *draw =
        "'{\"draw\":{\"amount\":100},\"commission\":{\"method\":\"flat\",\"rate\":1}}'";
    const char *guarantee = "'{\"draw\":{\"amount\":100,\"recoverable\":false},\"commission\":{"
                            "\"method\":\"flat\",\"rate\":1}}'";
    const char *rows = "SELECT kind, exact, amount FROM commission_explain(%s, %s, %Q) WHERE kind "
                       "NOT IN ('slice', 'raw', 'total')";
    expect_rows(db, api_sql(rows, "30", draw, "{}"),
                "commission|30|30.0\ndraw_advance|70|70.0\ndraw_balance|70|NULL");
    expect_rows(db, api_sql(rows, "130", draw, "{\"draw_balance\":70}"),
                "commission|130|130.0\ndraw_recovery|-30|-30.0\ndraw_balance|40|NULL");
    expect_rows(db, api_sql(rows, "500", draw, "{\"draw_balance\":70}"),
                "commission|500|500.0\ndraw_recovery|-70|-70.0\ndraw_balance|0|NULL");
    expect_rows(db, api_sql(rows, "30", guarantee, "{\"draw_balance\":70}"),
                "commission|30|30.0\ndraw_advance|70|70.0");
    expect_rows(
        db, api_sql(rows, "-30", draw, "{}"),
        "commission|-30|-30.0\nclawback|30|30.0\ndraw_advance|100|100.0\ndraw_balance|100|NULL");
    expect_rows(db, api_sql(rows, "10", FLAT, "{\"carry\":-5,\"adjust\":-7}"),
                "commission|0.1|0.1\ncarry_in|-5|-5.0\nclawback|4.9|4.9\nadjust|-7|-7.0");
    expect_real(db, api_sql("SELECT pay_calc(10, %s, '{\"carry\":-5,\"adjust\":-7}')", FLAT), -7.0);
    api_close(db);
}

Test(pay, floors_caps_and_currencies) {
    sqlite3 *db = api_open();
    const char *bounded =
        "'{\"commission\":{\"method\":\"flat\",\"rate\":\"1%\",\"floor\":50,\"cap\":"
        "100}}'";
    const char *rows =
        "SELECT kind, exact, amount FROM commission_explain(%s, %s) WHERE kind NOT IN "
        "('slice', 'raw', 'total')";
    expect_rows(db, api_sql(rows, "1000", bounded), "floor|50|NULL\ncommission|10|50.0");
    expect_rows(db, api_sql(rows, "20000", bounded), "cap|100|NULL\ncommission|200|100.0");
    expect_rows(db, api_sql(rows, "7500", bounded), "commission|75|75.0");
    expect_real(db,
                "SELECT commission_calc(12345, '{\"minor_digits\":0,\"commission\":{\"method\":"
                "\"flat\",\"rate\":\"1%\"}}')",
                123.0);
    expect_real(db,
                "SELECT commission_calc(1234.5678, '{\"minor_digits\":3,\"currency\":\"KWD\","
                "\"commission\":{\"method\":\"flat\",\"rate\":\"10%\"}}')",
                123.457);
    api_close(db);
}

Test(pay, slices_of_every_method) {
    sqlite3 *db = api_open();
    const char *rows =
        "SELECT from_amount, to_amount, basis, rate, exact FROM commission_explain(%s, "
        "'{\"quota\":100,\"commission\":{%s}}') WHERE kind = 'slice'";
    const char *retro = "\"method\":\"marginal\",\"tiers\":[{\"from\":0,\"rate\":0.1},{\"from\":10,"
                        "\"rate\":0.2},{\"from\":20,\"rate\":0.3,\"retro\":true},{\"from\":30,"
                        "\"rate\":0.4}]";
    const char *curve =
        "\"method\":\"curve\",\"points\":[{\"at\":0,\"pay\":0},{\"at\":0.03,\"pay\":1},"
        "{\"at\":1,\"pay\":2}]";
    expect_rows(db, api_sql(rows, "15", retro), "0.0|10.0|10.0|0.1|1\n10.0|15.0|5.0|0.2|1");
    expect_rows(db, api_sql(rows, "20", retro), "0.0|10.0|10.0|0.3|3\n10.0|20.0|10.0|0.3|3");
    expect_rows(
        db, api_sql(rows, "31", retro),
        "0.0|10.0|10.0|0.3|3\n10.0|20.0|10.0|0.3|3\n20.0|30.0|10.0|0.3|3\n30.0|31.0|1.0|0.4|"
        "0.4");
    expect_rows(db, api_sql(rows, "-5", retro), "0.0|-5.0|-5.0|0.1|-0.5");
    expect_rows(db, api_sql(rows, "0", retro), "");
    expect_rows(db,
                api_sql(rows, "25",
                        "\"method\":\"whole\",\"tiers\":[{\"from\":0,\"rate\":0.1},"
                        "{\"from\":10,\"rate\":0.2}]"),
                "0.0|25.0|25.0|0.2|5");
    expect_rows(db, api_sql(rows, "25", "\"method\":\"flat\",\"rate\":0.5"),
                "0.0|25.0|25.0|0.5|12.5");
    expect_rows(db, api_sql(rows, "1", curve), "0.0|3.0|1.0|NULL|0.33");
    expect_rows(db, api_sql(rows, "3", curve), "3.0|100.0|3.0|NULL|1");
    expect_rows(db, api_sql(rows, "250", curve), "100.0|NULL|250.0|NULL|2");
    expect_rows(db, api_sql(rows, "-1", curve), "");
    api_close(db);
}

Test(pay, plans_that_change_from_row_to_row) {
    sqlite3 *db = api_open();
    api_exec(db, "CREATE TABLE staff(agent, plan, facts)");
    api_exec(db,
             "INSERT INTO staff VALUES ('a', '{\"base\":1}', NULL), ('b', '{\"base\":2}', '{}'), "
             "('c', NULL, NULL), ('d', '{\"base\":4}', '{\"adjust\":1}')");
    expect_rows(db, "SELECT agent, pay_calc(0, plan, facts) FROM staff",
                "a|1.0\nb|2.0\nc|NULL\nd|5.0");
    expect_rows(
        db,
        "SELECT agent, exact FROM staff s, commission_explain(0, s.plan, s.facts) WHERE kind = "
        "'total'",
        "a|1\nb|2\nd|5");
    expect_rows(db, "SELECT pay_calc(0, '{\"base\":7}', facts) FROM staff", "7.0\n7.0\n7.0\n8.0");
    api_close(db);
}

Test(pay, splits) {
    sqlite3 *db = api_open();
    expect_rows(db,
                "SELECT commission_split(100, '[1, 1, 1]', column1) FROM (VALUES (0), (1), (2))",
                "33.34\n33.33\n33.33");
    expect_rows(db,
                "SELECT commission_split(-100, '[1, 1, 1]', column1) FROM (VALUES (0), (1), (2))",
                "-33.34\n-33.33\n-33.33");
    expect_rows(db,
                "SELECT commission_split('0.05', '[0.5, \"0.3\", 2e-1, 0]', column1) FROM (VALUES "
                "(0), (1), ('2'), (3.0))",
                "0.03\n0.01\n0.01\n0.0");
    expect_real(db, "SELECT commission_split(1e12, '[1e12, 1e12, 1]', 0)", 499999999999.75);
    static const char *const facts[][2] = {
        {"1.005, '[1]', 0", "argument 1 (amount): 1.005 has more than 2 decimals; use round(x, 2)"},
        {"'x', '[1]', 0",
         "argument 1 (amount): 'x' is not an amount; want INTEGER, REAL or decimal TEXT"},
        {"1, 'x', 0", "argument 2 (weights): 'x' is not a JSON array"},
        {"1, '[1', 0", "argument 2 (weights): weights: invalid JSON at byte 2"},
        {"1, '[0, 0]', 0", "argument 2 (weights): want a sum above 0"},
        {"1, '[]', 0", "argument 2 (weights): weights: 0 entries; want 1 to 1000"},
        {"1, '[1, 2, -1]', 0", "argument 2 (weights): weights[2]: -1 is below 0"},
        {"1, '[1, null]', 0", "argument 2 (weights): weights[1]: null is not a decimal number"},
        {"1, '[1, 1]', 2", "argument 3 (i): 2 is above 1"},
        {"1, '[1, 1]', -1", "argument 3 (i): -1 is below 0"},
        {"1, '[1, 1]', 0.5", "argument 3 (i): 0.5 is not a whole number; use round(x, 0)"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        expect_error(db, api_sql("SELECT commission_split(%s)", facts[i][0]),
                     api_sql("commission_split(): %s", facts[i][1]));
    }
    api_close(db);
}

Test(pay, scores) {
    sqlite3 *db = api_open();
    expect_rows(db,
                "SELECT kpi_score(column1, '[[0, 100], [30, 80], [\"60.5\", 40], [120, -5]]') FROM "
                "(VALUES (0), (29.999999999), (30), ('60.4999999999'), (60.5), (1e300), ('+120'))",
                "100.0\n100.0\n80.0\n80.0\n40.0\n-5.0\n-5.0");
    expect_real(db, "SELECT kpi_score(-5, '[[-10, 1], [-4.999999, 2]]')", 1.0);
    expect_real(db, "SELECT kpi_score('-4.9999985', '[[-10, 1], [-4.999999, 2]]')", 2.0);
    expect_real(db, "SELECT kpi_score('-4.9999995', '[[-10, 1], [-4.999999, 2]]')", 1.0);
    static const char *const facts[][2] = {
        {"-1, '[[0, 5]]'", "argument 1 (value): -1 is below the first band (0)"},
        {"'-1e99', '[[0, 5]]'", "argument 1 (value): '-1e99' is below the first band (0)"},
        {"'x', '[[0, 5]]'", "argument 1 (value): 'x' is not a number"},
        {"1, '[]'", "argument 2 (bands): bands: 0 entries; want 1 to 64"},
        {"1, '[[0]]'", "argument 2 (bands): bands[0]: 1 entries; want 2 to 2"},
        {"1, '[5]'", "argument 2 (bands): bands[0]: 5 is not a list"},
        {"1, '[[0, true]]'", "argument 2 (bands): bands[0][1]: true is not a decimal number"},
        {"1, '[[0, 1.0000001]]'", "argument 2 (bands): bands[0][1]: 1.0000001 has more than 6 "
                                  "decimals"},
        {"1, '[[0, 1], [0.0, 2]]'",
         "argument 2 (bands): bands[1][0]: 0.0 is not above bands[0][0] (0)"},
        {"1, '{}'", "argument 2 (bands): '{}' is not a JSON array"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        expect_error(db, api_sql("SELECT kpi_score(%s)", facts[i][0]),
                     api_sql("kpi_score(): %s", facts[i][1]));
    }
    api_close(db);
}
