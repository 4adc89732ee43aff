/* chat_turn.h: how lines become turns, and what a wait is (kpis.md 1, steps 3, 4 and 6).
**
** 3. A turn opens with a customer line while none is open, and closes with the first eligible reply
**    (`stop`). With `bot_clears` a bot's line closes it too, and the turn is dropped.
** 4. The wait runs from the first customer line (`burst` first) or the last one before the reply, in
**    open time where there is a calendar; `drop_over` is judged before `cap`.
** 6. A turn whose first line lies outside of the `window` is not counted.
** One tracker serves the stats and turn_seconds(), so that they cannot differ.
*/
#ifndef KEFU_CORE_CHAT_TURN_H
#define KEFU_CORE_CHAT_TURN_H

#include "core/chat/chat_line.h"
#include "core/rules/rules.h"
#include "core/time/calendar.h"

typedef struct ChatTurn {
    int64_t first_ms; /* its first customer line; valid while open, and when just answered */
    int64_t last_ms;  /* its last customer line so far */
    bool open;
} ChatTurn;

typedef struct ChatWait {
    int64_t wait_ms; /* after `cap` */
    bool dropped;    /* `drop_over` takes it out of mean, maximum and percentiles */
} ChatWait;

/* A turn that was answered. */
typedef struct ChatAnswer {
    ChatTurn turn;
    int64_t reply_ms;
    ChatWait wait; /* of those that count */
} ChatAnswer;

/* Whose lines answer (`stop`): the senders from this one on. */
static inline Sender chat_turn_eligible(Stop stop) {
    return stop == STOP_HUMAN ? SENDER_AGENT : stop == STOP_ASSIST ? SENDER_ASSIST : SENDER_BOT;
}

/* One of two numbers, by a mask: compilers make a branch of ?: where they see fit. */
static inline int64_t chat_turn_select(bool take_left, int64_t left, int64_t right) {
    const int64_t mask = -(int64_t)take_left;
    return (left & mask) | (right & ~mask);
}

/* Requirement 3: takes the next line; true when it answers the turn, which is closed then. Without a
** branch: who writes next is hard to guess, for a processor too. */
static inline bool chat_turn_line(ChatTurn *turn, Sender sender, int64_t instant_ms,
                                  Sender eligible, bool bot_clears) {
    const bool asks = sender == SENDER_CUSTOMER;
    const bool answers = turn->open & (sender >= eligible);
    const bool clears = bot_clears & (sender == SENDER_BOT);
    turn->first_ms = chat_turn_select(asks & !turn->open, instant_ms, turn->first_ms);
    turn->last_ms = chat_turn_select(asks, instant_ms, turn->last_ms);
    turn->open = (turn->open | asks) & (!(answers | clears));
    return answers;
}

/* kpis.md 1, step 2: until when, exclusive, a line continues the conversation of the one before it, by
** `session`. The cache belongs to the rules' zone. */
static inline int64_t chat_turn_until(const Rules *rules, DayCache *day, int64_t before_ms) {
    if (rules->session == SESSION_DAY) {
        clock_day_cached(&rules->zone, day, before_ms);
        return day->end_ms;
    }
    return rules->session == SESSION_GAP ? before_ms + rules->session_gap_ms : INT64_MAX;
}
/* Requirement 6, for a turn's first line. */
bool chat_turn_in_window(const Rules *rules, int64_t first_ms);
static inline bool chat_turn_counted(const Rules *rules, int64_t first_ms) {
    return !rules->has_window || chat_turn_in_window(rules, first_ms);
}

/* Requirement 4, for a turn that is answered at this instant. */
static inline ChatWait chat_turn_wait(const Rules *rules, const ChatTurn *turn, int64_t reply_ms) {
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

#endif
