/* number.c: whole numbers of 128 bits: rounding division, nearest quotient, decimals from text and to
** text. The way between doubles and decimals is number_real.c.
**
** 1. Every rounding in kefu is number_round(): one rule for quotients and for decimals.
** 2. Magnitudes are unsigned, signs are apart: the smallest int128 is no special case, and all
**    roundings are symmetric about zero.
*/
#include "core/base/number.h"

#include <math.h>
#include <string.h>

#define NUMBER_DIGITS 38 /* a Decimal keeps so many */
#define NUMBER_EXPONENT_LIMIT 1000000
#define NUMBER_DOUBLE_BITS 53
#define NUMBER_EXACT_LIMIT                                                                         \
    (INT64_C(1) << NUMBER_DOUBLE_BITS) /* doubles hold whole numbers up to it */

// clang-format off
static const uint64_t number_powers[20] = {
    UINT64_C(1), UINT64_C(10), UINT64_C(100), UINT64_C(1000), UINT64_C(10000), UINT64_C(100000),
    UINT64_C(1000000), UINT64_C(10000000), UINT64_C(100000000), UINT64_C(1000000000),
    UINT64_C(10000000000), UINT64_C(100000000000), UINT64_C(1000000000000),
    UINT64_C(10000000000000), UINT64_C(100000000000000), UINT64_C(1000000000000000),
    UINT64_C(10000000000000000), UINT64_C(100000000000000000), UINT64_C(1000000000000000000),
    UINT64_C(10000000000000000000),
};
// clang-format on

uint128 number_power_of_ten(int32_t power) {
    return power < 20 ? number_powers[power]
                      : (uint128)number_powers[19] * number_powers[power - 19];
}

static uint128 number_magnitude(int128 number) {
    return number < 0 ? (uint128)0 - (uint128)number : (uint128)number;
}

static int128 number_signed(uint128 magnitude, bool negative) {
    return negative ? -(int128)(magnitude - 1) - 1 : (int128)magnitude;
}

/* Requirement 1: the whole number for quotient + (remainder, and a bit more where `more`) / divisor.
** remainder < divisor. */
static uint128 number_round(uint128 quotient, uint128 remainder, uint128 divisor, bool more,
                            Rounding rounding) {
    if (remainder == 0 && !more) {
        return quotient;
    }
    uint128 missing = divisor - remainder; /* comparing with this cannot overflow as 2r would */
    bool above_half = remainder > missing || (remainder == missing && more);
    bool half = remainder == missing && !more;
    bool up = rounding == ROUND_UP || (rounding == ROUND_HALF_UP && (above_half || half)) ||
              (rounding == ROUND_HALF_EVEN && (above_half || (half && (quotient & 1) != 0)));
    return up ? quotient + 1 : quotient;
}

int128 number_divide(int128 numerator, int128 denominator, Rounding rounding) {
    uint128 dividend = number_magnitude(numerator);
    uint128 divisor = (uint128)denominator;
    uint128 quotient =
        number_round(dividend / divisor, dividend % divisor, divisor, false, rounding);
    return quotient == 0 ? 0 : number_signed(quotient, numerator < 0);
}

static int32_t number_bit_length(uint128 number) {
    uint64_t high = (uint64_t)(number >> 64);
    uint64_t low = (uint64_t)number;
    if (high != 0) {
        return 128 - __builtin_clzll(high);
    }
    return low == 0 ? 0 : 64 - __builtin_clzll(low);
}

double number_quotient(int128 numerator, int128 denominator) {
    uint128 dividend = number_magnitude(numerator);
    uint128 divisor = number_magnitude(denominator);
    bool negative = (numerator < 0) != (denominator < 0);
    double result;
    if (dividend == 0) {
        return 0.0;
    }
    if (dividend <= (uint128)NUMBER_EXACT_LIMIT && divisor <= (uint128)NUMBER_EXACT_LIMIT) {
        result =
            (double)(int64_t)dividend / (double)(int64_t)divisor; /* one rounding, by IEEE 754 */
    } else {
        /* Long division until the quotient has two bits more than a double, then round by hand.
        ** The remainder is below 2^127, so doubling it fits. */
        uint128 quotient = dividend / divisor;
        uint128 remainder = dividend % divisor;
        int32_t exponent = 0;
        while (number_bit_length(quotient) < NUMBER_DOUBLE_BITS + 2) {
            remainder <<= 1;
            quotient <<= 1;
            exponent--;
            if (remainder >= divisor) {
                remainder -= divisor;
                quotient |= 1;
            }
        }
        int32_t excess = number_bit_length(quotient) - NUMBER_DOUBLE_BITS; /* >= 2 */
        uint128 step = (uint128)1 << excess;
        quotient = number_round(quotient >> excess, quotient & (step - 1), step, remainder != 0,
                                ROUND_HALF_EVEN);
        result = ldexp((double)(int64_t)quotient, exponent + excess);
    }
    return negative ? -result : result;
}

