/* deal_stats.c: see deal_stats.h. The bytes are deal_codec.c's. */
#include "core/deal/deal_stats.h"

#include <string.h>

#include "core/state/state.h"

#define DEAL_MARK_MASK ((UINT64_C(1) << DEAL_MARK_BITS) - 1)
#define DEAL_SUCCESS_SHIFT 1 /* from the mark of a mature lag to that of its success */
#define DEAL_SIMPLE_MARKS 8  /* those that are not about paid deals */
#define DEAL_ENTRY_WORDS (2 + DEAL_SIMPLE_MARKS + 1) /* …, and the number of paid deals */

void deal_open(DealStats *stats, const Host *host, const Rules *rules, bool has_amounts,
               bool has_quantities, bool sliding) {
    memset(stats, 0, sizeof *stats);
    stats->host = host;
    stats->rules = rules;
    stats->has_amounts = has_amounts;
    stats->has_quantities = has_quantities;
    stats->sliding = sliding;
    extent_open(&stats->extent, host, sliding);
    customer_rows_open(&stats->rows, host);
    ordered_open(&stats->customers, host, 2, DEAL_ENTRY_WORDS);
}

void deal_open_parts(DealStats *stats, const Host *host, const Rules *rules, bool has_amounts,
                     bool has_quantities) {
    deal_open(stats, host, rules, has_amounts, has_quantities, true);
    stats->sliding = false;
    stats->of_parts = true;
}

void deal_close(DealStats *stats) {
    extent_close(&stats->extent);
    customer_rows_close(&stats->rows);
    ordered_close(&stats->customers);
}

/* Requirement 3. */
static void deal_day_refresh(const Rules *rules, DealDay *day, int64_t asked_ms) {
    const Zone *zone = &rules->zone;
    const int64_t asked_day = clock_day_refresh(zone, &day->day, asked_ms);
    day->day1_end_ms = clock_day_start(zone, asked_day + 2);
    day->final_end_ms = clock_day_start(zone, asked_day + rules->final_days + 1);
    day->mature = 0;
    if (!rules->has_as_of || rules->as_of_ms >= day->day1_end_ms) {
        day->mature |= DEAL_MATURE_DAY1;
    }
    if (!rules->has_as_of || rules->as_of_ms >= day->final_end_ms) {
        day->mature |= DEAL_MATURE_FINAL;
    }
}

/* Requirement 1: what one row says of its customer. */
static uint32_t deal_judge(const DealStats *stats, const DealRow *row, DealDay *day) {
    if (row->timed && ((row->has_ordered && row->ordered_ms < row->asked_ms) ||
                       (row->has_paid && row->paid_ms < row->asked_ms))) {
        return DEAL_AFTER_SALES;
    }
    uint32_t marks = DEAL_INQUIRY;
    marks |= row->has_ordered || row->has_paid ? DEAL_ORDERED : 0u;
    marks |= row->has_paid ? DEAL_PAID : 0u;
    marks |= row->has_paid && (row->has_amount || !stats->has_amounts) ? DEAL_ONE_DEAL : 0u;
    if (row->timed) {
        if (row->asked_ms < day->day.start_ms || row->asked_ms >= day->day.end_ms) {
            deal_day_refresh(stats->rules, day, row->asked_ms);
        }
        uint32_t in_time = 0;
        if (row->has_paid) {
            in_time |= row->paid_ms < day->day1_end_ms ? DEAL_MATURE_DAY1 : 0u;
            in_time |= row->paid_ms < day->final_end_ms ? DEAL_MATURE_FINAL : 0u;
        }
        marks |= day->mature | (day->mature & in_time) << DEAL_SUCCESS_SHIFT;
    }
    return marks;
}

void deal_count_customers(DealStats *stats, uint64_t marks, int64_t customers) {
    /* No branches: marks differ from customer to customer, so each one would be guessed wrong often. */
    int64_t *counts = stats->counts;
    counts[DEAL_INQUIRERS] += customers * ((marks & DEAL_INQUIRY) != 0);
    counts[DEAL_AFTER_SALES_ONLY] +=
        customers * ((marks & (DEAL_AFTER_SALES | DEAL_INQUIRY)) == DEAL_AFTER_SALES);
    counts[DEAL_ORDERERS] += customers * ((marks & DEAL_ORDERED) != 0);
    counts[DEAL_PAYERS] += customers * ((marks & DEAL_PAID) != 0);
    counts[DEAL_MATURE_DAY1_CUSTOMERS] += customers * ((marks & DEAL_MATURE_DAY1) != 0);
    counts[DEAL_SUCCESS_DAY1_CUSTOMERS] += customers * ((marks & DEAL_SUCCESS_DAY1) != 0);
    counts[DEAL_MATURE_FINAL_CUSTOMERS] += customers * ((marks & DEAL_MATURE_FINAL) != 0);
    counts[DEAL_SUCCESS_FINAL_CUSTOMERS] += customers * ((marks & DEAL_SUCCESS_FINAL) != 0);
    counts[DEAL_REPEATERS] += customers * ((marks & DEAL_MORE_DEALS) != 0);
}

