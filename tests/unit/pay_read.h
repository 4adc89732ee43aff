/* pay_read.h: reads a plan, and facts, that must be valid. */
#ifndef KEFU_TESTS_UNIT_PAY_READ_H
#define KEFU_TESTS_UNIT_PAY_READ_H

#include <criterion/criterion.h>
#include <string.h>

#include "core/pay/plan.h"
#include "host.h"

static inline Plan *pay_test_plan(const char *json) {
    Plan *plan = NULL;
    Message why;
    Value value = value_of_text(json, strlen(json));
    cr_assert_eq(plan_open(&test_host, &value, &plan, &why), STATUS_OK, "%s\n%s", why.text, json);
    return plan;
}

static inline Facts pay_test_facts(const Plan *plan, const char *json) {
    Facts facts;
    Message why;
    Value value = value_of_text(json, strlen(json));
    cr_assert_eq(facts_read(&test_host, plan, &value, &facts, &why), STATUS_OK, "%s\n%s", why.text,
                 json);
    return facts;
}

#endif
