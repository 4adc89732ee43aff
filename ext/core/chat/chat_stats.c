/* chat_stats.c: see chat_stats.h. The bytes are chat_codec.c's and chat_list.c's. */
#include "core/chat/chat_stats.h"

#include <string.h>

#include "core/state/state.h"

#define CHAT_BIAS (INT64_C(1) << 52) /* makes days and instants unsigned, order kept */
#define CHAT_PLAIN_WORDS 4           /* customer, begin, end and verdict */
#define CHAT_SET_KEY_WORDS 6         /* customer, key, begin, end and verdict */

void chat_open(ChatStats *stats, const Host *host, const Rules *rules, Identity key, bool sliding) {
    memset(stats, 0, sizeof *stats);
    stats->host = host;
    stats->rules = rules;
    stats->sliding = sliding;
    stats->key = key;
    stats->code = CUSTOMER_NUMBERS;
    extent_open(&stats->extent, host, sliding);
    histogram_open(&stats->waits, host, sliding);
    histogram_open(&stats->dropped, host, sliding);
    histogram_open(&stats->within, host, sliding);
    rows_open(&stats->conversations, host, CHAT_PLAIN_WORDS);
    ordered_open(&stats->set, host, CHAT_SET_KEY_WORDS, CHAT_SET_KEY_WORDS + 1);
    ordered_open(&stats->customers, host, 2, 3);
}

void chat_open_parts(ChatStats *stats, const Host *host, const Rules *rules) {
    const Identity none = {0, 0};
    chat_open(stats, host, rules, none, true);
    stats->sliding = false;
    stats->of_parts = true;
    rows_open(&stats->conversations, host, CHAT_SET_KEY_WORDS);
}

void chat_close(ChatStats *stats) {
    stats->host->release(stats->sorted);
    stats->sorted = NULL;
    extent_close(&stats->extent);
    histogram_close(&stats->waits);
    histogram_close(&stats->dropped);
    histogram_close(&stats->within);
    rows_close(&stats->conversations);
    ordered_close(&stats->set);
    ordered_close(&stats->customers);
}

static Status chat_merge_sums(ChatStats *stats, const ChatSums *sums, int sign, Message *why) {
    ChatSums *into = &stats->sums;
    Status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < CHAT_COUNTS; i++) {
        status = state_add_count(&into->counts[i], sums->counts[i], sign, why);
    }
    if (status == STATUS_OK) {
        status = state_add_sum(&into->first_wait_ms, sums->first_wait_ms, sign, why);
    }
    return status == STATUS_OK ? state_add_sum(&into->handling_ms, sums->handling_ms, sign, why)
                               : status;
}

static Status chat_add_plain(ChatStats *stats, const Conversation *conversation) {
    uint64_t *row = rows_append(&stats->conversations);
    if (row == NULL) {
        return STATUS_NO_MEMORY;
    }
    row[0] = conversation->customer.high;
    row[1] = conversation->customer.low;
    row[2] = (uint64_t)(conversation->begin + CHAT_BIAS);
    row[3] = (uint64_t)(conversation->end + CHAT_BIAS) << 2 | (uint64_t)conversation->verdict;
    if (stats->customer_count == 0 ||
        !identity_equal(stats->last_customer, conversation->customer)) {
        stats->base = stats->customer_count == 0 ? conversation->begin : stats->base;
        stats->last_customer = conversation->customer;
        stats->last_received = false;
        stats->customer_count++;
        if (conversation->customer.low != IDENTITY_INTEGER) {
            stats->code = CUSTOMER_ANY;
        }
    }
    stats->base = conversation->begin < stats->base ? conversation->begin : stats->base;
    const bool received = conversation->verdict == CHAT_IS_RECEIVED;
    stats->distinct_customers += received && !stats->last_received;
    stats->last_received |= received;
    return STATUS_OK;
}

/* Changes the count in an entry's last word; an entry that falls to 0 is taken out. */
static Status chat_change_entry(Ordered *map, const uint64_t *key, int64_t change) {
    uint64_t *entry = ordered_put(map, key);
    if (entry == NULL) {
        return STATUS_NO_MEMORY;
    }
    uint64_t *count = entry + map->entry_words - 1;
    *count = (uint64_t)((int64_t)*count + change);
    if (*count == 0) {
        ordered_remove(map, key);
    }
    return STATUS_OK;
}

/* Its key in the set. */
static void chat_pack(const Conversation *conversation, uint64_t *key) {
    key[0] = conversation->customer.high;
    key[1] = conversation->customer.low;
    key[2] = conversation->key.high;
    key[3] = conversation->key.low;
    key[4] = (uint64_t)(conversation->begin + CHAT_BIAS);
    key[5] = (uint64_t)(conversation->end + CHAT_BIAS) << 2 | (uint64_t)conversation->verdict;
}

