/* chat_model.c: see chat_model.h. The numbers of steps are those of kpis.md 1. */
#include "chat_model.h"

#include "core/time/calendar.h"
#include "trial.h"

static void model_add_wait(ModelWaits *waits, int64_t wait_ms) {
    int i = waits->count++;
    for (; i > 0 && waits->wait_ms[i - 1] > wait_ms; i--) {
        waits->wait_ms[i] = waits->wait_ms[i - 1];
    }
    waits->wait_ms[i] = wait_ms;
}

/* Step 1: by customer, time, and customer before bot before assist before agent. */
static int model_order(const void *left, const void *right) {
    const ModelLine *a = left;
    const ModelLine *b = right;
    int order = identity_compare(a->customer, b->customer);
    if (order == 0 && a->instant_ms != b->instant_ms) {
        order = a->instant_ms < b->instant_ms ? -1 : 1;
    }
    return order != 0 ? order : (int)a->sender - (int)b->sender;
}

static int64_t model_floor(int64_t number, int64_t divisor) {
    int64_t rest = (number % divisor + divisor) % divisor;
    return (number - rest) / divisor;
}

static int64_t model_local_ms(const Rules *rules, int64_t instant_ms) {
    cr_assert_null(rules->zone.table);
    return instant_ms + (int64_t)rules->zone.offset_s * 1000;
}

/* Step 2. */
static bool model_cuts(const Rules *rules, const ModelLine *before, const ModelLine *after) {
    if (!identity_equal(before->customer, after->customer)) {
        return true;
    }
    if (rules->session == SESSION_GAP) {
        return after->instant_ms - before->instant_ms >= rules->session_gap_ms;
    }
    return rules->session == SESSION_DAY &&
           model_floor(model_local_ms(rules, before->instant_ms), 86400000) !=
               model_floor(model_local_ms(rules, after->instant_ms), 86400000);
}

static bool model_eligible(const Rules *rules, Sender sender) {
    return sender == SENDER_AGENT || (sender == SENDER_ASSIST && rules->stop != STOP_HUMAN) ||
           (sender == SENDER_BOT && rules->stop == STOP_ANY);
}

/* Step 6. */
static bool model_in_window(const Rules *rules, int64_t instant_ms) {
    if (!rules->has_window) {
        return true;
    }
    int64_t local_ms = model_local_ms(rules, instant_ms);
    int64_t time_ms = local_ms - model_floor(local_ms, 86400000) * 86400000;
    int64_t from_ms = rules->window_from_ms;
    int64_t to_ms = rules->window_to_ms;
    return from_ms < to_ms ? time_ms >= from_ms && time_ms < to_ms
                           : time_ms >= from_ms || time_ms < to_ms;
}

/* Step 7: one_line. */
static bool model_filtered(const Rules *rules, const ModelLine *lines, int count) {
    int by_customer = 0;
    int by_human = 0;
    bool slow = true;
    for (int i = 0; i < count; i++) {
        by_customer += lines[i].sender == SENDER_CUSTOMER;
        if (lines[i].sender == SENDER_AGENT) {
            by_human++;
            slow &= i == 0 || lines[i].instant_ms - lines[i - 1].instant_ms >= 10000;
        }
    }
    return rules->filter == FILTER_ONE_LINE && by_customer == 1 && by_human >= 2 && slow;
}

/* One conversation; true: received. */
static bool model_conversation(const Rules *rules, const ModelLine *lines, int count,
                               ChatModel *out) {
    static ChatModel own; /* what this conversation adds, if it is received */
    memset(&own, 0, sizeof own);
    int64_t longest_ms = -1;
    int64_t first_ms = -1; /* wait of the first counted turn */
    int slow = 0;
    for (int i = 0; i < count;) { /* Step 3: i opens a turn, j closes it */
        if (lines[i].sender != SENDER_CUSTOMER) {
            i++;
            continue;
        }
        int last = i;
        int j = i + 1;
        bool cleared = false;
        while (j < count && !model_eligible(rules, lines[j].sender) && !cleared) {
            last = lines[j].sender == SENDER_CUSTOMER ? j : last;
            cleared = lines[j].sender == SENDER_BOT && rules->bot_clears;
            j++;
        }
        if (!cleared && model_in_window(rules, lines[i].instant_ms)) {
            own.counts[CHAT_TURNS]++;
            if (j < count) { /* Step 4 */
                int64_t from_ms = lines[rules->burst == BURST_FIRST ? i : last].instant_ms;
                int64_t to_ms = lines[j].instant_ms;
                int64_t wait_ms = rules->calendar != NULL
                                      ? calendar_open_ms(rules->calendar, from_ms, to_ms)
                                      : to_ms - from_ms;
                bool dropped = rules->drop_over_ms > 0 && wait_ms >= rules->drop_over_ms;
                wait_ms = rules->cap_ms > 0 && wait_ms > rules->cap_ms ? rules->cap_ms : wait_ms;
                model_add_wait(dropped ? &own.dropped : &own.waits, wait_ms);
                first_ms = own.counts[CHAT_TURNS] == 1 ? wait_ms : first_ms;
                longest_ms = wait_ms > longest_ms ? wait_ms : longest_ms;
                slow += wait_ms > rules->slow_ms;
                own.counts[CHAT_ANSWERED_TURNS]++;
            }
        }
        i = cleared ? j : j + 1;
    }
    if (own.counts[CHAT_TURNS] == 0) {
        return false;
    }
    if (model_filtered(rules, lines, count)) {
        out->counts[CHAT_FILTERED]++;
        return false;
    }
    bool replied = own.counts[CHAT_ANSWERED_TURNS] > 0;
    bool all = own.counts[CHAT_ANSWERED_TURNS] == own.counts[CHAT_TURNS];
    out->counts[CHAT_RECEIVED]++;
    out->counts[CHAT_REPLIED] += replied;
    out->counts[CHAT_TURNS] += own.counts[CHAT_TURNS];
    out->counts[CHAT_ANSWERED_TURNS] += own.counts[CHAT_ANSWERED_TURNS];
    out->counts[CHAT_SLOW] += slow >= rules->slow_times;
    out->first_wait_ms += first_ms >= 0 ? first_ms : 0;
    for (int i = 0; i < count; i++) {
        out->counts[CHAT_CUSTOMER_LINES] += lines[i].sender == SENDER_CUSTOMER;
        out->counts[CHAT_AGENT_LINES] += model_eligible(rules, lines[i].sender);
        int64_t gap_ms = i == 0 ? INT64_MAX : lines[i].instant_ms - lines[i - 1].instant_ms;
        out->handling_ms += replied && gap_ms < rules->max_wait_ms ? gap_ms : 0;
    }
    for (int i = 0; i < own.waits.count; i++) {
        model_add_wait(&out->waits, own.waits.wait_ms[i]);
    }
    for (int i = 0; i < own.dropped.count; i++) {
        model_add_wait(&out->dropped, own.dropped.wait_ms[i]);
    }
    if (rules->within_unit == WITHIN_FIRST && first_ms >= 0) {
        model_add_wait(&out->within, first_ms);
    } else if (rules->within_unit == WITHIN_CONVERSATION && all) {
        model_add_wait(&out->within, longest_ms);
    }
    return true;
}

