/* identity.h: who a customer is, and which key a row belongs to, in 128 bits.
**
** 1. Two values have one identity exactly when SQLite's = without collation calls them equal: 1 and
**    1.0 are one, 1 and '1' are two, TEXT and BLOB compare by bytes (functions.md 2, customers).
** 2. Whole numbers are mixed by a bijection of 64 bits, so they never collide with one another; TEXT
**    and BLOB are hashed by XXH3-128 under seeds of their own (state.md 4).
** 3. Function, seeds and tags are part of the stored format: changing one is a new format version.
** 4. Identities are spread evenly over their high word, which sorting and searching rely on for speed
**    and never for correctness.
*/
#ifndef KEFU_CORE_IDENTITY_H
#define KEFU_CORE_IDENTITY_H

#include "core/base/value.h"

typedef struct Identity {
    uint64_t high; /* compared first */
    uint64_t low;
} Identity;

/* Requirement 3: the low word of whole numbers. */
#define IDENTITY_INTEGER UINT64_C(0x696e740000000000)

/* Bijective finaliser (David Stafford's variant 13): distinct words stay distinct. */
static inline uint64_t identity_mix(uint64_t word) {
    word = (word ^ (word >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    word = (word ^ (word >> 27)) * UINT64_C(0x94d049bb133111eb);
    return word ^ (word >> 31);
}

/* Requirement 2. */
static inline Identity identity_of_integer(int64_t integer) {
    const Identity identity = {identity_mix((uint64_t)integer), IDENTITY_INTEGER};
    return identity;
}

/* The identity of a value; NULL has one too (a key may be NULL). Inline for whole numbers: it runs
** once a row. */
Identity identity_of_any(const Value *value);
static inline Identity identity_of(const Value *value) {
    if (value->type == VALUE_INTEGER) {
        return identity_of_integer(value->as.integer);
    }
    const Value other = *value; /* the original needs no address: see value.h, requirement 3 */
    return identity_of_any(&other);
}

/* Where a REAL is a whole number of 64 bits, the INTEGER that = calls equal; else the value itself
** (with -0.0 as INTEGER 0). The form in which keys are given back. */
Value identity_canonical(const Value *value);

static inline bool identity_equal(Identity left, Identity right) {
    return left.high == right.high && left.low == right.low;
}

static inline int identity_compare(Identity left, Identity right) {
    if (left.high != right.high) {
        return left.high < right.high ? -1 : 1;
    }
    return left.low == right.low ? 0 : left.low < right.low ? -1 : 1;
}

#endif
