/* rating_test.c: contacts and scores (core/rating, kpis.md 3) against sums by hand. */
#include "core/rating/rating_kpi.h"

#include "core/state/state.h"
#include "trial.h"

#define MOST_ROWS 300
#define MICROS INT64_C(1000000)

static const char *const RULES[] = {
    "", "{\"satisfied_from\":3.5,\"good_from\":4.5,\"bad_to\":1,\"score_max\":10}"};
#define RULES_COUNT (sizeof RULES / sizeof RULES[0])

static void open_rules(const char *text, Rules *rules) {
    Message why;
    cr_assert_eq(rules_parse(&trial_host, text, strlen(text), rules, &why), STATUS_OK);
}

static RatingRow random_row(const Rules *rules, uint64_t *seed) {
    RatingRow row = {.at_ms = (int64_t)trial_below(seed, 1000) - 500};
    row.invited = trial_below(seed, 2) == 0;
    row.rated = trial_below(seed, 3) > 0;
    uint64_t steps = (uint64_t)(rules->score_max_micros - MICROS) / 500000 + 1;
    row.score_micros = MICROS + (int64_t)trial_below(seed, steps) * 500000;
    return row;
}

static RatingSums sums_of(const RatingRow *rows, int count, const Rules *rules) {
    RatingSums sums = {.counts = {[RATING_CONTACTS] = count}};
    for (int i = 0; i < count; i++) {
        sums.counts[RATING_INVITED] += rows[i].invited;
        if (rows[i].rated) {
            int64_t score = rows[i].score_micros;
            sums.counts[RATING_RATED]++;
            sums.counts[RATING_INVITED_AND_RATED] += rows[i].invited;
            sums.counts[RATING_SATISFIED] += score >= rules->satisfied_from_micros;
            sums.counts[RATING_GOOD] += score >= rules->good_from_micros;
            sums.counts[RATING_BAD] += score <= rules->bad_to_micros;
            sums.score_micros += score;
        }
    }
    return sums;
}

static void check_sums(const RatingStats *stats, const RatingSums *sums) {
    for (int i = 0; i < RATING_COUNTS; i++) {
        cr_assert_eq(stats->sums.counts[i], sums->counts[i], "count %d", i);
    }
    cr_assert(stats->sums.score_micros == sums->score_micros);
}

static Buffer bytes_of(const RatingStats *stats) {
    Buffer out;
    buffer_open(&out, &trial_host);
    cr_assert_eq(rating_write(stats, &out), STATUS_OK);
    return out;
}

static Status read_bytes(RatingStats *stats, const Rules *rules, const void *bytes,
                         uint64_t length) {
    Reader reader = reader_over(bytes, length);
    Message why;
    return rating_read(stats, rules, &reader, &why);
}

/* Plain stats of the rows, written and read; their bytes. */
static Buffer check_plain(const RatingRow *rows, int count, const Rules *rules) {
    RatingStats stats;
    RatingStats read;
    Message why;
    const RatingSums sums = sums_of(rows, count, rules);
    rating_open(&stats, &trial_host, rules, false);
    for (int i = 0; i < count; i++) {
        cr_assert_eq(rating_add(&stats, &rows[i], 1, &why), STATUS_OK);
    }
    check_sums(&stats, &sums);
    Buffer bytes = bytes_of(&stats);
    if (count > 0) {
        cr_assert_eq(read_bytes(&read, rules, bytes.bytes, bytes.length), STATUS_OK);
        check_sums(&read, &sums);
        cr_assert_eq(extent_first(&read.extent), extent_first(&stats.extent));
        cr_assert_eq(extent_last(&read.extent), extent_last(&stats.extent));
    }
    rating_close(&stats);
    return bytes;
}

Test(rating, sums_of_rows) {
    for (size_t r = 0; r < RULES_COUNT; r++) {
        Rules rules;
        uint64_t seed = r;
        open_rules(RULES[r], &rules);
        for (int round = 0; round < 50; round++) {
            RatingRow rows[MOST_ROWS];
            int count = (int)trial_below(&seed, MOST_ROWS);
            for (int i = 0; i < count; i++) {
                rows[i] = random_row(&rules, &seed);
            }
            Buffer bytes = check_plain(rows, count, &rules);
            buffer_close(&bytes);
            cr_assert_eq(trial_heap.blocks, 0);
        }
        rules_close(&rules);
    }
}

