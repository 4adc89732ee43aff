/* deal_test.c: inquiries and what came of them (core/deal, kpis.md 2) against deal_model.h. */
#include "core/deal/deal_kpi.h"

#include "core/state/state.h"
#include "deal_model.h"
#include "trial.h"

#define MOST_ROWS 300

static const char *const RULES[] = {
    "", "{\"as_of\":\"2023-11-17\"}", "{\"as_of\":\"2023-11-17 12:00:00\",\"final_days\":1}",
    "{\"final_days\":2,\"tz\":\"-03:30\"}", "{\"as_of\":\"2020-01-01\"}"};
#define RULES_COUNT (sizeof RULES / sizeof RULES[0])

static void open_rules(const char *text, Rules *rules) {
    Message why;
    cr_assert_eq(rules_parse(&trial_host, text, strlen(text), rules, &why), STATUS_OK);
}

static void check_model(const DealStats *stats, const DealModel *model) {
    for (int i = 0; i < DEAL_COUNTS; i++) {
        cr_assert_eq(stats->counts[i], model->counts[i], "count %d is %ld, not %ld", i,
                     (long)stats->counts[i], (long)model->counts[i]);
    }
    cr_assert(stats->amount_micros == model->amount_micros && stats->units == model->units);
    if (model->counts[DEAL_ROWS] > 0) {
        cr_assert_eq(extent_first(&stats->extent), model->first_ms);
        cr_assert_eq(extent_last(&stats->extent), model->last_ms);
    }
    DealCursor cursor = {0};
    Identity before = {0, 0};
    int64_t customers = 0;
    for (; deal_next_customer(stats, &cursor); customers++) {
        cr_assert(customers == 0 || identity_compare(before, cursor.customer) < 0);
        before = cursor.customer;
    }
    cr_assert_eq(customers, model->customers);
}

/* ---- the stats -------------------------------------------------------------------------------- */

typedef struct Shape {
    const Rules *rules;
    bool has_amounts;
    bool has_quantities;
} Shape;

static void open_stats(DealStats *stats, const Shape *shape, bool sliding) {
    deal_open(stats, &trial_host, shape->rules, shape->has_amounts, shape->has_quantities, sliding);
}

/* A row as the aggregates give it: what was not asked for is not there. */
static DealRow shaped(const Shape *shape, DealRow row) {
    row.has_amount &= shape->has_amounts;
    row.has_quantity &= shape->has_quantities;
    return row;
}

static Buffer bytes_of(const DealStats *stats) {
    Buffer out;
    buffer_open(&out, &trial_host);
    cr_assert_eq(deal_write(stats, &out), STATUS_OK);
    return out;
}

static Status read_bytes(DealStats *stats, const Shape *shape, const void *bytes, uint64_t length) {
    Reader reader = reader_over(bytes, length);
    Message why;
    Status status = deal_read(stats, shape->rules, shape->has_amounts, shape->has_quantities,
                              STATE_VERSION, &reader, &why);
    cr_assert(status == STATUS_OK || status == STATUS_REFUSED);
    return status;
}

static void check_merge_of_one(const DealStats *part, const Shape *shape, const void *bytes,
                               uint64_t length) {
    DealStats into;
    Message why;
    open_stats(&into, shape, true);
    cr_assert_eq(deal_merge(&into, part, 1, &why), STATUS_OK);
    Buffer out = bytes_of(&into);
    cr_assert_eq(out.length, length);
    cr_assert_arr_eq(out.bytes, bytes, (size_t)length);
    buffer_close(&out);
    cr_assert_eq(deal_merge(&into, part, -1, &why), STATUS_OK);
    for (int i = 0; i < DEAL_COUNTS; i++) {
        cr_assert_eq(into.counts[i], 0);
    }
    cr_assert(into.amount_micros == 0 && into.units == 0 && into.customers.count == 0);
    cr_assert_eq(into.extent.firsts.count, 0);
    deal_close(&into);
}

/* Plain stats of the rows: the model's, and the same again when they are read. Gives their bytes. */
static Buffer check_plain(const DealRow *rows, int count, const Shape *shape) {
    DealStats stats;
    DealStats read;
    DealDay day = {0};
    open_stats(&stats, shape, false);
    for (int i = 0; i < count; i++) {
        cr_assert_eq(deal_add(&stats, &rows[i], &day, 1), STATUS_OK);
    }
    cr_assert_eq(deal_settle(&stats), STATUS_OK);
    cr_assert_eq(deal_settle(&stats), STATUS_OK);
    DealModel model = deal_model(rows, count, &stats);
    check_model(&stats, &model);
    Buffer bytes = bytes_of(&stats);
    if (count > 0) {
        cr_assert_eq(read_bytes(&read, shape, bytes.bytes, bytes.length), STATUS_OK);
        check_model(&read, &model);
        check_merge_of_one(&read, shape, bytes.bytes, bytes.length);
    }
    deal_close(&stats);
    return bytes;
}

