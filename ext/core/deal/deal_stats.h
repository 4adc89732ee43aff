/* deal_stats.h: inquiries and what came of them (kpis.md 2).
**
** 1. A row is an inquiry when nothing was ordered or paid before asked_at, else an after-sales
**    contact. A row that was paid counts as ordered too. Each row is judged by itself.
** 2. Customers count once: each one's marks are the union of the marks of his rows.
** 3. An inquiry of local day D is mature for lag L when as_of is at or after the start of day D+L+1;
**    without as_of always.
** 4. Sums of money and items are exact and independent of order.
** 5. Three forms with one way to read them: marks appended as rows or parts come (plain), customers
**    with how many of these gave them each mark (sliding: windows), and read in place from bytes.
*/
#ifndef KEFU_CORE_DEAL_STATS_H
#define KEFU_CORE_DEAL_STATS_H

#include "core/rules/rules.h"
#include "core/sets/customer_rows.h"
#include "core/sets/extent.h"

/* Requirement 2: what a customer's rows say of him; bits. All but AFTER_SALES are of inquiries. */
typedef enum DealMark {
    DEAL_INQUIRY = 1,
    DEAL_AFTER_SALES = 2,
    DEAL_ORDERED = 4,
    DEAL_PAID = 8,
    DEAL_MATURE_DAY1 = 16,
    DEAL_SUCCESS_DAY1 = 32,
    DEAL_MATURE_FINAL = 64,
    DEAL_SUCCESS_FINAL = 128,
    DEAL_ONE_DEAL = 256,  /* one paid deal (as in paid_deals) … */
    DEAL_MORE_DEALS = 512 /* … two or more, and then not ONE_DEAL */
} DealMark;
#define DEAL_MARK_BITS 10

/* Sums over rows; and, behind them, distinct customers. */
typedef enum DealCount {
    DEAL_ROWS,
    DEAL_PAID_DEALS, /* paid inquiries with an amount; all paid ones if made without amounts */
    DEAL_KNOWN_QUANTITIES, /* paid inquiries with a quantity */
    DEAL_CROSS_SOLD,       /* … of two or more */
    DEAL_SUM_COUNTS,       /* those above are sums; those below follow from the customers' marks */
    DEAL_INQUIRERS = DEAL_SUM_COUNTS,
    DEAL_AFTER_SALES_ONLY,
    DEAL_ORDERERS,
    DEAL_PAYERS,
    DEAL_MATURE_DAY1_CUSTOMERS,
    DEAL_SUCCESS_DAY1_CUSTOMERS,
    DEAL_MATURE_FINAL_CUSTOMERS,
    DEAL_SUCCESS_FINAL_CUSTOMERS,
    DEAL_REPEATERS,
    DEAL_COUNTS
} DealCount;

/* One row as it was read. */
typedef struct DealRow {
    Identity customer;
    int64_t asked_ms; /* timed */
    bool has_ordered;
    bool has_paid;
    bool has_amount;
    bool has_quantity;
    bool timed;         /* false: nothing is known but the flags (one-step forms on flags) */
    int64_t ordered_ms; /* timed, and has_ordered */
    int64_t paid_ms;    /* timed, and has_paid */
    int64_t amount_micros;
    int64_t quantity;
} DealRow;

/* A local day of asked_at and what requirement 3 says of its inquiries: rows come in runs of one day.
** Zeroed: empty. Belongs to one rules. */
typedef struct DealDay {
    DayCache day;
    uint32_t mature;     /* DEAL_MATURE_DAY1, DEAL_MATURE_FINAL: the lags that it is mature for */
    int64_t day1_end_ms; /* paid before this: a success of that lag */
    int64_t final_end_ms;
} DealDay;

/* What every row touches comes first: with 50 agents at random, lines of memory are what it costs. */
typedef struct DealStats {
    CustomerRows rows; /* plain: asked_ms and marks; settled: marks alone, one row a customer */
    const Host *host;
    const Rules *rules; /* borrowed */
    bool has_amounts;
    bool has_quantities;
    bool sliding;
    bool of_parts; /* merged from stats: an extent is a part's, not a row's */
    int64_t counts[DEAL_COUNTS];
    int128 amount_micros; /* of paid inquiries with an amount */
    int128 units;         /* items of paid inquiries with a quantity */
    Extent extent;        /* asked_at */
    bool settled;
    Ordered customers; /* sliding: customer -> how many rows gave each mark */
    bool from_bytes;
    Reader bytes; /* the customers */
    uint64_t customer_count;
} DealStats;

void deal_open(DealStats *stats, const Host *host, const Rules *rules, bool has_amounts,
               bool has_quantities, bool sliding);
/* Opens stats that parts are merged into: nothing is taken back before deal_slide(). */
void deal_open_parts(DealStats *stats, const Host *host, const Rules *rules, bool has_amounts,
                     bool has_quantities);
void deal_close(DealStats *stats);

/* Adds a row (sign +1), or takes it back (-1, sliding). */
Status deal_add(DealStats *stats, const DealRow *row, DealDay *day, int sign);
/* Turns plain stats into sliding ones. */
Status deal_slide(DealStats *stats);
/* Adds (or takes back: sliding only) whole stats, which were read from bytes. */
Status deal_merge(DealStats *into, const DealStats *part, int sign, Message *why);
/* Makes plain stats readable: one row a customer, and the customers counted. */
Status deal_settle(DealStats *stats);

/* Walks the customers in order with their marks: start with a zeroed cursor. */
typedef struct DealCursor {
    uint64_t place;
    RowCursor row;
    OrderedCursor entry;
    Reader bytes;
    Identity customer;
    uint32_t marks;
} DealCursor;
bool deal_next_customer(const DealStats *stats, DealCursor *cursor);

/* Counts so many customers with these marks among the distinct ones; below 0: no more. */
void deal_count_customers(DealStats *stats, uint64_t marks, int64_t customers);

/* How many customers have which marks: few marks occur, so that customers are counted by one addition
** each. Zero it first. */
typedef struct DealTally {
    int64_t customers[1 << DEAL_MARK_BITS]; /* by marks */
    uint32_t kinds;                         /* different marks so far … */
    uint16_t marks[1 << DEAL_MARK_BITS];    /* … and which */
} DealTally;
/* True when a customer with these marks is the first one. */
static inline bool deal_tally_first(DealTally *tally, uint64_t marks) {
    if (tally->customers[marks]++ != 0) {
        return false;
    }
    tally->marks[tally->kinds++] = (uint16_t)marks;
    return true;
}
void deal_count_tally(DealStats *stats, const DealTally *tally);

/* The payload of deal stats (state.h). */
Status deal_write(const DealStats *stats, Buffer *out);
/* Reads a payload in place: checks it all, allocates nothing. */
Status deal_read(DealStats *stats, const Rules *rules, bool has_amounts, bool has_quantities,
                 Reader *reader, Message *why);

#endif
