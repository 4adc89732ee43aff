/* plan_part.h: what the files that read a plan share. Nobody else includes it. */
#ifndef KEFU_CORE_PAY_PLAN_PART_H
#define KEFU_CORE_PAY_PLAN_PART_H

#include "core/pay/plan.h"

#define PLAN_COUNT_LIMIT INT64_C(1000000000000) /* of a bonus on a count */

/* How the starts of a list (tiers, bands, points) go on. */
typedef struct PlanStep {
    const char *list;
    const char *field;
    const char *first; /* words for a first one that is not 0 */
    bool may_stay;     /* equal ones may follow each other */
} PlanStep;

/* Notes a start that does not go on from the previous one (NULL: unknown). */
void plan_check_step(const Form *form, uint32_t node, const PlanStep *step, uint32_t index,
                     const FormNumber *kind, int64_t value, const int64_t *previous);

/* plan.quota and facts.quota: money above 0, at most 2 decimals. */
FormNumber plan_quota_kind(const Form *form);

/* plan.commission; clawback was read before. */
void plan_read_commission(const Form *form, uint32_t node, Plan *plan);

#endif
