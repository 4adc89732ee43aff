/* deal_stats.h: inquiries and what came of them (kpis.md 2).
**
** 1. A row is an inquiry when nothing was ordered or paid before asked_at, else an after-sales
**    contact. A row that was paid counts as ordered too. Each row is judged by itself.
** 2. Customers count once: each one's marks are the union of the marks of his rows.
** 3. An inquiry of local day D is mature for lag L when as_of is at or after the start of day D+L+1;
**    without as_of always.
** 4. Sums of money and items are exact and independent of order.
** 5. Three forms with one way to read them: marks appended as rows or parts come (plain), customers
**    with how many of these gave them each mark (sliding: windows), and a list of bytes: read in place,
**    or what plain stats become when they are settled. Of plain rows all but money and items is worked
**    out then, so that a row touches little memory.
*/
#ifndef KEFU_CORE_DEAL_STATS_H
#define KEFU_CORE_DEAL_STATS_H

#include "core/rules/rules.h"
#include "core/sets/customer_code.h"
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
#define DEAL_SUCCESS_SHIFT 1 /* from the mark of a mature lag to that of its success */

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

/* What has not happened happens later than all. */
#define DEAL_NEVER INT64_MAX

/* One row as it was read. */
typedef struct DealRow {
    Identity customer;
    bool timed; /* false: it is only known what happened, and all instants are 0 or NEVER */
    bool has_amount;
    bool has_quantity;
    int64_t asked_ms;
    int64_t ordered_ms; /* or DEAL_NEVER */
    int64_t paid_ms;    /* or DEAL_NEVER */
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

typedef struct DealStats {
    CustomerRows rows; /* plain: asked_ms and marks */
    const Host *host;
    const Rules *rules; /* borrowed */
    bool has_amounts;
    bool has_quantities;
    bool sliding;
    bool of_parts; /* merged from stats: sums and extent are the parts', not the rows' */
    bool for_kpi;  /* set by the owner after opening: no list is wanted when they are settled */
    int128 amount_micros; /* of paid inquiries with an amount */
    int128 units;         /* items of paid inquiries with a quantity */
    int64_t counts[DEAL_COUNTS];
    Extent extent;                       /* asked_at */
    Ordered customers;                   /* sliding: customer -> how many rows gave each mark */
    bool listed;                         /* read from bytes, or settled */
    Buffer list;                         /* settled: the bytes; owned */
    const unsigned char *customer_bytes; /* listed */
    uint64_t customer_count;
    CustomerCode code;
    bool short_marks; /* read from version 1: marks are varints */
} DealStats;

void deal_open(DealStats *stats, const Host *host, const Rules *rules, bool has_amounts,
               bool has_quantities, bool sliding);
/* Opens stats that parts are merged into: nothing is taken back before deal_slide(). */
void deal_open_parts(DealStats *stats, const Host *host, const Rules *rules, bool has_amounts,
                     bool has_quantities);
void deal_close(DealStats *stats);

/* Requirement 3: goes to the day of this instant. */
void deal_day_refresh(const Rules *rules, DealDay *day, int64_t asked_ms);

/* Requirement 1: what one row says of its customer. Once a row, and with few branches: what became of
** an inquiry is hard to guess, for a processor too. */
HOT_INLINE uint32_t deal_judge(const DealStats *stats, const DealRow *row, DealDay *day) {
    if ((row->ordered_ms < row->asked_ms) | (row->paid_ms < row->asked_ms)) {
        return DEAL_AFTER_SALES;
    }
    const bool has_paid = row->paid_ms != DEAL_NEVER;
    const bool has_ordered = (row->ordered_ms != DEAL_NEVER) | has_paid;
    const bool has_deal = has_paid & (row->has_amount | !stats->has_amounts);
    uint32_t marks = DEAL_INQUIRY | has_ordered * (uint32_t)DEAL_ORDERED |
                     has_paid * (uint32_t)DEAL_PAID | has_deal * (uint32_t)DEAL_ONE_DEAL;
    if (row->timed) {
        if (row->asked_ms < day->day.start_ms || row->asked_ms >= day->day.end_ms) {
            deal_day_refresh(stats->rules, day, row->asked_ms);
        }
        const uint32_t in_time = (row->paid_ms < day->day1_end_ms) * (uint32_t)DEAL_MATURE_DAY1 |
                                 (row->paid_ms < day->final_end_ms) * (uint32_t)DEAL_MATURE_FINAL;
        marks |= day->mature | (day->mature & in_time) << DEAL_SUCCESS_SHIFT;
    }
    return marks;
}

/* What a customer's rows are packed into. */
static inline uint64_t deal_word(int64_t asked_ms, uint32_t marks) {
    return (uint64_t)(asked_ms + INSTANT_BIAS_MS) << DEAL_MARK_BITS | marks;
}

/* Requirement 4. Nothing is tested against the limits of state.h: memory ends long before them. */
static inline void deal_add_sold(DealStats *stats, const DealRow *row, uint32_t marks, int sign) {
    if ((marks & DEAL_PAID) != 0 && row->has_amount) {
        stats->amount_micros += sign * (int128)row->amount_micros;
    }
    if ((marks & DEAL_PAID) != 0 && row->has_quantity) {
        stats->counts[DEAL_KNOWN_QUANTITIES] += sign;
        stats->counts[DEAL_CROSS_SOLD] += row->quantity >= 2 ? sign : 0;
        stats->units += sign * (int128)row->quantity;
    }
}

/* Plain: adds a row; false: no memory. */
HOT_INLINE bool deal_append(DealStats *stats, const DealRow *row, DealDay *day) {
    const uint32_t marks = deal_judge(stats, row, day);
    deal_add_sold(stats, row, marks, 1);
    return customer_rows_append(&stats->rows, row->customer, deal_word(row->asked_ms, marks));
}

/* Adds a row (sign +1), or takes it back (-1, sliding). */
Status deal_add(DealStats *stats, const DealRow *row, DealDay *day, int sign);
/* Turns plain stats into sliding ones. */
Status deal_slide(DealStats *stats);
/* Adds (or takes back: sliding only) whole stats, which were read from bytes. */
Status deal_merge(DealStats *into, const DealStats *part, int sign, Message *why);
/* Makes plain stats readable: the customers counted, and listed but for a KPI alone. */
Status deal_settle(DealStats *stats);

/* Walks the customers in order with their marks: start with a zeroed cursor. Not for plain stats. */
typedef struct DealCursor {
    uint64_t place;
    OrderedCursor entry;
    const unsigned char *at;
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

/* A customer with his marks in a list: as wide for each, so that a list is written and read without a
** branch that depends on marks, which are hard to guess. */
#define DEAL_MARK_BYTES 2
static inline unsigned char *deal_put_customer(unsigned char *at, Identity customer, uint64_t marks,
                                               CustomerCode code) {
    at = customer_put(at, customer, code);
    at[0] = (unsigned char)marks;
    at[1] = (unsigned char)(marks >> 8);
    return at + DEAL_MARK_BYTES;
}
static inline uint64_t deal_get_marks(const unsigned char *at, CustomerCode code) {
    return (uint64_t)at[code] | (uint64_t)at[code + 1] << 8;
}

/* The payload of deal stats (state.h). */
Status deal_write(const DealStats *stats, Buffer *out);
/* Reads a payload of a version in place: checks it all, allocates nothing. */
Status deal_read(DealStats *stats, const Rules *rules, bool has_amounts, bool has_quantities,
                 uint32_t version, Reader *reader, Message *why);

#endif
