/* chat_codec_test.c: chat stats as bytes, of our own making and of anyone's (core/chat/chat_codec.c;
** state.md 1-4). Checksums are the envelope's: here every check of the contents is on its own. */
#include "core/chat/chat_kpi.h"

#include "chat_model.h"
#include "core/state/state.h"
#include "trial.h"

static const char *const RULES[] = {
    "", "{\"session\":45,\"drop_over\":60}",
    "{\"session\":\"all\",\"within_unit\":\"turn\",\"cap\":60,\"unanswered\":\"cap\"}",
    "{\"session\":0.001,\"within_unit\":\"first\"}"};
#define RULES_COUNT (sizeof RULES / sizeof RULES[0])

static Status read_version(ChatStats *stats, const Rules *rules, uint32_t version,
                           const void *bytes, uint64_t length) {
    Reader reader = reader_over(bytes, length);
    Message why;
    Status status = chat_read(stats, rules, version, &reader, &why);
    cr_assert(status == STATUS_OK || status == STATUS_REFUSED);
    cr_assert(status == STATUS_OK ||
              strcmp(why.text, "the stats are damaged: their contents contradict themselves") == 0);
    return status;
}

static Status read_bytes(ChatStats *stats, const Rules *rules, const void *bytes, uint64_t length) {
    return read_version(stats, rules, STATE_VERSION, bytes, length);
}

/* Stats of some random lines, as bytes. */
static Buffer random_bytes(const Rules *rules, int count, uint64_t *seed) {
    static ModelLine lines[MODEL_MOST_LINES];
    Chat chat;
    for (int i = 0; i < count; i++) {
        lines[i] = chat_model_line(seed);
    }
    chat_begin(&chat, rules, false);
    cr_assert_eq(chat_take(&chat, lines, count), STATUS_OK);
    Buffer bytes = chat_bytes(&chat.stats);
    chat_end(&chat);
    return bytes;
}

/* Asks everything of stats that were read: nothing may go wrong whatever they say. */
static void ask_everything(const ChatStats *stats) {
    static Measure (*const kpis[])(const ChatStats *) = {
        chat_consulting,      chat_filtered,       chat_received,       chat_customers,
        chat_replied,         chat_unreplied,      chat_reply_rate,     chat_customer_lines,
        chat_agent_lines,     chat_answer_ratio,   chat_turns,          chat_answered_turns,
        chat_turn_reply_rate, chat_first_response, chat_avg_response,   chat_max_response,
        chat_slow_customers,  chat_slow_rate,      chat_total_handling, chat_handling_time,
    };
    for (size_t i = 0; i < sizeof kpis / sizeof kpis[0]; i++) {
        Measure measure = kpis[i](stats);
        cr_assert(measure.answered && measure.numerator >= 0 && measure.denominator >= 0);
    }
    for (int64_t limit_ms = 0; limit_ms <= INT64_C(1000000000000000);
         limit_ms += 1 + limit_ms * 9) {
        Measure rate = chat_within_rate(stats, limit_ms);
        cr_assert(rate.numerator <= rate.denominator);
    }
    for (int64_t p = 0; p <= 4; p++) {
        chat_response_percentile(stats, HISTOGRAM_QUANTILE_UNIT / 4 * p);
    }
}

/* Merges stats into empty ones and writes them: what was read is what comes out (state.md 1). */
static void check_comes_out_as_it_is(const ChatStats *part, const void *bytes, uint64_t length) {
    const Identity key = {0, 0};
    ChatStats into;
    Message why;
    chat_open(&into, &trial_host, part->rules, key, true);
    cr_assert_eq(chat_merge(&into, part, 1, &why), STATUS_OK);
    Buffer out = chat_bytes(&into);
    cr_assert_eq(out.length, length);
    cr_assert_arr_eq(out.bytes, bytes, (size_t)length);
    buffer_close(&out);
    cr_assert_eq(chat_merge(&into, part, -1, &why), STATUS_OK);
    cr_assert_eq(into.sums.counts[CHAT_ROWS], 0);
    cr_assert_eq(into.set.count + into.waits.map.count + into.within.map.count, 0);
    cr_assert_eq(into.extent.firsts.count, 0);
    chat_close(&into);
}

