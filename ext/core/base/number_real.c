/* number_real.c: between doubles and decimals, exactly and without libc (number.h).
**
** 1. Shortest digits: the method of Steele and White as Dragon4 gives it: generate digits of the
**    exact value until the rest lies within half a step of the double's neighbours. Boundaries belong
**    to an even mantissa, since reading rounds ties to even.
** 2. Ordinary amounts (at most 6 decimals and 15 digits) skip it: distinct decimals of at most 15
**    digits are distinct doubles, so one that reads back is the shortest.
** 3. Products, quotients and single decimals become a double by one division of whole numbers.
**
** Big numbers here have a fixed size: the widest is a product of two 38-digit numbers and 10^420.
*/
#include "core/base/number.h"

#include <math.h>
#include <string.h>

#define BIG_WORDS 58 /* 1856 bits */
#define REAL_EXPONENT_LIMIT                                                                        \
    420 /* two decimals of 38 digits each × 10^this are beyond all doubles */

typedef struct Big {
    int32_t count; /* words in use, no leading zero word */
    uint32_t words[BIG_WORDS];
} Big;

static void big_set(Big *big, uint128 number) {
    big->count = 0;
    for (; number != 0; number >>= 32) {
        big->words[big->count++] = (uint32_t)number;
    }
}

static void big_multiply(Big *big, uint32_t factor) {
    if (factor == 0) {
        big->count = 0;
    }
    uint64_t carry = 0;
    for (int32_t i = 0; i < big->count; i++) {
        carry += (uint64_t)big->words[i] * factor;
        big->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0) {
        big->words[big->count++] = (uint32_t)carry;
    }
}

static void big_multiply_power_of_ten(Big *big, int32_t power) {
    for (; power >= 9; power -= 9) {
        big_multiply(big, 1000000000);
    }
    big_multiply(big, (uint32_t)number_power_of_ten(power));
}

static void big_shift_left(Big *big, int32_t bits) {
    int32_t words = bits / 32;
    if (words > 0 && big->count > 0) {
        memmove(big->words + words, big->words, (size_t)big->count * sizeof big->words[0]);
        memset(big->words, 0, (size_t)words * sizeof big->words[0]);
        big->count += words;
    }
    if (bits % 32 != 0) {
        big_multiply(big, UINT32_C(1) << (bits % 32));
    }
}

static int big_compare(const Big *left, const Big *right) {
    if (left->count != right->count) {
        return left->count < right->count ? -1 : 1;
    }
    for (int32_t i = left->count - 1; i >= 0; i--) {
        if (left->words[i] != right->words[i]) {
            return left->words[i] < right->words[i] ? -1 : 1;
        }
    }
    return 0;
}

static void big_add(Big *left, const Big *right) {
    while (left->count < right->count) {
        left->words[left->count++] = 0;
    }
    uint64_t carry = 0;
    for (int32_t i = 0; i < left->count; i++) {
        carry += (uint64_t)left->words[i] + (i < right->count ? right->words[i] : 0);
        left->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0) {
        left->words[left->count++] = (uint32_t)carry;
    }
}

/* left + right compared with third. */
static int big_compare_sum(const Big *left, const Big *right, const Big *third) {
    Big sum = *left;
    big_add(&sum, right);
    return big_compare(&sum, third);
}

/* left -= right; left is not the smaller one. */
static void big_subtract(Big *left, const Big *right) {
    int64_t borrow = 0;
    for (int32_t i = 0; i < left->count; i++) {
        borrow += (int64_t)left->words[i] - (i < right->count ? (int64_t)right->words[i] : 0);
        left->words[i] = (uint32_t)borrow;
        borrow = borrow < 0 ? -1 : 0;
    }
    while (left->count > 0 && left->words[left->count - 1] == 0) {
        left->count--;
    }
}

/* The quotient, which is at most 9; `left` keeps the remainder. */
static uint32_t big_divide_small(Big *left, const Big *right) {
    uint32_t quotient = 0;
    while (big_compare(left, right) >= 0) {
        big_subtract(left, right);
        quotient++;
    }
    return quotient;
}

/* A double's parts: mantissa × 2^exponent. Positive and finite. */
static uint64_t real_split(double real, int32_t *exponent) {
    uint64_t bits;
    memcpy(&bits, &real, sizeof bits);
    uint64_t mantissa = bits & ((UINT64_C(1) << 52) - 1);
    int32_t biased = (int32_t)(bits >> 52) & 0x7ff;
    if (biased == 0) {
        *exponent = -1074;
        return mantissa;
    }
    *exponent = biased - 1075;
    return mantissa | UINT64_C(1) << 52;
}

/* Requirement 1. The value is rest / unit × 10^(first digit's exponent); below and above are half the
** distances to the neighbours, in the same measure. */
typedef struct Shortest {
    Big rest;
    Big unit;
    Big below;
    Big above;
    bool even; /* the boundaries belong to this double */
} Shortest;

