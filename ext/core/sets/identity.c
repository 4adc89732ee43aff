/* identity.c: see identity.h. */
#include "core/sets/identity.h"

#include <string.h>

#define XXH_INLINE_ALL
#define XXH_NO_STREAM
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wpedantic"
#endif
#include <xxhash.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

/* Requirement 3: the low words of the other types, and the seeds of the hashed ones. */
#define IDENTITY_NULL UINT64_C(0x6e756c6c00000000)
#define IDENTITY_REAL UINT64_C(0x7265616c00000000)
#define IDENTITY_TEXT_SEED UINT64_C(0x7465787400000001)
#define IDENTITY_BLOB_SEED UINT64_C(0x626c6f6200000001)

static Identity identity_of_bytes(const char *bytes, uint32_t length, uint64_t seed) {
    XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, length, seed);
    Identity identity = {hash.high64, hash.low64};
    return identity;
}

Value identity_canonical(const Value *value) {
    /* 2^63 is a double, and the first one that is too large; -2^63 is one that fits. */
    if (value->type == VALUE_REAL && value->as.real >= -9223372036854775808.0 &&
        value->as.real < 9223372036854775808.0) {
        int64_t whole = (int64_t)value->as.real;
        if ((double)whole == value->as.real) {
            return value_of_integer(whole);
        }
    }
    return *value;
}

Identity identity_of_any(const Value *value) {
    if (value->type == VALUE_TEXT) { /* by far the commonest of those that come here */
        return identity_of_bytes(value->as.bytes, value->length, IDENTITY_TEXT_SEED);
    }
    const Value canonical = identity_canonical(value); /* Requirement 1 */
    Identity identity = {0, IDENTITY_NULL};
    uint64_t bits;
    switch (canonical.type) { /* not covered: no other type */
    case VALUE_INTEGER:
        return identity_of_integer(canonical.as.integer);
    case VALUE_REAL:
        memcpy(&bits, &canonical.as.real, sizeof bits);
        identity.high = identity_mix(bits);
        identity.low = IDENTITY_REAL;
        break;
    case VALUE_BLOB:
        return identity_of_bytes(canonical.as.bytes, canonical.length, IDENTITY_BLOB_SEED);
    case VALUE_TEXT:
    case VALUE_NULL:
        break;
    }
    return identity;
}
