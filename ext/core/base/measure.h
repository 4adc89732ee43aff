/* measure.h: what a KPI is before it becomes a SQL value: an exact quotient or an exact number.
**
** 1. A KPI's function gives a Measure; glue turns it into INTEGER or REAL, rounding once, and
**    kefu_stats shows numerator and denominator (functions.md 3).
*/
#ifndef KEFU_CORE_MEASURE_H
#define KEFU_CORE_MEASURE_H

#include "core/base/base.h"

typedef struct Measure {
    bool
        answered; /* false: these stats cannot answer (made without amounts): no row in kefu_stats */
    bool is_quotient;   /* false: the number is numerator / unit */
    int128 numerator;   /* in 1/unit of the KPI's unit: ms, millionths, or counts */
    int128 denominator; /* 0: NULL; of a plain number 1 */
    int64_t unit;       /* 1, 1000 (ms in a second) or 1000000 (millionths) */
} Measure;

/* NULL, since these stats do not hold what it takes. */
static inline Measure measure_unanswered(void) {
    Measure measure = {false, false, 0, 0, 1};
    return measure;
}

/* NULL, since there is nothing to measure. */
static inline Measure measure_null(void) {
    Measure measure = {true, false, 0, 0, 1};
    return measure;
}

/* A plain number: numerator / unit. */
static inline Measure measure_number(int128 numerator, int64_t unit) {
    Measure measure = {true, false, numerator, 1, unit};
    return measure;
}

/* numerator / unit / denominator. */
static inline Measure measure_quotient(int128 numerator, int64_t unit, int128 denominator) {
    Measure measure = {true, true, numerator, denominator, unit};
    return measure;
}

#endif
