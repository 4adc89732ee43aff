/* chat_codec.c: chat stats as bytes (state.md).
**
** 1. Payload, all numbers varints but where a width is given:
**      counts in the order of ChatCount; first line ms (signed), last - first ms
**      sums of first waits and of handling (wide)
**      histograms: waits; dropped, if the rules have drop_over; within, unless its unit is turn
**      number of keys, then 16 bytes each, rising; a part without a key has one of 16 zero bytes
**      smallest begin (signed)
**      number of customers, then for each, rising: 16 bytes, number of its conversations, and for
**      each, by key and begin: index of the key (if there is more than one), (begin - smallest
**      begin) * 4 + verdict, and where the session is a silence in seconds: end - begin
**    (A key that no conversation uses is read, and not written again.)
** 2. Reading trusts nothing: order, sums and lengths are checked before the first value is used.
*/
#include "core/chat/chat_stats.h"

#include "core/state/state.h"

#define CHAT_CHECK_CONVERSATIONS 4096 /* between two looks at the interrupt flag */
#define CHAT_LEAST_CUSTOMER_BYTES 18  /* identity, one conversation, its begin */

static bool chat_same_place(const Conversation *left, const Conversation *right) {
    return identity_equal(left->customer, right->customer) && identity_equal(left->key, right->key);
}

/* state.md 4: the same conversation, or with sessions by silence two that are closer than the gap. */
static bool chat_in_conflict(const Rules *rules, const Conversation *before,
                             const Conversation *after) {
    int64_t least = rules->session == SESSION_GAP ? rules->session_gap_ms : 1;
    return chat_same_place(before, after) && after->begin - before->end < least;
}

/* What the head of the list of customers says. */
typedef struct ChatOutline {
    Ordered keys; /* their identities */
    uint64_t customers;
    int64_t base; /* smallest begin */
} ChatOutline;

static Status chat_outline(const ChatStats *stats, ChatOutline *outline, Message *why) {
    ConversationCursor cursor = {0};
    Conversation before = {0};
    for (uint64_t i = 0; chat_next_conversation(stats, &cursor); i++) {
        const Conversation *now = &cursor.now;
        if (cursor.times > 1 || (i > 0 && chat_in_conflict(stats->rules, &before, now))) {
            return message_say(why,
                               "the same conversation is in both: split the rows by customer or "
                               "by day, or make the stats with chat_stats_by");
        }
        if (i == 0 || !identity_equal(before.customer, now->customer)) {
            outline->customers++;
        }
        if (i == 0 || now->begin < outline->base) {
            outline->base = now->begin;
        }
        if (i == 0 || !identity_equal(before.key, now->key)) {
            const uint64_t key[2] = {now->key.high, now->key.low};
            if (ordered_put(&outline->keys, key) == NULL) {
                return STATUS_NO_MEMORY;
            }
        }
        before = *now;
    }
    return STATUS_OK;
}

/* Numbers the keys in their order and writes them. */
static void chat_write_keys(ChatOutline *outline, Buffer *out) {
    buffer_varint(out, outline->keys.count);
    OrderedCursor cursor = {0, 0};
    uint64_t *entry;
    for (uint64_t i = 0; (entry = ordered_next(&outline->keys, &cursor)) != NULL; i++) {
        buffer_u64(out, entry[0]);
        buffer_u64(out, entry[1]);
        entry[2] = i;
    }
}

/* How many conversations the customer has at whose first one this cursor stands. */
static uint64_t chat_count_of_customer(const ChatStats *stats, ConversationCursor ahead) {
    Identity customer = ahead.now.customer;
    uint64_t count = 1;
    while (chat_next_conversation(stats, &ahead) && identity_equal(ahead.now.customer, customer)) {
        count++;
    }
    return count;
}

