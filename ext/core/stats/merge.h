/* merge.h: states of one kind and of the same rules become one (functions.md 3, kefu_merge).
**
** 1. Plain stats add up; grouped ones key by key and period by period; journeys event by event.
** 2. Stats of different kinds, rules or flags are an error that names both. It is given when the result
**    is asked for, not before: a window may hold two kinds for a moment while it moves.
** 3. Plain: parts are gathered and sorted once, by merge_finish(). Sliding, from the first merge_write()
**    or the first part that goes: each costs its own size times the logarithm of what is there, and
**    writing the result costs its size. Nothing is merged again when a window moves.
*/
#ifndef KEFU_CORE_MERGE_H
#define KEFU_CORE_MERGE_H

#include "core/journey/journey.h"
#include "core/stats/groups.h"

/* Parts of one kind, flags and rules. */
typedef struct MergePile {
    struct MergePile *next;
    int64_t parts; /* that are in there now; a pile without one is gone */
    State state;   /* kind and flags; rules point to `text` */
    Rules rules;
    Groups groups;     /* of stats */
    Journeys journeys; /* of journeys */
    char text[];       /* canonical rules */
} MergePile;

typedef struct Merge {
    const Host *host;
    bool sliding;
    MergePile *piles; /* in order of their first parts; one, but for requirement 2 */
} Merge;

void merge_open(Merge *merge, const Host *host);
void merge_close(Merge *merge);
/* A part comes (sign +1), or goes (-1). */
Status merge_add(Merge *merge, const Value *part, int sign, Message *why);
/* Appends the result so far; nothing when there are no parts. Parts may come and go afterwards. */
Status merge_write(Merge *merge, Buffer *out, Message *why);
/* The same for the last time. */
Status merge_finish(Merge *merge, Buffer *out, Message *why);

#endif
