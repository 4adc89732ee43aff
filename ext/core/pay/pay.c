/* pay.c: what a plan pays, component by component. See pay.h; the requirements are the steps of
** commission.md 5.
**
** 1. B = sales - refunds, or sales; O = opening; attainment = (O + B) / quota.
** 2. F(x) is in pay_earn.c.
** 3. raw = F(O + B) - F(O).
** 4. commission = raw × the multipliers, rounded, raised to the floor, lowered to the cap.
** 5. KPI pay, bonuses, base: each rounded once.
** 6. Variable pay below 0 is forgiven or carried into the next period; the base is never touched.
** 7. The draw raises variable pay; a recoverable advance is taken back from what exceeds it.
** 8. total = base + variable pay + adjust.
*/
#include "core/pay/pay.h"

#include <string.h>

#include "core/money/money.h"
#include "core/pay/pay_run.h"

#define PAY_CENTS 100 /* of a major unit: pay_at_rate() knows no plan */
#define PAY_CENTS_LIMIT ((int128)(MONEY_LIMIT_MICROS / MICROS) * PAY_CENTS)

/* Amounts with at most minor_digits decimals, as minor units. */
static int64_t pay_minor_of(const PayRun *run, int64_t amount_micros) {
    return amount_micros / (MICROS / run->minor_per_major);
}

static FormText pay_label(const char *label) {
    FormText text = {label, (uint32_t)strlen(label)};
    return text;
}

/* Notes a component or a total beyond 10^12; 0 in its place, since the call fails. */
static int64_t pay_bounded(PayRun *run, int128 minor_units, const char *name) {
    int128 limit = (int128)run->minor_per_major * (MONEY_LIMIT_MICROS / MICROS);
    if (minor_units <= limit && minor_units >= -limit) {
        return (int64_t)minor_units;
    }
    run->beyond = run->beyond == NULL ? name : run->beyond;
    return 0;
}

/* The one rounding of a component. The denominator is a multiple of 10^6. */
static int64_t pay_round(PayRun *run, const PayFraction *exact, const char *name) {
    int128 minor_units = number_divide(exact->numerator, exact->denominator / run->minor_per_major,
                                       run->plan->rounding);
    return pay_bounded(run, minor_units, name);
}

/* A row whose value is not rounded. */
static PayStep *pay_step_minor(PayRun *run, const char *kind, int64_t minor_units) {
    PayStep *step = pay_step(run, kind);
    step->exact = pay_fraction(minor_units, run->minor_per_major);
    return step;
}

static void pay_step_component(PayRun *run, const char *kind, int64_t minor_units) {
    PayStep *step = pay_step_minor(run, kind, minor_units);
    step->amount = step->exact;
}

/* Requirement 5: the base, for the days that are paid. */
static int64_t pay_base(PayRun *run) {
    const Plan *plan = run->plan;
    if (!plan->has_base) {
        return 0;
    }
    PayStep *step = pay_step(run, "base");
    step->basis = pay_micros(plan->base_micros);
    step->exact = step->basis;
    if (plan->base_days_e2 > 0 && run->facts->has_paid_days) {
        int64_t paid_e2 = run->facts->paid_days_e2 < plan->base_days_e2 ? run->facts->paid_days_e2
                                                                        : plan->base_days_e2;
        step->rate = pay_fraction(paid_e2, plan->base_days_e2);
        step->exact =
            pay_fraction((int128)plan->base_micros * paid_e2, (int128)MICROS * plan->base_days_e2);
    }
    int64_t base = pay_round(run, &step->exact, "base");
    step->amount = pay_fraction(base, run->minor_per_major);
    return base;
}

/* The factor of the KPI score: that of its band, or score / linear. */
static PayFraction pay_kpi_factor(const PayRun *run) {
    const PlanKpi *kpi = &run->plan->kpi;
    int64_t score_e4 = run->facts->kpi_e4;
    if (kpi->band_count == 0) {
        return pay_fraction(score_e4, kpi->linear_e4);
    }
    uint32_t band = 0;
    while (band + 1 < kpi->band_count && kpi->bands[band + 1].from_e4 <= score_e4) {
        band++;
    }
    return pay_fraction(kpi->bands[band].factor_e4, PAY_E4);
}

/* Requirement 3, in picos. F(O) leaves no slices. */
static int128 pay_raw(PayRun *run) {
    int64_t opening_micros = run->facts->opening_micros;
    int128 earned = pay_earned(run, run->credited_micros);
    if (opening_micros != 0) {
        PayRun silent = *run;
        silent.steps = NULL;
        int128 before = pay_earned(&silent, opening_micros);
        PayStep *step = pay_step(run, "opening");
        step->basis = pay_micros(opening_micros);
        step->exact = pay_fraction(-before, PAY_PICOS);
        earned -= before;
    }
    PayStep *step = pay_step(run, "raw");
    step->basis = pay_micros(run->basis_micros);
    step->exact = pay_fraction(earned, PAY_PICOS);
    return earned;
}

