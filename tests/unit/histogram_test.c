/* histogram_test.c: the three forms of a histogram against sorted arrays (core/sets/histogram.h). */
#include "core/sets/histogram.h"

#include "trial.h"

#define MOST_WAITS 400

typedef struct Waits {
    int count;
    int64_t wait_ms[MOST_WAITS]; /* in order */
} Waits;

static void waits_add(Waits *waits, int64_t wait_ms) {
    int i = waits->count++;
    for (; i > 0 && waits->wait_ms[i - 1] > wait_ms; i--) {
        waits->wait_ms[i] = waits->wait_ms[i - 1];
    }
    waits->wait_ms[i] = wait_ms;
}

static int64_t waits_take(Waits *waits, int i) {
    int64_t wait_ms = waits->wait_ms[i];
    waits->count--;
    memmove(waits->wait_ms + i, waits->wait_ms + i + 1,
            (size_t)(waits->count - i) * sizeof wait_ms);
    return wait_ms;
}

/* kpis.md 1: linear between ranks (n-1)p, with p in hundredths; in hundredths of a ms. */
static int64_t waits_quantile(const Waits *waits, int64_t p, int64_t more, int64_t more_ms) {
    int64_t rank = (waits->count + more - 1) * p;
    int64_t below = rank / 100;
    int64_t share = rank % 100;
    int64_t low_ms = below < waits->count ? waits->wait_ms[below] : more_ms;
    int64_t high_ms = share == 0                 ? low_ms
                      : below + 1 < waits->count ? waits->wait_ms[below + 1]
                                                 : more_ms;
    return low_ms * 100 + share * (high_ms - low_ms);
}

static void check_same(const Histogram *histogram, const Waits *waits) {
    cr_assert_eq(histogram->count, waits->count);
    int128 sum_ms = 0;
    HistogramCursor cursor = {0};
    for (int i = 0; i < waits->count;) {
        int next = i;
        while (next < waits->count && waits->wait_ms[next] == waits->wait_ms[i]) {
            sum_ms += waits->wait_ms[next++];
        }
        cr_assert(histogram_next(histogram, &cursor));
        cr_assert_eq(cursor.wait_ms, waits->wait_ms[i]);
        cr_assert_eq(cursor.count, next - i);
        int64_t at = waits->wait_ms[i];
        cr_assert_eq(histogram_within(histogram, at), next);
        cr_assert_eq(histogram_within(histogram, at - 1), i);
        i = next;
    }
    cr_assert_not(histogram_next(histogram, &cursor));
    cr_assert(histogram->sum_ms == sum_ms);
    cr_assert_eq(histogram_longest(histogram),
                 waits->count == 0 ? -1 : waits->wait_ms[waits->count - 1]);
    cr_assert_eq(histogram_within(histogram, INT64_MAX), waits->count);
    const int64_t hundredth = HISTOGRAM_QUANTILE_UNIT / 100;
    for (int64_t p = 0; p <= 100; p++) {
        for (int64_t more = waits->count == 0; more < 3; more++) {
            int64_t wanted = waits_quantile(waits, p, more, 900000);
            int128 got = histogram_quantile(histogram, p * hundredth, more, 900000);
            cr_assert(got == (int128)wanted * hundredth, "p 0.%02ld, %ld more", (long)p,
                      (long)more);
        }
    }
}

/* Writes, checks the bytes through a reader, and gives back a histogram that lends from them. */
static Histogram check_bytes(const Histogram *histogram, const Waits *waits, Buffer *out) {
    Histogram read;
    buffer_open(out, &trial_host);
    histogram_write(histogram, out);
    buffer_byte(out, 77); /* what follows is not the histogram's */
    Reader reader = reader_over(out->bytes, out->length);
    histogram_open(&read, NULL, false);
    cr_assert(histogram_read(&read, &reader));
    cr_assert_eq(reader_left(&reader), 1);
    check_same(&read, waits);
    return read;
}

static int64_t random_wait(uint64_t *seed) {
    switch (trial_below(seed, 3)) {
    case 0:
        return (int64_t)trial_below(seed, 5);
    case 1:
        return (int64_t)trial_below(seed, 900) * 1000;
    default:
        return (int64_t)(trial_random(seed) % 900001);
    }
}

