/* journey_ends_test.c: what journeys do at the ends: bytes whose numbers leave their ranges, memory that
** ends amid a change of form, a stop amid writing, what was never there. */
#include <criterion/criterion.h>
#include <string.h>

#include "core/journey/arrays.h"
#include "core/journey/journey.h"
#include "core/money/money.h"
#include "core/money/quantity.h"
#include "core/time/clock.h"
#include "host.h"
#include "journey_rows.h"

/* ---- bytes: one agent, one customer, one order; each event as it stands ---- */

#define ENDS_FIRST_MS INT64_C(-62167219200000)
#define ENDS_LAST_MS INT64_C(253402300799999)

/* A payload of one customer 1 with order 2, paid at the first time and again later_ms after it. */
static Status ends_read(int64_t first_ms, uint64_t later_ms, unsigned char head,
                        int64_t amount_micros, uint64_t quantity) {
    Buffer payload;
    buffer_open(&payload, &test_host);
    const Value customer = value_of_integer(1);
    const Value order = value_of_integer(2);
    buffer_varint(&payload, 0); /* agents */
    buffer_varint(&payload, 1); /* customers */
    value_key_write(&customer, &payload);
    buffer_varint(&payload, 1); /* orders */
    value_key_write(&order, &payload);
    buffer_varint(&payload, 2); /* events */
    for (int i = 0; i < 2; i++) {
        if (i == 0) {
            buffer_signed(&payload, first_ms);
        } else {
            buffer_varint(&payload, later_ms);
        }
        buffer_byte(&payload, head);
        buffer_varint(&payload, 0); /* party */
        if ((head & 8) != 0) {
            buffer_signed(&payload, amount_micros);
        }
        if ((head & 16) != 0) {
            buffer_varint(&payload, quantity);
        }
    }
    JourneySummary summary;
    Status status = journey_sum(&test_host, reader_over(payload.bytes, payload.length), &summary);
    buffer_close(&payload);
    cr_assert_eq(test_heap.blocks, 0);
    return status;
}

Test(journey_ends, r3_numbers_of_an_event_have_bounds) {
    const unsigned char paid = (unsigned char)(JOURNEY_PAY | 8 | 16);
    cr_expect_eq(ends_read(0, 1, paid, 5, 5), STATUS_OK);
    cr_expect_eq(ends_read(ENDS_FIRST_MS, 0, paid, 5, 5), STATUS_OK);
    cr_expect_eq(ends_read(ENDS_FIRST_MS - 1, 0, paid, 5, 5), STATUS_REFUSED);
    cr_expect_eq(ends_read(ENDS_LAST_MS, 0, paid, 5, 5), STATUS_OK);
    cr_expect_eq(ends_read(ENDS_LAST_MS + 1, 0, paid, 5, 5), STATUS_REFUSED);
    cr_expect_eq(ends_read(ENDS_LAST_MS - 7, 7, paid, 5, 5), STATUS_OK);
    cr_expect_eq(ends_read(ENDS_LAST_MS - 7, 8, paid, 5, 5), STATUS_REFUSED);
    cr_expect_eq(ends_read(ENDS_FIRST_MS, UINT64_MAX, paid, 5, 5), STATUS_REFUSED);
    cr_expect_eq(ends_read(0, 1, paid, MONEY_LIMIT_MICROS, QUANTITY_MOST), STATUS_OK);
    cr_expect_eq(ends_read(0, 1, paid, MONEY_LIMIT_MICROS + 1, 5), STATUS_REFUSED);
    cr_expect_eq(ends_read(0, 1, paid, -MONEY_LIMIT_MICROS, 5), STATUS_OK);
    cr_expect_eq(ends_read(0, 1, paid, -MONEY_LIMIT_MICROS - 1, 5), STATUS_REFUSED);
    cr_expect_eq(ends_read(0, 1, paid, 5, (uint64_t)QUANTITY_MOST + 1), STATUS_REFUSED);
}

Test(journey_ends, r3_an_event_has_what_its_kind_has) {
    cr_expect_eq(ends_read(0, 1, JOURNEY_CANCEL, 0, 0), STATUS_OK);
    cr_expect_eq(ends_read(0, 1, JOURNEY_CANCEL | 8, 5, 0), STATUS_REFUSED);
    cr_expect_eq(ends_read(0, 1, JOURNEY_REFUND | 8, 5, 0), STATUS_OK);
    cr_expect_eq(ends_read(0, 1, JOURNEY_REFUND | 16, 0, 5), STATUS_REFUSED);
    cr_expect_eq(ends_read(0, 1, JOURNEY_KINDS, 0, 0), STATUS_REFUSED);
    cr_expect_eq(ends_read(0, 1, JOURNEY_ORDER | 32, 0, 0), STATUS_REFUSED);
}

