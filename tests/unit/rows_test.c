/* rows_test.c: rows that are appended and sorted (core/sets/rows.h; sqlite.md M5). */
#include "core/sets/rows.h"

#include <time.h>

#include "trial.h"

/* Adversarial orders of arrival: word 0 of row i of n. */
typedef uint64_t Pattern(uint64_t i, uint64_t n, uint64_t *seed);

static uint64_t evenly(uint64_t i, uint64_t n, uint64_t *seed) {
    (void)i;
    (void)n;
    return trial_random(seed);
}
static uint64_t few_values(uint64_t i, uint64_t n, uint64_t *seed) {
    (void)i;
    (void)n;
    return trial_below(seed, 3);
}
static uint64_t equal(uint64_t i, uint64_t n, uint64_t *seed) {
    (void)i;
    (void)n;
    (void)seed;
    return 7;
}
static uint64_t ascending(uint64_t i, uint64_t n, uint64_t *seed) {
    (void)n;
    (void)seed;
    return i;
}
static uint64_t descending(uint64_t i, uint64_t n, uint64_t *seed) {
    (void)seed;
    return n - i;
}
static uint64_t organ_pipe(uint64_t i, uint64_t n, uint64_t *seed) {
    (void)seed;
    return i < n / 2 ? i : n - i;
}
static uint64_t sawtooth(uint64_t i, uint64_t n, uint64_t *seed) {
    (void)n;
    (void)seed;
    return i % 1000;
}
/* All but one in one bucket, whose order kills quicksorts that take the median of three. */
static uint64_t killer(uint64_t i, uint64_t n, uint64_t *seed) {
    (void)seed;
    uint64_t half = n / 2;
    if (i + 1 == n) {
        return UINT64_MAX;
    }
    if (i >= half) {
        return (i - half + 1) * 2;
    }
    return i % 2 == 0 ? i + 1 : half + i + half % 2;
}
/* Two heaps of values at the ends of the range. */
static uint64_t both_ends(uint64_t i, uint64_t n, uint64_t *seed) {
    (void)n;
    uint64_t near = trial_below(seed, 1000);
    return i % 2 == 0 ? near : UINT64_MAX - near;
}
static uint64_t exponential(uint64_t i, uint64_t n, uint64_t *seed) {
    (void)i;
    (void)n;
    return trial_random(seed) >> trial_below(seed, 64);
}

static Pattern *const PATTERNS[] = {evenly,     few_values, equal,  ascending, descending,
                                    organ_pipe, sawtooth,   killer, both_ends, exponential};
#define PATTERN_COUNT (sizeof PATTERNS / sizeof PATTERNS[0])

static uint32_t compared_width;

static int compare_rows(const void *left, const void *right) {
    const uint64_t *a = left;
    const uint64_t *b = right;
    for (uint32_t i = 0; i < compared_width; i++) {
        if (a[i] != b[i]) {
            return a[i] < b[i] ? -1 : 1;
        }
    }
    return 0;
}

/* Appends n rows and keeps them in `model` too. `place` is the word that the pattern makes; the words
** before it are equal (crafted identities), those behind it random. */
static void append(Rows *rows, uint64_t *model, uint64_t n, Pattern *pattern, uint32_t place,
                   uint64_t *seed) {
    for (uint64_t i = 0; i < n; i++) {
        uint64_t *row = rows_append(rows);
        cr_assert_not_null(row);
        for (uint32_t word = 0; word < rows->width; word++) {
            row[word] = word < place    ? 5
                        : word == place ? pattern(i, n, seed)
                                        : trial_below(seed, 4);
        }
        memcpy(model + i * rows->width, row, rows->width * sizeof *row);
    }
}

static void check_sorted(uint32_t width, uint64_t n, Pattern *pattern, uint32_t place,
                         uint64_t *seed) {
    Rows rows;
    uint64_t *sorted;
    uint64_t *model = malloc((size_t)(n * width + 1) * sizeof *model);
    cr_assert_not_null(model);
    rows_open(&rows, &trial_host, width);
    append(&rows, model, n, pattern, place, seed);
    RowCursor cursor = {0};
    for (uint64_t i = 0; i < n; i++) {
        const uint64_t *row = rows_next(&rows, &cursor);
        cr_assert_not_null(row);
        cr_assert_arr_eq(row, model + i * width, width * sizeof *row, "arrival of row %lu",
                         (unsigned long)i);
    }
    cr_assert_null(rows_next(&rows, &cursor));
    cr_assert_eq(rows_sort(&rows, &sorted), STATUS_OK);
    cr_assert_eq(rows.count, 0);
    compared_width = width;
    qsort(model, (size_t)n, width * sizeof *model, compare_rows);
    cr_assert((n == 0) == (sorted == NULL));
    cr_assert(n == 0 || memcmp(sorted, model, (size_t)(n * width) * sizeof *model) == 0,
              "width %u, %lu rows, word %u", width, (unsigned long)n, place);
    trial_host.release(sorted);
    rows_close(&rows);
    cr_assert_eq(trial_heap.blocks, 0);
    free(model);
}

static const uint32_t WIDTHS[] = {1, 2, 3, 4, 6};

