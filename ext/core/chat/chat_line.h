/* chat_line.h: one line of a chat in 64 bits: its instant and who sent it.
**
** 1. Packed lines compare as (instant, sender): of equal instants the customer comes before bot,
**    assist and agent (functions.md 2, row order).
*/
#ifndef KEFU_CORE_CHAT_LINE_H
#define KEFU_CORE_CHAT_LINE_H

#include <string.h>

#include "core/base/message.h"

/* Senders in the order of requirement 1. */
typedef enum Sender {
    SENDER_CUSTOMER,
    SENDER_BOT,
    SENDER_ASSIST,
    SENDER_AGENT,
    SENDER_SYSTEM /* skipped: never packed */
} Sender;

static inline uint64_t chat_line_pack(int64_t instant_ms, Sender sender) {
    return (uint64_t)(instant_ms + INSTANT_BIAS_MS) << 2 | (uint64_t)sender;
}

static inline int64_t chat_line_ms(uint64_t line) { return (int64_t)(line >> 2) - INSTANT_BIAS_MS; }

static inline Sender chat_line_sender(uint64_t line) { return (Sender)(line & 3); }

/* Reads a sender that is not missing: 0..3, '0'..'3', 'customer', 'agent', 'bot', 'assist',
** 'system'. REFUSED: the message lists these. */
Status chat_sender_read_any(const Value *value, Sender *sender, Message *why);
/* The two words that most lines have; false, and *sender as it was: ask chat_sender_read_any(). Their
** lengths are known here, so that comparing is a load or two, no call. */
static inline bool chat_sender_common(const Value *value, Sender *sender) {
    const bool text = value->type == VALUE_TEXT;
    if (text && value->length == 8 && memcmp(value->as.bytes, "customer", 8) == 0) {
        *sender = SENDER_CUSTOMER;
        return true;
    }
    if (text && value->length == 5 && memcmp(value->as.bytes, "agent", 5) == 0) {
        *sender = SENDER_AGENT;
        return true;
    }
    return false;
}

static inline Status chat_sender_read(const Value *value, Sender *sender, Message *why) {
    return chat_sender_common(value, sender) ? STATUS_OK : chat_sender_read_any(value, sender, why);
}

#endif
