/* customer_rows.c: see customer_rows.h. */
#include "core/sets/customer_rows.h"

#include <string.h>

void customer_rows_open(CustomerRows *self, const Host *host) {
    rows_open(&self->rows, host, CUSTOMER_ROWS_NARROW);
    self->low = 0;
}

void customer_rows_close(CustomerRows *self) { rows_close(&self->rows); }

bool customer_rows_admit(CustomerRows *self, uint64_t low) {
    if (self->rows.count == 0) {
        self->low = low;
        return true;
    }
    Rows wide; /* Requirement 2 */
    rows_open(&wide, self->rows.host, CUSTOMER_ROWS_WIDE);
    RowCursor cursor = {0};
    const uint64_t *row;
    while ((row = rows_next(&self->rows, &cursor)) != NULL) {
        uint64_t *copy = rows_append(&wide);
        if (copy == NULL) {
            rows_close(&wide);
            return false;
        }
        copy[0] = row[0];
        copy[1] = self->low;
        copy[2] = row[1];
    }
    rows_close(&self->rows);
    self->rows = wide;
    return true;
}

typedef struct CustomerWalk {
    CustomerRows *self;
    CustomerVisit *visit;
    void *context;
} CustomerWalk;

/* Gathers each customer's words in place: a row is two or three words, so they move only towards the
** front. Written once for both widths; the callers give it as a constant. */
HOT_INLINE Status customer_walk(const CustomerWalk *walk, uint64_t *sorted, uint64_t count,
                                const uint32_t width) {
    Status status = STATUS_OK;
    const uint64_t *end = sorted + count * width;
    for (uint64_t *row = sorted; status == STATUS_OK && row < end;) {
        uint64_t *words = row;
        const Identity customer = {row[0], width == CUSTOMER_ROWS_WIDE ? row[1] : walk->self->low};
        uint64_t n = 0;
        do {
            words[n++] = row[width - 1];
            row += width;
        } while (row < end && row[0] == customer.high &&
                 (width == CUSTOMER_ROWS_NARROW || row[1] == customer.low));
        status = walk->visit(walk->context, customer, words, n);
    }
    return status;
}

static Status customer_walk_narrow(void *context, uint64_t *sorted, uint64_t count) {
    return customer_walk(context, sorted, count, CUSTOMER_ROWS_NARROW);
}

static Status customer_walk_wide(void *context, uint64_t *sorted, uint64_t count) {
    return customer_walk(context, sorted, count, CUSTOMER_ROWS_WIDE);
}

Status customer_rows_each_run(CustomerRows *self, RowVisit *narrow, RowVisit *wide, void *context) {
    const bool is_narrow = self->rows.width == CUSTOMER_ROWS_NARROW;
    return rows_each_run(&self->rows, is_narrow ? narrow : wide, context);
}

Status customer_rows_each(CustomerRows *self, CustomerVisit *visit, void *context) {
    CustomerWalk walk = {self, visit, context};
    return customer_rows_each_run(self, customer_walk_narrow, customer_walk_wide, &walk);
}
