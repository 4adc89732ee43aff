/* groups.c: see groups.h. The bytes of grouped stats are groups_codec.c's. */
#include "core/stats/groups.h"

#include <string.h>

#define GROUPS_BIAS (UINT64_C(1) << 63) /* signed order as unsigned order */

void groups_open(Groups *groups, const StatsShape *shape, bool grouped, bool sliding) {
    memset(groups, 0, sizeof *groups);
    groups->shape = *shape;
    groups->grouped = grouped;
    groups->sliding = sliding;
    ordered_open(&groups->keys, shape->host, 2, 3);
    ordered_open(&groups->groups, shape->host, 3, 4);
}

static void *groups_pointer(uint64_t word) { return (void *)(uintptr_t)word; }

void groups_close(Groups *groups) {
    const Host *host = groups->shape.host;
    OrderedCursor cursor = {0, 0};
    const uint64_t *entry;
    while ((entry = ordered_next(&groups->groups, &cursor)) != NULL) {
        Group *group = groups_pointer(entry[3]);
        stats_close(&group->stats);
        host->release(group);
    }
    cursor = (OrderedCursor){0, 0};
    while ((entry = ordered_next(&groups->keys, &cursor)) != NULL) {
        GroupKey *key = groups_pointer(entry[2]);
        chat_lines_close(&key->lines);
        host->release(key);
    }
    ordered_close(&groups->groups);
    ordered_close(&groups->keys);
    host->release(groups->cache);
    groups->cache = NULL;
    groups->only = NULL;
}

static GroupKey *groups_add_key(Groups *groups, const Value *key, Identity identity) {
    const Host *host = groups->shape.host;
    const bool has_bytes = key != NULL && (key->type == VALUE_TEXT || key->type == VALUE_BLOB);
    const uint32_t length = has_bytes ? key->length : 0;
    GroupKey *added = host_allocate(host, 1, sizeof *added + length);
    const uint64_t place[2] = {identity.high, identity.low};
    uint64_t *entry = added == NULL ? NULL : ordered_put(&groups->keys, place);
    if (entry == NULL) {
        host->release(added);
        return NULL;
    }
    entry[2] = (uint64_t)(uintptr_t)added;
    added->groups = groups;
    added->identity = identity;
    if (key != NULL) {
        added->key = identity_canonical(key);
    }
    if (has_bytes) {
        char *copy = (char *)(added + 1);
        if (length > 0) {
            memcpy(copy, key->as.bytes, length);
        }
        added->key.as.bytes = copy;
    }
    chat_lines_open(&added->lines, host, groups->shape.rules, identity);
    added->lines.sliding = groups->sliding;
    return added;
}

GroupKey *groups_key(Groups *groups, const Value *key) {
    if (key == NULL) {
        if (groups->only == NULL) {
            const Identity none = {0, 0};
            groups->only = groups_add_key(groups, NULL, none);
        }
        return groups->only;
    }
    if (groups->cache == NULL) {
        groups->cache = host_allocate(groups->shape.host, 1, sizeof *groups->cache);
        if (groups->cache == NULL) {
            return NULL;
        }
    }
    const Identity identity = identity_of(key);
    const uint64_t place[2] = {identity.high, identity.low};
    const uint64_t *entry = ordered_find(&groups->keys, place);
    GroupKey *found =
        entry != NULL ? groups_pointer(entry[2]) : groups_add_key(groups, key, identity);
    if (found != NULL) {
        const KeyPlace now = {value_key_ends(&found->key), value_key_form(&found->key), found};
        KeyPlace *at = groups_place(groups, now.ends);
        if (at[0].key != found) { /* the one asked for last stands first */
            at[1] = at[0];
            at[0] = now;
        }
    }
    return found;
}

/* Where a group of this period is, if it was asked for lately. The conversations of a key come in the
** order of customers, so their days are at random; few enough, though, to be found here. */
static Group **groups_recent(Groups *groups, int64_t period_day) {
    return &groups->cache->recent[(uint64_t)period_day % GROUPS_RECENT];
}

