/* journey_tables.c: what is found in journeys (functions.md 5, kpis.md 4):
** kefu_credits(journeys [, rules]): who earned which order;
** kefu_inquiries(journeys [, rules]): one row for each inquiry and order that it led to.
**
** Rules start from those of the journeys and keep their zone. NULL journeys: no rows; NULL rules: as
** if left out. Errors: bytes that are no journeys, rules that are none, another zone.
**
** 1. Rows come customer by customer, in the order of the bytes: memory follows the largest customer.
** 2. Names come back with their types; times are REAL seconds, money REAL, quantities INTEGER.
*/
#include <string.h>

#include "core/journey/inquiries.h"
#include "core/money/money.h"
#include "core/state/state.h"
#include "glue/held_rules.h"
#include "glue/journey.h"

SQLITE_EXTENSION_INIT3

#define JOURNEY_TABLE_ARGUMENTS "journeys,rules"

/* One scan of either function. */
typedef struct JourneyTable {
    const Host *host;
    Rules rules;
    JourneyReader reader;
    Inquiries inquiries; /* kefu_credits asks its credits alone */
    bool has_customer;
    InquiryRow row;       /* kefu_inquiries: the row */
    uint32_t order;       /* kefu_credits: the order */
    uint64_t next_credit; /* of its credits */
} JourneyTable;

/* ---- opening ---- */

static void journey_table_close(void *rows) {
    JourneyTable *self = rows;
    inquiries_close(&self->inquiries);
    journey_reader_close(&self->reader);
    rules_close(&self->rules);
    sqlite3_free(self);
}

static Status journey_table_state(sqlite3_value *argument, State *state, Message *why) {
    Value value;
    if (!args_read(argument, &value)) { /* not covered: table_filter() has read it */
        return STATUS_NO_MEMORY;
    }
    Status status = state_read(&value, state, why);
    if (status == STATUS_OK && state->kind != STATE_JOURNEYS) {
        message_say(why, "these are ");
        state_describe(state, why);
        message_text(why, "; want the result of journeys()");
        return STATUS_REFUSED;
    }
    return status;
}

/* The journeys' rules, and the argument's on top of them; *index: which argument is refused. */
static Status journey_table_rules(JourneyTable *self, const State *state, sqlite3_value *argument,
                                  int *index, Message *why) {
    Rules base;
    Value text;
    Status status = rules_parse(self->host, state->rules, state->rules_length, &base, why);
    if (status != STATUS_OK) {
        return status == STATUS_REFUSED ? state_damaged(why) : status;
    }
    *index = 1;
    status = held_rules_text(argument, &text, why);
    if (status == STATUS_OK) {
        status = rules_parse_over(&base, text.as.bytes, text.length, &self->rules, why);
    }
    rules_close(&base);
    return status;
}

static Status journey_table_open(TableCall *call, sqlite3_value **arguments, void **rows) {
    JourneyTable *self = sqlite3_malloc64(sizeof *self);
    if (self == NULL) {
        return STATUS_NO_MEMORY;
    }
    memset(self, 0, sizeof *self);
    self->host = call->host;
    self->reader.host = call->host;
    self->inquiries.credits.rules = &self->rules;
    rules_defaults(call->host, &self->rules);
    State state;
    Message why;
    int index = 0;
    Status status = journey_table_state(arguments[0], &state, &why);
    if (status == STATUS_OK) {
        status = journey_table_rules(self, &state, arguments[1], &index, &why);
    }
    if (status == STATUS_OK) {
        index = 0;
        status = journey_reader_open(&self->reader, call->host, state.payload);
        if (status == STATUS_REFUSED) {
            state_damaged(&why);
        }
    }
    if (status == STATUS_OK) {
        status = inquiries_open(&self->inquiries, &self->rules, &self->reader);
    }
    if (status != STATUS_OK) {
        journey_table_close(self);
        return status == STATUS_REFUSED ? table_fail(call, index, &why) : status;
    }
    *rows = self;
    return STATUS_OK;
}

