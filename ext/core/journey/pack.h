/* pack.h: an event as four 64-bit words whose order is the order of events.
**
** 1. (customer, time, kind, party, flags, amount, quantity), compared as unsigned numbers.
*/
#ifndef KEFU_CORE_PACK_H
#define KEFU_CORE_PACK_H

#include "core/journey/journey.h"

#define PACK_WORDS 4
#define PACK_TIME_BIAS (INT64_C(1) << 48) /* the years 0000 to 9999 are within ±2^48 ms */
#define PACK_LOW_BITS 17                  /* of the 49 bits of a time, in the second word */
#define PACK_SIGN (UINT64_C(1) << 63)
#define PACK_AMOUNT 1u /* flags */
#define PACK_QUANTITY 2u

static inline void pack_event(uint64_t words[PACK_WORDS], uint32_t customer, uint32_t party,
                              const JourneyEvent *event) {
    uint64_t time = (uint64_t)(event->at_ms + PACK_TIME_BIAS);
    uint64_t low = time & ((UINT64_C(1) << PACK_LOW_BITS) - 1);
    uint64_t flags =
        (event->amount_known ? PACK_AMOUNT : 0) | (event->quantity_known ? PACK_QUANTITY : 0);
    words[0] = (uint64_t)customer << 32 | time >> PACK_LOW_BITS;
    words[1] = low << 47 | (uint64_t)event->kind << 34 | (uint64_t)party << 2 | flags;
    words[2] = (uint64_t)event->amount_micros ^ PACK_SIGN;
    words[3] = (uint64_t)event->quantity;
}

static inline uint32_t pack_customer(const uint64_t words[PACK_WORDS]) {
    return (uint32_t)(words[0] >> 32);
}

/* The event; its `party` is the number that was packed. */
static inline JourneyEvent pack_open(const uint64_t words[PACK_WORDS]) {
    uint64_t time = (words[0] & UINT32_MAX) << PACK_LOW_BITS | words[1] >> 47;
    JourneyEvent event = {
        .at_ms = (int64_t)time - PACK_TIME_BIAS,
        .kind = (JourneyKind)(words[1] >> 34 & 7),
        .party = (uint32_t)(words[1] >> 2),
        .amount_known = (words[1] & PACK_AMOUNT) != 0,
        .quantity_known = (words[1] & PACK_QUANTITY) != 0,
        .amount_micros = (int64_t)(words[2] ^ PACK_SIGN),
        .quantity = (int64_t)words[3],
    };
    return event;
}

#endif
