/* journey_oracle_test.c: credits and inquiries a second time, by brute force from the words of kpis.md
** 4; and what must hold of any journeys: order, splits, merges and windows leave no trace.
**
** 1. The oracle shares nothing with core: it walks over all facts for every question, counts local days
**    by division, and takes powers from libm.
*/
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "journey_rows.h"

#define FACTS 60
#define LINES 4000
#define LINE_BYTES 200

static const char *const customers[] = {"c1", "c2", "c3"};
static const char *const agents[] = {NULL, "ann", "bob", "cat", "dan"}; /* in SQLite's order */
static const char *const orders[] = {"o1", "o2", "o3", "o4"};
#define AGENTS 5
#define ORDERS 4

static uint64_t seed;
static int below(int limit) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((seed >> 33) % (uint64_t)limit);
}

/* ---- the oracle ---- */

typedef struct World {
    Fact facts[FACTS];
    size_t count;
    int model; /* in the order of the names below */
    int anchor;
    int64_t window_s, half_life_s;
    int final_days, after_sales_days;
} World;

static const char *const models[] = {"last", "first", "linear", "position", "decay"};
static const char *const anchors[] = {"order", "pay", "order_first"};

typedef struct Lines {
    size_t count;
    char text[LINES][LINE_BYTES];
} Lines;

static bool is(const Fact *fact, const char *customer, JourneyKind kind, const char *party) {
    bool same_party = fact->party == party ||
                      (fact->party != NULL && party != NULL && strcmp(fact->party, party) == 0);
    return strcmp(fact->customer, customer) == 0 && fact->kind == kind && same_party;
}

typedef struct Deal {
    bool placed, paid, cancelled, amount_known, quantity_known;
    int64_t ordered_s, paid_s, amount, quantity, refunded;
} Deal;

static Deal deal_of(const World *world, const char *customer, const char *order) {
    Deal deal = {0};
    for (int from = 0; from < 2;
         from++) { /* the payments', then where nothing is known the orders' */
        JourneyKind kind = from == 0 ? JOURNEY_PAY : JOURNEY_ORDER;
        bool want_amount = !deal.amount_known;
        bool want_quantity = !deal.quantity_known;
        for (size_t i = 0; i < world->count; i++) {
            const Fact *fact = &world->facts[i];
            if (!is(fact, customer, kind, order)) {
                continue;
            }
            if (want_amount && fact->amount_micros != NO_AMOUNT) {
                deal.amount_known = true;
                deal.amount += fact->amount_micros;
            }
            if (want_quantity && fact->quantity != NO_AMOUNT) {
                deal.quantity_known = true;
                deal.quantity += fact->quantity;
            }
        }
    }
    bool ordered = false;
    for (size_t i = 0; i < world->count; i++) {
        const Fact *fact = &world->facts[i];
        if (is(fact, customer, JOURNEY_ORDER, order) && (!ordered || fact->at_s < deal.ordered_s)) {
            ordered = true;
            deal.ordered_s = fact->at_s;
        }
        if (is(fact, customer, JOURNEY_PAY, order) && (!deal.paid || fact->at_s < deal.paid_s)) {
            deal.paid = true;
            deal.paid_s = fact->at_s;
        }
        if (is(fact, customer, JOURNEY_REFUND, order) && fact->amount_micros != NO_AMOUNT) {
            deal.refunded += fact->amount_micros;
        }
        deal.cancelled |= is(fact, customer, JOURNEY_CANCEL, order);
    }
    deal.placed = ordered || deal.paid;
    deal.ordered_s = ordered ? deal.ordered_s : deal.paid_s;
    return deal;
}

/* Parts of a whole by weights, largest remainder, ties in the order of `rank` (lower first). */
static void split(int64_t whole, const long double *weights, const int *rank, int64_t *parts) {
    long double sum = 0;
    long double rest[AGENTS];
    int64_t left = llabs(whole);
    for (int i = 0; i < AGENTS; i++) {
        sum += weights[i];
    }
    for (int i = 0; i < AGENTS; i++) {
        long double exact = (long double)llabs(whole) * weights[i] / sum;
        parts[i] = (int64_t)floorl(exact + 1e-9L);
        rest[i] = exact - (long double)parts[i];
        left -= parts[i];
    }
    for (; left > 0; left--) {
        int best = -1;
        for (int i = 0; i < AGENTS; i++) {
            if (weights[i] > 0 &&
                (best < 0 || rest[i] > rest[best] + 1e-9L ||
                 (fabsl(rest[i] - rest[best]) <= 1e-9L && rank[i] < rank[best]))) {
                best = i;
            }
        }
        parts[best]++;
        rest[best] = -1;
    }
    for (int i = 0; i < AGENTS; i++) {
        parts[i] = whole < 0 ? -parts[i] : parts[i];
    }
}