static Shape random_shape(const Rules *rules, uint64_t i) {
    return (Shape){rules, i % 3 > 0, i % 3 > 1};
}

Test(deal, r1_to_r4_as_the_model) {
    for (size_t r = 0; r < RULES_COUNT; r++) {
        Rules rules;
        uint64_t seed = r;
        open_rules(RULES[r], &rules);
        for (uint64_t round = 0; round < 120; round++) {
            DealRow rows[MOST_ROWS];
            const Shape shape = random_shape(&rules, round);
            int count = (int)trial_below(&seed, round < 60 ? 10 : MOST_ROWS);
            for (int i = 0; i < count; i++) {
                rows[i] = shaped(&shape, deal_model_row(&seed));
            }
            Buffer bytes = check_plain(rows, count, &shape);
            buffer_close(&bytes);
            cr_assert_eq(trial_heap.blocks, 0);
        }
        rules_close(&rules);
    }
}

Test(deal, r5_sliding_is_plain) {
    for (size_t r = 0; r < RULES_COUNT; r++) {
        Rules rules;
        uint64_t seed = 100 + r;
        open_rules(RULES[r], &rules);
        for (uint64_t round = 0; round < 6; round++) {
            static DealRow held[MOST_ROWS];
            const Shape shape = random_shape(&rules, round);
            DealStats stats;
            DealDay day = {0};
            int count = 0;
            open_stats(&stats, &shape, false);
            for (; count < 20; count++) {
                held[count] = shaped(&shape, deal_model_row(&seed));
                cr_assert_eq(deal_add(&stats, &held[count], &day, 1), STATUS_OK);
            }
            cr_assert_eq(deal_slide(&stats), STATUS_OK);
            for (int step = 0; step < 400; step++) {
                if (count == 0 || (count < 60 && trial_below(&seed, 2) == 0)) {
                    held[count] = shaped(&shape, deal_model_row(&seed));
                    cr_assert_eq(deal_add(&stats, &held[count++], &day, 1), STATUS_OK);
                } else {
                    uint64_t gone = trial_below(&seed, (uint64_t)count);
                    DealRow row = held[gone];
                    held[gone] = held[--count];
                    cr_assert_eq(deal_add(&stats, &row, &day, -1), STATUS_OK);
                }
                DealModel model = deal_model(held, count, &stats);
                check_model(&stats, &model);
                if (step % 20 == 0 && count > 0) {
                    Buffer wanted = check_plain(held, count, &shape);
                    Buffer got = bytes_of(&stats);
                    cr_assert_eq(got.length, wanted.length);
                    cr_assert_arr_eq(got.bytes, wanted.bytes, (size_t)wanted.length);
                    buffer_close(&got);
                    buffer_close(&wanted);
                }
            }
            deal_close(&stats);
            cr_assert_eq(trial_heap.blocks, 0);
        }
        rules_close(&rules);
    }
}

/* Rows of which only flags are known: conversion_rate(customer, ordered) and payment_rate(). */
Test(deal, flags_without_times) {
    Rules rules;
    DealStats stats;
    DealDay day = {0};
    open_rules("{\"as_of\":\"1960-01-01\"}", &rules);
    deal_open(&stats, &trial_host, &rules, false, false, false);
    for (uint64_t i = 0; i < 8; i++) {
        DealRow row = {.customer = {0, i / 2},
                       .ordered_ms = i % 3 == 0 ? 0 : DEAL_NEVER,
                       .paid_ms = i == 7 ? 0 : DEAL_NEVER};
        cr_assert_eq(deal_add(&stats, &row, &day, 1), STATUS_OK);
    }
    cr_assert_eq(deal_settle(&stats), STATUS_OK);
    cr_expect_eq(stats.counts[DEAL_INQUIRERS], 4);
    cr_expect_eq(stats.counts[DEAL_ORDERERS], 3); /* rows 0, 3, 6; and 7 paid */
    cr_expect_eq(stats.counts[DEAL_PAYERS], 1);
    cr_expect_eq(stats.counts[DEAL_MATURE_DAY1_CUSTOMERS], 0);
    deal_close(&stats);
    rules_close(&rules);
}

