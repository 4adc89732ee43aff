/* journey.c: journeys(customer, at, event, agent, order_id [, amount [, quantity [, rules]]]): the union
** of chat lines and order events becomes journeys (functions.md 5, kpis.md 4).
**
** Result: a BLOB; NULL when no row was counted. A row whose customer, time or event is missing is
** skipped before anything else of it is read. Errors: an event, time, amount or quantity that is none,
** an order event without its order.
**
** 1. Events of agents (ask, chat) have an agent, which may be NULL, a name like others; events of orders
**    have an order. What an event does not have is not read: a union fills such columns with anything.
** 2. What goes is read exactly as what comes (sqlite.md A4).
*/
#include "glue/journey.h"

#include <string.h>

#include "core/journey/journey.h"
#include "core/money/money.h"
#include "core/money/quantity.h"
#include "core/state/state.h"
#include "glue/held_rules.h"

SQLITE_EXTENSION_INIT3

#define JOURNEY_ARGUMENTS "customer,at,event,agent,order_id,amount,quantity,rules"

const Signature JOURNEY_SIGNATURES[JOURNEY_ARITIES] = {
    {"journeys", JOURNEY_ARGUMENTS, 5},
    {"journeys", JOURNEY_ARGUMENTS, 6},
    {"journeys", JOURNEY_ARGUMENTS, 7},
    {"journeys", JOURNEY_ARGUMENTS, 8},
};

/* Places of the arguments. */
enum {
    JOURNEY_CUSTOMER,
    JOURNEY_AT,
    JOURNEY_EVENT,
    JOURNEY_AGENT,
    JOURNEY_ORDER_ID,
    JOURNEY_AMOUNT,
    JOURNEY_QUANTITY,
    JOURNEY_RULES
};

/* One group or window partition. */
typedef struct JourneyContext {
    Host host;
    HeldRules rules;
    Journeys journeys;
    bool failed; /* a step failed: nothing in here can be trusted */
} JourneyContext;

/* A row on its way. */
typedef struct JourneyRow {
    sqlite3_value **arguments;
    int count;
    int failed; /* REFUSED: which of the arguments */
    Message *why;
    Value customer;
    Value party;
    JourneyEvent event;
} JourneyRow;

/* ---- reading a row ---- */

static Status journey_read_kind(JourneyRow *row, const Value *value) {
    row->failed = JOURNEY_EVENT;
    for (int i = 0; value->type == VALUE_TEXT && i < JOURNEY_KINDS; i++) {
        const char *name = journey_kind_names[i];
        if (value->length == strlen(name) && memcmp(value->as.bytes, name, value->length) == 0) {
            row->event.kind = (JourneyKind)i;
            return STATUS_OK;
        }
    }
    message_refuse(row->why, value, " is no event; want one of ");
    for (int i = 0; i < JOURNEY_KINDS; i++) {
        message_text(row->why, i == 0 ? "'" : ", '");
        message_text(row->why, journey_kind_names[i]);
        message_text(row->why, "'");
    }
    return STATUS_REFUSED;
}

/* Requirement 1: the agent or the order. */
static Status journey_read_party(JourneyRow *row) {
    bool of_agent = row->event.kind <= JOURNEY_CHAT;
    row->failed = of_agent ? JOURNEY_AGENT : JOURNEY_ORDER_ID;
    if (!args_read(row->arguments[row->failed], &row->party)) {
        return STATUS_NO_MEMORY;
    }
    if (!value_is_missing(&row->party)) {
        return STATUS_OK;
    }
    if (!of_agent) {
        message_refuse(row->why, &row->party, " is no order; want the order's id with the event '");
        message_text(row->why, journey_kind_names[row->event.kind]);
        message_text(row->why, "'");
        return STATUS_REFUSED;
    }
    row->party = (Value){VALUE_NULL, 0, {.integer = 0}};
    return STATUS_OK;
}

/* The amount or the quantity, where the call has that argument and the event such a number. */
static Status journey_read_number(JourneyRow *row, int index, bool wanted,
                                  Status (*read)(const Value *, int64_t *, Message *), bool *known,
                                  int64_t *number) {
    Value value;
    if (!wanted || index >= row->count) {
        return STATUS_OK;
    }
    if (!args_read(row->arguments[index], &value)) {
        return STATUS_NO_MEMORY;
    }
    *known = !value_is_missing(&value);
    row->failed = index;
    return *known ? read(&value, number, row->why) : STATUS_OK;
}

