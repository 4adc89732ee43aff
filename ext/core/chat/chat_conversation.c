/* chat_conversation.c: from the sorted lines of a customer to conversations and their sums. The
** requirements are numbered in chat_lines.h and chat_turn.h, after the steps of kpis.md 1. */
#include "core/chat/chat_conversation.h"

#include "core/chat/chat_turn.h"

#define CHAT_FILTER_GAP_MS                                                                         \
    10000 /* one_line: an agent's line comes at least so long after the one before */
#define CHAT_CHECK_LINES 8192 /* lines between two looks at the interrupt flag */
#define CHAT_FILTER_LINES 2   /* one_line: the agents wrote at least so many */

/* What a walk over the lines of a conversation finds out. */
typedef struct ChatFindings {
    ChatSums sums;
    int64_t first_wait_ms;   /* of the first counted turn; -1: not answered */
    int64_t longest_wait_ms; /* of the counted turns; -1: none was answered */
    int64_t slow_waits;
    int64_t human_lines; /* by agents themselves */
    bool human_in_haste; /* one of these came sooner than CHAT_FILTER_GAP_MS after a line */
} ChatFindings;

static Status chat_note_wait(ChatLines *lines, ChatFindings *found, ChatWait wait) {
    if (lines->wait_count == lines->wait_capacity) {
        uint64_t capacity = lines->wait_capacity == 0 ? 16 : lines->wait_capacity * 2;
        uint64_t *waits = lines->host->resize(lines->waits, capacity * sizeof *waits);
        if (waits == NULL) {
            return STATUS_NO_MEMORY;
        }
        lines->waits = waits;
        lines->wait_capacity = capacity;
    }
    lines->waits[lines->wait_count++] = (uint64_t)wait.wait_ms << 1 | wait.dropped;
    found->sums.counts[CHAT_TURNS]++;
    found->sums.counts[CHAT_ANSWERED_TURNS]++;
    if (found->sums.counts[CHAT_TURNS] == 1) {
        found->first_wait_ms = wait.wait_ms;
    }
    if (wait.wait_ms > found->longest_wait_ms) {
        found->longest_wait_ms = wait.wait_ms;
    }
    found->slow_waits += wait.wait_ms > lines->rules->slow_ms;
    return STATUS_OK;
}

/* Walks the lines once: turns and waits (requirements 3 to 6), lines, gaps. */
static Status chat_walk(ChatLines *lines, const uint64_t *sorted, uint64_t count,
                        ChatFindings *found) {
    const Rules *rules = lines->rules;
    const Sender eligible = chat_turn_eligible(rules->stop);
    ChatTurn turn = {false, 0, 0};
    int64_t before_ms = 0;
    lines->wait_count = 0;
    for (uint64_t i = 0; i < count; i++) {
        const int64_t instant_ms = chat_line_ms(sorted[i]);
        const Sender sender = chat_line_sender(sorted[i]);
        const int64_t gap_ms = i > 0 ? instant_ms - before_ms : INT64_MAX;
        before_ms = instant_ms;
        if (gap_ms < rules->max_wait_ms) {
            found->sums.handling_ms += gap_ms;
        }
        found->sums.counts[CHAT_CUSTOMER_LINES] += sender == SENDER_CUSTOMER;
        found->sums.counts[CHAT_AGENT_LINES] += sender >= eligible;
        if (sender == SENDER_AGENT) {
            found->human_lines++;
            found->human_in_haste |= gap_ms < CHAT_FILTER_GAP_MS;
        }
        if (chat_turn_line(&turn, sender, instant_ms, eligible, rules->bot_clears) &&
            chat_turn_counted(rules, turn.first_ms)) {
            Status status = chat_note_wait(lines, found, chat_turn_wait(rules, &turn, instant_ms));
            if (status != STATUS_OK) {
                return status;
            }
        }
    }
    if (turn.open && chat_turn_counted(rules, turn.first_ms)) { /* Requirement 5 */
        found->sums.counts[CHAT_TURNS]++;
    }
    return STATUS_OK;
}

/* Requirement 7. */
static ChatVerdict chat_judge(const Rules *rules, const ChatFindings *found) {
    if (found->sums.counts[CHAT_TURNS] == 0) {
        return CHAT_NOT_CONSULTING;
    }
    bool one_line = found->sums.counts[CHAT_CUSTOMER_LINES] == 1 &&
                    found->human_lines >= CHAT_FILTER_LINES && !found->human_in_haste;
    return rules->filter == FILTER_ONE_LINE && one_line ? CHAT_IS_FILTERED : CHAT_IS_RECEIVED;
}

