/* pay_random.h: random pay plans and facts, as numbers and as the JSON that says the same. */
#ifndef KEFU_TESTS_UNIT_PAY_RANDOM_H
#define KEFU_TESTS_UNIT_PAY_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CASE_LIST 6 /* the longest list that is made */

enum { CASE_FLAT, CASE_MARGINAL, CASE_WHOLE, CASE_CURVE };
enum { CASE_NET, CASE_GROSS, CASE_COUNT, CASE_ATTAINMENT, CASE_KPI };
enum { CASE_HALF_UP, CASE_HALF_EVEN, CASE_DOWN, CASE_UP };

/* Amounts in micros, rates in millionths, other numbers × 10^4, days × 10^2; -1: not there. */
typedef struct PayCase {
    int minor_digits;
    int rounding;
    int64_t base;
    int64_t base_days;
    int grades;
    int64_t coefficient[CASE_LIST];
    int64_t plan_quota;
    bool has_commission;
    bool gross;
    int method;
    bool by_attainment;
    int tiers;
    int64_t tier_from[CASE_LIST]; /* by attainment × 10^4 */
    int64_t tier_rate[CASE_LIST];
    bool tier_retro[CASE_LIST];
    int points;
    int64_t point_at[CASE_LIST];
    int64_t point_pay[CASE_LIST];
    bool apply_grade;
    bool apply_kpi;
    int64_t floor;
    int64_t cap;
    bool has_kpi;
    int bands; /* 0: linear */
    int64_t band_from[CASE_LIST];
    int64_t band_factor[CASE_LIST];
    int64_t linear;
    int64_t kpi_pay;
    int bonuses;
    int bonus_metric[CASE_LIST];
    int64_t bonus_min[CASE_LIST];
    int64_t bonus_pay[CASE_LIST];
    bool clawback_carry;
    int64_t draw;
    bool recoverable;
    /* facts */
    int grade;
    int64_t kpi;
    int64_t facts_quota;
    int64_t refunds;
    int64_t opening;
    int64_t count;
    int64_t paid_days;
    int64_t carry;
    int64_t draw_balance;
    int64_t adjust;
    int64_t sales;
    char plan_json[8192];
    char facts_json[2048];
} PayCase;

uint64_t pay_random(uint64_t *state);
/* 0 .. limit - 1 */
int64_t pay_random_below(uint64_t *state, int64_t limit);
/* A whole case; valid, with everything in it that it needs. */
void pay_random_case(uint64_t *state, PayCase *out);

#endif
