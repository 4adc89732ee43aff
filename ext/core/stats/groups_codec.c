/* groups_codec.c: the result of an aggregate as a state: one group's stats, or grouped stats.
**
** 1. Payload of grouped stats: number of groups (varint), then for each, by key and period: the key
**    (value_key.h), where the rules have a period its first local day (signed), length of the stats'
**    payload (varint), and that payload as it would stand alone.
*/
#include <string.h>

#include "core/sets/value_key.h"
#include "core/stats/groups.h"

#define GROUPS_LEAST_BYTES 3 /* a key, a length, a payload */

static int groups_compare(const Group *left, const Group *right) {
    int order = value_key_compare(&left->key->key, &right->key->key);
    return order != 0                             ? order
           : left->period_day < right->period_day ? -1
                                                  : left->period_day > right->period_day;
}

static void groups_sift(Group **groups, uint64_t root, uint64_t count) {
    for (uint64_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && groups_compare(groups[child], groups[child + 1]) < 0) {
            child++;
        }
        if (groups_compare(groups[root], groups[child]) >= 0) {
            return;
        }
        Group *held = groups[root];
        groups[root] = groups[child];
        groups[child] = held;
    }
}

/* The groups, all of which hold rows, by key and period (heapsort); *list is owned by the caller. */
static Status groups_sorted(const Groups *groups, Group ***list, uint64_t *count) {
    const Host *host = groups->shape.host;
    *count = 0;
    *list = host_allocate(host, groups->groups.count, sizeof **list);
    if (*list == NULL) {
        return STATUS_NO_MEMORY;
    }
    OrderedCursor cursor = {0, 0};
    const uint64_t *entry;
    while ((entry = ordered_next(&groups->groups, &cursor)) != NULL) {
        (*list)[(*count)++] = (Group *)(uintptr_t)entry[3];
    }
    for (uint64_t i = *count / 2; i-- > 0;) {
        groups_sift(*list, i, *count);
    }
    for (uint64_t i = *count; i-- > 1;) {
        Group *largest = (*list)[0];
        (*list)[0] = (*list)[i];
        (*list)[i] = largest;
        groups_sift(*list, 0, i);
    }
    return STATUS_OK;
}

/* One group's stats, which are let go of where they will not change any more. */
static Status groups_write_stats(const Groups *groups, Group *group, Buffer *out, Message *why) {
    Status status =
        host_interrupted(groups->shape.host) ? STATUS_INTERRUPTED : stats_settle(&group->stats);
    if (status == STATUS_OK) {
        status = stats_write(&group->stats, out, why);
    }
    if (!groups->sliding) {
        stats_close(&group->stats);
    }
    return status;
}

#define GROUPS_MOST_EACH 32 /* bytes of a conversation or a row: most take 9 to 24 */

/* Makes room for the first of so many groups, which takes so many bytes, and when there is none, for all
** of them: as much for each as for this one, by what they gathered, if that is not out of the way. Doubling
** would copy a large result, and touch as much memory once more. */
static void groups_make_room(Group *const *list, uint64_t count, uint64_t gathered, uint64_t bytes,
                             Buffer *out) {
    if (out->capacity - out->length >= bytes) {
        return;
    }
    uint64_t others = 0;
    for (uint64_t i = 1; i < count; i++) {
        others += stats_gathered(&list[i]->stats);
    }
    const uint128 share = gathered == 0 ? 0 : (uint128)bytes * others / gathered;
    const uint128 most = (uint128)others * GROUPS_MOST_EACH;
    const uint128 wanted = share + share / 4;
    (void)buffer_reserve(out, bytes + (uint64_t)(wanted < most ? wanted : most));
}

