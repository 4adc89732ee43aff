/* journeys_write.c: collected events become a payload. See journey.h, requirement 3.
**
** 1. Names are numbered in the order of arrival. What is written goes by ranks: agents by SQLite's
**    order, customers and orders by their identities. So events are packed anew with ranks for
**    numbers, and sorting those rows sorts everything.
** 2. What was collected stays as it is: a window asks again for each row.
*/
#include "core/journey/arrays.h"
#include "core/journey/journey.h"
#include "core/journey/pack.h"

#define WRITE_TURNS 4096 /* events between two questions whether to stop */

typedef struct JourneysWriter {
    const Journeys *journeys;
    Buffer *out;
    uint64_t *by_identity; /* (high, low, number) of all names, sorted */
    uint32_t *rank;        /* number -> place in by_identity */
    bool *is_agent;        /* by number */
    uint32_t *agents;      /* numbers of agents in SQLite's order */
    uint32_t agent_count;
    uint32_t *agent_place; /* number -> place in agents */
    uint64_t *events;      /* packed with ranks and places, sorted */
    uint64_t *orders;      /* customer's rank << 32 | order's rank of every order event, sorted */
    uint64_t order_count;
    uint64_t customer_count;
} JourneysWriter;

static void write_close(JourneysWriter *writer) {
    const Host *host = writer->journeys->host;
    host->release(writer->by_identity);
    host->release(writer->rank);
    host->release(writer->is_agent);
    host->release(writer->agents);
    host->release(writer->agent_place);
    host->release(writer->events);
    host->release(writer->orders);
}

/* Walks over all collected events, whichever form they have; `times`: how many of each. */
typedef struct EventCursor {
    RowCursor row;
    OrderedCursor entry;
} EventCursor;

static const uint64_t *write_next(const Journeys *journeys, EventCursor *cursor, uint64_t *times) {
    if (!journeys->sliding) {
        *times = 1;
        return rows_next(&journeys->rows, &cursor->row);
    }
    const uint64_t *entry = ordered_next(&journeys->events, &cursor->entry);
    *times = entry == NULL ? 0 : entry[PACK_WORDS];
    return entry;
}

/* ---- ranks ---- */

static Status write_rank_names(JourneysWriter *writer) {
    const Names *names = &writer->journeys->names;
    Rows rows;
    rows_open(&rows, writer->journeys->host, 3);
    for (uint32_t i = 0; i < names->count; i++) {
        uint64_t *row = rows_append(&rows);
        if (row == NULL) {
            rows_close(&rows);
            return STATUS_NO_MEMORY;
        }
        row[0] = names->list[i].identity.high;
        row[1] = names->list[i].identity.low;
        row[2] = i;
    }
    Status status = rows_sort(&rows, &writer->by_identity);
    rows_close(&rows);
    if (status == STATUS_OK) {
        writer->rank = host_allocate(writer->journeys->host, names->count, sizeof(uint32_t));
        status = writer->rank == NULL ? STATUS_NO_MEMORY : STATUS_OK;
    }
    for (uint32_t i = 0; status == STATUS_OK && i < names->count; i++) {
        writer->rank[writer->by_identity[3 * (uint64_t)i + 2]] = i;
    }
    return status;
}

static bool write_agent_less(const void *left, const void *right, const void *context) {
    const Names *names = context;
    Value left_value = names_value(names, *(const uint32_t *)left);
    Value right_value = names_value(names, *(const uint32_t *)right);
    return value_key_compare(&left_value, &right_value) < 0;
}

static Status write_rank_agents(JourneysWriter *writer) {
    const Journeys *journeys = writer->journeys;
    const Names *names = &journeys->names;
    writer->is_agent = host_allocate(journeys->host, names->count, sizeof(bool));
    writer->agent_place = host_allocate(journeys->host, names->count, sizeof(uint32_t));
    if (writer->is_agent == NULL || writer->agent_place == NULL) {
        return STATUS_NO_MEMORY;
    }
    EventCursor cursor = {0};
    const uint64_t *words;
    uint64_t times;
    while ((words = write_next(journeys, &cursor, &times)) != NULL) {
        JourneyEvent event = pack_open(words);
        if (event.kind <= JOURNEY_CHAT && !writer->is_agent[event.party]) {
            writer->is_agent[event.party] = true;
            writer->agent_count++;
        }
    }
    writer->agents = host_allocate(journeys->host, writer->agent_count, sizeof(uint32_t));
    if (writer->agents == NULL) {
        return STATUS_NO_MEMORY;
    }
    uint32_t place = 0;
    for (uint32_t i = 0; i < names->count; i++) {
        if (writer->is_agent[i]) {
            writer->agents[place++] = i;
        }
    }
    array_sort(writer->agents, writer->agent_count, sizeof(uint32_t), write_agent_less, names);
    for (uint32_t i = 0; i < writer->agent_count; i++) {
        writer->agent_place[writer->agents[i]] = i;
    }
    return STATUS_OK;
}

/* ---- rows by rank ---- */

static bool write_add_event(const JourneysWriter *writer, const uint64_t *words, Rows *events,
                            Rows *orders) {
    JourneyEvent event = pack_open(words);
    uint32_t customer = writer->rank[pack_customer(words)];
    bool of_agent = event.kind <= JOURNEY_CHAT;
    uint32_t party = of_agent ? writer->agent_place[event.party] : writer->rank[event.party];
    uint64_t *row = rows_append(events);
    if (row == NULL) {
        return false;
    }
    pack_event(row, customer, party, &event);
    if (!of_agent) {
        row = rows_append(orders);
        if (row == NULL) {
            return false;
        }
        row[0] = (uint64_t)customer << 32 | party;
    }
    return true;
}

