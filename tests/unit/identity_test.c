/* identity_test.c: who is who (core/sets/identity.h; functions.md 2, customers; state.md 4). */
#include "core/sets/identity.h"

#include <math.h>
#include <stdio.h>

#include "trial.h"

static Value blob(const char *bytes, uint32_t length) {
    return (Value){VALUE_BLOB, length, {.bytes = bytes}};
}

#define TEXT(literal) value_of_text(literal, sizeof(literal) - 1)
#define BLOB(literal) blob(literal, sizeof(literal) - 1)
#define NULL_VALUE ((Value){.type = VALUE_NULL})

/* Classes of values; = holds within a class and nowhere else. */
static const struct {
    int class;
    Value value;
} VALUES[] = {
    {0, {VALUE_NULL, 0, {0}}},
    {1, {VALUE_INTEGER, 0, {.integer = 0}}},
    {1, {VALUE_REAL, 0, {.real = 0.0}}},
    {1, {VALUE_REAL, 0, {.real = -0.0}}},
    {2, {VALUE_INTEGER, 0, {.integer = 1}}},
    {2, {VALUE_REAL, 0, {.real = 1.0}}},
    {3, {VALUE_TEXT, 1, {.bytes = "1"}}},
    {4, {VALUE_BLOB, 1, {.bytes = "1"}}},
    {5, {VALUE_TEXT, 3, {.bytes = "1.0"}}},
    {6, {VALUE_REAL, 0, {.real = 1.5}}},
    {7, {VALUE_INTEGER, 0, {.integer = -1}}},
    {7, {VALUE_REAL, 0, {.real = -1.0}}},
    {8, {VALUE_INTEGER, 0, {.integer = INT64_C(9007199254740992)}}},
    {8, {VALUE_REAL, 0, {.real = 9007199254740992.0}}},
    {9, {VALUE_INTEGER, 0, {.integer = INT64_C(9007199254740993)}}},
    {10, {VALUE_INTEGER, 0, {.integer = INT64_MAX}}},
    {11, {VALUE_REAL, 0, {.real = 9223372036854775808.0}}},
    {12, {VALUE_INTEGER, 0, {.integer = INT64_MIN}}},
    {12, {VALUE_REAL, 0, {.real = -9223372036854775808.0}}},
    {13, {VALUE_REAL, 0, {.real = -9223372036854777856.0}}},
    {14, {VALUE_REAL, 0, {.real = INFINITY}}},
    {15, {VALUE_REAL, 0, {.real = -INFINITY}}},
    {16, {VALUE_REAL, 0, {.real = 5e-324}}},
    {17, {VALUE_TEXT, 0, {.bytes = ""}}},
    {18, {VALUE_BLOB, 0, {.bytes = NULL}}},
    {18, {VALUE_BLOB, 0, {.bytes = ""}}},
    {19, {VALUE_TEXT, 1, {.bytes = "a"}}},
    {20, {VALUE_TEXT, 1, {.bytes = "A"}}},
    {21, {VALUE_TEXT, 2, {.bytes = "a "}}},
    {22, {VALUE_TEXT, 2, {.bytes = "a\0"}}},
    {23, {VALUE_TEXT, 3, {.bytes = "a\0b"}}},
    {24, {VALUE_BLOB, 1, {.bytes = "a"}}},
};
#define VALUE_COUNT (sizeof VALUES / sizeof VALUES[0])

Test(identity, r1_one_exactly_where_equal) {
    for (size_t i = 0; i < VALUE_COUNT; i++) {
        for (size_t j = 0; j < VALUE_COUNT; j++) {
            Identity left = identity_of(&VALUES[i].value);
            Identity right = identity_of(&VALUES[j].value);
            cr_expect_eq(identity_equal(left, right), VALUES[i].class == VALUES[j].class,
                         "values %zu and %zu", i, j);
            int order = identity_compare(left, right);
            cr_expect_eq(order == 0, identity_equal(left, right));
            cr_expect_eq(order, -identity_compare(right, left));
        }
    }
}

Test(identity, r1_bytes_at_any_address_are_the_same) {
    char bytes[600];
    for (size_t length = 0; length < 500; length++) {
        Identity first = {0, 0};
        for (size_t shift = 0; shift < 8; shift++) {
            for (size_t i = 0; i < length; i++) {
                bytes[shift + i] = (char)(i * 7 + length);
            }
            Value value = value_of_text(bytes + shift, length);
            Identity now = identity_of(&value);
            cr_assert(shift == 0 || identity_equal(first, now), "length %zu", length);
            first = now;
        }
    }
}

/* The inverse of word ^ word >> shift, and of a factor. */
static uint64_t unshift(uint64_t word, int shift) {
    uint64_t known = word;
    for (int i = 0; i < 64 / shift; i++) {
        known = word ^ (known >> shift);
    }
    return known;
}

static uint64_t inverse_of(uint64_t factor) {
    uint64_t inverse = factor; /* Newton: each step doubles the bits that are right */
    for (int i = 0; i < 6; i++) {
        inverse *= 2 - factor * inverse;
    }
    return inverse;
}

