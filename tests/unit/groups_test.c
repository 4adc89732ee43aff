/* groups_test.c: stats by key and period (core/stats/groups.h, functions.md 3; state.md 6). */
#include "core/stats/groups.h"

#include "core/sets/value_key.h"
#include "group_rows.h"
#include "trial.h"

#define MOST_ROWS 200

static const char *const RULES[] = {
    "",
    "{\"period\":\"day\"}",
    "{\"period\":\"week\",\"session\":45,\"drop_over\":60}",
    "{\"period\":\"year\",\"session\":\"all\",\"within_unit\":\"turn\"}",
};
#define RULES_COUNT (sizeof RULES / sizeof RULES[0])

static void fill(GroupRow *rows, int count, uint64_t *seed) {
    for (int i = 0; i < count; i++) {
        rows[i] = group_row(seed);
    }
}

/* ---- plain ------------------------------------------------------------------------------------ */

/* The rows of one key and period as stats of their own; their number. Chat: conversations of the
** session `day` stay whole in a period, since their first line's day is that of all. */
static int rows_of_group(const GroupRow *rows, int count, const GroupCursor *group,
                         const Rules *rules, GroupRow *out) {
    int found = 0;
    for (int i = 0; i < count; i++) {
        int64_t day = clock_day(&rules->zone, rows[i].line.instant_ms);
        if (value_key_compare(&GROUP_KEYS[rows[i].key], &group->key) == 0 &&
            (!group->has_period || clock_period_start(rules->period, day) == group->period_day)) {
            out[found++] = rows[i];
        }
    }
    return found;
}

/* Both hold the same, but for the key that chat stats of a group remember. */
static void check_same_stats(const Stats *left, const Stats *right) {
    Buffer bytes[2];
    Message why;
    if (left->family == FAMILY_CHAT) {
        cr_assert_arr_eq(left->as.chat.sums.counts, right->as.chat.sums.counts,
                         sizeof left->as.chat.sums.counts);
        cr_assert(left->as.chat.sums.handling_ms == right->as.chat.sums.handling_ms);
        cr_assert(left->as.chat.waits.sum_ms == right->as.chat.waits.sum_ms);
        cr_assert_eq(left->as.chat.distinct_customers, right->as.chat.distinct_customers);
        cr_assert_eq(extent_first(&left->as.chat.extent), extent_first(&right->as.chat.extent));
        return;
    }
    for (int i = 0; i < 2; i++) {
        buffer_open(&bytes[i], &trial_host);
        cr_assert_eq(stats_write(i == 0 ? left : right, &bytes[i], &why), STATUS_OK);
    }
    cr_assert_eq(bytes[0].length, bytes[1].length);
    cr_assert_arr_eq(bytes[0].bytes, bytes[1].bytes, (size_t)bytes[0].length);
    buffer_close(&bytes[0]);
    buffer_close(&bytes[1]);
}

static void check_groups(const GroupRow *rows, int count, const StatsShape *shape) {
    Buffer held;
    StatsView view;
    Message why;
    const Value value = group_blob(rows, count, shape, true, &held);
    cr_assert_eq(stats_view_open(&view, &trial_host, &value, &why), STATUS_OK);
    GroupCursor cursor = {.begun = false};
    bool more;
    int found = 0;
    while (groups_next(&view, &cursor, &more, &why) == STATUS_OK && more) {
        static GroupRow part[MOST_ROWS];
        Stats stats;
        StatsView alone;
        Buffer part_held;
        Reader payload = cursor.payload;
        cr_assert_eq(stats_read(&stats, &view.shape, &payload, &why), STATUS_OK);
        int part_count = rows_of_group(rows, count, &cursor, &view.rules, part);
        cr_assert_gt(part_count, 0);
        const Value single = group_blob(part, part_count, shape, false, &part_held);
        cr_assert_eq(stats_view_open(&alone, &trial_host, &single, &why), STATUS_OK);
        check_same_stats(&stats, &alone.stats);
        cr_assert_eq(stats_rows(&stats), part_count);
        stats_view_close(&alone);
        buffer_close(&part_held);
        found += part_count;
    }
    cr_assert_not(more);
    cr_assert_eq(cursor.left, 0);
    cr_assert_eq(found, count); /* no row is in none or two */
    stats_view_close(&view);
    buffer_close(&held);
}

