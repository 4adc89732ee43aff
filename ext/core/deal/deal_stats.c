/* deal_stats.c: see deal_stats.h. The bytes are deal_codec.c's. */
#include "core/deal/deal_stats.h"

#include <string.h>

#include "core/state/state.h"

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
    buffer_close(&stats->list);
}

void deal_day_refresh(const Rules *rules, DealDay *day, int64_t asked_ms) {
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

/* Rows come, or go, and those of them that are a deal. */
static void deal_count_rows(DealStats *stats, int64_t rows, int64_t deals) {
    stats->counts[DEAL_ROWS] += rows;
    stats->counts[DEAL_PAID_DEALS] += deals;
}

Status deal_add(DealStats *stats, const DealRow *row, DealDay *day, int sign) {
    if (!stats->sliding) {
        return deal_append(stats, row, day) ? STATUS_OK : STATUS_NO_MEMORY;
    }
    const uint32_t marks = deal_judge(stats, row, day);
    deal_count_rows(stats, sign, (marks & DEAL_ONE_DEAL) != 0 ? sign : 0);
    deal_add_sold(stats, row, marks, sign);
    const Status status = extent_add(&stats->extent, row->asked_ms, row->asked_ms, sign);
    return status == STATUS_OK ? deal_change_customer(stats, row->customer, marks, sign) : status;
}

static int64_t deal_word_ms(uint64_t word) {
    return (int64_t)(word >> DEAL_MARK_BITS) - INSTANT_BIAS_MS;
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
        if (!stats->of_parts) {
            deal_count_rows(stats, 1, (word & DEAL_ONE_DEAL) != 0);
            status = extent_add(&stats->extent, deal_word_ms(word), deal_word_ms(word), 1);
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
        if (into->sliding) {
            status = deal_change_customer(into, cursor.customer, cursor.marks, sign);
        } else if (!customer_rows_append(&into->rows, cursor.customer, cursor.marks)) {
            status = STATUS_NO_MEMORY;
        }
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

/* Plain stats on their way to a list. */
typedef struct DealSettling {
    DealStats *stats;
    DealTally tally;
    int64_t deals; /* rows that are one */
    uint64_t first_word;
    uint64_t last_word;
} DealSettling;

/* The customers of a run of rows (customer_rows.h), which are sorted, so that a customer's first word
** has his earliest instant. Written once for both widths; the callers give it as a constant. */
HOT_INLINE Status deal_settle_run(DealSettling *settling, const uint64_t *row, uint64_t count,
                                  const uint32_t width) {
    DealStats *stats = settling->stats;
    const uint64_t *end = row + count * width;
    const bool wide = width == CUSTOMER_ROWS_WIDE;
    const uint64_t low = stats->rows.low;
    const CustomerCode code = stats->code;
    unsigned char *at = NULL;
    if (!stats->for_kpi &&
        (at = buffer_reserve(&stats->list, count * (code + DEAL_MARK_BYTES))) == NULL) {
        return STATUS_NO_MEMORY;
    }
    unsigned char *const from = at;
    while (row < end) {
        const Identity customer = {row[0], wide ? row[1] : low};
        uint64_t word = row[width - 1];
        uint64_t marks = word & DEAL_MARK_MASK;
        settling->first_word = word < settling->first_word ? word : settling->first_word;
        settling->deals += (marks & DEAL_ONE_DEAL) != 0;
        for (row += width;
             row < end && row[0] == customer.high && (!wide || row[1] == customer.low);
             row += width) {
            word = row[width - 1];
            settling->deals += (word & DEAL_ONE_DEAL) != 0;
            marks = deal_union(marks, word & DEAL_MARK_MASK);
        }
        settling->last_word = word > settling->last_word ? word : settling->last_word;
        (void)deal_tally_first(&settling->tally, marks);
        stats->customer_count++;
        if (at != NULL) {
            at = deal_put_customer(at, customer, marks, code);
        }
    }
    if (from != NULL) {
        stats->list.length += (uint64_t)(at - from);
    }
    return STATUS_OK;
}

static Status deal_settle_narrow(void *context, uint64_t *sorted, uint64_t count) {
    return deal_settle_run(context, sorted, count, CUSTOMER_ROWS_NARROW);
}

static Status deal_settle_wide(void *context, uint64_t *sorted, uint64_t count) {
    return deal_settle_run(context, sorted, count, CUSTOMER_ROWS_WIDE);
}

Status deal_settle(DealStats *stats) {
    if (stats->sliding || stats->listed) {
        return STATUS_OK;
    }
    DealSettling settling;
    memset(&settling.tally, 0, sizeof settling.tally);
    settling.stats = stats;
    settling.deals = 0;
    settling.first_word = UINT64_MAX;
    settling.last_word = 0;
    const int64_t rows = (int64_t)stats->rows.rows.count;
    buffer_open(&stats->list, stats->host);
    stats->code = customer_code(customer_rows_are_numbers(&stats->rows));
    Status status =
        customer_rows_each_run(&stats->rows, deal_settle_narrow, deal_settle_wide, &settling);
    customer_rows_close(&stats->rows);
    deal_count_tally(stats, &settling.tally);
    if (status == STATUS_OK && !stats->of_parts && rows > 0) {
        deal_count_rows(stats, rows, settling.deals);
        status = extent_add(&stats->extent, deal_word_ms(settling.first_word),
                            deal_word_ms(settling.last_word), 1);
    }
    stats->customer_bytes = stats->list.bytes;
    stats->listed = status == STATUS_OK;
    return status;
}

bool deal_next_customer(const DealStats *stats, DealCursor *cursor) {
    if (stats->sliding) {
        const uint64_t *entry = ordered_next(&stats->customers, &cursor->entry);
        if (entry == NULL) {
            return false;
        }
        cursor->customer.high = entry[0];
        cursor->customer.low = entry[1];
        cursor->marks = deal_marks_of_entry(entry);
        return true;
    }
    if (cursor->place == stats->customer_count) {
        return false;
    }
    if (cursor->place++ == 0) {
        cursor->at = stats->customer_bytes;
    }
    cursor->customer = customer_get(cursor->at, stats->code);
    if (stats->short_marks) {
        const unsigned char *marks_at = cursor->at + stats->code;
        const Varint marks = varint_get(marks_at, marks_at + DEAL_MARK_BYTES);
        cursor->marks = (uint32_t)marks.number;
        cursor->at = marks.behind;
    } else {
        cursor->marks = (uint32_t)deal_get_marks(cursor->at, stats->code);
        cursor->at += stats->code + DEAL_MARK_BYTES;
    }
    return true;
}
