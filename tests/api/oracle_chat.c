/* oracle_chat.c: the chat family from the words of its definition (see oracle.h).
**
** The numbers in comments are those of "How lines become turns".
*/
#include "oracle.h"

#include <stdlib.h>
#include <string.h>

/* 1. Ties: customer, bot, assist, agent. */
static int oracle_rank(int sender) {
    static const int rank[] = {0, 3, 1, 2};
    return rank[sender];
}

static bool oracle_is_eligible(int sender, OracleStop stop) {
    if (sender == ORACLE_FROM_AGENT)
        return true;
    if (sender == ORACLE_FROM_ASSIST)
        return stop == ORACLE_STOP_ASSIST || stop == ORACLE_STOP_ANY;
    return sender == ORACLE_FROM_BOT && stop == ORACLE_STOP_ANY;
}

static bool oracle_is_skipped(const OracleLine *line) {
    return line->customer < 0 || line->sender < 0 || line->sender == ORACLE_FROM_SYSTEM ||
           !line->has_time;
}

/* Key, then customer, then time, then rank. */
static bool oracle_comes_before(const OracleLine *a, const OracleLine *b, bool by_key) {
    if (by_key && a->key != b->key)
        return a->key < b->key;
    if (a->customer != b->customer)
        return a->customer < b->customer;
    if (a->at_ms != b->at_ms)
        return a->at_ms < b->at_ms;
    return oracle_rank(a->sender) < oracle_rank(b->sender);
}

/* 2. Does the later line begin a new conversation of the same customer? */
static bool oracle_is_new(const OracleLine *earlier, const OracleLine *later,
                          const OracleRules *rules) {
    if (rules->session == ORACLE_SESSION_ALL)
        return false;
    if (rules->session == ORACLE_SESSION_GAP)
        return later->at_ms - earlier->at_ms >= rules->gap_ms;
    return oracle_local_day(earlier->at_ms, rules->tz_minutes) !=
           oracle_local_day(later->at_ms, rules->tz_minutes);
}

/* 4. From the question to the reply, in open time where there is a calendar. */
static int64_t oracle_open_wait(int64_t asked_ms, int64_t replied_ms, const OracleRules *rules) {
    if (!rules->has_calendar)
        return replied_ms - asked_ms;
    return oracle_open_ms(&rules->calendar, asked_ms, replied_ms, rules->tz_minutes);
}

static int64_t oracle_capped(int64_t wait_ms, const OracleRules *rules) {
    return rules->cap_ms > 0 && wait_ms > rules->cap_ms ? rules->cap_ms : wait_ms;
}

/* 6. Is a turn whose first customer line comes then counted? */
static bool oracle_in_window(int64_t asked_ms, const OracleRules *rules) {
    if (!rules->has_window)
        return true;
    int64_t now = oracle_ms_of_day(asked_ms, rules->tz_minutes);
    int64_t from = (int64_t)rules->window_from_minute * 60000;
    int64_t to = (int64_t)rules->window_to_minute * 60000;
    return from < to ? from <= now && now < to : from <= now || now < to;
}

static bool oracle_is_dropped(const OracleTurn *turn, const OracleRules *rules) {
    return turn->answered && rules->drop_over_ms > 0 && turn->open_ms >= rules->drop_over_ms;
}

