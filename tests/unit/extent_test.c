/* extent_test.c: first and last instants against a plain list (core/sets/extent.h). */
#include "core/sets/extent.h"

#include "trial.h"

#define MOST_PARTS 300

typedef struct Part {
    int64_t first_ms;
    int64_t last_ms;
} Part;

static void check_same(const Extent *extent, const Part *parts, int count) {
    cr_assert_eq(extent->sliding ? extent->firsts.count > 0 : extent->any, count > 0);
    if (count == 0) {
        return;
    }
    Part all = parts[0];
    for (int i = 1; i < count; i++) {
        all.first_ms = parts[i].first_ms < all.first_ms ? parts[i].first_ms : all.first_ms;
        all.last_ms = parts[i].last_ms > all.last_ms ? parts[i].last_ms : all.last_ms;
    }
    cr_assert_eq(extent_first(extent), all.first_ms);
    cr_assert_eq(extent_last(extent), all.last_ms);
}

static Part random_part(uint64_t *seed) {
    static const int64_t edges[] = {INT64_C(-253402300799999), -1, 0, 1, INT64_C(253402300799999)};
    if (trial_below(seed, 10) == 0) {
        int64_t edge = edges[trial_below(seed, 5)];
        return (Part){edge, edge};
    }
    int64_t first_ms = (int64_t)trial_below(seed, 60) - 30;
    return (Part){first_ms, first_ms + (int64_t)trial_below(seed, 10)};
}

Test(extent, r1_rows_that_only_come) {
    uint64_t seed = 1;
    for (int round = 0; round < 100; round++) {
        Extent extent;
        Part parts[20];
        extent_open(&extent, &trial_host, false);
        for (int i = 0; i < 20; i++) {
            check_same(&extent, parts, i);
            parts[i] = random_part(&seed);
            cr_assert_eq(extent_add(&extent, parts[i].first_ms, parts[i].last_ms, 1), STATUS_OK);
        }
        check_same(&extent, parts, 20);
        extent_close(&extent);
    }
    cr_assert_eq(trial_heap.blocks, 0);
}

Test(extent, r1_rows_that_come_and_go) {
    uint64_t seed = 2;
    Extent extent;
    Part parts[MOST_PARTS];
    int count = 0;
    extent_open(&extent, &trial_host, true);
    for (int step = 0; step < 20000; step++) {
        check_same(&extent, parts, count);
        if (count == 0 || (count < MOST_PARTS && trial_below(&seed, 2) == 0)) {
            Part part = random_part(&seed);
            parts[count++] = part;
            cr_assert_eq(extent_add(&extent, part.first_ms, part.last_ms, 1), STATUS_OK);
        } else {
            uint64_t gone = trial_below(&seed, (uint64_t)count);
            Part part = parts[gone];
            parts[gone] = parts[--count];
            cr_assert_eq(extent_add(&extent, part.first_ms, part.last_ms, -1), STATUS_OK);
        }
    }
    extent_close(&extent);
    cr_assert_eq(trial_heap.blocks, 0);
}

static Status faulty_scene(void *unused) {
    (void)unused;
    Extent extent;
    Status status = STATUS_OK;
    extent_open(&extent, &trial_host, true);
    for (int64_t i = 0; status == STATUS_OK && i < 300; i++) {
        status = extent_add(&extent, i * 37 % 101, i * 41 % 103 + 200, 1);
    }
    extent_close(&extent);
    return status;
}

Test(extent, every_allocation_may_fail) {
    cr_expect_gt(trial_each_allocation(faulty_scene, NULL), 3);
}