typedef struct Shared {
    bool any, silent;
    const char *decided;
    bool touched[AGENTS];
    int64_t first_s[AGENTS], last_s[AGENTS], weight[AGENTS], amount[AGENTS], refunded[AGENTS];
    int rank[AGENTS]; /* by first touch */
} Shared;

static bool find_touches(const World *world, const char *customer, int64_t anchor_s, Shared *out) {
    bool any = false;
    for (int a = 0; a < AGENTS; a++) {
        out->touched[a] = false;
        for (size_t i = 0; i < world->count; i++) {
            const Fact *fact = &world->facts[i];
            if (!is(fact, customer, JOURNEY_CHAT, agents[a]) || fact->at_s > anchor_s ||
                fact->at_s < anchor_s - world->window_s) {
                continue;
            }
            if (!out->touched[a] || fact->at_s < out->first_s[a]) {
                out->first_s[a] = fact->at_s;
            }
            if (!out->touched[a] || fact->at_s > out->last_s[a]) {
                out->last_s[a] = fact->at_s;
            }
            out->touched[a] = any = true;
        }
    }
    return any;
}

static Shared share(const World *world, const char *customer, const Deal *deal) {
    Shared out = {.decided = world->anchor == 1 ? "pay" : "order"};
    out.any = deal->placed && (world->anchor != 1 || deal->paid);
    if (!out.any) {
        return out;
    }
    bool touched =
        find_touches(world, customer, world->anchor == 1 ? deal->paid_s : deal->ordered_s, &out);
    if (!touched && world->anchor == 2 && deal->paid) {
        out.decided = "pay";
        touched = find_touches(world, customer, deal->paid_s, &out);
    }
    out.silent = !touched;
    if (out.silent) {
        return out;
    }
    int first = -1;
    int last = -1;
    int count = 0;
    for (int a = 0; a < AGENTS; a++) {
        if (!out.touched[a]) {
            continue;
        }
        count++;
        first = first < 0 || out.first_s[a] < out.first_s[first] ? a : first;
        last = last < 0 || out.last_s[a] >= out.last_s[last] ? a : last;
        for (int b = 0; b < AGENTS; b++) {
            out.rank[a] += out.touched[b] && (out.first_s[b] < out.first_s[a] ||
                                              (out.first_s[b] == out.first_s[a] && b < a));
        }
    }
    long double weights[AGENTS] = {0};
    for (int a = 0; a < AGENTS; a++) {
        bool end = a == first || a == last;
        int others = count - (first == last ? 1 : 2);
        if (!out.touched[a]) {
            continue;
        }
        switch (world->model) {
        case 0:
            weights[a] = a == last;
            break;
        case 1:
            weights[a] = a == first;
            break;
        case 2:
            weights[a] = 1;
            break;
        case 3:
            weights[a] = !end            ? 0.2L / others
                         : first == last ? (others == 0 ? 1 : 0.8L)
                         : others == 0   ? 0.5L
                                         : 0.4L;
            break;
        default: /* ages count from the newest touch: from the anchor the powers may be all 0 */
            weights[a] = powl(2, -(long double)(out.last_s[last] - out.last_s[a]) /
                                     (long double)world->half_life_s);
        }
    }
    split(1000000, weights, out.rank, out.weight);
    long double whole[AGENTS];
    for (int a = 0; a < AGENTS; a++) {
        whole[a] = (long double)out.weight[a];
    }
    split(deal->cancelled ? 0 : deal->amount, whole, out.rank, out.amount);
    split(deal->refunded, whole, out.rank, out.refunded);
    return out;
}

