/* pay_random.c: random pay plans and facts. See pay_random.h.
**
** Sizes vary by orders of magnitude, and credits often fall on a boundary, or a little off it.
*/
#include "pay_random.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MICROS INT64_C(1000000)

static const int64_t powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};

uint64_t pay_random(uint64_t *state) { /* splitmix64 */
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

int64_t pay_random_below(uint64_t *state, int64_t limit) {
    return (int64_t)(pay_random(state) % (uint64_t)limit);
}

static bool chance(uint64_t *state, int percent) { return pay_random_below(state, 100) < percent; }

/* 0 .. 10^12 units in micros, of any size, in whole steps. */
static int64_t amount(uint64_t *state, int64_t step) {
    static const int64_t sizes[] = {1, 100, 10000, 1000000, 100000000, 1000000000000};
    int64_t size = sizes[chance(state, 95) ? pay_random_below(state, 5) : 5];
    int64_t micros = pay_random_below(state, size * MICROS + 1);
    return micros / step * step;
}

static int64_t signed_amount(uint64_t *state, int64_t step) {
    return chance(state, 70) ? amount(state, step) : -amount(state, step);
}

/* Rising numbers from 0, in whole steps. */
static void rising(uint64_t *state, int count, int64_t step, int64_t most, int64_t *out) {
    out[0] = 0;
    for (int i = 1; i < count; i++) {
        int64_t room = (most - out[i - 1]) / step / (count - i + 1);
        int64_t size = powers[pay_random_below(state, 8)];
        out[i] = out[i - 1] + step * (1 + pay_random_below(state, room < size ? room : size));
    }
}

static void random_commission(uint64_t *state, PayCase *out, int64_t unit) {
    out->has_commission = chance(state, 92);
    out->gross = chance(state, 30);
    out->method = (int)pay_random_below(state, 4);
    out->by_attainment =
        (out->method == CASE_MARGINAL || out->method == CASE_WHOLE) && chance(state, 40);
    out->tiers = out->method == CASE_FLAT ? 1 : 1 + (int)pay_random_below(state, CASE_LIST);
    if (out->by_attainment) {
        rising(state, out->tiers, 1, 10000000, out->tier_from);
    } else {
        rising(state, out->tiers, unit, 1000000000000 * MICROS, out->tier_from);
    }
    for (int i = 0; i < out->tiers; i++) {
        out->tier_rate[i] = pay_random_below(state, chance(state, 80) ? 100001 : 1000001);
        out->tier_retro[i] = out->method == CASE_MARGINAL && chance(state, 20);
    }
    out->points = 2 + (int)pay_random_below(state, CASE_LIST - 1);
    rising(state, out->points, 1, 10000000, out->point_at);
    rising(state, out->points, unit, 1000000000000 * MICROS, out->point_pay);
    for (int i = 1; i < out->points; i++) {
        out->point_pay[i] = chance(state, 20) ? out->point_pay[i - 1] : out->point_pay[i];
        if (out->point_pay[i] < out->point_pay[i - 1]) {
            out->point_pay[i] = out->point_pay[i - 1];
        }
    }
    out->apply_grade = out->grades > 0 && chance(state, 80);
    out->apply_kpi = out->has_kpi && chance(state, 60);
    out->floor = !out->clawback_carry && chance(state, 20) ? amount(state, unit) : -1;
    out->cap = chance(state, 20) ? amount(state, unit) : -1;
    if (out->cap >= 0 && out->floor > out->cap) {
        out->floor = out->cap;
    }
}

static void random_kpi(uint64_t *state, PayCase *out, int64_t unit) {
    out->has_kpi = chance(state, 50);
    out->bands = chance(state, 70) ? 1 + (int)pay_random_below(state, CASE_LIST) : 0;
    rising(state, out->bands == 0 ? 1 : out->bands, 1, 10000000, out->band_from);
    for (int i = 0; i < out->bands; i++) {
        out->band_factor[i] = pay_random_below(state, 100001);
    }
    out->linear = 10000 + pay_random_below(state, 9990001);
    out->kpi_pay = chance(state, 60) ? amount(state, unit) / 1000 / unit * unit : -1;
}

static void random_bonuses(uint64_t *state, PayCase *out, int64_t unit) {
    out->bonuses = chance(state, 50) ? (int)pay_random_below(state, CASE_LIST) : 0;
    for (int i = 0; i < out->bonuses; i++) {
        out->bonus_metric[i] = (int)pay_random_below(state, 5);
        out->bonus_pay[i] = amount(state, unit) / 10 / unit * unit;
        switch (out->bonus_metric[i]) {
        case CASE_COUNT:
            out->bonus_min[i] = pay_random_below(state, chance(state, 90) ? 100 : 1000000000001);
            break;
        case CASE_ATTAINMENT:
        case CASE_KPI:
            out->bonus_min[i] = pay_random_below(state, chance(state, 80) ? 20000 : 10000001);
            break;
        default:
            out->bonus_min[i] = amount(state, unit);
        }
    }
}

static bool needs_quota(const PayCase *out) {
    for (int i = 0; i < out->bonuses; i++) {
        if (out->bonus_metric[i] == CASE_ATTAINMENT) {
            return true;
        }
    }
    return out->has_commission && (out->by_attainment || out->method == CASE_CURVE);
}

static void random_facts(uint64_t *state, PayCase *out, int64_t unit) {
    int64_t cents = unit > 10000 ? unit : 10000; /* a quota has at most 2 decimals */
    out->grade = out->grades > 0 ? (int)pay_random_below(state, out->grades) : -1;
    out->kpi = pay_random_below(state, chance(state, 80) ? 1200000 : 10000001);
    if (out->bands > 0 && chance(state, 30)) {
        out->kpi = out->band_from[pay_random_below(state, out->bands)];
    }
    out->plan_quota = chance(state, 50) ? amount(state, cents) + cents : -1;
    out->facts_quota = chance(state, 30) ? amount(state, cents) + cents : -1;
    if (needs_quota(out) && out->plan_quota < 0 && out->facts_quota < 0) {
        out->plan_quota = 200000 * MICROS;
    }
    if (out->plan_quota > 1000000000000 * MICROS || out->facts_quota > 1000000000000 * MICROS) {
        out->plan_quota = out->facts_quota = 12345 * MICROS;
    }
    out->refunds = chance(state, 50) ? amount(state, 1) : 0;
    out->opening = chance(state, 50) ? signed_amount(state, 1) : 0;
    out->count = pay_random_below(state, 200);
    out->paid_days = chance(state, 50) ? pay_random_below(state, 36601) : -1;
    out->carry = chance(state, 20) ? -amount(state, unit) / 10 / unit * unit : 0;
    out->draw_balance = chance(state, 30) ? amount(state, unit) : 0;
    out->adjust = chance(state, 30) ? signed_amount(state, unit) / 10 / unit * unit : 0;
    out->sales = signed_amount(state, chance(state, 50) ? 10000 : 1);
}

/* A curve of small steps with credits in the middle of them: many values lie half-way. */
static void random_ties(uint64_t *state, PayCase *out, int64_t unit) {
    out->plan_quota = 20000 * MICROS;
    out->facts_quota = -1;
    out->refunds = 0;
    out->opening = chance(state, 50) ? pay_random_below(state, 40) * MICROS / 2 : 0;
    out->sales = pay_random_below(state, 40) * MICROS / 2;
    for (int i = 1; i < out->points; i++) {
        out->point_at[i] = out->point_at[i - 1] + 1 + pay_random_below(state, 4);
        out->point_pay[i] = out->point_pay[i - 1] + pay_random_below(state, 20) * unit;
    }
}

/* Moves the credits to a boundary of the plan, or next to it. */
static void random_boundary(uint64_t *state, PayCase *out) {
    int64_t quota = out->facts_quota > 0 ? out->facts_quota : out->plan_quota;
    int k = (int)pay_random_below(state, out->method == CASE_CURVE ? out->points : out->tiers);
    int64_t boundary = out->tier_from[k];
    if (out->method == CASE_CURVE || out->by_attainment) {
        int64_t ratio = out->method == CASE_CURVE ? out->point_at[k] : out->tier_from[k];
        if (quota / 10000 > INT64_MAX / 2 / (ratio + 1)) {
            return;
        }
        boundary = quota / 10000 * ratio;
    }
    int64_t target = boundary - out->opening + pay_random_below(state, 3) - 1;
    int64_t sales = out->gross ? target : target + out->refunds;
    if (sales <= 1000000000000 * MICROS && sales >= -1000000000000 * MICROS) {
        out->sales = sales;
    }
}

/* ---- JSON ---- */

typedef struct Text {
    char *at;
    char *end;
    uint64_t *state;
} Text;

static void put(Text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    text->at += vsnprintf(text->at, (size_t)(text->end - text->at), format, arguments);
    va_end(arguments);
}

/* number / 10^places, as a decimal with all its places, or without the zeros at its end. */
static void put_digits(Text *text, int64_t number, int places, bool all) {
    uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    while (!all && places > 0 && size % 10 == 0) {
        size /= 10;
        places--;
    }
    uint64_t power = (uint64_t)powers[places];
    put(text, "%s%llu", number < 0 ? "-" : "", (unsigned long long)(size / power));
    if (places > 0) {
        put(text, ".%0*llu", places, (unsigned long long)(size % power));
    }
}

/* `name`: a number in one of the ways in which it may be written. */
static void put_number(Text *text, const char *name, int64_t number, int places, bool ratio) {
    put(text, "%s:", name);
    int way = (int)pay_random_below(text->state, ratio ? 6 : 5);
    if (way == 5) { /* a percentage: the point two places on */
        put(text, "\"");
        put_digits(text, number, places - 2, false);
        put(text, "%%\"");
    } else if (way == 4) {
        put(text, "%llde-%d", (long long)number, places);
    } else {
        put(text, way % 2 == 0 ? "" : "\"");
        put_digits(text, number, places, way >= 2);
        put(text, way % 2 == 0 ? "" : "\"");
    }
}

static const char *const methods[] = {"flat", "marginal", "whole", "curve"};
static const char *const metrics[] = {"net", "gross", "count", "attainment", "kpi"};
static const char *const roundings[] = {"half_up", "half_even", "down", "up"};

static void put_commission(Text *text, const PayCase *from) {
    put(text, ",\"commission\":{\"method\":\"%s\"", methods[from->method]);
    put(text, from->gross ? ",\"basis\":\"gross\"" : "");
    put(text, from->by_attainment ? ",\"by\":\"attainment\"" : "");
    if (from->method == CASE_FLAT) {
        put_number(text, ",\"rate\"", from->tier_rate[0], 6, true);
    } else if (from->method == CASE_CURVE) {
        for (int i = 0; i < from->points; i++) {
            put(text, i == 0 ? ",\"points\":[" : ",");
            put_number(text, "{\"at\"", from->point_at[i], 4, true);
            put_number(text, ",\"pay\"", from->point_pay[i], 6, false);
            put(text, "}");
        }
        put(text, "]");
    } else {
        for (int i = 0; i < from->tiers; i++) {
            put(text, i == 0 ? ",\"tiers\":[" : ",");
            put_number(text, "{\"from\"", from->tier_from[i], from->by_attainment ? 4 : 6,
                       from->by_attainment);
            put_number(text, ",\"rate\"", from->tier_rate[i], 6, true);
            put(text, from->tier_retro[i] ? ",\"retro\":true}" : "}");
        }
        put(text, "]");
    }
    bool kpi_first = chance(text->state, 50);
    put(text, ",\"apply\":[%s%s%s]",
        from->apply_kpi && kpi_first ? "\"kpi\""
        : from->apply_grade          ? "\"grade\""
                                     : "",
        from->apply_kpi && from->apply_grade ? "," : "",
        from->apply_kpi && !(kpi_first && !from->apply_grade) ? kpi_first ? "\"grade\"" : "\"kpi\""
                                                              : "");
    if (from->floor >= 0) {
        put_number(text, ",\"floor\"", from->floor, 6, false);
    }
    if (from->cap >= 0) {
        put_number(text, ",\"cap\"", from->cap, 6, false);
    }
    put(text, "}");
}

static void put_kpi(Text *text, const PayCase *from) {
    put(text, ",\"kpi\":{");
    if (from->bands == 0) {
        put_number(text, "\"linear\"", from->linear, 4, false);
    }
    for (int i = 0; i < from->bands; i++) {
        put(text, i == 0 ? "\"bands\":[" : ",");
        put_number(text, "{\"from\"", from->band_from[i], 4, false);
        put_number(text, ",\"factor\"", from->band_factor[i], 4, false);
        put(text, i == from->bands - 1 ? "}]" : "}");
    }
    if (from->kpi_pay >= 0) {
        put_number(text, ",\"pay\"", from->kpi_pay, 6, false);
    }
    put(text, "}");
}

static void put_bonuses(Text *text, const PayCase *from) {
    static const int places[] = {6, 6, 0, 4, 4};
    for (int i = 0; i < from->bonuses; i++) {
        int metric = from->bonus_metric[i];
        put(text, i == 0 ? ",\"bonuses\":[" : ",");
        put(text, "{\"name\":\"b%d\",\"when\":{\"metric\":\"%s\"", i, metrics[metric]);
        put_number(text, ",\"min\"", from->bonus_min[i], places[metric], metric == CASE_ATTAINMENT);
        put_number(text, "},\"pay\"", from->bonus_pay[i], 6, false);
        put(text, i == from->bonuses - 1 ? "}]" : "}");
    }
}

static void put_plan(Text *text, const PayCase *from) {
    put(text, "{\"id\":\"random\",\"minor_digits\":%d,\"rounding\":\"%s\"", from->minor_digits,
        roundings[from->rounding]);
    if (from->base >= 0) {
        put_number(text, ",\"base\"", from->base, 6, false);
    }
    if (from->base_days >= 0) {
        put_number(text, ",\"base_days\"", from->base_days, 2, false);
    }
    for (int i = 0; i < from->grades; i++) {
        put(text, "%s\"P%d\"", i == 0 ? ",\"grades\":{" : ",", i);
        put_number(text, "", from->coefficient[i], 4, false);
        put(text, i == from->grades - 1 ? "}" : "");
    }
    if (from->plan_quota > 0) {
        put_number(text, ",\"quota\"", from->plan_quota, 6, false);
    }
    if (from->has_commission) {
        put_commission(text, from);
    }
    if (from->has_kpi) {
        put_kpi(text, from);
    }
    put_bonuses(text, from);
    put(text, from->clawback_carry ? ",\"clawback\":\"carry\"" : "");
    if (from->draw >= 0) {
        put_number(text, ",\"draw\":{\"amount\"", from->draw, 6, false);
        put(text, from->recoverable ? "}" : ",\"recoverable\":false}");
    }
    put(text, "}");
}

static void put_facts(Text *text, const PayCase *from) {
    put_number(text, "{\"kpi\"", from->kpi, 4, false);
    put_number(text, ",\"refunds\"", from->refunds, 6, false);
    put_number(text, ",\"opening\"", from->opening, 6, false);
    put_number(text, ",\"count\"", from->count, 0, false);
    put_number(text, ",\"carry\"", from->carry, 6, false);
    put_number(text, ",\"draw_balance\"", from->draw_balance, 6, false);
    put_number(text, ",\"adjust\"", from->adjust, 6, false);
    if (from->grade >= 0) {
        put(text, ",\"grade\":\"P%d\"", from->grade);
    }
    if (from->facts_quota > 0) {
        put_number(text, ",\"quota\"", from->facts_quota, 6, false);
    }
    if (from->paid_days >= 0) {
        put_number(text, ",\"paid_days\"", from->paid_days, 2, false);
    }
    put(text, "}");
}

void pay_random_case(uint64_t *state, PayCase *out) {
    memset(out, 0, sizeof *out);
    out->minor_digits = chance(state, 60) ? 2 : (int)pay_random_below(state, 4);
    int64_t unit = powers[6 - out->minor_digits];
    out->rounding = (int)pay_random_below(state, 4);
    out->base = chance(state, 60) ? amount(state, unit) : -1;
    out->base_days = chance(state, 40) ? 100 + pay_random_below(state, 36501) : -1;
    out->grades = chance(state, 60) ? 1 + (int)pay_random_below(state, CASE_LIST) : 0;
    for (int i = 0; i < out->grades; i++) {
        out->coefficient[i] = pay_random_below(state, chance(state, 90) ? 20001 : 1000001);
    }
    out->clawback_carry = chance(state, 40);
    out->draw = chance(state, 30) ? amount(state, unit) : -1;
    out->recoverable = chance(state, 70);
    random_kpi(state, out, unit);
    random_bonuses(state, out, unit);
    random_commission(state, out, unit);
    random_facts(state, out, unit);
    if (out->method == CASE_CURVE && chance(state, 40)) {
        random_ties(state, out, unit);
    } else if (chance(state, 30)) {
        random_boundary(state, out);
    }
    Text plan = {out->plan_json, out->plan_json + sizeof out->plan_json, state};
    Text facts = {out->facts_json, out->facts_json + sizeof out->facts_json, state};
    put_plan(&plan, out);
    put_facts(&facts, out);
}
