/* plan.h: a pay plan (commission.md 3) and the facts of one agent and month (4), read and checked.
**
** 1. Amounts are whole millionths (micros), rates millionths, coefficients, scores, factors and ratios
**    ten-thousandths (e4), days hundredths (e2).
** 2. A plan that was read is valid: the calculation tests nothing of it again. Its texts are borrowed
**    from its JSON, which it owns.
** 3. One validation: the pay functions take its first problem, plan_check() all.
*/
#ifndef KEFU_CORE_PAY_PLAN_H
#define KEFU_CORE_PAY_PLAN_H

#include "core/pay/form.h"

#define PLAN_LIST_LIMIT 64 /* entries of a list, and grades */

typedef enum PlanMethod { METHOD_FLAT, METHOD_MARGINAL, METHOD_WHOLE, METHOD_CURVE } PlanMethod;
typedef enum PlanMultiplier { MULTIPLIER_GRADE, MULTIPLIER_KPI } PlanMultiplier;
typedef enum PlanMetric {
    METRIC_NET,
    METRIC_GROSS,
    METRIC_COUNT,
    METRIC_ATTAINMENT,
    METRIC_KPI
} PlanMetric;

typedef struct PlanGrade {
    FormText name;
    int64_t coefficient_e4; /* 0..100 */
} PlanGrade;

typedef struct PlanTier {
    int64_t from; /* micros; by attainment e4 of the quota */
    int64_t rate_millionths;
    bool retro;
} PlanTier;

typedef struct PlanPoint {
    int64_t at_e4; /* of the quota */
    int64_t pay_micros;
} PlanPoint;

typedef struct PlanBand {
    int64_t from_e4;
    int64_t factor_e4;
} PlanBand;

typedef struct PlanBonus {
    FormText name;
    PlanMetric metric;
    int64_t min; /* micros, e4 or a count, as the metric */
    int64_t pay_micros;
} PlanBonus;

typedef struct PlanCommission {
    bool gross; /* basis */
    PlanMethod method;
    bool by_attainment;
    PlanTier tiers[PLAN_LIST_LIMIT]; /* flat: one, from 0 */
    uint32_t tier_count;
    PlanPoint points[PLAN_LIST_LIMIT]; /* curve */
    uint32_t point_count;
    PlanMultiplier apply[2];
    uint32_t apply_count;
    bool has_floor;
    bool has_cap;
    int64_t floor_micros;
    int64_t cap_micros;
} PlanCommission;

typedef struct PlanKpi {
    PlanBand bands[PLAN_LIST_LIMIT];
    uint32_t band_count; /* 0: linear */
    int64_t linear_e4;
    bool has_pay;
    int64_t pay_micros;
} PlanKpi;

typedef struct Plan {
    Json json; /* owned */
    FormText id;
    FormText currency;
    int32_t minor_digits; /* 0..3 */
    Rounding rounding;
    bool has_first_day;
    bool has_end_day;
    int64_t first_day; /* effective from, a day number */
    int64_t end_day;   /* exclusive */
    bool has_base;
    int64_t base_micros;
    int64_t base_days_e2; /* 0: not prorated */
    PlanGrade grades[PLAN_LIST_LIMIT];
    uint32_t grade_count;
    int64_t quota_micros; /* 0: none */
    bool has_commission;
    PlanCommission commission;
    bool has_kpi;
    PlanKpi kpi;
    PlanBonus bonuses[PLAN_LIST_LIMIT];
    uint32_t bonus_count;
    bool clawback_carry;
    bool has_draw;
    bool draw_recoverable;
    int64_t draw_micros;
} Plan;

typedef struct Facts {
    const PlanGrade *grade; /* of the plan; NULL where it is not needed */
    bool has_kpi;
    int64_t kpi_e4;
    int64_t quota_micros; /* the facts' or the plan's; 0: none */
    int64_t refunds_micros;
    int64_t opening_micros;
    bool has_count;
    int64_t count;
    bool has_paid_days;
    int64_t paid_days_e2;
    int64_t carry_micros;        /* <= 0 */
    int64_t draw_balance_micros; /* >= 0 */
    int64_t adjust_micros;
} Facts;

/* Reads a plan; the value is not missing. On STATUS_OK *out is the caller's, for plan_close(). On
** STATUS_REFUSED the message is the first problem. */
Status plan_open(const Host *host, const Value *value, Plan **out, Message *why);
void plan_close(const Host *host, Plan *plan); /* accepts NULL */

/* Appends every problem of any value, one `path: problem` a line; nothing for a valid plan. */
Status plan_check(const Host *host, const Value *value, Buffer *lines);

/* Reads the facts for a plan; a missing value stands for none. */
Status facts_read(const Host *host, const Plan *plan, const Value *value, Facts *out, Message *why);

#endif
