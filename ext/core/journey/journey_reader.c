/* journey_reader.c: a payload is read, one customer at a time. See journey.h, requirement 3.
**
** 1. Any bytes at all: customers or a refusal. Counts are checked against the bytes that are left
**    before anything is allocated for them, orders and spellings are checked as they are read.
** 2. Memory follows the largest customer, not the payload.
*/
#include "core/journey/arrays.h"
#include "core/journey/journey.h"
#include "core/journey/pack.h"
#include "core/money/money.h"
#include "core/money/quantity.h"

#include <string.h>

#define READER_FIRST_MS INT64_C(-62167219200000) /* 0000-01-01 UTC */
#define READER_LAST_MS INT64_C(253402300799999)  /* the end of 9999 UTC */
#define READER_EVENT_BYTES 3                     /* at least: time, kind, party */

/* A count of things that take so many bytes each at least, or broken. Below 2^32, as the length of
** every value is. */
static uint64_t reader_count(Reader *payload, uint64_t bytes_each) {
    uint64_t count = reader_varint(payload);
    if (count > reader_left(payload) / bytes_each) {
        return reader_break(payload);
    }
    return count;
}

Status journey_reader_open(JourneyReader *reader, const Host *host, Reader payload) {
    *reader = (JourneyReader){.host = host, .payload = payload};
    uint32_t count = (uint32_t)reader_count(&reader->payload, 1);
    reader->agents = host_allocate(host, count, sizeof(Value));
    reader->agent_used = host_allocate(host, count, sizeof(bool));
    if (reader->agents == NULL || reader->agent_used == NULL) {
        return STATUS_NO_MEMORY;
    }
    reader->agent_count = count;
    for (uint32_t i = 0; i < count; i++) {
        bool read = value_key_read(&reader->agents[i], &reader->payload);
        if (!read ||
            (i > 0 && value_key_compare(&reader->agents[i - 1], &reader->agents[i]) >= 0)) {
            reader_break(&reader->payload);
            return STATUS_REFUSED;
        }
    }
    reader->customers_left = reader_count(&reader->payload, READER_EVENT_BYTES);
    return reader->payload.broken ? STATUS_REFUSED : STATUS_OK;
}

void journey_reader_close(JourneyReader *reader) {
    reader->host->release(reader->agents);
    reader->host->release(reader->agent_used);
    reader->host->release(reader->orders);
    reader->host->release(reader->order_used);
    reader->host->release(reader->events);
    *reader = (JourneyReader){.host = reader->host};
}

/* The orders of a customer, none of them used so far. */
static Status reader_orders(JourneyReader *reader) {
    uint64_t count = reader_count(&reader->payload, 1);
    Value *orders =
        array_room(reader->host, reader->orders, &reader->order_capacity, count, sizeof *orders);
    if (orders == NULL) {
        return STATUS_NO_MEMORY;
    }
    reader->orders = orders;
    bool *used =
        array_room(reader->host, reader->order_used, &reader->used_capacity, count, sizeof *used);
    if (used == NULL) {
        return STATUS_NO_MEMORY;
    }
    reader->order_used = used;
    memset(used, 0, (size_t)count);
    reader->order_count = (uint32_t)count;
    Identity before = {0, 0};
    for (uint64_t i = 0; i < count; i++) {
        if (!value_key_read(&orders[i], &reader->payload) || orders[i].type == VALUE_NULL) {
            return STATUS_REFUSED;
        }
        Identity identity = identity_of(&orders[i]);
        if (i > 0 && identity_compare(before, identity) >= 0) {
            return STATUS_REFUSED;
        }
        before = identity;
    }
    return STATUS_OK;
}