/* Reads the next customer and hands it to `take`. */
static Status journey_table_customer(TableCall *call, JourneyTable *self, bool *more,
                                     Message *why) {
    Status status = journey_reader_next(&self->reader, more);
    self->has_customer = status == STATUS_OK && *more;
    if (status == STATUS_REFUSED) {
        state_damaged(why);
        return table_fail(call, 0, why);
    }
    return status;
}

/* ---- columns ---- */

static void journey_table_time(sqlite3_context *context, bool known, int64_t at_ms) {
    if (known) {
        sqlite3_result_double(context, (double)at_ms / 1000.0);
    }
}

static void journey_table_money(sqlite3_context *context, bool known, int64_t amount_micros) {
    if (known) {
        sqlite3_result_double(context, money_real(amount_micros));
    }
}

/* ---- kefu_credits ---- */

/* The next order of the customer, or the next customer's first, that has credits. */
static Status credit_rows_next(TableCall *call, void *rows, bool *more) {
    JourneyTable *self = rows;
    Credits *credits = &self->inquiries.credits;
    Message why;
    *more = true;
    self->next_credit++;
    while (!self->has_customer || self->next_credit >= credits->count) {
        Status status;
        if (self->has_customer && self->order + 1 < self->reader.order_count) {
            self->order++;
            status = STATUS_OK;
        } else {
            status = journey_table_customer(call, self, more, &why);
            if (status != STATUS_OK || !*more) {
                return status;
            }
            self->order = 0;
            status = credits_take_customer(credits, &why);
        }
        credits->count = 0;
        self->next_credit = 0;
        if (status == STATUS_OK && self->reader.order_count > 0) {
            status = credits_of_order(credits, self->order);
        }
        if (status != STATUS_OK) {
            return status == STATUS_REFUSED ? table_fail(call, 0, &why) : status;
        }
    }
    return STATUS_OK;
}

/* "last/order": the model, and the anchor that decided; "silent". */
static void credit_rows_rule(sqlite3_context *context, const Rules *rules, const Credit *credit) {
    static const char *const words[][2] = {
        [MODEL_LAST] = {"last/order", "last/pay"},
        [MODEL_FIRST] = {"first/order", "first/pay"},
        [MODEL_LINEAR] = {"linear/order", "linear/pay"},
        [MODEL_POSITION] = {"position/order", "position/pay"},
        [MODEL_DECAY] = {"decay/order", "decay/pay"},
    };
    sqlite3_result_text(
        context, credit->silent ? "silent" : words[rules->model][credit->decided == ANCHOR_PAY], -1,
        SQLITE_STATIC);
}

enum {
    CREDIT_ORDER_ID,
    CREDIT_CUSTOMER,
    CREDIT_AGENT,
    CREDIT_WEIGHT,
    CREDIT_RULE,
    CREDIT_TOUCHED_AT,
    CREDIT_ORDERED_AT,
    CREDIT_PAID_AT,
    CREDIT_AMOUNT,
    CREDIT_REFUNDED,
    CREDIT_COLUMNS
};

static void credit_rows_column(void *rows, int column, sqlite3_context *context) {
    const JourneyTable *self = rows;
    const Credits *credits = &self->inquiries.credits;
    const Credit *credit = &credits->list[self->next_credit];
    const JourneyOrder *order = &credits->orders[self->order];
    switch (column) {
    case CREDIT_ORDER_ID:
        args_result(context, &self->reader.orders[self->order]);
        break;
    case CREDIT_CUSTOMER:
        args_result(context, &self->reader.customer);
        break;
    case CREDIT_AGENT:
        if (!credit->silent) {
            args_result(context, &self->reader.agents[credit->agent]);
        }
        break;
    case CREDIT_WEIGHT:
        sqlite3_result_double(context, (double)credit->weight_millionths / SHARES_WHOLE);
        break;
    case CREDIT_RULE:
        credit_rows_rule(context, &self->rules, credit);
        break;
    case CREDIT_TOUCHED_AT:
        journey_table_time(context, !credit->silent, credit->touched_at_ms);
        break;
    case CREDIT_ORDERED_AT:
        journey_table_time(context, true, order->ordered_at_ms);
        break;
    case CREDIT_PAID_AT:
        journey_table_time(context, order->paid.any && !order->cancelled, order->paid.first_ms);
        break;
    case CREDIT_AMOUNT:
        journey_table_money(context, order->amount_known || order->cancelled,
                            credit->amount_micros);
        break;
    default: /* CREDIT_REFUNDED */
        journey_table_money(context, true, credit->refunded_micros);
        break;
    }
}

