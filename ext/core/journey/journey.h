/* journey.h: the events of customers on their way from question to payment, and their stored form
** (kpis.md 4, functions.md 5, state.md).
**
** 1. Journeys are a multiset of events: what the rules make of it is asked later. So any split of the
**    rows may be merged, and taking an event back is exact.
** 2. Events of a customer are in time order; ties: ask, chat, order, pay, refund, cancel.
** 3. Payload, versions 1 and 2 alike. Numbers are varints, names as in value_key.h, in this order:
**      agents: their number, then each, in SQLite's order
**      customers: their number, then each, in the order of their identities:
**        the name
**        orders: their number, then each name, in the order of their identities
**        events: their number (> 0), then each in the order of (time, kind, party, flags, amount,
**        quantity):
**          milliseconds since the customer's event before (the first: since 1970, signed)
**          a byte: kind + 8 if the amount is known + 16 if the quantity is
**          the agent's place among the agents (ask, chat), or the order's among the orders
**          the amount in millionths (signed), the quantity
**    Every agent and order is used. Equal journeys are equal bytes.
*/
#ifndef KEFU_CORE_JOURNEY_H
#define KEFU_CORE_JOURNEY_H

#include "core/base/message.h"
#include "core/journey/names.h"
#include "core/sets/rows.h"
#include "core/sets/value_key.h"

typedef enum JourneyKind {
    JOURNEY_ASK,   /* a customer's line, addressed to an agent */
    JOURNEY_CHAT,  /* a human agent's line: a touch */
    JOURNEY_ORDER, /* from here on: events of an order */
    JOURNEY_PAY,
    JOURNEY_REFUND,
    JOURNEY_CANCEL,
    JOURNEY_KINDS
} JourneyKind;

/* "ask" … "cancel", in the order of the kinds. */
extern const char *const journey_kind_names[JOURNEY_KINDS];
/* Which kinds have an amount, and which a quantity; those of others are not asked for. */
static inline bool journey_has_amount(JourneyKind kind) {
    return kind == JOURNEY_ORDER || kind == JOURNEY_PAY || kind == JOURNEY_REFUND;
}
static inline bool journey_has_quantity(JourneyKind kind) {
    return kind == JOURNEY_ORDER || kind == JOURNEY_PAY;
}

typedef struct JourneyEvent {
    int64_t at_ms; /* in the years 0000 to 9999 */
    JourneyKind kind;
    uint32_t
        party; /* the agent's (ask, chat) or the order's number; what it counts in: see there */
    bool amount_known;
    bool quantity_known;
    int64_t amount_micros; /* 0 when unknown */
    int64_t quantity;      /* 0 to QUANTITY_MOST; 0 when unknown */
} JourneyEvent;

/* ---- collecting events ---- */

typedef struct Journeys {
    const Host *host;
    Names names; /* of customers, agents and orders alike */
    Rows rows;   /* until the first event is taken back: all events, packed */
    bool sliding;
    Ordered events; /* then: packed event -> how many */
    uint64_t count; /* events */
} Journeys;

void journeys_open(Journeys *journeys, const Host *host);
void journeys_close(Journeys *journeys);
/* Adds an event (sign +1) or takes back one that was added (-1). `party` is the agent or the order;
** event->party is not read. */
Status journeys_take(Journeys *journeys, const Value *customer, const Value *party,
                     const JourneyEvent *event, int sign);
/* The same for all events of a payload. REFUSED: the payload is damaged, and the journeys are to be
** closed. */
Status journeys_take_payload(Journeys *journeys, Reader payload, int sign);
/* Appends the payload. */
Status journeys_write(const Journeys *journeys, Buffer *out);

/* ---- reading a payload, customer by customer ---- */

typedef struct JourneyReader {
    const Host *host;
    Reader payload;
    Value *agents; /* in SQLite's order; bytes are the payload's, as in all names here */
    uint32_t agent_count;
    uint64_t customers_left;
    /* the customer that was read last */
    Value customer;
    Value *orders;
    uint32_t order_count;
    uint64_t order_capacity;
    JourneyEvent *events; /* `party` is a place in agents or orders */
    uint64_t event_count;
    uint64_t event_capacity;
    /* what requirement 3 is checked with */
    Identity last; /* identity of the last customer */
    bool any;      /* there was one */
    bool *agent_used;
    bool *order_used;
    uint64_t used_capacity;
} JourneyReader;

/* Begins to read. REFUSED: the payload is damaged. */
Status journey_reader_open(JourneyReader *reader, const Host *host, Reader payload);
/* Reads the next customer; *more false: there was none, and all of the payload was right. */
Status journey_reader_next(JourneyReader *reader, bool *more);
void journey_reader_close(JourneyReader *reader); /* accepts a half-built one */

/* What kefu_info tells of a payload. REFUSED: the payload is damaged. */
typedef struct JourneySummary {
    uint64_t events;
    int64_t first_ms; /* of all events; 0 when there are none */
    int64_t last_ms;
} JourneySummary;
Status journey_sum(const Host *host, Reader payload, JourneySummary *out);

#endif
