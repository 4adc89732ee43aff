/* merge.c: see merge.h. */
#include "core/stats/merge.h"

#include <string.h>

void merge_open(Merge *merge, const Host *host) {
    merge->host = host;
    merge->piles = NULL;
}

static void merge_close_pile(const Host *host, MergePile *pile) {
    groups_close(&pile->groups);
    rules_close(&pile->rules);
    host->release(pile);
}

void merge_close(Merge *merge) {
    while (merge->piles != NULL) {
        MergePile *next = merge->piles->next;
        merge_close_pile(merge->host, merge->piles);
        merge->piles = next;
    }
}

static bool merge_fits(const MergePile *pile, const State *state) {
    return pile->state.kind == state->kind && pile->state.flags == state->flags &&
           pile->state.rules_length == state->rules_length &&
           memcmp(pile->state.rules, state->rules, state->rules_length) == 0;
}

static Status merge_add_pile(Merge *merge, const State *state, MergePile **place, Message *why) {
    MergePile *pile = host_allocate(merge->host, 1, sizeof *pile + state->rules_length);
    if (pile == NULL) {
        return STATUS_NO_MEMORY;
    }
    memcpy(pile->text, state->rules, state->rules_length);
    pile->state = *state;
    pile->state.rules = pile->text;
    Status status = rules_parse(merge->host, pile->text, state->rules_length, &pile->rules, why);
    if (status != STATUS_OK) {
        merge->host->release(pile);
        return status == STATUS_REFUSED ? state_damaged(why) : status;
    }
    const StatsShape shape = stats_shape_of(&pile->state, merge->host, &pile->rules);
    groups_open(&pile->groups, &shape, (state->flags & STATE_GROUPED) != 0, true);
    *place = pile;
    return STATUS_OK;
}

/* Requirement 1, for every group of a grouped part. */
static Status merge_grouped(Groups *groups, const StatsView *view, int sign, Message *why) {
    GroupCursor cursor = {.begun = false};
    for (;;) {
        bool more;
        Status status = groups_next(view, &cursor, &more, why);
        if (status != STATUS_OK || !more) {
            return status;
        }
        Stats part;
        GroupKey *key = groups_key(groups, &cursor.key);
        status =
            key == NULL ? STATUS_NO_MEMORY : stats_read(&part, &view->shape, &cursor.payload, why);
        if (status == STATUS_OK) {
            status = groups_merge(groups, key, cursor.period_day, &part, sign, why);
        }
        if (status != STATUS_OK) {
            return status;
        }
    }
}

Status merge_add(Merge *merge, const Value *part, int sign, Message *why) {
    StatsView view;
    Status status = stats_view_open(&view, merge->host, part, why);
    if (status != STATUS_OK) {
        return status;
    }
    MergePile **place = &merge->piles;
    while (*place != NULL && !merge_fits(*place, &view.state)) {
        place = &(*place)->next;
    }
    if (*place == NULL) {
        status = merge_add_pile(merge, &view.state, place, why);
    }
    if (status == STATUS_OK) {
        Groups *groups = &(*place)->groups;
        (*place)->parts += sign;
        if (groups->grouped) {
            status = merge_grouped(groups, &view, sign, why);
        } else {
            GroupKey *key = groups_key(groups, NULL);
            status = key == NULL ? STATUS_NO_MEMORY
                                 : groups_merge(groups, key, 0, &view.stats, sign, why);
        }
    }
    stats_view_close(&view);
    return status;
}

/* Requirement 2. */
static Status merge_refuse(const Merge *merge, const MergePile *left, const MergePile *right,
                           Message *why) {
    message_clear(why);
    if (left->state.kind == right->state.kind && left->state.flags == right->state.flags) {
        message_text(why, "cannot merge stats of different rules: ");
        rules_difference(left->state.rules, left->state.rules_length, right->state.rules,
                         right->state.rules_length, merge->host, why);
        return STATUS_REFUSED;
    }
    message_text(why, "cannot merge ");
    state_describe(&left->state, why);
    message_text(why, " with ");
    state_describe(&right->state, why);
    return STATUS_REFUSED;
}

Status merge_write(const Merge *merge, Buffer *out, Message *why) {
    const MergePile *only = NULL;
    for (const MergePile *pile = merge->piles; pile != NULL; pile = pile->next) {
        if (pile->parts > 0 && only != NULL) {
            return merge_refuse(merge, only, pile, why);
        }
        if (pile->parts > 0) {
            only = pile;
        }
    }
    return only == NULL ? STATUS_OK : groups_write(&only->groups, out, why);
}