/* What stats cannot answer is not NULL by accident. */
Test(deal, kpis_of_what_is_not_there) {
    static Measure (*const of_amounts[])(const DealStats *) = {
        deal_sales_amount, deal_sales_per_buyer, deal_order_value, deal_item_price};
    static Measure (*const of_quantities[])(const DealStats *) = {
        deal_sales_units, deal_units_per_buyer, deal_item_price, deal_cross_sell_rate};
    Rules rules;
    open_rules("", &rules);
    for (uint64_t i = 0; i < 3; i++) {
        const Shape shape = random_shape(&rules, i);
        DealStats stats;
        open_stats(&stats, &shape, true);
        for (int j = 0; j < 4; j++) {
            cr_expect_eq(of_amounts[j](&stats).answered,
                         shape.has_amounts && (j < 3 || shape.has_quantities));
            cr_expect_eq(of_quantities[j](&stats).answered, shape.has_quantities);
        }
        cr_expect(deal_paid_deals(&stats).answered && deal_repeat_rate(&stats).answered);
        deal_close(&stats);
    }
    rules_close(&rules);
}

/* ---- bytes of anyone's ------------------------------------------------------------------------ */

Test(deal, truncated_and_changed_bytes) {
    Rules rules;
    uint64_t seed = 5;
    open_rules("", &rules);
    for (uint64_t round = 0; round < 3; round++) {
        const Shape shape = random_shape(&rules, round);
        DealRow rows[30];
        for (int i = 0; i < 30; i++) {
            rows[i] = shaped(&shape, deal_model_row(&seed));
        }
        Buffer bytes = check_plain(rows, 30, &shape);
        for (uint64_t length = 0; length < bytes.length; length++) {
            DealStats stats;
            char *cut = malloc((size_t)length + 1);
            memcpy(cut, bytes.bytes, (size_t)length);
            cr_assert_eq(read_bytes(&stats, &shape, cut, length), STATUS_REFUSED);
            free(cut);
        }
        uint64_t accepted = 0;
        for (uint64_t i = 0; i < bytes.length * 256; i++) {
            const unsigned char held = bytes.bytes[i / 256];
            DealStats stats;
            bytes.bytes[i / 256] = (unsigned char)(i % 256);
            if (read_bytes(&stats, &shape, bytes.bytes, bytes.length) == STATUS_OK) {
                accepted++;
                check_merge_of_one(&stats, &shape, bytes.bytes, bytes.length);
            }
            bytes.bytes[i / 256] = held;
        }
        cr_expect_gt(accepted, 1000);
        DealStats stats;
        buffer_byte(&bytes, 0);
        cr_expect_eq(read_bytes(&stats, &shape, bytes.bytes, bytes.length), STATUS_REFUSED);
        buffer_close(&bytes);
    }
    rules_close(&rules);
}

