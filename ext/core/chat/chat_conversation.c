/* chat_conversation.c: from the sorted lines of a customer to conversations and their sums. The
** requirements are numbered in chat_lines.h and chat_turn.h, after the steps of kpis.md 1.
**
** A conversation is walked in two loops: over its lines, which only finds the turns that were answered
** and has no branch that depends on who wrote; then over these, which are fewer, with all that rules
** may ask of a wait.
*/
#include "core/chat/chat_conversation.h"

#define CHAT_FILTER_GAP_MS                                                                         \
    10000 /* one_line: an agent's line comes at least so long after the one before */
#define CHAT_CHECK_LINES 8192 /* lines between two looks at the interrupt flag */
#define CHAT_FILTER_LINES 2   /* one_line: the agents wrote at least so many */

/* What a walk over the lines of a conversation finds out. */
typedef struct ChatFindings {
    int64_t lines_of[SENDER_SYSTEM]; /* by sender */
    int64_t handling_ms;             /* gaps below `max_wait` */
    uint64_t answers;                /* turns that were answered, in the lines' block of them */
    ChatTurn last_turn;
    uint64_t turns;          /* counted ones: answered and not */
    int64_t first_wait_ms;   /* of the first counted turn; -1: not answered */
    int64_t longest_wait_ms; /* of the counted turns; -1: none was answered */
    int64_t slow_waits;
} ChatFindings;

/* Room for the answers of so many lines: each turn begins with a line of the customer's. One more is
** written to before it is known whether it is one. */
static bool chat_room_for_answers(ChatLines *lines, uint64_t count) {
    if (lines->answer_capacity > count / 2) {
        return true;
    }
    const uint64_t twice = lines->answer_capacity * 2;
    const uint64_t capacity = twice > count / 2 ? twice : count / 2 + 16;
    ChatAnswer *answers = lines->host->resize(lines->answers, capacity * sizeof *answers);
    if (answers == NULL) {
        return false;
    }
    lines->answers = answers;
    lines->answer_capacity = capacity;
    return true;
}

/* The first loop: turns (requirement 3), lines, gaps. */
static Status chat_walk(ChatLines *lines, const uint64_t *sorted, uint64_t count,
                        ChatFindings *found) {
    const Rules *rules = lines->rules;
    const Sender eligible = chat_turn_eligible(rules->stop);
    const bool bot_clears = rules->bot_clears;
    const int64_t max_wait_ms = rules->max_wait_ms;
    ChatTurn turn = {0, 0, false};
    int64_t before_ms = INT64_MIN / 2; /* no gap before the first line */
    int64_t handling_ms = 0;
    if (!chat_room_for_answers(lines, count)) {
        return STATUS_NO_MEMORY;
    }
    ChatAnswer *answer = lines->answers;
    for (int i = 0; i < SENDER_SYSTEM; i++) {
        found->lines_of[i] = 0;
    }
    for (uint64_t i = 0; i < count; i++) {
        const int64_t instant_ms = chat_line_ms(sorted[i]);
        const Sender sender = chat_line_sender(sorted[i]);
        const int64_t gap_ms = instant_ms - before_ms;
        before_ms = instant_ms;
        handling_ms += gap_ms < max_wait_ms ? gap_ms : 0;
        found->lines_of[sender]++;
        /* Written for every line, kept when it is an answer. */
        const bool answered = chat_turn_line(&turn, sender, instant_ms, eligible, bot_clears);
        answer->turn = turn;
        answer->reply_ms = instant_ms;
        answer += answered;
    }
    found->handling_ms = handling_ms;
    found->answers = (uint64_t)(answer - lines->answers);
    found->last_turn = turn;
    return STATUS_OK;
}

/* The second loop: which turns count (requirements 5 and 6), and their waits (requirement 4). Only
** they stay in the block of answers. */
static void chat_weigh(ChatLines *lines, ChatFindings *found) {
    const Rules *rules = lines->rules;
    ChatAnswer *answers = lines->answers;
    uint64_t counted = 0;
    found->longest_wait_ms = -1;
    found->slow_waits = 0;
    for (uint64_t i = 0; i < found->answers; i++) {
        if (chat_turn_counted(rules, answers[i].turn.first_ms)) {
            const ChatWait wait = chat_turn_wait(rules, &answers[i].turn, answers[i].reply_ms);
            answers[counted++].wait = wait;
            found->slow_waits += wait.wait_ms > rules->slow_ms;
            if (wait.wait_ms > found->longest_wait_ms) {
                found->longest_wait_ms = wait.wait_ms;
            }
        }
    }
    const ChatTurn *last = &found->last_turn;
    found->first_wait_ms = counted > 0 ? answers[0].wait.wait_ms : -1;
    found->answers = counted;
    found->turns = counted + (last->open && chat_turn_counted(rules, last->first_ms));
}

/* Requirement 7: one customer line, and human agents who took their time. */
static bool chat_is_one_line(const ChatFindings *found, const uint64_t *sorted, uint64_t count) {
    if (found->lines_of[SENDER_CUSTOMER] != 1 ||
        found->lines_of[SENDER_AGENT] < CHAT_FILTER_LINES) {
        return false;
    }
    for (uint64_t i = 1; i < count; i++) {
        if (chat_line_sender(sorted[i]) == SENDER_AGENT &&
            chat_line_ms(sorted[i]) - chat_line_ms(sorted[i - 1]) < CHAT_FILTER_GAP_MS) {
            return false;
        }
    }
    return true;
}

