/* turns.c: turn_seconds(sender, sent_at [, rules]): the wait of each turn beside the line that ends it.
**
** Used as OVER (PARTITION BY agent, customer ORDER BY sent_at, id ROWS UNBOUNDED PRECEDING). Result:
** REAL seconds on the line that answers a counted turn, under the rules (burst, calendar, cap); NULL on
** every other line, and for a turn that `window` or `drop_over` leaves out. Errors: no OVER, another
** frame, times that run backwards, a bad sender, time or rules.
**
** 1. It goes by the window's order, not by time and sender.
** 2. Conversations are cut by `session` as chat_stats cuts them; the tracker of turns is the same.
*/
#include <string.h>

#include "core/chat/chat_turn.h"
#include "glue/aggregate.h"
#include "glue/held_rules.h"

SQLITE_EXTENSION_INIT3

const Signature TURNS_SIGNATURES[2] = {
    {"turn_seconds", "sender,sent_at,rules", 2},
    {"turn_seconds", "sender,sent_at,rules", 3},
};

#define TURNS_FRAME                                                                                \
    "want it as a window function: OVER (PARTITION BY agent, customer ORDER BY sent_at, id ROWS "  \
    "UNBOUNDED PRECEDING)"

typedef struct Turns {
    Host host;
    HeldRules held;
    DayCache day;
    ChatTurn turn;
    bool any; /* a line came */
    int64_t before_ms;
    bool answered; /* the last line ended a turn, whose wait is to be shown */
    int64_t wait_ms;
    int64_t steps_since_value; /* lines since the last xValue */
    bool has_value;            /* xValue was called: it is a window */
    bool failed;
} Turns;

static void turns_fail(sqlite3_context *context, Turns *self, int index, Status status,
                       const Message *why) {
    const Signature *signature = sqlite3_user_data(context);
    if (self != NULL) {
        self->failed = true;
    }
    args_fail_any(context, signature, index, status, why);
}

/* One line, in the window's order. */
static void turns_line(Turns *self, Sender sender, int64_t instant_ms) {
    const Rules *rules = &self->held.rules;
    if (self->any && instant_ms >= chat_turn_until(rules, &self->day, self->before_ms)) {
        self->turn.open = false; /* Requirement 2 */
    }
    self->any = true;
    self->before_ms = instant_ms;
    if (chat_turn_line(&self->turn, sender, instant_ms, chat_turn_eligible(rules->stop),
                       rules->bot_clears) &&
        chat_turn_counted(rules, self->turn.first_ms)) {
        const ChatWait wait = chat_turn_wait(rules, &self->turn, instant_ms);
        self->answered = !wait.dropped;
        self->wait_ms = wait.wait_ms;
    }
}

/* Reads and takes one row; the status and the argument that is wrong. */
static Status turns_take(Turns *self, sqlite3_value **arguments, int *index, Message *why) {
    Value sender_value;
    Value at;
    Sender sender;
    int64_t instant_ms;
    *index = 0;
    self->answered = false;
    self->steps_since_value++;
    if (!args_read(arguments[0], &sender_value) || !args_read(arguments[1], &at)) {
        return STATUS_NO_MEMORY;
    }
    if (value_is_missing(&sender_value) || value_is_missing(&at)) {
        return STATUS_OK;
    }
    Status status = chat_sender_read(&sender_value, &sender, why);
    if (status == STATUS_OK) {
        *index = 1;
        status = clock_read(&at, &self->held.rules.zone, &instant_ms, why);
    }
    if (status != STATUS_OK || sender == SENDER_SYSTEM) {
        return status;
    }
    if (self->any && instant_ms < self->before_ms) {
        return message_refuse(why, &at,
                              " is before the line above it; want the window ordered by sent_at");
    }
    turns_line(self, sender, instant_ms);
    return STATUS_OK;
}

static void turns_step(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    Turns **place = sqlite3_aggregate_context(context, sizeof *place);
    if (place != NULL && *place == NULL) {
        *place = sqlite3_malloc64(sizeof **place);
        if (*place != NULL) {
            memset(*place, 0, sizeof **place);
            (*place)->host = args_host(sqlite3_context_db_handle(context));
        }
    }
    if (place == NULL || *place == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    Turns *self = *place;
    Message why;
    int index = 2;
    Status status = held_rules_take(&self->held, &self->host, argc > 2 ? arguments[2] : NULL, &why);
    if (status == STATUS_OK) {
        status = turns_take(self, arguments, &index, &why);
    }
    if (status != STATUS_OK) {
        turns_fail(context, self, index, status, &why);
    }
}

static void turns_inverse(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    (void)argc;
    (void)arguments;
    Turns **place = sqlite3_aggregate_context(context, 0);
    Message why;
    message_say(&why, "the frame leaves rows behind; " TURNS_FRAME);
    /* not covered: SQLite takes rows back only while all went well */
    turns_fail(context, place == NULL ? NULL : *place, -1, STATUS_REFUSED, &why);
}

static void turns_value(sqlite3_context *context) {
    Turns **place = sqlite3_aggregate_context(context, 0);
    /* not covered: SQLite asks for no value after a step that failed */
    if (place == NULL || *place == NULL || (*place)->failed) {
        return;
    }
    Turns *self = *place;
    self->has_value = true;
    if (self->steps_since_value > 1) {
        Message why;
        message_say(&why, "the frame takes several rows at once; " TURNS_FRAME);
        turns_fail(context, self, -1, STATUS_REFUSED, &why);
        return;
    }
    if (self->steps_since_value == 1 && self->answered) {
        sqlite3_result_double(context, (double)self->wait_ms / 1000.0);
    }
    self->steps_since_value = 0;
}

static void turns_final(sqlite3_context *context) {
    Turns **place = sqlite3_aggregate_context(context, 0);
    if (place == NULL || *place == NULL) {
        return;
    }
    Turns *self = *place;
    *place = NULL;
    if (!self->has_value && !self->failed) {
        Message why;
        message_say(&why, TURNS_FRAME);
        turns_fail(context, NULL, -1, STATUS_REFUSED, &why);
    }
    held_rules_close(&self->held);
    sqlite3_free(self);
}

const AggregateCalls TURNS_CALLS = {turns_step, turns_final, turns_value, turns_inverse};
