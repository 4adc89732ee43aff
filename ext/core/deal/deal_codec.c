/* deal_codec.c: deal stats as bytes (state.md).
**
** 1. Payload, all numbers varints but where a width is given:
**      rows, paid deals, known quantities, cross-sold ones; first asked ms (signed), last - first ms
**      amounts in millionths and items, where made with them (wide)
**      number of customers, bytes of an identity (1 byte: 8 or 16, see customer_code.h), then for each,
**      rising: identity, marks (2 bytes, DealMark). Version 1 of states has no byte for the bytes of an
**      identity, which are 16, and marks as varints.
** 2. Distinct customers are not stored but counted from the marks, so they cannot disagree.
*/
#include "core/deal/deal_stats.h"

#include <string.h>

#include "core/state/state.h"

/* The customers of sliding stats. */
static void deal_write_sliding(const DealStats *stats, Buffer *out) {
    DealCursor cursor = {0};
    uint64_t others = 0;
    while (deal_next_customer(stats, &cursor)) {
        others |= cursor.customer.low ^ IDENTITY_INTEGER;
    }
    const CustomerCode code = customer_code(others == 0);
    buffer_byte(out, (unsigned char)code);
    cursor = (DealCursor){0};
    while (deal_next_customer(stats, &cursor)) {
        unsigned char *at = buffer_reserve(out, CUSTOMER_ANY + DEAL_MARK_BYTES);
        if (at == NULL) {
            return;
        }
        out->length += (uint64_t)(deal_put_customer(at, cursor.customer, cursor.marks, code) - at);
    }
}

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
    buffer_varint(out, stats->sliding ? stats->customers.count : stats->customer_count);
    if (stats->sliding) {
        deal_write_sliding(stats, out);
    } else {
        buffer_byte(out, (unsigned char)stats->code);
        buffer_append(out, stats->customer_bytes,
                      stats->customer_count * (stats->code + DEAL_MARK_BYTES));
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

/* Whether these are so many customers, each above the one before, each with marks that go together. It
** reads every list, so it is written once for both codes; the callers give them as a constant. */
HOT_INLINE bool deal_check_list(const unsigned char *at, uint64_t count, const CustomerCode code,
                                DealTally *tally) {
    Identity before = {0, 0};
    uint64_t others = 0;
    for (uint64_t i = 0; i < count; i++, at += code + DEAL_MARK_BYTES) {
        const Identity customer = customer_get(at, code);
        const uint64_t marks = deal_get_marks(at, code);
        if ((i > 0 && identity_compare(before, customer) >= 0) || marks >> DEAL_MARK_BITS != 0 ||
            (deal_tally_first(tally, marks) && !deal_marks_hold(marks))) {
            return false;
        }
        others |= customer.low ^ IDENTITY_INTEGER;
        before = customer;
    }
    return customer_code_holds(code, STATE_VERSION, others);
}

/* The same for version 1, from the reader on. */
static bool deal_check_short_list(Reader *reader, uint64_t count, DealTally *tally) {
    Identity before = {0, 0};
    for (uint64_t i = 0; i < count; i++) {
        Identity customer;
        customer.high = reader_u64(reader);
        customer.low = reader_u64(reader);
        const uint64_t marks = reader_varint(reader);
        if (reader->broken || (i > 0 && identity_compare(before, customer) >= 0) ||
            marks >> DEAL_MARK_BITS != 0 ||
            (deal_tally_first(tally, marks) && !deal_marks_hold(marks))) {
            return false;
        }
        before = customer;
    }
    return true;
}

/* Paid deals that customers tell of: one, or two and more. */
static uint64_t deal_count_deals(const DealTally *tally) {
    uint64_t deals = 0;
    for (uint32_t i = 0; i < tally->kinds; i++) {
        const uint32_t marks = tally->marks[i];
        const uint64_t each = marks & DEAL_MORE_DEALS ? 2 : (marks & DEAL_ONE_DEAL) != 0;
        deals += each * (uint64_t)tally->customers[marks];
    }
    return deals;
}

static bool deal_read_list(DealStats *stats, Reader *reader, DealTally *tally) {
    const uint64_t count = stats->customer_count;
    if (stats->short_marks) {
        stats->customer_bytes = reader->at;
        return deal_check_short_list(reader, count, tally);
    }
    const unsigned char *at = reader_bytes(reader, count * (stats->code + DEAL_MARK_BYTES));
    stats->customer_bytes = at;
    return stats->code == CUSTOMER_NUMBERS ? deal_check_list(at, count, CUSTOMER_NUMBERS, tally)
                                           : deal_check_list(at, count, CUSTOMER_ANY, tally);
}

static bool deal_read_customers(DealStats *stats, uint32_t version, Reader *reader) {
    const uint64_t count = reader_varint(reader);
    stats->short_marks = version < CUSTOMER_CODE_SINCE;
    if (!customer_code_read(reader, version, &stats->code) || count == 0 ||
        count > reader_left(reader) / (stats->code + (stats->short_marks ? 1 : DEAL_MARK_BYTES))) {
        return false;
    }
    DealTally tally;
    memset(&tally, 0, sizeof tally);
    stats->customer_count = count;
    if (!deal_read_list(stats, reader, &tally)) {
        return false;
    }
    deal_count_tally(stats, &tally);
    return deal_count_deals(&tally) <= (uint64_t)stats->counts[DEAL_PAID_DEALS] &&
           count <= (uint64_t)stats->counts[DEAL_ROWS];
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
                 uint32_t version, Reader *reader, Message *why) {
    deal_open(stats, NULL, rules, has_amounts, has_quantities, false);
    stats->listed = true;
    if (!deal_read_sums(stats, reader) || !deal_read_customers(stats, version, reader) ||
        reader_left(reader) != 0) {
        return state_damaged(why);
    }
    return STATUS_OK;
}