/* In one of eight buffers in turn: as many numbers as a line has. */
static const char *number(bool known, int64_t count, int64_t unit) {
    static char texts[8][40];
    static int turn;
    char *text = texts[turn++ % 8];
    if (!known) {
        strcpy(text, "-");
    } else if (count % unit == 0) {
        snprintf(text, 40, "%lld", (long long)(count / unit));
    } else {
        snprintf(text, 40, "%.6f", (double)count / (double)unit);
    }
    return text;
}

static const char *agent_name(int a) { return agents[a] == NULL ? "null" : agents[a]; }

static void oracle_credits(const World *world, Lines *out) {
    out->count = 0;
    for (size_t c = 0; c < 3; c++) {
        for (size_t o = 0; o < ORDERS; o++) {
            Deal deal = deal_of(world, customers[c], orders[o]);
            Shared shared = share(world, customers[c], &deal);
            for (int a = 0; shared.any && a < AGENTS; a++) {
                if (shared.silent ? a > 0 : shared.weight[a] == 0) {
                    continue;
                }
                char rule[40] = "silent";
                if (!shared.silent) {
                    snprintf(rule, sizeof rule, "%s/%s", models[world->model], shared.decided);
                }
                snprintf(out->text[out->count++], LINE_BYTES, "%s %s %s %s %s %s %s %s %s %s",
                         orders[o], customers[c], shared.silent ? "-" : agent_name(a),
                         number(true, shared.silent ? 1000000 : shared.weight[a], 1), rule,
                         number(!shared.silent,
                                world->model == 1 ? shared.first_s[a] : shared.last_s[a], 1),
                         number(true, deal.ordered_s, 1),
                         number(deal.paid && !deal.cancelled, deal.paid_s, 1),
                         number(deal.amount_known || deal.cancelled,
                                deal.cancelled  ? 0
                                : shared.silent ? deal.amount
                                                : shared.amount[a],
                                1000000),
                         number(true, shared.silent ? deal.refunded : shared.refunded[a], 1000000));
            }
        }
    }
}

static int64_t day_of(int64_t at_s) { return (at_s + 1000 * 86400) / 86400 - 1000; }

/* The agent's first ask of that day, or -1. */
static int64_t first_ask(const World *world, const char *customer, int agent, int64_t day) {
    int64_t first_s = INT64_MAX;
    for (size_t i = 0; i < world->count; i++) {
        const Fact *fact = &world->facts[i];
        if (is(fact, customer, JOURNEY_ASK, agents[agent]) && day_of(fact->at_s) == day &&
            fact->at_s < first_s) {
            first_s = fact->at_s;
        }
    }
    return first_s;
}

/* The rows of one inquiry. */
static void oracle_inquiry(const World *world, size_t c, int a, int64_t day, Lines *out) {
    int64_t asked_s = first_ask(world, customers[c], a, day);
    bool any = false;
    bool after_sales = false;
    for (size_t o = 0; o < ORDERS; o++) {
        Deal deal = deal_of(world, customers[c], orders[o]);
        int64_t ordered_day = day_of(deal.ordered_s);
        after_sales |=
            deal.placed && deal.ordered_s < asked_s && ordered_day >= day - world->after_sales_days;
        if (!deal.placed || deal.ordered_s < asked_s || ordered_day > day + world->final_days) {
            continue;
        }
        any = true;
        Shared shared = share(world, customers[c], &deal);
        bool has_share = shared.any && !shared.silent && shared.weight[a] > 0 && !deal.cancelled;
        for (int64_t later = day + 1; later <= ordered_day; later++) {
            has_share &= first_ask(world, customers[c], a, later) > deal.ordered_s;
        }
        bool largest = has_share;
        for (int b = 0; b < AGENTS; b++) {
            largest &= !shared.touched[b] || shared.weight[b] < shared.weight[a] ||
                       (shared.weight[b] == shared.weight[a] && shared.rank[b] >= shared.rank[a]);
        }
        snprintf(out->text[out->count++], LINE_BYTES, "%s %s %s %s %s %s %s %s", agent_name(a),
                 customers[c], number(true, asked_s, 1), orders[o], number(true, deal.ordered_s, 1),
                 number(deal.paid && !deal.cancelled, deal.paid_s, 1),
                 number(has_share && deal.amount_known, shared.amount[a], 1000000),
                 number(largest && deal.quantity_known, deal.quantity, 1));
    }
    if (!any && !after_sales) {
        snprintf(out->text[out->count++], LINE_BYTES, "%s %s %s - - - - -", agent_name(a),
                 customers[c], number(true, asked_s, 1));
    }
}

