/* journey_state_test.c: what must hold of journeys whatever is in them (core/journey/journey.h,
** state.md): order, splits, merges and windows leave no trace; any bytes at all give journeys or a
** refusal; every allocation may fail. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/money/money.h"
#include "host.h"
#include "journey_rows.h"

#define FACTS 200

static uint64_t seed;
static int below(int limit) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((seed >> 33) % (uint64_t)limit);
}

static size_t random_facts(Fact facts[FACTS], int most) {
    static const char *const customers[] = {"c1", "c2", "c3", "", "c5", "c6", "c7"};
    static const char *const agents[] = {NULL, "ann", "bob", "客服"};
    static const char *const orders[] = {"o1", "o2", "c1", "ann"};
    size_t count = (size_t)below(most + 1);
    for (size_t i = 0; i < count; i++) {
        JourneyKind kind = (JourneyKind)below(JOURNEY_KINDS);
        facts[i] = (Fact){
            .customer = customers[below(7)],
            .at_s = below(30) - 10,
            .kind = kind,
            .party = kind <= JOURNEY_CHAT ? agents[below(4)] : orders[below(4)],
            .amount_micros = journey_has_amount(kind) && below(3) > 0 ? below(3) - 1 : NO_AMOUNT,
            .quantity = journey_has_quantity(kind) && below(3) > 0 ? below(3) : NO_AMOUNT,
        };
    }
    return count;
}

static void shuffle(Fact *facts, size_t count) {
    for (size_t i = count; i-- > 1;) {
        size_t j = (size_t)below((int)i + 1);
        Fact held = facts[i];
        facts[i] = facts[j];
        facts[j] = held;
    }
}

static Buffer payload_of(const Journeys *journeys) {
    Buffer out;
    buffer_open(&out, &test_host);
    cr_assert_eq(journeys_write(journeys, &out), STATUS_OK);
    return out;
}

static void expect_same(const Buffer *left, const Buffer *right, int which) {
    cr_assert(left->length == right->length &&
                  memcmp(left->bytes, right->bytes, (size_t)left->length) == 0,
              "trial %d", which);
}

Test(journey_state, rows_in_any_order_are_the_same_bytes) {
    for (int which = 0; which < 300; which++) {
        seed = (uint64_t)which;
        Fact facts[FACTS];
        size_t count = random_facts(facts, FACTS);
        Buffer straight;
        Buffer shuffled;
        buffer_open(&straight, &test_host);
        buffer_open(&shuffled, &test_host);
        facts_write(facts, count, &straight);
        shuffle(facts, count);
        facts_write(facts, count, &shuffled);
        expect_same(&straight, &shuffled, which);
        buffer_close(&straight);
        buffer_close(&shuffled);
    }
    cr_assert_eq(test_heap.blocks, 0);
}

Test(journey_state, merged_parts_are_the_whole) {
    for (int which = 0; which < 300; which++) {
        seed = (uint64_t)which;
        Fact facts[FACTS];
        size_t count = random_facts(facts, FACTS);
        Journeys merged;
        journeys_open(&merged, &test_host);
        for (size_t from = 0; from < count;) {
            size_t size = 1 + (size_t)below((int)(count - from));
            Buffer part;
            buffer_open(&part, &test_host);
            facts_write(facts + from, size, &part);
            cr_assert_eq(journeys_take_payload(&merged, reader_over(part.bytes, part.length), 1),
                         STATUS_OK);
            buffer_close(&part);
            from += size;
        }
        Buffer whole;
        buffer_open(&whole, &test_host);
        facts_write(facts, count, &whole);
        Buffer parts = payload_of(&merged);
        expect_same(&whole, &parts, which);
        buffer_close(&whole);
        buffer_close(&parts);
        journeys_close(&merged);
    }
    cr_assert_eq(test_heap.blocks, 0);
}

Test(journey_state, what_slid_away_leaves_no_trace) {
    for (int which = 0; which < 150; which++) {
        seed = (uint64_t)which;
        Fact facts[FACTS];
        size_t count = random_facts(facts, FACTS);
        size_t width = 1 + (size_t)below(20);
        Journeys sliding;
        journeys_open(&sliding, &test_host);
        for (size_t i = 0; i < count; i++) {
            facts_take(&sliding, &facts[i], 1, 1);
            size_t first = i + 1 > width ? i + 1 - width : 0;
            if (first > 0) {
                facts_take(&sliding, &facts[first - 1], 1, -1);
            }
            cr_assert_eq(sliding.count, i + 1 - first);
            Buffer plain;
            buffer_open(&plain, &test_host);
            facts_write(facts + first, i + 1 - first, &plain);
            Buffer window = payload_of(&sliding);
            expect_same(&plain, &window, which);
            buffer_close(&plain);
            buffer_close(&window);
        }
        journeys_close(&sliding);
    }
    cr_assert_eq(test_heap.blocks, 0);
}

Test(journey_state, a_merged_part_can_be_taken_back) {
    for (int which = 0; which < 200; which++) {
        seed = (uint64_t)which;
        Fact facts[FACTS];
        size_t count = random_facts(facts, FACTS);
        size_t kept = count / 2;
        Buffer part;
        buffer_open(&part, &test_host);
        facts_write(facts + kept, count - kept, &part);
        Buffer rest;
        buffer_open(&rest, &test_host);
        facts_write(facts, kept, &rest);
        Journeys journeys;
        journeys_open(&journeys, &test_host);
        facts_take(&journeys, facts, kept, 1);
        Reader reader = reader_over(part.bytes, part.length);
        cr_assert_eq(journeys_take_payload(&journeys, reader, 1), STATUS_OK);
        cr_assert_eq(journeys_take_payload(&journeys, reader, -1), STATUS_OK);
        Buffer left = payload_of(&journeys);
        expect_same(&rest, &left, which);
        buffer_close(&left);
        buffer_close(&rest);
        buffer_close(&part);
        journeys_close(&journeys);
    }
    cr_assert_eq(test_heap.blocks, 0);
}

Test(journey_state, memory_follows_the_window) {
    Journeys sliding;
    journeys_open(&sliding, &test_host);
    char customers[10][30];
    for (int i = 0; i < 30000; i++) {
        if (i >= 10) {
            Fact gone = {customers[i % 10], i - 10, JOURNEY_PAY, customers[i % 10], 1, 1};
            facts_take(&sliding, &gone, 1, -1);
        }
        snprintf(customers[i % 10], sizeof customers[0], "customer %d", i);
        Fact come = {customers[i % 10], i, JOURNEY_PAY, customers[i % 10], 1, 1};
        facts_take(&sliding, &come, 1, 1);
        cr_assert_leq(sliding.names.count, 1100);
    }
    cr_assert_eq(sliding.count, 10);
    journeys_close(&sliding);
    cr_assert_eq(test_heap.blocks, 0);
}

/* Reads all of a payload and writes it again; what was read is what is written. */
static Status read_again(const unsigned char *bytes, uint64_t length) {
    Journeys journeys;
    journeys_open(&journeys, &test_host);
    Status status = journeys_take_payload(&journeys, reader_over(bytes, length), 1);
    if (status == STATUS_OK) {
        Buffer again = payload_of(&journeys);
        cr_assert(again.length == length && memcmp(again.bytes, bytes, (size_t)length) == 0);
        buffer_close(&again);
    }
    journeys_close(&journeys);
    cr_assert(test_heap.blocks <= 1); /* the payload itself */
    return status;
}