/* One event; `before_ms` is the time of the one before it. */
static JourneyEvent reader_event(JourneyReader *reader, bool first, int64_t before_ms) {
    Reader *payload = &reader->payload;
    JourneyEvent event = {0};
    if (first) {
        event.at_ms = reader_signed(payload);
    } else {
        uint64_t later_ms = reader_varint(payload);
        uint64_t room_ms = (uint64_t)(READER_LAST_MS - before_ms);
        event.at_ms = later_ms <= room_ms ? before_ms + (int64_t)later_ms : INT64_MAX;
    }
    unsigned char head = reader_byte(payload);
    event.kind = (JourneyKind)(head & 7);
    event.amount_known = (head & 8) != 0;
    event.quantity_known = (head & 16) != 0;
    uint64_t party = reader_varint(payload);
    bool of_agent = event.kind <= JOURNEY_CHAT;
    bool *used = of_agent ? reader->agent_used : reader->order_used;
    event.amount_micros = event.amount_known ? reader_signed(payload) : 0;
    uint64_t quantity = event.quantity_known ? reader_varint(payload) : 0;
    bool right = event.at_ms >= READER_FIRST_MS && event.at_ms <= READER_LAST_MS && head < 32 &&
                 event.kind < JOURNEY_KINDS &&
                 party < (of_agent ? reader->agent_count : reader->order_count) &&
                 (!event.amount_known || journey_has_amount(event.kind)) &&
                 (!event.quantity_known || journey_has_quantity(event.kind)) &&
                 event.amount_micros >= -MONEY_LIMIT_MICROS &&
                 event.amount_micros <= MONEY_LIMIT_MICROS && quantity <= QUANTITY_MOST;
    if (payload->broken || !right) {
        reader_break(payload);
        return (JourneyEvent){.at_ms = before_ms};
    }
    event.party = (uint32_t)party;
    event.quantity = (int64_t)quantity;
    used[party] = true;
    return event;
}

/* Whether two neighbours are in the order of events. */
static bool reader_in_order(const JourneyEvent *before, const JourneyEvent *event) {
    uint64_t left[PACK_WORDS];
    uint64_t right[PACK_WORDS];
    pack_event(left, 0, before->party, before);
    pack_event(right, 0, event->party, event);
    for (int i = 0; i < PACK_WORDS; i++) {
        if (left[i] != right[i]) {
            return left[i] < right[i];
        }
    }
    return true;
}

static Status reader_events(JourneyReader *reader) {
    uint64_t count = reader_count(&reader->payload, READER_EVENT_BYTES);
    JourneyEvent *events =
        array_room(reader->host, reader->events, &reader->event_capacity, count, sizeof *events);
    if (events == NULL) {
        return STATUS_NO_MEMORY;
    }
    reader->events = events;
    reader->event_count = count;
    if (count == 0) {
        reader_break(&reader->payload);
    }
    int64_t before_ms = 0;
    for (uint64_t i = 0; i < count && !reader->payload.broken; i++) {
        events[i] = reader_event(reader, i == 0, before_ms);
        before_ms = events[i].at_ms;
        if (i > 0 && !reader_in_order(&events[i - 1], &events[i])) {
            reader_break(&reader->payload);
        }
    }
    return STATUS_OK;
}

static bool reader_all_used(const bool *used, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (!used[i]) {
            return false;
        }
    }
    return true;
}

Status journey_reader_next(JourneyReader *reader, bool *more) {
    *more = reader->customers_left > 0;
    if (!*more) {
        bool right = reader_left(&reader->payload) == 0 &&
                     reader_all_used(reader->agent_used, reader->agent_count);
        return right ? STATUS_OK : STATUS_REFUSED;
    }
    if (host_interrupted(reader->host)) {
        return STATUS_INTERRUPTED;
    }
    reader->customers_left--;
    if (!value_key_read(&reader->customer, &reader->payload) ||
        reader->customer.type == VALUE_NULL) {
        return STATUS_REFUSED;
    }
    Identity identity = identity_of(&reader->customer);
    if (reader->any && identity_compare(reader->last, identity) >= 0) {
        return STATUS_REFUSED;
    }
    reader->last = identity;
    reader->any = true;
    Status status = reader_orders(reader);
    if (status == STATUS_OK) {
        status = reader_events(reader);
    }
    if (status != STATUS_OK) {
        return status;
    }
    bool right =
        !reader->payload.broken && reader_all_used(reader->order_used, reader->order_count);
    return right ? STATUS_OK : STATUS_REFUSED;
}

Status journey_sum(const Host *host, Reader payload, JourneySummary *out) {
    *out = (JourneySummary){0};
    JourneyReader reader;
    Status status = journey_reader_open(&reader, host, payload);
    bool more = true;
    while (status == STATUS_OK && more) {
        status = journey_reader_next(&reader, &more);
        if (status == STATUS_OK && more) {
            int64_t first_ms = reader.events[0].at_ms;
            int64_t last_ms = reader.events[reader.event_count - 1].at_ms;
            bool first = out->events == 0;
            out->first_ms = first || first_ms < out->first_ms ? first_ms : out->first_ms;
            out->last_ms = first || last_ms > out->last_ms ? last_ms : out->last_ms;
            out->events += reader.event_count;
        }
    }
    journey_reader_close(&reader);
    return status;
}