Test(chat_codec, r1_what_is_written_is_read) {
    for (size_t r = 0; r < RULES_COUNT; r++) {
        Rules rules;
        uint64_t seed = r;
        chat_rules(RULES[r], &rules);
        for (int round = 0; round < 50; round++) {
            ChatStats stats;
            Buffer bytes = random_bytes(&rules, 1 + (int)trial_below(&seed, 200), &seed);
            cr_assert_eq(read_bytes(&stats, &rules, bytes.bytes, bytes.length), STATUS_OK);
            ask_everything(&stats);
            check_comes_out_as_it_is(&stats, bytes.bytes, bytes.length);
            buffer_close(&bytes);
        }
        rules_close(&rules);
    }
    cr_assert_eq(trial_heap.blocks, 0);
}

Test(chat_codec, r2_every_truncation_is_refused) {
    for (size_t r = 0; r < RULES_COUNT; r++) {
        Rules rules;
        uint64_t seed = r;
        chat_rules(RULES[r], &rules);
        Buffer bytes = random_bytes(&rules, 60, &seed);
        for (uint64_t length = 0; length < bytes.length; length++) {
            ChatStats stats;
            char *cut = malloc((size_t)length + 1); /* its end is the sanitizer's end */
            memcpy(cut, bytes.bytes, (size_t)length);
            cr_assert_eq(read_bytes(&stats, &rules, cut, length), STATUS_REFUSED, "%lu bytes",
                         (unsigned long)length);
            free(cut);
        }
        ChatStats stats;
        buffer_byte(&bytes, 0);
        cr_assert_eq(read_bytes(&stats, &rules, bytes.bytes, bytes.length), STATUS_REFUSED);
        buffer_close(&bytes);
        rules_close(&rules);
    }
}

/* Every byte with every value, and bytes in numbers: refused, or stats that come out as they are. */
Test(chat_codec, r2_any_bytes) {
    for (size_t r = 0; r < RULES_COUNT; r++) {
        Rules rules;
        uint64_t seed = 50 + r;
        chat_rules(RULES[r], &rules);
        Buffer bytes = random_bytes(&rules, 25, &seed);
        uint64_t accepted = 0;
        for (uint64_t i = 0; i < bytes.length * 256 + 100000; i++) {
            ChatStats stats;
            unsigned char changed[2000];
            cr_assert_leq(bytes.length, sizeof changed);
            memcpy(changed, bytes.bytes, (size_t)bytes.length);
            if (i < bytes.length * 256) {
                changed[i / 256] = (unsigned char)(i % 256);
            } else {
                for (uint64_t n = 2 + trial_below(&seed, 4); n > 0; n--) {
                    changed[trial_below(&seed, bytes.length)] ^=
                        (unsigned char)(1 << trial_below(&seed, 8));
                }
            }
            if (read_bytes(&stats, &rules, changed, bytes.length) == STATUS_OK) {
                accepted++;
                ask_everything(&stats);
                check_comes_out_as_it_is(&stats, changed, bytes.length);
            }
        }
        cr_expect_gt(accepted, 1000); /* the branch behind the checks was taken */
        buffer_close(&bytes);
        rules_close(&rules);
    }
}

/* ---- one lie at a time ------------------------------------------------------------------------ */

typedef struct DraftTalk {
    uint64_t key;
    uint64_t begin;
    uint64_t verdict;
} DraftTalk;

/* What the payload says; drawn up truthfully, then changed in one place. */
typedef struct Draft {
    uint64_t counts[CHAT_COUNTS];
    int64_t first_ms;
    uint64_t length_ms;
    int128 first_wait_ms;
    int128 handling_ms;
    uint64_t waits[3]; /* pairs, wait, count */
    uint64_t within[3];
    uint64_t key_count;
    Identity keys[2];
    int64_t base;
    uint64_t customer_count;
    uint32_t version;
    unsigned char code; /* bytes of an identity */
    Identity customers[2];
    uint64_t talk_counts[2];
    DraftTalk talks[4]; /* two each */
} Draft;

