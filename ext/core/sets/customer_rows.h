/* customer_rows.h: rows of a customer and one word about him (a chat line; marks of a deal), gathered
** in any order and shown customer by customer.
**
** 1. Customers come in the order of their identities, each with his words in rising order.
** 2. While all customers have the same low word, as all INTEGER ones have, a row takes two words; from
**    the first other one on, three. Nothing is lost either way. (A million lines of INTEGER
**    customers: 16 MB for 24.)
** 3. Memory and interrupts: as rows_each_run() in rows.h.
*/
#ifndef KEFU_CORE_CUSTOMER_ROWS_H
#define KEFU_CORE_CUSTOMER_ROWS_H

#include "core/sets/identity.h"
#include "core/sets/rows.h"

#define CUSTOMER_ROWS_NARROW 2
#define CUSTOMER_ROWS_WIDE 3

typedef struct CustomerRows {
    Rows rows;    /* NARROW: high, word; WIDE: high, low, word */
    uint64_t low; /* NARROW: of every customer in there */
} CustomerRows;

void customer_rows_open(CustomerRows *self, const Host *host);
void customer_rows_close(CustomerRows *self);
/* Makes ready for a customer with another low word; false: no memory. For customer_rows_append(). */
bool customer_rows_admit(CustomerRows *self, uint64_t low);

/* All customers are whole numbers. */
static inline bool customer_rows_are_numbers(const CustomerRows *self) {
    return self->rows.width == CUSTOMER_ROWS_NARROW && self->low == IDENTITY_INTEGER;
}

/* False: no memory; the row is not in there. */
static inline bool customer_rows_append(CustomerRows *self, Identity customer, uint64_t word) {
    Rows *rows = &self->rows;
    if (customer.low != self->low && rows->width == CUSTOMER_ROWS_NARROW &&
        !customer_rows_admit(self, customer.low)) {
        return false;
    }
    uint64_t *row = rows_append(rows);
    if (row == NULL) {
        return false;
    }
    row[0] = customer.high;
    if (rows->width == CUSTOMER_ROWS_NARROW) {
        row[1] = word;
    } else {
        row[1] = customer.low;
        row[2] = word;
    }
    return true;
}

/* Reads the rows in the order of their arrival: start with a zeroed cursor; false after the last. */
static inline bool customer_rows_next(const CustomerRows *self, RowCursor *cursor,
                                      Identity *customer, uint64_t *word) {
    const uint64_t *row = rows_next(&self->rows, cursor);
    if (row == NULL) {
        return false;
    }
    customer->high = row[0];
    customer->low = self->rows.width == CUSTOMER_ROWS_WIDE ? row[1] : self->low;
    *word = row[self->rows.width - 1];
    return true;
}

/* Shows all customers; the words are lent. The store is empty afterwards, and when
** the status is not OK, good for customer_rows_close() only. */
typedef Status CustomerVisit(void *context, Identity customer, const uint64_t *words,
                             uint64_t count);
Status customer_rows_each(CustomerRows *self, CustomerVisit *visit, void *context);
/* The same, run by run: the rows of a customer are in one run, sorted, of two or three words each. */
Status customer_rows_each_run(CustomerRows *self, RowVisit *narrow, RowVisit *wide, void *context);

#endif
