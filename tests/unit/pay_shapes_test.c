/* pay_shapes_test.c: sections of a plan that have another shape than commission.md 3 wants: each is
** one problem, said whole, at its own path. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/pay/pay.h"
#include "pay_read.h"

/* All problems of a plan, as plan_check() gives them. */
static const char *shapes_problems(const char *json) {
    static char out[4096];
    Buffer lines;
    buffer_open(&lines, &test_host);
    Value value = value_of_text(json, strlen(json));
    cr_assert_eq(plan_check(&test_host, &value, &lines), STATUS_OK);
    buffer_byte(&lines, '\0');
    cr_assert_leq(lines.length, sizeof out);
    memcpy(out, lines.bytes, (size_t)lines.length);
    buffer_close(&lines);
    return out;
}

static void shapes_expect(const char *json, const char *want) {
    cr_expect_str_eq(shapes_problems(json), want, "%s\n%s\n%s", json, shapes_problems(json), want);
}

Test(pay_shapes, sections_that_are_no_objects) {
    shapes_expect("{\"effective\":5}", "plan.effective: 5 is not an object");
    shapes_expect("{\"grades\":[1]}",
                  "plan.grades: want an object of names with their coefficients");
    shapes_expect("{\"kpi\":\"x\"}", "plan.kpi: 'x' is not an object");
    shapes_expect("{\"draw\":[]}", "plan.draw: a list is not an object");
    shapes_expect("{\"commission\":true}", "plan.commission: true is not an object");
    shapes_expect("{\"bonuses\":[3]}", "plan.bonuses[0]: 3 is not an object");
    shapes_expect("{\"bonuses\":[{\"name\":\"a\",\"pay\":1,\"when\":\"net\"}]}",
                  "plan.bonuses[0].when: 'net' is not an object");
    shapes_expect("{\"kpi\":{\"bands\":[7]}}", "plan.kpi.bands[0]: 7 is not an object");
    shapes_expect("{\"commission\":{\"method\":\"curve\",\"points\":[{\"at\":0,\"pay\":0},9]}}",
                  "plan.commission.points[1]: 9 is not an object");
    shapes_expect("{\"commission\":{\"method\":\"whole\",\"tiers\":[8]}}",
                  "plan.commission.tiers[0]: 8 is not an object");
}

Test(pay_shapes, sections_that_are_no_lists) {
    shapes_expect("{\"bonuses\":{}}", "plan.bonuses: an object is not a list");
    shapes_expect("{\"kpi\":{\"bands\":{}}}", "plan.kpi.bands: an object is not a list");
    shapes_expect("{\"commission\":{\"method\":\"flat\",\"rate\":0.1,\"apply\":\"grade\"}}",
                  "plan.commission.apply: 'grade' is not a list");
    shapes_expect("{\"commission\":{\"method\":\"curve\",\"points\":false}}",
                  "plan.commission.points: false is not a list");
}

Test(pay_shapes, values_of_another_type) {
    shapes_expect("{\"effective\":{\"from\":20260101}}",
                  "plan.effective.from: 20260101 is not a date; want YYYY-MM-DD");
    shapes_expect("{\"commission\":{\"method\":\"flat\",\"rate\":\"\"}}",
                  "plan.commission.rate: '' is not a decimal number or a percentage");
    shapes_expect("{\"commission\":{\"method\":\"flat\",\"rate\":\"%\"}}",
                  "plan.commission.rate: '%' is not a decimal number or a percentage");
    shapes_expect("{\"base\":\"\"}", "plan.base: '' is not a decimal number");
    shapes_expect("{\"base\":[]}", "plan.base: a list is not a decimal number");
}

/* A number is shown up to its 40th character. */
Test(pay_shapes, long_numbers_are_cut_in_messages) {
    shapes_expect(
        "{\"base\":0.123456789012345678901234567890123456789012345678901234567890123456789}",
        "plan.base: 0.12345678901234567890123456789012345678… has more "
        "than 2 decimals");
}