/* 3. The turns of one conversation, whose lines are sorted. */
static void oracle_take_turns(OracleConversation *conversation, OracleLine *const *lines, int count,
                              const OracleRules *rules) {
    if (count > ORACLE_MOST_TURNS)
        abort();
    bool open = false;
    int64_t first_ms = 0, last_ms = 0;
    for (int i = 0; i < count; i++) {
        const OracleLine *line = lines[i];
        OracleTurn turn = {0};
        if (line->sender == ORACLE_FROM_CUSTOMER) {
            if (!open)
                first_ms = line->at_ms;
            last_ms = line->at_ms;
            open = true;
            continue;
        }
        if (!open)
            continue;
        if (oracle_is_eligible(line->sender, rules->stop)) {
            open = false;
            turn.answered = true;
            turn.open_ms =
                oracle_open_wait(rules->burst_last ? last_ms : first_ms, line->at_ms, rules);
            turn.wait_ms = oracle_capped(turn.open_ms, rules);
            if (oracle_in_window(first_ms, rules)) {
                conversation->turn[conversation->turn_count++] = turn;
            }
        } else if (rules->bot_clears && line->sender == ORACLE_FROM_BOT) {
            open = false;
        }
    }
    if (open && oracle_in_window(first_ms, rules)) { /* 5 */
        conversation->turn[conversation->turn_count++] = (OracleTurn){0};
    }
}

/* 7. One customer line, and at least two of human agents, each at least 10 s after the line before. */
static bool oracle_is_filtered(OracleLine *const *lines, int count) {
    int customer_lines = 0, human_lines = 0;
    bool all_late = true;
    for (int i = 0; i < count; i++) {
        if (lines[i]->sender == ORACLE_FROM_CUSTOMER)
            customer_lines++;
        if (lines[i]->sender != ORACLE_FROM_AGENT)
            continue;
        human_lines++;
        if (i > 0 && lines[i]->at_ms - lines[i - 1]->at_ms < 10000)
            all_late = false;
    }
    return customer_lines == 1 && human_lines >= 2 && all_late;
}

static void oracle_fill(OracleConversation *conversation, OracleLine *const *lines, int count,
                        const OracleRules *rules) {
    memset(conversation, 0, sizeof *conversation);
    conversation->key = lines[0]->key;
    conversation->customer = lines[0]->customer;
    conversation->lines = count;
    conversation->first_ms = lines[0]->at_ms;
    conversation->last_ms = lines[count - 1]->at_ms;
    conversation->period_day = oracle_period_start(
        oracle_local_day(conversation->first_ms, rules->tz_minutes), rules->period);
    for (int i = 0; i < count; i++) {
        if (lines[i]->sender == ORACLE_FROM_CUSTOMER)
            conversation->customer_lines++;
        if (oracle_is_eligible(lines[i]->sender, rules->stop))
            conversation->agent_lines++;
        int64_t gap_ms = i > 0 ? lines[i]->at_ms - lines[i - 1]->at_ms : rules->max_wait_ms;
        if (gap_ms < rules->max_wait_ms)
            conversation->handling_ms += gap_ms;
    }
    oracle_take_turns(conversation, lines, count, rules);
    conversation->consulting = conversation->turn_count > 0;
    conversation->filtered =
        conversation->consulting && rules->one_line && oracle_is_filtered(lines, count);
}

OracleChats oracle_converse(OracleLine *lines, int count, const OracleRules *rules, bool by_key) {
    OracleLine *sorted[ORACLE_MOST_LINES];
    int used = 0;
    if (count > ORACLE_MOST_LINES)
        abort();
    for (int i = 0; i < count; i++) { /* insertion sort of the rows that count */
        lines[i].conversation = -1;
        if (oracle_is_skipped(&lines[i]))
            continue;
        int place = used++;
        while (place > 0 && oracle_comes_before(&lines[i], sorted[place - 1], by_key)) {
            sorted[place] = sorted[place - 1];
            place--;
        }
        sorted[place] = &lines[i];
    }
    OracleChats chats = {0, calloc((size_t)used + 1, sizeof(OracleConversation))};
    if (!chats.conversation)
        abort();
    for (int from = 0, to; from < used; from = to) {
        for (to = from + 1; to < used; to++) {
            const OracleLine *a = sorted[to - 1], *b = sorted[to];
            if ((by_key && a->key != b->key) || a->customer != b->customer)
                break;
            if (oracle_is_new(a, b, rules))
                break;
        }
        for (int i = from; i < to; i++)
            sorted[i]->conversation = chats.count;
        oracle_fill(&chats.conversation[chats.count++], sorted + from, to - from, rules);
    }
    return chats;
}

