/* chat_test.c: lines, conversations and their stats (core/chat, kpis.md 1) against chat_model.h. */
#include "core/chat/chat_kpi.h"
#include "core/chat/chat_lines.h"

#include "chat_model.h"
#include "core/base/number.h"
#include "trial.h"

static const char *const RULES[] = {
    "",
    "taobao",
    "jd",
    "chatwoot",
    "simla",
    "{\"session\":\"all\"}",
    "{\"session\":0.001}",
    "{\"session\":45}",
    "{\"session\":86400,\"stop\":\"any\",\"bot_clears\":true}",
    "{\"burst\":\"last\",\"stop\":\"assist\",\"drop_over\":60}",
    "{\"drop_over\":100,\"cap\":40,\"unanswered\":\"cap\",\"within_unit\":\"turn\"}",
    "{\"cap\":30,\"drop_over\":30,\"within_unit\":\"first\",\"slow\":20,\"slow_times\":2}",
    "{\"bot_clears\":true,\"session\":\"all\",\"window\":\"23:50-00:10\"}",
    "{\"window\":\"06:00-06:20\",\"tz\":\"+00:00\",\"max_wait\":30}",
    "{\"filter\":\"one_line\",\"session\":60}",
    "{\"filter\":\"one_line\",\"session\":30,\"stop\":\"any\",\"tz\":\"-11:30\"}",
    "{\"calendar\":{\"hours\":{\"tue\":[\"22:00-24:00\"],\"wed\":[\"00:10-12:00\"]}}}",
};
#define RULES_COUNT (sizeof RULES / sizeof RULES[0])

/* ---- the model's numbers ---------------------------------------------------------------------- */

static void check_waits(const Histogram *histogram, const ModelWaits *waits, const char *rules) {
    cr_assert_eq(histogram->count, waits->count, "%s: %ld waits, not %d", rules,
                 (long)histogram->count, waits->count);
    HistogramCursor cursor = {0};
    for (int i = 0; i < waits->count;) {
        cr_assert(histogram_next(histogram, &cursor));
        for (int64_t left = cursor.count; left > 0; left--) {
            cr_assert_eq(cursor.wait_ms, waits->wait_ms[i++], "%s", rules);
        }
    }
}

static void check_number(Measure got, int64_t wanted, const char *what) {
    cr_assert(got.numerator == wanted && got.denominator == 1 && got.unit == 1, "%s", what);
}

static void check_quotient(Measure got, int64_t numerator, int64_t denominator, const char *what) {
    cr_assert(got.numerator == numerator && got.denominator == denominator, "%s: %ld / %ld", what,
              (long)got.numerator, (long)got.denominator);
}

static void check_kpis(const ChatStats *stats, const ChatModel *model, const Rules *rules) {
    const int64_t *counts = model->counts;
    const int64_t replied = counts[CHAT_REPLIED];
    int64_t sum_ms = 0;
    for (int i = 0; i < model->waits.count; i++) {
        sum_ms += model->waits.wait_ms[i];
    }
    int64_t capped =
        rules->unanswered == UNANSWERED_CAP ? counts[CHAT_TURNS] - counts[CHAT_ANSWERED_TURNS] : 0;
    int64_t longest_ms = capped > 0 ? rules->cap_ms : 0;
    longest_ms = capped == 0 && model->waits.count > 0
                     ? model->waits.wait_ms[model->waits.count - 1]
                     : longest_ms;
    check_number(chat_consulting(stats), counts[CHAT_RECEIVED] + counts[CHAT_FILTERED],
                 "consulting");
    check_number(chat_customers(stats), model->customers, "distinct_customers");
    check_number(chat_unreplied(stats), counts[CHAT_RECEIVED] - replied, "unreplied");
    check_quotient(chat_first_response(stats), model->first_wait_ms, replied, "first_response");
    check_quotient(chat_avg_response(stats), sum_ms + capped * rules->cap_ms,
                   model->waits.count + capped, "avg_response");
    check_quotient(chat_handling_time(stats), model->handling_ms, replied, "handling_time");
    check_quotient(chat_slow_rate(stats), counts[CHAT_SLOW], counts[CHAT_RECEIVED], "slow_rate");
    Measure longest = chat_max_response(stats);
    if (model->waits.count + capped == 0) {
        cr_assert(longest.answered && longest.denominator == 0);
    } else {
        cr_assert(longest.numerator == longest_ms && longest.unit == 1000);
    }
    for (int64_t limit_ms = 0; limit_ms <= 120000; limit_ms += 15000) {
        int64_t within = 0;
        const bool turns = rules->within_unit == WITHIN_TURN;
        const ModelWaits *parts[] = {turns ? &model->waits : &model->within, &model->dropped};
        for (int part = 0; part < (turns ? 2 : 1); part++) {
            for (int i = 0; i < parts[part]->count; i++) {
                within += parts[part]->wait_ms[i] <= limit_ms;
            }
        }
        check_quotient(chat_within_rate(stats, limit_ms), within,
                       counts[turns ? CHAT_TURNS : CHAT_RECEIVED], "within_rate");
    }
}