static Status write_sort_events(JourneysWriter *writer) {
    const Journeys *journeys = writer->journeys;
    Rows events;
    Rows orders;
    rows_open(&events, journeys->host, PACK_WORDS);
    rows_open(&orders, journeys->host, 1);
    EventCursor cursor = {0};
    const uint64_t *words;
    uint64_t times;
    Status status = STATUS_OK;
    while (status == STATUS_OK && (words = write_next(journeys, &cursor, &times)) != NULL) {
        for (; times > 0 && status == STATUS_OK; times--) {
            if (!write_add_event(writer, words, &events, &orders)) {
                status = STATUS_NO_MEMORY;
            } else if (events.count % WRITE_TURNS == 0 && host_interrupted(journeys->host)) {
                status = STATUS_INTERRUPTED;
            }
        }
    }
    if (status == STATUS_OK) {
        writer->order_count = orders.count;
        status = rows_sort(&orders, &writer->orders);
    }
    if (status == STATUS_OK) {
        status = rows_sort(&events, &writer->events);
    }
    rows_close(&events);
    rows_close(&orders);
    return status;
}

/* Each order of a customer once; and how many customers there are. */
static void write_join(JourneysWriter *writer) {
    uint64_t kept = 0;
    for (uint64_t i = 0; i < writer->order_count; i++) {
        if (kept == 0 || writer->orders[kept - 1] != writer->orders[i]) {
            writer->orders[kept++] = writer->orders[i];
        }
    }
    writer->order_count = kept;
    for (uint64_t i = 0; i < writer->journeys->count; i++) {
        const uint64_t *row = writer->events + i * PACK_WORDS;
        writer->customer_count += i == 0 || pack_customer(row) != pack_customer(row - PACK_WORDS);
    }
}

/* ---- bytes ---- */

static void write_name(const JourneysWriter *writer, uint32_t number) {
    Value value = names_value(&writer->journeys->names, number);
    value_key_write(&value, writer->out);
}

static void write_ranked(const JourneysWriter *writer, uint64_t rank) {
    write_name(writer, (uint32_t)writer->by_identity[3 * rank + 2]);
}

/* The place of an order among those of its customer. */
static uint64_t write_order_place(const uint64_t *orders, uint64_t count, uint32_t rank) {
    uint64_t low = 0;
    uint64_t high = count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if ((uint32_t)orders[middle] < rank) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* A customer: `count` events and `order_count` orders. */
static void write_customer(const JourneysWriter *writer, const uint64_t *rows, uint64_t count,
                           const uint64_t *orders, uint64_t order_count) {
    Buffer *out = writer->out;
    write_ranked(writer, pack_customer(rows));
    buffer_varint(out, order_count);
    for (uint64_t i = 0; i < order_count; i++) {
        write_ranked(writer, (uint32_t)orders[i]);
    }
    buffer_varint(out, count);
    int64_t before_ms = 0;
    for (uint64_t i = 0; i < count; i++) {
        JourneyEvent event = pack_open(rows + i * PACK_WORDS);
        if (i == 0) {
            buffer_signed(out, event.at_ms);
        } else {
            buffer_varint(out, (uint64_t)(event.at_ms - before_ms));
        }
        before_ms = event.at_ms;
        unsigned flags = (event.amount_known ? 8u : 0u) | (event.quantity_known ? 16u : 0u);
        buffer_byte(out, (unsigned char)((unsigned)event.kind | flags));
        buffer_varint(out, event.kind <= JOURNEY_CHAT
                               ? event.party
                               : write_order_place(orders, order_count, event.party));
        if (event.amount_known) {
            buffer_signed(out, event.amount_micros);
        }
        if (event.quantity_known) {
            buffer_varint(out, (uint64_t)event.quantity);
        }
    }
}

static void write_payload(const JourneysWriter *writer) {
    buffer_varint(writer->out, writer->agent_count);
    for (uint32_t i = 0; i < writer->agent_count; i++) {
        write_name(writer, writer->agents[i]);
    }
    buffer_varint(writer->out, writer->customer_count);
    uint64_t order = 0;
    for (uint64_t first = 0, end; first < writer->journeys->count; first = end) {
        const uint64_t *rows = writer->events + first * PACK_WORDS;
        uint32_t customer = pack_customer(rows);
        end = first + 1;
        while (end < writer->journeys->count &&
               pack_customer(writer->events + end * PACK_WORDS) == customer) {
            end++;
        }
        uint64_t first_order = order;
        while (order < writer->order_count && writer->orders[order] >> 32 == customer) {
            order++;
        }
        bool any = order > first_order; /* without orders there is no list to point into */
        write_customer(writer, rows, end - first, any ? writer->orders + first_order : NULL,
                       order - first_order);
    }
}

Status journeys_write(const Journeys *journeys, Buffer *out) {
    JourneysWriter writer = {.journeys = journeys, .out = out};
    Status status = write_rank_names(&writer);
    if (status == STATUS_OK) {
        status = write_rank_agents(&writer);
    }
    if (status == STATUS_OK) {
        status = write_sort_events(&writer);
    }
    if (status == STATUS_OK) {
        write_join(&writer);
        write_payload(&writer);
        status = out->failed ? STATUS_NO_MEMORY : STATUS_OK;
    }
    write_close(&writer);
    return status;
}
