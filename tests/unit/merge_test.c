/* merge_test.c: states of one kind become one (core/stats/merge.h, state.md 2, 4, 6, 7). */
#include "core/stats/merge.h"

#include "group_rows.h"
#include "trial.h"

#define MOST_ROWS 120
#define MOST_PARTS 6

static const char *const RULES[] = {
    "",
    "{\"period\":\"day\",\"drop_over\":60}",
    "{\"period\":\"month\",\"session\":45,\"within_unit\":\"turn\"}",
    "{\"period\":\"year\",\"session\":\"all\",\"within_unit\":\"first\"}",
};
#define RULES_COUNT (sizeof RULES / sizeof RULES[0])

static void fill(GroupRow *rows, int count, uint64_t *seed) {
    for (int i = 0; i < count; i++) {
        rows[i] = group_row(seed);
    }
}

/* Which part a row goes to. Chat: by customer, so that conversations stay whole. */
static int part_of(const GroupRow *row, Family family, int parts, uint64_t *seed) {
    uint64_t customer = row->line.customer.high * 3 + row->line.customer.low;
    uint64_t at = family == FAMILY_CHAT ? customer * 7 + *seed : trial_random(seed);
    return (int)(at % (uint64_t)parts);
}

static void check_bytes(Merge *merge, Status (*write)(Merge *, Buffer *, Message *),
                        const Value *wanted) {
    Buffer out;
    Message why;
    buffer_open(&out, &trial_host);
    cr_assert_eq(write(merge, &out, &why), STATUS_OK);
    cr_assert_eq(out.length, wanted->length);
    cr_assert(out.length == 0 || memcmp(out.bytes, wanted->as.bytes, (size_t)out.length) == 0);
    buffer_close(&out);
}

/* Requirement 3, plain: parts only come, and the result is asked for once. */
static void check_plain(const Value *states, int parts, int first, const Value *whole) {
    Merge merge;
    Message why;
    merge_open(&merge, &trial_host);
    for (int i = 0; i < parts; i++) {
        const Value *state = &states[(first + i) % parts];
        if (state->type == VALUE_BLOB) {
            cr_assert_eq(merge_add(&merge, state, 1, &why), STATUS_OK);
        }
    }
    cr_assert_not(merge.sliding);
    check_bytes(&merge, merge_finish, whole);
    merge_close(&merge);
}

/* Splits the rows into parts, merges their states in a random order, some there and back: the whole. */
static void check_split(const StatsShape *shape, bool grouped, const GroupRow *rows, int count,
                        uint64_t *seed) {
    static GroupRow part[MOST_ROWS];
    Buffer held[MOST_PARTS];
    Value states[MOST_PARTS];
    Buffer whole_held;
    Merge merge;
    Message why;
    const int parts = 1 + (int)trial_below(seed, MOST_PARTS);
    const uint64_t split = *seed;
    for (int i = 0; i < parts; i++) {
        uint64_t same = split; /* every part asks the same questions of chance */
        int in_part = 0;
        for (int j = 0; j < count; j++) {
            if (part_of(&rows[j], shape->family, parts, &same) == i) {
                part[in_part++] = rows[j];
            }
        }
        states[i] = group_blob(part, in_part, shape, grouped, &held[i]);
    }
    const Value whole = group_blob(rows, count, shape, grouped, &whole_held);
    merge_open(&merge, &trial_host);
    const int first = (int)trial_below(seed, (uint64_t)parts);
    for (int i = 0; i < parts; i++) {
        const Value *state = &states[(first + i) % parts];
        for (int sign = 1; state->type == VALUE_BLOB && sign >= -1; sign -= 2) {
            if (sign > 0 || trial_below(seed, 3) == 0) { /* requirement 3: there, back, there */
                cr_assert_eq(merge_add(&merge, state, sign, &why), STATUS_OK);
                if (sign < 0) {
                    cr_assert_eq(merge_add(&merge, state, 1, &why), STATUS_OK);
                }
            }
        }
    }
    check_bytes(&merge, merge_write, &whole);
    check_plain(states, parts, first, &whole);
    for (int i = 0; i < parts; i++) {
        if (states[i].type == VALUE_BLOB) {
            cr_assert_eq(merge_add(&merge, &states[i], -1, &why), STATUS_OK);
        }
        buffer_close(&held[i]);
    }
    check_bytes(&merge, merge_write, &(Value){.type = VALUE_NULL});
    cr_assert_null(merge.piles);
    merge_close(&merge);
    buffer_close(&whole_held);
}