void deal_count_tally(DealStats *stats, const DealTally *tally) {
    for (uint32_t i = 0; i < tally->kinds; i++) {
        const uint16_t marks = tally->marks[i];
        deal_count_customers(stats, marks, tally->customers[marks]);
    }
}

static uint32_t deal_marks_of_entry(const uint64_t *entry) {
    uint32_t marks = 0;
    for (uint32_t i = 0; i < DEAL_SIMPLE_MARKS; i++) {
        marks |= entry[2 + i] != 0 ? 1u << i : 0u;
    }
    uint64_t deals = entry[2 + DEAL_SIMPLE_MARKS];
    return marks | (deals == 0   ? 0u
                    : deals == 1 ? (uint32_t)DEAL_ONE_DEAL
                                 : (uint32_t)DEAL_MORE_DEALS);
}

/* Sliding: one row's or one part's marks of a customer come (sign +1) or go (-1). */
static Status deal_change_customer(DealStats *stats, Identity customer, uint32_t marks, int sign) {
    const uint64_t key[2] = {customer.high, customer.low};
    uint64_t *entry = ordered_put(&stats->customers, key);
    if (entry == NULL) {
        return STATUS_NO_MEMORY;
    }
    deal_count_customers(stats, deal_marks_of_entry(entry), -1);
    const uint64_t step = sign > 0 ? 1 : UINT64_MAX;
    for (uint32_t i = 0; i < DEAL_SIMPLE_MARKS; i++) {
        entry[2 + i] += marks >> i & 1 ? step : 0;
    }
    entry[2 + DEAL_SIMPLE_MARKS] += marks & DEAL_ONE_DEAL ? step : 0;
    entry[2 + DEAL_SIMPLE_MARKS] += marks & DEAL_MORE_DEALS ? step * 2 : 0;
    uint32_t left = deal_marks_of_entry(entry);
    deal_count_customers(stats, left, 1);
    if (left == 0) { /* every row has DEAL_INQUIRY or DEAL_AFTER_SALES, so none is left */
        ordered_remove(&stats->customers, key);
    }
    return STATUS_OK;
}

/* Plain: a row's or a part's marks of a customer; asked_ms tells the extent of a row that slides. */
static Status deal_append_marks(DealStats *stats, Identity customer, int64_t asked_ms,
                                uint32_t marks) {
    const uint64_t word = (uint64_t)(asked_ms + INSTANT_BIAS_MS) << DEAL_MARK_BITS | marks;
    return customer_rows_append(&stats->rows, customer, word) ? STATUS_OK : STATUS_NO_MEMORY;
}

/* Requirement 4. No row is tested against the limits of state.h: memory ends long before them. */
Status deal_add(DealStats *stats, const DealRow *row, DealDay *day, int sign) {
    const uint32_t marks = deal_judge(stats, row, day);
    stats->counts[DEAL_ROWS] += sign;
    if ((marks & DEAL_PAID) != 0) {
        stats->counts[DEAL_PAID_DEALS] += (marks & DEAL_ONE_DEAL) != 0 ? sign : 0;
        if (row->has_amount) {
            stats->amount_micros += sign * (int128)row->amount_micros;
        }
        if (row->has_quantity) {
            stats->counts[DEAL_KNOWN_QUANTITIES] += sign;
            stats->counts[DEAL_CROSS_SOLD] += row->quantity >= 2 ? sign : 0;
            stats->units += sign * (int128)row->quantity;
        }
    }
    const Status status = extent_add(&stats->extent, row->asked_ms, row->asked_ms, sign);
    if (status != STATUS_OK) {
        return status;
    }
    return stats->sliding ? deal_change_customer(stats, row->customer, marks, sign)
                          : deal_append_marks(stats, row->customer, row->asked_ms, marks);
}