/* Reads the row; *skip: it is not counted. */
static Status journey_read(JourneyRow *row, const Zone *zone, bool *skip) {
    Value at;
    Value kind;
    if (!args_read(row->arguments[JOURNEY_CUSTOMER], &row->customer) ||
        !args_read(row->arguments[JOURNEY_AT], &at) ||
        !args_read(row->arguments[JOURNEY_EVENT], &kind)) {
        return STATUS_NO_MEMORY;
    }
    *skip = value_is_missing(&row->customer) || value_is_missing(&at) || value_is_missing(&kind);
    if (*skip) {
        return STATUS_OK;
    }
    JourneyEvent *event = &row->event;
    row->failed = JOURNEY_AT;
    Status status = clock_read(&at, zone, &event->at_ms, row->why);
    if (status == STATUS_OK) {
        status = journey_read_kind(row, &kind);
    }
    if (status == STATUS_OK) {
        status = journey_read_party(row);
    }
    if (status == STATUS_OK) {
        status = journey_read_number(row, JOURNEY_AMOUNT, journey_has_amount(event->kind),
                                     money_read, &event->amount_known, &event->amount_micros);
    }
    if (status == STATUS_OK) {
        status = journey_read_number(row, JOURNEY_QUANTITY, journey_has_quantity(event->kind),
                                     quantity_read, &event->quantity_known, &event->quantity);
    }
    return status;
}

/* ---- the calls ---- */

/* Takes a row that comes (sign +1) or goes (-1); errors are set as the context's result. */
static void journey_take(sqlite3_context *context, JourneyContext *self, int argc,
                         sqlite3_value **arguments, int sign) {
    const Signature *signature = sqlite3_user_data(context);
    Message why;
    bool skip = false;
    JourneyRow row = {.arguments = arguments, .count = argc, .failed = JOURNEY_RULES, .why = &why};
    Status status = held_rules_take(&self->rules, &self->host,
                                    argc > JOURNEY_RULES ? arguments[JOURNEY_RULES] : NULL, &why);
    if (status == STATUS_OK) {
        status = journey_read(&row, &self->rules.rules.zone, &skip);
    }
    if (status == STATUS_OK && !skip) {
        status = journeys_take(&self->journeys, &row.customer, &row.party, &row.event, sign);
    }
    if (status != STATUS_OK) {
        self->failed = true;
        args_fail_any(context, signature, row.failed, status, &why);
    }
}

static void journey_step(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    JourneyContext **place = sqlite3_aggregate_context(context, sizeof *place);
    if (place != NULL && *place == NULL) {
        *place = sqlite3_malloc64(sizeof **place);
        if (*place != NULL) {
            memset(*place, 0, sizeof **place);
            (*place)->host = args_host(sqlite3_context_db_handle(context));
            journeys_open(&(*place)->journeys, &(*place)->host);
        }
    }
    if (place == NULL || *place == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    journey_take(context, *place, argc, arguments, 1);
}

static void journey_inverse(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    JourneyContext **place = sqlite3_aggregate_context(context, 0);
    /* not covered: SQLite takes rows back only while all went well */
    if (place != NULL && *place != NULL && !(*place)->failed) {
        journey_take(context, *place, argc, arguments, -1);
    }
}

static void journey_value(sqlite3_context *context) {
    JourneyContext **place = sqlite3_aggregate_context(context, 0);
    /* not covered: a block without a state: SQLite asks for no value after a step without memory */
    if (place == NULL || *place == NULL || (*place)->failed || (*place)->journeys.count == 0) {
        return;
    }
    JourneyContext *self = *place;
    Buffer rules;
    Buffer out;
    buffer_open(&rules, &self->host);
    buffer_open(&out, &self->host);
    rules_write(&self->rules.rules, FAMILY_JOURNEY, false, &rules);
    uint64_t begun = state_begin(&out, STATE_VERSION, STATE_JOURNEYS, 0, (const char *)rules.bytes,
                                 rules.length);
    Status status = rules.failed ? STATUS_NO_MEMORY : journeys_write(&self->journeys, &out);
    state_end(&out, begun);
    if (status != STATUS_OK) {
        args_fail_status(context, status);
        buffer_close(&out);
    } else {
        args_result_buffer(context, &out, VALUE_BLOB);
    }
    buffer_close(&rules);
}

static void journey_final(sqlite3_context *context) {
    JourneyContext **place = sqlite3_aggregate_context(context, 0);
    if (place == NULL || *place == NULL) {
        return;
    }
    journey_value(context);
    journeys_close(&(*place)->journeys);
    held_rules_close(&(*place)->rules);
    sqlite3_free(*place);
    *place = NULL;
}

const AggregateCalls JOURNEY_CALLS = {journey_step, journey_final, journey_value, journey_inverse};
