/* rows.c: see rows.h. */
#include "glue/rows.h"

#include "core/money/money.h"
#include "core/money/quantity.h"
#include "glue/rows_read.h"

SQLITE_EXTENSION_INIT3

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

static Status rows_take_chat(RowStep *step, sqlite3_value **values) {
    return rows_chat(step, values);
}

static Status rows_take_deal(RowStep *step, sqlite3_value **values) {
    return rows_deal(step, values);
}

/* Amount and number of items, where the call has them; each may be missing. */
static Status rows_sold(RowStep *step, sqlite3_value **values, DealRow *row) {
    Value value;
    RowsFound found = rows_value(values[4], &value);
    row->has_amount = found == ROWS_THERE;
    Status status = !row->has_amount
                        ? rows_skip(found)
                        : rows_read(step, 4, money_read(&value, &row->amount_micros, step->why));
    if (status == STATUS_OK && step->count > 5) {
        found = rows_value(values[5], &value);
        row->has_quantity = found == ROWS_THERE;
        status = !row->has_quantity
                     ? rows_skip(found)
                     : rows_read(step, 5, quantity_read(&value, &row->quantity, step->why));
    }
    return status;
}

Status rows_deal_sold(RowStep *step, sqlite3_value **values, DealRow row) {
    const Status status = rows_sold(step, values, &row);
    return status == STATUS_OK ? rows_add_deal(step, values, &row) : status;
}

/* customer, ordered [, paid]: flags. */
static Status rows_flags(RowStep *step, sqlite3_value **values) {
    DealRow row = {.timed = false};
    Value ordered;
    Value paid = {VALUE_NULL, 0, {0}};
    const RowsFound found = rows_customer(values[0], &row.customer);
    if (!args_read(values[1], &ordered) || (step->count > 2 && !args_read(values[2], &paid))) {
        return STATUS_NO_MEMORY;
    }
    if (found != ROWS_THERE) {
        return rows_skip(found); /* Requirement 2 */
    }
    row.ordered_ms = rows_flag(&ordered) ? 0 : DEAL_NEVER;
    row.paid_ms = rows_flag(&paid) ? 0 : DEAL_NEVER;
    return rows_add_deal(step, values, &row);
}

static Status rows_success(RowStep *step, sqlite3_value **values) {
    DealRow row = {.timed = true, .ordered_ms = DEAL_NEVER};
    Status status;
    if (!rows_inquiry(step, values, &row, &status)) {
        return status;
    }
    status = rows_optional_time(step, 2, values[2], &row.paid_ms);
    return status == STATUS_OK ? rows_add_deal(step, values, &row) : status;
}

static Status rows_rating(RowStep *step, sqlite3_value **values) {
    RatingRow row = {.rated = false};
    Value customer;
    Value at;
    Value invited;
    Value score;
    if (!args_read(values[0], &customer) || !args_read(values[1], &at) ||
        !args_read(values[2], &invited) || !args_read(values[3], &score)) {
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
        status = rows_read(
            step, 3,
            rating_score_read(step->groups->shape.rules, &score, &row.score_micros, step->why));
        if (status != STATUS_OK) {
            return status;
        }
    }
    GroupKey *key = rows_key(step, values);
    return key == NULL ? STATUS_NO_MEMORY
                       : groups_rating(step->groups, key, &row, step->sign, step->why);
}

const RowShape ROWS_CHAT = {FAMILY_CHAT,   "key,customer,sender,sent_at,rules", 3, 3, false,
                            rows_take_chat};
const RowShape ROWS_DEAL = {
    FAMILY_DEAL,   "key,customer,asked_at,ordered_at,paid_at,amount,quantity,rules", 4, 6, true,
    rows_take_deal};
const RowShape ROWS_RATING = {FAMILY_RATING, "key,customer,at,invited,score,rules", 4, 4, false,
                              rows_rating};
const RowShape ROWS_ORDERED = {FAMILY_DEAL, "key,customer,ordered,rules", 2, 2, false, rows_flags};
const RowShape ROWS_PAID = {FAMILY_DEAL, "key,customer,ordered,paid,rules", 3, 3, false,
                            rows_flags};
const RowShape ROWS_SUCCESS = {FAMILY_DEAL, "key,customer,asked_at,paid_at,rules", 3, 3, false,
                               rows_success};