void chat_model(ModelLine *lines, int count, const Rules *rules, ChatModel *out) {
    memset(out, 0, sizeof *out);
    qsort(lines, (size_t)count, sizeof *lines, model_order);
    out->counts[CHAT_ROWS] = count;
    bool received = false; /* a conversation of this customer */
    for (int i = 0; i < count;) {
        int next = i + 1;
        while (next < count && !model_cuts(rules, &lines[next - 1], &lines[next])) {
            next++;
        }
        out->conversations++;
        received |= model_conversation(rules, lines + i, next - i, out);
        if (next == count || !identity_equal(lines[i].customer, lines[next].customer)) {
            out->customers += received;
            received = false;
        }
        i = next;
    }
    for (int i = 0; i < count; i++) {
        int64_t instant_ms = lines[i].instant_ms;
        out->first_ms = i == 0 || instant_ms < out->first_ms ? instant_ms : out->first_ms;
        out->last_ms = i == 0 || instant_ms > out->last_ms ? instant_ms : out->last_ms;
    }
}

ModelLine chat_model_line(uint64_t *seed) {
    static const Sender senders[] = {SENDER_CUSTOMER, SENDER_CUSTOMER, SENDER_CUSTOMER,
                                     SENDER_AGENT,    SENDER_AGENT,    SENDER_BOT,
                                     SENDER_ASSIST};
    ModelLine line;
    line.customer.high = trial_below(seed, 2); /* crafted: equal high words */
    line.customer.low = trial_below(seed, 3);
    line.sender = senders[trial_below(seed, sizeof senders / sizeof senders[0])];
    /* About midnight of +08:00 on a few days, in steps that often meet; sometimes to the ms. */
    line.instant_ms = INT64_C(1700000000000) + (int64_t)trial_below(seed, 3) * 43200000 +
                      (int64_t)trial_below(seed, 200) * 15000;
    line.instant_ms += trial_below(seed, 4) == 0 ? (int64_t)trial_below(seed, 20000) : 0;
    line.instant_ms -= trial_below(seed, 50) == 0 ? INT64_C(1800000000000) : 0; /* before 1970 */
    return line;
}

void chat_rules(const char *text, Rules *rules) {
    Message why;
    message_clear(&why);
    cr_assert_eq(rules_parse(&trial_host, text, strlen(text), rules, &why), STATUS_OK, "%s: %s",
                 text, why.text);
}

static Status chat_find_only(void *context, int64_t first_ms, ChatStats **stats, Message *why) {
    (void)first_ms;
    (void)why;
    *stats = context;
    return STATUS_OK;
}

void chat_begin(Chat *chat, const Rules *rules, bool sliding) {
    const Identity key = {0, 0};
    chat_lines_open(&chat->lines, &trial_host, rules, key);
    chat->lines.sliding = sliding;
    chat_open(&chat->stats, &trial_host, rules, key, sliding);
    chat->stats.count_customers = true;
    chat->target = (ChatTarget){chat_find_only, &chat->stats};
}

void chat_end(Chat *chat) {
    chat_lines_close(&chat->lines);
    chat_close(&chat->stats);
}

Status chat_change(Chat *chat, const ModelLine *line, int sign) {
    Message why;
    return chat_lines_change(&chat->lines, line->customer,
                             chat_line_pack(line->instant_ms, line->sender), sign, &chat->target,
                             &why);
}

Status chat_take(Chat *chat, const ModelLine *lines, int count) {
    Message why;
    Status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < count; i++) {
        status = chat_lines_append(&chat->lines, lines[i].customer,
                                   chat_line_pack(lines[i].instant_ms, lines[i].sender));
    }
    if (status == STATUS_OK) {
        status = chat_lines_finish(&chat->lines, &chat->target, &why);
    }
    return status == STATUS_OK ? chat_settle(&chat->stats) : status;
}

Buffer chat_bytes(const ChatStats *stats) {
    Buffer out;
    Message why;
    buffer_open(&out, &trial_host);
    cr_assert_eq(chat_write(stats, &out, &why), STATUS_OK);
    return out;
}