Test(journey_state, r3_damaged_bytes_are_refused_or_other_journeys) {
    int refused = 0;
    for (int which = 0; which < 3000; which++) {
        seed = (uint64_t)which;
        Fact facts[FACTS];
        size_t count = 1 + random_facts(facts, 20);
        facts[count - 1] = (Fact){"c", 1, JOURNEY_PAY, "o", 5, 5};
        Buffer payload;
        buffer_open(&payload, &test_host);
        facts_write(facts, count, &payload);
        cr_assert_eq(read_again(payload.bytes, payload.length), STATUS_OK);
        cr_assert_eq(read_again(payload.bytes, (uint64_t)below((int)payload.length)),
                     STATUS_REFUSED);
        buffer_byte(&payload, 0);
        cr_assert_eq(read_again(payload.bytes, payload.length), STATUS_REFUSED);
        payload.length--;
        unsigned char *at = &payload.bytes[below((int)payload.length)];
        *at = (unsigned char)(below(2) == 0 ? *at ^ 1 << below(8) : below(256));
        refused += read_again(payload.bytes, payload.length) == STATUS_REFUSED;
        buffer_close(&payload);
    }
    cr_assert_gt(refused, 1000);
    cr_assert_lt(refused, 3000); /* some are other journeys, so that they were read to the end */
}

