/* memo.c: see memo.h. */
#include "glue/memo.h"

#include <string.h>

#include "core/sets/identity.h"

SQLITE_EXTENSION_INIT3

#define MEMO_SLOTS 8 /* plans of a shop, calendars of a group of shops; a row of each takes turns */

typedef struct MemoSlot {
    ValueType type;
    uint32_t length;
    void *object; /* NULL: empty */
    char *bytes;  /* the argument; owned */
} MemoSlot;

/* A registered function: its row, which user data is read as, and what it keeps. */
typedef struct Memo {
    ScalarFunction function; /* first */
    Host host;
    MemoSlot slots[MEMO_SLOTS]; /* by the identity of the argument */
    const MemoSlot *last;       /* asked for last: most often it is asked for again */
} Memo;

static void memo_empty(const Memo *memo, MemoSlot *slot) {
    if (slot->object != NULL) {
        memo->function.kept->close(&memo->host, slot->object);
        sqlite3_free(slot->bytes);
        slot->object = NULL;
    }
}

static void memo_close(void *block) {
    Memo *memo = block;
    for (int i = 0; i < MEMO_SLOTS; i++) {
        memo_empty(memo, &memo->slots[i]);
    }
    sqlite3_free(memo);
}

int memo_register(sqlite3 *database, const ScalarFunction *function) {
    Memo *memo = sqlite3_malloc64(sizeof *memo);
    if (memo == NULL) {
        return SQLITE_NOMEM;
    }
    memset(memo, 0, sizeof *memo);
    memo->function = *function;
    memo->host = args_host(database);
    memo->last = memo->slots;
    return sqlite3_create_function_v2(database, function->signature.name, function->signature.count,
                                      SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, memo,
                                      function->call, NULL, NULL, memo_close); /* even on failure */
}

/* Requirement 2. */
static bool memo_holds(const MemoSlot *slot, const Value *value) {
    return slot->object != NULL && slot->type == value->type && slot->length == value->length &&
           memcmp(slot->bytes, value->as.bytes, value->length) == 0; /* TEXT: it was opened */
}

/* Reads an argument into its slot. */
static Status memo_fill(const Memo *memo, MemoSlot *slot, const Value *value, Message *why) {
    void *object;
    Status status = memo->function.kept->open(&memo->host, value, &object, why);
    if (status != STATUS_OK) {
        return status;
    }
    char *bytes = sqlite3_malloc64((uint64_t)value->length + 1);
    if (bytes == NULL) {
        memo->function.kept->close(&memo->host, object);
        return STATUS_NO_MEMORY;
    }
    memcpy(bytes, value->as.bytes, value->length); /* what could be opened is TEXT, and not empty */
    memo_empty(memo, slot);
    *slot = (MemoSlot){value->type, value->length, object, bytes};
    return STATUS_OK;
}

void *memo_take(sqlite3_context *context, int index, const Value *value) {
    Memo *memo = sqlite3_user_data(context);
    if (memo_holds(memo->last, value)) {
        return memo->last->object;
    }
    MemoSlot *slot = &memo->slots[identity_of(value).low % MEMO_SLOTS];
    if (!memo_holds(slot, value)) {
        Message why;
        Status status = memo_fill(memo, slot, value, &why);
        if (!args_passed(context, &memo->function.signature, index, status, &why)) {
            return NULL;
        }
    }
    memo->last = slot;
    return slot->object;
}

const Host *memo_host(sqlite3_context *context) {
    const Memo *memo = sqlite3_user_data(context);
    return &memo->host;
}
