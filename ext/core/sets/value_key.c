/* value_key.c: see value_key.h. */
#include "core/sets/value_key.h"

#include <string.h>

#include "core/sets/identity.h"

static int value_key_rank(ValueType type) {
    return type == VALUE_NULL ? 0 : type == VALUE_TEXT ? 2 : type == VALUE_BLOB ? 3 : 1;
}

/* A REAL that is no whole number of 64 bits against an INTEGER, exactly. */
static int value_key_compare_mixed(int64_t integer, double real) {
    if (real >= 9223372036854775808.0) {
        return -1;
    }
    if (real < -9223372036854775808.0) {
        return 1;
    }
    int64_t whole = (int64_t)real; /* toward zero; not real itself, which is canonical */
    if (integer != whole) {
        return integer < whole ? -1 : 1;
    }
    return real > (double)whole ? -1 : 1;
}

static int value_key_compare_numbers(const Value *left, const Value *right) {
    if (left->type == VALUE_INTEGER && right->type == VALUE_INTEGER) {
        return left->as.integer < right->as.integer ? -1 : left->as.integer > right->as.integer;
    }
    if (left->type == VALUE_REAL && right->type == VALUE_REAL) {
        return left->as.real < right->as.real ? -1 : left->as.real > right->as.real;
    }
    return left->type == VALUE_INTEGER ? value_key_compare_mixed(left->as.integer, right->as.real)
                                       : -value_key_compare_mixed(right->as.integer, left->as.real);
}

int value_key_compare(const Value *left, const Value *right) {
    int left_rank = value_key_rank(left->type);
    int right_rank = value_key_rank(right->type);
    if (left_rank != right_rank) {
        return left_rank < right_rank ? -1 : 1;
    }
    if (left_rank == 0) {
        return 0;
    }
    if (left_rank == 1) {
        return value_key_compare_numbers(left, right);
    }
    uint32_t shorter = left->length < right->length ? left->length : right->length;
    int order = shorter == 0 ? 0 : memcmp(left->as.bytes, right->as.bytes, shorter);
    return order != 0 ? order : left->length < right->length ? -1 : left->length > right->length;
}

void value_key_write(const Value *key, Buffer *out) {
    buffer_byte(out, (unsigned char)key->type);
    if (key->type == VALUE_INTEGER) {
        buffer_signed(out, key->as.integer);
    } else if (key->type == VALUE_REAL) {
        uint64_t bits;
        memcpy(&bits, &key->as.real, sizeof bits);
        buffer_u64(out, bits);
    } else if (key->type != VALUE_NULL) {
        buffer_varint(out, key->length);
        buffer_append(out, key->as.bytes, key->length);
    }
}

bool value_key_read(Value *key, Reader *reader) {
    unsigned char type = reader_byte(reader);
    if (type > VALUE_BLOB) {
        return false;
    }
    memset(key, 0, sizeof *key);
    key->type = (ValueType)type;
    if (key->type == VALUE_INTEGER) {
        key->as.integer = reader_signed(reader);
    } else if (key->type == VALUE_REAL) {
        uint64_t bits = reader_u64(reader);
        memcpy(&key->as.real, &bits, sizeof bits);
        Value canonical = identity_canonical(key);
        return !reader->broken && key->as.real == key->as.real && canonical.type == VALUE_REAL;
    } else if (key->type != VALUE_NULL) {
        uint64_t length = reader_varint(reader);
        key->as.bytes = (const char *)reader_bytes(reader, length);
        key->length = (uint32_t)length;
    }
    return !reader->broken;
}
