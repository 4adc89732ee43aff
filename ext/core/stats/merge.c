/* merge.c: see merge.h. */
#include "core/stats/merge.h"

#include <string.h>

void merge_open(Merge *merge, const Host *host) {
    merge->host = host;
    merge->sliding = false;
    merge->piles = NULL;
}

static void merge_close_pile(const Host *host, MergePile *pile) {
    if (pile->state.kind == STATE_JOURNEYS) {
        journeys_close(&pile->journeys);
    } else {
        groups_close(&pile->groups);
    }
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

/* Whether a state goes onto this pile. Rules are compared as this library writes them: another one
** may know a zone by another of its names. */
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
        return status; /* no memory: the rules were read before */
    }
    if (state->kind == STATE_JOURNEYS) {
        journeys_open(&pile->journeys, merge->host);
    } else {
        StatsShape shape = stats_shape_of(&pile->state, merge->host, &pile->rules);
        shape.of_parts = true;
        groups_open(&pile->groups, &shape, (state->flags & STATE_GROUPED) != 0, merge->sliding);
    }
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

/* Where the pile of a state hangs, made when it is new. The rules are written anew, so that they are
** canonical. */
static Status merge_find_pile(Merge *merge, const StatsView *view, MergePile ***out, Message *why) {
    Buffer rules;
    buffer_open(&rules, merge->host);
    rules_write(&view->rules, view->shape.family, (view->state.flags & STATE_GROUPED) != 0, &rules);
    State state = view->state;
    state.rules = (const char *)rules.bytes;
    state.rules_length = (uint32_t)rules.length;
    Status status = rules.failed ? STATUS_NO_MEMORY : STATUS_OK;
    MergePile **place = &merge->piles;
    while (status == STATUS_OK && *place != NULL && !merge_fits(*place, &state)) {
        place = &(*place)->next;
    }
    if (status == STATUS_OK && *place == NULL) {
        status = merge_add_pile(merge, &state, place, why);
    }
    buffer_close(&rules);
    *out = place;
    return status;
}

static Status merge_onto(MergePile *pile, const StatsView *view, int sign, Message *why) {
    if (pile->state.kind == STATE_JOURNEYS) {
        Status status = journeys_take_payload(&pile->journeys, view->state.payload, sign);
        return status == STATUS_REFUSED ? state_damaged(why) : status;
    }
    if (pile->groups.grouped) {
        return merge_grouped(&pile->groups, view, sign, why);
    }
    GroupKey *key = groups_key(&pile->groups, NULL);
    return key == NULL ? STATUS_NO_MEMORY
                       : groups_merge(&pile->groups, key, 0, &view->stats, sign, why);
}

/* Requirement 3: from plain to sliding. */
static Status merge_slide(Merge *merge, Message *why) {
    Status status = STATUS_OK;
    for (MergePile *pile = merge->piles; status == STATUS_OK && !merge->sliding && pile != NULL;
         pile = pile->next) {
        if (pile->state.kind != STATE_JOURNEYS) {
            status = groups_slide(&pile->groups, why);
        }
    }
    merge->sliding = true;
    return status;
}

Status merge_add(Merge *merge, const Value *part, int sign, Message *why) {
    StatsView view;
    MergePile **place;
    Status status = sign < 0 ? merge_slide(merge, why) : STATUS_OK;
    if (status == STATUS_OK) {
        status = stats_view_open(&view, merge->host, part, why);
    }
    if (status != STATUS_OK) {
        return status;
    }
    status = merge_find_pile(merge, &view, &place, why);
    if (status == STATUS_OK) {
        MergePile *pile = *place;
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): found or made, where the status is OK */
        pile->parts += sign;
        if (pile->parts > 0) {
            status = merge_onto(pile, &view, sign, why);
        } else { /* the last one goes */
            *place = pile->next;
            merge_close_pile(merge->host, pile);
        }
    }
    stats_view_close(&view);
    return status;
}

/* Requirement 2. */
static Status merge_refuse(const MergePile *left, const MergePile *right, Message *why) {
    message_clear(why);
    if (left->state.kind == right->state.kind && left->state.flags == right->state.flags) {
        message_text(why, "cannot merge stats of different rules: ");
        Status status = rules_difference(&left->rules, &right->rules, why);
        return status == STATUS_OK ? STATUS_REFUSED : status;
    }
    message_text(why, "cannot merge ");
    state_describe(&left->state, why);
    message_text(why, " with ");
    state_describe(&right->state, why);
    return STATUS_REFUSED;
}

static Status merge_write_journeys(const MergePile *pile, Buffer *out) {
    uint64_t begun = state_begin(out, STATE_VERSION, STATE_JOURNEYS, 0, pile->state.rules,
                                 pile->state.rules_length);
    Status status = journeys_write(&pile->journeys, out);
    state_end(out, begun);
    /* not covered: no memory for the checksum alone */
    return status == STATUS_OK && out->failed ? STATUS_NO_MEMORY : status;
}

Status merge_finish(Merge *merge, Buffer *out, Message *why) {
    MergePile *only = merge->piles;
    if (only == NULL) {
        return STATUS_OK;
    }
    if (only->next != NULL) {
        return merge_refuse(only, only->next, why);
    }
    if (only->state.kind == STATE_JOURNEYS) {
        return merge_write_journeys(only, out);
    }
    return groups_write(&only->groups, out, why);
}

Status merge_write(Merge *merge, Buffer *out, Message *why) {
    Status status = merge_slide(merge, why);
    return status == STATUS_OK ? merge_finish(merge, out, why) : status;
}