static const Draft TRUTH = {
    .counts = {[CHAT_ROWS] = 20,
               [CHAT_FILTERED] = 1,
               [CHAT_RECEIVED] = 2,
               [CHAT_REPLIED] = 2,
               [CHAT_CUSTOMER_LINES] = 8,
               [CHAT_AGENT_LINES] = 9,
               [CHAT_TURNS] = 5,
               [CHAT_ANSWERED_TURNS] = 4,
               [CHAT_SLOW] = 1},
    .first_ms = 1000000,
    .length_ms = 500000,
    .first_wait_ms = 7000,
    .handling_ms = 9000,
    .waits = {1, 3000, 4},
    .within = {1, 3000, 2},
    .key_count = 2,
    .keys = {{3, 0}, {3, 1}},
    .base = -2,
    .customer_count = 2,
    .version = STATE_VERSION,
    .code = CUSTOMER_ANY,
    .customers = {{5, 5}, {5, 6}},
    .talk_counts = {2, 2},
    .talks = {{0, 0, CHAT_IS_RECEIVED},
              {1, 0, CHAT_IS_FILTERED},
              {0, 4, CHAT_NOT_CONSULTING},
              {0, 5, CHAT_IS_RECEIVED}},
};

static Status read_draft(const Draft *draft, const Rules *rules) {
    Buffer out;
    ChatStats stats;
    buffer_open(&out, &trial_host);
    for (int i = 0; i < CHAT_COUNTS; i++) {
        buffer_varint(&out, draft->counts[i]);
    }
    buffer_signed(&out, draft->first_ms);
    buffer_varint(&out, draft->length_ms);
    buffer_wide(&out, draft->first_wait_ms);
    buffer_wide(&out, draft->handling_ms);
    for (int i = 0; i < 3; i++) {
        buffer_varint(&out, draft->waits[i]);
    }
    for (int i = 0; i < 3; i++) {
        buffer_varint(&out, draft->within[i]);
    }
    buffer_varint(&out, draft->key_count);
    for (int i = 0; i < 2; i++) {
        buffer_u64(&out, draft->keys[i].high);
        buffer_u64(&out, draft->keys[i].low);
    }
    buffer_signed(&out, draft->base);
    buffer_varint(&out, draft->customer_count);
    if (draft->version != 1) {
        buffer_byte(&out, draft->code);
    }
    for (int i = 0; i < 2; i++) {
        buffer_u64(&out, draft->customers[i].high);
        if (draft->code == CUSTOMER_ANY) {
            buffer_u64(&out, draft->customers[i].low);
        }
        buffer_varint(&out, draft->talk_counts[i]);
        for (int j = 0; j < 2; j++) {
            const DraftTalk *talk = &draft->talks[2 * i + j];
            buffer_varint(&out, talk->key);
            buffer_varint(&out, talk->begin << 2 | talk->verdict);
        }
    }
    Status status = read_version(&stats, rules, draft->version, out.bytes, out.length);
    if (status == STATUS_OK) {
        ask_everything(&stats);
    }
    if (status == STATUS_OK && draft->version == STATE_VERSION) {
        check_comes_out_as_it_is(&stats, out.bytes, out.length);
    }
    buffer_close(&out);
    return status;
}

#define INSTANT_LIMIT INSTANT_LIMIT_MS
#define LIE(name, change)                                                                          \
    static void name(Draft *draft) { change; }

