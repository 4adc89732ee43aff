/* chat_turn.c: see chat_turn.h. */
#include "core/chat/chat_turn.h"

#include "core/time/calendar.h"

bool chat_turn_continues(const Rules *rules, DayCache *day, int64_t before_ms, int64_t next_ms) {
    switch (rules->session) { /* not covered: no other session */
    case SESSION_ALL:
        return true;
    case SESSION_GAP:
        return next_ms - before_ms < rules->session_gap_ms;
    case SESSION_DAY:
        break;
    }
    clock_day_cached(&rules->zone, day, before_ms);
    return next_ms < day->end_ms; /* not earlier than before_ms: lines come in order */
}

bool chat_turn_counted(const Rules *rules, int64_t first_ms) {
    if (!rules->has_window) {
        return true;
    }
    int32_t time_of_day_ms = clock_time_of_day(&rules->zone, first_ms);
    bool from = time_of_day_ms >= rules->window_from_ms;
    bool to = time_of_day_ms < rules->window_to_ms;
    /* A window that runs past midnight is open before its end and after its start. */
    return rules->window_from_ms < rules->window_to_ms ? from && to : from || to;
}

ChatWait chat_turn_wait(const Rules *rules, const ChatTurn *turn, int64_t reply_ms) {
    int64_t from_ms = rules->burst == BURST_FIRST ? turn->first_ms : turn->last_ms;
    ChatWait wait = {reply_ms - from_ms, false};
    if (rules->calendar != NULL) {
        wait.wait_ms = calendar_open_ms(rules->calendar, from_ms, reply_ms);
    }
    wait.dropped = rules->drop_over_ms != 0 && wait.wait_ms >= rules->drop_over_ms;
    if (rules->cap_ms != 0 && wait.wait_ms > rules->cap_ms) {
        wait.wait_ms = rules->cap_ms;
    }
    return wait;
}