static bool shortest_may_stop_low(const Shortest *state) {
    int order = big_compare(&state->rest, &state->below);
    return order < 0 || (order == 0 && state->even);
}

static bool shortest_may_stop_high(const Shortest *state) {
    int order = big_compare_sum(&state->rest, &state->above, &state->unit);
    return order > 0 || (order == 0 && state->even);
}

/* Sets up for a positive double; returns the exponent of its first digit. */
static int32_t shortest_begin(Shortest *state, double real) {
    int32_t exponent;
    uint64_t mantissa = real_split(real, &exponent);
    /* Twice everything, so that half a step is whole; twice again where the step below is half. */
    bool narrow = mantissa == UINT64_C(1) << 52 && exponent > -1074;
    int32_t up = (exponent > 0 ? exponent : 0) + 1 + narrow;
    int32_t down = (exponent < 0 ? -exponent : 0) + 1 + narrow;
    state->even = (mantissa & 1) == 0;
    big_set(&state->rest, mantissa);
    big_shift_left(&state->rest, up);
    big_set(&state->unit, 1);
    big_shift_left(&state->unit, down);
    big_set(&state->below, 1);
    big_shift_left(&state->below, exponent > 0 ? exponent : 0);
    state->above = state->below;
    if (narrow) {
        big_shift_left(&state->above, 1);
    }
    /* floor(log10) from the binary length may be one too low; the test below mends it. */
    int32_t length =
        64 - __builtin_clzll(mantissa) + exponent; /* 2^(length-1) <= real < 2^length */
    int32_t first = (int32_t)floor((double)(length - 1) * 0.30102999566398114);
    if (first >= 0) {
        big_multiply_power_of_ten(&state->unit, first);
    } else {
        big_multiply_power_of_ten(&state->rest, -first);
        big_multiply_power_of_ten(&state->below, -first);
        big_multiply_power_of_ten(&state->above, -first);
    }
    /* Now rest / unit is below 20: scale so that it, or what it may round up to, is below 10. */
    Big tenth = state->unit;
    big_multiply(&tenth, 10);
    /* Equal for one double, whose boundary is 10^23 and belongs to it: it is even. */
    if (big_compare_sum(&state->rest, &state->above, &tenth) >= 0) {
        state->unit = tenth;
        first++;
    }
    return first;
}

static Decimal shortest_digits(double real) {
    Shortest state;
    int32_t exponent = shortest_begin(&state, real);
    Decimal result = {0};
    for (;; exponent--) {
        result.digits = result.digits * 10 + big_divide_small(&state.rest, &state.unit);
        bool low = shortest_may_stop_low(&state);
        bool high = shortest_may_stop_high(&state);
        if (low || high) {
            int half = big_compare_sum(&state.rest, &state.rest, &state.unit);
            bool nearer_above = half > 0 || (half == 0 && (result.digits & 1) != 0);
            if (high && (!low || nearer_above)) {
                result.digits++;
            }
            break;
        }
        big_multiply(&state.rest, 10);
        big_multiply(&state.below, 10);
        big_multiply(&state.above, 10);
    }
    result.exponent = exponent;
    return result;
}

/* Drops trailing zeros; the digits are not 0. */
static Decimal real_trimmed(Decimal decimal) {
    while (decimal.digits % 10 == 0) {
        decimal.digits /= 10;
        decimal.exponent++;
    }
    return decimal;
}

Decimal number_shortest(double real) {
    Decimal result = {0};
    double magnitude = fabs(real);
    if (magnitude == 0) {
        return result;
    }
    double scaled = magnitude * 1e6;
    if (scaled < 1e15) { /* Requirement 2 */
        int64_t whole = (int64_t)(scaled + 0.5);
        if ((double)whole / 1e6 == magnitude) {
            result.digits = (uint128)whole;
            result.exponent = -6;
        }
    }
    if (result.digits == 0) {
        result = shortest_digits(magnitude);
    }
    result.negative = real < 0;
    return real_trimmed(result);
}

static Decimal real_of_integer(int64_t integer) {
    Decimal result = {.negative = integer < 0};
    result.digits = integer < 0 ? (uint128)0 - (uint128)integer : (uint128)integer;
    return integer == 0 ? result : real_trimmed(result);
}

bool number_of_value(const Value *value, Decimal *out) {
    if (value->type == VALUE_INTEGER) {
        *out = real_of_integer(value->as.integer);
        return true;
    }
    if (value->type == VALUE_REAL) {
        if (!isfinite(value->as.real)) {
            return false;
        }
        *out = number_shortest(value->as.real);
        return true;
    }
    if (value->type != VALUE_TEXT) {
        return false;
    }
    const char *text = value->as.bytes;
    size_t length = value->length;
    while (length > 0 && value_is_blank_byte(text[0])) {
        text++;
        length--;
    }
    while (length > 0 && value_is_blank_byte(text[length - 1])) {
        length--;
    }
    return number_read(text, length, true, true, out);
}

