/* cost.c: what a ring cost in advertising, and how sure a rate is (functions.md 7).
**
** 1. Every argument is read as the decimal that it spells, from INTEGER, REAL or numeric TEXT, since
**    imported columns are TEXT. A BLOB is refused. NULL or blank TEXT anywhere gives NULL.
** 2. Costs are rounded once, to the nearest REAL: 1 * 30 % / 1.28 % is 23.4375.
** 3. Arguments are checked from left to right; only then does a zero n give NULL.
*/
#include "glue/functions.h"

SQLITE_EXTENSION_INIT3

#include "core/money/money.h"
#include "core/stat/stat.h"

#define COST_COUNT_LIMIT INT64_C(1000000000000000000) /* of a count */
#define COST_ARGUMENTS 4                              /* the longest list */

/* What an argument may be. */
typedef enum CostKind {
    COST_MONEY,
    COST_RATE,      /* 0..1 */
    COST_DIVISOR,   /* a rate that something is divided by: above 0 */
    COST_HITS,      /* a whole number, at most the count that follows */
    COST_COUNT,     /* a whole number >= 0 */
    COST_POWER,     /* any number >= 0 */
    COST_CONFIDENCE /* between 0 and 1, neither of them */
} CostKind;

static bool cost_is_count(const Decimal *number) {
    int128 whole;
    bool rounded;
    return !number->negative && number_scale(number, 0, ROUND_DOWN, &whole, &rounded) && !rounded &&
           whole <= COST_COUNT_LIMIT;
}

static bool cost_is_rate(const Decimal *number) {
    int128 whole; /* rounded up: above 1 for whatever is above 1 */
    return !number->negative && number_scale(number, 0, ROUND_UP, &whole, NULL) && whole <= 1;
}

/* What is wrong with a number of this kind, or NULL. */
static const char *cost_objection(CostKind kind, const Decimal *number) {
    switch (kind) { /* not covered: money is read before, and no other kind */
    case COST_RATE:
        return cost_is_rate(number) ? NULL : " is no rate; want a number from 0 to 1";
    case COST_DIVISOR:
        return !cost_is_rate(number) ? " is no rate; want a number above 0, up to 1"
               : number->digits == 0 ? " cannot divide; want a number above 0, up to 1"
                                     : NULL;
    case COST_HITS:
    case COST_COUNT:
        return cost_is_count(number) ? NULL : " is no count; want a whole number from 0 to 10^18";
    case COST_POWER:
        return number->negative ? " is negative; want a number >= 0" : NULL;
    case COST_CONFIDENCE: {
        double confidence = number_real(number);
        return confidence > 0.0 && confidence < 1.0
                   ? NULL
                   : " is no confidence; want a number between 0 and 1, neither of them";
    }
    case COST_MONEY:
        break;
    }
    return NULL;
}

static Status cost_read_number(const Value *value, CostKind kind, Decimal *out, Message *why) {
    if (kind == COST_MONEY) {
        int64_t amount_micros;
        Status status = money_read(value, &amount_micros, why);
        if (status == STATUS_OK) {
            *out = (Decimal){.negative = amount_micros < 0, .exponent = -6};
            out->digits = (uint128)(amount_micros < 0 ? -amount_micros : amount_micros);
        }
        return status;
    }
    if (!number_of_value(value, out)) {
        return message_refuse(why, value, " is not a number");
    }
    const char *objection = cost_objection(kind, out);
    return objection == NULL ? STATUS_OK : message_refuse(why, value, objection);
}

/* k > n, for the argument that stands before its count. */
static bool cost_exceeds(const Decimal *hits, const Decimal *count) {
    int128 left = 0;
    int128 right = 0;
    (void)number_scale(hits, 0, ROUND_DOWN, &left, NULL); /* both were whole and in range */
    (void)number_scale(count, 0, ROUND_DOWN, &right, NULL);
    return left > right;
}

/* Reads all arguments; false when the result is set: an error, or NULL (Requirements 1 and 3). */
static bool cost_read(sqlite3_context *context, int count, sqlite3_value **arguments,
                      const CostKind *kinds, Decimal *numbers) {
    const ScalarFunction *function = sqlite3_user_data(context);
    Value values[COST_ARGUMENTS];
    if (!args_read_all(context, count, count, arguments, values)) {
        return false;
    }
    Message why;
    for (int i = 0; i < count; i++) {
        Status status = cost_read_number(&values[i], kinds[i], &numbers[i], &why);
        if (status == STATUS_OK && kinds[i] == COST_COUNT && /* its hits stand before it */
            cost_exceeds(&numbers[i - 1], &numbers[i])) {
            (void)message_refuse(&why, &values[i - 1], " is above its n, ");
            message_value(&why, &values[i]);
            args_fail(context, &function->signature, i - 1, &why);
            return false;
        }
        if (!args_passed(context, &function->signature, i, status, &why)) {
            return false;
        }
    }
    return true;
}

