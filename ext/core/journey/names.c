/* names.c: see names.h. */
#include "core/journey/names.h"

#include <string.h>

#define NAMES_FIRST 64                       /* names before the first growth */
#define NAMES_NEAR 32                        /* slots that are searched before requirement 4 */
#define NAMES_LARGEST_COUNT (UINT32_MAX / 4) /* so that slots count in 32 bits */

void names_open(Names *names, const Host *host) {
    *names = (Names){.host = host};
    ordered_open(&names->crowded, host, 2, 3);
    buffer_open(&names->bytes, host);
}

void names_close(Names *names) {
    names->host->release(names->list);
    names->host->release(names->slots);
    ordered_close(&names->crowded);
    buffer_close(&names->bytes);
    names_open(names, names->host);
}

/* ---- finding ---- */

/* The slot of an identity: its own, a free one near its place, or NULL when there is neither. A name
** that came when there was no free slot is in `crowded`: slots are never freed, so as long as there
** is none near its place it is not searched for elsewhere. */
static uint32_t *names_slot(const Names *names, Identity identity) {
    uint32_t mask = names->capacity * 2 - 1;
    uint32_t place = (uint32_t)identity.low & mask;
    for (uint32_t i = 0; i < NAMES_NEAR; i++) {
        uint32_t *slot = &names->slots[(place + i) & mask];
        if (*slot == 0 || identity_equal(names->list[*slot - 1].identity, identity)) {
            return slot;
        }
    }
    return NULL;
}

static Status names_enter(Names *names, uint32_t number) {
    Identity identity = names->list[number].identity;
    uint32_t *slot = names_slot(names, identity);
    if (slot != NULL) {
        *slot = number + 1;
        return STATUS_OK;
    }
    const uint64_t key[2] = {identity.high, identity.low};
    uint64_t *entry = ordered_put(&names->crowded, key);
    if (entry == NULL) {
        return STATUS_NO_MEMORY;
    }
    entry[2] = number;
    return STATUS_OK;
}

/* Doubles the room, and finds every name a slot anew. */
static Status names_grow(Names *names) {
    if (names->capacity >= NAMES_LARGEST_COUNT) {
        return STATUS_NO_MEMORY;
    }
    uint32_t capacity = names->capacity == 0 ? NAMES_FIRST : names->capacity * 2;
    Name *list = names->host->resize(names->list, (uint64_t)capacity * sizeof *list);
    if (list == NULL) {
        return STATUS_NO_MEMORY;
    }
    names->list = list;
    uint32_t *slots = host_allocate(names->host, (uint64_t)capacity * 2, sizeof *slots);
    if (slots == NULL) {
        return STATUS_NO_MEMORY;
    }
    names->host->release(names->slots);
    names->slots = slots;
    names->capacity = capacity;
    ordered_close(&names->crowded);
    ordered_open(&names->crowded, names->host, 2, 3);
    Status status = STATUS_OK;
    for (uint32_t i = 0; i < names->count && status == STATUS_OK; i++) {
        status = names_enter(names, i);
    }
    return status;
}

/* Adds a name that is not there. */
static Status names_add(Names *names, Identity identity, const Value *value) {
    Name name = {identity, identity_canonical(value)};
    if (value->type == VALUE_TEXT || value->type == VALUE_BLOB) {
        name.value.as.integer = (int64_t)names->bytes.length;
        buffer_append(&names->bytes, value->as.bytes, value->length);
        if (names->bytes.failed) {
            return STATUS_NO_MEMORY;
        }
    }
    names->list[names->count] = name;
    Status status = names_enter(names, names->count);
    names->count += status == STATUS_OK;
    return status;
}

Status names_keep(Names *names, const Value *value, uint32_t *number) {
    Identity identity = identity_of(value);
    if (names->count == names->capacity) {
        Status status = names_grow(names);
        if (status != STATUS_OK) {
            return status;
        }
    }
    const uint32_t *slot = names_slot(names, identity);
    if (slot != NULL && *slot != 0) {
        *number = *slot - 1;
        return STATUS_OK;
    }
    if (slot == NULL) {
        const uint64_t key[2] = {identity.high, identity.low};
        const uint64_t *entry = ordered_find(&names->crowded, key);
        if (entry != NULL) {
            *number = (uint32_t)entry[2];
            return STATUS_OK;
        }
    }
    *number = names->count;
    return names_add(names, identity, value);
}

