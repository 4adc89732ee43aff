/* deal_codec.c: deal stats as bytes (state.md).
**
** 1. Payload, all numbers varints but where a width is given:
**      rows, paid deals, known quantities, cross-sold ones; first asked ms (signed), last - first ms
**      amounts in millionths and items, where made with them (wide)
**      number of customers, then for each, rising: 16 bytes, marks (DealMark)
** 2. Distinct customers are not stored but counted from the marks, so they cannot disagree.
*/
#include "core/deal/deal_stats.h"

#include <string.h>

#include "core/state/state.h"

#define DEAL_CUSTOMER_BYTES 17 /* the least that a customer takes */

Status deal_write(const DealStats *stats, Buffer *out) {
    for (int i = 0; i < DEAL_SUM_COUNTS; i++) {
        buffer_varint(out, (uint64_t)stats->counts[i]);
    }
    extent_write(&stats->extent, out);
    if (stats->has_amounts) {
        buffer_wide(out, stats->amount_micros);
    }
    if (stats->has_quantities) {
        buffer_wide(out, stats->units);
    }
    buffer_varint(out, stats->sliding ? stats->customers.count : stats->rows.rows.count);
    DealCursor cursor = {0};
    while (deal_next_customer(stats, &cursor)) {
        buffer_u64(out, cursor.customer.high);
        buffer_u64(out, cursor.customer.low);
        buffer_varint(out, cursor.marks);
    }
    return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Which marks another one needs: a payment is an order is an inquiry, a success is mature, … */
static bool deal_marks_hold(uint64_t marks) {
    static const struct {
        uint32_t mark;
        uint32_t needs;
    } needed[] = {
        {DEAL_ORDERED, DEAL_INQUIRY},
        {DEAL_PAID, DEAL_ORDERED},
        {DEAL_MATURE_DAY1, DEAL_INQUIRY},
        {DEAL_MATURE_FINAL, DEAL_INQUIRY},
        {DEAL_SUCCESS_DAY1, DEAL_MATURE_DAY1 | DEAL_PAID},
        {DEAL_SUCCESS_FINAL, DEAL_MATURE_FINAL | DEAL_PAID},
        {DEAL_ONE_DEAL, DEAL_PAID},
        {DEAL_MORE_DEALS, DEAL_PAID},
    };
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if ((marks & needed[i].mark) != 0 && (marks & needed[i].needs) != needed[i].needs) {
            return false;
        }
    }
    return (marks & (DEAL_INQUIRY | DEAL_AFTER_SALES)) != 0 &&
           (marks & (DEAL_ONE_DEAL | DEAL_MORE_DEALS)) != (DEAL_ONE_DEAL | DEAL_MORE_DEALS);
}

static bool deal_read_customers(DealStats *stats, Reader *reader) {
    stats->customer_count = reader_varint(reader);
    if (reader->broken || stats->customer_count == 0 ||
        stats->customer_count > reader_left(reader) / DEAL_CUSTOMER_BYTES) {
        return false;
    }
    stats->bytes = *reader;
    DealTally tally;
    memset(&tally, 0, sizeof tally);
    Identity before = {0, 0};
    uint64_t deals = 0; /* paid deals that the marks tell of: one, or two and more */
    for (uint64_t i = 0; i < stats->customer_count; i++) {
        Identity customer;
        customer.high = reader_u64(reader);
        customer.low = reader_u64(reader);
        uint64_t marks = reader_varint(reader);
        if (reader->broken || (i > 0 && identity_compare(before, customer) >= 0) ||
            marks >> DEAL_MARK_BITS != 0) {
            return false;
        }
        if (deal_tally_first(&tally, marks) && !deal_marks_hold(marks)) {
            return false;
        }
        deals += marks & DEAL_MORE_DEALS ? 2 : (marks & DEAL_ONE_DEAL) != 0;
        before = customer;
    }
    deal_count_tally(stats, &tally);
    return deals <= (uint64_t)stats->counts[DEAL_PAID_DEALS] &&
           stats->customer_count <= (uint64_t)stats->counts[DEAL_ROWS];
}

static bool deal_read_sums(DealStats *stats, Reader *reader) {
    for (int i = 0; i < DEAL_SUM_COUNTS; i++) {
        stats->counts[i] = state_read_count(reader);
    }
    if (!extent_read(&stats->extent, reader)) {
        return false;
    }
    stats->amount_micros = stats->has_amounts ? reader_wide(reader) : 0;
    stats->units = stats->has_quantities ? reader_wide(reader) : 0;
    return stats->amount_micros <= STATE_MOST_SUM && stats->amount_micros >= -STATE_MOST_SUM &&
           stats->units <= STATE_MOST_SUM &&
           stats->units >= 2 * (int128)stats->counts[DEAL_CROSS_SOLD] &&
           (stats->units == 0 || stats->counts[DEAL_KNOWN_QUANTITIES] > 0) &&
           (stats->amount_micros == 0 || stats->counts[DEAL_PAID_DEALS] > 0) &&
           stats->counts[DEAL_PAID_DEALS] <= stats->counts[DEAL_ROWS] &&
           stats->counts[DEAL_KNOWN_QUANTITIES] <= stats->counts[DEAL_ROWS] &&
           stats->counts[DEAL_CROSS_SOLD] <= stats->counts[DEAL_KNOWN_QUANTITIES];
}

Status deal_read(DealStats *stats, const Rules *rules, bool has_amounts, bool has_quantities,
                 Reader *reader, Message *why) {
    deal_open(stats, NULL, rules, has_amounts, has_quantities, false);
    stats->from_bytes = true;
    if (!deal_read_sums(stats, reader) || !deal_read_customers(stats, reader) ||
        reader_left(reader) != 0) {
        return state_damaged(why);
    }
    return STATUS_OK;
}