/* Payloads without amounts: counts, first, length, customers, then one customer and his marks. */
static const struct {
    const char *what;
    bool good;
    uint64_t counts[DEAL_SUM_COUNTS];
    uint64_t length_ms;
    uint64_t customers;
    uint64_t marks;
} SPELLED[] = {
    {"an inquiry", true, {1, 0, 0, 0}, 0, 1, DEAL_INQUIRY},
    {"after-sales", true, {1, 0, 0, 0}, 0, 1, DEAL_AFTER_SALES},
    {"both", true, {2, 0, 0, 0}, 9, 1, DEAL_INQUIRY | DEAL_AFTER_SALES},
    {"all marks",
     true,
     {3, 2, 0, 0},
     9,
     1,
     DEAL_INQUIRY | DEAL_ORDERED | DEAL_PAID | DEAL_MATURE_DAY1 | DEAL_SUCCESS_DAY1 |
         DEAL_MATURE_FINAL | DEAL_SUCCESS_FINAL | DEAL_MORE_DEALS},
    {"no row", false, {0, 0, 0, 0}, 0, 1, DEAL_INQUIRY},
    {"more paid than rows", false, {1, 2, 0, 0}, 0, 1, DEAL_INQUIRY},
    {"more cross-sold than known", false, {2, 1, 0, 1}, 0, 1, DEAL_INQUIRY},
    {"too many rows", false, {(UINT64_C(1) << 61) + 1, 0, 0, 0}, 0, 1, DEAL_INQUIRY},
    {"too long", false, {1, 0, 0, 0}, UINT64_C(1) << 52, 1, DEAL_INQUIRY},
    {"no customer", false, {1, 0, 0, 0}, 0, 0, DEAL_INQUIRY},
    {"more customers than bytes", false, {9, 0, 0, 0}, 0, 2, DEAL_INQUIRY},
    {"many more customers than bytes", false, {9, 0, 0, 0}, 0, UINT64_C(1) << 60, DEAL_INQUIRY},
    {"no mark", false, {1, 0, 0, 0}, 0, 1, 0},
    {"an unknown mark", false, {1, 0, 0, 0}, 0, 1, DEAL_INQUIRY | 1u << DEAL_MARK_BITS},
    {"an order of no inquiry", false, {1, 0, 0, 0}, 0, 1, DEAL_AFTER_SALES | DEAL_ORDERED},
    {"a payment of no order", false, {1, 1, 0, 0}, 0, 1, DEAL_INQUIRY | DEAL_PAID},
    {"mature without an inquiry", false, {1, 0, 0, 0}, 0, 1, DEAL_AFTER_SALES | DEAL_MATURE_DAY1},
    {"success without payment",
     false,
     {1, 0, 0, 0},
     0,
     1,
     DEAL_INQUIRY | DEAL_ORDERED | DEAL_MATURE_FINAL | DEAL_SUCCESS_FINAL},
    {"one deal and more",
     false,
     {3, 3, 0, 0},
     0,
     1,
     DEAL_INQUIRY | DEAL_ORDERED | DEAL_PAID | DEAL_ONE_DEAL | DEAL_MORE_DEALS},
};

Test(deal, what_reading_refuses) {
    Rules rules;
    open_rules("", &rules);
    const Shape shape = {&rules, false, false};
    for (size_t i = 0; i < sizeof SPELLED / sizeof SPELLED[0]; i++) {
        Buffer out;
        DealStats stats;
        buffer_open(&out, &trial_host);
        for (int j = 0; j < DEAL_SUM_COUNTS; j++) {
            buffer_varint(&out, SPELLED[i].counts[j]);
        }
        buffer_signed(&out, 1000);
        buffer_varint(&out, SPELLED[i].length_ms);
        buffer_varint(&out, SPELLED[i].customers);
        buffer_byte(&out, CUSTOMER_ANY);
        buffer_u64(&out, 1);
        buffer_u64(&out, 2);
        buffer_byte(&out, (unsigned char)SPELLED[i].marks);
        buffer_byte(&out, (unsigned char)(SPELLED[i].marks >> 8));
        cr_expect_eq(read_bytes(&stats, &shape, out.bytes, out.length) == STATUS_OK,
                     SPELLED[i].good, "%s", SPELLED[i].what);
        buffer_close(&out);
    }
    rules_close(&rules);
}

/* How wide identities are: only as they have to be (customer_code.h). */
Test(deal, how_wide_customers_are_spelt) {
    static const struct {
        const char *what;
        bool good;
        unsigned char code;
        uint64_t highs[2];
        uint64_t lows[2];
    } lists[] = {
        {"texts", true, CUSTOMER_ANY, {1, 1}, {2, 3}},
        {"one is a number", true, CUSTOMER_ANY, {1, 2}, {IDENTITY_INTEGER, 3}},
        {"numbers", true, CUSTOMER_NUMBERS, {1, 2}, {0, 0}},
        {"numbers that are spelt long",
         false,
         CUSTOMER_ANY,
         {1, 2},
         {IDENTITY_INTEGER, IDENTITY_INTEGER}},
        {"equal numbers", false, CUSTOMER_NUMBERS, {1, 1}, {0, 0}},
        {"falling numbers", false, CUSTOMER_NUMBERS, {2, 1}, {0, 0}},
        {"no width", false, 0, {1, 2}, {0, 0}},
        {"another width", false, 12, {1, 2}, {0, 0}},
    };
    Rules rules;
    open_rules("", &rules);
    const Shape shape = {&rules, false, false};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        Buffer out;
        DealStats stats;
        buffer_open(&out, &trial_host);
        buffer_varint(&out, 2); /* rows; nothing paid, no quantity */
        for (int j = 1; j < DEAL_SUM_COUNTS; j++) {
            buffer_varint(&out, 0);
        }
        buffer_signed(&out, 1000);
        buffer_varint(&out, 0);
        buffer_varint(&out, 2);
        buffer_byte(&out, lists[i].code);
        for (int j = 0; j < 2; j++) {
            buffer_u64(&out, lists[i].highs[j]);
            if (lists[i].code == CUSTOMER_ANY) {
                buffer_u64(&out, lists[i].lows[j]);
            }
            buffer_byte(&out, DEAL_INQUIRY);
            buffer_byte(&out, 0);
        }
        const Status status = read_bytes(&stats, &shape, out.bytes, out.length);
        cr_expect_eq(status == STATUS_OK, lists[i].good, "%s", lists[i].what);
        if (status == STATUS_OK) {
            check_merge_of_one(&stats, &shape, out.bytes, out.length);
        }
        buffer_close(&out);
    }
    rules_close(&rules);
}