static const char *shapes_grades(int count) {
    static char json[2048];
    size_t length = (size_t)snprintf(json, sizeof json, "{\"grades\":{");
    for (int i = 0; i < count; i++) {
        length += (size_t)snprintf(json + length, sizeof json - length, "%s\"P%d\":1",
                                   i == 0 ? "" : ",", i);
    }
    snprintf(json + length, sizeof json - length, "}}");
    return json;
}

Test(pay_shapes, up_to_64_grades) {
    shapes_expect(shapes_grades(64), "");
    shapes_expect(shapes_grades(65), "plan.grades: want 1 to 64 grades");
    shapes_expect(shapes_grades(0), "plan.grades: want 1 to 64 grades");
}

/* What a text in place of a plan may have meant: a rate, where it spells a number that a rate can be
** compared with. */
Test(pay_shapes, a_text_that_is_no_plan) {
    static const struct {
        const char *text, *why;
    } facts[] = {
        {"", "'' is not a JSON object"},
        {"plan", "'plan' is not a JSON object"},
        {"0.8%", "'0.8%' is not a JSON object; a rate is a number: 0.008"},
        {"1e40", "'1e40' is not a JSON object"},
        {"0.0000000000001", "'0.0000000000001' is not a JSON object"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        Plan *plan;
        Message why;
        Value value = value_of_text(facts[i].text, strlen(facts[i].text));
        cr_assert_eq(plan_open(&test_host, &value, &plan, &why), STATUS_REFUSED);
        cr_expect_str_eq(why.text, facts[i].why, "%s", why.text);
    }
}

/* Of several amounts beyond 10^12 the first is named. */
Test(pay_shapes, the_first_component_beyond_is_named) {
    Plan *plan = pay_test_plan("{\"base\":1000000000000,\"grades\":{\"A\":100},"
                               "\"commission\":{\"method\":\"flat\",\"rate\":1}}");
    Facts facts = pay_test_facts(plan, "{\"grade\":\"A\"}");
    PayResult result;
    Message why;
    int64_t sales_micros = INT64_C(1000000000000000000);
    cr_expect_eq(pay_calculate(plan, &facts, sales_micros, NULL, &result, &why), STATUS_REFUSED);
    cr_expect_str_eq(why.text, "the commission is beyond 10^12");
    cr_expect_eq(pay_calculate(plan, &facts, -sales_micros, NULL, &result, &why), STATUS_REFUSED);
    cr_expect_str_eq(why.text, "the commission is beyond 10^12");
    plan_close(&test_host, plan);
    plan = pay_test_plan("{\"kpi\":{\"pay\":1000000000000,\"bands\":[{\"from\":0,\"factor\":10}]},"
                         "\"grades\":{\"A\":100},\"commission\":{\"method\":\"flat\",\"rate\":1}}");
    facts = pay_test_facts(plan, "{\"grade\":\"A\",\"kpi\":50}");
    cr_expect_eq(pay_calculate(plan, &facts, sales_micros, NULL, &result, &why), STATUS_REFUSED);
    cr_expect_str_eq(why.text, "the commission is beyond 10^12"); /* and the KPI pay */
    cr_expect_eq(pay_calculate(plan, &facts, 0, NULL, &result, &why), STATUS_REFUSED);
    cr_expect_str_eq(why.text, "the KPI pay is beyond 10^12");
    plan_close(&test_host, plan);
    int64_t cents;
    cr_expect_eq(pay_at_rate(-sales_micros, 1000000, 10000, &cents, &why), STATUS_OK);
    cr_expect_eq(cents, INT64_C(-100000000000000));
    cr_expect_eq(pay_at_rate(-sales_micros, 1000000, 10001, &cents, &why), STATUS_REFUSED);
    cr_expect_str_eq(why.text, "the commission is beyond 10^12");
}
