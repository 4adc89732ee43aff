/* credits.c: see credits.h. */
#include "core/journey/credits.h"

#include "core/journey/arrays.h"
#include "core/money/money.h"

Status credits_open(Credits *credits, const Rules *rules, const JourneyReader *reader) {
    *credits = (Credits){.rules = rules, .reader = reader};
    return times_open(&credits->touches, rules->host, reader->agent_count);
}

void credits_close(Credits *credits) {
    const Host *host = credits->rules->host;
    host->release(credits->orders);
    host->release(credits->touchers);
    host->release(credits->weights);
    host->release(credits->list);
    times_close(&credits->touches, host);
    *credits = (Credits){.rules = credits->rules, .reader = credits->reader};
}

/* ---- orders: requirement 1 ---- */

static void credits_add(OrderSum *sum, const JourneyEvent *event) {
    if (!sum->any) {
        sum->any = true;
        sum->first_ms = event->at_ms; /* events are in order of time */
    }
    sum->amount_known |= event->amount_known;
    sum->quantity_known |= event->quantity_known;
    sum->amount_micros += event->amount_micros;
    sum->quantity += event->quantity;
}

/* What the sums of an order come to; false: beyond 64 bits. */
static bool credits_settle(JourneyOrder *order) {
    const OrderSum *amount = order->paid.amount_known ? &order->paid : &order->ordered;
    const OrderSum *quantity = order->paid.quantity_known ? &order->paid : &order->ordered;
    order->placed = order->ordered.any || order->paid.any;
    order->ordered_at_ms = order->ordered.any ? order->ordered.first_ms : order->paid.first_ms;
    order->amount_known = amount->amount_known;
    order->amount_micros = (int64_t)amount->amount_micros;
    order->quantity_known = quantity->quantity_known;
    order->quantity = (int64_t)quantity->quantity;
    order->refunded_micros = (int64_t)order->refunded.amount_micros;
    /* not covered: quantities, of which it takes 9 million events of 10^12 items */
    return order->amount_micros == amount->amount_micros && order->quantity == quantity->quantity &&
           order->refunded_micros == order->refunded.amount_micros;
}

Status credits_take_customer(Credits *credits, Message *why) {
    const JourneyReader *reader = credits->reader;
    JourneyOrder *orders = array_room(reader->host, credits->orders, &credits->order_capacity,
                                      reader->order_count, sizeof *orders);
    if (orders == NULL) {
        return STATUS_NO_MEMORY;
    }
    credits->orders = orders;
    for (uint32_t i = 0; i < reader->order_count; i++) {
        orders[i] = (JourneyOrder){0};
    }
    for (uint64_t i = 0; i < reader->event_count; i++) {
        const JourneyEvent *event = &reader->events[i];
        if (event->kind == JOURNEY_ORDER) {
            credits_add(&orders[event->party].ordered, event);
        } else if (event->kind == JOURNEY_PAY) {
            credits_add(&orders[event->party].paid, event);
        } else if (event->kind == JOURNEY_REFUND) {
            credits_add(&orders[event->party].refunded, event);
        } else if (event->kind == JOURNEY_CANCEL) {
            orders[event->party].cancelled = true;
        }
    }
    for (uint32_t i = 0; i < reader->order_count; i++) {
        if (!credits_settle(&orders[i])) {
            message_clear(why);
            message_text(why, "the amounts or quantities of order ");
            message_value(why, &reader->orders[i]);
            message_text(why, " add up beyond 64 bits; want less than 9.2 × 10^12");
            return STATUS_REFUSED;
        }
    }
    return times_take(&credits->touches, reader, JOURNEY_CHAT);
}

/* ---- touchers ---- */

static bool credits_toucher_less(const void *left, const void *right, const void *context) {
    const Toucher *one = left;
    const Toucher *other = right;
    (void)context;
    return one->first_ms != other->first_ms ? one->first_ms < other->first_ms
                                            : one->agent < other->agent;
}

