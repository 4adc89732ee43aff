/* args.h: reads SQL values by one policy and writes every error (sqlite.md V1-V7, functions.md 2).
**
** 1. The type is tested first, then the value is read; a failed text conversion is "out of memory".
** 2. Errors read `NAME(): argument N (its name): VALUE … what is wanted`, from the function's row.
** 3. After an error the caller returns at once (V6).
*/
#ifndef KEFU_GLUE_ARGS_H
#define KEFU_GLUE_ARGS_H

#include <sqlite3ext.h>

#include "core/base/buffer.h"
#include "core/base/message.h"

SQLITE_EXTENSION_INIT3

/* One SQL function of one arity: what registration and error messages need. First member of every
** function's row, so that sqlite3_user_data() can be read as one. */
typedef struct Signature {
    const char *name;      /* "chat_stats" */
    const char *arguments; /* "customer,sender,sent_at,rules": names in order */
    int count;             /* how many of them this row takes */
} Signature;

/* A scalar function; pay.c, calendar.c … each hold a table of them, kefu.c registers all. */
typedef struct ScalarFunction {
    Signature signature;
    void (*call)(sqlite3_context *, int, sqlite3_value **);
    const struct MemoKind *kept; /* what it keeps from row to row (memo.h), or NULL */
} ScalarFunction;

/* A host over this connection's allocator and interrupt flag, for core. Valid while `database` is. */
Host args_host(sqlite3 *database);

/* Reads one value; false: out of memory. Blank TEXT stays TEXT: ask value_is_missing(). Inline for
** the types that rows are mostly made of: it runs once an argument. The others come back by value, so
** that nobody needs the address of `out`: see value.h, requirement 3. */
Value args_read_other(sqlite3_value *from, int type); /* TEXT: out of memory */
static inline bool args_read(sqlite3_value *from, Value *out) {
    const int type = sqlite3_value_type(from); /* Requirement 1 */
    out->length = 0;
    if (type == SQLITE_INTEGER) {
        out->type = VALUE_INTEGER;
        out->as.integer = sqlite3_value_int64(from);
        return true;
    }
    if (type == SQLITE_TEXT) {
        out->type = VALUE_TEXT;
        out->as.bytes = (const char *)sqlite3_value_text(from);
        out->length = (uint32_t)sqlite3_value_bytes(from);
        return out->as.bytes != NULL;
    }
    if (type == SQLITE_NULL) {
        out->type = VALUE_NULL;
        return true;
    }
    *out = args_read_other(from, type);
    return out->type != VALUE_TEXT;
}

/* Reads all arguments of a scalar; false when its result is set: out of memory, or NULL since one of
** the first `needed` is missing. */
bool args_read_all(sqlite3_context *context, int count, int needed, sqlite3_value **arguments,
                   Value *values);

/* Sets a value as the result; TEXT and BLOB are copied. */
void args_result(sqlite3_context *context, const Value *value);
/* Hands a buffer's bytes to SQLite as the result, TEXT or BLOB, and closes it: out of memory when an
** append failed, NULL when it is empty. */
void args_result_buffer(sqlite3_context *context, Buffer *buffer, ValueType type);

/* The names of a signature's arguments, one by one: the length of the first one in the list, and the
** list behind it ("" after the last). */
size_t args_name_length(const char *names);
const char *args_next_name(const char *names);

/* Errors. `index` counts from 0. Each sets the context's result. */
void args_fail(sqlite3_context *context, const Signature *signature, int index, const Message *why);
/* For a status that is not REFUSED: out of memory or interrupted. */
void args_fail_status(sqlite3_context *context, Status status);
/* Any status: REFUSED becomes args_fail(). */
void args_fail_any(sqlite3_context *context, const Signature *signature, int index, Status status,
                   const Message *why);
/* What became of reading an argument; false: its error is the result. */
bool args_passed(sqlite3_context *context, const Signature *signature, int index, Status status,
                 const Message *why);
/* The text of the same error (index < 0: of the whole function), from sqlite3_malloc; NULL: no
** memory. For virtual tables' zErrMsg. */
char *args_error_text(const Signature *signature, int index, const Message *why);

#endif