LIE(no_rows, draft->counts[CHAT_ROWS] = 0)
LIE(more_replied, draft->counts[CHAT_REPLIED] = 3)
LIE(more_slow, draft->counts[CHAT_SLOW] = 3)
LIE(more_answered, draft->counts[CHAT_TURNS] = 3)
LIE(more_turns, draft->counts[CHAT_CUSTOMER_LINES] = 4)
LIE(fewer_answers, draft->counts[CHAT_AGENT_LINES] = 3)
LIE(more_lines, draft->counts[CHAT_ROWS] = 16)
LIE(more_first_waits, draft->first_wait_ms = 12001)
LIE(huge_count, draft->counts[CHAT_CUSTOMER_LINES] = (uint64_t)STATE_MOST_COUNT + 1)
LIE(other_received, draft->counts[CHAT_RECEIVED] = 3)
LIE(other_filtered, draft->counts[CHAT_FILTERED] = 0)
LIE(early, draft->first_ms = -INSTANT_LIMIT - 1)
LIE(late, draft->first_ms = INSTANT_LIMIT)
LIE(long_time, draft->length_ms = (uint64_t)INSTANT_LIMIT)
LIE(wrapping_time, draft->length_ms = UINT64_MAX)
LIE(negative_waits, draft->first_wait_ms = -1)
LIE(huge_waits, draft->first_wait_ms = STATE_MOST_SUM + 1)
LIE(negative_handling, draft->handling_ms = -1)
LIE(huge_handling, draft->handling_ms = STATE_MOST_SUM + 1)
LIE(fewer_waits, draft->waits[2] = 3)
LIE(more_waits, draft->waits[2] = 5)
LIE(more_within, draft->within[2] = 3)
LIE(no_key, draft->key_count = 0)
LIE(huge_keys, draft->key_count = UINT64_C(1) << 60)
LIE(equal_keys, draft->keys[1] = draft->keys[0])
LIE(falling_keys, draft->keys[1].high = 2)
LIE(unknown_key, draft->talks[1].key = 2)
LIE(falling_key, draft->talks[0].key = 1; draft->talks[1].key = 0)
LIE(far_base, draft->base = -INSTANT_LIMIT - 1)
LIE(far_later_base, draft->base = INSTANT_LIMIT + 1)
LIE(base_too_small, draft->talks[0].begin = 1; draft->talks[1].begin = 1)
LIE(far_begin, draft->talks[3].begin = UINT64_C(1) << 52)
LIE(unknown_verdict, draft->talks[2].verdict = 3)
LIE(twice, draft->talks[3].begin = 4)
LIE(falling_begin, draft->talks[3].begin = 3)
LIE(no_customer, draft->customer_count = 0)
LIE(huge_customers, draft->customer_count = UINT64_C(1) << 60)
LIE(fewer_customers, draft->customer_count = 1)
LIE(no_code, draft->code = 0)
LIE(unknown_code, draft->code = 9)
LIE(numbers_spelt_long, draft->customers[1].high = 6; draft->customers[0].low = IDENTITY_INTEGER;
    draft->customers[1].low = IDENTITY_INTEGER)
LIE(equal_numbers, draft->code = CUSTOMER_NUMBERS)
LIE(falling_numbers, draft->code = CUSTOMER_NUMBERS; draft->customers[1].high = 4)
LIE(equal_customers, draft->customers[1] = draft->customers[0])
LIE(falling_customers, draft->customers[1].low = 4)
LIE(no_talk, draft->talk_counts[0] = 0)
LIE(more_talks, draft->talk_counts[1] = 3)
LIE(huge_talks, draft->talk_counts[1] = UINT64_C(1) << 60)

