/* pay.h: what a plan pays (commission.md 5), exactly, and every step of it (7).
**
** 1. One calculation serves commission_calc, pay_calc and commission_explain: the explanation is the
**    calculation recorded.
** 2. Amounts enter as micros and leave as minor units (cents); between them are exact fractions of
**    128-bit integers, whose bounds commission.md 6 proves.
*/
#ifndef KEFU_CORE_PAY_PAY_H
#define KEFU_CORE_PAY_PAY_H

#include "core/pay/plan.h"

/* numerator / denominator; a denominator of 0: no value (SQL NULL). */
typedef struct PayFraction {
    int128 numerator;
    int128 denominator; /* >= 0 */
} PayFraction;

/* One row of commission_explain. Texts are borrowed from the plan, or constant. */
typedef struct PayStep {
    const char *kind;
    FormText label;    /* bytes NULL: none */
    FormText currency; /* of the total, shown after the label */
    PayFraction from_amount;
    PayFraction to_amount;
    PayFraction basis;
    PayFraction rate;
    PayFraction exact;
    PayFraction amount; /* what a component adds to the pay; none for an informative row */
} PayStep;

/* Slices and bonuses, and one each of: base, opening, raw, two multipliers, floor, cap, commission,
** kpi_pay, carry_in, clawback, draw_advance or draw_recovery, adjust, total, carry_out, draw_balance. */
#define PAY_STEP_LIMIT (2 * PLAN_LIST_LIMIT + 16)

typedef struct PaySteps {
    uint32_t count;
    PayStep steps[PAY_STEP_LIMIT];
} PaySteps;

typedef struct PayResult {
    int64_t commission; /* minor units */
    int64_t total;      /* minor units */
} PayResult;

/* Calculates; `steps` (may be NULL) receives the rows. REFUSED when a component or the total is beyond
** ±10^12: "the commission is beyond 10^12". */
Status pay_calculate(const Plan *plan, const Facts *facts, int64_t sales_micros, PaySteps *steps,
                     PayResult *out, Message *why);

/* sales × rate × coefficient, rounded half away from zero to cents. REFUSED as above. */
Status pay_at_rate(int64_t sales_micros, int64_t rate_millionths, int64_t coefficient_e4,
                   int64_t *cents, Message *why);

/* Minor units as the nearest double, never -0.0. */
double pay_real(int64_t minor_units, int32_t minor_digits);

#define PAY_EXACT_BYTES 160
/* A fraction as text: a plain decimal where it has one, else reduced n/d. Writes a NUL; returns the
** length. */
size_t pay_print_exact(const PayFraction *fraction, char out[PAY_EXACT_BYTES]);

#endif
