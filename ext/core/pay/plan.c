/* plan.c: reads and checks a pay plan, but for its commission (plan_commission.c). See plan.h.
**
** 1. Fields are read in the order of commission.md 3; each reader notes what is wrong with its own
**    field, then the relations between fields are checked where both are there.
*/
#include "core/pay/plan.h"

#include "core/money/money.h"
#include "core/pay/plan_part.h"
#include "core/time/clock.h"

#define PLAN_SCHEMA "commission-plan/1"
#define PLAN_MINOR_DIGITS_MOST 3

// clang-format off
static const char *const plan_fields[] = {
    "schema", "id", "currency", "minor_digits", "rounding", "effective", "base", "base_days",
    "grades", "quota", "commission", "kpi", "bonuses", "clawback", "draw",
};
static const char *const plan_roundings[] = {
    [ROUND_HALF_UP] = "half_up", [ROUND_HALF_EVEN] = "half_even",
    [ROUND_DOWN] = "down", [ROUND_UP] = "up",
};
static const char *const plan_metrics[] = {
    [METRIC_NET] = "net", [METRIC_GROSS] = "gross", [METRIC_COUNT] = "count",
    [METRIC_ATTAINMENT] = "attainment", [METRIC_KPI] = "kpi",
};
static const char *const plan_clawbacks[] = {"zero", "carry"};
static const char *const plan_effective_fields[] = {"from", "to"};
static const char *const plan_kpi_fields[] = {"bands", "linear", "pay"};
static const char *const plan_band_fields[] = {"from", "factor"};
static const char *const plan_bonus_fields[] = {"name", "when", "pay"};
static const char *const plan_when_fields[] = {"metric", "min"};
static const char *const plan_draw_fields[] = {"amount", "recoverable"};
// clang-format on

void plan_check_step(const Form *form, uint32_t node, const PlanStep *step, uint32_t index,
                     const FormNumber *kind, int64_t value, const int64_t *previous) {
    if (index == 0) {
        if (value != 0) {
            form_say(form, node, step->first);
        }
        return;
    }
    if (previous == NULL || value > *previous || (value == *previous && step->may_stay)) {
        return;
    }
    char text[49];
    Message *out = form_problem(form, node);
    form_show(form, node, out);
    message_text(out, step->may_stay ? " is below " : " is not above ");
    message_text(out, step->list);
    message_text(out, "[");
    message_integer(out, (int64_t)index - 1);
    message_text(out, "].");
    message_text(out, step->field);
    message_text(out, " (");
    message_bytes(out, text, number_print(*previous, kind->places, text));
    message_text(out, ")");
    problems_note(form->problems);
}

static void plan_read_effective(const Form *form, uint32_t node, Plan *plan) {
    if (node == JSON_NONE ||
        !form_object(form, node, plan_effective_fields, FORM_COUNT(plan_effective_fields))) {
        return;
    }
    uint32_t to = form_field(form, node, "to");
    plan->has_first_day = form_day(form, form_field(form, node, "from"), &plan->first_day);
    plan->has_end_day = form_day(form, to, &plan->end_day);
    if (plan->has_first_day && plan->has_end_day && plan->end_day <= plan->first_day) {
        char first[11];
        clock_print_day(plan->first_day, first);
        const JsonNode *value = &form->json->nodes[to];
        Message *out = form_problem(form, to);
        message_bytes(out, value->text, value->length);
        message_text(out, " is not after from (");
        message_text(out, first);
        message_text(out, ")");
        problems_note(form->problems);
    }
}

static void plan_read_grades(const Form *form, uint32_t node, Plan *plan) {
    if (node == JSON_NONE) {
        return;
    }
    const FormNumber coefficient = form_decimal(4, 0, 100);
    const JsonNode *grades = &form->json->nodes[node];
    if (grades->type != JSON_OBJECT) {
        form_say(form, node, "want an object of names with their coefficients");
        return;
    }
    uint32_t count = 0;
    for (uint32_t at = grades->child; at != JSON_NONE; at = form->json->nodes[at].next) {
        const JsonNode *grade = &form->json->nodes[at];
        if (grade->type == JSON_NULL) {
            continue; /* the same as leaving it out */
        }
        if (++count > PLAN_LIST_LIMIT) {
            break;
        }
        PlanGrade *out = &plan->grades[plan->grade_count];
        out->name = (FormText){grade->key, grade->key_length};
        plan->grade_count += form_number(form, at, &coefficient, &out->coefficient_e4);
    }
    if (count == 0 || count > PLAN_LIST_LIMIT) {
        form_say(form, node, "want 1 to 64 grades");
    }
}

