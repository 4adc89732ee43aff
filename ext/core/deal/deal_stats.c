/* deal_stats.c: see deal_stats.h. The bytes are deal_codec.c's. */
#include "core/deal/deal_stats.h"

#include <string.h>

#include "core/state/state.h"

#define DEAL_ROW_WORDS 3 /* customer; asked_ms and marks */
#define DEAL_MARK_MASK ((UINT64_C(1) << DEAL_MARK_BITS) - 1)
#define DEAL_SIMPLE_MARKS 8                          /* those that are not about paid deals */
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
    rows_open(&stats->rows, host, DEAL_ROW_WORDS);
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
    rows_close(&stats->rows);
    ordered_close(&stats->customers);
    stats->host->release(stats->marks);
    stats->marks = NULL;
}

/* Requirement 3: the marks of one lag. */
static uint32_t deal_lag_marks(const Rules *rules, const DealRow *row, int64_t asked_day,
                               int64_t lag, uint32_t mature, uint32_t success) {
    const Zone *zone = &rules->zone;
    if (rules->has_as_of && rules->as_of_ms < clock_day_start(zone, asked_day + lag + 1)) {
        return 0;
    }
    bool in_time = row->has_paid && row->paid_ms < clock_day_start(zone, asked_day + lag + 1);
    return in_time ? mature | success : mature;
}

/* Requirement 1: what one row says of its customer. */
static uint32_t deal_judge(const DealStats *stats, const DealRow *row, DayCache *day) {
    if (row->timed && ((row->has_ordered && row->ordered_ms < row->asked_ms) ||
                       (row->has_paid && row->paid_ms < row->asked_ms))) {
        return DEAL_AFTER_SALES;
    }
    uint32_t marks = DEAL_INQUIRY;
    marks |= row->has_ordered || row->has_paid ? DEAL_ORDERED : 0u;
    marks |= row->has_paid ? DEAL_PAID : 0u;
    marks |= row->has_paid && (row->has_amount || !stats->has_amounts) ? DEAL_ONE_DEAL : 0u;
    if (row->timed) {
        int64_t asked_day = clock_day_cached(&stats->rules->zone, day, row->asked_ms);
        marks |=
            deal_lag_marks(stats->rules, row, asked_day, 1, DEAL_MATURE_DAY1, DEAL_SUCCESS_DAY1);
        marks |= deal_lag_marks(stats->rules, row, asked_day, stats->rules->final_days,
                                DEAL_MATURE_FINAL, DEAL_SUCCESS_FINAL);
    }
    return marks;
}

void deal_count_customer(DealStats *stats, uint32_t marks, int64_t sign) {
    /* No branches: marks differ from customer to customer, so each one would be guessed wrong often. */
    int64_t *counts = stats->counts;
    counts[DEAL_INQUIRERS] += sign * ((marks & DEAL_INQUIRY) != 0);
    counts[DEAL_AFTER_SALES_ONLY] +=
        sign * ((marks & (DEAL_AFTER_SALES | DEAL_INQUIRY)) == DEAL_AFTER_SALES);
    counts[DEAL_ORDERERS] += sign * ((marks & DEAL_ORDERED) != 0);
    counts[DEAL_PAYERS] += sign * ((marks & DEAL_PAID) != 0);
    counts[DEAL_MATURE_DAY1_CUSTOMERS] += sign * ((marks & DEAL_MATURE_DAY1) != 0);
    counts[DEAL_SUCCESS_DAY1_CUSTOMERS] += sign * ((marks & DEAL_SUCCESS_DAY1) != 0);
    counts[DEAL_MATURE_FINAL_CUSTOMERS] += sign * ((marks & DEAL_MATURE_FINAL) != 0);
    counts[DEAL_SUCCESS_FINAL_CUSTOMERS] += sign * ((marks & DEAL_SUCCESS_FINAL) != 0);
    counts[DEAL_REPEATERS] += sign * ((marks & DEAL_MORE_DEALS) != 0);
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
    deal_count_customer(stats, deal_marks_of_entry(entry), -1);
    const uint64_t step = sign > 0 ? 1 : UINT64_MAX;
    for (uint32_t i = 0; i < DEAL_SIMPLE_MARKS; i++) {
        entry[2 + i] += marks >> i & 1 ? step : 0;
    }
    entry[2 + DEAL_SIMPLE_MARKS] += marks & DEAL_ONE_DEAL ? step : 0;
    entry[2 + DEAL_SIMPLE_MARKS] += marks & DEAL_MORE_DEALS ? step * 2 : 0;
    uint32_t left = deal_marks_of_entry(entry);
    deal_count_customer(stats, left, 1);
    if (left == 0) { /* every row has DEAL_INQUIRY or DEAL_AFTER_SALES, so none is left */
        ordered_remove(&stats->customers, key);
    }
    return STATUS_OK;
}