/* A function that can be undone maps no two words to one. */
Test(identity, r2_whole_numbers_never_collide) {
    uint64_t seed = 1;
    for (int i = 0; i < 100000; i++) {
        int64_t number = i < 1000 ? i - 500 : (int64_t)trial_random(&seed);
        Value value = value_of_integer(number);
        Identity identity = identity_of(&value);
        uint64_t word = unshift(identity.high, 31) * inverse_of(UINT64_C(0x94d049bb133111eb));
        word = unshift(word, 27) * inverse_of(UINT64_C(0xbf58476d1ce4e5b9));
        cr_assert_eq((int64_t)unshift(word, 30), number);
        cr_assert_eq(identity.low, UINT64_C(0x696e740000000000));
    }
}

/* Format version 1, for ever: high word, low word. */
Test(identity, r3_stored_form) {
    char many[300]; /* XXH3 has other ways for 1-16, 17-128, 129-240 and more bytes */
    memset(many, 'k', sizeof many);
    const struct {
        Value value;
        Identity identity;
    } stored[] = {
        {NULL_VALUE, {0, UINT64_C(0x6e756c6c00000000)}},
        {value_of_integer(0), {0, UINT64_C(0x696e740000000000)}},
        {value_of_integer(1), {UINT64_C(0x5692161d100b05e5), UINT64_C(0x696e740000000000)}},
        {value_of_integer(-1), {UINT64_C(0xb4d055fcf2cbbd7b), UINT64_C(0x696e740000000000)}},
        {value_of_integer(INT64_MIN), {UINT64_C(0x25c26ea579cea98a), UINT64_C(0x696e740000000000)}},
        {value_of_integer(INT64_MAX), {UINT64_C(0x5a682afe7965debd), UINT64_C(0x696e740000000000)}},
        {value_of_real(1.5), {UINT64_C(0xe72b41d4576e3468), UINT64_C(0x7265616c00000000)}},
        {TEXT(""), {UINT64_C(0x0d661169b0310575), UINT64_C(0xcc52ce77a71bbe09)}},
        {TEXT("c1"), {UINT64_C(0xcbd50d85453f7bcf), UINT64_C(0xcebd47fcceb19173)}},
        {TEXT("张三"), {UINT64_C(0x6b2b9654072b94d0), UINT64_C(0x0c76ef01fa1fc1a8)}},
        {value_of_text(many, 16), {UINT64_C(0x326fc2e587c5dd94), UINT64_C(0x5cbf3a8387d91345)}},
        {value_of_text(many, 100), {UINT64_C(0xd7eca3fe70c6d188), UINT64_C(0x31bea31f24451d4b)}},
        {value_of_text(many, 200), {UINT64_C(0x099eccf62fb58780), UINT64_C(0x3d7469074ad58783)}},
        {value_of_text(many, 300), {UINT64_C(0x966919d3b43ce223), UINT64_C(0x73afbf00336b377b)}},
        {BLOB("c1"), {UINT64_C(0xffa658fe5aea3863), UINT64_C(0x3533defe9375df62)}},
        {BLOB(""), {UINT64_C(0x65cf81b7008bc237), UINT64_C(0x4eb759790fdf71e9)}},
    };
    for (size_t i = 0; i < sizeof stored / sizeof stored[0]; i++) {
        Identity now = identity_of(&stored[i].value);
        cr_expect(identity_equal(now, stored[i].identity),
                  "value %zu: {UINT64_C(0x%016llx), UINT64_C(0x%016llx)}", i,
                  (unsigned long long)now.high, (unsigned long long)now.low);
    }
}

Test(identity, r4_evenly_spread_over_the_high_word) {
    enum { BUCKETS = 256, EACH = 400 };
    for (int kind = 0; kind < 3; kind++) {
        int found[BUCKETS] = {0};
        for (int i = 0; i < BUCKETS * EACH; i++) {
            char text[24];
            int length = snprintf(text, sizeof text, "%d", i);
            Value value = kind == 0   ? value_of_integer(i)
                          : kind == 1 ? value_of_text(text, (size_t)length)
                                      : value_of_real(i + 0.5);
            found[identity_of(&value).high >> 56]++;
        }
        for (int i = 0; i < BUCKETS; i++) { /* six standard deviations of 20 */
            cr_expect(found[i] > EACH - 120 && found[i] < EACH + 120, "kind %d: %d", kind,
                      found[i]);
        }
    }
}

Test(identity, canonical_reals_become_whole_numbers) {
    static const struct {
        double real;
        bool whole;
        int64_t integer;
    } cases[] = {
        {0.0, true, 0},
        {-0.0, true, 0},
        {1.0, true, 1},
        {-3.0, true, -3},
        {1.5, false, 0},
        {9007199254740993.0, true, INT64_C(9007199254740992)},
        {9223372036854774784.0, true, INT64_C(9223372036854774784)},
        {9223372036854775808.0, false, 0},
        {-9223372036854775808.0, true, INT64_MIN},
        {-9223372036854777856.0, false, 0},
        {INFINITY, false, 0},
        {-INFINITY, false, 0},
        {1e300, false, 0},
        {5e-324, false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Value value = value_of_real(cases[i].real);
        Value canonical = identity_canonical(&value);
        if (cases[i].whole) {
            cr_expect_eq(canonical.type, VALUE_INTEGER, "case %zu", i);
            cr_expect_eq(canonical.as.integer, cases[i].integer, "case %zu", i);
        } else {
            cr_expect_eq(canonical.type, VALUE_REAL, "case %zu", i);
            cr_expect(canonical.as.real == cases[i].real, "case %zu", i);
        }
    }
}