Test(groups, r1_each_group_is_its_rows_alone) {
    for (size_t f = 0; f < GROUP_FAMILY_COUNT; f++) {
        for (size_t r = 0; r < 2; r++) {
            Rules rules;
            uint64_t seed = 10 * f + r;
            chat_rules(RULES[r], &rules);
            const StatsShape shape = group_shape(GROUP_FAMILIES[f], &rules);
            for (int round = 0; round < 30; round++) {
                GroupRow rows[MOST_ROWS];
                int count = 1 + (int)trial_below(&seed, MOST_ROWS - 1);
                fill(rows, count, &seed);
                check_groups(rows, count, &shape);
            }
            rules_close(&rules);
        }
    }
    cr_assert_eq(trial_heap.blocks, 0);
}

Test(groups, keys_in_order_with_their_types) {
    Rules rules;
    GroupRow rows[GROUP_KEY_COUNT];
    uint64_t seed = 3;
    Buffer held;
    StatsView view;
    Message why;
    chat_rules("", &rules);
    const StatsShape shape = group_shape(FAMILY_RATING, &rules);
    fill(rows, GROUP_KEY_COUNT, &seed);
    for (int i = 0; i < GROUP_KEY_COUNT; i++) {
        rows[i].key = (i * 5 + 3) % GROUP_KEY_COUNT;
    }
    const Value value = group_blob(rows, GROUP_KEY_COUNT, &shape, true, &held);
    cr_assert_eq(stats_view_open(&view, &trial_host, &value, &why), STATUS_OK);
    GroupCursor cursor = {.begun = false};
    bool more;
    for (int i = 0; i < GROUP_KEY_COUNT; i++) {
        cr_assert_eq(groups_next(&view, &cursor, &more, &why), STATUS_OK);
        cr_assert(more);
        cr_expect_eq(cursor.key.type, GROUP_KEYS[i].type, "key %d", i);
        cr_expect_eq(value_key_compare(&cursor.key, &GROUP_KEYS[i]), 0, "key %d", i);
    }
    cr_assert_eq(groups_next(&view, &cursor, &more, &why), STATUS_OK);
    cr_assert_not(more);
    stats_view_close(&view);
    buffer_close(&held);
    rules_close(&rules);
}

Test(groups, whole_reals_and_integers_are_one_key) {
    static const Value keys[] = {{VALUE_REAL, 0, {.real = 7.0}},
                                 {VALUE_INTEGER, 0, {.integer = 7}}};
    Rules rules;
    Groups groups;
    chat_rules("", &rules);
    const StatsShape shape = group_shape(FAMILY_RATING, &rules);
    groups_open(&groups, &shape, true, false);
    GroupKey *first = groups_key(&groups, &keys[0]);
    cr_expect_eq(groups_key(&groups, &keys[1]), first);
    cr_expect_eq(first->key.type, VALUE_INTEGER);
    groups_close(&groups);
    cr_assert_eq(trial_heap.blocks, 0);
}

/* Requirement 4: thousands of keys that differ in one byte, of every length, type and place. */
Test(groups, r4_keys_at_hand_are_their_own) {
    enum { LENGTHS = 34, KEYS = LENGTHS * LENGTHS };
    static char texts[KEYS][LENGTHS];
    Rules rules;
    Groups groups;
    GroupKey *made[2 * KEYS];
    chat_rules("", &rules);
    const StatsShape shape = group_shape(FAMILY_RATING, &rules);
    groups_open(&groups, &shape, true, false);
    const Value nothing = {VALUE_NULL, 0, {0}};
    cr_expect_null(groups_key_at_hand(&groups, &nothing));
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 2 * KEYS; i++) {
            const int length = i / 2 / LENGTHS;
            const int place = i / 2 % LENGTHS;
            memset(texts[i / 2], 'a', sizeof texts[i / 2]);
            if (place < length) {
                texts[i / 2][place] = 'b';
            }
            Value key = value_of_text(texts[i / 2], (size_t)length);
            key.type = i % 2 == 0 ? VALUE_TEXT : VALUE_BLOB;
            GroupKey *at_hand = groups_key_at_hand(&groups, &key);
            GroupKey *found = groups_key(&groups, &key);
            cr_assert_not_null(found);
            cr_assert(at_hand == NULL || at_hand == found);
            cr_assert(round == 0 || found == made[i]);
            cr_assert_eq(groups_key_at_hand(&groups, &key), found);
            cr_assert_eq(value_key_compare(&found->key, &key), 0);
            made[i] = found;
        }
    }
    cr_expect_eq(groups.keys.count, 2 * (LENGTHS * (LENGTHS - 1) / 2 + LENGTHS));
    groups_close(&groups);
    cr_assert_eq(trial_heap.blocks, 0);
}

