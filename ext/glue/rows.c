/* rows.c: see rows.h. */
#include "glue/rows.h"

#include "core/chat/chat_line.h"
#include "core/money/money.h"
#include "core/money/quantity.h"

SQLITE_EXTENSION_INIT3

/* Reads one argument; false: out of memory. */
static bool rows_value(const RowStep *step, int index, Value *out) {
    return args_read(step->values[index], out);
}

/* functions.md 2, flags: false when NULL, 0, '0' or empty, else true. */
static bool rows_flag(const Value *value) {
    switch (value->type) { /* not covered: no other type */
    case VALUE_INTEGER:
        return value->as.integer != 0;
    case VALUE_REAL:
        return value->as.real != 0.0;
    case VALUE_TEXT:
        return !value_is_missing(value) && !(value->length == 1 && value->as.bytes[0] == '0');
    case VALUE_BLOB:
        return value->length != 0;
    case VALUE_NULL:
        break;
    }
    return false;
}

static Status rows_time(RowStep *step, int index, const Value *value, int64_t *instant_ms) {
    step->failed = index;
    return clock_read_row(value, &step->groups->shape.rules->zone, &step->groups->dates, instant_ms,
                          step->why);
}

/* A time that may be missing. */
static Status rows_optional_time(RowStep *step, int index, bool *there, int64_t *instant_ms) {
    Value value;
    if (!rows_value(step, index, &value)) {
        return STATUS_NO_MEMORY;
    }
    *there = !value_is_missing(&value);
    return *there ? rows_time(step, index, &value, instant_ms) : STATUS_OK;
}

/* The key's entry, for a row that counts; NULL: out of memory. */
static GroupKey *rows_key(const RowStep *step) {
    return step->at_hand != NULL ? step->at_hand : groups_key(step->groups, step->key);
}

static Status rows_chat(RowStep *step) {
    Value customer;
    Value sender_value;
    Value at;
    Sender sender;
    int64_t instant_ms;
    if (!rows_value(step, 0, &customer) || !rows_value(step, 1, &sender_value) ||
        !rows_value(step, 2, &at)) {
        return STATUS_NO_MEMORY;
    }
    if (value_is_missing(&customer) || value_is_missing(&sender_value) || value_is_missing(&at)) {
        return STATUS_OK; /* Requirement 2 */
    }
    step->failed = 1;
    Status status = chat_sender_read(&sender_value, &sender, step->why);
    if (status == STATUS_OK) {
        status = rows_time(step, 2, &at, &instant_ms);
    }
    if (status != STATUS_OK || sender == SENDER_SYSTEM) {
        return status;
    }
    GroupKey *key = rows_key(step);
    step->failed = -1;
    return key == NULL ? STATUS_NO_MEMORY
                       : groups_chat(step->groups, key, identity_of(&customer),
                                     chat_line_pack(instant_ms, sender), step->sign, step->why);
}

/* Adds a deal that was read. */
static Status rows_add_deal(RowStep *step, const DealRow *row) {
    GroupKey *key = rows_key(step);
    step->failed = -1;
    return key == NULL ? STATUS_NO_MEMORY
                       : groups_deal(step->groups, key, row, step->sign, step->why);
}

/* Customer and, where it is there, the time of asking; *skip: the row is not counted. */
static Status rows_deal_head(RowStep *step, bool timed, DealRow *row, bool *skip) {
    Value customer;
    Value asked;
    if (!rows_value(step, 0, &customer) || (timed && !rows_value(step, 1, &asked))) {
        return STATUS_NO_MEMORY;
    }
    *skip = value_is_missing(&customer) || (timed && value_is_missing(&asked)); /* Requirement 2 */
    if (*skip) {
        return STATUS_OK;
    }
    row->customer = identity_of(&customer);
    row->timed = timed;
    return timed ? rows_time(step, 1, &asked, &row->asked_ms) : STATUS_OK;
}

/* A number of items that may be missing. */
static Status rows_quantity(RowStep *step, int index, DealRow *row) {
    Value value;
    if (!rows_value(step, index, &value)) {
        return STATUS_NO_MEMORY;
    }
    row->has_quantity = !value_is_missing(&value);
    step->failed = index;
    return row->has_quantity ? quantity_read(&value, &row->quantity, step->why) : STATUS_OK;
}

