/* customer_rows_test.c: rows of customers, gathered and shown one by one (core/sets/customer_rows.h,
** rows_each_run() of core/sets/rows.h). */
#include "core/sets/customer_rows.h"

#include "trial.h"

typedef struct ModelRow {
    Identity customer;
    uint64_t word;
} ModelRow;

static int compare_model(const void *left, const void *right) {
    const ModelRow *a = left;
    const ModelRow *b = right;
    const int order = identity_compare(a->customer, b->customer);
    return order != 0 ? order : a->word < b->word ? -1 : a->word > b->word;
}

/* What the visitor compares with: rows in order. */
typedef struct ModelWalk {
    const ModelRow *rows;
    uint64_t count;
    uint64_t place;
    uint64_t customers;
} ModelWalk;

static Status check_customer(void *context, Identity customer, const uint64_t *words,
                             uint64_t count) {
    ModelWalk *walk = context;
    cr_assert(count > 0 && walk->place + count <= walk->count);
    for (uint64_t i = 0; i < count; i++) {
        const ModelRow *row = &walk->rows[walk->place + i];
        cr_assert(identity_equal(row->customer, customer));
        cr_assert_eq(row->word, words[i]);
    }
    walk->place += count;
    walk->customers++;
    cr_assert(walk->place == walk->count ||
              !identity_equal(walk->rows[walk->place].customer, customer));
    return STATUS_OK;
}

/* A world of customers: how many, and which low words they have. */
typedef enum World { WORLD_INTEGERS, WORLD_TEXTS, WORLD_LATE_TEXT, WORLD_LOWS, WORLDS } World;

static Identity customer_of(World world, uint64_t number, uint64_t i, uint64_t count) {
    Identity customer = {identity_mix(number), IDENTITY_INTEGER};
    if (world == WORLD_TEXTS || (world == WORLD_LATE_TEXT && i + 1 == count)) {
        customer.low = identity_mix(customer.high);
    } else if (world == WORLD_LOWS) { /* one high word: crafted */
        customer.low = customer.high;
        customer.high = 7;
    }
    return customer;
}

static void check_world(World world, uint64_t count, uint64_t customers) {
    uint64_t seed = count + customers;
    ModelRow *model = malloc((size_t)(count + 1) * sizeof *model);
    CustomerRows rows;
    customer_rows_open(&rows, &trial_host);
    for (uint64_t i = 0; i < count; i++) {
        model[i].customer = customer_of(world, trial_below(&seed, customers), i, count);
        model[i].word = trial_random(&seed) >> trial_below(&seed, 60);
        cr_assert(customer_rows_append(&rows, model[i].customer, model[i].word));
    }
    bool one_low = true;
    for (uint64_t i = 1; i < count; i++) {
        one_low = one_low && model[i].customer.low == model[0].customer.low;
    }
    cr_expect_eq(rows.rows.width, one_low ? CUSTOMER_ROWS_NARROW : CUSTOMER_ROWS_WIDE);
    RowCursor cursor = {0};
    Identity customer;
    uint64_t word;
    for (uint64_t i = 0; i < count; i++) {
        cr_assert(customer_rows_next(&rows, &cursor, &customer, &word));
        cr_assert(identity_equal(customer, model[i].customer));
        cr_assert_eq(word, model[i].word);
    }
    cr_assert_not(customer_rows_next(&rows, &cursor, &customer, &word));
    qsort(model, (size_t)count, sizeof *model, compare_model);
    ModelWalk walk = {model, count, 0, 0};
    cr_assert_eq(customer_rows_each(&rows, check_customer, &walk), STATUS_OK);
    cr_expect_eq(walk.place, count);
    cr_expect_eq(rows.rows.count, 0);
    customer_rows_close(&rows);
    cr_assert_eq(trial_heap.blocks, 0);
    free(model);
}

Test(customer_rows, r1_r2_every_world) {
    static const uint64_t counts[] = {0, 1, 2, 17, 100, 5000};
    for (World world = 0; world < WORLDS; world++) {
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
            check_world(world, counts[i], 1);
            check_world(world, counts[i], 1 + counts[i] / 8);
        }
    }
}

/* More rows than one run, so that they go through parts; one customer fills a part alone. */
Test(customer_rows, r3_many_runs) {
    for (World world = 0; world < WORLDS; world++) {
        check_world(world, 150000, 1);
        check_world(world, 150000, 3);
        check_world(world, 200000, 30000);
    }
}

/* A million lines of whole-number customers in 16 bytes each: beside them a run, and the last chunks of
** parts. */
Test(customer_rows, r3_memory_beside_the_rows) {
    enum { ROWS = 1000000 };
    CustomerRows rows;
    ModelRow *model = malloc(ROWS * sizeof *model);
    uint64_t seed = 5;
    customer_rows_open(&rows, &trial_host);
    trial_heap.peak = trial_heap.bytes;
    for (uint64_t i = 0; i < ROWS; i++) {
        model[i].customer = customer_of(WORLD_INTEGERS, trial_below(&seed, 100000), i, ROWS);
        model[i].word = i;
        cr_assert(customer_rows_append(&rows, model[i].customer, i));
    }
    cr_expect_lt(trial_heap.peak, 16 * ROWS + 65536);
    qsort(model, ROWS, sizeof *model, compare_model);
    ModelWalk walk = {model, ROWS, 0, 0};
    cr_assert_eq(customer_rows_each(&rows, check_customer, &walk), STATUS_OK);
    cr_expect_lt(trial_heap.peak, 16 * ROWS + 3000000, "%ld bytes", trial_heap.peak);
    customer_rows_close(&rows);
    cr_assert_eq(trial_heap.blocks, 0);
    free(model);
}

/* A run through parts and a widening, for faults. */
static Status scene_of_parts(void *context) {
    (void)context;
    CustomerRows rows;
    Status status = STATUS_OK;
    customer_rows_open(&rows, &trial_host);
    for (uint64_t i = 0; status == STATUS_OK && i < 70000; i++) {
        const World world = i == 100 ? WORLD_TEXTS : WORLD_INTEGERS;
        const Identity customer = customer_of(world, i % 9000, i, 0);
        status = customer_rows_append(&rows, customer, i) ? STATUS_OK : STATUS_NO_MEMORY;
    }
    if (status == STATUS_OK) {
        ModelRow *model = malloc(70000 * sizeof *model);
        for (uint64_t i = 0; i < 70000; i++) {
            const World world = i == 100 ? WORLD_TEXTS : WORLD_INTEGERS;
            model[i] = (ModelRow){customer_of(world, i % 9000, i, 0), i};
        }
        qsort(model, 70000, sizeof *model, compare_model);
        ModelWalk walk = {model, 70000, 0, 0};
        status = customer_rows_each(&rows, check_customer, &walk);
        free(model);
    }
    customer_rows_close(&rows);
    return status;
}

Test(customer_rows, no_memory_anywhere) {
    cr_expect_gt(trial_each_allocation(scene_of_parts, NULL), 40);
}

Test(customer_rows, r3_interrupted_anywhere) {
    for (long stop_at = 1;; stop_at++) {
        trial_heap.asked = 0;
        trial_heap.stop_at = stop_at;
        const Status status = scene_of_parts(NULL);
        trial_heap.stop_at = 0;
        cr_assert_eq(trial_heap.blocks, 0);
        if (status == STATUS_OK) {
            cr_expect_gt(stop_at, 20);
            return;
        }
        cr_assert_eq(status, STATUS_INTERRUPTED);
    }
}