static void check_model(const ChatStats *stats, const ChatModel *model, const char *text) {
    for (int i = 0; i < CHAT_COUNTS; i++) {
        cr_assert_eq(stats->sums.counts[i], model->counts[i], "%s: count %d is %ld, not %ld", text,
                     i, (long)stats->sums.counts[i], (long)model->counts[i]);
    }
    cr_assert(stats->sums.first_wait_ms == model->first_wait_ms, "%s", text);
    cr_assert(stats->sums.handling_ms == model->handling_ms, "%s", text);
    check_waits(&stats->waits, &model->waits, text);
    check_waits(&stats->dropped, &model->dropped, text);
    check_waits(&stats->within, &model->within, text);
    if (model->counts[CHAT_ROWS] > 0) {
        cr_assert_eq(extent_first(&stats->extent), model->first_ms);
        cr_assert_eq(extent_last(&stats->extent), model->last_ms);
    }
    int64_t conversations = 0;
    ConversationCursor cursor = {0};
    Conversation before = {0};
    for (; chat_next_conversation(stats, &cursor); conversations++) {
        cr_assert_eq(cursor.times, 1);
        int order = identity_compare(before.customer, cursor.now.customer);
        cr_assert(conversations == 0 || order < 0 || (order == 0 && before.end < cursor.now.begin));
        before = cursor.now;
    }
    cr_assert_eq(conversations, model->conversations, "%s", text);
    check_kpis(stats, model, stats->rules);
}

Test(chat, r1_to_r7_as_the_model) {
    static ChatModel model;
    static ModelLine lines[MODEL_MOST_LINES];
    for (size_t r = 0; r < RULES_COUNT; r++) {
        Rules rules;
        uint64_t seed = r;
        chat_rules(RULES[r], &rules);
        for (int round = 0; round < 60; round++) {
            Chat chat;
            int count = (int)trial_below(&seed, round < 30 ? 12 : MODEL_MOST_LINES);
            for (int i = 0; i < count; i++) {
                lines[i] = chat_model_line(&seed);
            }
            chat_begin(&chat, &rules, false);
            cr_assert_eq(chat_take(&chat, lines, count), STATUS_OK);
            chat_model(lines, count, &rules, &model);
            check_model(&chat.stats, &model, RULES[r]);
            chat_end(&chat);
        }
        rules_close(&rules);
        cr_assert_eq(trial_heap.blocks, 0);
    }
}

/* ---- sliding ---------------------------------------------------------------------------------- */

static void check_sliding(const ChatStats *stats, const ModelLine *held, int count,
                          const Rules *rules, const char *text) {
    static ChatModel model;
    static ModelLine lines[MODEL_MOST_LINES];
    memcpy(lines, held, (size_t)count * sizeof *lines);
    chat_model(lines, count, rules, &model);
    check_model(stats, &model, text);
    if (count == 0) {
        return;
    }
    Chat plain;
    chat_begin(&plain, rules, false);
    cr_assert_eq(chat_take(&plain, lines, count), STATUS_OK);
    Buffer wanted = chat_bytes(&plain.stats);
    Buffer got = chat_bytes(stats);
    cr_assert_eq(got.length, wanted.length, "%s", text);
    cr_assert_arr_eq(got.bytes, wanted.bytes, (size_t)wanted.length, "%s", text);
    buffer_close(&wanted);
    buffer_close(&got);
    chat_end(&plain);
}

