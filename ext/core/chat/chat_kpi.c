/* chat_kpi.c: see chat_kpi.h; the definitions are those of kpis.md 1, by name. */
#include "core/chat/chat_kpi.h"

#define CHAT_MS 1000 /* milliseconds in the unit of a duration */

static int64_t chat_count(const ChatStats *stats, ChatCount count) {
    return stats->sums.counts[count];
}

static Measure chat_number(const ChatStats *stats, ChatCount count) {
    return measure_number(chat_count(stats, count), 1);
}

static Measure chat_share(const ChatStats *stats, ChatCount part, ChatCount whole) {
    return measure_quotient(chat_count(stats, part), 1, chat_count(stats, whole));
}

Measure chat_consulting(const ChatStats *stats) {
    return measure_number(
        (int128)chat_count(stats, CHAT_RECEIVED) + chat_count(stats, CHAT_FILTERED), 1);
}

Measure chat_filtered(const ChatStats *stats) { return chat_number(stats, CHAT_FILTERED); }

Measure chat_received(const ChatStats *stats) { return chat_number(stats, CHAT_RECEIVED); }

Measure chat_customers(const ChatStats *stats) {
    return measure_number(chat_distinct_customers(stats), 1);
}

Measure chat_replied(const ChatStats *stats) { return chat_number(stats, CHAT_REPLIED); }

Measure chat_unreplied(const ChatStats *stats) {
    return measure_number(chat_count(stats, CHAT_RECEIVED) - chat_count(stats, CHAT_REPLIED), 1);
}

Measure chat_reply_rate(const ChatStats *stats) {
    return chat_share(stats, CHAT_REPLIED, CHAT_RECEIVED);
}

Measure chat_customer_lines(const ChatStats *stats) {
    return chat_number(stats, CHAT_CUSTOMER_LINES);
}

Measure chat_agent_lines(const ChatStats *stats) { return chat_number(stats, CHAT_AGENT_LINES); }

Measure chat_answer_ratio(const ChatStats *stats) {
    return chat_share(stats, CHAT_AGENT_LINES, CHAT_CUSTOMER_LINES);
}

Measure chat_turns(const ChatStats *stats) { return chat_number(stats, CHAT_TURNS); }

Measure chat_answered_turns(const ChatStats *stats) {
    return chat_number(stats, CHAT_ANSWERED_TURNS);
}

Measure chat_turn_reply_rate(const ChatStats *stats) {
    return chat_share(stats, CHAT_ANSWERED_TURNS, CHAT_TURNS);
}

Measure chat_first_response(const ChatStats *stats) {
    return measure_quotient(stats->sums.first_wait_ms, CHAT_MS, chat_count(stats, CHAT_REPLIED));
}

/* Unanswered turns that count as a wait of the cap (`unanswered: cap`). */
static int64_t chat_capped_turns(const ChatStats *stats) {
    if (stats->rules->unanswered != UNANSWERED_CAP) {
        return 0;
    }
    return chat_count(stats, CHAT_TURNS) - chat_count(stats, CHAT_ANSWERED_TURNS);
}

Measure chat_avg_response(const ChatStats *stats) {
    int64_t capped = chat_capped_turns(stats);
    return measure_quotient(stats->waits.sum_ms + (int128)capped * stats->rules->cap_ms, CHAT_MS,
                            (int128)stats->waits.count + capped);
}

Measure chat_max_response(const ChatStats *stats) {
    int64_t longest_ms = histogram_longest(&stats->waits);
    if (chat_capped_turns(stats) > 0) {
        longest_ms = stats->rules->cap_ms; /* no wait is longer */
    }
    return longest_ms < 0 ? measure_null() : measure_number(longest_ms, CHAT_MS);
}

Measure chat_response_percentile(const ChatStats *stats, int64_t p) {
    int64_t capped = chat_capped_turns(stats);
    if (stats->waits.count + capped == 0) {
        return measure_null();
    }
    return measure_quotient(histogram_quantile(&stats->waits, p, capped, stats->rules->cap_ms),
                            CHAT_MS, HISTOGRAM_QUANTILE_UNIT);
}

Measure chat_within_rate(const ChatStats *stats, int64_t limit_ms) {
    if (stats->rules->within_unit == WITHIN_TURN) {
        int64_t within =
            histogram_within(&stats->waits, limit_ms) + histogram_within(&stats->dropped, limit_ms);
        return measure_quotient(within, 1, chat_count(stats, CHAT_TURNS));
    }
    return measure_quotient(histogram_within(&stats->within, limit_ms), 1,
                            chat_count(stats, CHAT_RECEIVED));
}

Measure chat_slow_customers(const ChatStats *stats) { return chat_number(stats, CHAT_SLOW); }

Measure chat_slow_rate(const ChatStats *stats) {
    return chat_share(stats, CHAT_SLOW, CHAT_RECEIVED);
}

Measure chat_total_handling(const ChatStats *stats) {
    return measure_number(stats->sums.handling_ms, CHAT_MS);
}

Measure chat_handling_time(const ChatStats *stats) {
    return measure_quotient(stats->sums.handling_ms, CHAT_MS, chat_count(stats, CHAT_REPLIED));
}
