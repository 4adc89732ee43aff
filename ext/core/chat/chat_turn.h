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

typedef struct ChatTurn {
    bool open;
    int64_t first_ms; /* its first customer line; valid while open, and when just answered */
    int64_t last_ms;  /* its last customer line so far */
} ChatTurn;

typedef struct ChatWait {
    int64_t wait_ms; /* after `cap` */
    bool dropped;    /* `drop_over` takes it out of mean, maximum and percentiles */
} ChatWait;

/* Whose lines answer (`stop`): the senders from this one on. */
static inline Sender chat_turn_eligible(Stop stop) {
    return stop == STOP_HUMAN ? SENDER_AGENT : stop == STOP_ASSIST ? SENDER_ASSIST : SENDER_BOT;
}

/* Requirement 3: takes the next line; true when it answers the turn, which is closed then. */
static inline bool chat_turn_line(ChatTurn *turn, Sender sender, int64_t instant_ms,
                                  Sender eligible, bool bot_clears) {
    if (sender == SENDER_CUSTOMER) {
        if (!turn->open) {
            turn->open = true;
            turn->first_ms = instant_ms;
        }
        turn->last_ms = instant_ms;
        return false;
    }
    if (!turn->open) {
        return false;
    }
    if (sender >= eligible) {
        turn->open = false;
        return true;
    }
    if (sender == SENDER_BOT && bot_clears) {
        turn->open = false;
    }
    return false;
}

/* kpis.md 1, step 2: whether a line at `next_ms` is in the same conversation as the one before it, by
** `session`. The cache belongs to the rules' zone. */
bool chat_turn_continues(const Rules *rules, DayCache *day, int64_t before_ms, int64_t next_ms);
/* Requirement 6, for a turn's first line. */
bool chat_turn_counted(const Rules *rules, int64_t first_ms);
/* Requirement 4, for a turn that is answered at this instant. */
ChatWait chat_turn_wait(const Rules *rules, const ChatTurn *turn, int64_t reply_ms);

#endif