Test(rating, r2_sliding_is_plain) {
    Rules rules;
    RatingStats stats;
    RatingRow held[MOST_ROWS];
    Message why;
    uint64_t seed = 7;
    int count = 0;
    open_rules("", &rules);
    rating_open(&stats, &trial_host, &rules, false);
    for (; count < 50; count++) {
        held[count] = random_row(&rules, &seed);
        cr_assert_eq(rating_add(&stats, &held[count], 1, &why), STATUS_OK);
    }
    cr_assert_eq(rating_slide(&stats), STATUS_OK);
    for (int step = 0; step < 3000; step++) {
        if (count == 0 || (count < 100 && trial_below(&seed, 2) == 0)) {
            held[count] = random_row(&rules, &seed);
            cr_assert_eq(rating_add(&stats, &held[count++], 1, &why), STATUS_OK);
        } else {
            uint64_t gone = trial_below(&seed, (uint64_t)count);
            RatingRow row = held[gone];
            held[gone] = held[--count];
            cr_assert_eq(rating_add(&stats, &row, -1, &why), STATUS_OK);
        }
        const RatingSums sums = sums_of(held, count, &rules);
        check_sums(&stats, &sums);
        if (count > 0) {
            Buffer wanted = check_plain(held, count, &rules);
            Buffer got = bytes_of(&stats);
            cr_assert_eq(got.length, wanted.length);
            cr_assert_arr_eq(got.bytes, wanted.bytes, (size_t)wanted.length);
            buffer_close(&wanted);
            buffer_close(&got);
        }
    }
    rating_close(&stats);
    rules_close(&rules);
    cr_assert_eq(trial_heap.blocks, 0);
}

Test(rating, r1_scores) {
    static const struct {
        Value value;
        int64_t score_micros; /* 0: refused */
    } cases[] = {
        {{VALUE_INTEGER, 0, {.integer = 1}}, 1 * MICROS},
        {{VALUE_INTEGER, 0, {.integer = 5}}, 5 * MICROS},
        {{VALUE_INTEGER, 0, {.integer = 0}}, 0},
        {{VALUE_INTEGER, 0, {.integer = 6}}, 0},
        {{VALUE_INTEGER, 0, {.integer = -3}}, 0},
        {{VALUE_INTEGER, 0, {.integer = INT64_MAX}}, 0},
        {{VALUE_REAL, 0, {.real = 4.7}}, 4700000},
        {{VALUE_REAL, 0, {.real = 0.9999999}}, 1 * MICROS}, /* rounded at the sixth decimal */
        {{VALUE_REAL, 0, {.real = 0.999999}}, 0},
        {{VALUE_REAL, 0, {.real = 5.0000001}}, 5 * MICROS},
        {{VALUE_REAL, 0, {.real = 5.000001}}, 0},
        {{VALUE_TEXT, 3, {.bytes = "4.5"}}, 4500000},
        {{VALUE_TEXT, 4, {.bytes = "good"}}, 0},
        {{VALUE_BLOB, 1, {.bytes = "5"}}, 0},
    };
    Rules rules;
    open_rules("", &rules);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t score_micros = 0;
        Message why;
        Status status = rating_score_read(&rules, &cases[i].value, &score_micros, &why);
        cr_expect_eq(status == STATUS_OK, cases[i].score_micros != 0, "case %zu", i);
        cr_expect(status != STATUS_OK || score_micros == cases[i].score_micros, "case %zu", i);
        cr_expect(status == STATUS_OK ||
                      strstr(why.text, " is no score; want a number from 1 to 5 (score_max), or "
                                       "NULL where the customer gave none") != NULL,
                  "case %zu: %s", i, why.text);
    }
    rules_close(&rules);
}

/* ---- bytes of anyone's ------------------------------------------------------------------------ */

