/* ordered_test.c: the ordered map against a sorted array (core/sets/ordered.h). */
#include "core/sets/ordered.h"

#include <time.h>

#include "trial.h"

#define MOST_WORDS 8
#define MOST_ENTRIES 2000

/* The naive map: entries in order in one array. */
typedef struct Model {
    uint32_t key_words;
    uint32_t entry_words;
    uint64_t count;
    uint64_t entries[MOST_ENTRIES][MOST_WORDS];
} Model;

static int model_compare(const Model *model, const uint64_t *left, const uint64_t *right) {
    for (uint32_t i = 0; i < model->key_words; i++) {
        if (left[i] != right[i]) {
            return left[i] < right[i] ? -1 : 1;
        }
    }
    return 0;
}

static uint64_t model_place(const Model *model, const uint64_t *key, bool *there) {
    uint64_t i = 0;
    while (i < model->count && model_compare(model, model->entries[i], key) < 0) {
        i++;
    }
    *there = i < model->count && model_compare(model, model->entries[i], key) == 0;
    return i;
}

static void model_put(Model *model, const uint64_t *key, uint64_t payload) {
    bool there;
    uint64_t i = model_place(model, key, &there);
    if (!there) {
        memmove(model->entries[i + 1], model->entries[i],
                (size_t)(model->count - i) * sizeof model->entries[0]);
        memset(model->entries[i], 0, sizeof model->entries[i]);
        memcpy(model->entries[i], key, model->key_words * sizeof *key);
        model->count++;
    }
    if (model->entry_words > model->key_words) {
        model->entries[i][model->key_words] += payload;
    }
}

static void model_remove(Model *model, const uint64_t *key) {
    bool there;
    uint64_t i = model_place(model, key, &there);
    if (there) {
        model->count--;
        memmove(model->entries[i], model->entries[i + 1],
                (size_t)(model->count - i) * sizeof model->entries[0]);
    }
}

static void check_same(const Ordered *map, const Model *model) {
    cr_assert_eq(map->count, model->count);
    OrderedCursor cursor = {0, 0};
    for (uint64_t i = 0; i < model->count; i++) {
        const uint64_t *entry = ordered_next(map, &cursor);
        cr_assert_not_null(entry);
        cr_assert_arr_eq(entry, model->entries[i], map->entry_words * sizeof *entry);
    }
    cr_assert_null(ordered_next(map, &cursor));
    const uint64_t *last = ordered_last(map);
    cr_assert((model->count == 0) == (last == NULL));
    cr_assert(last == NULL ||
              memcmp(last, model->entries[model->count - 1], map->entry_words * sizeof *last) == 0);
}

/* Keys of a small world, so that they meet again; the first words are often equal. */
static void random_key(uint64_t *key, uint32_t words, uint64_t range, uint64_t *seed) {
    for (uint32_t i = 0; i < words; i++) {
        key[i] = i + 1 < words ? trial_below(seed, 3) * UINT64_C(0x8000000000000000)
                               : trial_below(seed, range) * UINT64_C(0x0123456789abcdef);
    }
}

static void check_random(uint32_t key_words, uint32_t entry_words, uint64_t range, int steps,
                         uint64_t seed) {
    static Model model;
    Ordered map;
    model = (Model){.key_words = key_words, .entry_words = entry_words};
    ordered_open(&map, &trial_host, key_words, entry_words);
    for (int step = 0; step < steps; step++) {
        uint64_t key[MOST_WORDS];
        random_key(key, key_words, range, &seed);
        /* Times of growth, of balance, and of decline. */
        uint64_t puts = step < steps / 3 ? 8 : step < 2 * steps / 3 ? 5 : 2;
        if (trial_below(&seed, 10) < puts) {
            uint64_t payload = 1 + trial_below(&seed, 5);
            uint64_t *entry = ordered_put(&map, key);
            cr_assert_not_null(entry);
            if (entry_words > key_words) {
                entry[key_words] += payload;
            }
            model_put(&model, key, payload);
        } else {
            ordered_remove(&map, key);
            model_remove(&model, key);
        }
        random_key(key, key_words, range, &seed);
        bool there;
        uint64_t place = model_place(&model, key, &there);
        const uint64_t *found = ordered_find(&map, key);
        cr_assert_eq(found != NULL, there);
        cr_assert(!there || memcmp(found, model.entries[place], entry_words * sizeof *found) == 0);
        if (step % 64 == 0) {
            check_same(&map, &model);
        }
    }
    check_same(&map, &model);
    ordered_close(&map);
    cr_assert_eq(map.count, 0);
    cr_assert_eq(trial_heap.blocks, 0);
}