/* Requirement 4: the multipliers, one after the other. */
static PayFraction pay_multiply(PayRun *run, int128 raw_picos) {
    const PlanCommission *commission = &run->plan->commission;
    PayFraction product = pay_fraction(raw_picos, PAY_PICOS);
    for (uint32_t i = 0; i < commission->apply_count; i++) {
        PayStep *step = pay_step(run, "multiplier");
        if (commission->apply[i] == MULTIPLIER_GRADE) {
            step->label = run->facts->grade->name;
            step->rate = pay_fraction(run->facts->grade->coefficient_e4, PAY_E4);
        } else {
            step->label = pay_label("kpi");
            step->rate = pay_kpi_factor(run);
        }
        product.numerator *= step->rate.numerator;
        product.denominator *= step->rate.denominator;
        step->exact = product;
    }
    return product;
}

static int64_t pay_commission(PayRun *run) {
    const PlanCommission *commission = &run->plan->commission;
    if (!run->plan->has_commission) {
        return 0;
    }
    const PayFraction exact = pay_multiply(run, pay_raw(run));
    int128 minor_units = number_divide(exact.numerator, exact.denominator / run->minor_per_major,
                                       run->plan->rounding);
    int64_t floor = pay_minor_of(run, commission->floor_micros);
    int64_t cap = pay_minor_of(run, commission->cap_micros);
    if (commission->has_floor && minor_units < floor) {
        pay_step_minor(run, "floor", floor);
        minor_units = floor;
    }
    if (commission->has_cap && minor_units > cap) {
        pay_step_minor(run, "cap", cap);
        minor_units = cap;
    }
    int64_t paid = pay_bounded(run, minor_units, "commission");
    PayStep *step = pay_step(run, "commission");
    step->basis = pay_micros(run->basis_micros);
    step->exact = exact;
    step->amount = pay_fraction(paid, run->minor_per_major);
    return paid;
}

/* Requirement 5. */
static int64_t pay_kpi(PayRun *run) {
    const PlanKpi *kpi = &run->plan->kpi;
    if (!run->plan->has_kpi || !kpi->has_pay) {
        return 0;
    }
    PayStep *step = pay_step(run, "kpi_pay");
    step->basis = pay_micros(kpi->pay_micros);
    step->rate = pay_kpi_factor(run);
    step->exact =
        pay_fraction(kpi->pay_micros * step->rate.numerator, MICROS * step->rate.denominator);
    int64_t paid = pay_round(run, &step->exact, "KPI pay");
    step->amount = pay_fraction(paid, run->minor_per_major);
    return paid;
}

/* The value that a bonus looks at, and its min, as fractions of one denominator. */
static PayFraction pay_metric(const PayRun *run, const PlanBonus *bonus, PayFraction *min) {
    const Facts *facts = run->facts;
    switch (bonus->metric) { /* not covered: no other metric */
    case METRIC_NET:
        *min = pay_micros(bonus->min);
        return pay_micros(run->net_micros);
    case METRIC_GROSS:
        *min = pay_micros(bonus->min);
        return pay_micros(run->sales_micros);
    case METRIC_COUNT:
        *min = pay_fraction(bonus->min, 1);
        return pay_fraction(facts->count, 1);
    case METRIC_KPI:
        *min = pay_fraction(bonus->min, PAY_E4);
        return pay_fraction(facts->kpi_e4, PAY_E4);
    case METRIC_ATTAINMENT:
        break;
    }
    *min = pay_fraction((int128)bonus->min * (facts->quota_micros / PAY_E4), facts->quota_micros);
    return pay_fraction(run->credited_micros, facts->quota_micros);
}

static int64_t pay_bonuses(PayRun *run) {
    int64_t sum = 0;
    for (uint32_t i = 0; i < run->plan->bonus_count; i++) {
        const PlanBonus *bonus = &run->plan->bonuses[i];
        PayFraction min;
        PayFraction value = pay_metric(run, bonus, &min);
        bool met = value.numerator >= min.numerator;
        int64_t paid = met ? pay_minor_of(run, bonus->pay_micros) : 0;
        PayStep *step = pay_step(run, "bonus");
        step->label = bonus->name;
        step->from_amount = min;
        step->basis = value;
        step->exact = pay_fraction(paid, run->minor_per_major);
        step->amount = step->exact;
        sum += paid;
    }
    return sum;
}

