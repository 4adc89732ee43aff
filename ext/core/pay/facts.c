/* facts.c: reads what differs from agent to agent and month to month (commission.md 4). See plan.h.
**
** 1. Every known field is read and checked, also one that this plan does not use: one facts object
**    can serve many plans.
** 2. What the plan needs must be there, or follow from the plan (quota).
*/
#include "core/money/money.h"
#include "core/pay/plan_part.h"
#include "core/time/clock.h"

static const char *const facts_fields[] = {
    "grade",     "kpi",   "quota",        "refunds", "opening", "count",
    "paid_days", "carry", "draw_balance", "adjust",  "date",
};

/* The message of a fact that is needed and not there. */
static Status facts_refuse(Message *why, const char *name, const char *words) {
    message_clear(why);
    message_text(why, "facts.");
    message_text(why, name);
    message_text(why, words);
    return STATUS_REFUSED;
}

static bool facts_needs_grade(const Plan *plan) {
    for (uint32_t i = 0; plan->has_commission && i < plan->commission.apply_count; i++) {
        if (plan->commission.apply[i] == MULTIPLIER_GRADE) {
            return true;
        }
    }
    return false;
}

static bool facts_has_bonus_on(const Plan *plan, PlanMetric metric) {
    for (uint32_t i = 0; i < plan->bonus_count; i++) {
        if (plan->bonuses[i].metric == metric) {
            return true;
        }
    }
    return false;
}

static bool facts_needs_quota(const Plan *plan) {
    const PlanCommission *commission = &plan->commission;
    return facts_has_bonus_on(plan, METRIC_ATTAINMENT) ||
           (plan->has_commission &&
            (commission->by_attainment || commission->method == METHOD_CURVE));
}

/* Requirement 2. */
static Status facts_check_needs(const Plan *plan, const Facts *facts, Message *why) {
    if (facts_needs_grade(plan) && facts->grade == NULL) {
        return facts_refuse(why, "grade", ": this plan needs a grade");
    }
    if ((plan->has_kpi || facts_has_bonus_on(plan, METRIC_KPI)) && !facts->has_kpi) {
        return facts_refuse(why, "kpi", ": this plan needs a KPI score");
    }
    if (facts_needs_quota(plan) && facts->quota_micros == 0) {
        return facts_refuse(why, "quota", ": this plan needs a quota above 0");
    }
    if (facts_has_bonus_on(plan, METRIC_COUNT) && !facts->has_count) {
        return facts_refuse(why, "count", ": this plan needs a count");
    }
    return STATUS_OK;
}

static void facts_read_grade(const Form *form, uint32_t node, const Plan *plan, Facts *facts) {
    FormText name;
    if (!form_text(form, node, &name) || !facts_needs_grade(plan)) {
        return;
    }
    for (uint32_t i = 0; i < plan->grade_count; i++) {
        const FormText *known = &plan->grades[i].name;
        if (form_text_equal(&name, known)) {
            facts->grade = &plan->grades[i];
            return;
        }
    }
    Message *out = form_problem(form, node);
    message_quoted(out, name.bytes, name.length);
    message_text(out, " is not one of ");
    for (uint32_t i = 0; i < plan->grade_count; i++) {
        message_text(out, i == 0 ? "" : ", ");
        message_bytes(out, plan->grades[i].name.bytes, plan->grades[i].name.length);
    }
    problems_note(form->problems);
}

static void facts_read_date(const Form *form, uint32_t node, const Plan *plan) {
    int64_t day_number;
    if (!form_day(form, node, &day_number) ||
        ((!plan->has_first_day || day_number >= plan->first_day) &&
         (!plan->has_end_day || day_number < plan->end_day))) {
        return;
    }
    char text[11];
    clock_print_day(day_number, text);
    Message *out = form_problem(form, node);
    message_text(out, text);
    message_text(out, " is outside plan.effective (");
    if (plan->has_first_day) {
        clock_print_day(plan->first_day, text);
        message_text(out, plan->has_end_day ? "" : "from ");
        message_text(out, text);
        message_text(out, plan->has_end_day ? " to " : "");
    }
    if (plan->has_end_day) {
        clock_print_day(plan->end_day, text);
        message_text(out, "before ");
        message_text(out, text);
    }
    message_text(out, ")");
    problems_note(form->problems);
}

static void facts_read_fields(const Form *form, const Plan *plan, Facts *facts) {
    const FormNumber amount = form_amount();
    const FormNumber kpi = form_decimal(4, 0, 1000);
    const FormNumber count = form_decimal(0, 0, PLAN_COUNT_LIMIT);
    const FormNumber days = form_decimal(2, 0, 366);
    const FormNumber quota = plan_quota_kind(form);
    FormNumber refunds = amount;
    FormNumber owed = form_money(form); /* whole minor units, since they came out of a pay slip */
    FormNumber carry = owed;
    FormNumber adjust = owed;
    refunds.low = 0;
    carry.low = -MONEY_LIMIT_MICROS;
    carry.high = 0;
    adjust.low = -MONEY_LIMIT_MICROS;
    facts_read_grade(form, form_field(form, 0, "grade"), plan, facts);
    facts->has_kpi = form_number(form, form_field(form, 0, "kpi"), &kpi, &facts->kpi_e4);
    form_number(form, form_field(form, 0, "quota"), &quota, &facts->quota_micros);
    form_number(form, form_field(form, 0, "refunds"), &refunds, &facts->refunds_micros);
    form_number(form, form_field(form, 0, "opening"), &amount, &facts->opening_micros);
    facts->has_count = form_number(form, form_field(form, 0, "count"), &count, &facts->count);
    facts->has_paid_days =
        form_number(form, form_field(form, 0, "paid_days"), &days, &facts->paid_days_e2);
    form_number(form, form_field(form, 0, "carry"), &carry, &facts->carry_micros);
    form_number(form, form_field(form, 0, "draw_balance"), &owed, &facts->draw_balance_micros);
    form_number(form, form_field(form, 0, "adjust"), &adjust, &facts->adjust_micros);
    facts_read_date(form, form_field(form, 0, "date"), plan);
}

Status facts_read(const Host *host, const Plan *plan, const Value *value, Facts *out,
                  Message *why) {
    *out = (Facts){.quota_micros = plan->quota_micros};
    if (value_is_missing(value)) {
        return facts_check_needs(plan, out, why);
    }
    Json json;
    Status status = form_parse(host, value, '{', "facts", &json, why);
    if (status != STATUS_OK) {
        return status;
    }
    Problems problems;
    problems_open(&problems, why, NULL);
    const Form form = {.json = &json,
                       .root_name = "facts",
                       .problems = &problems,
                       .minor_digits = plan->minor_digits,
                       .from_sql = true};
    form_object(&form, 0, facts_fields, FORM_COUNT(facts_fields));
    facts_read_fields(&form, plan, out);
    json_close(&json); /* no text of it is kept: the grade is the plan's */
    if (problems.count > 0) {
        return STATUS_REFUSED;
    }
    return facts_check_needs(plan, out, why);
}
