/* chat_stats.h: what kefu keeps of conversations: sums, exact waits, and which ones they were
** (kpis.md 1, step 7 and its table; state.md 4).
**
** 1. Everything is a whole number and adds up: stats of a union are the sum of the stats.
** 2. Each conversation is remembered by key, customer and session, so that one that is in two parts
**    is an error when it is written, instead of a quietly wrong mean.
** 3. Four forms with one way to read them: built once in order of customers (plain), gathered from
**    parts in any order and sorted once (parts), changed both ways (sliding: windows), and read in
**    place from bytes.
*/
#ifndef KEFU_CORE_CHAT_STATS_H
#define KEFU_CORE_CHAT_STATS_H

#include "core/rules/rules.h"
#include "core/sets/customer_code.h"
#include "core/sets/extent.h"
#include "core/sets/histogram.h"

/* Sums over conversations; all but rows over received ones. */
typedef enum ChatCount {
    CHAT_ROWS,     /* lines */
    CHAT_FILTERED, /* consulting conversations that the filter removes */
    CHAT_RECEIVED,
    CHAT_REPLIED,
    CHAT_CUSTOMER_LINES,
    CHAT_AGENT_LINES,
    CHAT_TURNS,
    CHAT_ANSWERED_TURNS,
    CHAT_SLOW,
    CHAT_COUNTS
} ChatCount;

typedef struct ChatSums {
    int64_t counts[CHAT_COUNTS];
    int128 first_wait_ms; /* over replied conversations */
    int128 handling_ms;
} ChatSums;

/* Whether a conversation is consulting, and then whether it is received. */
typedef enum ChatVerdict { CHAT_NOT_CONSULTING, CHAT_IS_RECEIVED, CHAT_IS_FILTERED } ChatVerdict;

/* Requirement 2. begin and end: the local day twice (session day), 0 (all), or the instants of the
** first and the last line in ms (a silence in seconds). */
typedef struct Conversation {
    Identity customer;
    Identity key; /* of the _by aggregate; zeroed without one */
    int64_t begin;
    int64_t end;
    ChatVerdict verdict;
} Conversation;

typedef struct ChatStats {
    const Host *host;
    const Rules *rules; /* of a family's stats; borrowed */
    bool sliding;
    bool count_customers; /* sliding: keep distinct customers at hand */
    ChatSums sums;
    Extent extent;     /* first and last line */
    Histogram waits;   /* answered turns: mean, maximum, percentiles */
    Histogram dropped; /* answered turns that `drop_over` takes out of these */
    Histogram within;  /* `within_unit` first: first waits; conversation: the longest wait of each
                       ** conversation whose turns were all answered; turn: not used */
    /* Plain: conversations in order of customers, all of one key. */
    Identity key;
    Rows conversations; /* of parts: the entries of `set` */
    Identity last_customer;
    bool last_received; /* a conversation of the last customer is */
    /* Parts, settled: their conversations in order; owned. */
    bool of_parts;
    uint64_t *sorted;
    uint64_t sorted_count;
    /* Sliding: conversation -> how often it is in there; customer -> received conversations. */
    Ordered set;
    Ordered customers;
    /* Read from bytes. */
    bool from_bytes;
    Reader bytes; /* the customers */
    const unsigned char *keys;
    uint64_t key_count;
    /* Plain and read from bytes: what a list of conversations begins with (chat_list.c). */
    uint64_t customer_count;
    uint64_t distinct_customers; /* those with a received one */
    CustomerCode code;
    int64_t base; /* smallest begin */
} ChatStats;

void chat_open(ChatStats *stats, const Host *host, const Rules *rules, Identity key, bool sliding);
/* Opens stats that parts are merged into: nothing is taken back before chat_slide(). */
void chat_open_parts(ChatStats *stats, const Host *host, const Rules *rules);
void chat_close(ChatStats *stats);

/* Adds (or takes back: sliding only) a conversation. Plain: in order of customers and time. */
Status chat_add_conversation(ChatStats *stats, const Conversation *conversation, int sign);
/* Adds (or takes back: sliding only) whole stats, which were read from bytes. */
Status chat_merge(ChatStats *into, const ChatStats *part, int sign, Message *why);
/* Turns stats of parts into sliding ones. */
Status chat_slide(ChatStats *stats);
/* Makes plain stats and stats of parts readable. */
Status chat_settle(ChatStats *stats);

/* Walks the conversations by customer, key and begin: start with a zeroed cursor. `times`: how often
** this one is in there; more than once is the error of requirement 2. */
typedef struct ConversationCursor {
    RowCursor row;
    uint64_t place; /* in `sorted` */
    OrderedCursor entry;
    Reader bytes;
    uint64_t customer; /* those that were begun */
    uint64_t left;     /* conversations of this customer that are left */
    Conversation now;
    int64_t times;
} ConversationCursor;
bool chat_next_conversation(const ChatStats *stats, ConversationCursor *cursor);

uint64_t chat_distinct_customers(const ChatStats *stats);

/* The list of conversations within the payload: keys and customers. Writing REFUSES a conversation that
** is there twice; reading trusts nothing, and borrows. */
Status chat_list_write(const ChatStats *stats, Buffer *out, Message *why);
bool chat_list_read(ChatStats *stats, uint32_t version, Reader *reader);

/* The payload of chat stats (state.h). Writing REFUSES a conversation that is there twice. */
Status chat_write(const ChatStats *stats, Buffer *out, Message *why);
/* Reads a payload of a version in place: checks it all, allocates nothing. `rules` say what it must
** hold. */
Status chat_read(ChatStats *stats, const Rules *rules, uint32_t version, Reader *reader,
                 Message *why);

#endif
