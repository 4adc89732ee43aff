/* groups.h: rows or stats, by key and period: what one aggregate context holds.
**
** 1. The plain aggregates have one group without key and period; the _by forms one for every key and,
**    where the rules name a period, every period of it. Nothing else differs between them.
** 2. Plain: rows are appended and evaluated once at the end. Sliding (windows, merges): every change
**    is worked in at once. groups_slide() goes from the first to the second.
** 3. A group without a counted row is not there: it is never written.
**    While it slides, a group and a key that fall empty are dropped, so that a window pays for what is
**    in its frame and not for what ever was.
** 4. Finding a key costs one comparison where it hits the cache, O(log keys) where not.
*/
#ifndef KEFU_CORE_GROUPS_H
#define KEFU_CORE_GROUPS_H

#include "core/chat/chat_lines.h"
#include "core/stats/stats.h"

struct Groups;

/* A key and its chat lines. */
typedef struct GroupKey {
    struct Groups *groups;
    Value key; /* canonical; its bytes are owned by the struct */
    Identity identity;
    ChatLines lines;        /* chat */
    struct Group *last;     /* the period asked for last, or NULL; the only one that may be empty */
    uint64_t groups_of_key; /* periods that are there */
} GroupKey;

/* A key's period and its stats. */
typedef struct Group {
    GroupKey *key;
    int64_t period_day; /* first local day; 0 without periods */
    Stats stats;
} Group;

#define GROUPS_CACHE 256

typedef struct Groups {
    StatsShape shape;
    bool grouped; /* the result is stats by key and period */
    bool sliding;
    Ordered keys;   /* identity -> GroupKey * */
    Ordered groups; /* identity, period -> Group * */
    DayCache day;
    GroupKey *only;   /* without keys: the one key */
    GroupKey **cache; /* with keys: GROUPS_CACHE of them by their identities; owned */
} Groups;

/* `grouped`: by key, and by the rules' period; else one group. */
void groups_open(Groups *groups, const StatsShape *shape, bool grouped, bool sliding);
void groups_close(Groups *groups);
Status groups_slide(Groups *groups, Message *why);

/* The key's entry, made when it is new; `key` NULL where there are none. NULL: no memory. */
GroupKey *groups_key(Groups *groups, const Value *key);

/* One row comes (sign +1), or goes (-1, sliding). */
Status groups_chat(Groups *groups, GroupKey *key, Identity customer, uint64_t line, int sign,
                   Message *why);
Status groups_deal(Groups *groups, GroupKey *key, const DealRow *row, int sign, Message *why);
Status groups_rating(Groups *groups, GroupKey *key, const RatingRow *row, int sign, Message *why);
/* Stats of a key and period come or go. */
Status groups_merge(Groups *groups, GroupKey *key, int64_t period_day, const Stats *part, int sign,
                    Message *why);

/* Evaluates what was appended; after it a plain Groups can only be read. */
Status groups_finish(Groups *groups, Message *why);
/* The stats of the one group, or NULL when no row was counted (not grouped). */
const Stats *groups_single(const Groups *groups);
/* Appends the result, a whole state; nothing when no row was counted (check out->length). */
Status groups_write(const Groups *groups, Buffer *out, Message *why);

/* Walks the groups of a grouped state in order, checking each: start with a zeroed cursor.
** *more is false after the last one. The key's bytes are borrowed. */
typedef struct GroupCursor {
    Reader reader;
    uint64_t left;
    bool begun;
    Value key;
    bool has_period;
    int64_t period_day;
    Reader payload; /* of this group's stats */
} GroupCursor;
Status groups_next(const StatsView *view, GroupCursor *cursor, bool *more, Message *why);

#endif
