/* pairs.c: avg_response(asked_at, replied_at): for tables that already pair question and answer.
**
** Arguments: two times (functions.md 2). Result: REAL, the mean of replied_at - asked_at in seconds
** over the rows where both are there; NULL when there are none. Error: a reply before its question.
** As a window function it slides at a constant cost a row.
*/
#include "core/base/number.h"
#include "core/time/clock.h"
#include "glue/aggregate.h"

SQLITE_EXTENSION_INIT3

const Signature PAIRS_SIGNATURE = {"avg_response", "asked_at,replied_at", 2};

/* All zero is the empty state, as the host makes it. */
typedef struct Pairs {
    int128 wait_ms;
    int64_t count;
    bool has_zone;
    Zone zone; /* of times without a suffix: the rules' default, since this form takes no rules */
} Pairs;

/* Reads a time that may be missing; false: an error was set. */
static bool pairs_time(sqlite3_context *context, const Pairs *self, sqlite3_value **arguments,
                       int index, bool *there, int64_t *instant_ms) {
    Value value;
    Message why;
    if (!args_read(arguments[index], &value)) {
        args_fail_status(context, STATUS_NO_MEMORY);
        return false;
    }
    *there = !value_is_missing(&value);
    Status status = *there ? clock_read(&value, &self->zone, instant_ms, &why) : STATUS_OK;
    return args_passed(context, &PAIRS_SIGNATURE, index, status, &why);
}

static void pairs_change(sqlite3_context *context, sqlite3_value **arguments, int sign) {
    Pairs *self = sqlite3_aggregate_context(context, sizeof *self);
    bool asked;
    bool replied;
    int64_t asked_ms;
    int64_t replied_ms;
    if (self == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (!self->has_zone) {
        Rules rules;
        rules_defaults(NULL, &rules);
        self->zone = rules.zone;
        self->has_zone = true;
    }
    if (!pairs_time(context, self, arguments, 0, &asked, &asked_ms) ||
        !pairs_time(context, self, arguments, 1, &replied, &replied_ms) || !asked || !replied) {
        return;
    }
    if (replied_ms < asked_ms) {
        Value value;
        Message why;
        if (!args_read(arguments[1], &value)) { /* not covered: it was read above */
            args_fail_status(context, STATUS_NO_MEMORY);
            return;
        }
        message_refuse(&why, &value, " is before asked_at; want a reply at or after its question");
        args_fail(context, &PAIRS_SIGNATURE, 1, &why);
        return;
    }
    self->wait_ms += sign * (int128)(replied_ms - asked_ms);
    self->count += sign;
}

static void pairs_step(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    (void)argc;
    pairs_change(context, arguments, 1);
}

static void pairs_inverse(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    (void)argc;
    pairs_change(context, arguments, -1);
}

static void pairs_value(sqlite3_context *context) {
    const Pairs *self = sqlite3_aggregate_context(context, 0);
    if (self != NULL && self->count > 0) {
        sqlite3_result_double(context, number_quotient(self->wait_ms, (int128)self->count * 1000));
    }
}

const AggregateCalls PAIRS_CALLS = {pairs_step, pairs_value, pairs_value, pairs_inverse};