static void plan_read_bands(const Form *form, uint32_t node, PlanKpi *kpi) {
    static const PlanStep from_step = {"bands", "from", "the first band starts at 0", false};
    const FormNumber from_kind = form_decimal(4, 0, 1000);
    const FormNumber factor_kind = form_decimal(4, 0, 10);
    if (node == JSON_NONE || !form_array(form, node, 1, PLAN_LIST_LIMIT)) {
        return;
    }
    const int64_t *previous = NULL;
    for (uint32_t at = form->json->nodes[node].child; at != JSON_NONE;
         at = form->json->nodes[at].next) {
        uint32_t index = kpi->band_count++;
        PlanBand *band = &kpi->bands[index];
        if (!form_object(form, at, plan_band_fields, FORM_COUNT(plan_band_fields))) {
            previous = NULL;
            continue;
        }
        uint32_t from = form_needed(form, at, "from");
        bool valid = form_number(form, from, &from_kind, &band->from_e4);
        if (valid) {
            plan_check_step(form, from, &from_step, index, &from_kind, band->from_e4, previous);
        }
        previous = valid ? &band->from_e4 : NULL;
        form_number(form, form_needed(form, at, "factor"), &factor_kind, &band->factor_e4);
    }
}

static void plan_read_kpi(const Form *form, uint32_t node, Plan *plan) {
    PlanKpi *kpi = &plan->kpi;
    plan->has_kpi = node != JSON_NONE;
    if (!plan->has_kpi || !form_object(form, node, plan_kpi_fields, FORM_COUNT(plan_kpi_fields))) {
        return;
    }
    const FormNumber linear_kind = form_decimal(4, 1, 1000);
    const FormNumber money = form_money(form);
    uint32_t bands = form_field(form, node, "bands");
    uint32_t linear = form_field(form, node, "linear");
    if ((bands == JSON_NONE) == (linear == JSON_NONE)) {
        form_say(form, node, "want exactly one of bands, linear");
    }
    plan_read_bands(form, bands, kpi);
    form_number(form, linear, &linear_kind, &kpi->linear_e4);
    kpi->has_pay = form_number(form, form_field(form, node, "pay"), &money, &kpi->pay_micros);
}

/* What a bonus's min is, by its metric. */
static FormNumber plan_min_kind(const Form *form, PlanMetric metric) {
    FormNumber kind;
    switch (metric) {
    case METRIC_NET:
    case METRIC_GROSS:
        return form_money(form);
    case METRIC_COUNT:
        return form_decimal(0, 0, PLAN_COUNT_LIMIT);
    case METRIC_ATTAINMENT:
        kind = form_decimal(4, 0, 1000);
        kind.ratio = true;
        return kind;
    default:
        return form_decimal(4, 0, 1000);
    }
}

static void plan_read_bonus(const Form *form, uint32_t node, PlanBonus *bonus) {
    if (!form_object(form, node, plan_bonus_fields, FORM_COUNT(plan_bonus_fields))) {
        return;
    }
    const FormNumber money = form_money(form);
    form_text(form, form_needed(form, node, "name"), &bonus->name);
    form_number(form, form_needed(form, node, "pay"), &money, &bonus->pay_micros);
    uint32_t when = form_needed(form, node, "when");
    if (when == JSON_NONE ||
        !form_object(form, when, plan_when_fields, FORM_COUNT(plan_when_fields))) {
        return;
    }
    int metric;
    uint32_t min = form_needed(form, when, "min");
    if (form_choice(form, form_needed(form, when, "metric"), plan_metrics, FORM_COUNT(plan_metrics),
                    &metric)) {
        bonus->metric = (PlanMetric)metric;
        const FormNumber min_kind = plan_min_kind(form, bonus->metric);
        form_number(form, min, &min_kind, &bonus->min);
    }
}

static void plan_read_bonuses(const Form *form, uint32_t node, Plan *plan) {
    if (node == JSON_NONE || !form_array(form, node, 0, PLAN_LIST_LIMIT)) {
        return;
    }
    for (uint32_t at = form->json->nodes[node].child; at != JSON_NONE;
         at = form->json->nodes[at].next) {
        plan_read_bonus(form, at, &plan->bonuses[plan->bonus_count++]);
    }
}

static void plan_read_draw(const Form *form, uint32_t node, Plan *plan) {
    plan->has_draw = node != JSON_NONE;
    if (!plan->has_draw ||
        !form_object(form, node, plan_draw_fields, FORM_COUNT(plan_draw_fields))) {
        return;
    }
    const FormNumber money = form_money(form);
    plan->draw_recoverable = true;
    form_number(form, form_needed(form, node, "amount"), &money, &plan->draw_micros);
    form_flag(form, form_field(form, node, "recoverable"), &plan->draw_recoverable);
}

/* The fields that say how amounts are written and rounded: what follows depends on them. */
static void plan_read_currency(Form *form, Plan *plan) {
    const FormNumber digits = form_decimal(0, 0, PLAN_MINOR_DIGITS_MOST);
    uint32_t schema = form_field(form, 0, "schema");
    if (schema != JSON_NONE && !json_text_is(&form->json->nodes[schema], PLAN_SCHEMA)) {
        form_say(form, schema, "want \"" PLAN_SCHEMA "\"");
    }
    plan->currency = (FormText){"CNY", 3};
    form_text(form, form_field(form, 0, "id"), &plan->id);
    form_text(form, form_field(form, 0, "currency"), &plan->currency);
    int64_t minor_digits = 2;
    uint32_t node = form_field(form, 0, "minor_digits");
    if (node != JSON_NONE && !form_number(form, node, &digits, &minor_digits)) {
        minor_digits = PLAN_MINOR_DIGITS_MOST; /* so that no amount is refused for this mistake */
    }
    plan->minor_digits = (int32_t)minor_digits;
    form->minor_digits = plan->minor_digits;
    int rounding = ROUND_HALF_UP;
    form_choice(form, form_field(form, 0, "rounding"), plan_roundings, FORM_COUNT(plan_roundings),
                &rounding);
    plan->rounding = (Rounding)rounding;
}

