/* group_rows.c: see group_rows.h. */
#include "group_rows.h"

#include "trial.h"

const Value GROUP_KEYS[GROUP_KEY_COUNT] = {
    {VALUE_NULL, 0, {0}},
    {VALUE_REAL, 0, {.real = -1e300}},
    {VALUE_INTEGER, 0, {.integer = INT64_MIN}},
    {VALUE_INTEGER, 0, {.integer = 1}},
    {VALUE_REAL, 0, {.real = 1.5}},
    {VALUE_INTEGER, 0, {.integer = 2}},
    {VALUE_REAL, 0, {.real = 9223372036854775808.0}},
    {VALUE_TEXT, 0, {.bytes = ""}},
    {VALUE_TEXT, 2, {.bytes = "a\0"}},
    {VALUE_TEXT, 6, {.bytes = "张三"}},
    {VALUE_BLOB, 0, {.bytes = NULL}},
    {VALUE_BLOB, 1, {.bytes = "a"}},
};

const Family GROUP_FAMILIES[GROUP_FAMILY_COUNT] = {FAMILY_CHAT, FAMILY_DEAL, FAMILY_RATING};

GroupRow group_row(uint64_t *seed) {
    GroupRow row = {.key = (int)trial_below(seed, GROUP_KEY_COUNT)};
    row.line = chat_model_line(seed);
    row.deal = deal_model_row(seed);
    row.deal.customer = row.line.customer;
    int64_t later_ms = row.line.instant_ms - row.deal.asked_ms;
    row.deal.asked_ms += later_ms;
    row.deal.ordered_ms += row.deal.ordered_ms == DEAL_NEVER ? 0 : later_ms;
    row.deal.paid_ms += row.deal.paid_ms == DEAL_NEVER ? 0 : later_ms;
    row.rating.at_ms = row.line.instant_ms;
    row.rating.invited = trial_below(seed, 2) == 0;
    row.rating.rated = trial_below(seed, 3) > 0;
    row.rating.score_micros = 1000000 * (1 + (int64_t)trial_below(seed, 5));
    return row;
}

StatsShape group_shape(Family family, const Rules *rules) {
    StatsShape shape = {.host = &trial_host, .rules = rules, .family = family};
    shape.has_amounts = shape.has_quantities = family == FAMILY_DEAL;
    return shape;
}

Status group_change(Groups *groups, const GroupRow *row, int sign) {
    Message why;
    GroupKey *key = groups_key(groups, groups->grouped ? &GROUP_KEYS[row->key] : NULL);
    if (key == NULL) {
        return STATUS_NO_MEMORY;
    }
    switch (groups->shape.family) {
    case FAMILY_CHAT:
        return groups_chat(groups, key, row->line.customer,
                           chat_line_pack(row->line.instant_ms, row->line.sender), sign, &why);
    case FAMILY_DEAL:
        return groups_deal(groups, key, &row->deal, sign, &why);
    default:
        return groups_rating(groups, key, &row->rating, sign, &why);
    }
}

Status group_state(const GroupRow *rows, int count, const StatsShape *shape, bool grouped,
                   Buffer *out) {
    Groups groups;
    Message why;
    Status status = STATUS_OK;
    groups_open(&groups, shape, grouped, false);
    for (int i = 0; status == STATUS_OK && i < count; i++) {
        status = group_change(&groups, &rows[i], 1);
    }
    status = status == STATUS_OK ? groups_finish(&groups, &why) : status;
    status = status == STATUS_OK ? groups_write(&groups, out, &why) : status;
    groups_close(&groups);
    return status;
}

Value group_blob(const GroupRow *rows, int count, const StatsShape *shape, bool grouped,
                 Buffer *held) {
    buffer_open(held, &trial_host);
    cr_assert_eq(group_state(rows, count, shape, grouped, held), STATUS_OK);
    return (Value){held->length == 0 ? VALUE_NULL : VALUE_BLOB,
                   (uint32_t)held->length,
                   {.bytes = (const char *)held->bytes}};
}
