/* merge.c: kefu_merge(stats): stats of one kind and rules become one (functions.md 3).
**
** Arguments: stats, grouped stats, or NULL (ignored). Result: a BLOB of the same kind; NULL for no
** rows. Errors: bytes that are no stats; different kinds, rules or flags; the same conversation twice.
** As a window function, a part that comes or goes costs its own size times the logarithm of what is
** there; each row's result costs its size to write (core/stats/merge.h).
*/
#include "core/stats/merge.h"

#include "glue/aggregate.h"

SQLITE_EXTENSION_INIT3

const Signature MERGE_SIGNATURE = {"kefu_merge", "stats", 1};

typedef struct MergeState {
    Host host;
    Merge merge;
    bool failed; /* a step failed: nothing in here can be trusted */
} MergeState;

static void merge_change(sqlite3_context *context, MergeState *self, sqlite3_value *argument,
                         int sign) {
    Value part;
    Message why;
    Status status = STATUS_NO_MEMORY;
    if (args_read(argument, &part)) {
        status = value_is_missing(&part) ? STATUS_OK : merge_add(&self->merge, &part, sign, &why);
    }
    if (status != STATUS_OK) {
        self->failed = true;
        args_fail_any(context, &MERGE_SIGNATURE, 0, status, &why);
    }
}

static void merge_step(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    (void)argc;
    MergeState **place = sqlite3_aggregate_context(context, sizeof *place);
    if (place != NULL && *place == NULL) {
        *place = sqlite3_malloc64(sizeof **place);
        if (*place != NULL) {
            (*place)->host = args_host(sqlite3_context_db_handle(context));
            (*place)->failed = false;
            merge_open(&(*place)->merge, &(*place)->host);
        }
    }
    if (place == NULL || *place == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    merge_change(context, *place, arguments[0], 1);
}

static void merge_inverse(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    (void)argc;
    MergeState **place = sqlite3_aggregate_context(context, 0);
    /* not covered: SQLite takes rows back only while all went well */
    if (place != NULL && *place != NULL && !(*place)->failed) {
        merge_change(context, *place, arguments[0], -1);
    }
}

/* `write` is merge_write, or merge_finish at the end. */
static void merge_result(sqlite3_context *context, Status (*write)(Merge *, Buffer *, Message *)) {
    MergeState **place = sqlite3_aggregate_context(context, 0);
    /* not covered: a block without a state: SQLite asks for no value after a step without memory */
    if (place == NULL || *place == NULL || (*place)->failed) {
        return;
    }
    Message why;
    Buffer out;
    buffer_open(&out, &(*place)->host);
    Status status = write(&(*place)->merge, &out, &why);
    if (status != STATUS_OK) {
        args_fail_any(context, &MERGE_SIGNATURE, 0, status, &why);
        buffer_close(&out);
    } else {
        args_result_buffer(context, &out, VALUE_BLOB);
    }
}

static void merge_value(sqlite3_context *context) { merge_result(context, merge_write); }

static void merge_final(sqlite3_context *context) {
    MergeState **place = sqlite3_aggregate_context(context, 0);
    if (place == NULL || *place == NULL) {
        return;
    }
    merge_result(context, merge_finish);
    merge_close(&(*place)->merge);
    sqlite3_free(*place);
    *place = NULL;
}

const AggregateCalls MERGE_CALLS = {merge_step, merge_final, merge_value, merge_inverse};