Test(histogram, r1_r2_appended_waits_as_a_sorted_array) {
    uint64_t seed = 1;
    for (int round = 0; round < 200; round++) {
        Waits waits = {.count = 0};
        Histogram histogram;
        Buffer bytes;
        histogram_open(&histogram, &trial_host, false);
        uint64_t count = trial_below(&seed, round < 20 ? 4 : MOST_WAITS);
        for (uint64_t i = 0; i < count; i++) {
            int64_t wait_ms = random_wait(&seed);
            cr_assert_eq(histogram_add(&histogram, wait_ms, 1, 1), STATUS_OK);
            waits_add(&waits, wait_ms);
        }
        cr_assert_eq(histogram_settle(&histogram), STATUS_OK);
        cr_assert_eq(histogram_settle(&histogram), STATUS_OK);
        check_same(&histogram, &waits);
        check_bytes(&histogram, &waits, &bytes);
        buffer_close(&bytes);
        histogram_close(&histogram);
        cr_assert_eq(trial_heap.blocks, 0);
    }
}

Test(histogram, r2_sliding_as_a_sorted_array) {
    uint64_t seed = 2;
    Waits waits = {.count = 0};
    Histogram histogram;
    histogram_open(&histogram, &trial_host, true);
    for (int step = 0; step < 4000; step++) {
        bool add = waits.count == 0 || (waits.count < MOST_WAITS && trial_below(&seed, 100) < 52);
        if (add) {
            int64_t wait_ms = random_wait(&seed);
            waits_add(&waits, wait_ms);
            cr_assert_eq(histogram_add(&histogram, wait_ms, 1, 1), STATUS_OK);
        } else {
            int64_t wait_ms = waits_take(&waits, (int)trial_below(&seed, (uint64_t)waits.count));
            cr_assert_eq(histogram_add(&histogram, wait_ms, 1, -1), STATUS_OK);
        }
        if (step % 20 == 0) {
            check_same(&histogram, &waits);
        }
        if (step % 500 == 0) {
            Buffer bytes;
            check_bytes(&histogram, &waits, &bytes);
            buffer_close(&bytes);
        }
    }
    while (waits.count > 0) {
        cr_assert_eq(histogram_add(&histogram, waits_take(&waits, 0), 1, -1), STATUS_OK);
    }
    check_same(&histogram, &waits);
    histogram_close(&histogram);
    cr_assert_eq(trial_heap.blocks, 0);
}

Test(histogram, many_equal_waits_at_once) {
    Histogram histogram;
    histogram_open(&histogram, &trial_host, true);
    const int64_t many = INT64_C(1) << 60;
    cr_assert_eq(histogram_add(&histogram, 2000, many, 1), STATUS_OK);
    cr_assert_eq(histogram_add(&histogram, 1000, many, 1), STATUS_OK);
    cr_expect_eq(histogram.count, 2 * many);
    cr_expect(histogram.sum_ms == (int128)3000 * many);
    const int128 unit = HISTOGRAM_QUANTILE_UNIT;
    const int64_t half = HISTOGRAM_QUANTILE_UNIT / 2; /* the rank is half-way between the two */
    cr_expect(histogram_quantile(&histogram, 0, 0, 0) == 1000 * unit);
    cr_expect(histogram_quantile(&histogram, half / 2, 0, 0) == 1000 * unit);
    cr_expect(histogram_quantile(&histogram, half, 0, 0) == 1500 * unit);
    cr_expect(histogram_quantile(&histogram, half / 2 * 3, 0, 0) == 2000 * unit);
    cr_expect(histogram_quantile(&histogram, 2 * half, 0, 0) == 2000 * unit);
    cr_assert_eq(histogram_add(&histogram, 2000, many, -1), STATUS_OK);
    cr_expect_eq(histogram_longest(&histogram), 1000);
    histogram_close(&histogram);
}

/* ---- requirement 3: bytes -------------------------------------------------------------------- */

#define MANY_MS INT64_C(2000000000000000) /* the longest wait that is read */