const TableFunction KEFU_CREDITS = {
    .signature = {"kefu_credits", JOURNEY_TABLE_ARGUMENTS, 2},
    .required = 1,
    .columns =
        "order_id, customer, agent, weight REAL, rule TEXT, touched_at REAL, ordered_at REAL, "
        "paid_at REAL, amount REAL, refunded REAL",
    .column_count = CREDIT_COLUMNS,
    .rows_expected = 10000,
    .open = journey_table_open,
    .next = credit_rows_next,
    .column = credit_rows_column,
    .close = journey_table_close,
};

/* ---- kefu_inquiries ---- */

static Status inquiry_rows_next(TableCall *call, void *rows, bool *more) {
    JourneyTable *self = rows;
    Message why;
    *more = true;
    while (!self->has_customer || !inquiries_next(&self->inquiries, &self->row)) {
        Status status = journey_table_customer(call, self, more, &why);
        if (status != STATUS_OK || !*more) {
            return status;
        }
        status = inquiries_take_customer(&self->inquiries, &why);
        if (status != STATUS_OK) {
            return status == STATUS_REFUSED ? table_fail(call, 0, &why) : status;
        }
    }
    return STATUS_OK;
}

enum {
    INQUIRY_AGENT,
    INQUIRY_CUSTOMER,
    INQUIRY_ASKED_AT,
    INQUIRY_ORDER_ID,
    INQUIRY_ORDERED_AT,
    INQUIRY_PAID_AT,
    INQUIRY_AMOUNT,
    INQUIRY_QUANTITY,
    INQUIRY_COLUMNS
};

static void inquiry_rows_column(void *rows, int column, sqlite3_context *context) {
    const JourneyTable *self = rows;
    const InquiryRow *row = &self->row;
    switch (column) {
    case INQUIRY_AGENT:
        args_result(context, &self->reader.agents[row->agent]);
        break;
    case INQUIRY_CUSTOMER:
        args_result(context, &self->reader.customer);
        break;
    case INQUIRY_ASKED_AT:
        journey_table_time(context, true, row->asked_at_ms);
        break;
    case INQUIRY_ORDER_ID:
        if (row->ordered) {
            args_result(context, &self->reader.orders[row->order]);
        }
        break;
    case INQUIRY_ORDERED_AT:
        journey_table_time(context, row->ordered, row->ordered_at_ms);
        break;
    case INQUIRY_PAID_AT:
        journey_table_time(context, row->paid, row->paid_at_ms);
        break;
    case INQUIRY_AMOUNT:
        journey_table_money(context, row->amount_known, row->amount_micros);
        break;
    default: /* INQUIRY_QUANTITY */
        if (row->quantity_known) {
            sqlite3_result_int64(context, row->quantity);
        }
        break;
    }
}

const TableFunction KEFU_INQUIRIES = {
    .signature = {"kefu_inquiries", JOURNEY_TABLE_ARGUMENTS, 2},
    .required = 1,
    .columns = "agent, customer, asked_at REAL, order_id, ordered_at REAL, paid_at REAL, "
               "amount REAL, quantity INTEGER",
    .column_count = INQUIRY_COLUMNS,
    .rows_expected = 10000,
    .open = journey_table_open,
    .next = inquiry_rows_next,
    .column = inquiry_rows_column,
    .close = journey_table_close,
};
