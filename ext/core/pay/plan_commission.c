/* plan_commission.c: reads and checks the commission of a plan (commission.md 3). See plan.h.
**
** 1. A method needs one of rate, tiers and points, and forbids the other two, and `by` but where
**    there are tiers.
** 2. A flat rate is one tier from 0: the calculation knows tiers and curves only.
*/
#include "core/pay/plan_part.h"

#define TIERED (1 << METHOD_MARGINAL | 1 << METHOD_WHOLE)

// clang-format off
static const char *const commission_fields[] = {
    "basis", "method", "by", "rate", "tiers", "points", "apply", "floor", "cap",
};
static const char *const commission_tier_fields[] = {"from", "rate", "retro"};
static const char *const commission_point_fields[] = {"at", "pay"};
static const char *const commission_bases[] = {"net", "gross"};
static const char *const commission_ways[] = {"amount", "attainment"};
static const char *const commission_methods[] = {
    [METHOD_FLAT] = "flat", [METHOD_MARGINAL] = "marginal",
    [METHOD_WHOLE] = "whole", [METHOD_CURVE] = "curve",
};
static const char *const commission_multipliers[] = {
    [MULTIPLIER_GRADE] = "grade", [MULTIPLIER_KPI] = "kpi",
};

/* Requirement 1. */
static const struct {
    const char *field;
    unsigned methods; /* bits of those that allow it */
    bool needed;
} commission_method_fields[] = {
    {"rate", 1 << METHOD_FLAT, true},
    {"tiers", TIERED, true},
    {"points", 1 << METHOD_CURVE, true},
    {"by", TIERED, false},
};
static const FormNumber commission_rate = {
    .places = 6, .decimals = 6, .high = 1000000, .ratio = true, .rate = true,
};
static const FormNumber commission_attainment = {
    .places = 4, .decimals = 4, .high = 10000000, .ratio = true,
};
// clang-format on

static void commission_not_allowed(const Form *form, uint32_t node, PlanMethod method) {
    Message *out = form_problem(form, node);
    message_text(out, "not allowed with method '");
    message_text(out, commission_methods[method]);
    message_text(out, "'");
    problems_note(form->problems);
}

static void commission_check_method(const Form *form, uint32_t node, PlanMethod method) {
    for (size_t i = 0; i < FORM_COUNT(commission_method_fields); i++) {
        const char *name = commission_method_fields[i].field;
        bool allowed = (commission_method_fields[i].methods & 1u << method) != 0;
        uint32_t field = form_field(form, node, name);
        if (field != JSON_NONE && !allowed) {
            commission_not_allowed(form, field, method);
        } else if (field == JSON_NONE && allowed && commission_method_fields[i].needed) {
            form_say_in(form, node, name, "missing");
        }
    }
}

static void commission_read_tiers(const Form *form, uint32_t node, PlanCommission *commission) {
    static const PlanStep from_step = {"tiers", "from", "the first tier starts at 0", false};
    const FormNumber from_kind =
        commission->by_attainment ? commission_attainment : form_money(form);
    if (!form_array(form, node, 1, PLAN_LIST_LIMIT)) {
        return;
    }
    const int64_t *previous = NULL;
    for (uint32_t at = form->json->nodes[node].child; at != JSON_NONE;
         at = form->json->nodes[at].next) {
        uint32_t index = commission->tier_count++;
        PlanTier *tier = &commission->tiers[index];
        if (!form_object(form, at, commission_tier_fields, FORM_COUNT(commission_tier_fields))) {
            previous = NULL;
            continue;
        }
        uint32_t from = form_needed(form, at, "from");
        bool valid = form_number(form, from, &from_kind, &tier->from);
        if (valid) {
            plan_check_step(form, from, &from_step, index, &from_kind, tier->from, previous);
        }
        previous = valid ? &tier->from : NULL;
        form_number(form, form_needed(form, at, "rate"), &commission_rate, &tier->rate_millionths);
        uint32_t retro = form_field(form, at, "retro");
        if (retro != JSON_NONE && commission->method == METHOD_WHOLE) {
            commission_not_allowed(form, retro, METHOD_WHOLE);
        }
        form_flag(form, retro, &tier->retro);
    }
}

static void commission_read_points(const Form *form, uint32_t node, PlanCommission *commission) {
    static const PlanStep at_step = {"points", "at", "the first point is at 0", false};
    static const PlanStep pay_step = {"points", "pay", "the first point pays 0", true};
    const FormNumber money = form_money(form);
    if (!form_array(form, node, 2, PLAN_LIST_LIMIT)) {
        return;
    }
    const int64_t *previous_at = NULL;
    const int64_t *previous_pay = NULL;
    for (uint32_t entry = form->json->nodes[node].child; entry != JSON_NONE;
         entry = form->json->nodes[entry].next) {
        uint32_t index = commission->point_count++;
        PlanPoint *point = &commission->points[index];
        if (!form_object(form, entry, commission_point_fields,
                         FORM_COUNT(commission_point_fields))) {
            previous_at = NULL;
            previous_pay = NULL;
            continue;
        }
        uint32_t at = form_needed(form, entry, "at");
        uint32_t pay = form_needed(form, entry, "pay");
        bool at_valid = form_number(form, at, &commission_attainment, &point->at_e4);
        bool pay_valid = form_number(form, pay, &money, &point->pay_micros);
        if (at_valid) {
            plan_check_step(form, at, &at_step, index, &commission_attainment, point->at_e4,
                            previous_at);
        }
        if (pay_valid) {
            plan_check_step(form, pay, &pay_step, index, &money, point->pay_micros, previous_pay);
        }
        previous_at = at_valid ? &point->at_e4 : NULL;
        previous_pay = pay_valid ? &point->pay_micros : NULL;
    }
}