Test(groups, r3_no_row_no_state) {
    for (size_t f = 0; f < GROUP_FAMILY_COUNT; f++) {
        for (int grouped = 0; grouped < 2; grouped++) {
            Rules rules;
            Buffer out;
            Groups groups;
            chat_rules("", &rules);
            const StatsShape shape = group_shape(GROUP_FAMILIES[f], &rules);
            buffer_open(&out, &trial_host);
            cr_expect_eq(group_state(NULL, 0, &shape, grouped != 0, &out), STATUS_OK);
            cr_expect_eq(out.length, 0);
            groups_open(&groups, &shape, grouped != 0, true);
            cr_expect_null(groups_single(&groups));
            groups_close(&groups);
            buffer_close(&out);
        }
    }
}

/* ---- sliding ---------------------------------------------------------------------------------- */

static void check_sliding(Groups *groups, const GroupRow *held, int count) {
    Buffer wanted;
    Buffer got;
    Message why;
    buffer_open(&wanted, &trial_host);
    buffer_open(&got, &trial_host);
    cr_assert_eq(group_state(held, count, &groups->shape, groups->grouped, &wanted), STATUS_OK);
    cr_assert_eq(groups_write(groups, &got, &why), STATUS_OK);
    cr_assert_eq(got.length, wanted.length);
    cr_assert(got.length == 0 || memcmp(got.bytes, wanted.bytes, (size_t)got.length) == 0);
    cr_assert_eq(groups_single(groups) == NULL, count == 0);
    buffer_close(&wanted);
    buffer_close(&got);
}

static void check_steps(const StatsShape *shape, bool grouped, uint64_t seed) {
    static GroupRow held[MOST_ROWS];
    Groups groups;
    Message why;
    int count = 0;
    groups_open(&groups, shape, grouped, false);
    for (; count < 30; count++) {
        held[count] = group_row(&seed);
        cr_assert_eq(group_change(&groups, &held[count], 1), STATUS_OK);
    }
    cr_assert_eq(groups_slide(&groups, &why), STATUS_OK);
    for (int step = 0; step < 600; step++) {
        if (step % 10 == 0) {
            check_sliding(&groups, held, count);
        }
        /* Frames that grow to 60 rows and fall empty again. */
        bool grows = step % 200 < 80;
        if (count == 0 || (grows && count < MOST_ROWS && trial_below(&seed, 10) < 7)) {
            held[count] = group_row(&seed);
            cr_assert_eq(group_change(&groups, &held[count++], 1), STATUS_OK);
        } else {
            uint64_t gone = trial_below(&seed, (uint64_t)count);
            GroupRow row = held[gone];
            held[gone] = held[--count];
            cr_assert_eq(group_change(&groups, &row, -1), STATUS_OK);
        }
    }
    while (count > 0) {
        cr_assert_eq(group_change(&groups, &held[--count], -1), STATUS_OK);
    }
    check_sliding(&groups, held, 0);
    cr_assert_eq(groups.groups.count, 0);
    cr_assert(!grouped || groups.keys.count == 0);
    groups_close(&groups);
    cr_assert_eq(trial_heap.blocks, 0);
}