Status chat_add_conversation(ChatStats *stats, const Conversation *conversation, int sign) {
    if (stats->of_parts && !stats->sliding) {
        uint64_t *row = rows_append(&stats->conversations);
        if (row != NULL) {
            chat_pack(conversation, row);
        }
        return row == NULL ? STATUS_NO_MEMORY : STATUS_OK;
    }
    if (!stats->sliding) {
        return chat_add_plain(stats, conversation);
    }
    uint64_t key[CHAT_SET_KEY_WORDS];
    chat_pack(conversation, key);
    if (stats->count_customers && conversation->verdict == CHAT_IS_RECEIVED) {
        Status status = chat_change_entry(&stats->customers, key, sign);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return chat_change_entry(&stats->set, key, sign);
}

static Status chat_merge_waits(Histogram *into, const Histogram *part, int sign) {
    Status status = STATUS_OK;
    HistogramCursor cursor = {0};
    while (status == STATUS_OK && histogram_next(part, &cursor)) {
        status = histogram_add(into, cursor.wait_ms, cursor.count, sign);
    }
    return status;
}

Status chat_merge(ChatStats *into, const ChatStats *part, int sign, Message *why) {
    Status status = chat_merge_sums(into, &part->sums, sign, why);
    if (status == STATUS_OK) {
        status = extent_add(&into->extent, extent_first(&part->extent), extent_last(&part->extent),
                            sign);
    }
    if (status == STATUS_OK) {
        status = chat_merge_waits(&into->waits, &part->waits, sign);
    }
    if (status == STATUS_OK) {
        status = chat_merge_waits(&into->dropped, &part->dropped, sign);
    }
    if (status == STATUS_OK) {
        status = chat_merge_waits(&into->within, &part->within, sign);
    }
    ConversationCursor cursor = {0};
    while (status == STATUS_OK && chat_next_conversation(part, &cursor)) {
        status = chat_add_conversation(into, &cursor.now, sign);
    }
    return status;
}

static Status chat_sort_parts(ChatStats *stats) {
    stats->sorted_count = stats->conversations.count;
    return rows_sort(&stats->conversations, &stats->sorted);
}

Status chat_slide(ChatStats *stats) {
    if (!stats->of_parts) { /* not covered: sliding rows are held by their lines (chat_lines.h) */
        return STATUS_OK;
    }
    Status status = chat_sort_parts(stats); /* neighbours go into the set side by side */
    for (uint64_t i = 0; status == STATUS_OK && i < stats->sorted_count; i++) {
        status = chat_change_entry(&stats->set, stats->sorted + i * CHAT_SET_KEY_WORDS, 1);
    }
    stats->host->release(stats->sorted);
    stats->sorted = NULL;
    stats->sorted_count = 0;
    stats->sliding = true;
    return status;
}

Status chat_settle(ChatStats *stats) {
    if (stats->of_parts && !stats->sliding) {
        return chat_sort_parts(stats);
    }
    Histogram *const histograms[] = {&stats->waits, &stats->dropped, &stats->within};
    for (int i = 0; i < 3; i++) {
        Status status = histogram_settle(histograms[i]);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

static void chat_unpack_times(Conversation *into, const uint64_t *begin_and_end) {
    into->begin = (int64_t)begin_and_end[0] - CHAT_BIAS;
    into->end = (int64_t)(begin_and_end[1] >> 2) - CHAT_BIAS;
    into->verdict = (ChatVerdict)(begin_and_end[1] & 3);
}

/* The next one of stats in bytes, which were checked: see chat_list.c for their layout. */
static bool chat_next_in_bytes(const ChatStats *stats, ConversationCursor *cursor) {
    Reader *reader = &cursor->bytes;
    if (cursor->left == 0) {
        if (cursor->customer == stats->customer_count) {
            return false;
        }
        if (cursor->customer == 0) {
            *reader = stats->bytes;
        }
        cursor->customer++;
        cursor->now.customer = customer_get(reader->at, stats->code);
        reader->at += stats->code;
        cursor->left = reader_varint(reader);
    }
    cursor->left--;
    uint64_t key = stats->key_count > 1 ? reader_varint(reader) : 0;
    Reader keys = reader_over(stats->keys + key * 16, 16);
    cursor->now.key.high = reader_u64(&keys);
    cursor->now.key.low = reader_u64(&keys);
    uint64_t begin = reader_varint(reader);
    cursor->now.verdict = (ChatVerdict)(begin & 3);
    cursor->now.begin = stats->base + (int64_t)(begin >> 2);
    cursor->now.end = cursor->now.begin;
    if (stats->rules->session == SESSION_GAP) {
        cursor->now.end += (int64_t)reader_varint(reader);
    }
    return true;
}

bool chat_next_conversation(const ChatStats *stats, ConversationCursor *cursor) {
    cursor->times = 1;
    if (stats->from_bytes) {
        return chat_next_in_bytes(stats, cursor);
    }
    const uint64_t *words = NULL;
    if (stats->sliding) {
        words = ordered_next(&stats->set, &cursor->entry);
    } else if (!stats->of_parts) {
        words = rows_next(&stats->conversations, &cursor->row);
    } else if (cursor->place < stats->sorted_count) {
        words = stats->sorted + cursor->place++ * CHAT_SET_KEY_WORDS;
    }
    if (words == NULL) {
        return false;
    }
    if (stats->sliding || stats->of_parts) {
        cursor->now.key.high = words[2];
        cursor->now.key.low = words[3];
        chat_unpack_times(&cursor->now, words + 4);
        cursor->times = stats->sliding ? (int64_t)words[CHAT_SET_KEY_WORDS] : 1;
    } else {
        cursor->now.key = stats->key;
        chat_unpack_times(&cursor->now, words + 2);
    }
    cursor->now.customer.high = words[0];
    cursor->now.customer.low = words[1];
    return true;
}

uint64_t chat_distinct_customers(const ChatStats *stats) {
    return stats->sliding ? stats->customers.count : stats->distinct_customers;
}