Test(journey_state, r3_counts_beyond_the_bytes_allocate_nothing) {
    static const char *const payloads[] = {"\xff\xff\xff\xff\x0f", "\x00\xff\xff\xff\xff\x0f",
                                           "\x00\x01\x01\x02\xff\xff\xff\xff\x0f",
                                           "\x00\x01\x01\x02\x00\xff\xff\xff\xff\x0f"};
    static const size_t lengths[] = {5, 6, 9, 10};
    for (size_t i = 0; i < 4; i++) {
        JourneyReader reader;
        bool more;
        Status status =
            journey_reader_open(&reader, &test_host, reader_over(payloads[i], lengths[i]));
        if (status == STATUS_OK) {
            status = journey_reader_next(&reader, &more);
        }
        cr_assert_eq(status, STATUS_REFUSED);
        cr_assert(reader.event_capacity <= 16 && reader.order_capacity <= 16);
        journey_reader_close(&reader);
    }
}

static Status everything(const Fact *facts, size_t count) {
    Status status = STATUS_OK;
    Journeys journeys;
    Buffer out;
    buffer_open(&out, &test_host);
    journeys_open(&journeys, &test_host);
    for (size_t i = 0; i < 2 * count && status == STATUS_OK; i++) { /* all come, a half goes */
        const Fact *fact = &facts[i % count];
        Value customer = value_of_text(fact->customer, strlen(fact->customer));
        Value party = value_of_text(fact->party, fact->party == NULL ? 0 : strlen(fact->party));
        JourneyEvent event = fact_event(fact);
        if (i < count || i % 2 == 0) {
            status = journeys_take(&journeys, &customer, &party, &event, i < count ? 1 : -1);
        }
    }
    if (status == STATUS_OK) {
        status = journeys_write(&journeys, &out);
    }
    journeys_close(&journeys);
    Rules rules;
    rules_defaults(&test_host, &rules);
    rules.model = MODEL_LINEAR;
    JourneyReader reader;
    Inquiries inquiries = {.credits = {.rules = &rules}};
    if (status == STATUS_OK) {
        status = journey_reader_open(&reader, &test_host, reader_over(out.bytes, out.length));
        if (status == STATUS_OK) {
            status = inquiries_open(&inquiries, &rules, &reader);
        }
        bool more = true;
        while (status == STATUS_OK && more) {
            Message why;
            status = journey_reader_next(&reader, &more);
            if (status == STATUS_OK && more) {
                status = inquiries_take_customer(&inquiries, &why);
            }
        }
        inquiries_close(&inquiries);
        journey_reader_close(&reader);
    }
    buffer_close(&out);
    return status;
}

Test(journey_state, every_failed_allocation_is_no_memory) {
    Fact facts[FACTS];
    seed = 7;
    size_t count = random_facts(facts, FACTS);
    Status status = STATUS_NO_MEMORY;
    long failures = 0;
    for (; status != STATUS_OK; failures++) {
        test_heap.countdown = failures;
        status = everything(facts, count);
        test_heap.countdown = -1;
        cr_assert(status == STATUS_OK || status == STATUS_NO_MEMORY);
        cr_assert_eq(test_heap.blocks, 0);
    }
    cr_assert_gt(failures, 30);
}

static bool stop_at_once(void *connection) {
    (void)connection;
    return true;
}

Test(journey_state, reading_stops_when_it_is_asked_to) {
    Fact fact = {"c", 1, JOURNEY_PAY, "o", 5, 5};
    Buffer payload;
    buffer_open(&payload, &test_host);
    facts_write(&fact, 1, &payload);
    Host host = test_host;
    host.interrupted = stop_at_once;
    Journeys journeys;
    journeys_open(&journeys, &host);
    Reader reader = reader_over(payload.bytes, payload.length);
    cr_assert_eq(journeys_take_payload(&journeys, reader, 1), STATUS_INTERRUPTED);
    journeys_close(&journeys);
    buffer_close(&payload);
}

