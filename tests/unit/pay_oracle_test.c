/* pay_oracle_test.c: random plans and facts against an oracle of rational numbers, which knows nothing of
** the code under test: it has the formulas of commission.md 5 in another form, and rounds by its own
** rule. */
#include <criterion/criterion.h>
#include <string.h>

#include "core/money/money.h"
#include "core/pay/pay.h"
#include "pay_random.h"
#include "pay_read.h"
#include "rational.h"

#define PLANS 120000

typedef struct Oracle {
    const PayCase *from;
    Rational quota;
    int64_t commission; /* minor units */
    int64_t total;
    int64_t carry_out;
    int64_t balance;
    Rational raw;
    bool beyond;
} Oracle;

static int64_t oracle_round(const Oracle *oracle, Rational major) {
    static const int units[] = {1, 10, 100, 1000};
    Rational minor = rational_multiply(major, rational_of(units[oracle->from->minor_digits], 0));
    int half;
    bool exact;
    int64_t size = rational_floor(&minor, &half, &exact);
    if (size == INT64_MAX) {
        return minor.negative ? -INT64_MAX : INT64_MAX;
    }
    bool up = false;
    switch (oracle->from->rounding) {
    case CASE_HALF_UP:
        up = half >= 0;
        break;
    case CASE_HALF_EVEN:
        up = half > 0 || (half == 0 && size % 2 == 1);
        break;
    case CASE_DOWN:
        break;
    case CASE_UP:
        up = !exact;
        break;
    }
    size += up;
    return minor.negative ? -size : size;
}

static Rational oracle_minor(const Oracle *oracle, int64_t minor_units) {
    return rational_of(minor_units, oracle->from->minor_digits);
}

static int64_t oracle_units(const Oracle *oracle, int64_t amount_micros) {
    static const int64_t micros[] = {1000000, 100000, 10000, 1000};
    return amount_micros / micros[oracle->from->minor_digits];
}

static Rational oracle_tier(const Oracle *oracle, int k) {
    const PayCase *from = oracle->from;
    return from->by_attainment
               ? rational_multiply(rational_of(from->tier_from[k], 4), oracle->quota)
               : rational_of(from->tier_from[k], 6);
}

/* F(x) of tiers: every tier raises or lowers the rate of what lies above its start. */
static Rational oracle_tiers(const Oracle *oracle, Rational x) {
    const PayCase *from = oracle->from;
    int highest = 0; /* the tier whose rate holds from 0 on */
    for (int k = 1; k < from->tiers && !x.negative; k++) {
        bool all = from->method == CASE_WHOLE || from->tier_retro[k];
        if (all && rational_compare(oracle_tier(oracle, k), x) <= 0) {
            highest = k;
        }
    }
    Rational paid = rational_multiply(rational_of(from->tier_rate[highest], 6), x);
    for (int k = highest + 1; k < from->tiers && !x.negative && from->method != CASE_WHOLE; k++) {
        Rational above = rational_subtract(x, oracle_tier(oracle, k));
        if (!above.negative) {
            Rational step = rational_of(from->tier_rate[k] - from->tier_rate[k - 1], 6);
            paid = rational_add(paid, rational_multiply(step, above));
        }
    }
    return paid;
}

static Rational oracle_curve(const Oracle *oracle, Rational x) {
    const PayCase *from = oracle->from;
    if (x.negative) {
        return rational_of(0, 0);
    }
    Rational at = rational_divide(x, oracle->quota);
    for (int k = from->points - 1; k >= 0; k--) {
        Rational left = rational_of(from->point_at[k], 4);
        if (rational_compare(left, at) > 0) {
            continue;
        }
        Rational pay = rational_of(from->point_pay[k], 6);
        if (k == from->points - 1) {
            return pay;
        }
        Rational width = rational_of(from->point_at[k + 1] - from->point_at[k], 4);
        Rational share = rational_divide(rational_subtract(at, left), width);
        Rational rise = rational_of(from->point_pay[k + 1] - from->point_pay[k], 6);
        pay = rational_add(pay, rational_multiply(rise, share));
        return oracle_minor(oracle, oracle_round(oracle, pay));
    }
    return rational_of(0, 0);
}

static Rational oracle_earned(const Oracle *oracle, Rational x) {
    return oracle->from->method == CASE_CURVE ? oracle_curve(oracle, x) : oracle_tiers(oracle, x);
}

static Rational oracle_factor(const PayCase *from) {
    if (from->bands == 0) {
        return rational_divide(rational_of(from->kpi, 4), rational_of(from->linear, 4));
    }
    int band = from->bands - 1;
    while (from->band_from[band] > from->kpi) {
        band--;
    }
    return rational_of(from->band_factor[band], 4);
}