/* A payload of cancelled orders: customers as listed, each with its orders as listed; the first event of
** each order. -1 ends a list. */
static Status ends_read_orders(const int64_t *customers, const int64_t *orders, uint64_t events) {
    Buffer payload;
    buffer_open(&payload, &test_host);
    uint64_t customer_count = 0;
    uint64_t order_count = 0;
    while (customers[customer_count] >= 0) {
        customer_count++;
    }
    while (orders[order_count] >= 0) {
        order_count++;
    }
    buffer_varint(&payload, 0);
    buffer_varint(&payload, customer_count);
    for (uint64_t i = 0; i < customer_count; i++) {
        const Value customer = value_of_integer(customers[i]);
        value_key_write(&customer, &payload);
        buffer_varint(&payload, order_count);
        for (uint64_t j = 0; j < order_count; j++) {
            const Value order = value_of_integer(orders[j]);
            value_key_write(&order, &payload);
        }
        buffer_varint(&payload, events);
        for (uint64_t j = 0; j < events; j++) {
            buffer_varint(&payload, j == 0 ? 0 : 1); /* its time */
            buffer_byte(&payload, (unsigned char)JOURNEY_CANCEL);
            buffer_varint(&payload, j);
        }
    }
    JourneySummary summary;
    Status status = journey_sum(&test_host, reader_over(payload.bytes, payload.length), &summary);
    buffer_close(&payload);
    cr_assert_eq(test_heap.blocks, 0);
    return status;
}

/* Two whole numbers in the order of their identities, which is that of lists of names. */
static void ends_in_order(int64_t pair[3]) {
    const Value left = value_of_integer(pair[0]);
    const Value right = value_of_integer(pair[1]);
    if (identity_compare(identity_of(&left), identity_of(&right)) > 0) {
        pair[0] ^= pair[1];
        pair[1] ^= pair[0];
        pair[0] ^= pair[1];
    }
    pair[2] = -1;
}

Test(journey_ends, r3_names_stand_once_in_order_and_are_used) {
    int64_t names[3] = {1, 2, -1};
    ends_in_order(names);
    const int64_t one[2] = {7, -1};
    const int64_t twice[3] = {7, 7, -1};
    const int64_t wrong[3] = {names[1], names[0], -1};
    cr_expect_eq(ends_read_orders(names, one, 1), STATUS_OK);
    cr_expect_eq(ends_read_orders(wrong, one, 1), STATUS_REFUSED);
    cr_expect_eq(ends_read_orders(twice, one, 1), STATUS_REFUSED);
    cr_expect_eq(ends_read_orders(one, names, 2), STATUS_OK);
    cr_expect_eq(ends_read_orders(one, wrong, 2), STATUS_REFUSED);
    cr_expect_eq(ends_read_orders(one, twice, 2), STATUS_REFUSED);
    cr_expect_eq(ends_read_orders(one, names, 1), STATUS_REFUSED); /* one is not used */
    cr_expect_eq(ends_read_orders(one, one, 0), STATUS_REFUSED);
}

/* ---- memory ---- */

/* 200 names whose first 32 places are the same, then enough others that the room grows. */
static Status ends_crowd(void) {
    Names names;
    Status status = STATUS_OK;
    uint32_t number;
    names_open(&names, &test_host);
    int crowd = 0;
    for (int64_t i = 0; crowd < 70 && status == STATUS_OK; i++) {
        Value value = value_of_integer(i);
        if ((identity_of(&value).high & 1023) == 77) {
            crowd++;
            status = names_keep(&names, &value, &number);
        }
    }
    for (int64_t i = 0; i < 70 && status == STATUS_OK; i++) {
        Value value = value_of_integer(-1 - i);
        status = names_keep(&names, &value, &number);
    }
    cr_assert(status != STATUS_OK || names.count == 140);
    names_close(&names);
    return status;
}

/* A window of one event over 1200 customers: names are dropped once they are too many. */
static Status ends_tidy(void) {
    Journeys journeys;
    Status status = STATUS_OK;
    journeys_open(&journeys, &test_host);
    for (int64_t i = 0; i <= 1200 && status == STATUS_OK; i++) {
        const Value order = value_of_integer(7);
        for (int64_t j = i; j >= i - 1 && j >= 0 && status == STATUS_OK; j--) {
            const Value customer = value_of_integer(100 + j);
            const JourneyEvent event = {.at_ms = j, .kind = JOURNEY_CANCEL};
            status = journeys_take(&journeys, &customer, &order, &event, j == i ? 1 : -1);
        }
    }
    cr_assert(status != STATUS_OK || journeys.names.count < 1200);
    journeys_close(&journeys);
    return status;
}

