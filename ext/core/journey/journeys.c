/* journeys.c: events are collected. See journey.h.
**
** 1. Events only come: rows are appended, and sorted when they are written. O(1) an event.
** 2. From the first event that is taken back on (a window that slides), they are an ordered multiset,
**    and what is written comes from it. O(log n) an event. Names that nothing uses any more are
**    dropped from time to time, so that memory follows the window and not the table.
*/
#include "core/journey/journey.h"

#include "core/journey/pack.h"

#define JOURNEYS_SPARE_NAMES 1024 /* unused names that are not worth the work */

const char *const journey_kind_names[JOURNEY_KINDS] = {"ask", "chat",   "order",
                                                       "pay", "refund", "cancel"};

void journeys_open(Journeys *journeys, const Host *host) {
    *journeys = (Journeys){.host = host};
    names_open(&journeys->names, host);
    rows_open(&journeys->rows, host, PACK_WORDS);
    ordered_open(&journeys->events, host, PACK_WORDS, PACK_WORDS + 1);
}

void journeys_close(Journeys *journeys) {
    names_close(&journeys->names);
    rows_close(&journeys->rows);
    ordered_close(&journeys->events);
    journeys_open(journeys, journeys->host);
}

/* ---- a window that slides: requirement 2 ---- */

static Status journeys_count(Ordered *events, const uint64_t words[PACK_WORDS], uint64_t times) {
    uint64_t *entry = ordered_put(events, words);
    if (entry == NULL) {
        return STATUS_NO_MEMORY;
    }
    entry[PACK_WORDS] += times;
    return STATUS_OK;
}

static Status journeys_begin_to_slide(Journeys *journeys) {
    RowCursor cursor = {0};
    const uint64_t *row;
    while ((row = rows_next(&journeys->rows, &cursor)) != NULL) {
        Status status = journeys_count(&journeys->events, row, 1);
        if (status != STATUS_OK) {
            return status;
        }
    }
    rows_close(&journeys->rows);
    journeys->sliding = true;
    return STATUS_OK;
}

/* Copies the events and the names that they use. */
static Status journeys_copy_used(const Journeys *from, Journeys *to) {
    OrderedCursor cursor = {0};
    const uint64_t *entry;
    Status status = STATUS_OK;
    while (status == STATUS_OK && (entry = ordered_next(&from->events, &cursor)) != NULL) {
        JourneyEvent event = pack_open(entry);
        Value customer = names_value(&from->names, pack_customer(entry));
        Value party = names_value(&from->names, event.party);
        uint32_t customer_number;
        uint32_t party_number;
        status = names_keep(&to->names, &customer, &customer_number);
        if (status == STATUS_OK) {
            status = names_keep(&to->names, &party, &party_number);
        }
        if (status == STATUS_OK) {
            uint64_t words[PACK_WORDS];
            pack_event(words, customer_number, party_number, &event);
            status = journeys_count(&to->events, words, entry[PACK_WORDS]);
        }
    }
    return status;
}

/* Drops unused names once they are the most. */
static Status journeys_tidy(Journeys *journeys) {
    if (journeys->names.count < JOURNEYS_SPARE_NAMES + 4 * journeys->count) {
        return STATUS_OK;
    }
    Journeys tidy;
    journeys_open(&tidy, journeys->host);
    tidy.sliding = true;
    tidy.count = journeys->count;
    Status status = journeys_copy_used(journeys, &tidy);
    if (status != STATUS_OK) {
        journeys_close(&tidy);
        return status;
    }
    journeys_close(journeys);
    *journeys = tidy;
    return STATUS_OK;
}

static Status journeys_take_back(Journeys *journeys, const uint64_t words[PACK_WORDS]) {
    if (!journeys->sliding) {
        Status status = journeys_begin_to_slide(journeys);
        if (status != STATUS_OK) {
            return status;
        }
    }
    uint64_t *entry = ordered_find(&journeys->events, words);
    if (entry == NULL) {
        return STATUS_OK; /* it was never added: its step failed */
    }
    journeys->count--;
    if (--entry[PACK_WORDS] == 0) {
        ordered_remove(&journeys->events, words);
    }
    return journeys_tidy(journeys);
}

/* ---- taking ---- */

static Status journeys_take_packed(Journeys *journeys, const uint64_t words[PACK_WORDS], int sign) {
    if (sign < 0) {
        return journeys_take_back(journeys, words);
    }
    if (journeys->sliding) {
        journeys->count++;
        return journeys_count(&journeys->events, words, 1);
    }
    uint64_t *row = rows_append(&journeys->rows);
    if (row == NULL) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < PACK_WORDS; i++) {
        row[i] = words[i];
    }
    journeys->count++;
    return STATUS_OK;
}

Status journeys_take(Journeys *journeys, const Value *customer, const Value *party,
                     const JourneyEvent *event, int sign) {
    uint32_t customer_number;
    uint32_t party_number;
    Status status = names_keep(&journeys->names, customer, &customer_number);
    if (status == STATUS_OK) {
        status = names_keep(&journeys->names, party, &party_number);
    }
    if (status != STATUS_OK) {
        return status;
    }
    uint64_t words[PACK_WORDS];
    pack_event(words, customer_number, party_number, event);
    return journeys_take_packed(journeys, words, sign);
}

/* The events of the customer that was read last. */
static Status journeys_take_customer(Journeys *journeys, const JourneyReader *reader, int sign) {
    for (uint64_t i = 0; i < reader->event_count; i++) {
        const JourneyEvent *event = &reader->events[i];
        const Value *parties = event->kind <= JOURNEY_CHAT ? reader->agents : reader->orders;
        Status status =
            journeys_take(journeys, &reader->customer, &parties[event->party], event, sign);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

Status journeys_take_payload(Journeys *journeys, Reader payload, int sign) {
    JourneyReader reader;
    Status status = journey_reader_open(&reader, journeys->host, payload);
    bool more = true;
    while (status == STATUS_OK && more) {
        status = journey_reader_next(&reader, &more);
        if (status == STATUS_OK && more) {
            status = journeys_take_customer(journeys, &reader, sign);
        }
    }
    journey_reader_close(&reader);
    return status;
}
