/* chat_codec.c: chat stats as bytes (state.md).
**
** 1. Payload, all numbers varints but where a width is given:
**      counts in the order of ChatCount; first line ms (signed), last - first ms
**      sums of first waits and of handling (wide)
**      histograms: waits; dropped, if the rules have drop_over; within, unless its unit is turn
**      the list of conversations (chat_list.c)
** 2. Reading trusts nothing: order, sums and lengths are checked before the first value is used.
*/
#include "core/chat/chat_stats.h"

#include "core/state/state.h"

Status chat_write(const ChatStats *stats, Buffer *out, Message *why) {
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
    return chat_list_write(stats, out, why);
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

Status chat_read(ChatStats *stats, const Rules *rules, uint32_t version, Reader *reader,
                 Message *why) {
    Identity none = {0, 0};
    chat_open(stats, NULL, rules, none, false);
    stats->from_bytes = true;
    if (!chat_read_sums(stats, reader) || !chat_read_waits(stats, reader) ||
        !chat_list_read(stats, version, reader) || reader_left(reader) != 0) {
        return state_damaged(why);
    }
    return STATUS_OK;
}
