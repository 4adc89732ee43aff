/* names.c: see names.h. */
#include "core/journey/names.h"

#define NAMES_FIRST 64                       /* names before the first growth */
#define NAMES_NEAR 32                        /* slots that are searched before requirement 2 */
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

/* The slot of an identity: its own, a free one near its place, or NULL when there is neither. A name
** that came when there was no free slot is in `crowded`: slots are never freed, so as long as there
** is none near its place it is not searched for elsewhere. */
static uint32_t *names_slot(const Names *names, Identity identity) {
    uint32_t mask = names->capacity * 2 - 1;
    uint32_t place = (uint32_t)identity.high & mask;
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
    if (names->capacity >= NAMES_LARGEST_COUNT) { /* not covered: 10^9 names */
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