static void plan_read(const Json *json, Plan *plan, Problems *problems) {
    Form form = {.json = json, .root_name = "plan", .problems = problems};
    form_object(&form, 0, plan_fields, FORM_COUNT(plan_fields));
    plan_read_currency(&form, plan);
    const FormNumber money = form_money(&form);
    const FormNumber quota_kind = plan_quota_kind(&form);
    FormNumber base_days_kind = form_decimal(2, 1, 366);
    plan_read_effective(&form, form_field(&form, 0, "effective"), plan);
    plan->has_base = form_number(&form, form_field(&form, 0, "base"), &money, &plan->base_micros);
    form_number(&form, form_field(&form, 0, "base_days"), &base_days_kind, &plan->base_days_e2);
    plan_read_grades(&form, form_field(&form, 0, "grades"), plan);
    form_number(&form, form_field(&form, 0, "quota"), &quota_kind, &plan->quota_micros);
    plan_read_kpi(&form, form_field(&form, 0, "kpi"), plan);
    plan_read_bonuses(&form, form_field(&form, 0, "bonuses"), plan);
    int clawback = 0;
    form_choice(&form, form_field(&form, 0, "clawback"), plan_clawbacks, FORM_COUNT(plan_clawbacks),
                &clawback);
    plan->clawback_carry = clawback == 1;
    plan_read_draw(&form, form_field(&form, 0, "draw"), plan);
    plan_read_commission(&form, form_field(&form, 0, "commission"), plan);
}

FormNumber plan_quota_kind(const Form *form) {
    FormNumber kind = form_money(form);
    kind.decimals = form->minor_digits < 2 ? form->minor_digits : 2;
    kind.above_low = true;
    return kind;
}

/* Appends, for a text that spells a number or a percentage, what was meant: "; a rate is a number". */
static void plan_hint_rate(const Value *value, Message *why) {
    if (value->type != VALUE_TEXT) {
        return;
    }
    bool percent = value->length > 0 && value->as.bytes[value->length - 1] == '%';
    Value number = value_of_text(value->as.bytes, value->length - percent);
    Decimal decimal;
    int128 scaled;
    bool rounded;
    if (number_of_value(&number, &decimal) &&
        number_scale(&decimal, 12, ROUND_HALF_EVEN, &scaled, &rounded) && !rounded) {
        char text[49];
        message_text(why, "; a rate is a number: ");
        message_bytes(why, text, number_print(scaled, percent ? 14 : 12, text));
    }
}

/* Parses and reads a plan; REFUSED: *why is the first problem, `lines` (may be NULL) has all. *out is
** the caller's in any case. */
static Status plan_load(const Host *host, const Value *value, Buffer *lines, Plan **out,
                        Message *why) {
    Plan *plan = host_allocate(host, 1, sizeof *plan);
    *out = plan;
    if (plan == NULL) {
        return STATUS_NO_MEMORY;
    }
    Status status = form_parse(host, value, '{', "plan", &plan->json, why);
    if (status != STATUS_OK) {
        if (status == STATUS_REFUSED && lines != NULL) {
            buffer_append(lines, why->text, why->length);
        }
        return status;
    }
    Problems problems;
    problems_open(&problems, why, lines);
    plan_read(&plan->json, plan, &problems);
    return problems.count == 0 ? STATUS_OK : STATUS_REFUSED;
}

Status plan_open(const Host *host, const Value *value, Plan **out, Message *why) {
    Status status = plan_load(host, value, NULL, out, why);
    if (status == STATUS_REFUSED && !form_begins(value, '{')) {
        plan_hint_rate(value, why);
    }
    if (status != STATUS_OK) {
        plan_close(host, *out);
        *out = NULL;
    }
    return status;
}

void plan_close(const Host *host, Plan *plan) {
    if (plan != NULL) {
        json_close(&plan->json);
        host->release(plan);
    }
}

Status plan_check(const Host *host, const Value *value, Buffer *lines) {
    Message why;
    if (!form_begins(value, '{')) {
        static const Value null = {VALUE_NULL, 0, {.integer = 0}};
        message_clear(&why);
        message_text(&why, "plan: want a JSON object, got ");
        message_value(&why, value_is_missing(value) ? &null : value);
        buffer_append(lines, why.text, why.length);
        return STATUS_OK;
    }
    Plan *plan;
    Status status = plan_load(host, value, lines, &plan, &why);
    plan_close(host, plan);
    return status == STATUS_REFUSED ? STATUS_OK : status;
}
