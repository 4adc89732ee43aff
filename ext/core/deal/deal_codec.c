/* deal_codec.c: deal stats as bytes (state.md).
**
** 1. Payload, all numbers varints but where a width is given:
**      rows, paid deals, known quantities, cross-sold ones; first asked ms (signed), last - first ms
**      amounts in millionths and items, where made with them (wide)
**      number of customers, then for each, rising: 16 bytes, marks (DealMark)
** 2. Distinct customers are not stored but counted from the marks, so they cannot disagree.
*/
#include "core/deal/deal_stats.h"

#include "core/state/state.h"

#define DEAL_CUSTOMER_BYTES 17 /* the least that a customer takes */
#define DEAL_MOST_COUNT (UINT64_C(1) << 62)
#define DEAL_MOST_INSTANT (INT64_C(1) << 50) /* ms; more than years 0 to 9999 take */
#define DEAL_MOST_READ ((int128)1 << 99)

Status deal_write(const DealStats *stats, Buffer *out) {
    for (int i = 0; i < DEAL_SUM_COUNTS; i++) {
        buffer_varint(out, (uint64_t)stats->counts[i]);
    }
    int64_t first_ms = extent_first(&stats->extent);
    buffer_signed(out, first_ms);
    buffer_varint(out, (uint64_t)(extent_last(&stats->extent) - first_ms));
    if (stats->has_amounts) {
        buffer_wide(out, stats->amount_micros);
    }
    if (stats->has_quantities) {
        buffer_wide(out, stats->units);
    }
    buffer_varint(out, stats->sliding ? stats->customers.count : stats->mark_count);
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
    return marks >> DEAL_MARK_BITS == 0 && (marks & (DEAL_INQUIRY | DEAL_AFTER_SALES)) != 0 &&
           (marks & (DEAL_ONE_DEAL | DEAL_MORE_DEALS)) != (DEAL_ONE_DEAL | DEAL_MORE_DEALS);
}

static bool deal_read_customers(DealStats *stats, Reader *reader) {
    stats->customer_count = reader_varint(reader);
    if (reader->broken || stats->customer_count == 0 ||
        stats->customer_count > reader_left(reader) / DEAL_CUSTOMER_BYTES) {
        return false;
    }
    stats->bytes = *reader;
    Identity before = {0, 0};
    for (uint64_t i = 0; i < stats->customer_count; i++) {
        Identity customer;
        customer.high = reader_u64(reader);
        customer.low = reader_u64(reader);
        uint64_t marks = reader_varint(reader);
        if (reader->broken || (i > 0 && identity_compare(before, customer) >= 0) ||
            !deal_marks_hold(marks)) {
            return false;
        }
        deal_count_customer(stats, (uint32_t)marks, 1);
        before = customer;
    }
    return (uint64_t)stats->counts[DEAL_ROWS] >= stats->customer_count;
}

static bool deal_read_sums(DealStats *stats, Reader *reader) {
    for (int i = 0; i < DEAL_SUM_COUNTS; i++) {
        uint64_t count = reader_varint(reader);
        if (count > DEAL_MOST_COUNT) {
            return false;
        }
        stats->counts[i] = (int64_t)count;
    }
    int64_t first_ms = reader_signed(reader);
    uint64_t length_ms = reader_varint(reader);
    if (first_ms < -DEAL_MOST_INSTANT || first_ms > DEAL_MOST_INSTANT ||
        length_ms > (uint64_t)DEAL_MOST_INSTANT) {
        return false;
    }
    if (stats->has_amounts) {
        stats->amount_micros = reader_wide(reader);
    }
    if (stats->has_quantities) {
        stats->units = reader_wide(reader);
    }
    return extent_add(&stats->extent, first_ms, first_ms + (int64_t)length_ms, 1) == STATUS_OK &&
           stats->amount_micros < DEAL_MOST_READ && stats->amount_micros > -DEAL_MOST_READ &&
           stats->units < DEAL_MOST_READ && stats->units >= 0 &&
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
