/* credits.h: which agents earned the orders of a customer (kpis.md 4, kefu_credits).
**
** 1. An order is what its events say together: placed at its first order event, else at its first
**    payment; worth the sum of its payments, where none is known that of its order events. What was
**    never placed nor paid is no order.
** 2. The touches of an agent are looked up, not walked over: an order costs O(agents × log touches).
** 3. Shares add up: weights to 1 000 000, amounts and refunds to those of the order.
*/
#ifndef KEFU_CORE_CREDITS_H
#define KEFU_CORE_CREDITS_H

#include "core/journey/journey.h"
#include "core/journey/shares.h"

/* The events of one kind that an order has. */
typedef struct OrderSum {
    bool any;
    bool amount_known; /* of one event at least */
    bool quantity_known;
    int64_t first_ms;
    int128 amount_micros; /* of the known ones */
    int128 quantity;
} OrderSum;

typedef struct JourneyOrder {
    OrderSum ordered;
    OrderSum paid;
    OrderSum refunded;
    bool cancelled;
    /* what these come to */
    bool placed;
    bool amount_known;
    bool quantity_known;
    int64_t ordered_at_ms;
    int64_t amount_micros; /* 0 when unknown; of a cancelled order too */
    int64_t refunded_micros;
    int64_t quantity; /* 0 when unknown */
} JourneyOrder;

/* The times of one kind of a customer's events, agent by agent, each agent's in order. */
typedef struct AgentTimes {
    uint32_t agent;
    uint64_t first; /* place of the agent's first time in the list */
    uint64_t count;
} AgentTimes;

typedef struct TimesByAgent {
    AgentTimes *agents; /* in the order of their first times */
    uint64_t agent_count;
    uint64_t agent_capacity;
    int64_t *times_ms;
    uint64_t time_capacity;
    uint64_t *slot; /* agent -> place in agents + 1, 0: none */
} TimesByAgent;

Status times_open(TimesByAgent *times, const Host *host, uint32_t agent_count);
void times_close(TimesByAgent *times, const Host *host); /* accepts a zeroed one */
/* Replaces what is there by the times of the reader's customer. */
Status times_take(TimesByAgent *times, const JourneyReader *reader, JourneyKind kind);
/* How many of an agent's times are before an instant. */
uint64_t times_before(const TimesByAgent *times, const AgentTimes *agent, int64_t instant_ms);

/* An agent's share of an order, or a silent order's only row. */
typedef struct Credit {
    bool silent;    /* nobody touched: no agent, no touch */
    Anchor decided; /* ORDER or PAY: by which touches counted; not for silent orders */
    uint32_t agent;
    int64_t weight_millionths; /* > 0 */
    int64_t touched_at_ms;
    int64_t amount_micros; /* 0 when the order's is unknown, and for a cancelled order */
    int64_t refunded_micros;
} Credit;

typedef struct Credits {
    const Rules *rules; /* borrowed */
    const JourneyReader *reader;
    JourneyOrder *orders; /* of the customer, in the reader's places */
    uint64_t order_capacity;
    TimesByAgent touches;
    Toucher *touchers;
    uint64_t toucher_capacity;
    int64_t *weights; /* three lists of as many as touchers: weights, amounts, refunds */
    uint64_t weight_capacity;
    Credit *list; /* of the order asked for last, in the order of first touches */
    uint64_t count;
    uint64_t capacity;
} Credits;

/* `reader` has been opened and lives as long as this does. */
Status credits_open(Credits *credits, const Rules *rules, const JourneyReader *reader);
void credits_close(Credits *credits); /* accepts a half-built one */
/* Turns to the customer that the reader has read. REFUSED: sums beyond 64 bits; says which order. */
Status credits_take_customer(Credits *credits, Message *why);
/* Finds the credits of the order at this place: none for one that is not placed or that the anchor leaves
** out. */
Status credits_of_order(Credits *credits, uint32_t place);

#endif
