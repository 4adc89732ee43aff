/* pay_messages_test.c: what pay plans, facts and arguments that are wrong are told, whole (commission.md
** 9), and plan_check(). */
#include "pay_plans.h"

/* Section 9: every message, whole. */
Test(pay, messages_of_arguments) {
    sqlite3 *db = api_open();
    static const char *const facts[][2] = {
        {"'abc', 0.008",
         "argument 1 (sales): 'abc' is not an amount; want INTEGER, REAL or decimal "
         "TEXT"},
        {"1000000000001, 0.008", "argument 1 (sales): 1000000000001 is beyond 10^12"},
        {"1, 8", "argument 2 (rate): 8 is above 1; did you mean 0.08?"},
        {"1, 8.0", "argument 2 (rate): 8.0 is above 1; did you mean 0.08?"},
        {"1, 101", "argument 2 (rate): 101 is above 1"},
        {"1, -0.1", "argument 2 (rate): -0.1 is below 0"},
        {"1, 1.0/3", "argument 2 (rate): 0.3333333333333333 has more than 6 decimals; use round(x, "
                     "6)"},
        {"1, 1e999", "argument 2 (rate): Inf is not a number"},
        {"1, 0.1, 'P2'", "argument 3 (coefficient): 'P2' is not a number"},
        {"1, 0.1, 1.00001", "argument 3 (coefficient): 1.00001 has more than 4 decimals; use "
                            "round(x, 4)"},
        {"1, 0.1, 101", "argument 3 (coefficient): 101 is above 100"},
        {"1, '0.8%'", "argument 2 (plan): '0.8%' is not a JSON object; a rate is a number: 0.008"},
        {"1, '0.008'",
         "argument 2 (plan): '0.008' is not a JSON object; a rate is a number: 0.008"},
        {"1, 'plan'", "argument 2 (plan): 'plan' is not a JSON object"},
        {"1, x'7b7d'", "argument 2 (plan): x'7b7d' is not a JSON object"},
        {"1, '[]'", "argument 2 (plan): '[]' is not a JSON object"},
        {"x'00', 0.1", "argument 1 (sales): x'00' is not an amount; want INTEGER, REAL or decimal "
                       "TEXT"},
        {"1, '{}', '[]'", "argument 3 (facts): '[]' is not a JSON object"},
        {"1, '{}', 5", "argument 3 (facts): 5 is not a JSON object"},
        {"1, '{}', '{\"kpi\"}'", "argument 3 (facts): facts: invalid JSON at byte 6"},
        {"1e12, 1, 2", "the commission is beyond 10^12"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        expect_error(db, api_sql("SELECT commission_calc(%s)", facts[i][0]),
                     api_sql("commission_calc(): %s", facts[i][1]));
    }
    expect_error(db, "SELECT pay_calc(1, 0.008)",
                 "pay_calc(): argument 2 (plan): 0.008 is not a JSON object");
    expect_error(db, "SELECT * FROM commission_explain(1, 0.008)",
                 "commission_explain(): argument 2 (plan): 0.008 is not a JSON object");
    expect_error(db, "SELECT pay_calc(1e12, '{\"base\":1}', '{\"adjust\":1000000000000}')",
                 "pay_calc(): the total is beyond 10^12");
    expect_error(db,
                 "SELECT pay_calc(1, '{\"kpi\":{\"linear\":1,\"pay\":1000000000000}}', "
                 "'{\"kpi\":2}')",
                 "pay_calc(): the KPI pay is beyond 10^12");
    expect_error(db, "SELECT * FROM commission_explain(1e12, " FLAT ", '{\"refunds\":-1}')",
                 "commission_explain(): argument 3 (facts): facts.refunds: -1 is below 0");
    api_close(db);
}

#define C(fields) "{\"commission\":{" fields "}}"
#define TIER(from, rate) "{\"from\":" from ",\"rate\":" rate "}"

Test(pay, messages_of_plans) {
    sqlite3 *db = api_open();
    static const char *const facts[][2] = {
        {"{\"base\":3000,\"kpi\":{\"linear\":100},\"bonuses\":[],\"quota\":,}",
         "plan: invalid JSON at byte 55"},
        {"{\"base\":1,\"base\":2}", "plan.base: duplicate key (bytes 8 and 17)"},
        {C("\"method\":\"flat\",\"rate\":0,\"flor\":1"),
         "plan.commission.flor: unknown field (did you mean \"floor\"?)"},
        {"{\"salary\":1}",
         "plan.salary: unknown field (known: schema, id, currency, minor_digits, rounding, "
         "effective, base, base_days, grades, quota, commission, kpi, bonuses, clawback, draw)"},
        {"{\"schema\":\"commission-plan/2\"}", "plan.schema: want \"commission-plan/1\""},
        {"{\"rounding\":\"bankers\"}",
         "plan.rounding: 'bankers' is not one of half_up, half_even, down, up"},
        {"{\"base\":30.005}", "plan.base: 30.005 has more than 2 decimals"},
        {"{\"base\":\"3,000\"}", "plan.base: '3,000' is not a decimal number"},
        {"{\"base\":-1}", "plan.base: -1 is below 0"},
        {"{\"base\":1000000000000.01}", "plan.base: 1000000000000.01 is above 10^12"},
        {"{\"base\":\"1e3\"}", "plan.base: '1e3' is not a decimal number"},
        {"{\"base\":true}", "plan.base: true is not a decimal number"},
        {"{\"base\":{}}", "plan.base: an object is not a decimal number"},
        {"{\"base_days\":21.755}", "plan.base_days: 21.755 has more than 2 decimals"},
        {"{\"base_days\":0}", "plan.base_days: 0 is below 1"},
        {"{\"minor_digits\":4}", "plan.minor_digits: 4 is above 3"},
        {"{\"minor_digits\":1.5}", "plan.minor_digits: 1.5 is not a whole number"},
        {"{\"minor_digits\":0,\"base\":0.5}", "plan.base: 0.5 is not a whole number"},
        {"{\"quota\":0}", "plan.quota: 0 is not above 0"},
        {"{\"minor_digits\":3,\"quota\":0.005}", "plan.quota: 0.005 has more than 2 decimals"},
        {"{\"id\":5}", "plan.id: 5 is not text"},
        {"{\"effective\":{\"from\":\"2024-07-01\",\"to\":\"2024-04-01\"}}",
         "plan.effective.to: 2024-04-01 is not after from (2024-07-01)"},
        {"{\"effective\":{\"from\":\"2024-02-30\"}}",
         "plan.effective.from: '2024-02-30' is not a date; want YYYY-MM-DD"},
        {"{\"grades\":{}}", "plan.grades: want 1 to 64 grades"},
        {"{\"grades\":{\"P1\":null}}", "plan.grades: want 1 to 64 grades"},
        {"{\"grades\":{\"P1\":101}}", "plan.grades.P1: 101 is above 100"},
        {C("\"method\":\"tiered\""),
         "plan.commission.method: 'tiered' is not one of flat, marginal, whole, curve"},
        {C(""), "plan.commission.method: missing"},
        {C("\"method\":null"), "plan.commission.method: missing"},
        {C("\"method\":\"flat\",\"rate\":8"),
         "plan.commission.rate: 8 is above 1; did you mean '8%'?"},
        {C("\"method\":\"flat\",\"rate\":\"800%\""), "plan.commission.rate: '800%' is above 1"},
        {C("\"method\":\"flat\",\"rate\":\"0.00001%\""),
         "plan.commission.rate: '0.00001%' has more than 6 decimals"},
        {C("\"method\":\"flat\",\"rate\":0.5,\"tiers\":[" TIER("0", "0") "]"),
         "plan.commission.tiers: not allowed with method 'flat'"},
        {C("\"method\":\"flat\""), "plan.commission.rate: missing"},
        {C("\"method\":\"flat\",\"rate\":0,\"by\":\"amount\""),
         "plan.commission.by: not allowed with method 'flat'"},
        {C("\"method\":\"marginal\",\"tiers\":[]"),
         "plan.commission.tiers: 0 entries; want 1 to 64"},
        {C("\"method\":\"marginal\",\"tiers\":[5]"),
         "plan.commission.tiers[0]: 5 is not an object"},
        {C("\"method\":\"marginal\",\"tiers\":[" TIER("1", "0") "]"),
         "plan.commission.tiers[0].from: the first tier starts at 0"},
        {C("\"method\":\"marginal\",\"tiers\":[" TIER("0", "0") ",{\"from\":5}]"),
         "plan.commission.tiers[1].rate: missing"},
        {"{\"commission\":{\"method\":\"whole\",\"tiers\":[" TIER("0", "0") "," TIER(
             "5", "0") "," TIER("5.00", "0") "]}}",
         "plan.commission.tiers[2].from: 5.00 is not above tiers[1].from (5)"},
        {C("\"method\":\"whole\",\"tiers\":[{\"from\":0,\"rate\":0,\"retro\":true}]"),
         "plan.commission.tiers[0].retro: not allowed with method 'whole'"},
        {C("\"method\":\"marginal\",\"by\":\"attainment\",\"tiers\":[" TIER("0", "0") "," TIER(
             "\"0.001%\"", "0") "]"),
         "plan.commission.tiers[1].from: '0.001%' has more than 4 decimals"},
        {C("\"method\":\"curve\",\"points\":[{\"at\":0,\"pay\":0},{\"at\":1,\"pay\":2500},"
           "{\"at\":2,\"pay\":2000}]"),
         "plan.commission.points[2].pay: 2000 is below points[1].pay (2500)"},
        {C("\"method\":\"curve\",\"points\":[{\"at\":0,\"pay\":0}]"),
         "plan.commission.points: 1 entries; want 2 to 64"},
        {C("\"method\":\"curve\",\"points\":[{\"at\":0,\"pay\":1},{\"at\":1,\"pay\":1}]"),
         "plan.commission.points[0].pay: the first point pays 0"},
        {C("\"method\":\"flat\",\"rate\":0,\"apply\":[\"grade\"]"),
         "plan.commission.apply[0]: 'grade' needs plan.grades"},
        {C("\"method\":\"flat\",\"rate\":0,\"apply\":[\"kpi\"]"),
         "plan.commission.apply[0]: 'kpi' needs plan.kpi"},
        {"{" G ",\"commission\":{\"method\":\"flat\",\"rate\":0,\"apply\":[\"grade\",\"grade\"]}}",
         "plan.commission.apply[1]: listed twice"},
        {C("\"method\":\"flat\",\"rate\":0,\"floor\":200,\"cap\":100"),
         "plan.commission.cap: 100 is below floor (200)"},
        {"{\"clawback\":\"carry\",\"commission\":{\"method\":\"flat\",\"rate\":0,\"floor\":200}}",
         "plan.commission.floor: cannot be combined with clawback 'carry'"},
        {"{\"kpi\":{\"pay\":5}}", "plan.kpi: want exactly one of bands, linear"},
        {"{\"kpi\":{\"linear\":100,\"bands\":[{\"from\":0,\"factor\":1}]}}",
         "plan.kpi: want exactly one of bands, linear"},
        {"{\"kpi\":{\"bands\":[{\"from\":10,\"factor\":1}]}}",
         "plan.kpi.bands[0].from: the first band starts at 0"},
        {"{\"kpi\":{\"bands\":[{\"from\":0,\"factor\":10.5}]}}",
         "plan.kpi.bands[0].factor: 10.5 is above 10"},
        {"{\"bonuses\":[{\"when\":{\"metric\":\"net\",\"min\":1},\"pay\":1}]}",
         "plan.bonuses[0].name: missing"},
        {"{\"bonuses\":[{\"name\":\"x\",\"when\":{\"metric\":\"sales\",\"min\":1},\"pay\":1}]}",
         "plan.bonuses[0].when.metric: 'sales' is not one of net, gross, count, attainment, kpi"},
        {"{\"bonuses\":[{\"name\":\"x\",\"when\":{\"metric\":\"count\",\"min\":1.5},\"pay\":1}]}",
         "plan.bonuses[0].when.min: 1.5 is not a whole number"},
        {"{\"bonuses\":[{\"name\":\"x\",\"when\":{\"metric\":\"kpi\",\"min\":\"90%\"},\"pay\":1}]}",
         "plan.bonuses[0].when.min: '90%' is not a decimal number"},
        {"{\"draw\":{}}", "plan.draw.amount: missing"},
        {"{\"draw\":{\"amount\":1,\"recoverable\":1}}",
         "plan.draw.recoverable: 1 is not true or false"},
        {"{\"draw\":[[[[[[[[1]]]]]]]]}", "plan: JSON nested too deep at byte 15"},
        {"{\"clawback\":\"never\"}", "plan.clawback: 'never' is not one of zero, carry"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        expect_error(db, api_sql("SELECT commission_calc(1, %Q)", facts[i][0]),
                     api_sql("commission_calc(): argument 2 (plan): %s", facts[i][1]));
        expect_error(db, api_sql("SELECT pay_calc(1, %Q, '{}')", facts[i][0]),
                     api_sql("pay_calc(): argument 2 (plan): %s", facts[i][1]));
        expect_text(db, api_sql("SELECT plan_check(%Q)", facts[i][0]), facts[i][1]);
    }
    expect_error(db, "SELECT pay_calc(1, '{\"id\":\"' || hex(zeroblob(40000)) || '\"}')",
                 "pay_calc(): argument 2 (plan): plan: longer than 64 KiB");
    api_close(db);
}

Test(pay, messages_of_facts) {
    sqlite3 *db = api_open();
    static const char *const graded =
        "{" G ",\"commission\":{\"method\":\"flat\",\"rate\":0},\"effective\":{\"from\":"
        "\"2024-04-01\",\"to\":\"2024-07-01\"}}";
    static const char *const scored = "{\"kpi\":{\"linear\":100}}";
    static const char *const attained = "{\"bonuses\":[{\"name\":\"x\",\"when\":{\"metric\":"
                                        "\"attainment\",\"min\":1},\"pay\":1}]}";
    const char *const facts[][3] = {
        {"{}", "{\"refund\":1}", "facts.refund: unknown field (did you mean \"refunds\"?)"},
        {graded, "{\"grade\":\"P4\"}", "facts.grade: 'P4' is not one of P1, P2, P3"},
        {graded, NULL, "facts.grade: this plan needs a grade"},
        {graded, "{\"grade\":2}", "facts.grade: 2 is not text"},
        {scored, "{}", "facts.kpi: this plan needs a KPI score"},
        {scored, "{\"kpi\":88.3333333333}",
         "facts.kpi: 88.3333333333 has more than 4 decimals; use round(x, 4)"},
        {scored, "{\"kpi\":1000.5}", "facts.kpi: 1000.5 is above 1000"},
        {attained, "{\"kpi\":1}", "facts.quota: this plan needs a quota above 0"},
        {attained, "{\"quota\":0}", "facts.quota: 0 is not above 0"},
        {attained, "{\"quota\":0.001}",
         "facts.quota: 0.001 has more than 2 decimals; use round(x, 2)"},
        {"{}", "{\"carry\":200}", "facts.carry: 200 is above 0"},
        {"{}", "{\"carry\":-0.001}",
         "facts.carry: -0.001 has more than 2 decimals; use round(x, 2)"},
        {"{}", "{\"draw_balance\":-1}", "facts.draw_balance: -1 is below 0"},
        {"{}", "{\"refunds\":-1}", "facts.refunds: -1 is below 0"},
        {"{}", "{\"refunds\":1000000000001}", "facts.refunds: 1000000000001 is above 10^12"},
        {"{}", "{\"opening\":\"5%\"}", "facts.opening: '5%' is not a decimal number"},
        {"{}", "{\"count\":1.5}", "facts.count: 1.5 is not a whole number; use round(x, 0)"},
        {"{}", "{\"paid_days\":367}", "facts.paid_days: 367 is above 366"},
        {graded, "{\"grade\":\"P1\",\"date\":\"2024-07-01\"}",
         "facts.date: 2024-07-01 is outside plan.effective (2024-04-01 to before 2024-07-01)"},
        {"{\"effective\":{\"from\":\"2024-04-01\"}}", "{\"date\":\"2024-03-31\"}",
         "facts.date: 2024-03-31 is outside plan.effective (from 2024-04-01)"},
        {"{\"effective\":{\"to\":\"2024-04-01\"}}", "{\"date\":\"2024-04-01\"}",
         "facts.date: 2024-04-01 is outside plan.effective (before 2024-04-01)"},
        {"{\"bonuses\":[{\"name\":\"x\",\"when\":{\"metric\":\"count\",\"min\":1},\"pay\":1}]}",
         "{}", "facts.count: this plan needs a count"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        expect_error(db, api_sql("SELECT pay_calc(1, %Q, %Q)", facts[i][0], facts[i][1]),
                     api_sql("pay_calc(): argument 3 (facts): %s", facts[i][2]));
        expect_error(db, api_sql("SELECT commission_calc(1, %Q, %Q)", facts[i][0], facts[i][1]),
                     api_sql("commission_calc(): argument 3 (facts): %s", facts[i][2]));
        expect_error(
            db, api_sql("SELECT * FROM commission_explain(1, %Q, %Q)", facts[i][0], facts[i][1]),
            api_sql("commission_explain(): argument 3 (facts): %s", facts[i][2]));
    }
    api_close(db);
}

Test(pay, plan_check_reports_every_problem) {
    sqlite3 *db = api_open();
    expect_text(db, "SELECT plan_check(NULL)", "plan: want a JSON object, got NULL");
    expect_text(db, "SELECT plan_check('')", "plan: want a JSON object, got NULL");
    expect_text(db, "SELECT plan_check(5)", "plan: want a JSON object, got 5");
    expect_text(db, "SELECT plan_check(0.5)", "plan: want a JSON object, got 0.5");
    expect_text(db, "SELECT plan_check(x'7b7d')", "plan: want a JSON object, got x'7b7d'");
    expect_text(db, "SELECT plan_check('[]')", "plan: want a JSON object, got '[]'");
    expect_text(db, "SELECT plan_check('{\"a')", "plan: invalid JSON at byte 3");
    expect_null(db, "SELECT plan_check(" SECTION_3 ")");
    expect_text(db,
                "SELECT plan_check('{\"base\":-1,\"bse\":2,\"kpi\":{},\"commission\":{\"method\":"
                "\"whole\",\"tiers\":[{\"from\":1,\"rate\":2,\"retro\":false},{\"from\":\"x\"},"
                "{\"from\":0,\"rate\":\"150%\"}],\"cap\":1,\"floor\":2},\"clawback\":\"carry\"}')",
                "plan.bse: unknown field (did you mean \"base\"?)\n"
                "plan.base: -1 is below 0\n"
                "plan.kpi: want exactly one of bands, linear\n"
                "plan.commission.cap: 1 is below floor (2)\n"
                "plan.commission.floor: cannot be combined with clawback 'carry'\n"
                "plan.commission.tiers[0].from: the first tier starts at 0\n"
                "plan.commission.tiers[0].rate: 2 is above 1; did you mean '2%'?\n"
                "plan.commission.tiers[0].retro: not allowed with method 'whole'\n"
                "plan.commission.tiers[1].from: 'x' is not a decimal number\n"
                "plan.commission.tiers[1].rate: missing\n"
                "plan.commission.tiers[2].rate: '150%' is above 1");
    api_close(db);
}