/* Plain: a row's or a part's marks of a customer; asked_ms tells the extent of a row that slides. */
static Status deal_append_marks(DealStats *stats, Identity customer, int64_t asked_ms,
                                uint32_t marks) {
    uint64_t *words = rows_append(&stats->rows);
    if (words == NULL) {
        return STATUS_NO_MEMORY;
    }
    words[0] = customer.high;
    words[1] = customer.low;
    words[2] = (uint64_t)(asked_ms + INSTANT_BIAS_MS) << DEAL_MARK_BITS | marks;
    return STATUS_OK;
}

/* Requirement 4. */
static Status deal_add_sums(DealStats *stats, const DealSums *sums, int sign, Message *why) {
    Status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < DEAL_SUM_COUNTS; i++) {
        status = state_add_count(&stats->counts[i], sums->counts[i], sign, why);
    }
    if (status == STATUS_OK) {
        status = state_add_sum(&stats->amount_micros, sums->amount_micros, sign, why);
    }
    return status == STATUS_OK ? state_add_sum(&stats->units, sums->units, sign, why) : status;
}

Status deal_add(DealStats *stats, const DealRow *row, DayCache *day, int sign, Message *why) {
    const uint32_t marks = deal_judge(stats, row, day);
    DealSums sums = {.counts = {[DEAL_ROWS] = 1}};
    if (marks & DEAL_PAID) {
        bool has_quantity = row->has_quantity;
        sums.counts[DEAL_PAID_DEALS] = (marks & DEAL_ONE_DEAL) != 0;
        sums.counts[DEAL_KNOWN_QUANTITIES] = has_quantity;
        sums.counts[DEAL_CROSS_SOLD] = has_quantity && row->quantity >= 2;
        sums.amount_micros = row->has_amount ? row->amount_micros : 0;
        sums.units = has_quantity ? row->quantity : 0;
    }
    Status status = deal_add_sums(stats, &sums, sign, why);
    if (status == STATUS_OK) {
        status = extent_add(&stats->extent, row->asked_ms, row->asked_ms, sign);
    }
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
    const uint64_t *row;
    while (status == STATUS_OK && (row = rows_next(&stats->rows, &cursor)) != NULL) {
        const Identity customer = {row[0], row[1]};
        int64_t asked_ms = (int64_t)(row[2] >> DEAL_MARK_BITS) - INSTANT_BIAS_MS;
        if (!stats->of_parts) {
            status = extent_add(&stats->extent, asked_ms, asked_ms, 1);
        }
        if (status == STATUS_OK) { /* not covered: no memory for the extent alone */
            status = deal_change_customer(stats, customer, (uint32_t)(row[2] & DEAL_MARK_MASK), 1);
        }
    }
    rows_close(&stats->rows);
    return status;
}

Status deal_merge(DealStats *into, const DealStats *part, int sign, Message *why) {
    DealSums sums = {.amount_micros = part->amount_micros, .units = part->units};
    memcpy(sums.counts, part->counts, sizeof sums.counts);
    Status status = deal_add_sums(into, &sums, sign, why);
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

Status deal_settle(DealStats *stats) {
    if (stats->sliding || stats->settled) {
        return STATUS_OK;
    }
    uint64_t count = stats->rows.count;
    Status status = rows_sort(&stats->rows, &stats->marks);
    if (status != STATUS_OK) {
        return status;
    }
    uint64_t *into = stats->marks;
    for (uint64_t i = 0; i < count; i++) {
        const uint64_t *row = stats->marks + i * DEAL_ROW_WORDS;
        uint64_t marks = row[2] & DEAL_MARK_MASK;
        if (i > 0 && into[-3] == row[0] && into[-2] == row[1]) {
            into[-1] = deal_union(into[-1], marks);
            continue;
        }
        into[0] = row[0];
        into[1] = row[1];
        into[2] = marks;
        into += DEAL_ROW_WORDS;
    }
    stats->mark_count = count == 0 ? 0 : (uint64_t)(into - stats->marks) / DEAL_ROW_WORDS;
    for (uint64_t i = 0; i < stats->mark_count; i++) {
        deal_count_customer(stats, (uint32_t)stats->marks[i * DEAL_ROW_WORDS + 2], 1);
    }
    stats->settled = true;
    return STATUS_OK;
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
        if (cursor->place == stats->mark_count) {
            return false;
        }
        const uint64_t *row = stats->marks + cursor->place * DEAL_ROW_WORDS;
        cursor->customer.high = row[0];
        cursor->customer.low = row[1];
        cursor->marks = (uint32_t)row[2];
    }
    cursor->place++;
    return true;
}
