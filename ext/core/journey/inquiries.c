/* inquiries.c: see inquiries.h. */
#include "core/journey/inquiries.h"

#include "core/journey/arrays.h"

Status inquiries_open(Inquiries *inquiries, const Rules *rules, const JourneyReader *reader) {
    *inquiries = (Inquiries){0};
    Status status = credits_open(&inquiries->credits, rules, reader);
    if (status == STATUS_OK) {
        status = times_open(&inquiries->asks, rules->host, reader->agent_count);
    }
    return status;
}

void inquiries_close(Inquiries *inquiries) {
    const Host *host = inquiries->credits.rules->host;
    times_close(&inquiries->asks, host);
    host->release(inquiries->list);
    host->release(inquiries->first_of_agent);
    host->release(inquiries->orders);
    host->release(inquiries->awards);
    credits_close(&inquiries->credits);
    *inquiries = (Inquiries){.credits = inquiries->credits};
}

static int64_t inquiries_day(Inquiries *inquiries, int64_t instant_ms) {
    return clock_day_cached(&inquiries->credits.rules->zone, &inquiries->days, instant_ms);
}

/* ---- orders and inquiries of a customer ---- */

static bool inquiries_order_less(const void *left, const void *right, const void *context) {
    const PlacedOrder *one = left;
    const PlacedOrder *other = right;
    (void)context;
    return one->ordered_at_ms != other->ordered_at_ms ? one->ordered_at_ms < other->ordered_at_ms
                                                      : one->place < other->place;
}

static Status inquiries_find_orders(Inquiries *inquiries) {
    const JourneyReader *reader = inquiries->credits.reader;
    PlacedOrder *orders = array_room(reader->host, inquiries->orders, &inquiries->order_capacity,
                                     reader->order_count, sizeof *orders);
    if (orders == NULL) {
        return STATUS_NO_MEMORY;
    }
    inquiries->orders = orders;
    inquiries->order_count = 0;
    for (uint32_t i = 0; i < reader->order_count; i++) {
        const JourneyOrder *order = &inquiries->credits.orders[i];
        if (order->placed) {
            orders[inquiries->order_count++] = (PlacedOrder){
                i, order->ordered_at_ms, inquiries_day(inquiries, order->ordered_at_ms)};
        }
    }
    array_sort(orders, inquiries->order_count, sizeof *orders, inquiries_order_less, NULL);
    return STATUS_OK;
}