/* The same event three times, one of them taken back, then written. */
static Status ends_repeated(void) {
    const Fact fact = {"c", 1, JOURNEY_PAY, "o", 5, 5};
    const Value customer = value_of_text("c", 1);
    const Value order = value_of_text("o", 1);
    const JourneyEvent event = fact_event(&fact);
    Journeys journeys;
    Buffer out;
    Status status = STATUS_OK;
    journeys_open(&journeys, &test_host);
    buffer_open(&out, &test_host);
    for (int i = 0; i < 4 && status == STATUS_OK; i++) {
        status = journeys_take(&journeys, &customer, &order, &event, i < 3 ? 1 : -1);
    }
    if (status == STATUS_OK) {
        status = journeys_write(&journeys, &out);
    }
    cr_assert(status != STATUS_OK || journeys.count == 2);
    buffer_close(&out);
    journeys_close(&journeys);
    return status;
}

static void ends_each_allocation(Status (*scene)(void)) {
    Status status = STATUS_NO_MEMORY;
    long failures = 0;
    for (; status != STATUS_OK; failures++) {
        test_heap.countdown = failures;
        status = scene();
        test_heap.countdown = -1;
        cr_assert(status == STATUS_OK || status == STATUS_NO_MEMORY);
        cr_assert_eq(test_heap.blocks, 0);
    }
    cr_assert_gt(failures, 5);
}

Test(journey_ends, no_allocation_amid_a_change_of_form_has_to_succeed) {
    ends_each_allocation(ends_crowd);
    ends_each_allocation(ends_tidy);
    ends_each_allocation(ends_repeated);
}

/* ---- stops, and what was never there ---- */

static int ends_looks;
static bool ends_stop(void *connection) {
    (void)connection;
    return ++ends_looks >= 1;
}

Test(journey_ends, writing_stops_when_it_is_asked_to) {
    Host host = test_host;
    host.interrupted = ends_stop;
    Journeys journeys;
    Buffer out;
    journeys_open(&journeys, &host);
    buffer_open(&out, &host);
    const Value order = value_of_integer(7);
    for (int64_t i = 0; i < 5000; i++) {
        const JourneyEvent event = {.at_ms = i, .kind = JOURNEY_CANCEL};
        cr_assert_eq(journeys_take(&journeys, &order, &order, &event, 1), STATUS_OK);
    }
    cr_assert_eq(journeys_write(&journeys, &out), STATUS_INTERRUPTED);
    cr_assert_eq(ends_looks, 1);
    buffer_close(&out);
    journeys_close(&journeys);
    cr_assert_eq(test_heap.blocks, 0);
}

Test(journey_ends, what_was_never_added_cannot_go) {
    const Fact fact = {"c", 1, JOURNEY_PAY, "o", 5, 5};
    const Value customer = value_of_text("c", 1);
    const Value order = value_of_text("o", 1);
    JourneyEvent event = fact_event(&fact);
    Journeys journeys;
    journeys_open(&journeys, &test_host);
    cr_assert_eq(journeys_take(&journeys, &customer, &order, &event, 1), STATUS_OK);
    event.at_ms++;
    cr_assert_eq(journeys_take(&journeys, &customer, &order, &event, -1), STATUS_OK);
    cr_assert_eq(journeys.count, 1);
    event.at_ms--;
    cr_assert_eq(journeys_take(&journeys, &customer, &order, &event, -1), STATUS_OK);
    cr_assert_eq(journeys.count, 0);
    journeys_close(&journeys);
    cr_assert_eq(test_heap.blocks, 0);
}

/* Ten refunds of 10^12 are beyond 64 bits, nine are not. */
Test(journey_ends, refunds_beyond_64_bits_are_an_error) {
    for (size_t count = 9; count <= 10; count++) {
        Fact facts[11] = {{"c", 1, JOURNEY_ORDER, "o", 0, NO_AMOUNT}};
        for (size_t i = 1; i <= count; i++) {
            facts[i] = (Fact){"c", (int64_t)i, JOURNEY_REFUND, "o", MONEY_LIMIT_MICROS, NO_AMOUNT};
        }
        Buffer payload;
        buffer_open(&payload, &test_host);
        facts_write(facts, count + 1, &payload);
        Rules rules;
        rules_defaults(&test_host, &rules);
        JourneyReader reader;
        Credits credits;
        Message why;
        bool more;
        cr_assert_eq(
            journey_reader_open(&reader, &test_host, reader_over(payload.bytes, payload.length)),
            STATUS_OK);
        cr_assert_eq(credits_open(&credits, &rules, &reader), STATUS_OK);
        cr_assert_eq(journey_reader_next(&reader, &more), STATUS_OK);
        Status status = credits_take_customer(&credits, &why);
        cr_expect_eq(status, count == 9 ? STATUS_OK : STATUS_REFUSED);
        if (status == STATUS_REFUSED) {
            cr_expect_str_eq(why.text,
                             "the amounts or quantities of order 'o' add up beyond 64 bits; "
                             "want less than 9.2 × 10^12");
        }
        credits_close(&credits);
        journey_reader_close(&reader);
        buffer_close(&payload);
    }
    cr_assert_eq(test_heap.blocks, 0);
}
