/* state.h: the envelope of everything that kefu stores: stats, grouped stats, journeys (state.md).
**
** 1. Layout, little-endian:
**      0  4  magic "kefu"
**      4  1  kind            5  1  format version      6  1  flags      7  1  zero
**      8  8  payload bytes
**     16  v  length of the canonical rules (varint), then their text
**         p  payload, as its kind and flags say
**         4  CRC-32C of all bytes before it
** 2. Any bytes at all give a state or an error; nothing is allocated before all lengths are checked.
** 3. A version or a flag that this library does not know is an error that names both versions.
** 4. Every version that was written is read for ever, and merged with the others. Version 2 lists
**    customers shorter: see CUSTOMER_CODE_SINCE in customer_code.h, chat_list.c and deal_codec.c.
*/
#ifndef KEFU_CORE_STATE_H
#define KEFU_CORE_STATE_H

#include "core/base/buffer.h"
#include "core/base/message.h"

#define STATE_VERSION 2 /* that is written */
#define STATE_OLDEST 1  /* … and the first that is read */

typedef enum StateKind {
    STATE_CHAT = 1,
    STATE_DEAL = 2,
    STATE_RATING = 3,
    STATE_JOURNEYS = 4
} StateKind;

/* Flags; which of them a kind may have is checked with the envelope. */
#define STATE_GROUPED 1u    /* stats by key and period */
#define STATE_AMOUNTS 2u    /* deals: made with amounts */
#define STATE_QUANTITIES 4u /* deals: made with quantities */

/* The largest counts and sums of times, money or scores that a state holds. Two of them add up without
** overflow, and what may be written may be read. */
#define STATE_MOST_COUNT (INT64_C(1) << 61)
#define STATE_MOST_SUM ((int128)1 << 99)

typedef struct State {
    StateKind kind;
    uint32_t version;
    uint32_t flags;
    const char *rules; /* canonical text; borrowed from the bytes */
    uint32_t rules_length;
    Reader payload; /* borrowed */
} State;

/* "chat", "deal", "rating", "journeys". */
const char *state_kind_name(StateKind kind);
/* How messages call it: "grouped chat stats", "deal stats without amounts", "journeys". */
void state_describe(const State *state, Message *message);

/* Writes the envelope around a payload of a version: begin, append the payload, end with what begin
** returned. */
uint64_t state_begin(Buffer *out, uint32_t version, StateKind kind, uint32_t flags,
                     const char *rules, uint64_t rules_length);
void state_end(Buffer *out, uint64_t begun);

/* Checks the envelope and lends its parts. REFUSED: the message says what is wrong with the value. */
Status state_read(const Value *value, State *out, Message *why);
/* Adds part to a count or a sum, with its sign; REFUSED beyond the limits above. */
Status state_add_count(int64_t *into, int64_t part, int sign, Message *why);
Status state_add_sum(int128 *into, int128 part, int sign, Message *why);
/* Reads a count; one that is too large breaks the reader. */
int64_t state_read_count(Reader *reader);
/* The refusal of bytes whose envelope is right and whose payload is not. */
Status state_damaged(Message *why);

#endif