static int64_t oracle_check(Oracle *oracle, int64_t minor_units) {
    static const int64_t limits[] = {1000000000000, 10000000000000, 100000000000000,
                                     1000000000000000};
    int64_t limit = limits[oracle->from->minor_digits];
    oracle->beyond = oracle->beyond || minor_units > limit || minor_units < -limit;
    return oracle->beyond ? 0 : minor_units;
}

static void oracle_commission(Oracle *oracle, Rational opening, Rational credited) {
    const PayCase *from = oracle->from;
    oracle->raw = rational_of(0, 0);
    if (!from->has_commission) {
        return;
    }
    oracle->raw =
        rational_subtract(oracle_earned(oracle, credited), oracle_earned(oracle, opening));
    Rational exact = oracle->raw;
    if (from->apply_grade) {
        exact = rational_multiply(exact, rational_of(from->coefficient[from->grade], 4));
    }
    if (from->apply_kpi) {
        exact = rational_multiply(exact, oracle_factor(from));
    }
    int64_t paid = oracle_round(oracle, exact);
    if (from->floor >= 0 && paid < oracle_units(oracle, from->floor)) {
        paid = oracle_units(oracle, from->floor);
    }
    if (from->cap >= 0 && paid > oracle_units(oracle, from->cap)) {
        paid = oracle_units(oracle, from->cap);
    }
    oracle->commission = oracle_check(oracle, paid);
}

static int64_t oracle_bonuses(const Oracle *oracle, Rational net, Rational attainment) {
    const PayCase *from = oracle->from;
    int64_t sum = 0;
    for (int i = 0; i < from->bonuses; i++) {
        Rational value;
        Rational min = rational_of(from->bonus_min[i], 6);
        switch (from->bonus_metric[i]) {
        case CASE_NET:
            value = net;
            break;
        case CASE_GROSS:
            value = rational_of(from->sales, 6);
            break;
        case CASE_COUNT:
            value = rational_of(from->count, 6);
            break;
        case CASE_ATTAINMENT:
            value = attainment;
            min = rational_of(from->bonus_min[i], 4);
            break;
        default:
            value = rational_of(from->kpi, 4);
            min = rational_of(from->bonus_min[i], 4);
        }
        sum += rational_compare(value, min) >= 0 ? oracle_units(oracle, from->bonus_pay[i]) : 0;
    }
    return sum;
}

static void oracle_pay(Oracle *oracle, const PayCase *from) {
    memset(oracle, 0, sizeof *oracle);
    oracle->from = from;
    int64_t quota = from->facts_quota > 0 ? from->facts_quota : from->plan_quota;
    oracle->quota = rational_of(quota > 0 ? quota : 1, 6);
    Rational net = rational_of(from->sales - from->refunds, 6);
    Rational basis = from->has_commission && from->gross ? rational_of(from->sales, 6) : net;
    Rational opening = rational_of(from->opening, 6);
    Rational credited = rational_add(opening, basis);
    oracle_commission(oracle, opening, credited);
    int64_t variable = oracle->commission;
    if (from->has_kpi && from->kpi_pay >= 0) {
        Rational kpi_pay = rational_multiply(rational_of(from->kpi_pay, 6), oracle_factor(from));
        variable += oracle_check(oracle, oracle_round(oracle, kpi_pay));
    }
    variable += oracle_bonuses(oracle, net, rational_divide(credited, oracle->quota));
    int64_t base = from->base >= 0 ? oracle_units(oracle, from->base) : 0;
    if (from->base >= 0 && from->base_days >= 0 && from->paid_days >= 0) {
        Rational share =
            rational_divide(rational_of(from->paid_days, 2), rational_of(from->base_days, 2));
        share = rational_least(share, rational_of(1, 0));
        base = oracle_round(oracle, rational_multiply(rational_of(from->base, 6), share));
    }
    variable += oracle_units(oracle, from->carry);
    if (variable < 0) {
        oracle->carry_out = from->clawback_carry ? variable : 0;
        oracle_check(oracle, -variable);
        variable = 0;
    }
    oracle->balance = oracle_units(oracle, from->draw_balance);
    if (from->draw >= 0) {
        int64_t draw = oracle_units(oracle, from->draw);
        int64_t lift = draw - variable; /* below 0: what exceeds the draw */
        if (lift < 0 && -lift > oracle->balance) {
            lift = -oracle->balance;
        }
        if (lift > 0 || from->recoverable) {
            variable += lift;
        }
        oracle->balance += from->recoverable ? lift : 0;
    }
    oracle->total = oracle_check(oracle, base + variable + oracle_units(oracle, from->adjust));
}

/* ---- what the code under test says ---- */

static const PayStep *oracle_test_step(const PaySteps *steps, const char *kind) {
    for (uint32_t i = 0; i < steps->count; i++) {
        if (strcmp(steps->steps[i].kind, kind) == 0) {
            return &steps->steps[i];
        }
    }
    return NULL;
}

