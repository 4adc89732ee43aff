/* value.h: a value as SQL has it, free of the host that it came from.
**
** 1. Bytes of TEXT and BLOB are borrowed: they live as long as the host's value, need not end with
**    NUL, and may hold any byte.
** 2. Empty or blank TEXT counts as NULL in every argument but a key (functions.md 2): CSV imports
**    write it so.
** 3. On the way of a row a value has no address: inline functions read it, and hand a copy to those that
**    are not inline. With an address it lies in memory, where compilers read type and length as one
**    word just after they were written as two. A processor waits some twenty cycles for that.
*/
#ifndef KEFU_CORE_VALUE_H
#define KEFU_CORE_VALUE_H

#include "core/base/base.h"

typedef enum ValueType { VALUE_NULL, VALUE_INTEGER, VALUE_REAL, VALUE_TEXT, VALUE_BLOB } ValueType;

typedef struct Value {
    ValueType type;
    uint32_t length; /* bytes of TEXT or BLOB */
    union {
        int64_t integer;
        double real;
        const char *bytes; /* TEXT (UTF-8) or BLOB; may be NULL when length is 0 */
    } as;
} Value;

/* The usual ASCII blanks; nothing here follows a locale. */
static inline bool value_is_blank_byte(char byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Requirement 2: NULL, or TEXT of nothing but blanks. */
static inline bool value_is_missing(const Value *value) {
    if (value->type != VALUE_TEXT) {
        return value->type == VALUE_NULL;
    }
    uint32_t i = 0;
    while (i < value->length && value_is_blank_byte(value->as.bytes[i])) {
        i++;
    }
    return i == value->length;
}

static inline Value value_of_text(const char *bytes, size_t length) {
    Value value = {VALUE_TEXT, (uint32_t)length, {.bytes = bytes}};
    return value;
}

static inline Value value_of_integer(int64_t integer) {
    Value value = {VALUE_INTEGER, 0, {.integer = integer}};
    return value;
}

static inline Value value_of_real(double real) {
    Value value = {VALUE_REAL, 0, {.real = real}};
    return value;
}

#endif