static const struct {
    const char *name;
    void (*tell)(Draft *);
} LIES[] = {
#define NAMED(name)                                                                                \
    { #name, name }
    NAMED(no_rows),
    NAMED(more_replied),
    NAMED(more_slow),
    NAMED(more_answered),
    NAMED(more_turns),
    NAMED(fewer_answers),
    NAMED(more_lines),
    NAMED(more_first_waits),
    NAMED(huge_count),
    NAMED(other_received),
    NAMED(other_filtered),
    NAMED(early),
    NAMED(late),
    NAMED(long_time),
    NAMED(wrapping_time),
    NAMED(negative_waits),
    NAMED(huge_waits),
    NAMED(negative_handling),
    NAMED(huge_handling),
    NAMED(fewer_waits),
    NAMED(more_waits),
    NAMED(more_within),
    NAMED(no_key),
    NAMED(huge_keys),
    NAMED(equal_keys),
    NAMED(falling_keys),
    NAMED(unknown_key),
    NAMED(falling_key),
    NAMED(far_base),
    NAMED(far_later_base),
    NAMED(base_too_small),
    NAMED(far_begin),
    NAMED(unknown_verdict),
    NAMED(twice),
    NAMED(falling_begin),
    NAMED(no_customer),
    NAMED(huge_customers),
    NAMED(fewer_customers),
    NAMED(no_code),
    NAMED(unknown_code),
    NAMED(numbers_spelt_long),
    NAMED(equal_numbers),
    NAMED(falling_numbers),
    NAMED(equal_customers),
    NAMED(falling_customers),
    NAMED(no_talk),
    NAMED(more_talks),
    NAMED(huge_talks),
};

Test(chat_codec, r2_one_lie_is_enough) {
    Rules rules;
    chat_rules("", &rules);
    cr_assert_eq(read_draft(&TRUTH, &rules), STATUS_OK);
    for (size_t i = 0; i < sizeof LIES / sizeof LIES[0]; i++) {
        Draft draft = TRUTH;
        LIES[i].tell(&draft);
        cr_expect_eq(read_draft(&draft, &rules), STATUS_REFUSED, "%s", LIES[i].name);
    }
    rules_close(&rules);
}

/* customer_code.h: where all are numbers, 8 bytes name each; where one is not, none is named so. */
Test(chat_codec, customers_that_are_numbers) {
    Rules rules;
    Draft draft = TRUTH;
    chat_rules("", &rules);
    draft.code = CUSTOMER_NUMBERS;
    draft.customers[1].high = 6;
    cr_expect_eq(read_draft(&draft, &rules), STATUS_OK);
    draft = TRUTH;
    draft.customers[0] = (Identity){4, IDENTITY_INTEGER};
    cr_expect_eq(read_draft(&draft, &rules), STATUS_OK);
    rules_close(&rules);
}

/* Version 1 of states does not say it: 16 bytes for each, numbers or not. */
Test(chat_codec, customers_of_version_1) {
    Rules rules;
    Draft draft = TRUTH;
    chat_rules("", &rules);
    draft.version = 1;
    cr_expect_eq(read_draft(&draft, &rules), STATUS_OK);
    draft.customers[1].high = 6;
    draft.customers[0].low = IDENTITY_INTEGER;
    draft.customers[1].low = IDENTITY_INTEGER;
    cr_expect_eq(read_draft(&draft, &rules), STATUS_OK);
    draft.customers[1].high = 4;
    cr_expect_eq(read_draft(&draft, &rules), STATUS_REFUSED);
    rules_close(&rules);
}

/* Else a percentile would fall behind the waits that count as the cap. */
Test(chat_codec, r2_no_wait_is_beyond_the_cap) {
    Rules rules;
    Draft draft = TRUTH;
    chat_rules("{\"cap\":3}", &rules);
    cr_expect_eq(read_draft(&draft, &rules), STATUS_OK);
    draft.waits[1] = 3001;
    cr_expect_eq(read_draft(&draft, &rules), STATUS_REFUSED);
    draft = TRUTH;
    draft.within[1] = 3001;
    cr_expect_eq(read_draft(&draft, &rules), STATUS_REFUSED);
    rules_close(&rules);
}

/* The largest of everything adds up with itself, or is refused: it never wraps. */
Test(chat_codec, the_largest_numbers) {
    Rules rules;
    chat_rules("", &rules);
    Draft draft = TRUTH;
    const uint64_t half = (uint64_t)STATE_MOST_COUNT / 2;
    draft.counts[CHAT_ROWS] = 2 * half;
    draft.counts[CHAT_CUSTOMER_LINES] = half;
    draft.counts[CHAT_AGENT_LINES] = half;
    draft.counts[CHAT_TURNS] = half;
    draft.counts[CHAT_ANSWERED_TURNS] = half;
    draft.waits[1] = UINT64_C(2000000000000000);
    draft.waits[2] = half;
    draft.within[1] = UINT64_C(2000000000000000);
    draft.first_wait_ms = STATE_MOST_SUM;
    draft.handling_ms = STATE_MOST_SUM;
    cr_expect_eq(read_draft(&draft, &rules), STATUS_OK);
    rules_close(&rules);
}