static const struct {
    const char *what;
    bool good;
    uint64_t numbers[8]; /* as varints; those after the last one that is not 0 are left out */
    int count;
} SPELLED[] = {
    {"none", true, {0}, 1},
    {"one of 0 ms", true, {1, 0, 1}, 3},
    {"two", true, {2, 0, 1, 1, 1}, 5},
    {"the longest", true, {1, MANY_MS, 1}, 3},
    {"as many as there can be", true, {1, 5, INT64_MAX}, 3},
    {"a count of 0", false, {1, 5, 0}, 3},
    {"no pair", false, {1}, 1},
    {"half a pair", false, {1, 5}, 2},
    {"a second pair that is not there", false, {2, 5, 1}, 3},
    {"equal waits", false, {2, 5, 1, 0, 1}, 5},
    {"too long a wait", false, {1, MANY_MS + 1, 1}, 3},
    {"too long in two steps", false, {2, MANY_MS, 1, 1, 1}, 5},
    {"a step that wraps", false, {2, 5, 1, UINT64_MAX - 3, 1}, 5},
    {"too many", false, {1, 5, UINT64_C(1) << 63}, 3},
    {"too many in two", false, {2, 5, INT64_MAX, 1, 1}, 5},
    {"more pairs than bytes", false, {UINT64_MAX, 5, 1}, 3},
    {"many more pairs than bytes", false, {UINT64_C(1) << 40, 5, 1}, 3},
};

Test(histogram, r3_what_reading_refuses) {
    for (size_t i = 0; i < sizeof SPELLED / sizeof SPELLED[0]; i++) {
        Buffer bytes;
        Histogram read;
        buffer_open(&bytes, &trial_host);
        for (int j = 0; j < SPELLED[i].count; j++) {
            buffer_varint(&bytes, SPELLED[i].numbers[j]);
        }
        Reader reader = reader_over(bytes.bytes, bytes.length);
        histogram_open(&read, NULL, false);
        cr_expect_eq(histogram_read(&read, &reader), SPELLED[i].good, "%s", SPELLED[i].what);
        buffer_close(&bytes);
    }
}

Test(histogram, r3_longer_spellings_are_refused) {
    static const unsigned char spelled[][5] = {
        {0x81, 0x00, 5, 1}, {1, 0x85, 0x00, 1}, {1, 5, 0x81, 0x00}};
    for (size_t i = 0; i < 3; i++) {
        Histogram read;
        Reader reader = reader_over(spelled[i], 4);
        histogram_open(&read, NULL, false);
        cr_expect_not(histogram_read(&read, &reader), "%zu", i);
    }
}

/* Every truncation, and every byte changed: refused, or a histogram that can be walked. */
Test(histogram, r3_any_bytes) {
    uint64_t seed = 3;
    Histogram histogram;
    Buffer bytes;
    histogram_open(&histogram, &trial_host, true);
    for (int i = 0; i < 40; i++) {
        cr_assert_eq(histogram_add(&histogram, random_wait(&seed), 1, 1), STATUS_OK);
    }
    buffer_open(&bytes, &trial_host);
    histogram_write(&histogram, &bytes);
    for (uint64_t length = 0; length < bytes.length; length++) {
        Histogram read;
        Reader reader = reader_over(bytes.bytes, length);
        histogram_open(&read, NULL, false);
        cr_assert_not(histogram_read(&read, &reader), "%lu bytes", (unsigned long)length);
    }
    for (uint64_t at = 0; at < bytes.length * 256; at++) {
        const unsigned char held = bytes.bytes[at / 256];
        bytes.bytes[at / 256] = (unsigned char)(at % 256);
        Histogram read;
        Reader reader = reader_over(bytes.bytes, bytes.length);
        histogram_open(&read, NULL, false);
        if (histogram_read(&read, &reader)) {
            cr_assert_geq(histogram_longest(&read), histogram_within(&read, -1) - 1);
            cr_assert_eq(histogram_within(&read, INT64_MAX), read.count);
        }
        bytes.bytes[at / 256] = held;
    }
    buffer_close(&bytes);
    histogram_close(&histogram);
}

static Status faulty_scene(void *sliding) {
    Histogram histogram;
    Status status = STATUS_OK;
    histogram_open(&histogram, &trial_host, *(bool *)sliding);
    for (int64_t i = 0; status == STATUS_OK && i < 200; i++) {
        status = histogram_add(&histogram, i * 7 % 150, 1, 1);
    }
    if (status == STATUS_OK) {
        status = histogram_settle(&histogram);
    }
    if (status == STATUS_OK) {
        Buffer out;
        buffer_open(&out, &trial_host);
        histogram_write(&histogram, &out);
        status = out.failed ? STATUS_NO_MEMORY : STATUS_OK;
        buffer_close(&out);
    }
    histogram_close(&histogram);
    return status;
}

Test(histogram, every_allocation_may_fail) {
    bool sliding = false;
    cr_expect_gt(trial_each_allocation(faulty_scene, &sliding), 3);
    sliding = true;
    cr_expect_gt(trial_each_allocation(faulty_scene, &sliding), 3);
}
