/* chat_list.c: the conversations of chat stats as bytes, the larger part of their payload.
**
** 1. All numbers varints but where a width is given:
**      number of keys, then 16 bytes each, rising; a part without a key has one of 16 zero bytes
**      smallest begin (signed)
**      number of customers, bytes of an identity (1 byte: 8 or 16, see customer_code.h), then for each,
**      rising: identity, number of its conversations, and for each, by key and begin: index of the
**      key (if there is more than one), (begin - smallest begin) * 4 + verdict, and where the session
**      is a silence in seconds: end - begin
**    (A key that no conversation uses is read, and not written again. Version 1 of states has no byte
**    for the bytes of an identity: they are 16.)
** 2. Reading trusts nothing: order, numbers and lengths are checked before the first value is used.
*/
#include <string.h>

#include "core/chat/chat_stats.h"

#define CHAT_CHECK_CONVERSATIONS 4096 /* between two looks at the interrupt flag */
/* The most that a new customer's conversation takes, and the number of them later. */
#define CHAT_LISTED_BYTES (16 + 1 + 3 * VARINT_LONGEST + VARINT_LONGEST)

static bool chat_same_place(const Conversation *left, const Conversation *right) {
    return identity_equal(left->customer, right->customer) && identity_equal(left->key, right->key);
}

/* state.md 4: the same conversation, or with sessions by silence two that are closer than the gap. */
static bool chat_in_conflict(const Rules *rules, const Conversation *before,
                             const Conversation *after) {
    int64_t least = rules->session == SESSION_GAP ? rules->session_gap_ms : 1;
    return chat_same_place(before, after) && after->begin - before->end < least;
}

/* What the list begins with. */
typedef struct ChatOutline {
    Ordered keys; /* their identities */
    uint64_t customers;
    CustomerCode code;
    int64_t base; /* smallest begin */
} ChatOutline;

