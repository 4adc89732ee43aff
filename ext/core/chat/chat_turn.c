/* chat_turn.c: see chat_turn.h. */
#include "core/chat/chat_turn.h"

bool chat_turn_in_window(const Rules *rules, int64_t first_ms) {
    int32_t time_of_day_ms = clock_time_of_day(&rules->zone, first_ms);
    bool from = time_of_day_ms >= rules->window_from_ms;
    bool to = time_of_day_ms < rules->window_to_ms;
    /* A window that runs past midnight is open before its end and after its start. */
    return rules->window_from_ms < rules->window_to_ms ? from && to : from || to;
}