static ChatVerdict chat_judge(const Rules *rules, const ChatFindings *found, const uint64_t *sorted,
                              uint64_t count) {
    if (found->turns == 0) {
        return CHAT_NOT_CONSULTING;
    }
    const bool filtered =
        rules->filter == FILTER_ONE_LINE && chat_is_one_line(found, sorted, count);
    return filtered ? CHAT_IS_FILTERED : CHAT_IS_RECEIVED;
}

/* What a received conversation adds to the sums, or takes away. Nothing is tested against the limits of
** state.h, as merging does: memory ends long before them. */
static void chat_sum_up(const Rules *rules, const ChatFindings *found, int64_t sign,
                        ChatSums *sums) {
    int64_t *counts = sums->counts;
    int64_t answering = 0;
    for (Sender sender = chat_turn_eligible(rules->stop); sender < SENDER_SYSTEM; sender++) {
        answering += found->lines_of[sender];
    }
    counts[CHAT_RECEIVED] += sign;
    counts[CHAT_CUSTOMER_LINES] += sign * found->lines_of[SENDER_CUSTOMER];
    counts[CHAT_AGENT_LINES] += sign * answering;
    counts[CHAT_TURNS] += sign * (int64_t)found->turns;
    counts[CHAT_SLOW] += found->slow_waits >= rules->slow_times ? sign : 0;
    if (found->answers > 0) { /* replied */
        counts[CHAT_REPLIED] += sign;
        counts[CHAT_ANSWERED_TURNS] += sign * (int64_t)found->answers;
        sums->first_wait_ms += sign * found->first_wait_ms;
        sums->handling_ms += sign * found->handling_ms;
    }
}

/* The waits of a received conversation, each into the histogram that it belongs to. */
static Status chat_add_waits(const ChatLines *lines, const ChatFindings *found, int sign,
                             ChatStats *stats) {
    Status status = STATUS_OK;
    for (uint64_t i = 0; status == STATUS_OK && i < found->answers; i++) {
        const ChatWait *wait = &lines->answers[i].wait;
        status =
            histogram_add_one(wait->dropped ? &stats->dropped : &stats->waits, wait->wait_ms, sign);
    }
    int64_t within_ms = -1;
    if (lines->rules->within_unit == WITHIN_FIRST) {
        within_ms = found->first_wait_ms;
    } else if (lines->rules->within_unit == WITHIN_CONVERSATION && found->turns == found->answers) {
        within_ms = found->longest_wait_ms;
    }
    if (status == STATUS_OK && within_ms >= 0) {
        status = histogram_add_one(&stats->within, within_ms, sign);
    }
    return status;
}

/* One whole conversation. */
static Status chat_evaluate_one(ChatLines *lines, Identity customer, const uint64_t *sorted,
                                uint64_t count, int sign, const ChatTarget *target, Message *why) {
    const Rules *rules = lines->rules;
    ChatFindings found;
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
    chat_weigh(lines, &found);
    conversation.verdict = chat_judge(rules, &found, sorted, count);
    if (rules->session == SESSION_GAP) {
        conversation.begin = first_ms;
        conversation.end = last_ms;
    } else if (rules->session == SESSION_DAY) {
        conversation.begin = clock_day_cached(&rules->zone, &lines->day, first_ms);
        conversation.end = conversation.begin;
    }
    stats->sums.counts[CHAT_ROWS] += sign * (int64_t)count;
    if (conversation.verdict == CHAT_IS_RECEIVED) {
        chat_sum_up(rules, &found, sign, &stats->sums);
        status = chat_add_waits(lines, &found, sign, stats);
    } else if (conversation.verdict == CHAT_IS_FILTERED) {
        stats->sums.counts[CHAT_FILTERED] += sign;
    }
    if (status == STATUS_OK) {
        status = extent_add(&stats->extent, first_ms, last_ms, sign);
    }
    return status == STATUS_OK ? chat_add_conversation(stats, &conversation, sign) : status;
}

/* Where the conversation ends that begins at `start`. */
static uint64_t chat_conversation_end(ChatLines *lines, const uint64_t *sorted, uint64_t start,
                                      uint64_t count) {
    int64_t until_ms = chat_turn_until(lines->rules, &lines->day, chat_line_ms(sorted[start]));
    if (chat_line_ms(sorted[count - 1]) < until_ms) {
        return count; /* most customers have but one */
    }
    const bool by_gap = lines->rules->session == SESSION_GAP;
    uint64_t end = start + 1;
    for (; end < count && chat_line_ms(sorted[end]) < until_ms; end++) {
        if (by_gap) { /* only then the end moves on with each line */
            until_ms = chat_turn_until(lines->rules, &lines->day, chat_line_ms(sorted[end]));
        }
    }
    return end;
}

Status chat_evaluate(ChatLines *lines, Identity customer, const uint64_t *sorted, uint64_t count,
                     int sign, const ChatTarget *target, Message *why) {
    Status status = STATUS_OK;
    for (uint64_t start = 0, end; status == STATUS_OK && start < count; start = end) {
        end = chat_conversation_end(lines, sorted, start, count);
        status = chat_evaluate_one(lines, customer, sorted + start, end - start, sign, target, why);
    }
    return status;
}
