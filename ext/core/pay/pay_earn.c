/* pay_earn.c: F(x), what a commission pays on x credited since the start of the window
** (commission.md 5, 2), and the slices that it is made of (7).
**
** 1. Tier k reaches from its start to the next one's. It is reached when its start <= x.
** 2. j is the highest reached tier with retro (with `whole` all have it), else the first. Below tier j
**    everything earns its rate; from there on each tier its own.
** 3. A negative x earns the first tier's rate.
** 4. A curve is the straight line between the points around x / quota, the last pay beyond the last,
**    0 below 0; rounded to minor units.
*/
#include "core/pay/pay_run.h"

#include "core/money/money.h"

/* A ratio of the quota, in micros: whole, since a quota has at most 2 decimals. */
static int128 earn_share_of_quota(const PayRun *run, int64_t ratio_e4) {
    return (int128)ratio_e4 * (run->facts->quota_micros / PAY_E4);
}

/* Where tier k starts, in micros. */
static int128 earn_start(const PayRun *run, uint32_t k) {
    const PlanCommission *commission = &run->plan->commission;
    int64_t from = commission->tiers[k].from;
    return commission->by_attainment ? earn_share_of_quota(run, from) : from;
}

/* What [from, to) earns at a tier's rate, in picos. An empty slice has no row. */
static int128 earn_slice(PayRun *run, int128 from_micros, int128 to_micros, const PlanTier *tier) {
    int128 width_micros = to_micros - from_micros;
    int128 earned = width_micros * tier->rate_millionths;
    if (width_micros != 0) {
        PayStep *step = pay_step(run, "slice");
        step->from_amount = pay_micros(from_micros);
        step->to_amount = pay_micros(to_micros);
        step->basis = pay_micros(width_micros);
        step->rate = pay_fraction(tier->rate_millionths, MICROS);
        step->exact = pay_fraction(earned, PAY_PICOS);
    }
    return earned;
}

static int128 earn_by_tiers(PayRun *run, int64_t x_micros) {
    const PlanCommission *commission = &run->plan->commission;
    const PlanTier *tiers = commission->tiers;
    if (x_micros < 0) { /* Requirement 3 */
        return earn_slice(run, 0, x_micros, &tiers[0]);
    }
    uint32_t last = 0; /* the highest reached */
    uint32_t retro = 0;
    while (last + 1 < commission->tier_count && earn_start(run, last + 1) <= x_micros) {
        last++;
        retro = tiers[last].retro ? last : retro;
    }
    if (commission->method == METHOD_WHOLE) {
        return earn_slice(run, 0, x_micros, &tiers[last]);
    }
    int128 earned = 0;
    for (uint32_t k = 0; k <= last; k++) { /* Requirement 2 */
        int128 to_micros = k == last ? x_micros : earn_start(run, k + 1);
        earned += earn_slice(run, earn_start(run, k), to_micros, &tiers[k < retro ? retro : k]);
    }
    return earned;
}

/* start + gained / width minor units, rounded as one number. width > 0, gained >= 0; gained / width is
** kept apart, since start × width may be beyond 128 bits. */
static int128 earn_round(int64_t start, int128 gained, int128 width, Rounding rounding) {
    int128 whole = start + gained / width;
    int128 even = whole - whole % 2; /* keeps parity, which half_even asks for */
    return even + number_divide((whole - even) * width + gained % width, width, rounding);
}

/* Requirement 4. In picos. */
static int128 earn_by_curve(PayRun *run, int64_t x_micros) {
    const PlanCommission *commission = &run->plan->commission;
    const PlanPoint *points = commission->points;
    if (x_micros < 0) {
        return 0;
    }
    uint32_t k = 0; /* the last point at or below x */
    while (k + 1 < commission->point_count &&
           earn_share_of_quota(run, points[k + 1].at_e4) <= x_micros) {
        k++;
    }
    int64_t micros_per_minor = MICROS / run->minor_per_major;
    int128 minor_units = points[k].pay_micros / micros_per_minor;
    int128 from_micros = earn_share_of_quota(run, points[k].at_e4);
    PayStep *step = pay_step(run, "slice");
    step->from_amount = pay_micros(from_micros);
    step->basis = pay_micros(x_micros);
    if (k + 1 < commission->point_count) {
        int128 to_micros = earn_share_of_quota(run, points[k + 1].at_e4);
        int128 rise_micros = points[k + 1].pay_micros - points[k].pay_micros;
        step->to_amount = pay_micros(to_micros);
        minor_units = earn_round((int64_t)minor_units, rise_micros * (x_micros - from_micros),
                                 (to_micros - from_micros) * micros_per_minor, run->plan->rounding);
    }
    step->exact = pay_fraction(minor_units, run->minor_per_major);
    return minor_units * (PAY_PICOS / run->minor_per_major);
}

int128 pay_earned(PayRun *run, int64_t credited_micros) {
    return run->plan->commission.method == METHOD_CURVE ? earn_by_curve(run, credited_micros)
                                                        : earn_by_tiers(run, credited_micros);
}