/* Requirement 3: drops the group asked for last, if it fell empty while sliding. */
static void groups_drop_empty(Groups *groups, GroupKey *key) {
    Group *group = key->last;
    if (group == NULL || stats_rows(&group->stats) > 0) {
        return;
    }
    const uint64_t place[3] = {key->identity.high, key->identity.low,
                               (uint64_t)group->period_day ^ GROUPS_BIAS};
    if (groups->cache != NULL && *groups_recent(groups, group->period_day) == group) {
        *groups_recent(groups, group->period_day) = NULL;
    }
    ordered_remove(&groups->groups, place);
    stats_close(&group->stats);
    groups->shape.host->release(group);
    key->last = NULL;
    key->groups_of_key--;
}

/* The end of a change: what it left empty while sliding goes. */
static void groups_settle_sliding(Groups *groups, GroupKey *key) {
    groups_drop_empty(groups, key);
    if (key == groups->only || key->groups_of_key > 0) {
        return;
    }
    const uint64_t place[2] = {key->identity.high, key->identity.low};
    KeyPlace *cached = groups_place(groups, value_key_ends(&key->key));
    for (int i = 0; i < 2; i++) {
        cached[i] = cached[i].key == key ? (KeyPlace){.form = 0} : cached[i];
    }
    ordered_remove(&groups->keys, place);
    chat_lines_close(&key->lines);
    groups->shape.host->release(key);
}

static inline void groups_settle_key(Groups *groups, GroupKey *key) {
    if (groups->sliding) {
        groups_settle_sliding(groups, key);
    }
}

/* The group of a key's period, made when it is new; NULL: no memory. */
static Group *groups_find_group(Groups *groups, GroupKey *key, int64_t period_day) {
    if (groups->sliding) {
        groups_drop_empty(groups, key);
    }
    const Host *host = groups->shape.host;
    const uint64_t place[3] = {key->identity.high, key->identity.low,
                               (uint64_t)period_day ^ GROUPS_BIAS};
    const uint64_t *found = ordered_find(&groups->groups, place);
    if (found != NULL) {
        return groups_pointer(found[3]);
    }
    Group *added = host_allocate(host, 1, sizeof *added);
    uint64_t *entry = added == NULL ? NULL : ordered_put(&groups->groups, place);
    if (entry == NULL) {
        host->release(added);
        return NULL;
    }
    entry[3] = (uint64_t)(uintptr_t)added;
    added->key = key;
    added->period_day = period_day;
    stats_open(&added->stats, &groups->shape, key->identity, groups->sliding);
    key->groups_of_key++;
    return added;
}

static inline Group *groups_group(Groups *groups, GroupKey *key, int64_t period_day) {
    if (key->last != NULL && key->last->period_day == period_day) {
        return key->last;
    }
    Group *group = NULL;
    if (!groups->sliding && groups->cache != NULL) {
        group = *groups_recent(groups, period_day);
    }
    if (group == NULL || group->key != key || group->period_day != period_day) {
        group = groups_find_group(groups, key, period_day);
    }
    if (group != NULL && groups->cache != NULL) {
        *groups_recent(groups, period_day) = group;
    }
    key->last = group;
    return group;
}

static Status groups_refuse_period(int64_t instant_ms, Message *why) {
    char seconds[32];
    clock_print_seconds(instant_ms, seconds);
    message_clear(why);
    message_text(why, seconds);
    message_text(why, " is in a period that begins outside the years 0000 to 9999");
    return STATUS_REFUSED;
}