/* Reads the exponent after the e; the sum saturates (it cannot overflow). False: no number. */
static bool number_read_exponent(const char *at, const char *end, int64_t *exponent) {
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+')) {
        at++;
    }
    if (at == end) {
        return false;
    }
    int64_t written = 0;
    for (; at < end; at++) {
        if (*at < '0' || *at > '9') {
            return false;
        }
        if (written < INT64_C(100000000000)) {
            written = written * 10 + (*at - '0');
        }
    }
    *exponent += negative ? -written : written;
    return true;
}

static int32_t number_saturate(int64_t exponent) {
    if (exponent > NUMBER_EXPONENT_LIMIT) {
        return NUMBER_EXPONENT_LIMIT;
    }
    return exponent < -NUMBER_EXPONENT_LIMIT ? -NUMBER_EXPONENT_LIMIT : (int32_t)exponent;
}

bool number_read(const char *text, size_t length, bool exponent, bool lenient, Decimal *out) {
    const char *at = text;
    const char *end = text + length;
    *out = (Decimal){.negative = length > 0 && text[0] == '-'};
    if (at < end && (*at == '-' || *at == '+')) {
        at++;
    }
    const char *whole = at;
    const char *point = NULL;
    int64_t scale = 0; /* exponent of the last digit read */
    int64_t kept = 0;  /* significant digits kept */
    int64_t below = 0; /* digits read below the last one kept: zeros, or cut off */
    for (; at < end && ((*at >= '0' && *at <= '9') || (*at == '.' && point == NULL)); at++) {
        if (*at == '.') {
            point = at;
            continue;
        }
        scale -= point != NULL;
        below += kept > 0;
        if (*at == '0') {
            continue;
        }
        if (kept + below > NUMBER_DIGITS) {
            int64_t room = NUMBER_DIGITS - kept;
            out->digits *= number_power_of_ten((int32_t)room);
            out->inexact = true;
            kept += room;
            below -= room;
            continue;
        }
        int64_t shift = kept > 0 ? below : 1;
        out->digits *= number_power_of_ten((int32_t)shift);
        out->digits += (uint128)(unsigned char)(*at - '0');
        kept += shift;
        below = 0;
    }
    bool before = (point != NULL ? point : at) > whole;
    bool after = point != NULL && at > point + 1;
    if ((!before && !after) || (point != NULL && !lenient && !(before && after))) {
        return false;
    }
    scale += below;
    if (at < end &&
        (!exponent || (*at != 'e' && *at != 'E') || !number_read_exponent(at + 1, end, &scale))) {
        return false;
    }
    if (out->digits == 0) {
        out->negative = false;
    } else {
        out->exponent = number_saturate(scale);
    }
    return true;
}

bool number_scale(const Decimal *decimal, int32_t places, Rounding rounding, int128 *out,
                  bool *rounded) {
    int32_t shift = decimal->exponent + places;
    uint128 limit = number_power_of_ten(37);
    uint128 result;
    bool lost = decimal->digits != 0 && shift < 0; /* its last digit is no zero */
    if (decimal->digits == 0) {
        result = 0;
    } else if (shift >= 0) {
        /* `inexact` means 38 digits: beyond the limit. */
        if (shift > 37 || decimal->inexact ||
            decimal->digits > limit / number_power_of_ten(shift)) {
            return false;
        }
        result = decimal->digits * number_power_of_ten(shift);
    } else if (shift >= -NUMBER_DIGITS) {
        uint128 divisor = number_power_of_ten(-shift);
        uint128 remainder = decimal->digits % divisor;
        result =
            number_round(decimal->digits / divisor, remainder, divisor, decimal->inexact, rounding);
    } else {
        /* below a tenth: never half-way */
        result = rounding == ROUND_UP ? 1 : 0;
    }
    *out = result == 0 ? 0 : number_signed(result, decimal->negative);
    if (rounded != NULL) {
        *rounded = lost;
    }
    return true;
}

size_t number_print(int128 number, int32_t places, char *out) {
    uint128 rest = number_magnitude(number);
    while (places > 0 && rest % 10 == 0) {
        rest /= 10;
        places--;
    }
    char reversed[48];
    size_t count = 0;
    while (rest != 0 || places >= 0) { /* at least one digit before the point */
        reversed[count++] = (char)('0' + (int)(rest % 10));
        rest /= 10;
        places--;
        if (places == 0) {
            reversed[count++] = '.';
        }
    }
    size_t length = 0;
    if (number < 0) {
        out[length++] = '-';
    }
    while (count > 0) {
        out[length++] = reversed[--count];
    }
    out[length] = '\0';
    return length;
}