static Status chat_write_customers(const ChatStats *stats, const ChatOutline *outline,
                                   Buffer *out) {
    buffer_signed(out, outline->base);
    buffer_varint(out, outline->customers);
    ConversationCursor cursor = {0};
    uint64_t left = 0;
    for (uint64_t i = 1; chat_next_conversation(stats, &cursor); i++) {
        const Conversation *now = &cursor.now;
        if (i % CHAT_CHECK_CONVERSATIONS == 0 && host_interrupted(stats->host)) {
            return STATUS_INTERRUPTED;
        }
        if (left == 0) {
            left = chat_count_of_customer(stats, cursor);
            buffer_u64(out, now->customer.high);
            buffer_u64(out, now->customer.low);
            buffer_varint(out, left);
        }
        left--;
        if (outline->keys.count > 1) {
            const uint64_t key[2] = {now->key.high, now->key.low};
            buffer_varint(out, ordered_find(&outline->keys, key)[2]);
        }
        buffer_varint(out, (uint64_t)(now->begin - outline->base) << 2 | (uint64_t)now->verdict);
        if (stats->rules->session == SESSION_GAP) {
            buffer_varint(out, (uint64_t)(now->end - now->begin));
        }
    }
    return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

Status chat_write(const ChatStats *stats, Buffer *out, Message *why) {
    ChatOutline outline = {.customers = 0};
    ordered_open(&outline.keys, stats->host, 2, 3);
    Status status = chat_outline(stats, &outline, why);
    if (status == STATUS_OK) {
        for (int i = 0; i < CHAT_COUNTS; i++) {
            buffer_varint(out, (uint64_t)stats->sums.counts[i]);
        }
        extent_write(&stats->extent, out);
        buffer_wide(out, stats->sums.first_wait_ms);
        buffer_wide(out, stats->sums.handling_ms);
        histogram_write(&stats->waits, out);
        if (stats->rules->drop_over_ms != 0) {
            histogram_write(&stats->dropped, out);
        }
        if (stats->rules->within_unit != WITHIN_TURN) {
            histogram_write(&stats->within, out);
        }
        chat_write_keys(&outline, out);
        status = chat_write_customers(stats, &outline, out);
    }
    ordered_close(&outline.keys);
    return status;
}

static bool chat_read_sums(ChatStats *stats, Reader *reader) {
    ChatSums *sums = &stats->sums;
    for (int i = 0; i < CHAT_COUNTS; i++) {
        sums->counts[i] = state_read_count(reader);
    }
    if (!extent_read(&stats->extent, reader)) {
        return false;
    }
    sums->first_wait_ms = reader_wide(reader);
    sums->handling_ms = reader_wide(reader);
    const int64_t *counts = sums->counts;
    /* Each received conversation has a turn, each turn a line, each answer one by those who answer. */
    return counts[CHAT_ROWS] > 0 && counts[CHAT_REPLIED] <= counts[CHAT_RECEIVED] &&
           counts[CHAT_RECEIVED] <= counts[CHAT_TURNS] &&
           counts[CHAT_TURNS] <= counts[CHAT_CUSTOMER_LINES] &&
           counts[CHAT_REPLIED] <= counts[CHAT_ANSWERED_TURNS] &&
           counts[CHAT_ANSWERED_TURNS] <= counts[CHAT_TURNS] &&
           counts[CHAT_ANSWERED_TURNS] <= counts[CHAT_AGENT_LINES] &&
           counts[CHAT_CUSTOMER_LINES] <= counts[CHAT_ROWS] - counts[CHAT_AGENT_LINES] &&
           counts[CHAT_SLOW] <= counts[CHAT_REPLIED] && sums->handling_ms >= 0 &&
           sums->handling_ms <= (counts[CHAT_REPLIED] == 0 ? 0 : STATE_MOST_SUM);
}

/* No wait is longer than the rules' cap (chat_turn.c); percentiles rely on it. */
static bool chat_waits_are_capped(const Rules *rules, const Histogram *waits) {
    return rules->cap_ms == 0 || histogram_longest(waits) <= rules->cap_ms;
}

static bool chat_read_waits(ChatStats *stats, Reader *reader) {
    const Rules *rules = stats->rules;
    const int64_t *counts = stats->sums.counts;
    stats->dropped.form = HISTOGRAM_BYTES;
    stats->within.form = HISTOGRAM_BYTES;
    if (!histogram_read(&stats->waits, reader) ||
        (rules->drop_over_ms != 0 && !histogram_read(&stats->dropped, reader)) ||
        (rules->within_unit != WITHIN_TURN && !histogram_read(&stats->within, reader))) {
        return false;
    }
    if (!chat_waits_are_capped(rules, &stats->waits) ||
        !chat_waits_are_capped(rules, &stats->dropped) ||
        !chat_waits_are_capped(rules, &stats->within)) {
        return false;
    }
    int64_t within_most = rules->within_unit == WITHIN_TURN ? 0 : counts[CHAT_REPLIED];
    int128 first_most = counts[CHAT_REPLIED] == 0 ? 0 : stats->waits.sum_ms + stats->dropped.sum_ms;
    return (int128)stats->waits.count + stats->dropped.count == counts[CHAT_ANSWERED_TURNS] &&
           stats->within.count <= within_most && stats->sums.first_wait_ms >= 0 &&
           stats->sums.first_wait_ms <= first_most;
}

static bool chat_read_keys(ChatStats *stats, Reader *reader) {
    stats->key_count = reader_varint(reader);
    if (stats->key_count == 0 || stats->key_count > reader_left(reader) / 16) {
        return false;
    }
    stats->keys = reader->at;
    Identity before = {0, 0};
    for (uint64_t i = 0; i < stats->key_count; i++) {
        Identity key;
        key.high = reader_u64(reader);
        key.low = reader_u64(reader);
        if (i > 0 && identity_compare(before, key) >= 0) {
            return false;
        }
        before = key;
    }
    return true;
}

/* What the conversations that were read add up to. */
typedef struct ChatTally {
    int64_t received;
    int64_t filtered;
    uint64_t least_begin; /* of begin - base: 0 at the end */
    uint64_t most_begin;
} ChatTally;

/* Requirement 2 for one customer: its conversations by key and begin, none of them twice. */
static bool chat_read_customer(const ChatStats *stats, Reader *reader, ChatTally *tally) {
    uint64_t left = reader_varint(reader);
    if (left == 0 || left > reader_left(reader)) {
        return false;
    }
    int64_t gap = stats->rules->session == SESSION_GAP ? stats->rules->session_gap_ms : 1;
    uint64_t key_before = 0;
    int64_t end_before = INT64_MIN / 2;
    for (; left > 0; left--) {
        uint64_t key = stats->key_count > 1 ? reader_varint(reader) : 0;
        uint64_t begin = reader_varint(reader);
        uint64_t verdict = begin & 3;
        begin >>= 2;
        uint64_t length = stats->rules->session == SESSION_GAP ? reader_varint(reader) : 0;
        if (reader->broken || key >= stats->key_count || key < key_before ||
            verdict > CHAT_IS_FILTERED || begin > (uint64_t)(INSTANT_LIMIT_MS - stats->base) ||
            length > (uint64_t)(INSTANT_LIMIT_MS - stats->base) - begin) {
            return false;
        }
        if (key == key_before && (int64_t)begin - end_before < gap) {
            return false;
        }
        key_before = key;
        end_before = (int64_t)(begin + length);
        tally->received += verdict == CHAT_IS_RECEIVED;
        tally->filtered += verdict == CHAT_IS_FILTERED;
        tally->least_begin = begin < tally->least_begin ? begin : tally->least_begin;
        tally->most_begin = begin > tally->most_begin ? begin : tally->most_begin;
    }
    return true;
}

static bool chat_read_customers(ChatStats *stats, Reader *reader) {
    stats->base = reader_signed(reader);
    stats->customer_count = reader_varint(reader);
    if (reader->broken || stats->base < -INSTANT_LIMIT_MS || stats->base > INSTANT_LIMIT_MS ||
        stats->customer_count == 0 ||
        stats->customer_count > reader_left(reader) / CHAT_LEAST_CUSTOMER_BYTES) {
        return false;
    }
    stats->bytes = *reader;
    Identity before = {0, 0};
    ChatTally tally = {.least_begin = UINT64_MAX};
    for (uint64_t i = 0; i < stats->customer_count; i++) {
        Identity customer;
        customer.high = reader_u64(reader);
        customer.low = reader_u64(reader);
        int64_t received_before = tally.received;
        if ((i > 0 && identity_compare(before, customer) >= 0) ||
            !chat_read_customer(stats, reader, &tally)) {
            return false;
        }
        stats->distinct_customers += tally.received > received_before;
        before = customer;
    }
    bool begins_hold = stats->rules->session == SESSION_ALL
                           ? stats->base == 0 && tally.most_begin == 0
                           : tally.least_begin == 0;
    return begins_hold && tally.received == stats->sums.counts[CHAT_RECEIVED] &&
           tally.filtered == stats->sums.counts[CHAT_FILTERED];
}

Status chat_read(ChatStats *stats, const Rules *rules, Reader *reader, Message *why) {
    Identity none = {0, 0};
    chat_open(stats, NULL, rules, none, false);
    stats->from_bytes = true;
    if (!chat_read_sums(stats, reader) || !chat_read_waits(stats, reader) ||
        /* not covered: broken bytes whose sums agree all the same */
        !chat_read_keys(stats, reader) || !chat_read_customers(stats, reader) || reader->broken ||
        reader_left(reader) != 0) {
        return state_damaged(why);
    }
    return STATUS_OK;
}