static void cost_clicks_per_order(sqlite3_context *context, int count, sqlite3_value **arguments) {
    static const CostKind kinds[] = {COST_DIVISOR};
    Decimal click_rate;
    if (cost_read(context, count, arguments, kinds, &click_rate)) {
        sqlite3_result_double(context, number_ratio(NULL, 0, &click_rate, 1));
    }
}

static void cost_order_cost(sqlite3_context *context, int count, sqlite3_value **arguments) {
    static const CostKind kinds[] = {COST_MONEY, COST_DIVISOR};
    Decimal numbers[2];
    if (cost_read(context, count, arguments, kinds, numbers)) {
        sqlite3_result_double(context, number_ratio(&numbers[0], 1, &numbers[1], 1));
    }
}

static void cost_inquiry_cost(sqlite3_context *context, int count, sqlite3_value **arguments) {
    static const CostKind kinds[] = {COST_MONEY, COST_DIVISOR, COST_RATE, COST_DIVISOR};
    Decimal numbers[4];
    if (cost_read(context, count, arguments, kinds, numbers)) {
        const Decimal numerators[2] = {numbers[0], numbers[2]};
        const Decimal denominators[2] = {numbers[1], numbers[count - 1]};
        sqlite3_result_double(context,
                              number_ratio(numerators, 2, denominators, count == 4 ? 2 : 1));
    }
}

static void cost_compound_rate(sqlite3_context *context, int count, sqlite3_value **arguments) {
    static const CostKind kinds[] = {COST_RATE, COST_POWER};
    Decimal numbers[2];
    if (cost_read(context, count, arguments, kinds, numbers)) {
        sqlite3_result_double(context,
                              stat_compound(number_real(&numbers[0]), number_real(&numbers[1])));
    }
}

/* Both bounds of the interval. */
static void cost_wilson(sqlite3_context *context, int count, sqlite3_value **arguments,
                        double (*bound)(double k, double n, double confidence)) {
    static const CostKind kinds[] = {COST_HITS, COST_COUNT, COST_CONFIDENCE};
    Decimal numbers[3];
    if (cost_read(context, count, arguments, kinds, numbers) && numbers[1].digits != 0) {
        double confidence = count == 3 ? number_real(&numbers[2]) : 0.95;
        sqlite3_result_double(
            context, bound(number_real(&numbers[0]), number_real(&numbers[1]), confidence));
    }
}

static void cost_wilson_low(sqlite3_context *context, int count, sqlite3_value **arguments) {
    cost_wilson(context, count, arguments, stat_wilson_low);
}

static void cost_wilson_high(sqlite3_context *context, int count, sqlite3_value **arguments) {
    cost_wilson(context, count, arguments, stat_wilson_high);
}

static void cost_rate_change_p(sqlite3_context *context, int count, sqlite3_value **arguments) {
    static const CostKind kinds[] = {COST_HITS, COST_COUNT, COST_HITS, COST_COUNT};
    Decimal numbers[4];
    /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): all four are read, by arity */
    if (cost_read(context, count, arguments, kinds, numbers) && numbers[1].digits != 0 &&
        numbers[3].digits != 0) {
        sqlite3_result_double(
            context, stat_rate_change_p(number_real(&numbers[0]), number_real(&numbers[1]),
                                        number_real(&numbers[2]), number_real(&numbers[3])));
    }
}

// clang-format off
const ScalarFunction COST_FUNCTIONS[] = {
    {{"clicks_per_order", "click_rate", 1}, cost_clicks_per_order, NULL},
    {{"order_cost", "ppc,click_rate", 2}, cost_order_cost, NULL},
    {{"inquiry_cost", "ppc,click_rate,inquiry_rate", 3}, cost_inquiry_cost, NULL},
    {{"inquiry_cost", "ppc,click_rate,inquiry_rate,chat_share", 4}, cost_inquiry_cost, NULL},
    {{"compound_rate", "rate,n", 2}, cost_compound_rate, NULL},
    {{"wilson_low", "k,n", 2}, cost_wilson_low, NULL},
    {{"wilson_low", "k,n,confidence", 3}, cost_wilson_low, NULL},
    {{"wilson_high", "k,n", 2}, cost_wilson_high, NULL},
    {{"wilson_high", "k,n,confidence", 3}, cost_wilson_high, NULL},
    {{"rate_change_p", "k1,n1,k2,n2", 4}, cost_rate_change_p, NULL},
};
// clang-format on
const int COST_FUNCTION_COUNT = (int)(sizeof COST_FUNCTIONS / sizeof COST_FUNCTIONS[0]);