/* Requirement 6: gives back the variable pay, not below 0; *carry_out is what is carried. */
static int64_t pay_clawback(PayRun *run, int64_t variable, int64_t *carry_out) {
    *carry_out = 0;
    if (variable >= 0) {
        return variable;
    }
    bool carried = run->plan->clawback_carry;
    if (carried) {
        *carry_out = variable;
    }
    PayStep *step =
        pay_step_minor(run, "clawback", pay_bounded(run, -(int128)variable, "clawback"));
    step->label = pay_label(carried ? "carried" : "forgiven");
    step->amount = step->exact;
    return 0;
}

/* Requirement 7: gives back the variable pay; *balance is what is owed, before and after. */
static int64_t pay_draw(PayRun *run, int64_t variable, int64_t *balance) {
    const Plan *plan = run->plan;
    if (!plan->has_draw) {
        return variable;
    }
    int64_t draw = pay_minor_of(run, plan->draw_micros);
    if (variable < draw) {
        pay_step_component(run, "draw_advance", draw - variable);
        *balance += plan->draw_recoverable ? draw - variable : 0;
        return draw;
    }
    int64_t recovered = variable - draw < *balance ? variable - draw : *balance;
    if (!plan->draw_recoverable || recovered == 0) {
        return variable;
    }
    pay_step_component(run, "draw_recovery", -recovered);
    *balance -= recovered;
    return variable - recovered;
}

/* Requirement 1. */
static PayRun pay_begin(const Plan *plan, const Facts *facts, int64_t sales_micros,
                        PaySteps *steps) {
    bool gross = plan->has_commission && plan->commission.gross;
    PayRun run = {.plan = plan, .facts = facts, .steps = steps, .sales_micros = sales_micros};
    run.minor_per_major = (int64_t)number_power_of_ten(plan->minor_digits);
    run.net_micros = sales_micros - facts->refunds_micros;
    run.basis_micros = gross ? sales_micros : run.net_micros;
    run.credited_micros = facts->opening_micros + run.basis_micros;
    if (steps != NULL) {
        steps->count = 0;
    }
    return run;
}

/* The rows that end an explanation. */
static void pay_end(PayRun *run, int64_t total, int64_t carry_out, int64_t balance) {
    PayStep *step = pay_step_minor(run, "total", total);
    step->label = run->plan->id;
    step->currency = run->plan->currency;
    if (run->plan->clawback_carry) {
        pay_step_minor(run, "carry_out", carry_out);
    }
    if (run->plan->has_draw && run->plan->draw_recoverable) {
        pay_step_minor(run, "draw_balance", balance);
    }
}

static Status pay_refuse_beyond(const char *name, Message *why) {
    message_clear(why);
    message_text(why, "the ");
    message_text(why, name);
    message_text(why, " is beyond 10^12");
    return STATUS_REFUSED;
}

Status pay_calculate(const Plan *plan, const Facts *facts, int64_t sales_micros, PaySteps *steps,
                     PayResult *out, Message *why) {
    PayRun run = pay_begin(plan, facts, sales_micros, steps);
    int64_t base = pay_base(&run);
    out->commission = pay_commission(&run);
    int64_t variable = out->commission + pay_kpi(&run);
    variable += pay_bonuses(&run);
    int64_t carry_in = pay_minor_of(&run, facts->carry_micros);
    if (carry_in != 0) {
        pay_step_component(&run, "carry_in", carry_in);
    }
    int64_t carry_out;
    int64_t balance = pay_minor_of(&run, facts->draw_balance_micros);
    variable = pay_clawback(&run, variable + carry_in, &carry_out);
    variable = pay_draw(&run, variable, &balance);
    int64_t adjust = pay_minor_of(&run, facts->adjust_micros);
    if (adjust != 0) {
        pay_step_component(&run, "adjust", adjust);
    }
    out->total = pay_bounded(&run, (int128)base + variable + adjust, "total"); /* Requirement 8 */
    pay_end(&run, out->total, carry_out, balance);
    return run.beyond == NULL ? STATUS_OK : pay_refuse_beyond(run.beyond, why);
}

Status pay_at_rate(int64_t sales_micros, int64_t rate_millionths, int64_t coefficient_e4,
                   int64_t *cents, Message *why) {
    int128 product = (int128)sales_micros * rate_millionths * coefficient_e4;
    int128 rounded = number_divide(product, (int128)PAY_PICOS * PAY_E4 / PAY_CENTS, ROUND_HALF_UP);
    if (rounded > PAY_CENTS_LIMIT || rounded < -PAY_CENTS_LIMIT) {
        return pay_refuse_beyond("commission", why);
    }
    *cents = (int64_t)rounded;
    return STATUS_OK;
}
