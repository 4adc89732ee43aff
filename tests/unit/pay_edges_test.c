/* pay_edges_test.c: what lies exactly on an edge of a plan: the last day, the cap, half a cent. */
#include <criterion/criterion.h>
#include <string.h>

#include "core/money/money.h"
#include "core/pay/bands.h"
#include "core/pay/pay.h"
#include "pay_read.h"

/* effective.to is the first day that is out. */
Test(pay_edges, the_day_of_to_is_outside) {
    Plan *plan = pay_test_plan("{\"effective\":{\"from\":\"2026-04-01\",\"to\":\"2026-07-01\"}}");
    static const struct {
        const char *facts, *why; /* NULL: inside */
    } facts[] = {
        {"{\"date\":\"2026-03-31\"}",
         "facts.date: 2026-03-31 is outside plan.effective (2026-04-01 to before 2026-07-01)"},
        {"{\"date\":\"2026-04-01\"}", NULL},
        {"{\"date\":\"2026-06-30\"}", NULL},
        {"{\"date\":\"2026-07-01\"}",
         "facts.date: 2026-07-01 is outside plan.effective (2026-04-01 to before 2026-07-01)"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        Facts out;
        Message why;
        const Value value = value_of_text(facts[i].facts, strlen(facts[i].facts));
        const Status status = facts_read(&test_host, plan, &value, &out, &why);
        cr_expect_eq(status, facts[i].why == NULL ? STATUS_OK : STATUS_REFUSED);
        if (status == STATUS_REFUSED) {
            cr_expect_str_eq(why.text, facts[i].why, "%s", why.text);
        }
    }
    plan_close(&test_host, plan);
}

/* The kinds of the rows of an explanation, a blank behind each. */
static const char *edges_kinds(const char *json, int64_t sales_micros) {
    static PaySteps steps;
    static char out[512];
    Plan *plan = pay_test_plan(json);
    const Facts facts = pay_test_facts(plan, "{\"quota\":100,\"count\":7,\"kpi\":60}");
    PayResult result;
    Message why;
    cr_assert_eq(pay_calculate(plan, &facts, sales_micros, &steps, &result, &why), STATUS_OK);
    out[0] = '\0';
    for (uint32_t i = 0; i < steps.count; i++) {
        strcat(out, steps.steps[i].kind);
        strcat(out, " ");
    }
    plan_close(&test_host, plan);
    return out;
}

/* Floor and cap have a row where they changed the commission. */
Test(pay_edges, a_cap_that_is_just_reached_changes_nothing) {
    static const char capped[] =
        "{\"commission\":{\"method\":\"flat\",\"rate\":1,\"floor\":50,\"cap\":100}}";
    cr_expect_str_eq(edges_kinds(capped, 100 * MICROS), "slice raw commission total ");
    cr_expect_str_eq(edges_kinds(capped, 101 * MICROS), "slice raw cap commission total ");
    cr_expect_str_eq(edges_kinds(capped, 50 * MICROS), "slice raw commission total ");
    cr_expect_str_eq(edges_kinds(capped, 49 * MICROS), "slice raw floor commission total ");
}

/* Half away from zero: 112.50 and -100.50 at 1 % (commission.md, example 12). */
Test(pay_edges, half_a_cent_at_a_rate) {
    static const struct {
        int64_t sales_micros, cents;
    } facts[] = {{112500000, 113}, {100500000, 101},   {337500000, 338}, {-112500000, -113},
                 {112499999, 112}, {-112499999, -112}, {0, 0},           {500000, 1},
                 {499999, 0}};
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        int64_t cents;
        Message why;
        cr_assert_eq(pay_at_rate(facts[i].sales_micros, 10000, 10000, &cents, &why), STATUS_OK);
        cr_expect_eq(cents, facts[i].cents, "%zu: %lld", i, (long long)cents);
    }
}

/* A tier begins above the one before it. */
Test(pay_edges, two_tiers_from_one_amount) {
    static const char plan[] =
        "{\"commission\":{\"method\":\"whole\",\"tiers\":[{\"from\":0,\"rate\":0},"
        "{\"from\":5,\"rate\":0},{\"from\":5,\"rate\":0}]}}";
    Plan *out;
    Message why;
    const Value value = value_of_text(plan, strlen(plan));
    cr_assert_eq(plan_open(&test_host, &value, &out, &why), STATUS_REFUSED);
    cr_expect_str_eq(why.text, "plan.commission.tiers[2].from: 5 is not above tiers[1].from (5)");
}

/* The lower bound of a band is its own, also where less than a millionth is missing. */
Test(pay_edges, points_on_the_bound_of_a_band) {
    static const char json[] = "[[-1, 10], [0, 20], [60.5, 30]]";
    static const struct {
        const char *value;
        double points;
    } facts[] = {{"-1", 10},         {"-0.5", 10},           {"-0.0000000001", 10}, {"0", 20},
                 {"60.4999999", 20}, {"60.49999999999", 20}, {"60.5", 30},          {"1e50", 30}};
    ScoreBands *bands;
    Message why;
    const Value text = value_of_text(json, strlen(json));
    cr_assert_eq(bands_open(&test_host, &text, &bands, &why), STATUS_OK);
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        const Value value = value_of_text(facts[i].value, strlen(facts[i].value));
        double points;
        cr_assert_eq(bands_score(bands, &value, &points, &why), STATUS_OK);
        cr_expect_eq(points, facts[i].points, "%s: %f", facts[i].value, points);
    }
    const Value below = value_of_text("-1.0000000001", 13);
    double points;
    cr_expect_eq(bands_score(bands, &below, &points, &why), STATUS_REFUSED);
    cr_expect_str_eq(why.text, "'-1.0000000001' is below the first band (-1)");
    test_host.release(bands);
}

/* ±10^12, and not a millionth more. */
Test(money_edges, amounts_of_10_to_the_12) {
    static const struct {
        const char *text;
        int64_t micros; /* 0: beyond */
    } facts[] = {
        {"1000000000000", MONEY_LIMIT_MICROS},
        {"-1000000000000", -MONEY_LIMIT_MICROS},
        {"1000000000000.000001", 0},
        {"-1000000000000.000001", 0},
        {"1000000000000.0000004", MONEY_LIMIT_MICROS},
        {"-1000000000000.0000004", -MONEY_LIMIT_MICROS},
        {"-1e13", 0},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        const Value value = value_of_text(facts[i].text, strlen(facts[i].text));
        int64_t micros = 0;
        Message why;
        const Status status = money_read(&value, &micros, &why);
        cr_expect_eq(status, facts[i].micros == 0 ? STATUS_REFUSED : STATUS_OK, "%s",
                     facts[i].text);
        cr_expect_eq(micros, facts[i].micros, "%s", facts[i].text);
    }
    const Value real = value_of_real(-1.1e12);
    int64_t micros;
    Message why;
    cr_expect_eq(money_read(&real, &micros, &why), STATUS_REFUSED);
    cr_expect_str_eq(why.text, "-1100000000000.0 is beyond 10^12");
}
