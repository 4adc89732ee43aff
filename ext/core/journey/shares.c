/* shares.c: see shares.h. */
#include "core/journey/shares.h"

#include "core/money/money.h"

#define SHARES_ONE_BITS 62                      /* shares_decay() counts in 2^-62 */
#define SHARES_LN2 UINT64_C(0x2c5c85fdf473de6b) /* ln 2 × 2^62 */
#define SHARES_SUM_BITS 59                      /* weights sum to less than 10^18 */

/* The toucher who touched last; of equals the last in SQLite's order. */
static size_t shares_latest(const Toucher *touchers, size_t count) {
    size_t latest = 0;
    for (size_t i = 1; i < count; i++) {
        int64_t later_ms = touchers[i].last_ms - touchers[latest].last_ms;
        if (later_ms > 0 || (later_ms == 0 && touchers[i].agent > touchers[latest].agent)) {
            latest = i;
        }
    }
    return latest;
}

/* 40 % to each end, 20 % to all others together; both ends may be one agent's. */
static void shares_position(const Toucher *touchers, size_t count, int64_t *weights) {
    size_t latest = shares_latest(touchers, count);
    int64_t others = (int64_t)count - (latest == 0 ? 1 : 2);
    int64_t end = others == 0 ? 1 : 2 * others; /* an other's share is 1 */
    for (size_t i = 0; i < count; i++) {
        weights[i] = 1;
    }
    weights[0] = end;
    weights[latest] = latest == 0 ? 2 * end : end;
}

/* e^-y = Σ (-y)^n / n! for y = ln 2 × the part of a half-life; whole half-lives are shifts. */
uint64_t shares_decay(int64_t age_ms, int64_t half_life_ms) {
    int64_t halvings = age_ms / half_life_ms;
    if (halvings > SHARES_ONE_BITS) {
        return 0;
    }
    uint128 part =
        ((uint128)(uint64_t)(age_ms % half_life_ms) << SHARES_ONE_BITS) / (uint64_t)half_life_ms;
    uint64_t y = (uint64_t)(part * SHARES_LN2 >> SHARES_ONE_BITS);
    uint64_t term = UINT64_C(1) << SHARES_ONE_BITS;
    uint64_t even = 0; /* sums of the terms added, and of those taken away */
    uint64_t odd = 0;
    for (uint64_t n = 1; term != 0; n++) {
        if (n % 2 == 1) {
            even += term;
        } else {
            odd += term;
        }
        term = (uint64_t)((uint128)term * y >> SHARES_ONE_BITS) / n;
    }
    return (even - odd) >> halvings;
}

/* Ages count from the newest touch: the time from there to the anchor is a factor of all. */
static void shares_decaying(const Rules *rules, const Toucher *touchers, size_t count,
                            int64_t *weights) {
    int64_t newest_ms = touchers[shares_latest(touchers, count)].last_ms;
    int bits = SHARES_SUM_BITS; /* of the largest weight, so that the sum has SHARES_SUM_BITS */
    for (size_t n = 1; n < count; n *= 2) {
        bits--;
    }
    for (size_t i = 0; i < count; i++) {
        uint64_t share = shares_decay(newest_ms - touchers[i].last_ms, rules->half_life_ms);
        weights[i] = (int64_t)(share >> (SHARES_ONE_BITS - bits));
    }
}

static void shares_measure(const Rules *rules, const Toucher *touchers, size_t count,
                           int64_t *weights) {
    switch (rules->model) { /* not covered: no other model */
    case MODEL_LAST:
        weights[shares_latest(touchers, count)] = 1;
        break;
    case MODEL_FIRST:
        weights[0] = 1;
        break;
    case MODEL_LINEAR:
        for (size_t i = 0; i < count; i++) {
            weights[i] = 1;
        }
        break;
    case MODEL_POSITION:
        shares_position(touchers, count, weights);
        break;
    case MODEL_DECAY:
        shares_decaying(rules, touchers, count, weights);
        break;
    }
}

Status shares_weigh(const Rules *rules, const Toucher *touchers, size_t count,
                    int64_t *weight_millionths) {
    if (count == 1) { /* most orders, under every model */
        weight_millionths[0] = SHARES_WHOLE;
        return STATUS_OK;
    }
    int64_t *weights = host_allocate(rules->host, count, sizeof *weights);
    if (weights == NULL) {
        return STATUS_NO_MEMORY;
    }
    shares_measure(rules, touchers, count, weights);
    Status status = money_split(rules->host, SHARES_WHOLE, weights, count, weight_millionths);
    rules->host->release(weights);
    return status;
}
