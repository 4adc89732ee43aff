/* rational.h: fractions of whole numbers of 832 bits: the arithmetic of test oracles. Nothing is
** reduced; a test whose numbers grow too long stops. */
#ifndef KEFU_TESTS_UNIT_RATIONAL_H
#define KEFU_TESTS_UNIT_RATIONAL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define RATIONAL_WORDS 26

/* A whole number >= 0, least significant word first. */
typedef struct Whole {
    uint32_t words[RATIONAL_WORDS];
} Whole;

typedef struct Rational {
    bool negative; /* false for 0 */
    Whole numerator;
    Whole denominator;
} Rational;

static inline Whole whole_of(uint64_t number) {
    Whole whole = {{(uint32_t)number, (uint32_t)(number >> 32)}};
    return whole;
}

static inline int whole_compare(const Whole *left, const Whole *right) {
    for (int i = RATIONAL_WORDS - 1; i >= 0; i--) {
        if (left->words[i] != right->words[i]) {
            return left->words[i] < right->words[i] ? -1 : 1;
        }
    }
    return 0;
}

static inline bool whole_is_zero(const Whole *whole) {
    for (int i = 0; i < RATIONAL_WORDS; i++) {
        if (whole->words[i] != 0) {
            return false;
        }
    }
    return true;
}

static inline Whole whole_add(const Whole *left, const Whole *right) {
    Whole sum;
    uint64_t carry = 0;
    for (int i = 0; i < RATIONAL_WORDS; i++) {
        carry += (uint64_t)left->words[i] + right->words[i];
        sum.words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0) {
        abort();
    }
    return sum;
}

/* left - right; left is not the smaller one. */
static inline Whole whole_subtract(const Whole *left, const Whole *right) {
    Whole rest;
    uint64_t borrow = 0;
    for (int i = 0; i < RATIONAL_WORDS; i++) {
        uint64_t difference = (uint64_t)left->words[i] - right->words[i] - borrow;
        rest.words[i] = (uint32_t)difference;
        borrow = difference >> 63;
    }
    return rest;
}

static inline Whole whole_multiply(const Whole *left, const Whole *right) {
    Whole product = {{0}};
    for (int i = 0; i < RATIONAL_WORDS; i++) {
        uint64_t carry = 0;
        if (left->words[i] == 0) {
            continue;
        }
        for (int k = 0; k < RATIONAL_WORDS; k++) {
            uint64_t term = (uint64_t)left->words[i] * right->words[k] + carry;
            if (i + k >= RATIONAL_WORDS) {
                if (term != 0) {
                    abort();
                }
                continue;
            }
            term += product.words[i + k];
            product.words[i + k] = (uint32_t)term;
            carry = term >> 32;
        }
    }
    return product;
}

/* left / right, rounded down; *rest is what remains. Bit by bit. */
static inline Whole whole_divide(const Whole *left, const Whole *right, Whole *rest) {
    Whole quotient = {{0}};
    *rest = whole_of(0);
    bool begun = false;
    for (int bit = 32 * RATIONAL_WORDS - 1; bit >= 0; bit--) {
        uint32_t next = left->words[bit / 32] >> (bit % 32) & 1;
        begun = begun || next != 0;
        if (!begun) {
            continue;
        }
        *rest = whole_add(rest, rest);
        rest->words[0] |= next;
        if (whole_compare(rest, right) >= 0) {
            *rest = whole_subtract(rest, right);
            quotient.words[bit / 32] |= UINT32_C(1) << (bit % 32);
        }
    }
    return quotient;
}

/* numerator / 10^places */
static inline Rational rational_of(int64_t numerator, int places) {
    Rational result = {numerator < 0,
                       whole_of(numerator < 0 ? 0 - (uint64_t)numerator : (uint64_t)numerator),
                       whole_of(1)};
    const Whole ten = whole_of(10);
    for (int i = 0; i < places; i++) {
        result.denominator = whole_multiply(&result.denominator, &ten);
    }
    return result;
}

static inline Rational rational_negate(Rational number) {
    number.negative = !number.negative && !whole_is_zero(&number.numerator);
    return number;
}

static inline Rational rational_add(Rational left, Rational right) {
    if (whole_compare(&left.denominator, &right.denominator) != 0) {
        Whole denominator = whole_multiply(&left.denominator, &right.denominator);
        left.numerator = whole_multiply(&left.numerator, &right.denominator);
        right.numerator = whole_multiply(&right.numerator, &left.denominator);
        left.denominator = denominator;
    }
    if (left.negative == right.negative) {
        left.numerator = whole_add(&left.numerator, &right.numerator);
    } else if (whole_compare(&left.numerator, &right.numerator) >= 0) {
        left.numerator = whole_subtract(&left.numerator, &right.numerator);
    } else {
        left.numerator = whole_subtract(&right.numerator, &left.numerator);
        left.negative = right.negative;
    }
    left.negative = left.negative && !whole_is_zero(&left.numerator);
    return left;
}

static inline Rational rational_subtract(Rational left, Rational right) {
    return rational_add(left, rational_negate(right));
}

static inline Rational rational_multiply(Rational left, Rational right) {
    left.numerator = whole_multiply(&left.numerator, &right.numerator);
    left.denominator = whole_multiply(&left.denominator, &right.denominator);
    left.negative = left.negative != right.negative && !whole_is_zero(&left.numerator);
    return left;
}

/* right is not 0 */
static inline Rational rational_divide(Rational left, Rational right) {
    Rational inverse = {right.negative, right.denominator, right.numerator};
    return rational_multiply(left, inverse);
}

static inline int rational_compare(Rational left, Rational right) {
    Rational difference = rational_subtract(left, right);
    return difference.negative ? -1 : whole_is_zero(&difference.numerator) ? 0 : 1;
}

static inline Rational rational_least(Rational left, Rational right) {
    return rational_compare(left, right) <= 0 ? left : right;
}

/* The floor of the magnitude, and how what is left compares with a half: -1, 0, 1; `exact`: nothing
** is left. The magnitude must be below 2^62. */
static inline int64_t rational_floor(const Rational *number, int *half, bool *exact) {
    Whole rest;
    Whole quotient = whole_divide(&number->numerator, &number->denominator, &rest);
    Whole twice = whole_add(&rest, &rest);
    *half = whole_compare(&twice, &number->denominator);
    *exact = whole_is_zero(&rest);
    for (int i = 2; i < RATIONAL_WORDS; i++) {
        if (quotient.words[i] != 0) {
            return INT64_MAX;
        }
    }
    uint64_t low = quotient.words[0] | (uint64_t)quotient.words[1] << 32;
    return low >> 62 != 0 ? INT64_MAX : (int64_t)low;
}

#endif
