/* chat_lines.h: the lines of one key, gathered in any order, and what they amount to (kpis.md 1).
**
** 1. Lines are sorted by customer, instant and sender, whatever order they came in.
** 2. They are cut into conversations by `session`.
** 5. A turn that is open at a conversation's end is unanswered.
** 7. A conversation with a counted turn is consulting; `filter` takes some of these out; what is left
**    is received. (3, 4 and 6: chat_turn.h)
** 8. Two ways to the same stats: plain, all at once at the end, in O(n log n); and sliding, where each
**    line that comes or goes costs the lines of the conversations that it touches.
*/
#ifndef KEFU_CORE_CHAT_LINES_H
#define KEFU_CORE_CHAT_LINES_H

#include "core/chat/chat_stats.h"
#include "core/chat/chat_turn.h"
#include "core/sets/customer_rows.h"

/* Which stats a conversation that begins at this instant belongs to (its key's and period's). */
typedef struct ChatTarget {
    Status (*find)(void *context, int64_t first_ms, ChatStats **stats, Message *why);
    void *context;
} ChatTarget;

typedef struct ChatLines {
    const Host *host;
    const Rules *rules;
    Identity key; /* of the _by aggregate; zeroed without one */
    bool sliding;
    CustomerRows rows; /* plain */
    Ordered units;     /* sliding: customer -> block of sorted lines, its count and capacity */
    DayCache day;
    uint64_t unchecked;  /* lines since the last look at the interrupt flag */
    ChatAnswer *answers; /* of the conversation at hand; owned */
    uint64_t answer_capacity;
} ChatLines;

void chat_lines_open(ChatLines *lines, const Host *host, const Rules *rules, Identity key);
void chat_lines_close(ChatLines *lines);

/* Plain: adds a line. */
static inline Status chat_lines_append(ChatLines *lines, Identity customer, uint64_t line) {
    return customer_rows_append(&lines->rows, customer, line) ? STATUS_OK : STATUS_NO_MEMORY;
}

/* Plain: evaluates all lines into their stats, in order of customers, and forgets them. */
Status chat_lines_finish(ChatLines *lines, const ChatTarget *target, Message *why);
/* From plain to sliding: evaluates what is there; the target's stats are sliding ones. */
Status chat_lines_slide(ChatLines *lines, const ChatTarget *target, Message *why);
/* Sliding: adds (sign +1) or takes back (-1) one line. */
Status chat_lines_change(ChatLines *lines, Identity customer, uint64_t line, int sign,
                         const ChatTarget *target, Message *why);

#endif