Value names_value(const Names *names, uint32_t number) {
    Value value = names->list[number].value;
    if (value.type == VALUE_TEXT || value.type == VALUE_BLOB) {
        uint64_t begin = (uint64_t)value.as.integer;
        value.as.bytes = value.length == 0 ? NULL : (const char *)names->bytes.bytes + begin;
    }
    return value;
}

/* ---- order ---- */

static int name_compare_numbers(int64_t integer, double real) {
    if (real >= 9223372036854775808.0) {
        return -1;
    }
    if (real < -9223372036854775808.0) {
        return 1;
    }
    int64_t whole = (int64_t)real;
    if (integer != whole) {
        return integer < whole ? -1 : 1;
    }
    double rest = real - (double)whole; /* exact: a REAL with a fraction is below 2^53 */
    return rest > 0 ? -1 : rest < 0;
}

static int name_compare_bytes(const Value *left, const Value *right) {
    uint32_t shorter = left->length < right->length ? left->length : right->length;
    int order = shorter == 0 ? 0 : memcmp(left->as.bytes, right->as.bytes, shorter);
    if (order != 0 || left->length == right->length) {
        return order;
    }
    return left->length < right->length ? -1 : 1;
}

int name_compare(const Value *left, const Value *right) {
    static const int classes[] = {[VALUE_NULL] = 0,
                                  [VALUE_INTEGER] = 1,
                                  [VALUE_REAL] = 1,
                                  [VALUE_TEXT] = 2,
                                  [VALUE_BLOB] = 3};
    if (classes[left->type] != classes[right->type]) {
        return classes[left->type] < classes[right->type] ? -1 : 1;
    }
    switch (left->type) {
    case VALUE_NULL:
        return 0;
    case VALUE_TEXT:
    case VALUE_BLOB:
        return name_compare_bytes(left, right);
    case VALUE_INTEGER:
        if (right->type == VALUE_REAL) {
            return name_compare_numbers(left->as.integer, right->as.real);
        }
        return left->as.integer < right->as.integer ? -1 : left->as.integer > right->as.integer;
    case VALUE_REAL:
        break;
    }
    if (right->type == VALUE_INTEGER) {
        return -name_compare_numbers(right->as.integer, left->as.real);
    }
    return left->as.real < right->as.real ? -1 : left->as.real > right->as.real;
}

/* ---- bytes ---- */

void name_write(const Value *value, Buffer *out) {
    uint64_t bits;
    buffer_byte(out, (unsigned char)value->type);
    switch (value->type) {
    case VALUE_NULL:
        break;
    case VALUE_INTEGER:
        buffer_signed(out, value->as.integer);
        break;
    case VALUE_REAL:
        memcpy(&bits, &value->as.real, sizeof bits);
        buffer_u64(out, bits);
        break;
    case VALUE_TEXT:
    case VALUE_BLOB:
        buffer_varint(out, value->length);
        buffer_append(out, value->as.bytes, value->length);
        break;
    }
}

Value name_read(Reader *reader) {
    unsigned char type = reader_byte(reader);
    Value value = {VALUE_NULL, 0, {.integer = 0}};
    uint64_t bits;
    switch (type) {
    case VALUE_NULL:
        break;
    case VALUE_INTEGER:
        value = value_of_integer(reader_signed(reader));
        break;
    case VALUE_REAL:
        bits = reader_u64(reader);
        memcpy(&value.as.real, &bits, sizeof bits);
        value.type = VALUE_REAL;
        if (value.as.real != value.as.real || identity_canonical(&value).type != VALUE_REAL) {
            reader_break(reader); /* NaN is no value, a whole number is an INTEGER */
        }
        break;
    case VALUE_TEXT:
    case VALUE_BLOB:
        bits = reader_varint(reader);
        value.as.bytes = (const char *)reader_bytes(reader, bits);
        value.type = (ValueType)type;
        value.length = (uint32_t)bits;
        if (bits > UINT32_MAX) {
            reader_break(reader);
        }
        break;
    default:
        reader_break(reader);
    }
    if (reader->broken) {
        value = (Value){VALUE_NULL, 0, {.integer = 0}};
    }
    return value;
}