static void oracle_inquiries(const World *world, Lines *out) {
    out->count = 0;
    for (size_t c = 0; c < 3; c++) {
        for (int a = 0; a < AGENTS; a++) {
            for (int64_t day = -40; day < 40; day++) {
                if (first_ask(world, customers[c], a, day) != INT64_MAX) {
                    oracle_inquiry(world, c, a, day, out);
                }
            }
        }
    }
}

/* ---- random worlds ---- */

static World random_world(void) {
    static const int spans[] = {20, 3000, 200000, 86400 * 20};
    static const int windows[] = {1, 10, 3600, 86400, 864000};
    World world = {.count = (size_t)below(FACTS + 1),
                   .model = below(5),
                   .anchor = below(3),
                   .window_s = windows[below(5)],
                   .half_life_s = windows[1 + below(4)],
                   .final_days = 1 + below(6),
                   .after_sales_days = below(8)};
    int span = spans[below(4)];
    for (size_t i = 0; i < world.count; i++) {
        JourneyKind kind = (JourneyKind)below(below(3) == 0 ? JOURNEY_KINDS : JOURNEY_REFUND);
        bool of_agent = kind <= JOURNEY_CHAT;
        world.facts[i] = (Fact){
            .customer = customers[below(3)],
            .at_s = below(span) - span / 2,
            .kind = kind,
            .party = of_agent ? agents[below(AGENTS)] : orders[below(ORDERS)],
            .amount_micros = journey_has_amount(kind) && below(4) > 0
                                 ? (int64_t)(below(2000001) - 200000) * (below(2) == 0 ? 1 : 1000)
                                 : NO_AMOUNT,
            .quantity = journey_has_quantity(kind) && below(3) > 0 ? below(5) : NO_AMOUNT,
        };
    }
    return world;
}

static const char *world_rules(const World *world) {
    static char text[300];
    snprintf(text, sizeof text,
             "{\"model\":\"%s\",\"anchor\":\"%s\",\"credit_window\":%lld,\"half_life\":%lld,"
             "\"final_days\":%d,\"after_sales_days\":%d}",
             models[world->model], anchors[world->anchor], (long long)world->window_s,
             (long long)world->half_life_s, world->final_days, world->after_sales_days);
    return text;
}

static int compare_lines(const void *left, const void *right) { return strcmp(left, right); }

/* Compares the lines of a text with the oracle's, whatever their order. */
static void expect_lines(const char *got, Lines *want, uint64_t which, const char *rules) {
    static Lines lines;
    lines.count = 0;
    for (const char *end; (end = strchr(got, '\n')) != NULL; got = end + 1) {
        snprintf(lines.text[lines.count++], LINE_BYTES, "%.*s", (int)(end - got), got);
    }
    qsort(lines.text, lines.count, LINE_BYTES, compare_lines);
    qsort(want->text, want->count, LINE_BYTES, compare_lines);
    for (size_t i = 0; i < lines.count || i < want->count; i++) {
        const char *left = i < lines.count ? lines.text[i] : "nothing";
        const char *right = i < want->count ? want->text[i] : "nothing";
        cr_assert_str_eq(left, right, "world %llu %s\ngot  %s\nwant %s", (unsigned long long)which,
                         rules, left, right);
    }
}

Test(journey_oracle, credits_are_what_brute_force_finds) {
    static Lines want;
    for (uint64_t which = 0; which < 4000; which++) {
        seed = which;
        World world = random_world();
        oracle_credits(&world, &want);
        const char *rules = world_rules(&world);
        expect_lines(facts_credits(world.facts, world.count, rules), &want, which, rules);
    }
}

Test(journey_oracle, inquiries_are_what_brute_force_finds) {
    static Lines want;
    for (uint64_t which = 0; which < 1500; which++) {
        seed = which;
        World world = random_world();
        oracle_inquiries(&world, &want);
        const char *rules = world_rules(&world);
        expect_lines(facts_inquiries(world.facts, world.count, rules), &want, which, rules);
    }
}