/* ---- figures ---- */

static bool oracle_is_wanted(const OracleConversation *conversation, int key, int64_t period_day) {
    return (key < 0 || conversation->key == key) &&
           (period_day == INT64_MIN || conversation->period_day == period_day);
}

static int oracle_compare_ms(const void *a, const void *b) {
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* The sums over the received conversations. */
typedef struct OracleChatCounts {
    int64_t consulting, filtered, received, people, replied, customer_lines, agent_lines;
    int64_t turns, answered_turns, first_ms, slow_customers, handling_ms, wait_sum_ms;
} OracleChatCounts;

static void oracle_count_turns(const OracleConversation *one, const OracleRules *rules,
                               OracleChatCounts *counts, OracleChatSum *sum) {
    int answered = 0, slow = 0;
    for (int i = 0; i < one->turn_count; i++) {
        const OracleTurn *turn = &one->turn[i];
        if (turn->answered)
            answered++;
        if (turn->answered && turn->wait_ms > rules->slow_ms)
            slow++;
        if (turn->answered && !oracle_is_dropped(turn, rules)) {
            sum->wait_ms[sum->wait_count++] = turn->wait_ms;
        }
        if (!turn->answered && rules->unanswered_cap) {
            sum->wait_ms[sum->wait_count++] = rules->cap_ms;
        }
    }
    counts->turns += one->turn_count;
    counts->answered_turns += answered;
    if (slow >= rules->slow_times)
        counts->slow_customers++;
    if (answered == 0)
        return;
    counts->replied++;
    counts->first_ms += one->turn[0].wait_ms;
    counts->handling_ms += one->handling_ms;
}

static void oracle_put_chat(OracleFigures *out, const OracleChatCounts *c,
                            const OracleChatSum *sum) {
    int waits = sum->wait_count;
    oracle_put_count(out, "consulting", c->consulting);
    oracle_put_count(out, "filtered", c->filtered);
    oracle_put_count(out, "received", c->received);
    oracle_put_count(out, "distinct_customers", c->people);
    oracle_put_count(out, "replied", c->replied);
    oracle_put_count(out, "unreplied", c->received - c->replied);
    oracle_put_quotient(out, "reply_rate", c->replied, c->received, 1);
    oracle_put_count(out, "customer_lines", c->customer_lines);
    oracle_put_count(out, "agent_lines", c->agent_lines);
    oracle_put_quotient(out, "answer_ratio", c->agent_lines, c->customer_lines, 1);
    oracle_put_count(out, "turns", c->turns);
    oracle_put_count(out, "answered_turns", c->answered_turns);
    oracle_put_quotient(out, "turn_reply_rate", c->answered_turns, c->turns, 1);
    oracle_put_quotient(out, "first_response", c->first_ms, c->replied, 1000);
    oracle_put_quotient(out, "avg_response", c->wait_sum_ms, waits, 1000);
    oracle_put_value(out, "max_response", waits == 0, waits > 0 ? sum->wait_ms[waits - 1] : 0,
                     1000);
    oracle_put_count(out, "slow_customers", c->slow_customers);
    oracle_put_quotient(out, "slow_rate", c->slow_customers, c->received, 1);
    oracle_put_value(out, "total_handling", false, c->handling_ms, 1000);
    oracle_put_quotient(out, "handling_time", c->handling_ms, c->replied, 1000);
}

OracleChatSum oracle_sum_chats(const OracleChats *chats, int key, int64_t period_day,
                               const OracleRules *rules) {
    OracleChatSum sum = {.first_ms = INT64_MAX, .last_ms = INT64_MIN};
    OracleChatCounts counts = {0};
    bool seen[ORACLE_MOST_LINES] = {false};
    sum.wait_ms = calloc(ORACLE_MOST_LINES, sizeof(int64_t));
    if (!sum.wait_ms)
        abort();
    for (int i = 0; i < chats->count; i++) {
        const OracleConversation *one = &chats->conversation[i];
        if (!oracle_is_wanted(one, key, period_day))
            continue;
        sum.rows += one->lines;
        if (one->first_ms < sum.first_ms)
            sum.first_ms = one->first_ms;
        if (one->last_ms > sum.last_ms)
            sum.last_ms = one->last_ms;
        counts.consulting += one->consulting;
        counts.filtered += one->filtered;
        if (!one->consulting || one->filtered)
            continue;
        counts.received++;
        if (!seen[one->customer])
            counts.people++;
        seen[one->customer] = true;
        counts.customer_lines += one->customer_lines;
        counts.agent_lines += one->agent_lines;
        oracle_count_turns(one, rules, &counts, &sum);
    }
    qsort(sum.wait_ms, (size_t)sum.wait_count, sizeof(int64_t), oracle_compare_ms);
    for (int i = 0; i < sum.wait_count; i++)
        counts.wait_sum_ms += sum.wait_ms[i];
    oracle_put_chat(&sum.figures, &counts, &sum);
    return sum;
}

bool oracle_percentile(const OracleChatSum *sum, double p, double *seconds) {
    if (sum->wait_count == 0)
        return false;
    double rank = (sum->wait_count - 1) * p;
    int low = (int)rank;
    int high = low + 1 < sum->wait_count ? low + 1 : low;
    double from = (double)sum->wait_ms[low], to = (double)sum->wait_ms[high];
    *seconds = (from + (to - from) * (rank - low)) / 1000;
    return true;
}

OracleFigure oracle_within(const OracleChats *chats, int key, int64_t period_day,
                           const OracleRules *rules, int64_t within_ms) {
    int64_t numerator = 0, denominator = 0;
    for (int i = 0; i < chats->count; i++) {
        const OracleConversation *one = &chats->conversation[i];
        if (!oracle_is_wanted(one, key, period_day))
            continue;
        if (!one->consulting || one->filtered)
            continue;
        int good = 0;
        for (int t = 0; t < one->turn_count; t++) {
            bool in_time = one->turn[t].answered && one->turn[t].wait_ms <= within_ms;
            good += in_time;
            if (rules->within_unit == ORACLE_BY_FIRST && t == 0)
                numerator += in_time;
        }
        if (rules->within_unit == ORACLE_BY_TURN)
            numerator += good;
        if (rules->within_unit == ORACLE_BY_CONVERSATION)
            numerator += good == one->turn_count;
        denominator += rules->within_unit == ORACLE_BY_TURN ? one->turn_count : 1;
    }
    OracleFigures figures = {0};
    oracle_put_quotient(&figures, "within_rate", numerator, denominator, 1);
    return figures.figure[0];
}

/* Walks the lines from the first, so that the state before the last is the words' own. */
bool oracle_turn_ms(const OracleLine *lines, int index, const OracleRules *rules,
                    int64_t *wait_ms) {
    const OracleLine *before = NULL;
    bool open = false, answers = false;
    int64_t first_ms = 0, last_ms = 0;
    for (int i = 0; i <= index; i++) {
        const OracleLine *line = &lines[i];
        answers = false;
        if (oracle_is_skipped(line))
            continue;
        if (before && oracle_is_new(before, line, rules))
            open = false;
        before = line;
        if (line->sender == ORACLE_FROM_CUSTOMER) {
            if (!open)
                first_ms = line->at_ms;
            last_ms = line->at_ms;
            open = true;
        } else if (open && oracle_is_eligible(line->sender, rules->stop)) {
            OracleTurn turn = {.answered = true};
            turn.open_ms =
                oracle_open_wait(rules->burst_last ? last_ms : first_ms, line->at_ms, rules);
            open = false;
            answers = oracle_in_window(first_ms, rules) && !oracle_is_dropped(&turn, rules);
            *wait_ms = oracle_capped(turn.open_ms, rules);
        } else if (open && rules->bot_clears && line->sender == ORACLE_FROM_BOT) {
            open = false;
        }
    }
    return answers;
}