/* Finds who touched in [anchor - credit_window, anchor] (requirement 2), in the order of first
** touches; how many they are. There is room for all agents of the customer. */
static uint64_t credits_find_touchers(Credits *credits, int64_t anchor_ms) {
    const TimesByAgent *touches = &credits->touches;
    uint64_t count = 0;
    for (uint64_t i = 0; i < touches->agent_count; i++) {
        const AgentTimes *agent = &touches->agents[i];
        const int64_t *times_ms = touches->times_ms + agent->first;
        uint64_t from = times_before(touches, agent, anchor_ms - credits->rules->credit_window_ms);
        uint64_t to = times_before(touches, agent, anchor_ms + 1);
        if (from < to) {
            credits->touchers[count++] = (Toucher){agent->agent, times_ms[from], times_ms[to - 1]};
        }
    }
    array_sort(credits->touchers, count, sizeof(Toucher), credits_toucher_less, NULL);
    return count;
}

/* The touchers by the rules' anchor, and which anchor decided. */
static uint64_t credits_touchers_of(Credits *credits, const JourneyOrder *order, Anchor *decided) {
    *decided = credits->rules->anchor == ANCHOR_PAY ? ANCHOR_PAY : ANCHOR_ORDER;
    int64_t anchor_ms = *decided == ANCHOR_PAY ? order->paid.first_ms : order->ordered_at_ms;
    uint64_t count = credits_find_touchers(credits, anchor_ms);
    if (count == 0 && credits->rules->anchor == ANCHOR_ORDER_FIRST && order->paid.any) {
        *decided = ANCHOR_PAY;
        count = credits_find_touchers(credits, order->paid.first_ms);
    }
    return count;
}

/* Room for as many touchers and credits as the customer has agents, and for a silent order's row. */
static Status credits_make_room(Credits *credits) {
    const Host *host = credits->rules->host;
    uint64_t count = credits->touches.agent_count + 1;
    Toucher *touchers =
        array_room(host, credits->touchers, &credits->toucher_capacity, count, sizeof *touchers);
    credits->touchers = touchers == NULL ? credits->touchers : touchers;
    int64_t *weights =
        array_room(host, credits->weights, &credits->weight_capacity, 3 * count, sizeof *weights);
    credits->weights = weights == NULL ? credits->weights : weights;
    Credit *list = array_room(host, credits->list, &credits->capacity, count, sizeof *list);
    credits->list = list == NULL ? credits->list : list;
    return touchers == NULL || weights == NULL || list == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- credits ---- */

/* Splits the order's money by the weights (requirement 3) and lists those with a share. */
static Status credits_share(Credits *credits, const JourneyOrder *order, uint64_t count,
                            Anchor decided) {
    const Rules *rules = credits->rules;
    int64_t *weights = credits->weights;
    int64_t *amounts = weights + count;
    int64_t *refunds = amounts + count;
    Status status = shares_weigh(rules, credits->touchers, count, weights);
    if (status == STATUS_OK) {
        status = money_split(rules->host, order->cancelled ? 0 : order->amount_micros, weights,
                             count, amounts);
    }
    if (status == STATUS_OK) {
        status = money_split(rules->host, order->refunded_micros, weights, count, refunds);
    }
    for (uint64_t i = 0; status == STATUS_OK && i < count; i++) {
        const Toucher *toucher = &credits->touchers[i];
        if (weights[i] > 0) {
            credits->list[credits->count++] = (Credit){
                .decided = decided,
                .agent = toucher->agent,
                .weight_millionths = weights[i],
                .touched_at_ms = rules->model == MODEL_FIRST ? toucher->first_ms : toucher->last_ms,
                .amount_micros = amounts[i],
                .refunded_micros = refunds[i],
            };
        }
    }
    return status;
}

Status credits_of_order(Credits *credits, uint32_t place) {
    const JourneyOrder *order = &credits->orders[place];
    credits->count = 0;
    if (!order->placed || (credits->rules->anchor == ANCHOR_PAY && !order->paid.any)) {
        return STATUS_OK;
    }
    Status status = credits_make_room(credits);
    if (status != STATUS_OK) {
        return status;
    }
    Anchor decided;
    uint64_t count = credits_touchers_of(credits, order, &decided);
    if (count > 0) {
        return credits_share(credits, order, count, decided);
    }
    credits->list[credits->count++] = (Credit){
        .silent = true,
        .weight_millionths = SHARES_WHOLE,
        .amount_micros = order->cancelled ? 0 : order->amount_micros,
        .refunded_micros = order->refunded_micros,
    };
    return STATUS_OK;
}