/* ---- names ---- */

Test(names, a_value_is_kept_once_in_its_type) {
    static const char *const texts[] = {"1", "", "客", "a longer name than fits anywhere else"};
    Names names;
    names_open(&names, &test_host);
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < 1000; i++) {
            Value value = i % 2 == 0   ? value_of_integer((int64_t)i - 500)
                          : i % 4 == 1 ? value_of_real((double)i + 0.5)
                                       : value_of_text(texts[i / 4 % 4], strlen(texts[i / 4 % 4]));
            uint32_t number;
            cr_assert_eq(names_keep(&names, &value, &number), STATUS_OK);
            Value kept = names_value(&names, number);
            cr_assert_eq(kept.type, value.type);
            cr_assert_eq(value_key_compare(&kept, &value), 0);
        }
        cr_assert_eq(names.count, 500 + 250 + 4);
    }
    Value whole = value_of_real(-500.0);
    uint32_t number;
    cr_assert_eq(names_keep(&names, &whole, &number), STATUS_OK);
    cr_assert_eq(number, 0);
    cr_assert_eq(names_value(&names, 0).type, VALUE_INTEGER);
    names_close(&names);
    cr_assert_eq(test_heap.blocks, 0);
}

Test(names, r2_names_of_one_place_are_found) {
    /* Whole numbers whose identities have the same low bits, found by trying. */
    Names names;
    names_open(&names, &test_host);
    int64_t crowd[200];
    uint32_t count = 0;
    for (int64_t i = 0; count < 200; i++) {
        Value value = value_of_integer(i);
        if ((identity_of(&value).high & 1023) == 77) {
            crowd[count++] = i;
        }
    }
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < count; i++) {
            Value value = value_of_integer(crowd[i]);
            uint32_t number;
            cr_assert_eq(names_keep(&names, &value, &number), STATUS_OK);
            cr_assert_eq(number, i);
        }
    }
    cr_assert_gt(names.crowded.count, 100); /* 32 near slots, and the wrap-around of 512 */
    names_close(&names);
    cr_assert_eq(test_heap.blocks, 0);
}

/* ---- shares ---- */

Test(shares, decay_is_a_power_of_two) {
    cr_assert_eq(shares_decay(0, 7), UINT64_C(1) << 62);
    cr_assert_eq(shares_decay(7, 7), UINT64_C(1) << 61);
    cr_assert_eq(shares_decay(62 * 7, 7), 1);
    cr_assert_eq(shares_decay(63 * 7, 7), 0);
    cr_assert_eq(shares_decay(INT64_MAX, 1), 0);
    /* 2^62 / √2 = 3260954456333195553.2…, to 17 digits */
    uint64_t root = shares_decay(50, 100);
    cr_assert(root > UINT64_C(3260954456333195453) && root < UINT64_C(3260954456333195653));
    uint64_t before = UINT64_MAX;
    for (int64_t age = 0; age < 5000; age++) { /* never grows with age */
        uint64_t share = shares_decay(age, 1009);
        cr_assert_leq(share, before);
        before = share;
    }
}

Test(shares, weights_sum_to_one) {
    for (int which = 0; which < 3000; which++) {
        seed = (uint64_t)which;
        static Toucher touchers[300];
        static int64_t weights[300];
        size_t count = 1 + (size_t)below(which % 10 == 0 ? 300 : 6);
        int64_t first_ms = 0;
        for (size_t i = 0; i < count; i++) {
            first_ms += below(1000);
            touchers[i] = (Toucher){(uint32_t)(count - i), first_ms, first_ms + below(100000)};
        }
        Rules rules;
        rules_defaults(&test_host, &rules);
        rules.model = (Model)(which % 5);
        rules.half_life_ms = 1 + below(100000);
        cr_assert_eq(shares_weigh(&rules, touchers, count, weights), STATUS_OK);
        int64_t sum = 0;
        for (size_t i = 0; i < count; i++) {
            cr_assert_geq(weights[i], 0);
            sum += weights[i];
        }
        cr_assert_eq(sum, 1000000);
    }
    cr_assert_eq(test_heap.blocks, 0);
}