/* Requirement 3: numerator / denominator, both above 0, as the nearest double. */
static double big_quotient(Big *numerator, Big *denominator) {
    /* Scale to 1 <= numerator / denominator < 2; the quotient is that × 2^exponent. */
    int32_t exponent = 32 * (numerator->count - denominator->count);
    big_shift_left(exponent > 0 ? denominator : numerator, exponent > 0 ? exponent : -exponent);
    while (big_compare(numerator, denominator) < 0) {
        big_multiply(numerator, 2);
        exponent--;
    }
    for (;;) {
        Big twice = *denominator;
        big_multiply(&twice, 2);
        if (big_compare(numerator, &twice) < 0) {
            break;
        }
        *denominator = twice;
        exponent++;
    }
    int32_t bits = exponent < -1022 ? 53 + exponent + 1022 : 53; /* fewer for subnormal doubles */
    if (bits < 0) {
        return 0.0;
    }
    uint64_t quotient = 0;
    for (int32_t i = 0; i < bits; i++) {
        quotient = quotient * 2 + big_divide_small(numerator, denominator);
        big_multiply(numerator, 2);
    }
    /* numerator / denominator is now twice what the last bit leaves, below 2. */
    int order = big_compare(numerator, denominator);
    if (order > 0 || (order == 0 && (quotient & 1) != 0)) {
        quotient++;
    }
    return ldexp((double)quotient, exponent - bits + 1);
}

/* big *= factor, without its power of ten. What was cut off from a text of more than 38 digits is
** left out: the result is then within 10^-37 of its own size. */
static void big_multiply_decimal(Big *big, const Decimal *factor) {
    Big sum = {0};
    for (int32_t word = 3; word >= 0; word--) {
        Big part = *big;
        big_multiply(&part, (uint32_t)(factor->digits >> (32 * word)));
        big_shift_left(&sum, 32);
        big_add(&sum, &part);
    }
    *big = sum;
}

double number_ratio(const Decimal *numerators, size_t numerator_count, const Decimal *denominators,
                    size_t denominator_count) {
    Big numerator = {1, {1}};
    Big denominator = {1, {1}};
    int32_t exponent = 0;
    bool negative = false;
    for (size_t i = 0; i < numerator_count; i++) {
        if (numerators[i].digits == 0) {
            return 0.0;
        }
        big_multiply_decimal(&numerator, &numerators[i]);
        exponent += numerators[i].exponent;
        negative ^= numerators[i].negative;
    }
    for (size_t i = 0; i < denominator_count; i++) {
        big_multiply_decimal(&denominator, &denominators[i]);
        exponent -= denominators[i].exponent;
        negative ^= denominators[i].negative;
    }
    double result;
    if (exponent > REAL_EXPONENT_LIMIT) {
        result = HUGE_VAL;
    } else if (exponent < -REAL_EXPONENT_LIMIT) {
        result = 0.0;
    } else {
        big_multiply_power_of_ten(exponent > 0 ? &numerator : &denominator,
                                  exponent > 0 ? exponent : -exponent);
        result = big_quotient(&numerator, &denominator);
    }
    return negative ? -result : result;
}

double number_real(const Decimal *decimal) {
    if (decimal->digits > (uint128)INT64_MAX || decimal->exponent > 0 || decimal->exponent < -37) {
        return number_ratio(decimal, 1, NULL, 0);
    }
    int128 digits = (int128)decimal->digits;
    return number_quotient(decimal->negative ? -digits : digits,
                           (int128)number_power_of_ten(-decimal->exponent));
}

size_t number_print_real(double real, char *out) {
    if (isnan(real) || isinf(real)) {
        const char *name = isnan(real) ? "NaN" : real < 0 ? "-Inf" : "Inf";
        memcpy(out, name, strlen(name) + 1);
        return strlen(name);
    }
    Decimal decimal = number_shortest(real);
    char digits[48];
    size_t count = number_print((int128)decimal.digits, 0, digits);
    int32_t first = decimal.exponent + (int32_t)count - 1; /* exponent of the first digit */
    size_t length = 0;
    if (decimal.negative) {
        out[length++] = '-';
    }
    if (first >= -4 && first <= 14) {
        if (decimal.exponent >= 0) {
            int128 whole = (int128)(decimal.digits * number_power_of_ten(decimal.exponent));
            length += number_print(whole, 0, out + length);
            memcpy(out + length, ".0", 3);
            return length + 2;
        }
        return length + number_print((int128)decimal.digits, -decimal.exponent, out + length);
    }
    out[length++] = digits[0];
    if (count > 1) {
        out[length++] = '.';
        memcpy(out + length, digits + 1, count - 1);
        length += count - 1;
    }
    out[length++] = 'e';
    out[length++] = first < 0 ? '-' : '+';
    int32_t size = first < 0 ? -first : first;
    if (size < 10) { /* two digits at least, as C and SQL write it */
        out[length++] = '0';
    }
    return length + number_print(size, 0, out + length);
}