/* The plan has the section, with or without mistakes of its own. */
static bool commission_has_section(const Form *form, const char *section) {
    return form_field(form, 0, section) != JSON_NONE;
}

/* One entry of apply: known, not yet there, and its section is in the plan. */
static void commission_read_multiplier(const Form *form, uint32_t node,
                                       PlanCommission *commission) {
    int multiplier;
    if (!form_choice(form, node, commission_multipliers, FORM_COUNT(commission_multipliers),
                     &multiplier)) {
        return;
    }
    for (uint32_t i = 0; i < commission->apply_count; i++) {
        if (commission->apply[i] == (PlanMultiplier)multiplier) {
            form_say(form, node, "listed twice");
            return;
        }
    }
    commission->apply[commission->apply_count++] = (PlanMultiplier)multiplier;
    if (multiplier == MULTIPLIER_GRADE && !commission_has_section(form, "grades")) {
        form_say(form, node, "'grade' needs plan.grades");
    } else if (multiplier == MULTIPLIER_KPI && !commission_has_section(form, "kpi")) {
        form_say(form, node, "'kpi' needs plan.kpi");
    }
}

static void commission_read_apply(const Form *form, uint32_t node, PlanCommission *commission) {
    if (node == JSON_NONE) {
        commission->apply[0] = MULTIPLIER_GRADE;
        commission->apply_count = commission_has_section(form, "grades");
        return;
    }
    if (!form_array(form, node, 0, PLAN_LIST_LIMIT)) {
        return;
    }
    for (uint32_t at = form->json->nodes[node].child; at != JSON_NONE;
         at = form->json->nodes[at].next) {
        commission_read_multiplier(form, at, commission);
    }
}

static void commission_read_bounds(const Form *form, uint32_t node, const Plan *plan,
                                   PlanCommission *commission) {
    const FormNumber money = form_money(form);
    uint32_t floor = form_field(form, node, "floor");
    uint32_t cap = form_field(form, node, "cap");
    commission->has_floor = form_number(form, floor, &money, &commission->floor_micros);
    commission->has_cap = form_number(form, cap, &money, &commission->cap_micros);
    if (commission->has_floor && commission->has_cap &&
        commission->cap_micros < commission->floor_micros) {
        char text[49];
        Message *out = form_problem(form, cap);
        form_show(form, cap, out);
        message_text(out, " is below floor (");
        message_bytes(out, text, number_print(commission->floor_micros, money.places, text));
        message_text(out, ")");
        problems_note(form->problems);
    }
    if (floor != JSON_NONE && plan->clawback_carry) {
        form_say(form, floor, "cannot be combined with clawback 'carry'");
    }
}

void plan_read_commission(const Form *form, uint32_t node, Plan *plan) {
    PlanCommission *commission = &plan->commission;
    plan->has_commission = node != JSON_NONE;
    if (!plan->has_commission ||
        !form_object(form, node, commission_fields, FORM_COUNT(commission_fields))) {
        return;
    }
    int basis = 0;
    int by = 0;
    int method;
    form_choice(form, form_field(form, node, "basis"), commission_bases,
                FORM_COUNT(commission_bases), &basis);
    commission->gross = basis == 1;
    commission_read_apply(form, form_field(form, node, "apply"), commission);
    commission_read_bounds(form, node, plan, commission);
    if (!form_choice(form, form_needed(form, node, "method"), commission_methods,
                     FORM_COUNT(commission_methods), &method)) {
        return;
    }
    commission->method = (PlanMethod)method;
    commission_check_method(form, node, commission->method);
    form_choice(form, form_field(form, node, "by"), commission_ways, FORM_COUNT(commission_ways),
                &by);
    commission->by_attainment = by == 1;
    if (commission->method == METHOD_FLAT) { /* Requirement 2 */
        commission->tier_count = 1;
        form_number(form, form_field(form, node, "rate"), &commission_rate,
                    &commission->tiers[0].rate_millionths);
    } else if (commission->method == METHOD_CURVE) {
        uint32_t points = form_field(form, node, "points");
        if (points != JSON_NONE) {
            commission_read_points(form, points, commission);
        }
    } else {
        uint32_t tiers = form_field(form, node, "tiers");
        if (tiers != JSON_NONE) {
            commission_read_tiers(form, tiers, commission);
        }
    }
}
