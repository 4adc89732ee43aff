/* rows_read.h: reading one row, as a part of those who take it: rows.c, which has it as a function for each
** shape, and aggregate.c, which steps over chats and deals without a call in between.
**
** 1. What a row needs and in which order is decided here; requirement 2 of rows.h is kept here.
*/
#ifndef KEFU_GLUE_ROWS_READ_H
#define KEFU_GLUE_ROWS_READ_H

#include "core/chat/chat_line.h"
#include "glue/rows.h"

SQLITE_EXTENSION_INIT3

/* What became of reading a value. */
HOT_INLINE Status rows_read(RowStep *step, int index, Status status) {
    if (status != STATUS_OK) {
        step->failed = index;
    }
    return status;
}

/* What is found of a row's values; bits, so that several are asked at once. */
typedef enum RowsFound {
    ROWS_THERE = 0,
    ROWS_MISSING = 1,
    ROWS_LOST = 2 /* no memory */
} RowsFound;

/* What a row with these gives that is not to be read on (requirement 2). */
static inline Status rows_skip(unsigned found) {
    return (found & ROWS_LOST) != 0 ? STATUS_NO_MEMORY : STATUS_OK;
}

HOT_INLINE RowsFound rows_value(sqlite3_value *from, Value *out) {
    return !args_read(from, out) ? ROWS_LOST : value_is_missing(out) ? ROWS_MISSING : ROWS_THERE;
}

HOT_INLINE RowsFound rows_customer(sqlite3_value *from, Identity *customer) {
    Value value;
    const RowsFound found = rows_value(from, &value);
    *customer = found == ROWS_THERE ? identity_of(&value) : (Identity){0, 0};
    return found;
}

HOT_INLINE Status rows_time(RowStep *step, int index, const Value *value, int64_t *instant_ms) {
    Groups *groups = step->groups;
    return rows_read(
        step, index,
        clock_read_row(value, &groups->shape.rules->zone, &groups->dates, instant_ms, step->why));
}

/* A time that may be missing: DEAL_NEVER then. */
HOT_INLINE Status rows_optional_time(RowStep *step, int index, sqlite3_value *from,
                                     int64_t *instant_ms) {
    Value value;
    const RowsFound found = rows_value(from, &value);
    *instant_ms = DEAL_NEVER;
    return found == ROWS_THERE ? rows_time(step, index, &value, instant_ms) : rows_skip(found);
}

/* The key's entry, for a row that counts; NULL: out of memory. */
HOT_INLINE GroupKey *rows_key(const RowStep *step, sqlite3_value **values) {
    Groups *groups = step->groups;
    if (!step->keyed) {
        return groups->only != NULL ? groups->only : groups_key(groups, NULL);
    }
    Value key;
    if (!args_read(values[-1], &key)) {
        return NULL;
    }
    GroupKey *found = groups_key_at_hand(groups, &key);
    if (found != NULL) {
        return found;
    }
    const Value other = key; /* see value.h, requirement 3 */
    return groups_key(groups, &other);
}

/* Of the common senders at once; of others it is only known that they are there. */
#define ROWS_OTHER_SENDER SENDER_SYSTEM
HOT_INLINE RowsFound rows_sender(sqlite3_value *from, Sender *sender) {
    Value value;
    *sender = ROWS_OTHER_SENDER;
    if (!args_read(from, &value)) {
        return ROWS_LOST;
    }
    if (chat_sender_common(&value, sender)) {
        return ROWS_THERE;
    }
    return value_is_missing(&value) ? ROWS_MISSING : ROWS_THERE;
}

static inline Status rows_other_sender(RowStep *step, sqlite3_value *from, Sender *sender) {
    Value value;
    return args_read(from, &value) /* not covered: it was read just before */
               ? rows_read(step, 1, chat_sender_read_any(&value, sender, step->why))
               : STATUS_NO_MEMORY;
}

HOT_INLINE Status rows_chat(RowStep *step, sqlite3_value **values) {
    Identity customer;
    Sender sender;
    Value at;
    int64_t instant_ms;
    const unsigned found = rows_customer(values[0], &customer) | rows_sender(values[1], &sender) |
                           rows_value(values[2], &at);
    if (found != ROWS_THERE) {
        return rows_skip(found);
    }
    if (sender == ROWS_OTHER_SENDER) {
        Sender other;
        const Status status = rows_other_sender(step, values[1], &other);
        if (status != STATUS_OK) {
            return status;
        }
        sender = other;
    }
    const Status status = rows_time(step, 2, &at, &instant_ms);
    if (status != STATUS_OK || sender == SENDER_SYSTEM) {
        return status;
    }
    GroupKey *key = rows_key(step, values);
    return key == NULL ? STATUS_NO_MEMORY
                       : groups_chat(step->groups, key, customer,
                                     chat_line_pack(instant_ms, sender), step->sign, step->why);
}

/* Adds a deal that was read. */
HOT_INLINE Status rows_add_deal(RowStep *step, sqlite3_value **values, const DealRow *row) {
    GroupKey *key = rows_key(step, values);
    return key == NULL ? STATUS_NO_MEMORY
                       : groups_deal(step->groups, key, row, step->sign, step->why);
}

/* Customer and time of asking; false: the row ends here, with *status. */
HOT_INLINE bool rows_inquiry(RowStep *step, sqlite3_value **values, DealRow *row, Status *status) {
    Value asked;
    const unsigned found = rows_customer(values[0], &row->customer) | rows_value(values[1], &asked);
    row->timed = true;
    *status = found != ROWS_THERE ? rows_skip(found) : rows_time(step, 1, &asked, &row->asked_ms);
    return found == ROWS_THERE && *status == STATUS_OK;
}

/* The same for a row with an amount or a number of items. */
Status rows_deal_sold(RowStep *step, sqlite3_value **values, DealRow row);

HOT_INLINE Status rows_deal(RowStep *step, sqlite3_value **values) {
    DealRow row = {.timed = true};
    Status status;
    if (!rows_inquiry(step, values, &row, &status)) {
        return status;
    }
    status = rows_optional_time(step, 2, values[2], &row.ordered_ms);
    if (status == STATUS_OK) {
        status = rows_optional_time(step, 3, values[3], &row.paid_ms);
    }
    if (status != STATUS_OK) {
        return status;
    }
    for (int i = 4; i < step->count; i++) {
        if (sqlite3_value_type(values[i]) != SQLITE_NULL) {
            return rows_deal_sold(step, values, row);
        }
    }
    return rows_add_deal(step, values, &row);
}

#endif
