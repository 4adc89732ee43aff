/* value_key.h: values as keys and names: ordered as SQLite orders them, written and read.
**
** 1. A key comes back with its type; 1 and 1.0 are one key, given back as INTEGER (functions.md 3).
** 2. Order: NULL, numbers by value, TEXT by bytes, BLOB by bytes: ORDER BY without collation.
** 3. One spelling for each: NaN and whole REALs are refused.
** 4. Whether two keys are the same is asked once a row. So a key has ends, two words made of its first
**    and its last 8 bytes: keys of up to 16 bytes are spelt the same when form (type, length) and ends
**    are the same (1 and 1.0 are spelt as two).
*/
#ifndef KEFU_CORE_VALUE_KEY_H
#define KEFU_CORE_VALUE_KEY_H

#include <string.h>

#include "core/base/buffer.h"
#include "core/base/value.h"

/* <0, 0, >0, by requirement 2; both are canonical (identity.h). */
int value_key_compare(const Value *left, const Value *right);

/* Requirement 4. */
typedef struct KeyEnds {
    uint64_t first;
    uint64_t last;
} KeyEnds;

#define VALUE_KEY_ENDS 16 /* bytes that the ends hold all of */

/* A load of so many bytes, 0 to 8, wherever they lie. Numbers differ between byte orders, and are
** only compared with one another. */
static inline uint64_t value_key_load(const char *bytes, uint32_t count) {
    uint64_t word = 0;
    if (count >= 8) {
        memcpy(&word, bytes, 8);
    } else if (count >= 4) { /* two loads that may overlap */
        uint32_t low;
        uint32_t high;
        memcpy(&low, bytes, 4);
        memcpy(&high, bytes + count - 4, 4);
        word = (uint64_t)high << 32 | low;
    } else if (count > 0) {
        const unsigned char *at = (const unsigned char *)bytes;
        word = (uint64_t)at[0] | (uint64_t)at[count / 2] << 8 | (uint64_t)at[count - 1] << 16;
    }
    return word;
}

static inline KeyEnds value_key_ends(const Value *key) {
    KeyEnds ends = {0, 0};
    if (key->type == VALUE_TEXT || key->type == VALUE_BLOB) {
        const uint32_t length = key->length;
        ends.first = value_key_load(key->as.bytes, length);
        ends.last = length > 8 ? value_key_load(key->as.bytes + length - 8, 8) : 0;
    } else if (key->type != VALUE_NULL) {
        memcpy(&ends.first, &key->as, sizeof ends.first);
    }
    return ends;
}

/* Type and length as one word, never 0. */
static inline uint64_t value_key_form(const Value *key) {
    return (uint64_t)key->length << 8 | ((uint64_t)key->type + 1);
}

/* One byte of type, then INTEGER as a signed varint, REAL as 8 bytes, TEXT and BLOB as their length
** and bytes. Reading borrows the bytes; a broken reader or an unknown type: false. */
void value_key_write(const Value *key, Buffer *out);
bool value_key_read(Value *key, Reader *reader);

#endif
