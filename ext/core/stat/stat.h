/* stat.h: advertising cost of a ring, intervals and tests (functions.md 7).
**
** Pure arithmetic on checked inputs; glue refuses what is out of range before it calls.
*/
#ifndef KEFU_CORE_STAT_H
#define KEFU_CORE_STAT_H

/* Wilson score interval of k successes in n > 0 trials; confidence in (0, 1). */
double stat_wilson_low(double k, double n, double confidence);
double stat_wilson_high(double k, double n, double confidence);
/* Two-sided p-value of the pooled two-proportion z-test; 1 when both are all 0 or all 1. */
double stat_rate_change_p(double k1, double n1, double k2, double n2);
/* rate^n for any n >= 0. */
double stat_compound(double rate, double n);

#endif
