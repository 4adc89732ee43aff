/* groups.h: rows or stats, by key and period: what one aggregate context holds.
**
** 1. The plain aggregates have one group without key and period; the _by forms one for every key and,
**    where the rules name a period, every period of it. Nothing else differs between them.
** 2. Plain: rows are appended and evaluated once at the end. Sliding (windows, merges): every change
**    is worked in at once. groups_slide() goes from the first to the second.
** 3. A group without a counted row is not there: it is never written.
**    While it slides, a group and a key that fall empty are dropped, so that a window pays for what is
**    in its frame and not for what ever was.
** 4. Finding a key costs a comparison or two with the cache where it is there, O(log keys) where not.
*/
#ifndef KEFU_CORE_GROUPS_H
#define KEFU_CORE_GROUPS_H

#include "core/chat/chat_lines.h"
#include "core/sets/value_key.h"
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

#define GROUPS_CACHE 1024 /* keys are in one of two neighbouring places: 50 keys fit */

#define GROUPS_RECENT 512 /* a year and more of days */

/* A key in the cache, with all that tells a short one from others: one line of memory a row, where a
** pointer to the key alone took two that wait for each other (7 % of a million chat lines). */
typedef struct KeyPlace {
    KeyEnds ends;
    uint64_t form; /* value_key_form(); 0: nothing is here */
    GroupKey *key;
} KeyPlace;

/* What was asked for lately. */
typedef struct GroupsCache {
    KeyPlace keys[GROUPS_CACHE];         /* by their ends */
    struct Group *recent[GROUPS_RECENT]; /* by period, of any key: see groups_group() */
} GroupsCache;

typedef struct Groups {
    StatsShape shape;
    bool grouped; /* the result is stats by key and period */
    bool sliding;
    Ordered keys;   /* identity -> GroupKey * */
    Ordered groups; /* identity, period -> Group * */
    DayCache day;   /* of `period_day`; without periods all time, from the first row on */
    int64_t period_day;
    DealDay deal_day;
    DateCache dates;
    GroupKey *only;     /* without keys: the one key */
    GroupsCache *cache; /* with keys; owned */
} Groups;

/* `grouped`: by key, and by the rules' period; else one group. */
void groups_open(Groups *groups, const StatsShape *shape, bool grouped, bool sliding);
void groups_close(Groups *groups);
Status groups_slide(Groups *groups, Message *why);

/* Where in the cache keys of these ends are: two places. */
static inline KeyPlace *groups_place(const Groups *groups, KeyEnds ends) {
    const uint64_t mixed = (ends.first ^ ends.last << 29) * UINT64_C(0x9e3779b97f4a7c15);
    return &groups->cache->keys[(mixed >> 54) & (GROUPS_CACHE - 2)];
}

/* The key's entry, if it is at hand; NULL: ask groups_key(). Nothing is made, so it may be asked
** before the row is known to count. */
HOT_INLINE GroupKey *groups_key_at_hand(const Groups *groups, const Value *key) {
    if (groups->cache == NULL) {
        return NULL;
    }
    const KeyEnds ends = value_key_ends(key); /* Requirement 4 */
    const uint64_t form = value_key_form(key);
    const KeyPlace *place = groups_place(groups, ends);
    if (((place->ends.first ^ ends.first) | (place->ends.last ^ ends.last) |
         (place->form ^ form)) != 0) {
        place++;
        if (((place->ends.first ^ ends.first) | (place->ends.last ^ ends.last) |
             (place->form ^ form)) != 0) {
            return NULL;
        }
    }
    const bool same = key->length <= VALUE_KEY_ENDS ||
                      memcmp(place->key->key.as.bytes, key->as.bytes, key->length) == 0;
    return same ? place->key : NULL;
}

/* The key's entry, made when it is new; `key` NULL where there are none. NULL: no memory. */
GroupKey *groups_key(Groups *groups, const Value *key);

/* The group of an instant if it is the one that the key's last row fell into; else NULL. */
static inline Group *groups_at_hand(const Groups *groups, const GroupKey *key, int64_t instant_ms) {
    Group *group = key->last;
    return group != NULL && instant_ms >= groups->day.start_ms && instant_ms < groups->day.end_ms &&
                   group->period_day == groups->period_day
               ? group
               : NULL;
}

/* One row comes (sign +1), or goes (-1, sliding). */
Status groups_chat_sliding(Groups *groups, GroupKey *key, Identity customer, uint64_t line,
                           int sign, Message *why);
HOT_INLINE Status groups_chat(Groups *groups, GroupKey *key, Identity customer, uint64_t line,
                              int sign, Message *why) {
    return groups->sliding ? groups_chat_sliding(groups, key, customer, line, sign, why)
                           : chat_lines_append(&key->lines, customer, line);
}
Status groups_deal_any(Groups *groups, GroupKey *key, const DealRow *row, int sign, Message *why);
HOT_INLINE Status groups_deal(Groups *groups, GroupKey *key, const DealRow *row, int sign,
                              Message *why) {
    Group *group = groups_at_hand(groups, key, row->asked_ms);
    if (group != NULL && !groups->sliding) {
        return deal_append(&group->stats.as.deal, row, &groups->deal_day) ? STATUS_OK
                                                                          : STATUS_NO_MEMORY;
    }
    const DealRow other = *row; /* see value.h, requirement 3 */
    return groups_deal_any(groups, key, &other, sign, why);
}
Status groups_rating(Groups *groups, GroupKey *key, const RatingRow *row, int sign, Message *why);
/* Stats of a key and period come or go. */
Status groups_merge(Groups *groups, GroupKey *key, int64_t period_day, const Stats *part, int sign,
                    Message *why);

/* Evaluates what was appended; after it a plain Groups can only be asked for one of these two, once. */
Status groups_finish(Groups *groups, Message *why);
/* The stats of the one group, or NULL when no row was counted (not grouped). */
const Stats *groups_single(const Groups *groups);
/* Appends the result, a whole state; nothing when no row was counted (check out->length). A plain one
** lets go of each group as it is written, so that one's memory is the next one's. */
Status groups_write(Groups *groups, Buffer *out, Message *why);

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