/* Version 1 of states: 16 bytes for each customer, numbers too, and marks as varints. */
Test(deal, lists_of_version_1) {
    static const struct {
        const char *what;
        bool good;
        unsigned char length;
        unsigned char
            second[20]; /* the second customer; the first is {1, IDENTITY_INTEGER}, asked */
    } lists[] = {
        {"a number", true, 17, {2, [9] = 0, [16] = DEAL_INQUIRY}},
        {"two bytes of marks", true, 18, {2, [16] = 0x8d, 2}},
        {"equal", false, 17, {1, [13] = 0x74, 0x6e, 0x69, [16] = DEAL_INQUIRY}},
        {"falling", false, 17, {[16] = DEAL_INQUIRY}},
        {"a longer spelling", false, 18, {2, [16] = 0x81, 0}},
        {"an unknown mark", false, 18, {2, [16] = 0x81, 8}},
        {"marks that do not go together", false, 17, {2, [16] = DEAL_PAID}},
        {"nothing of it", false, 0, {0}},
        {"a part of it", false, 16, {2}},
        {"a part of its marks", false, 17, {2, [16] = 0x81}},
        {"more than it", false, 18, {2, [16] = DEAL_INQUIRY}},
    };
    Rules rules;
    open_rules("", &rules);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        Buffer out;
        DealStats stats;
        Message why;
        buffer_open(&out, &trial_host);
        for (int j = 0; j < DEAL_SUM_COUNTS; j++) {
            buffer_varint(&out, j < 2 ? 2 : 0); /* rows, deals */
        }
        buffer_signed(&out, 1000);
        buffer_varint(&out, 0);
        buffer_varint(&out, 2);
        buffer_u64(&out, 1);
        buffer_u64(&out, IDENTITY_INTEGER);
        buffer_byte(&out, DEAL_INQUIRY);
        buffer_append(&out, lists[i].second, lists[i].length);
        Reader reader = reader_over(out.bytes, out.length);
        const Status status = deal_read(&stats, &rules, false, false, 1, &reader, &why);
        cr_expect_eq(status == STATUS_OK, lists[i].good, "%s", lists[i].what);
        DealCursor cursor = {0};
        uint64_t customers = 0;
        while (status == STATUS_OK && deal_next_customer(&stats, &cursor)) {
            cr_expect_eq(cursor.customer.high, ++customers);
        }
        cr_expect_eq(customers, status == STATUS_OK ? 2 : 0);
        buffer_close(&out);
    }
    rules_close(&rules);
}

/* ---- no memory -------------------------------------------------------------------------------- */

static Status faulty_scene(void *context) {
    const bool sliding = *(const bool *)context;
    Rules rules;
    DealStats stats;
    DealDay day = {0};
    uint64_t seed = 3;
    rules_defaults(&trial_host, &rules);
    deal_open(&stats, &trial_host, &rules, true, true, false);
    Status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < 200; i++) {
        DealRow row = deal_model_row(&seed);
        row.customer.low = (uint64_t)i % 150;
        if (i == 100 && sliding) {
            status = deal_slide(&stats);
        }
        status = status == STATUS_OK ? deal_add(&stats, &row, &day, 1) : status;
        if (status == STATUS_OK && i > 100 && sliding) {
            status = deal_add(&stats, &row, &day, -1);
        }
    }
    status = status == STATUS_OK ? deal_settle(&stats) : status;
    if (status == STATUS_OK) {
        Buffer out;
        buffer_open(&out, &trial_host);
        status = deal_write(&stats, &out);
        buffer_close(&out);
    }
    deal_close(&stats);
    return status;
}

Test(deal, every_allocation_may_fail) {
    bool sliding = false;
    cr_expect_gt(trial_each_allocation(faulty_scene, &sliding), 8);
    sliding = true;
    cr_expect_gt(trial_each_allocation(faulty_scene, &sliding), 8);
}