Test(merge, r1_parts_are_the_whole) {
    for (size_t f = 0; f < GROUP_FAMILY_COUNT; f++) {
        for (size_t r = 0; r < RULES_COUNT; r++) {
            Rules rules;
            uint64_t seed = 10 * f + r;
            chat_rules(RULES[r], &rules);
            const StatsShape shape = group_shape(GROUP_FAMILIES[f], &rules);
            for (int round = 0; round < 60; round++) {
                GroupRow rows[MOST_ROWS];
                int count = (int)trial_below(&seed, MOST_ROWS);
                fill(rows, count, &seed);
                check_split(&shape, round % 2 == 0, rows, count, &seed);
            }
            rules_close(&rules);
            cr_assert_eq(trial_heap.blocks, 0);
        }
    }
}

/* The same conversation in two states: an error at the end, gone when one of them goes. */
Test(merge, the_same_conversation_twice) {
    static const struct {
        const char *rules;
        int64_t apart_ms; /* of two lines of one customer, one in each state */
        bool conflict;
    } cases[] = {
        {"", 1000, true},
        {"", 86400000, false},
        {"{\"session\":\"all\"}", INT64_C(86400000000), true},
        {"{\"session\":60}", 59999, true},
        {"{\"session\":60}", 60000, false},
        {"{\"session\":60}", -59999, true},
        {"{\"session\":60}", -60000, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Rules rules;
        Buffer held[2];
        Buffer out;
        Merge merge;
        Message why;
        uint64_t seed = i;
        GroupRow row = group_row(&seed);
        row.line.instant_ms = INT64_C(1700020800000);
        row.line.sender = SENDER_CUSTOMER;
        chat_rules(cases[i].rules, &rules);
        const StatsShape shape = group_shape(FAMILY_CHAT, &rules);
        const Value one = group_blob(&row, 1, &shape, false, &held[0]);
        row.line.instant_ms += cases[i].apart_ms;
        const Value other = group_blob(&row, 1, &shape, false, &held[1]);
        buffer_open(&out, &trial_host);
        merge_open(&merge, &trial_host);
        cr_assert_eq(merge_add(&merge, &other, 1, &why), STATUS_OK);
        cr_assert_eq(merge_add(&merge, &one, 1, &why), STATUS_OK);
        cr_expect_eq(merge_finish(&merge, &out, &why),
                     cases[i].conflict ? STATUS_REFUSED : STATUS_OK, "plain, case %zu", i);
        merge_close(&merge);
        out.length = 0;
        merge_open(&merge, &trial_host);
        cr_assert_eq(merge_add(&merge, &one, 1, &why), STATUS_OK);
        cr_assert_eq(merge_add(&merge, &other, 1, &why), STATUS_OK);
        Status status = merge_write(&merge, &out, &why);
        cr_expect_eq(status, cases[i].conflict ? STATUS_REFUSED : STATUS_OK, "case %zu", i);
        cr_expect(!cases[i].conflict ||
                  strcmp(why.text, "the same conversation is in both: split the rows by customer "
                                   "or by day, or make the stats with chat_stats_by") == 0);
        cr_assert_eq(merge_add(&merge, &one, -1, &why), STATUS_OK);
        check_bytes(&merge, merge_write, &other);
        buffer_close(&out);
        merge_close(&merge);
        buffer_close(&held[0]);
        buffer_close(&held[1]);
        rules_close(&rules);
    }
    cr_assert_eq(trial_heap.blocks, 0);
}

/* One customer, one day, two agents: one conversation of each, since the key is remembered. */
Test(merge, conversations_of_two_keys_are_two) {
    Rules rules;
    Buffer held;
    StatsView view;
    Merge merge;
    Message why;
    uint64_t seed = 1;
    GroupRow rows[2];
    rows[0] = rows[1] = group_row(&seed);
    rows[0].key = 3;
    rows[1].key = 5;
    rows[0].line.sender = rows[1].line.sender = SENDER_CUSTOMER;
    chat_rules("", &rules);
    const StatsShape shape = group_shape(FAMILY_CHAT, &rules);
    const Value grouped = group_blob(rows, 2, &shape, true, &held);
    cr_assert_eq(stats_view_open(&view, &trial_host, &grouped, &why), STATUS_OK);
    merge_open(&merge, &trial_host);
    GroupCursor cursor = {.begun = false};
    bool more;
    while (groups_next(&view, &cursor, &more, &why) == STATUS_OK && more) {
        Buffer alone; /* as kefu_groups() gives it */
        buffer_open(&alone, &trial_host);
        uint64_t begun = state_begin(&alone, STATE_VERSION, STATE_CHAT, 0, view.state.rules,
                                     view.state.rules_length);
        buffer_append(&alone, cursor.payload.at, reader_left(&cursor.payload));
        state_end(&alone, begun);
        const Value state = {
            VALUE_BLOB, (uint32_t)alone.length, {.bytes = (const char *)alone.bytes}};
        cr_assert_eq(merge_add(&merge, &state, 1, &why), STATUS_OK);
        buffer_close(&alone);
    }
    Buffer out;
    StatsView both;
    buffer_open(&out, &trial_host);
    cr_assert_eq(merge_write(&merge, &out, &why), STATUS_OK);
    const Value state = {VALUE_BLOB, (uint32_t)out.length, {.bytes = (const char *)out.bytes}};
    cr_assert_eq(stats_view_open(&both, &trial_host, &state, &why), STATUS_OK);
    cr_expect_eq(both.stats.as.chat.sums.counts[CHAT_RECEIVED], 2);
    cr_expect_eq(both.stats.as.chat.distinct_customers, 1);
    cr_expect_eq(both.stats.as.chat.key_count, 2);
    stats_view_close(&both);
    stats_view_close(&view);
    merge_close(&merge);
    buffer_close(&out);
    buffer_close(&held);
    rules_close(&rules);
}

/* ---- requirement 2 ---------------------------------------------------------------------------- */

typedef struct Made {
    Family family;
    const char *rules;
    bool grouped;
    int deal; /* 0: without amounts, 1: with amounts, 2: and with quantities */
} Made;

static const struct {
    Made left;
    Made right;
    const char *message;
} MIXED[] = {
    {{FAMILY_CHAT, "", false, 0},
     {FAMILY_RATING, "", false, 0},
     "cannot merge chat stats with rating stats"},
    {{FAMILY_CHAT, "", false, 0},
     {FAMILY_CHAT, "", true, 0},
     "cannot merge chat stats with grouped chat stats"},
    {{FAMILY_DEAL, "", false, 0},
     {FAMILY_DEAL, "", false, 1},
     "cannot merge deal stats without amounts with deal stats with amounts, without quantities"},
    {{FAMILY_DEAL, "", false, 2},
     {FAMILY_DEAL, "", false, 1},
     "cannot merge deal stats with amounts and quantities with deal stats with amounts, without "
     "quantities"},
    {{FAMILY_CHAT, "", false, 0},
     {FAMILY_CHAT, "{\"tz\":\"+09:00\",\"cap\":600}", false, 0},
     "cannot merge stats of different rules: tz: +08:00 and +09:00; cap: null and 600"},
    {{FAMILY_RATING, "", true, 0},
     {FAMILY_RATING, "{\"period\":\"day\"}", true, 0},
     "cannot merge stats of different rules: period: null and day"},
};

static Value make(const Made *made, Buffer *held) {
    Rules rules;
    uint64_t seed = 1;
    const GroupRow row = group_row(&seed);
    chat_rules(made->rules, &rules);
    StatsShape shape = group_shape(made->family, &rules);
    shape.has_amounts = made->deal > 0;
    shape.has_quantities = made->deal > 1;
    const Value state = group_blob(&row, 1, &shape, made->grouped, held);
    rules_close(&rules);
    return state;
}

Test(merge, r2_what_does_not_go_together) {
    for (size_t i = 0; i < sizeof MIXED / sizeof MIXED[0]; i++) {
        Buffer held[2];
        Buffer out;
        Merge merge;
        Message why;
        const Value left = make(&MIXED[i].left, &held[0]);
        const Value right = make(&MIXED[i].right, &held[1]);
        merge_open(&merge, &trial_host);
        cr_assert_eq(merge_add(&merge, &left, 1, &why), STATUS_OK, "%zu: %s", i, why.text);
        cr_assert_eq(merge_add(&merge, &right, 1, &why), STATUS_OK);
        buffer_open(&out, &trial_host);
        cr_expect_eq(merge_write(&merge, &out, &why), STATUS_REFUSED);
        cr_expect_str_eq(why.text, MIXED[i].message);
        cr_expect_eq(out.length, 0);
        cr_assert_eq(merge_add(&merge, &left, -1, &why), STATUS_OK); /* a window moves on */
        check_bytes(&merge, merge_write, &right);
        buffer_close(&out);
        merge_close(&merge);
        buffer_close(&held[0]);
        buffer_close(&held[1]);
    }
    cr_assert_eq(trial_heap.blocks, 0);
}

/* Options that a family does not use are no difference. */
Test(merge, rules_of_other_families_do_not_matter) {
    static const Made made[] = {{FAMILY_RATING, "", false, 0},
                                {FAMILY_RATING, "{\"cap\":60,\"final_days\":9}", false, 0},
                                {FAMILY_RATING, "chitu", false, 0},
                                {FAMILY_RATING, "{\"period\":\"day\"}", false, 0}};
    Merge merge;
    Message why;
    merge_open(&merge, &trial_host);
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++) {
        Buffer held;
        const Value state = make(&made[i], &held);
        cr_assert_eq(merge_add(&merge, &state, 1, &why), STATUS_OK);
        buffer_close(&held);
    }
    Buffer out;
    buffer_open(&out, &trial_host);
    cr_expect_eq(merge_write(&merge, &out, &why), STATUS_OK);
    buffer_close(&out);
    merge_close(&merge);
}