/* The group that an instant falls into. REFUSED: its period begins outside the years 0 to 9999. */
static inline Status groups_at(Groups *groups, GroupKey *key, int64_t instant_ms, Group **out,
                               Message *why) {
    const Rules *rules = groups->shape.rules;
    if (instant_ms < groups->day.start_ms || instant_ms >= groups->day.end_ms) {
        if (!groups->grouped || rules->period == PERIOD_NONE) {
            groups->day = (DayCache){INT64_MIN, INT64_MAX, 0};
        } else {
            const int64_t day = clock_day_refresh(&rules->zone, &groups->day, instant_ms);
            groups->period_day = clock_period_start(rules->period, day);
        }
    }
    if (groups->period_day < CLOCK_FIRST_DAY || groups->period_day > CLOCK_LAST_DAY) {
        return groups_refuse_period(instant_ms, why);
    }
    *out = groups_group(groups, key, groups->period_day);
    return *out == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

/* A conversation belongs to the period of its first line (kpis.md 1). */
static Status groups_find_chat(void *context, int64_t first_ms, ChatStats **stats, Message *why) {
    GroupKey *key = context;
    Group *group = NULL;
    Status status = groups_at(key->groups, key, first_ms, &group, why);
    if (status == STATUS_OK) {
        *stats = &group->stats.as.chat;
    }
    return status;
}

Status groups_slide(Groups *groups, Message *why) {
    groups->sliding = true;
    Status status = STATUS_OK;
    OrderedCursor cursor = {0, 0};
    const uint64_t *entry;
    while (status == STATUS_OK && (entry = ordered_next(&groups->groups, &cursor)) != NULL) {
        Group *group = groups_pointer(entry[3]);
        status = stats_slide(&group->stats);
    }
    cursor = (OrderedCursor){0, 0};
    while (status == STATUS_OK && groups->shape.family == FAMILY_CHAT &&
           (entry = ordered_next(&groups->keys, &cursor)) != NULL) {
        GroupKey *key = groups_pointer(entry[2]);
        const ChatTarget target = {groups_find_chat, key};
        status = chat_lines_slide(&key->lines, &target, why);
    }
    return status;
}

Status groups_chat_sliding(Groups *groups, GroupKey *key, Identity customer, uint64_t line,
                           int sign, Message *why) {
    const ChatTarget target = {groups_find_chat, key};
    Status status = chat_lines_change(&key->lines, customer, line, sign, &target, why);
    groups_settle_key(groups, key);
    return status;
}

Status groups_deal_any(Groups *groups, GroupKey *key, const DealRow *row, int sign, Message *why) {
    Group *group = NULL;
    Status status = groups_at(groups, key, row->asked_ms, &group, why);
    if (status == STATUS_OK) {
        status = deal_add(&group->stats.as.deal, row, &groups->deal_day, sign);
    }
    groups_settle_key(groups, key);
    return status;
}

Status groups_rating(Groups *groups, GroupKey *key, const RatingRow *row, int sign, Message *why) {
    Group *group = NULL;
    Status status = groups_at(groups, key, row->at_ms, &group, why);
    if (status == STATUS_OK) {
        status = rating_add(&group->stats.as.rating, row, sign, why);
    }
    groups_settle_key(groups, key);
    return status;
}

Status groups_merge(Groups *groups, GroupKey *key, int64_t period_day, const Stats *part, int sign,
                    Message *why) {
    Group *group = groups_group(groups, key, period_day);
    Status status = group == NULL ? STATUS_NO_MEMORY : stats_merge(&group->stats, part, sign, why);
    groups_settle_key(groups, key);
    return status;
}

Status groups_finish(Groups *groups, Message *why) {
    if (groups->sliding) {
        return STATUS_OK;
    }
    Status status = STATUS_OK;
    OrderedCursor cursor = {0, 0};
    const uint64_t *entry;
    while (status == STATUS_OK && groups->shape.family == FAMILY_CHAT &&
           (entry = ordered_next(&groups->keys, &cursor)) != NULL) {
        GroupKey *key = groups_pointer(entry[2]);
        const ChatTarget target = {groups_find_chat, key};
        status = chat_lines_finish(&key->lines, &target, why);
    }
    /* Stats that are written settle one by one then. */
    cursor = (OrderedCursor){0, 0};
    while (status == STATUS_OK && groups->shape.for_kpi &&
           (entry = ordered_next(&groups->groups, &cursor)) != NULL) {
        Group *group = groups_pointer(entry[3]);
        status = stats_settle(&group->stats);
    }
    return status;
}

const Stats *groups_single(const Groups *groups) {
    OrderedCursor cursor = {0, 0};
    const uint64_t *entry = ordered_next(&groups->groups, &cursor);
    if (entry == NULL) {
        return NULL;
    }
    const Group *group = groups_pointer(entry[3]);
    return &group->stats; /* it has rows, or it would be gone (requirement 3) */
}