/* Lines come and go in any order; plain lines turn into sliding ones on the way. */
static void check_steps(const char *text, uint64_t seed, int most, int steps) {
    static ModelLine held[MODEL_MOST_LINES];
    Chat chat;
    Rules rules;
    Message why;
    int count = 0;
    chat_rules(text, &rules);
    chat_begin(&chat, &rules, false);
    for (; count < most / 2; count++) {
        held[count] = chat_model_line(&seed);
        cr_assert_eq(chat_lines_append(&chat.lines, held[count].customer,
                                       chat_line_pack(held[count].instant_ms, held[count].sender)),
                     STATUS_OK);
    }
    chat_close(&chat.stats);
    const Identity key = {0, 0};
    chat_open(&chat.stats, &trial_host, &rules, key, true);
    chat.stats.count_customers = true;
    cr_assert_eq(chat_lines_slide(&chat.lines, &chat.target, &why), STATUS_OK);
    for (int step = 0; step < steps; step++) {
        if (step % 16 == 0 || count == 0) {
            check_sliding(&chat.stats, held, count, &rules, text);
        }
        if (count == 0 || (count < most && trial_below(&seed, 2) == 0)) {
            held[count] = chat_model_line(&seed);
            cr_assert_eq(chat_change(&chat, &held[count++], 1), STATUS_OK);
        } else {
            uint64_t gone = trial_below(&seed, (uint64_t)count);
            ModelLine line = held[gone];
            held[gone] = held[--count];
            cr_assert_eq(chat_change(&chat, &line, -1), STATUS_OK);
        }
    }
    while (count > 0) {
        cr_assert_eq(chat_change(&chat, &held[--count], -1), STATUS_OK);
    }
    check_sliding(&chat.stats, held, 0, &rules, text);
    cr_assert_eq(chat.lines.units.count, 0);
    chat_end(&chat);
    rules_close(&rules);
    cr_assert_eq(trial_heap.blocks, 0);
}

Test(chat, r8_sliding_is_plain) {
    for (size_t r = 0; r < RULES_COUNT; r++) {
        check_steps(RULES[r], 100 + r, 12, 1000);
        check_steps(RULES[r], 200 + r, 150, 600);
    }
}

/* ---- no memory -------------------------------------------------------------------------------- */

typedef struct Scene {
    const Rules *rules;
    bool sliding;
} Scene;

static Status faulty_scene(void *context) {
    const Scene *scene = context;
    ModelLine lines[120];
    uint64_t seed = 9;
    Chat chat;
    chat_begin(&chat, scene->rules, scene->sliding);
    for (int i = 0; i < 120; i++) {
        lines[i] = chat_model_line(&seed);
    }
    Status status = scene->sliding ? STATUS_OK : chat_take(&chat, lines, 120);
    for (int i = 0; scene->sliding && status == STATUS_OK && i < 120; i++) {
        status = chat_change(&chat, &lines[i], 1);
        if (status == STATUS_OK && i >= 60) {
            status = chat_change(&chat, &lines[i - 60], -1);
        }
    }
    if (status == STATUS_OK) {
        Buffer out;
        Message why;
        buffer_open(&out, &trial_host);
        status = chat_write(&chat.stats, &out, &why);
        buffer_close(&out);
    }
    chat_end(&chat);
    return status;
}

Test(chat, every_allocation_may_fail) {
    for (size_t r = 0; r < RULES_COUNT; r++) {
        Rules rules;
        chat_rules(RULES[r], &rules);
        Scene scene = {&rules, false};
        cr_expect_gt(trial_each_allocation(faulty_scene, &scene), 8);
        scene.sliding = true;
        cr_expect_gt(trial_each_allocation(faulty_scene, &scene), 8);
        rules_close(&rules);
    }
}