static Status chat_outline_key(ChatOutline *outline, Identity key) {
    const uint64_t words[2] = {key.high, key.low};
    return ordered_put(&outline->keys, words) == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Plain stats know it: their conversations came in order, each once. */
static Status chat_outline_plain(const ChatStats *stats, ChatOutline *outline) {
    outline->customers = stats->customer_count;
    outline->code = stats->code;
    outline->base = stats->base;
    return chat_outline_key(outline, stats->key);
}

static Status chat_outline_any(const ChatStats *stats, ChatOutline *outline, Message *why) {
    ConversationCursor cursor = {0};
    Conversation before = {0};
    uint64_t others = 0;
    Status status = STATUS_OK;
    for (uint64_t i = 0; status == STATUS_OK && chat_next_conversation(stats, &cursor); i++) {
        const Conversation *now = &cursor.now;
        if (cursor.times > 1 || (i > 0 && chat_in_conflict(stats->rules, &before, now))) {
            return message_say(why,
                               "the same conversation is in both: split the rows by customer or "
                               "by day, or make the stats with chat_stats_by");
        }
        if (i == 0 || !identity_equal(before.customer, now->customer)) {
            others |= now->customer.low ^ IDENTITY_INTEGER;
            outline->customers++;
        }
        if (i == 0 || now->begin < outline->base) {
            outline->base = now->begin;
        }
        if (i == 0 || !identity_equal(before.key, now->key)) {
            status = chat_outline_key(outline, now->key);
        }
        before = *now;
    }
    outline->code = customer_code(others == 0);
    return status;
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

/* The number of a customer's conversations is known at their end: it goes into the byte that was left
** for it, and where it needs more, what is behind it moves on; there is room for that. */
static void chat_write_count(Buffer *out, uint64_t place, uint64_t count) {
    unsigned char number[VARINT_LONGEST];
    const uint64_t more = (uint64_t)(varint_put(number, count) - number) - 1;
    memmove(out->bytes + place + more, out->bytes + place, (size_t)(out->length - place));
    memcpy(out->bytes + place, number, (size_t)more + 1);
    out->length += more;
}

static Status chat_write_customers(const ChatStats *stats, const ChatOutline *outline,
                                   Buffer *out) {
    const bool by_gap = stats->rules->session == SESSION_GAP;
    ConversationCursor cursor = {0};
    Identity customer = {0, 0};
    uint64_t place = 0; /* of the number of this customer's conversations; 0: there is none yet */
    uint64_t count = 0;
    for (uint64_t i = 1; chat_next_conversation(stats, &cursor); i++) {
        const Conversation *now = &cursor.now;
        if (i % CHAT_CHECK_CONVERSATIONS == 0 && host_interrupted(stats->host)) {
            return STATUS_INTERRUPTED;
        }
        if (place != 0 && !identity_equal(now->customer, customer)) {
            chat_write_count(out, place, count);
            place = 0;
        }
        unsigned char *const from = buffer_reserve(out, CHAT_LISTED_BYTES);
        unsigned char *at = from;
        if (at == NULL) {
            return STATUS_NO_MEMORY;
        }
        if (place == 0) {
            at = customer_put(at, now->customer, outline->code);
            place = out->length + (uint64_t)(at - from);
            *at++ = 0;
            customer = now->customer;
            count = 0;
        }
        count++;
        if (outline->keys.count > 1) {
            const uint64_t key[2] = {now->key.high, now->key.low};
            at = varint_put(at, ordered_find(&outline->keys, key)[2]);
        }
        at = varint_put(at, (uint64_t)(now->begin - outline->base) << 2 | (uint64_t)now->verdict);
        if (by_gap) {
            at = varint_put(at, (uint64_t)(now->end - now->begin));
        }
        out->length += (uint64_t)(at - from);
    }
    chat_write_count(out, place, count); /* there is a conversation, since there is a line */
    return STATUS_OK;
}

Status chat_list_write(const ChatStats *stats, Buffer *out, Message *why) {
    if (out->failed) { /* before what else is wrong */
        return STATUS_NO_MEMORY;
    }
    ChatOutline outline = {.customers = 0};
    ordered_open(&outline.keys, stats->host, 2, 3);
    const bool plain = !stats->sliding && !stats->of_parts;
    Status status =
        plain ? chat_outline_plain(stats, &outline) : chat_outline_any(stats, &outline, why);
    if (status == STATUS_OK) {
        chat_write_keys(&outline, out);
        buffer_signed(out, outline.base);
        buffer_varint(out, outline.customers);
        buffer_byte(out, (unsigned char)outline.code);
        status = out->failed ? STATUS_NO_MEMORY : chat_write_customers(stats, &outline, out);
    }
    ordered_close(&outline.keys);
    return status;
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
    int64_t verdicts[CHAT_IS_FILTERED + 1]; /* conversations by their verdict */
    uint64_t least_begin;                   /* of begin - base: 0 at the end */
    uint64_t most_begin;
    uint64_t most_allowed; /* of begin - base and end - base */
    uint64_t others;       /* not 0: not all customers are whole numbers */
} ChatTally;

/* Requirement 2 for one customer: so many conversations from `at` on, by key and begin, none of them
** twice. Gives their end; NULL: they are none. */
HOT_INLINE const unsigned char *chat_check_customer(const ChatStats *stats, const unsigned char *at,
                                                    const unsigned char *end, uint64_t left,
                                                    const bool simple, ChatTally *tally) {
    const bool by_key = !simple && stats->key_count > 1;
    const bool by_gap = !simple && stats->rules->session == SESSION_GAP;
    const int64_t gap = by_gap ? stats->rules->session_gap_ms : 1;
    Varint key_before = {at, 0};
    int64_t end_before = INT64_MIN / 2;
    for (; left > 0; left--) {
        const Varint key = by_key ? varint_get(at, end) : (Varint){at, 0};
        const Varint begin = key.behind == NULL ? key : varint_get(key.behind, end);
        const Varint length = !by_gap || begin.behind == NULL ? (Varint){begin.behind, 0}
                                                              : varint_get(begin.behind, end);
        const uint64_t verdict = begin.number & 3;
        const uint64_t from = begin.number >> 2;
        if (length.behind == NULL || verdict > CHAT_IS_FILTERED || from > tally->most_allowed ||
            length.number > tally->most_allowed - from ||
            (by_key && (key.number >= stats->key_count || key.number < key_before.number)) ||
            (key.number == key_before.number && (int64_t)from - end_before < gap)) {
            return NULL;
        }
        at = length.behind;
        key_before = key;
        end_before = (int64_t)(from + length.number);
        tally->verdicts[verdict]++;
        tally->least_begin = from < tally->least_begin ? from : tally->least_begin;
        tally->most_begin = from > tally->most_begin ? from : tally->most_begin;
    }
    return at;
}

/* The customers of a list, which begins at `at`: each above the one before. Gives their end; NULL: they
** are none. It reads every list, so it is written once for both codes, and for stats without an index
** of the key and an end, as most are (`simple`); the callers give these as constants. */
HOT_INLINE const unsigned char *chat_check_list(ChatStats *stats, const unsigned char *at,
                                                const unsigned char *end, const CustomerCode code,
                                                const bool simple, ChatTally *tally) {
    const uint64_t count = stats->customer_count;
    Identity before = {0, 0};
    uint64_t others = 0;
    uint64_t distinct = 0;
    for (uint64_t i = 0; i < count; i++) {
        if ((uint64_t)(end - at) < (uint64_t)code) {
            return NULL;
        }
        const int64_t received_before = tally->verdicts[CHAT_IS_RECEIVED];
        const Identity customer = customer_get(at, code);
        const Varint left = varint_get(at + code, end);
        if ((i > 0 && identity_compare(before, customer) >= 0) || left.behind == NULL ||
            left.number == 0 || left.number > (uint64_t)(end - left.behind)) {
            return NULL;
        }
        at = chat_check_customer(stats, left.behind, end, left.number, simple, tally);
        if (at == NULL) {
            return NULL;
        }
        distinct += tally->verdicts[CHAT_IS_RECEIVED] > received_before;
        others |= customer.low ^ IDENTITY_INTEGER;
        before = customer;
    }
    stats->distinct_customers = distinct;
    tally->others = others;
    return at;
}

static const unsigned char *chat_check_any(ChatStats *stats, const Reader *reader,
                                           ChatTally *tally) {
    const bool simple = stats->key_count == 1 && stats->rules->session != SESSION_GAP;
    const unsigned char *at = reader->at;
    const unsigned char *end = reader->end;
    if (stats->code == CUSTOMER_NUMBERS) {
        return simple ? chat_check_list(stats, at, end, CUSTOMER_NUMBERS, true, tally)
                      : chat_check_list(stats, at, end, CUSTOMER_NUMBERS, false, tally);
    }
    return simple ? chat_check_list(stats, at, end, CUSTOMER_ANY, true, tally)
                  : chat_check_list(stats, at, end, CUSTOMER_ANY, false, tally);
}

static bool chat_read_customers(ChatStats *stats, uint32_t version, Reader *reader) {
    stats->base = reader_signed(reader);
    stats->customer_count = reader_varint(reader);
    if (!customer_code_read(reader, version, &stats->code) || stats->base < -INSTANT_LIMIT_MS ||
        stats->base > INSTANT_LIMIT_MS || stats->customer_count == 0 ||
        stats->customer_count >
            reader_left(reader) / (stats->code + 2)) { /* with one that begins */
        return false;
    }
    stats->bytes = *reader;
    ChatTally tally = {.least_begin = UINT64_MAX,
                       .most_allowed = (uint64_t)(INSTANT_LIMIT_MS - stats->base)};
    reader->at = chat_check_any(stats, reader, &tally);
    const bool begins_hold = stats->rules->session == SESSION_ALL
                                 ? stats->base == 0 && tally.most_begin == 0
                                 : tally.least_begin == 0;
    return reader->at != NULL && begins_hold &&
           customer_code_holds(stats->code, version, tally.others) &&
           tally.verdicts[CHAT_IS_RECEIVED] == stats->sums.counts[CHAT_RECEIVED] &&
           tally.verdicts[CHAT_IS_FILTERED] == stats->sums.counts[CHAT_FILTERED];
}

bool chat_list_read(ChatStats *stats, uint32_t version, Reader *reader) {
    return chat_read_keys(stats, reader) && chat_read_customers(stats, version, reader);
}