Test(groups, r2_sliding_is_plain) {
    for (size_t f = 0; f < GROUP_FAMILY_COUNT; f++) {
        for (size_t r = 0; r < RULES_COUNT; r++) {
            Rules rules;
            chat_rules(RULES[r], &rules);
            const StatsShape shape = group_shape(GROUP_FAMILIES[f], &rules);
            check_steps(&shape, true, 100 * f + r);
            check_steps(&shape, false, 200 * f + r);
            rules_close(&rules);
        }
    }
}

/* Rows of ever new keys: what left the frame is not there any more. */
Test(groups, r3_a_frame_holds_what_is_in_it) {
    for (size_t f = 0; f < GROUP_FAMILY_COUNT; f++) {
        Rules rules;
        Groups groups;
        Message why;
        uint64_t seed = f;
        chat_rules("{\"period\":\"day\"}", &rules);
        const StatsShape shape = group_shape(GROUP_FAMILIES[f], &rules);
        groups_open(&groups, &shape, true, true);
        const long blocks = trial_heap.blocks;
        GroupRow window[10];
        for (int i = 0; i < 2000; i++) {
            GroupRow *row = &window[i % 10];
            for (int coming = i < 10; coming < 2; coming++) { /* one goes, one comes */
                if (coming == 1) {
                    *row = group_row(&seed);
                }
                Value number = value_of_integer(coming == 1 ? i : i - 10);
                GroupKey *key = groups_key(&groups, &number);
                cr_assert_not_null(key);
                int sign = coming == 1 ? 1 : -1;
                Status status =
                    f == 0   ? groups_chat(&groups, key, row->line.customer,
                                           chat_line_pack(row->line.instant_ms, row->line.sender),
                                           sign, &why)
                    : f == 1 ? groups_deal(&groups, key, &row->deal, sign, &why)
                             : groups_rating(&groups, key, &row->rating, sign, &why);
                cr_assert_eq(status, STATUS_OK);
            }
            cr_assert_leq(groups.groups.count, 10);
            cr_assert_leq(groups.keys.count, 10);
        }
        cr_expect_lt(trial_heap.blocks - blocks, 400);
        groups_close(&groups);
        rules_close(&rules);
    }
}

/* A conversation that moves to another period with its first line leaves nothing behind. */
Test(groups, r3_a_conversation_that_moves) {
    Rules rules;
    Groups groups;
    uint64_t seed = 1;
    GroupRow first = group_row(&seed);
    GroupRow second = first;
    chat_rules("{\"session\":\"all\",\"period\":\"year\"}", &rules);
    const StatsShape shape = group_shape(FAMILY_CHAT, &rules);
    first.line.instant_ms = 0;
    second.line.instant_ms = INT64_C(1700000000000);
    groups_open(&groups, &shape, true, true);
    const struct {
        const GroupRow *row;
        int sign;
        uint64_t groups;
    } steps[] = {{&second, 1, 1}, {&first, 1, 1},   {&first, -1, 1},
                 {&first, 1, 1},  {&second, -1, 1}, {&first, -1, 0}};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        cr_assert_eq(group_change(&groups, steps[i].row, steps[i].sign), STATUS_OK);
        cr_expect_eq(groups.groups.count, steps[i].groups, "step %zu", i);
        cr_expect_eq(groups.keys.count, steps[i].groups, "step %zu", i);
    }
    groups_close(&groups);
    rules_close(&rules);
    cr_assert_eq(trial_heap.blocks, 0);
}

/* ---- no memory, and no patience --------------------------------------------------------------- */

typedef struct Scene {
    StatsShape shape;
    bool grouped;
    bool sliding;
} Scene;

static Status faulty_scene(void *context) {
    const Scene *scene = context;
    GroupRow rows[60];
    Groups groups;
    Buffer out;
    Message why;
    uint64_t seed = 4;
    fill(rows, 60, &seed);
    buffer_open(&out, &trial_host);
    groups_open(&groups, &scene->shape, scene->grouped, false);
    Status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < 60; i++) {
        status = i == 20 && scene->sliding ? groups_slide(&groups, &why) : STATUS_OK;
        status = status == STATUS_OK ? group_change(&groups, &rows[i], 1) : status;
        if (status == STATUS_OK && i >= 20 && scene->sliding) {
            status = group_change(&groups, &rows[i - 20], -1);
        }
    }
    status = status == STATUS_OK ? groups_finish(&groups, &why) : status;
    status = status == STATUS_OK ? groups_write(&groups, &out, &why) : status;
    groups_close(&groups);
    buffer_close(&out);
    return status;
}

