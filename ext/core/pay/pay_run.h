/* pay_run.h: what the files of the calculation share. Nobody else includes it. */
#ifndef KEFU_CORE_PAY_PAY_RUN_H
#define KEFU_CORE_PAY_PAY_RUN_H

#include "core/pay/pay.h"

#define PAY_E4 INT64_C(10000)
#define PAY_PICOS INT64_C(1000000000000) /* a micro × a millionth: what sales × rate comes in */

/* One calculation under way. */
typedef struct PayRun {
    const Plan *plan;
    const Facts *facts;
    PaySteps *steps;         /* NULL: nobody wants rows */
    PayStep unseen;          /* where rows go that nobody wants */
    int64_t minor_per_major; /* 10^minor_digits */
    int64_t sales_micros;
    int64_t net_micros;      /* sales - refunds */
    int64_t basis_micros;    /* B: what this call credits */
    int64_t credited_micros; /* O + B: from the start of the window */
    const char *beyond;      /* the first component beyond 10^12; NULL: none */
} PayRun;

/* A new row of this kind without values, for the caller to fill in. */
PayStep *pay_step(PayRun *run, const char *kind);
PayFraction pay_fraction(int128 numerator, int128 denominator);
PayFraction pay_micros(int128 micros);

/* F(x) in picos (commission.md 5, 2): what is paid on x credited since the start of the window; a row
** for each slice of it. */
int128 pay_earned(PayRun *run, int64_t credited_micros);

#endif