Test(rows, r2_every_order_and_width) {
    static const uint64_t counts[] = {0,  1,  2,  3,  15, 16, 17,  23,  24,   25,
                                      31, 32, 33, 47, 48, 49, 100, 333, 1000, 5000};
    uint64_t seed = 2;
    for (size_t w = 0; w < sizeof WIDTHS / sizeof WIDTHS[0]; w++) {
        const uint32_t width = WIDTHS[w];
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
            for (size_t p = 0; p < PATTERN_COUNT; p++) {
                for (uint32_t place = 0; place < width; place++) {
                    check_sorted(width, counts[i], PATTERNS[p], place, &seed);
                }
            }
        }
    }
}

Test(rows, r2_random_sizes) {
    uint64_t seed = 3;
    for (int i = 0; i < 300; i++) {
        uint32_t width = WIDTHS[trial_below(&seed, sizeof WIDTHS / sizeof WIDTHS[0])];
        Pattern *pattern = PATTERNS[trial_below(&seed, PATTERN_COUNT)];
        check_sorted(width, trial_below(&seed, 3000), pattern, (uint32_t)trial_below(&seed, width),
                     &seed);
    }
}

/* A quadratic sort would take hours: a second is allowed to each, or ten under the sanitizers. */
Test(rows, r3_a_million_rows_in_bounded_time) {
    enum { ROWS = 1000000 };
    uint64_t seed = 4;
    for (size_t p = 0; p < PATTERN_COUNT; p++) {
        for (uint32_t place = 0; place < 2; place++) {
            Rows rows;
            uint64_t *sorted;
            rows_open(&rows, &trial_host, 2);
            for (uint64_t i = 0; i < ROWS; i++) {
                uint64_t *row = rows_append(&rows);
                row[place] = PATTERNS[p](i, ROWS, &seed);
                row[1 - place] = 9;
            }
            clock_t before = clock();
            cr_assert_eq(rows_sort(&rows, &sorted), STATUS_OK);
            double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
            cr_expect(seconds < 10, "pattern %zu, word %u: %.1f s", p, place, seconds);
            for (uint64_t i = 1; i < ROWS; i++) {
                cr_assert_leq(sorted[2 * i - 2 + place], sorted[2 * i + place]);
            }
            trial_host.release(sorted);
        }
    }
}

/* Also where the order of arrival makes it a heapsort: whoever is asked can stop it. */
Test(rows, r4_a_heapsort_can_be_stopped) {
    enum { ROWS = 100000 };
    long last = 1;
    for (long at = 0; at <= last; at++) {
        Rows rows;
        uint64_t *sorted;
        uint64_t seed = 5;
        rows_open(&rows, &trial_host, 1);
        for (uint64_t i = 0; i < ROWS; i++) {
            *rows_append(&rows) = killer(i, ROWS, &seed);
        }
        trial_heap.asked = 0;
        trial_heap.stop_at = at;
        cr_assert_eq(rows_sort(&rows, &sorted), at == 0 ? STATUS_OK : STATUS_INTERRUPTED,
                     "look %ld of %ld", at, last);
        trial_heap.stop_at = 0;
        last = at == 0 ? trial_heap.asked : last;
        trial_host.release(sorted);
        rows_close(&rows);
        cr_assert_eq(trial_heap.blocks, 0);
    }
    cr_assert_gt(last, 20);
}

Test(rows, r1_appending_allocates_rarely) {
    Rows rows;
    rows_open(&rows, &trial_host, 3);
    for (uint64_t i = 0; i < 16; i++) {
        cr_assert_not_null(rows_append(&rows));
    }
    cr_expect_eq(trial_heap.blocks, 1);
    for (uint64_t i = 16; i < 100000; i++) {
        cr_assert_not_null(rows_append(&rows));
    }
    cr_expect_leq(trial_heap.blocks, 60);
    rows_close(&rows);
    cr_expect_eq(rows.count, 0);
    rows_close(&rows);
    cr_expect_eq(trial_heap.blocks, 0);
}

/* An append or a sort that finds no memory leaves the rows as they are; asked again, it goes on. */
Test(rows, no_memory_loses_nothing) {
    for (long fails = 0; fails < 2; fails++) {
        Rows rows;
        uint64_t *sorted = (uint64_t *)1;
        rows_open(&rows, &trial_host, 1);
        for (uint64_t i = 0; i < 40; i++) {
            trial_heap.countdown = rows.next == rows.end ? 0 : -1;
            if (trial_heap.countdown == 0) {
                cr_assert_null(rows_append(&rows));
                cr_assert_eq(rows.count, i);
                trial_heap.countdown = -1;
            }
            *rows_append(&rows) = 39 - i;
        }
        trial_heap.countdown = fails;
        cr_assert_eq(rows_sort(&rows, &sorted), STATUS_NO_MEMORY);
        cr_assert_null(sorted);
        cr_assert_eq(rows.count, 40);
        trial_heap.countdown = -1;
        cr_assert_eq(rows_sort(&rows, &sorted), STATUS_OK);
        for (uint64_t i = 0; i < 40; i++) {
            cr_assert_eq(sorted[i], i);
        }
        trial_host.release(sorted);
        cr_assert_eq(trial_heap.blocks, 0);
    }
}
