/* stats.c: see stats.h. */
#include "core/stats/stats.h"

#include <string.h>

static const struct StatsKind {
    Family family;
    StateKind kind;
} STATS_KINDS[] = {
    {FAMILY_CHAT, STATE_CHAT},
    {FAMILY_DEAL, STATE_DEAL},
    {FAMILY_RATING, STATE_RATING},
    {FAMILY_JOURNEY, STATE_JOURNEYS},
};

StateKind stats_kind(Family family) {
    size_t i = 0;
    while (STATS_KINDS[i].family != family) {
        i++;
    }
    return STATS_KINDS[i].kind;
}

uint32_t stats_flags(const StatsShape *shape) {
    return (shape->has_amounts ? STATE_AMOUNTS : 0u) |
           (shape->has_quantities ? STATE_QUANTITIES : 0u);
}

StatsShape stats_shape_of(const State *state, const Host *host, const Rules *rules) {
    size_t i = 0;
    while (STATS_KINDS[i].kind != state->kind) {
        i++;
    }
    StatsShape shape = {
        .host = host,
        .rules = rules,
        .family = STATS_KINDS[i].family,
        .version = state->version,
        .has_amounts = (state->flags & STATE_AMOUNTS) != 0,
        .has_quantities = (state->flags & STATE_QUANTITIES) != 0,
    };
    return shape;
}

void stats_open(Stats *stats, const StatsShape *shape, Identity key, bool sliding) {
    const Host *host = shape->host;
    const Rules *rules = shape->rules;
    const bool parts = shape->of_parts && !sliding;
    stats->family = shape->family;
    if (shape->family == FAMILY_RATING) {
        rating_open(&stats->as.rating, host, rules,
                    sliding || parts); /* a part is one more number */
    } else if (shape->family == FAMILY_DEAL && parts) {
        deal_open_parts(&stats->as.deal, host, rules, shape->has_amounts, shape->has_quantities);
    } else if (shape->family == FAMILY_DEAL) {
        deal_open(&stats->as.deal, host, rules, shape->has_amounts, shape->has_quantities, sliding);
        stats->as.deal.for_kpi = shape->for_kpi;
    } else if (parts) {
        chat_open_parts(&stats->as.chat, host, rules);
    } else {
        chat_open(&stats->as.chat, host, rules, key, sliding);
        stats->as.chat.count_customers = shape->for_kpi;
    }
}

void stats_close(Stats *stats) {
    if (stats->family == FAMILY_CHAT) {
        chat_close(&stats->as.chat);
    } else if (stats->family == FAMILY_DEAL) {
        deal_close(&stats->as.deal);
    } else {
        rating_close(&stats->as.rating);
    }
}

Status stats_slide(Stats *stats) {
    return stats->family == FAMILY_CHAT   ? chat_slide(&stats->as.chat)
           : stats->family == FAMILY_DEAL ? deal_slide(&stats->as.deal)
                                          : rating_slide(&stats->as.rating);
}

Status stats_settle(Stats *stats) {
    return stats->family == FAMILY_CHAT   ? chat_settle(&stats->as.chat)
           : stats->family == FAMILY_DEAL ? deal_settle(&stats->as.deal)
                                          : STATUS_OK;
}

Status stats_merge(Stats *into, const Stats *part, int sign, Message *why) {
    if (into->family == FAMILY_CHAT) {
        return chat_merge(&into->as.chat, &part->as.chat, sign, why);
    }
    if (into->family == FAMILY_DEAL) {
        return deal_merge(&into->as.deal, &part->as.deal, sign, why);
    }
    return rating_merge(&into->as.rating, &part->as.rating, sign, why);
}

int64_t stats_rows(const Stats *stats) {
    return stats->family == FAMILY_CHAT   ? stats->as.chat.sums.counts[CHAT_ROWS]
           : stats->family == FAMILY_DEAL ? stats->as.deal.counts[DEAL_ROWS]
                                          : stats->as.rating.sums.counts[RATING_CONTACTS];
}

uint64_t stats_gathered(const Stats *stats) {
    return stats->family == FAMILY_CHAT   ? stats->as.chat.conversations.count
           : stats->family == FAMILY_DEAL ? stats->as.deal.rows.rows.count
                                          : 0;
}

const Extent *stats_extent(const Stats *stats) {
    return stats->family == FAMILY_CHAT   ? &stats->as.chat.extent
           : stats->family == FAMILY_DEAL ? &stats->as.deal.extent
                                          : &stats->as.rating.extent;
}

Status stats_write(const Stats *stats, Buffer *out, Message *why) {
    return stats->family == FAMILY_CHAT   ? chat_write(&stats->as.chat, out, why)
           : stats->family == FAMILY_DEAL ? deal_write(&stats->as.deal, out)
                                          : rating_write(&stats->as.rating, out);
}

Status stats_read(Stats *stats, const StatsShape *shape, Reader *reader, Message *why) {
    stats->family = shape->family;
    if (shape->family == FAMILY_CHAT) {
        return chat_read(&stats->as.chat, shape->rules, shape->version, reader, why);
    }
    if (shape->family == FAMILY_DEAL) {
        return deal_read(&stats->as.deal, shape->rules, shape->has_amounts, shape->has_quantities,
                         shape->version, reader, why);
    }
    return rating_read(&stats->as.rating, shape->rules, reader, why);
}

/* Rules that this library cannot read: those of a newer one, or damage. The reason stays. */
static Status stats_bad_rules(Message *why) {
    const Message reason = *why;
    message_say(why, "the rules of these stats: ");
    message_bytes(why, reason.text, reason.length);
    return STATUS_REFUSED;
}

Status stats_view_open(StatsView *view, const Host *host, const Value *value, Message *why) {
    memset(view, 0, sizeof *view);
    Status status = state_read(value, &view->state, why);
    if (status != STATUS_OK) {
        return status;
    }
    status = rules_parse(host, view->state.rules, view->state.rules_length, &view->rules, why);
    if (status != STATUS_OK) {
        return status == STATUS_REFUSED ? stats_bad_rules(why) : status;
    }
    view->shape = stats_shape_of(&view->state, host, &view->rules);
    if ((view->state.flags & STATE_GROUPED) == 0 && view->state.kind != STATE_JOURNEYS) {
        Reader payload = view->state.payload;
        status = stats_read(&view->stats, &view->shape, &payload, why);
    }
    if (status != STATUS_OK) {
        rules_close(&view->rules);
    }
    return status;
}

void stats_view_close(StatsView *view) { rules_close(&view->rules); }