Test(merge, what_is_no_state) {
    static const char bytes[] = "kefu and nothing else at all";
    const Value value = {VALUE_BLOB, sizeof bytes - 1, {.bytes = bytes}};
    Merge merge;
    Message why;
    merge_open(&merge, &trial_host);
    cr_expect_eq(merge_add(&merge, &value, 1, &why), STATUS_REFUSED);
    cr_expect_null(merge.piles);
    merge_close(&merge);
}

/* ---- no memory -------------------------------------------------------------------------------- */

typedef struct Scene {
    Value states[2];
    bool sliding; /* a part goes, and more could come */
} Scene;

static Status faulty_scene(void *context) {
    const Scene *scene = context;
    Merge merge;
    Buffer out;
    Message why;
    merge_open(&merge, &trial_host);
    buffer_open(&out, &trial_host);
    Status status = merge_add(&merge, &scene->states[0], 1, &why);
    status = status == STATUS_OK ? merge_add(&merge, &scene->states[1], 1, &why) : status;
    if (status == STATUS_OK && scene->sliding) {
        status = merge_add(&merge, &scene->states[0], -1, &why);
    }
    if (status == STATUS_OK) {
        status = (scene->sliding ? merge_write : merge_finish)(&merge, &out, &why);
    }
    merge_close(&merge);
    buffer_close(&out);
    return status;
}

Test(merge, every_allocation_may_fail) {
    for (size_t i = 0; i < 2 * GROUP_FAMILY_COUNT; i++) {
        Rules rules;
        Buffer held[2];
        GroupRow rows[60];
        Scene scene;
        uint64_t seed = i;
        chat_rules("{\"period\":\"month\"}", &rules);
        const StatsShape shape = group_shape(GROUP_FAMILIES[i / 2], &rules);
        fill(rows, 60, &seed);
        for (int half = 0; half < 2; half++) {
            for (int j = 0; j < 30; j++) {
                rows[30 * half + j].line.customer.high = (uint64_t)half;
            }
            scene.states[half] = group_blob(rows + 30 * half, 30, &shape, i % 2 == 0, &held[half]);
        }
        scene.sliding = true;
        cr_expect_gt(trial_each_allocation(faulty_scene, &scene), 8);
        scene.sliding = false;
        cr_expect_gt(trial_each_allocation(faulty_scene, &scene), 5);
        buffer_close(&held[0]);
        buffer_close(&held[1]);
        rules_close(&rules);
    }
    cr_assert_eq(trial_heap.blocks, 0);
}
