/* args.c: see args.h. */
#include "glue/args.h"

#include <stddef.h>
#include <string.h>

/* sqlite3_is_interrupted() dates from 3.41. An older header has no name for it; but the host's table
** of routines only grows, and its place in there is known. */
enum { ARGS_INTERRUPTED_SINCE = 3041000, ARGS_INTERRUPTED_PLACE = 266 };

#if SQLITE_VERSION_NUMBER >= 3041000
_Static_assert(offsetof(sqlite3_api_routines, is_interrupted) ==
                   ARGS_INTERRUPTED_PLACE * sizeof(void (*)(void)),
               "the place of sqlite3_is_interrupted()");
static bool args_interrupted(void *connection) { return sqlite3_is_interrupted(connection) != 0; }
#elif !defined(SQLITE_CORE)
static bool args_interrupted(void *connection) {
    int (*is_interrupted)(sqlite3 *);
    memcpy(&is_interrupted,
           (const char *)sqlite3_api + ARGS_INTERRUPTED_PLACE * sizeof is_interrupted,
           sizeof is_interrupted);
    return is_interrupted(connection) != 0;
}
#else
#define args_interrupted NULL
#endif

static void *args_resize(void *block, uint64_t bytes) { return sqlite3_realloc64(block, bytes); }

static void args_release(void *block) { sqlite3_free(block); }

Host args_host(sqlite3 *database) {
    Host host = {args_resize, args_release, NULL, database};
    if (sqlite3_libversion_number() >= ARGS_INTERRUPTED_SINCE) {
        host.interrupted = args_interrupted;
    }
    return host;
}

Value args_read_other(sqlite3_value *from, int type) {
    if (type == SQLITE_FLOAT) {
        return value_of_real(sqlite3_value_double(from));
    }
    Value value = {VALUE_BLOB, 0, {.bytes = sqlite3_value_blob(from)}};
    value.length = (uint32_t)sqlite3_value_bytes(from);
    /* not covered: bytes that are not there, whose length SQLite gives as 0 then */
    if (value.as.bytes == NULL && value.length != 0) {
        value.type = VALUE_TEXT;
    }
    return value;
}

bool args_read_all(sqlite3_context *context, int count, int needed, sqlite3_value **arguments,
                   Value *values) {
    bool missing = false;
    for (int i = 0; i < count; i++) {
        if (!args_read(arguments[i], &values[i])) {
            args_fail_status(context, STATUS_NO_MEMORY);
            return false;
        }
        missing = missing || (i < needed && value_is_missing(&values[i]));
    }
    return !missing;
}

void args_result(sqlite3_context *context, const Value *value) {
    switch (value->type) { /* not covered: no other type */
    case VALUE_INTEGER:
        sqlite3_result_int64(context, value->as.integer);
        break;
    case VALUE_REAL:
        sqlite3_result_double(context, value->as.real);
        break;
    case VALUE_TEXT: /* a NULL pointer would give NULL */
        sqlite3_result_text64(context, value->length == 0 ? "" : value->as.bytes, value->length,
                              SQLITE_TRANSIENT, SQLITE_UTF8);
        break;
    case VALUE_BLOB:
        if (value->length == 0) {
            sqlite3_result_zeroblob(context, 0);
        } else {
            sqlite3_result_blob64(context, value->as.bytes, value->length, SQLITE_TRANSIENT);
        }
        break;
    case VALUE_NULL:
        sqlite3_result_null(context);
        break;
    }
}

void args_result_buffer(sqlite3_context *context, Buffer *buffer, ValueType type) {
    if (buffer->failed) {
        sqlite3_result_error_nomem(context);
    } else if (buffer->length > 0) {
        char *bytes = (char *)buffer->bytes;
        const uint64_t length = buffer->length;
        buffer->bytes = NULL; /* SQLite's now */
        if (type == VALUE_TEXT) {
            sqlite3_result_text64(context, bytes, length, sqlite3_free, SQLITE_UTF8);
        } else {
            sqlite3_result_blob64(context, bytes, length, sqlite3_free);
        }
    }
    buffer_close(buffer);
}

size_t args_name_length(const char *names) {
    size_t length = 0;
    while (names[length] != '\0' && names[length] != ',') {
        length++;
    }
    return length;
}

const char *args_next_name(const char *names) {
    names += args_name_length(names);
    return *names == ',' ? names + 1 : names;
}

/* Requirement 2. */
static void args_compose(const Signature *signature, int index, const Message *why, Message *out) {
    message_clear(out);
    message_text(out, signature->name);
    message_text(out, "(): ");
    if (index >= 0) {
        message_text(out, "argument ");
        message_integer(out, index + 1);
        message_text(out, " (");
        const char *name = signature->arguments;
        for (int i = 0; i < index; i++) {
            name = args_next_name(name);
        }
        message_bytes(out, name, args_name_length(name));
        message_text(out, "): ");
    }
    message_bytes(out, why->text, why->length);
}

void args_fail(sqlite3_context *context, const Signature *signature, int index,
               const Message *why) {
    Message whole;
    args_compose(signature, index, why, &whole);
    sqlite3_result_error(context, whole.text, (int)whole.length);
}

void args_fail_status(sqlite3_context *context, Status status) {
    if (status == STATUS_INTERRUPTED) {
        sqlite3_result_error(context, "interrupted", -1);
        sqlite3_result_error_code(context, SQLITE_INTERRUPT);
    } else {
        sqlite3_result_error_nomem(context);
    }
}

void args_fail_any(sqlite3_context *context, const Signature *signature, int index, Status status,
                   const Message *why) {
    if (status == STATUS_REFUSED) {
        args_fail(context, signature, index, why);
    } else {
        args_fail_status(context, status);
    }
}

bool args_passed(sqlite3_context *context, const Signature *signature, int index, Status status,
                 const Message *why) {
    if (status != STATUS_OK) {
        args_fail_any(context, signature, index, status, why);
    }
    return status == STATUS_OK;
}

char *args_error_text(const Signature *signature, int index, const Message *why) {
    Message whole;
    args_compose(signature, index, why, &whole);
    return sqlite3_mprintf("%s", whole.text);
}