/* The first of the orders at or after an instant. */
static uint64_t inquiries_order_from(const Inquiries *inquiries, int64_t instant_ms) {
    uint64_t low = 0;
    uint64_t high = inquiries->order_count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (inquiries->orders[middle].ordered_at_ms < instant_ms) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static Status inquiries_add(Inquiries *inquiries, uint32_t agent, int64_t asked_at_ms,
                            int64_t day_number) {
    const Host *host = inquiries->credits.rules->host;
    Inquiry *list =
        array_room(host, inquiries->list, &inquiries->capacity, inquiries->count + 1, sizeof *list);
    if (list == NULL) {
        return STATUS_NO_MEMORY;
    }
    inquiries->list = list;
    list[inquiries->count++] =
        (Inquiry){.agent = agent, .asked_at_ms = asked_at_ms, .day_number = day_number};
    return STATUS_OK;
}

/* The first ask of each agent and local day. */
static Status inquiries_find(Inquiries *inquiries) {
    const TimesByAgent *asks = &inquiries->asks;
    const Host *host = inquiries->credits.rules->host;
    uint64_t *firsts = array_room(host, inquiries->first_of_agent, &inquiries->first_capacity,
                                  asks->agent_count + 1, sizeof *firsts);
    if (firsts == NULL) {
        return STATUS_NO_MEMORY;
    }
    inquiries->first_of_agent = firsts;
    inquiries->count = 0;
    for (uint64_t i = 0; i < asks->agent_count; i++) {
        const AgentTimes *agent = &asks->agents[i];
        firsts[i] = inquiries->count;
        for (uint64_t j = 0; j < agent->count; j++) {
            int64_t asked_at_ms = asks->times_ms[agent->first + j];
            int64_t day_number = inquiries_day(inquiries, asked_at_ms);
            if (j > 0 && inquiries->list[inquiries->count - 1].day_number == day_number) {
                continue;
            }
            Status status = inquiries_add(inquiries, agent->agent, asked_at_ms, day_number);
            if (status != STATUS_OK) {
                return status;
            }
        }
    }
    firsts[asks->agent_count] = inquiries->count;
    return STATUS_OK;
}

/* ---- awards: requirement 2 ---- */

/* The order is not before the question: callers choose it so. */
static bool inquiries_leads_to(const Inquiries *inquiries, const Inquiry *inquiry,
                               const PlacedOrder *order) {
    int64_t last_day = inquiry->day_number + inquiries->credits.rules->final_days;
    return order->day_number <= last_day;
}

/* The agent's last inquiry at or before the order, or NULL. */
static Inquiry *inquiries_last_before(Inquiries *inquiries, uint32_t agent,
                                      const PlacedOrder *order) {
    uint64_t slot = inquiries->asks.slot[agent];
    if (slot == 0) {
        return NULL; /* never asked */
    }
    uint64_t first = inquiries->first_of_agent[slot - 1];
    uint64_t low = first;
    uint64_t high = inquiries->first_of_agent[slot];
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (inquiries->list[middle].asked_at_ms <= order->ordered_at_ms) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == first ? NULL : &inquiries->list[low - 1];
}

static Status inquiries_add_award(Inquiries *inquiries, Inquiry *inquiry, const Award *award) {
    const Host *host = inquiries->credits.rules->host;
    Award *awards = array_room(host, inquiries->awards, &inquiries->award_capacity,
                               inquiries->award_count + 1, sizeof *awards);
    if (awards == NULL) {
        return STATUS_NO_MEMORY;
    }
    inquiries->awards = awards;
    awards[inquiries->award_count++] = *award;
    if (inquiry->first_award == 0) {
        inquiry->first_award = inquiries->award_count;
    } else {
        awards[inquiry->last_award - 1].next = inquiries->award_count;
    }
    inquiry->last_award = inquiries->award_count;
    return STATUS_OK;
}

/* The largest share; of equals the agent who touched first. */
static uint64_t inquiries_largest(const Credits *credits) {
    uint64_t largest = 0;
    for (uint64_t i = 1; i < credits->count; i++) {
        if (credits->list[i].weight_millionths > credits->list[largest].weight_millionths) {
            largest = i;
        }
    }
    return largest;
}

static Status inquiries_award(Inquiries *inquiries, uint64_t place) {
    Credits *credits = &inquiries->credits;
    const PlacedOrder *order = &inquiries->orders[place];
    Status status = credits_of_order(credits, order->place);
    uint64_t largest = inquiries_largest(credits);
    for (uint64_t i = 0; status == STATUS_OK && i < credits->count; i++) {
        const Credit *credit = &credits->list[i];
        Inquiry *inquiry =
            credit->silent ? NULL : inquiries_last_before(inquiries, credit->agent, order);
        if (inquiry != NULL && inquiries_leads_to(inquiries, inquiry, order)) {
            Award award = {.order = place,
                           .amount_micros = credit->amount_micros,
                           .has_quantity = i == largest};
            status = inquiries_add_award(inquiries, inquiry, &award);
        }
    }
    return status;
}

Status inquiries_take_customer(Inquiries *inquiries, Message *why) {
    inquiries->award_count = 0;
    inquiries->inquiry = 0;
    inquiries->begun = false;
    Status status = credits_take_customer(&inquiries->credits, why);
    if (status == STATUS_OK) {
        status = times_take(&inquiries->asks, inquiries->credits.reader, JOURNEY_ASK);
    }
    if (status == STATUS_OK) {
        status = inquiries_find(inquiries);
    }
    if (status == STATUS_OK) {
        status = inquiries_find_orders(inquiries);
    }
    for (uint64_t i = 0; status == STATUS_OK && i < inquiries->order_count; i++) {
        status = inquiries_award(inquiries, i);
    }
    return status;
}

/* ---- rows ---- */

/* A row without an order: none when an earlier order makes the contact after-sales. `next` is the
** first order after the question. */
static bool inquiries_after_sales(const Inquiries *inquiries, const Inquiry *inquiry,
                                  uint64_t next) {
    int64_t first_day = inquiry->day_number - inquiries->credits.rules->after_sales_days;
    return next > 0 && inquiries->orders[next - 1].day_number >= first_day;
}

/* Requirement 3 */
static void inquiries_fill(Inquiries *inquiries, InquiryRow *row) {
    const PlacedOrder *placed = &inquiries->orders[inquiries->order];
    const JourneyOrder *order = &inquiries->credits.orders[placed->place];
    row->ordered = true;
    row->order = placed->place;
    row->ordered_at_ms = order->ordered_at_ms;
    row->paid = order->paid.any && !order->cancelled;
    row->paid_at_ms = order->paid.first_ms;
    const Award *award = inquiries->award == 0 ? NULL : &inquiries->awards[inquiries->award - 1];
    if (award == NULL || award->order != inquiries->order) {
        return;
    }
    inquiries->award = award->next;
    row->amount_known = order->amount_known && !order->cancelled;
    row->amount_micros = award->amount_micros;
    row->quantity_known = award->has_quantity && order->quantity_known && !order->cancelled;
    row->quantity = order->quantity;
}

bool inquiries_next(Inquiries *inquiries, InquiryRow *row) {
    while (inquiries->inquiry < inquiries->count) {
        const Inquiry *inquiry = &inquiries->list[inquiries->inquiry];
        bool first = !inquiries->begun;
        if (first) {
            inquiries->begun = true;
            inquiries->order = inquiries_order_from(inquiries, inquiry->asked_at_ms);
            inquiries->award = inquiry->first_award;
        }
        *row = (InquiryRow){.agent = inquiry->agent, .asked_at_ms = inquiry->asked_at_ms};
        if (inquiries->order < inquiries->order_count &&
            inquiries_leads_to(inquiries, inquiry, &inquiries->orders[inquiries->order])) {
            inquiries_fill(inquiries, row);
            inquiries->order++;
            return true;
        }
        inquiries->inquiry++;
        inquiries->begun = false;
        if (first && !inquiries_after_sales(inquiries, inquiry, inquiries->order)) {
            return true;
        }
    }
    return false;
}
