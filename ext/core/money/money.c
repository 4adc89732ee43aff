/* money.c: amounts as whole millionths. See money.h.
**
** 1. An INTEGER is multiplied, and most REALs are rounded by one multiplication: this runs for each
**    row. Whatever comes near a half goes through the decimal form, exactly.
** 2. A split keeps nothing: rounded down, then one unit each to the largest remainders, whose
**    smallest is found by halving the range of remainders. No sorting, no recursion.
*/
#include "core/money/money.h"

#include <math.h>

#define MONEY_PLACES 6
#define MONEY_LIMIT_UNITS (MONEY_LIMIT_MICROS / MICROS)

/* Below this many millionths the product with 10^6 and the shortest decimal each lie within 2^-10 of
** the exact value, so a product within 0.49 of a whole number rounds to it. */
#define MONEY_QUICK_LIMIT 8796093022208.0 /* 2^43 */
#define MONEY_QUICK_NEAR 0.49

static Status money_refuse_limit(const Value *value, Message *why) {
    return message_refuse(why, value, " is beyond 10^12");
}

static Status money_from_decimal(const Value *value, int64_t *amount_micros, Message *why) {
    Decimal decimal;
    if (!number_of_value(value, &decimal)) {
        return value->type == VALUE_REAL
                   ? money_refuse_limit(value, why) /* an infinity */
                   : message_refuse(why, value,
                                    " is not an amount; want INTEGER, REAL or decimal TEXT");
    }
    int128 scaled;
    if (!number_scale(&decimal, MONEY_PLACES, ROUND_HALF_EVEN, &scaled, NULL) ||
        scaled > MONEY_LIMIT_MICROS || scaled < -MONEY_LIMIT_MICROS) {
        return money_refuse_limit(value, why);
    }
    *amount_micros = (int64_t)scaled;
    return STATUS_OK;
}

static Status money_from_real(const Value *value, int64_t *amount_micros, Message *why) {
    double scaled = value->as.real * (double)MICROS;
    if (fabs(scaled) < MONEY_QUICK_LIMIT) {
        int64_t nearest = (int64_t)(scaled + (scaled < 0 ? -0.5 : 0.5));
        if (fabs(scaled - (double)nearest) < MONEY_QUICK_NEAR) {
            *amount_micros = nearest;
            return STATUS_OK;
        }
    }
    return money_from_decimal(value, amount_micros, why);
}

Status money_read(const Value *value, int64_t *amount_micros, Message *why) {
    switch (value->type) {
    case VALUE_INTEGER:
        if (value->as.integer > MONEY_LIMIT_UNITS || value->as.integer < -MONEY_LIMIT_UNITS) {
            return money_refuse_limit(value, why);
        }
        *amount_micros = value->as.integer * MICROS;
        return STATUS_OK;
    case VALUE_REAL:
        return money_from_real(value, amount_micros, why);
    default:
        return money_from_decimal(value, amount_micros, why);
    }
}

double money_real(int128 amount_micros) { return number_quotient(amount_micros, MICROS); }

/* How many of the remainders are at least this much. */
static uint64_t money_count_from(const int128 *remainders, size_t count, int128 least) {
    uint64_t found = 0;
    for (size_t i = 0; i < count; i++) {
        found += remainders[i] >= least;
    }
    return found;
}

/* One `unit` (1 or -1) to each of the `left` largest remainders, ties to the first.
** 0 < left < count. */
static void money_share_left(const int128 *remainders, size_t count, uint64_t left, int128 highest,
                             int64_t unit, int64_t *parts) {
    int128 least = 0; /* the largest for which at least `left` remainders are that much */
    while (least < highest) {
        int128 middle = least + (highest - least + 1) / 2;
        if (money_count_from(remainders, count, middle) >= left) {
            least = middle;
        } else {
            highest = middle - 1;
        }
    }
    uint64_t ties = left - money_count_from(remainders, count, least + 1);
    for (size_t i = 0; i < count; i++) {
        bool tie = remainders[i] == least && ties > 0;
        ties -= tie;
        parts[i] += remainders[i] > least || tie ? unit : 0;
    }
}

Status money_split(const Host *host, int64_t amount, const int64_t *weights, size_t count,
                   int64_t *parts) {
    int128 *remainders = host_allocate(host, count, sizeof *remainders);
    if (remainders == NULL) {
        return STATUS_NO_MEMORY;
    }
    int128 magnitude = amount < 0 ? -(int128)amount : (int128)amount;
    int128 weight_sum = 0;
    for (size_t i = 0; i < count; i++) {
        weight_sum += weights[i];
    }
    /* The whole units first; what is left is below `count`, and below the number of remainders above
    ** 0, since each of these is below the sum of the weights. */
    int128 left = magnitude;
    for (size_t i = 0; i < count; i++) {
        int128 product = magnitude * weights[i];
        int128 part = product / weight_sum;
        parts[i] = (int64_t)(amount < 0 ? -part : part);
        remainders[i] = product % weight_sum;
        left -= part;
    }
    if (left > 0) {
        money_share_left(remainders, count, (uint64_t)left, weight_sum - 1, amount < 0 ? -1 : 1,
                         parts);
    }
    host->release(remainders);
    return STATUS_OK;
}