/* The waits of a received conversation, each into the histogram that it belongs to. */
static Status chat_add_waits(const ChatLines *lines, const ChatFindings *found, int sign,
                             ChatStats *stats) {
    Status status = STATUS_OK;
    for (uint64_t i = 0; status == STATUS_OK && i < lines->wait_count; i++) {
        Histogram *into = lines->waits[i] & 1 ? &stats->dropped : &stats->waits;
        status = histogram_add(into, (int64_t)(lines->waits[i] >> 1), 1, sign);
    }
    int64_t within_ms = -1;
    if (lines->rules->within_unit == WITHIN_FIRST) {
        within_ms = found->first_wait_ms;
    } else if (lines->rules->within_unit == WITHIN_CONVERSATION &&
               found->sums.counts[CHAT_TURNS] == found->sums.counts[CHAT_ANSWERED_TURNS]) {
        within_ms = found->longest_wait_ms;
    }
    if (status == STATUS_OK && within_ms >= 0) {
        status = histogram_add(&stats->within, within_ms, 1, sign);
    }
    return status;
}

static Status chat_evaluate_one(ChatLines *lines, Identity customer, const uint64_t *sorted,
                                uint64_t count, int sign, const ChatTarget *target, Message *why) {
    const Rules *rules = lines->rules;
    ChatFindings found = {.first_wait_ms = -1, .longest_wait_ms = -1};
    ChatStats *stats;
    const int64_t first_ms = chat_line_ms(sorted[0]);
    const int64_t last_ms = chat_line_ms(sorted[count - 1]);
    Conversation conversation = {customer, lines->key, 0, 0, CHAT_NOT_CONSULTING};
    lines->unchecked += count;
    if (lines->unchecked > CHAT_CHECK_LINES) {
        lines->unchecked = 0;
        if (host_interrupted(lines->host)) {
            return STATUS_INTERRUPTED;
        }
    }
    Status status = target->find(target->context, first_ms, &stats, why);
    if (status == STATUS_OK) {
        status = chat_walk(lines, sorted, count, &found);
    }
    if (status != STATUS_OK) {
        return status;
    }
    conversation.verdict = chat_judge(rules, &found);
    if (rules->session == SESSION_GAP) {
        conversation.begin = first_ms;
        conversation.end = last_ms;
    } else if (rules->session == SESSION_DAY) {
        conversation.begin = clock_day_cached(&rules->zone, &lines->day, first_ms);
        conversation.end = conversation.begin;
    }
    int64_t *counts = found.sums.counts;
    if (conversation.verdict == CHAT_IS_RECEIVED) {
        counts[CHAT_RECEIVED] = 1;
        counts[CHAT_REPLIED] = counts[CHAT_ANSWERED_TURNS] > 0;
        counts[CHAT_SLOW] = found.slow_waits >= rules->slow_times;
        found.sums.first_wait_ms = found.first_wait_ms >= 0 ? found.first_wait_ms : 0;
        found.sums.handling_ms = counts[CHAT_REPLIED] ? found.sums.handling_ms : 0;
        status = chat_add_waits(lines, &found, sign, stats);
    } else {
        ChatSums nothing = {.counts = {[CHAT_FILTERED] = conversation.verdict == CHAT_IS_FILTERED}};
        found.sums = nothing;
    }
    counts[CHAT_ROWS] = (int64_t)count;
    if (status == STATUS_OK) {
        status = chat_add_sums(stats, &found.sums, sign, why);
    }
    if (status == STATUS_OK) {
        status = extent_add(&stats->extent, first_ms, last_ms, sign);
    }
    return status == STATUS_OK ? chat_add_conversation(stats, &conversation, sign) : status;
}

Status chat_evaluate(ChatLines *lines, Identity customer, const uint64_t *sorted, uint64_t count,
                     int sign, const ChatTarget *target, Message *why) {
    uint64_t start = 0;
    for (uint64_t i = 1; i <= count; i++) {
        if (i < count && chat_turn_continues(lines->rules, &lines->day, chat_line_ms(sorted[i - 1]),
                                             chat_line_ms(sorted[i]))) {
            continue;
        }
        Status status =
            chat_evaluate_one(lines, customer, sorted + start, i - start, sign, target, why);
        if (status != STATUS_OK) {
            return status;
        }
        start = i;
    }
    return STATUS_OK;
}