Test(groups, every_allocation_may_fail) {
    for (size_t i = 0; i < 12; i++) {
        Rules rules;
        chat_rules("{\"period\":\"week\"}", &rules);
        Scene scene = {group_shape(GROUP_FAMILIES[i % 3], &rules), i / 3 % 2 == 1, i / 6 == 1};
        cr_expect_gt(trial_each_allocation(faulty_scene, &scene), 8);
        rules_close(&rules);
    }
}

/* Rows of so many keys and customers, plain, up to the written state. */
static Status long_scene(const StatsShape *shape, int64_t keys, int64_t customers, int64_t each) {
    Groups groups;
    Buffer out;
    Message why;
    Status status = STATUS_OK;
    buffer_open(&out, &trial_host);
    groups_open(&groups, shape, keys > 0, false);
    for (int64_t i = 0; i < (keys > 0 ? keys : 1) * customers * each; i++) {
        const Value number = value_of_integer(i / each / customers);
        const Value person = value_of_integer(i / each % customers);
        GroupKey *key = groups_key(&groups, keys > 0 ? &number : NULL);
        const DealRow deal = {.customer = identity_of(&person),
                              .timed = true,
                              .asked_ms = i,
                              .ordered_ms = DEAL_NEVER,
                              .paid_ms = DEAL_NEVER};
        const RatingRow rating = {.at_ms = i};
        status = shape->family == FAMILY_CHAT
                     ? groups_chat(&groups, key, deal.customer,
                                   chat_line_pack(i, i % 2 == 0 ? SENDER_CUSTOMER : SENDER_AGENT),
                                   1, &why)
                 : shape->family == FAMILY_DEAL ? groups_deal(&groups, key, &deal, 1, &why)
                                                : groups_rating(&groups, key, &rating, 1, &why);
        cr_assert_eq(status, STATUS_OK);
    }
    trial_heap.asked = 0;
    status = groups_finish(&groups, &why);
    status = status == STATUS_OK ? groups_write(&groups, &out, &why) : status;
    groups_close(&groups);
    buffer_close(&out);
    return status;
}

Test(groups, long_ends_can_be_interrupted) {
    static const struct {
        Family family;
        int64_t keys;
        int64_t customers;
        int64_t each;
    } scenes[] = {
        {FAMILY_CHAT, 0, 1, 200000},   {FAMILY_CHAT, 0, 100000, 2}, {FAMILY_CHAT, 20000, 5, 2},
        {FAMILY_DEAL, 0, 1, 200000},   {FAMILY_DEAL, 0, 200000, 1}, {FAMILY_DEAL, 20000, 10, 1},
        {FAMILY_RATING, 20000, 10, 1},
    };
    for (size_t i = 0; i < sizeof scenes / sizeof scenes[0]; i++) {
        Rules rules;
        chat_rules("", &rules);
        const StatsShape shape = group_shape(scenes[i].family, &rules);
        trial_heap.stop_at = 0;
        cr_assert_eq(long_scene(&shape, scenes[i].keys, scenes[i].customers, scenes[i].each),
                     STATUS_OK);
        const long asked = trial_heap.asked;
        cr_expect_geq(asked, 10, "scene %zu asked %ld times", i, asked);
        for (long at = 1; at <= asked; at += 1 + asked / 5) {
            trial_heap.stop_at = at;
            cr_expect_eq(long_scene(&shape, scenes[i].keys, scenes[i].customers, scenes[i].each),
                         STATUS_INTERRUPTED, "scene %zu, look %ld of %ld", i, at, asked);
            cr_assert_eq(trial_heap.blocks, 0, "scene %zu", i);
        }
        rules_close(&rules);
    }
}