/* The exact text of a step of the commission, read back: a plain decimal in lowest terms. All get 12
** decimals, so that their sums stay short. */
static Rational oracle_test_exact(const PayStep *step) {
    char text[PAY_EXACT_BYTES];
    size_t length = pay_print_exact(&step->exact, text);
    cr_assert_eq(strlen(text), length);
    Rational value = rational_of(0, 12);
    const Whole ten = whole_of(10);
    const char *point = strchr(text, '.');
    size_t decimals = point == NULL ? 0 : strlen(point + 1);
    cr_assert(strchr(text, '/') == NULL && decimals <= 12, "%s", text);
    cr_assert(point == NULL || text[length - 1] != '0', "zeros at the end: %s", text);
    for (size_t i = 0; i < length + 12 - decimals; i++) {
        char byte = i < length ? text[i] : '0';
        if (byte != '.' && byte != '-') {
            Whole digit = whole_of((uint64_t)(byte - '0'));
            value.numerator = whole_multiply(&value.numerator, &ten);
            value.numerator = whole_add(&value.numerator, &digit);
        }
    }
    value.negative = text[0] == '-';
    return value;
}

/* The amounts of all rows add up to the pay, as decimals. */
static void oracle_test_sum(const PaySteps *steps, int64_t total) {
    int128 sum = 0;
    for (uint32_t i = 0; i < steps->count; i++) {
        const PayFraction *amount = &steps->steps[i].amount;
        sum += amount->denominator != 0 ? amount->numerator : 0;
    }
    cr_assert(sum == total);
}

static void oracle_test_steps(const Oracle *oracle, const PaySteps *steps) {
    const PayStep *raw = oracle_test_step(steps, "raw");
    cr_assert_eq(raw != NULL, oracle->from->has_commission);
    if (raw != NULL) {
        cr_assert_eq(rational_compare(oracle_test_exact(raw), oracle->raw), 0);
        Rational slices = rational_of(0, 0);
        for (uint32_t i = 0; i < steps->count; i++) {
            const char *kind = steps->steps[i].kind;
            if (strcmp(kind, "slice") == 0 || strcmp(kind, "opening") == 0) {
                slices = rational_add(slices, oracle_test_exact(&steps->steps[i]));
            }
        }
        cr_assert_eq(rational_compare(slices, oracle->raw), 0, "slices and opening are the raw");
    }
    const PayStep *carry_out = oracle_test_step(steps, "carry_out");
    cr_assert_eq(carry_out != NULL, oracle->from->clawback_carry);
    if (carry_out != NULL) {
        cr_assert(carry_out->exact.numerator == oracle->carry_out);
    }
    const PayStep *balance = oracle_test_step(steps, "draw_balance");
    cr_assert_eq(balance != NULL, oracle->from->draw >= 0 && oracle->from->recoverable);
    if (balance != NULL) {
        cr_assert(balance->exact.numerator == oracle->balance);
    }
}

Test(pay_oracle, random_plans_pay_what_the_oracle_pays, .timeout = 600) {
    static PayCase random;
    static PaySteps steps;
    uint64_t state = 2026;
    uint64_t digest = 0; /* the same from every compiler */
    int paid = 0;
    for (int i = 0; i < PLANS; i++) {
        pay_random_case(&state, &random);
        Oracle oracle;
        oracle_pay(&oracle, &random);
        Plan *plan = pay_test_plan(random.plan_json);
        Facts facts = pay_test_facts(plan, random.facts_json);
        PayResult result;
        Message why;
        Status status = pay_calculate(plan, &facts, random.sales, &steps, &result, &why);
        cr_assert_eq(status, oracle.beyond ? STATUS_REFUSED : STATUS_OK, "%s\n%s\n%s",
                     random.plan_json, random.facts_json, status == STATUS_OK ? "" : why.text);
        if (status == STATUS_OK) {
            paid++;
            cr_assert_eq(result.commission, oracle.commission, "plan %d: %ld, want %ld\n%s\n%s", i,
                         (long)result.commission, (long)oracle.commission, random.plan_json,
                         random.facts_json);
            cr_assert_eq(result.total, oracle.total, "plan %d: %ld, want %ld\n%s\n%s", i,
                         (long)result.total, (long)oracle.total, random.plan_json,
                         random.facts_json);
            oracle_test_sum(&steps, result.total);
            oracle_test_steps(&oracle, &steps);
            digest = (digest ^ (uint64_t)result.total) * UINT64_C(0x100000001b3);
        }
        plan_close(&test_host, plan);
    }
    cr_expect_gt(paid, 100000, "%d paid", paid);
    cr_expect_eq(test_heap.blocks, 0);
    cr_expect_eq(digest, UINT64_C(646314956067217003), "digest %llu", (unsigned long long)digest);
}