static const struct {
    const char *what;
    bool good;
    uint64_t counts[RATING_COUNTS]; /* contacts, invited, both, rated, satisfied, good, bad */
    int64_t first_ms;
    uint64_t length_ms;
    int128 score_micros;
} SPELLED[] = {
    {"a contact", true, {1, 0, 0, 0, 0, 0, 0}, 0, 0, 0},
    {"all", true, {9, 8, 7, 7, 6, 5, 1}, -5, 10, 30000000},
    {"no contact", false, {0, 0, 0, 0, 0, 0, 0}, 0, 0, 0},
    {"more invited", false, {1, 2, 0, 0, 0, 0, 0}, 0, 0, 0},
    {"more rated", false, {1, 0, 0, 2, 0, 0, 0}, 0, 0, 2000000},
    {"more of both than invited", false, {9, 1, 2, 2, 0, 0, 0}, 0, 0, 2000000},
    {"more of both than rated", false, {9, 3, 3, 2, 0, 0, 0}, 0, 0, 2000000},
    {"more satisfied", false, {9, 0, 0, 2, 3, 0, 0}, 0, 0, 2000000},
    {"more good", false, {9, 0, 0, 2, 0, 3, 0}, 0, 0, 2000000},
    {"more bad", false, {9, 0, 0, 2, 0, 0, 3}, 0, 0, 2000000},
    {"too many", false, {(UINT64_C(1) << 61) + 1, 0, 0, 0, 0, 0, 0}, 0, 0, 0},
    {"a negative sum", false, {1, 0, 0, 1, 0, 0, 0}, 0, 0, -1000000},
    {"a huge sum", false, {1, 0, 0, 1, 0, 0, 0}, 0, 0, STATE_MOST_SUM + 1},
    {"too early", false, {1, 0, 0, 0, 0, 0, 0}, -INSTANT_LIMIT_MS - 1, 0, 0},
    {"too late", false, {1, 0, 0, 0, 0, 0, 0}, INSTANT_LIMIT_MS, 1, 0},
    {"a length that wraps", false, {1, 0, 0, 0, 0, 0, 0}, 5, UINT64_MAX, 0},
};

Test(rating, what_reading_refuses) {
    Rules rules;
    open_rules("", &rules);
    for (size_t i = 0; i < sizeof SPELLED / sizeof SPELLED[0]; i++) {
        Buffer out;
        RatingStats stats;
        buffer_open(&out, &trial_host);
        for (int j = 0; j < RATING_COUNTS; j++) {
            buffer_varint(&out, SPELLED[i].counts[j]);
        }
        buffer_signed(&out, SPELLED[i].first_ms);
        buffer_varint(&out, SPELLED[i].length_ms);
        buffer_wide(&out, SPELLED[i].score_micros);
        cr_expect_eq(read_bytes(&stats, &rules, out.bytes, out.length) == STATUS_OK,
                     SPELLED[i].good, "%s", SPELLED[i].what);
        for (uint64_t length = 0; length < out.length; length++) {
            char *cut = malloc((size_t)length + 1);
            memcpy(cut, out.bytes, (size_t)length);
            cr_expect_eq(read_bytes(&stats, &rules, cut, length), STATUS_REFUSED, "%s",
                         SPELLED[i].what);
            free(cut);
        }
        buffer_byte(&out, 0);
        cr_expect_eq(read_bytes(&stats, &rules, out.bytes, out.length), STATUS_REFUSED, "%s",
                     SPELLED[i].what);
        buffer_close(&out);
    }
    rules_close(&rules);
}

static Status faulty_scene(void *unused) {
    (void)unused;
    Rules rules;
    RatingStats stats;
    Message why;
    uint64_t seed = 3;
    rules_defaults(&trial_host, &rules);
    rating_open(&stats, &trial_host, &rules, false);
    Status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < 300; i++) {
        const RatingRow row = random_row(&rules, &seed);
        status = i == 150 ? rating_slide(&stats) : STATUS_OK;
        status = status == STATUS_OK ? rating_add(&stats, &row, 1, &why) : status;
    }
    if (status == STATUS_OK) {
        Buffer out;
        buffer_open(&out, &trial_host);
        status = rating_write(&stats, &out);
        buffer_close(&out);
    }
    rating_close(&stats);
    return status;
}

Test(rating, every_allocation_may_fail) {
    cr_expect_gt(trial_each_allocation(faulty_scene, NULL), 8);
}