static Status rows_deal(RowStep *step) {
    DealRow row = {.timed = true};
    bool skip;
    Status status = rows_deal_head(step, true, &row, &skip);
    if (status != STATUS_OK || skip) {
        return status;
    }
    status = rows_optional_time(step, 2, &row.has_ordered, &row.ordered_ms);
    if (status == STATUS_OK) {
        status = rows_optional_time(step, 3, &row.has_paid, &row.paid_ms);
    }
    if (status == STATUS_OK && step->count > 4) {
        Value amount;
        if (!rows_value(step, 4, &amount)) {
            return STATUS_NO_MEMORY;
        }
        row.has_amount = !value_is_missing(&amount);
        step->failed = 4;
        status = row.has_amount ? money_read(&amount, &row.amount_micros, step->why) : STATUS_OK;
    }
    if (status == STATUS_OK && step->count > 5) {
        status = rows_quantity(step, 5, &row);
    }
    return status == STATUS_OK ? rows_add_deal(step, &row) : status;
}

/* customer, ordered [, paid]: flags. */
static Status rows_flags(RowStep *step) {
    DealRow row = {.timed = false};
    bool skip;
    Value ordered;
    Value paid = {VALUE_NULL, 0, {0}};
    Status status = rows_deal_head(step, false, &row, &skip);
    if (status != STATUS_OK || skip) {
        return status;
    }
    if (!rows_value(step, 1, &ordered) || (step->count > 2 && !rows_value(step, 2, &paid))) {
        return STATUS_NO_MEMORY;
    }
    row.has_ordered = rows_flag(&ordered);
    row.has_paid = rows_flag(&paid);
    return rows_add_deal(step, &row);
}

static Status rows_success(RowStep *step) {
    DealRow row = {.timed = true};
    bool skip;
    Status status = rows_deal_head(step, true, &row, &skip);
    if (status != STATUS_OK || skip) {
        return status;
    }
    status = rows_optional_time(step, 2, &row.has_paid, &row.paid_ms);
    return status == STATUS_OK ? rows_add_deal(step, &row) : status;
}

static Status rows_rating(RowStep *step) {
    RatingRow row = {.rated = false};
    Value customer;
    Value at;
    Value invited;
    Value score;
    if (!rows_value(step, 0, &customer) || !rows_value(step, 1, &at) ||
        !rows_value(step, 2, &invited) || !rows_value(step, 3, &score)) {
        return STATUS_NO_MEMORY;
    }
    if (value_is_missing(&customer) || value_is_missing(&at)) {
        return STATUS_OK; /* Requirement 2 */
    }
    Status status = rows_time(step, 1, &at, &row.at_ms);
    if (status != STATUS_OK) {
        return status;
    }
    row.invited = rows_flag(&invited);
    row.rated = !value_is_missing(&score);
    if (row.rated) {
        step->failed = 3;
        status = rating_score_read(step->groups->shape.rules, &score, &row.score_micros, step->why);
        if (status != STATUS_OK) {
            return status;
        }
    }
    GroupKey *key = rows_key(step);
    step->failed = -1;
    return key == NULL ? STATUS_NO_MEMORY
                       : groups_rating(step->groups, key, &row, step->sign, step->why);
}

const RowShape ROWS_CHAT = {FAMILY_CHAT, "key,customer,sender,sent_at,rules", 3, 3, false,
                            rows_chat};
const RowShape ROWS_DEAL = {
    FAMILY_DEAL, "key,customer,asked_at,ordered_at,paid_at,amount,quantity,rules", 4, 6, true,
    rows_deal};
const RowShape ROWS_RATING = {FAMILY_RATING, "key,customer,at,invited,score,rules", 4, 4, false,
                              rows_rating};
const RowShape ROWS_ORDERED = {FAMILY_DEAL, "key,customer,ordered,rules", 2, 2, false, rows_flags};
const RowShape ROWS_PAID = {FAMILY_DEAL, "key,customer,ordered,paid,rules", 3, 3, false,
                            rows_flags};
const RowShape ROWS_SUCCESS = {FAMILY_DEAL, "key,customer,asked_at,paid_at,rules", 3, 3, false,
                               rows_success};