Test(ordered, r1_r3_as_a_sorted_array) {
    check_random(1, 2, 40, 3000, 1);
    check_random(1, 1, 1000, 6000, 2);
    check_random(2, 3, 300, 6000, 3);
    check_random(3, 4, 200, 6000, 4);
    check_random(6, 7, 100, 6000, 5);
    check_random(2, 5, 500, 12000, 6);
}

Test(ordered, nothing_in_it) {
    Ordered map;
    const uint64_t key = 1;
    OrderedCursor cursor = {0, 0};
    ordered_open(&map, &trial_host, 1, 2);
    cr_expect_null(ordered_find(&map, &key));
    cr_expect_null(ordered_last(&map));
    cr_expect_null(ordered_next(&map, &cursor));
    ordered_remove(&map, &key);
    cr_expect_eq(map.count, 0);
    ordered_close(&map);
}

/* Order i of n keys that come (or go). */
static uint64_t key_in_order(int order, uint64_t i, uint64_t n) {
    switch (order) {
    case 0:
        return i;
    case 1:
        return n - i;
    case 2:
        return i % 2 == 0 ? i : n * 2 - i; /* organ-pipe: from both ends to the middle */
    default:
        return i * UINT64_C(0x9e3779b97f4a7c15); /* everywhere */
    }
}

Test(ordered, r2_a_million_keys_in_bounded_time) {
    enum { KEYS = 1000000 };
    for (int order = 0; order < 4; order++) {
        Ordered map;
        ordered_open(&map, &trial_host, 2, 3);
        clock_t before = clock();
        for (uint64_t i = 0; i < KEYS; i++) {
            const uint64_t key[2] = {4, key_in_order(order, i, KEYS)};
            cr_assert_not_null(ordered_put(&map, key));
        }
        cr_assert_eq(map.count, KEYS);
        for (uint64_t i = 0; i < KEYS; i++) {
            const uint64_t key[2] = {4, key_in_order((order + 1) % 3, i, KEYS)};
            if (order == 3) {
                const uint64_t same[2] = {4, key_in_order(3, i, KEYS)};
                ordered_remove(&map, same);
            } else {
                ordered_remove(&map, key);
            }
        }
        double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
        cr_expect(seconds < 20, "order %d: %.1f s", order, seconds);
        ordered_close(&map);
        cr_assert_eq(trial_heap.blocks, 0);
    }
}

/* A put that finds no memory changes nothing. */
Test(ordered, no_memory_changes_nothing) {
    static Model model;
    model = (Model){.key_words = 1, .entry_words = 2};
    Ordered map;
    uint64_t seed = 7;
    ordered_open(&map, &trial_host, 1, 2);
    for (int step = 0; step < 1000; step++) {
        uint64_t key = trial_below(&seed, 1500);
        for (long i = 0;; i++) {
            trial_heap.countdown = i;
            uint64_t *entry = ordered_put(&map, &key);
            trial_heap.countdown = -1;
            if (entry != NULL) {
                entry[1] += 1;
                model_put(&model, &key, 1);
                break;
            }
            cr_assert_eq(map.count, model.count);
            if (step % 16 == 0) {
                check_same(&map, &model);
            }
        }
    }
    check_same(&map, &model);
    ordered_close(&map);
    cr_assert_eq(trial_heap.blocks, 0);
}
