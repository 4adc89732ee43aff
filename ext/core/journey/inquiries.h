/* inquiries.h: who asked whom, and what came of it (kpis.md 4, kefu_inquiries).
**
** 1. An inquiry is an agent's first `ask` of a customer on a local day. It leads to the customer's
**    orders from then on until `final_days` local days later, each a row; without any it is one row,
**    or none when an order of the last `after_sales_days` makes it after-sales.
** 2. An order's money is said once for each agent with a share: on that agent's last inquiry at or
**    before the order. Its quantity is said once: where the largest share is.
** 3. A cancelled order was ordered, not paid: no payment, amount or quantity.
*/
#ifndef KEFU_CORE_INQUIRIES_H
#define KEFU_CORE_INQUIRIES_H

#include "core/journey/credits.h"

/* An agent's share of an order that belongs on an inquiry's row. */
typedef struct Award {
    uint64_t order; /* place in Inquiries.orders */
    uint64_t next;  /* the inquiry's next award + 1, in order of orders; 0: none */
    int64_t amount_micros;
    bool has_quantity; /* this share is the largest */
} Award;

typedef struct Inquiry {
    uint32_t agent;
    int64_t asked_at_ms;
    int64_t day_number;
    uint64_t first_award; /* + 1; 0: none */
    uint64_t last_award;
} Inquiry;

typedef struct PlacedOrder {
    uint32_t place; /* in the reader's orders */
    int64_t ordered_at_ms;
    int64_t day_number;
} PlacedOrder;

/* A row; `order` is a place in the reader's orders. */
typedef struct InquiryRow {
    uint32_t agent;
    int64_t asked_at_ms;
    bool ordered;
    bool paid;
    bool amount_known;
    bool quantity_known;
    uint32_t order;
    int64_t ordered_at_ms;
    int64_t paid_at_ms;
    int64_t amount_micros;
    int64_t quantity;
} InquiryRow;

typedef struct Inquiries {
    Credits credits;
    TimesByAgent asks;
    DayCache days;
    Inquiry *list; /* agent by agent, each in order of time */
    uint64_t count;
    uint64_t capacity;
    uint64_t
        *first_of_agent; /* place in asks.agents -> the agent's first inquiry; one more: the end */
    uint64_t first_capacity;
    PlacedOrder *orders; /* in order of time */
    uint64_t order_count;
    uint64_t order_capacity;
    Award *awards;
    uint64_t award_count;
    uint64_t award_capacity;
    /* the row to come: this order of this inquiry */
    uint64_t inquiry;
    uint64_t order;
    bool begun;     /* the inquiry's orders */
    uint64_t award; /* + 1 */
} Inquiries;

/* `rules` and `reader` are borrowed. */
Status inquiries_open(Inquiries *inquiries, const Rules *rules, const JourneyReader *reader);
void inquiries_close(Inquiries *inquiries); /* accepts a half-built one */
/* Turns to the customer that the reader has read. REFUSED as credits_take_customer(). */
Status inquiries_take_customer(Inquiries *inquiries, Message *why);
/* The customer's next row; false after the last. */
bool inquiries_next(Inquiries *inquiries, InquiryRow *row);

#endif