Status deal_slide(DealStats *stats) {
    if (!stats->of_parts) {
        extent_open(&stats->extent, stats->host, true);
    }
    stats->sliding = true;
    Status status = STATUS_OK;
    RowCursor cursor = {0};
    Identity customer;
    uint64_t word;
    while (status == STATUS_OK && customer_rows_next(&stats->rows, &cursor, &customer, &word)) {
        int64_t asked_ms = (int64_t)(word >> DEAL_MARK_BITS) - INSTANT_BIAS_MS;
        if (!stats->of_parts) {
            status = extent_add(&stats->extent, asked_ms, asked_ms, 1);
        }
        if (status == STATUS_OK) {
            status = deal_change_customer(stats, customer, (uint32_t)(word & DEAL_MARK_MASK), 1);
        }
    }
    customer_rows_close(&stats->rows);
    return status;
}

Status deal_merge(DealStats *into, const DealStats *part, int sign, Message *why) {
    Status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < DEAL_SUM_COUNTS; i++) {
        status = state_add_count(&into->counts[i], part->counts[i], sign, why);
    }
    if (status == STATUS_OK) {
        status = state_add_sum(&into->amount_micros, part->amount_micros, sign, why);
    }
    if (status == STATUS_OK) {
        status = state_add_sum(&into->units, part->units, sign, why);
    }
    if (status == STATUS_OK) {
        status = extent_add(&into->extent, extent_first(&part->extent), extent_last(&part->extent),
                            sign);
    }
    DealCursor cursor = {0};
    while (status == STATUS_OK && deal_next_customer(part, &cursor)) {
        status = into->sliding ? deal_change_customer(into, cursor.customer, cursor.marks, sign)
                               : deal_append_marks(into, cursor.customer, 0, cursor.marks);
    }
    return status;
}

/* Requirement 2: the marks of one customer from two of his rows. */
static uint64_t deal_union(uint64_t left, uint64_t right) {
    const uint64_t deals = DEAL_ONE_DEAL | DEAL_MORE_DEALS;
    uint64_t both = left | right;
    if ((left & deals) != 0 && (right & deals) != 0) {
        both = (both & ~deals) | DEAL_MORE_DEALS;
    }
    return both;
}

typedef struct DealSettling {
    CustomerRows settled;
    DealTally tally;
} DealSettling;

static Status deal_settle_customer(void *context, Identity customer, const uint64_t *words,
                                   uint64_t count) {
    DealSettling *settling = context;
    uint64_t marks = words[0] & DEAL_MARK_MASK;
    for (uint64_t i = 1; i < count; i++) {
        marks = deal_union(marks, words[i] & DEAL_MARK_MASK);
    }
    (void)deal_tally_first(&settling->tally, marks);
    return customer_rows_append(&settling->settled, customer, marks) ? STATUS_OK : STATUS_NO_MEMORY;
}

Status deal_settle(DealStats *stats) {
    if (stats->sliding || stats->settled) {
        return STATUS_OK;
    }
    DealSettling settling;
    memset(&settling.tally, 0, sizeof settling.tally);
    customer_rows_open(&settling.settled, stats->host);
    Status status = customer_rows_each(&stats->rows, deal_settle_customer, &settling);
    customer_rows_close(&stats->rows);
    stats->rows = settling.settled;
    deal_count_tally(stats, &settling.tally);
    stats->settled = status == STATUS_OK;
    return status;
}

bool deal_next_customer(const DealStats *stats, DealCursor *cursor) {
    if (stats->from_bytes) {
        if (cursor->place == stats->customer_count) {
            return false;
        }
        if (cursor->place == 0) {
            cursor->bytes = stats->bytes;
        }
        cursor->customer.high = reader_u64(&cursor->bytes);
        cursor->customer.low = reader_u64(&cursor->bytes);
        cursor->marks = (uint32_t)reader_varint(&cursor->bytes);
    } else if (stats->sliding) {
        const uint64_t *entry = ordered_next(&stats->customers, &cursor->entry);
        if (entry == NULL) {
            return false;
        }
        cursor->customer.high = entry[0];
        cursor->customer.low = entry[1];
        cursor->marks = deal_marks_of_entry(entry);
    } else {
        uint64_t marks;
        if (!customer_rows_next(&stats->rows, &cursor->row, &cursor->customer, &marks)) {
            return false;
        }
        cursor->marks = (uint32_t)marks;
    }
    cursor->place++;
    return true;
}
