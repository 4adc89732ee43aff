/* journey_rows.c: see journey_rows.h. */
#include "journey_rows.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "host.h"

#define TEXT_BYTES 1000000

typedef struct Text {
    size_t length;
    char bytes[TEXT_BYTES];
} Text;

static void text_put(Text *text, const char *words) {
    size_t length = strlen(words);
    cr_assert_lt(text->length + length, TEXT_BYTES);
    memcpy(text->bytes + text->length, words, length + 1);
    text->length += length;
}

static void text_number(Text *text, bool known, int64_t number, int64_t unit, char end) {
    char words[40];
    if (!known) {
        snprintf(words, sizeof words, "-%c", end);
    } else if (number % unit == 0) {
        snprintf(words, sizeof words, "%lld%c", (long long)(number / unit), end);
    } else {
        snprintf(words, sizeof words, "%.6f%c", (double)number / (double)unit, end);
    }
    text_put(text, words);
}

static void text_time(Text *text, bool known, int64_t at_ms, char end) {
    text_number(text, known, at_ms - FACTS_START_S * 1000, 1000, end);
}

static void text_name(Text *text, const Value *value) {
    char words[60];
    snprintf(words, sizeof words, "%.*s ", (int)value->length, value->as.bytes);
    text_put(text, value->type == VALUE_NULL ? "null " : words);
}

JourneyEvent fact_event(const Fact *fact) {
    bool amount_known = fact->amount_micros != NO_AMOUNT && journey_has_amount(fact->kind);
    bool quantity_known = fact->quantity != NO_AMOUNT && journey_has_quantity(fact->kind);
    JourneyEvent event = {
        .at_ms = (FACTS_START_S + fact->at_s) * 1000,
        .kind = fact->kind,
        .amount_known = amount_known,
        .quantity_known = quantity_known,
        .amount_micros = amount_known ? fact->amount_micros : 0,
        .quantity = quantity_known ? fact->quantity : 0,
    };
    return event;
}

void facts_take(Journeys *journeys, const Fact *facts, size_t count, int sign) {
    for (size_t i = 0; i < count; i++) {
        Value customer = value_of_text(facts[i].customer, strlen(facts[i].customer));
        Value party = {VALUE_NULL, 0, {.integer = 0}};
        if (facts[i].party != NULL) {
            party = value_of_text(facts[i].party, strlen(facts[i].party));
        }
        JourneyEvent event = fact_event(&facts[i]);
        cr_assert_eq(journeys_take(journeys, &customer, &party, &event, sign), STATUS_OK);
    }
}

void facts_write(const Fact *facts, size_t count, Buffer *out) {
    Journeys journeys;
    journeys_open(&journeys, &test_host);
    facts_take(&journeys, facts, count, 1);
    cr_assert_eq(journeys_write(&journeys, out), STATUS_OK);
    journeys_close(&journeys);
}

/* Runs `customer` for each customer of the payload of these facts. */
static const char *facts_rows(const Fact *facts, size_t count, const char *rules_text,
                              void (*customer)(Inquiries *inquiries, Text *text)) {
    static Text text;
    text.length = 0;
    text.bytes[0] = '\0';
    Rules rules;
    Message why;
    cr_assert_eq(rules_parse(&test_host, rules_text, strlen(rules_text), &rules, &why), STATUS_OK,
                 "%s", rules_text);
    Buffer payload;
    buffer_open(&payload, &test_host);
    facts_write(facts, count, &payload);
    JourneyReader reader;
    Inquiries inquiries;
    cr_assert_eq(
        journey_reader_open(&reader, &test_host, reader_over(payload.bytes, payload.length)),
        STATUS_OK);
    cr_assert_eq(inquiries_open(&inquiries, &rules, &reader), STATUS_OK);
    for (bool more = true; more;) {
        cr_assert_eq(journey_reader_next(&reader, &more), STATUS_OK);
        if (more) {
            cr_assert_eq(inquiries_take_customer(&inquiries, &why), STATUS_OK);
            customer(&inquiries, &text);
        }
    }
    inquiries_close(&inquiries);
    journey_reader_close(&reader);
    buffer_close(&payload);
    rules_close(&rules);
    cr_assert_eq(test_heap.blocks, 0);
    return text.bytes;
}

static void rows_of_credit(const Credits *credits, uint32_t place, const Credit *credit,
                           Text *text) {
    static const char *const models[] = {"last", "first", "linear", "position", "decay"};
    const JourneyReader *reader = credits->reader;
    const JourneyOrder *order = &credits->orders[place];
    text_name(text, &reader->orders[place]);
    text_name(text, &reader->customer);
    if (credit->silent) {
        text_put(text, "- ");
    } else {
        text_name(text, &reader->agents[credit->agent]);
    }
    text_number(text, true, credit->weight_millionths, 1, ' ');
    if (credit->silent) {
        text_put(text, "silent ");
    } else {
        text_put(text, models[credits->rules->model]);
        text_put(text, credit->decided == ANCHOR_PAY ? "/pay " : "/order ");
    }
    text_time(text, !credit->silent, credit->touched_at_ms, ' ');
    text_time(text, true, order->ordered_at_ms, ' ');
    text_time(text, order->paid.any && !order->cancelled, order->paid.first_ms, ' ');
    text_number(text, order->amount_known || order->cancelled, credit->amount_micros, 1000000, ' ');
    text_number(text, true, credit->refunded_micros, 1000000, '\n');
}

static void rows_of_credits(Inquiries *inquiries, Text *text) {
    Credits *credits = &inquiries->credits;
    for (uint32_t i = 0; i < credits->reader->order_count; i++) {
        cr_assert_eq(credits_of_order(credits, i), STATUS_OK);
        for (uint64_t j = 0; j < credits->count; j++) {
            rows_of_credit(credits, i, &credits->list[j], text);
        }
    }
}

static void rows_of_inquiries(Inquiries *inquiries, Text *text) {
    const JourneyReader *reader = inquiries->credits.reader;
    InquiryRow row;
    while (inquiries_next(inquiries, &row)) {
        text_name(text, &reader->agents[row.agent]);
        text_name(text, &reader->customer);
        text_time(text, true, row.asked_at_ms, ' ');
        if (row.ordered) {
            text_name(text, &reader->orders[row.order]);
        } else {
            text_put(text, "- ");
        }
        text_time(text, row.ordered, row.ordered_at_ms, ' ');
        text_time(text, row.paid, row.paid_at_ms, ' ');
        text_number(text, row.amount_known, row.amount_micros, 1000000, ' ');
        text_number(text, row.quantity_known, row.quantity, 1, '\n');
    }
}

const char *facts_credits(const Fact *facts, size_t count, const char *rules) {
    return facts_rows(facts, count, rules, rows_of_credits);
}

const char *facts_inquiries(const Fact *facts, size_t count, const char *rules) {
    return facts_rows(facts, count, rules, rows_of_inquiries);
}