/* Writes the first of so many groups. */
static Status groups_write_group(const Groups *groups, Group *const *list, uint64_t count,
                                 Buffer *payload, Buffer *out, Message *why) {
    Group *group = list[0];
    const uint64_t gathered = stats_gathered(&group->stats);
    payload->length = 0;
    Status status = groups_write_stats(groups, group, payload, why);
    if (status == STATUS_OK) {
        value_key_write(&group->key->key, out);
        if (groups->shape.rules->period != PERIOD_NONE) {
            buffer_signed(out, group->period_day);
        }
        buffer_varint(out, payload->length);
        groups_make_room(list, count, gathered, payload->length, out);
        buffer_append(out, payload->bytes, payload->length);
    }
    return status;
}

static Status groups_write_grouped(const Groups *groups, Buffer *out, Message *why) {
    Group **list;
    uint64_t count;
    Buffer payload;
    Status status = groups_sorted(groups, &list, &count);
    if (status != STATUS_OK) {
        return status;
    }
    buffer_open(&payload, groups->shape.host);
    buffer_varint(out, count);
    for (uint64_t i = 0; status == STATUS_OK && i < count; i++) {
        status = groups_write_group(groups, list + i, count - i, &payload, out, why);
    }
    buffer_close(&payload);
    groups->shape.host->release(list);
    return status;
}

static Status groups_write_single(const Groups *groups, Buffer *out, Message *why) {
    OrderedCursor cursor = {0, 0};
    const uint64_t *entry = ordered_next(&groups->groups, &cursor);
    return groups_write_stats(groups, (Group *)(uintptr_t)entry[3], out, why);
}

Status groups_write(Groups *groups, Buffer *out, Message *why) {
    if (groups->groups.count == 0) {
        return STATUS_OK;
    }
    const StatsShape *shape = &groups->shape;
    Buffer rules;
    buffer_open(&rules, shape->host);
    rules_write(shape->rules, shape->family, groups->grouped, &rules);
    Status status = rules.failed ? STATUS_NO_MEMORY : STATUS_OK;
    if (status == STATUS_OK) {
        uint32_t flags = stats_flags(shape) | (groups->grouped ? STATE_GROUPED : 0u);
        uint64_t begun = state_begin(out, STATE_VERSION, stats_kind(shape->family), flags,
                                     (const char *)rules.bytes, rules.length);
        status = groups->grouped ? groups_write_grouped(groups, out, why)
                                 : groups_write_single(groups, out, why);
        state_end(out, begun);
    }
    buffer_close(&rules);
    return status == STATUS_OK && out->failed ? STATUS_NO_MEMORY : status;
}

Status groups_next(const StatsView *view, GroupCursor *cursor, bool *more, Message *why) {
    *more = false;
    Reader *reader = &cursor->reader;
    const bool first = !cursor->begun;
    if (first) {
        cursor->begun = true;
        *reader = view->state.payload;
        cursor->left = reader_varint(reader);
        if (reader->broken || cursor->left == 0 ||
            cursor->left > reader_left(reader) / GROUPS_LEAST_BYTES) {
            return state_damaged(why);
        }
    }
    if (cursor->left == 0) {
        return reader_left(reader) == 0 ? STATUS_OK : state_damaged(why);
    }
    const Value key_before = cursor->key;
    const int64_t day_before = cursor->period_day;
    if (!value_key_read(&cursor->key, reader)) {
        return state_damaged(why);
    }
    cursor->has_period = view->rules.period != PERIOD_NONE;
    cursor->period_day = cursor->has_period ? reader_signed(reader) : 0;
    uint64_t length = reader_varint(reader);
    const unsigned char *bytes = reader_bytes(reader, length);
    int order = first ? -1 : value_key_compare(&key_before, &cursor->key);
    bool day_holds =
        cursor->period_day >= CLOCK_FIRST_DAY && cursor->period_day <= CLOCK_LAST_DAY &&
        clock_period_start(view->rules.period, cursor->period_day) == cursor->period_day;
    if (reader->broken || !day_holds || order > 0 ||
        (order == 0 && day_before >= cursor->period_day)) {
        return state_damaged(why);
    }
    cursor->payload = reader_over(bytes, length);
    cursor->left--;
    *more = true;
    return STATUS_OK;
}
