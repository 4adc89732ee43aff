/* oracle_deal.c: the deal and rating families from the words of their definitions (see oracle.h). */
#include "oracle.h"

#include <stdlib.h>

/* ---- deals ---- */

static bool oracle_deal_counts(const OracleDeal *deal, int key, int64_t period_day,
                               const OracleRules *rules) {
    if (deal->customer < 0 || !deal->has_asked)
        return false;
    if (key >= 0 && deal->key != key)
        return false;
    if (period_day == INT64_MIN)
        return true;
    int64_t day = oracle_local_day(deal->asked_ms, rules->tz_minutes);
    return oracle_period_start(day, rules->period) == period_day;
}

/* Nothing was ordered or paid before asked_at. */
static bool oracle_is_inquiry(const OracleDeal *deal) {
    if (deal->has_ordered && deal->ordered_ms < deal->asked_ms)
        return false;
    return !(deal->has_paid && deal->paid_ms < deal->asked_ms);
}

/* as_of >= start of local day D + lag + 1. */
static bool oracle_is_mature(const OracleDeal *deal, int lag, const OracleRules *rules) {
    if (!rules->has_as_of)
        return true;
    int64_t day = oracle_local_day(deal->asked_ms, rules->tz_minutes) + lag + 1;
    return rules->as_of_ms >= day * 86400000 - (int64_t)rules->tz_minutes * 60000;
}

static bool oracle_paid_by(const OracleDeal *deal, int lag, const OracleRules *rules) {
    return deal->has_paid && oracle_local_day(deal->paid_ms, rules->tz_minutes) <=
                                 oracle_local_day(deal->asked_ms, rules->tz_minutes) + lag;
}

typedef struct OracleDealCounts {
    int64_t inquirers, after_sales, orderers, payers, repeaters;
    int64_t mature1, mature_final, success1, success_final;
    int64_t amount_micros, units, paid_deals, quantity_known, quantity_two;
} OracleDealCounts;

/* One person: what any of the rows says. */
static void oracle_count_person(const OracleDeal *deals, int count, int customer, int key,
                                int64_t period_day, const OracleRules *rules, bool amounts,
                                OracleDealCounts *counts) {
    bool seen = false, inquired = false, ordered = false, paid = false;
    bool mature1 = false, mature_final = false, success1 = false, success_final = false;
    int paid_deals = 0;
    for (int i = 0; i < count; i++) {
        const OracleDeal *deal = &deals[i];
        if (deal->customer != customer || !oracle_deal_counts(deal, key, period_day, rules))
            continue;
        seen = true;
        if (!oracle_is_inquiry(deal))
            continue;
        inquired = true;
        if (deal->has_ordered || deal->has_paid)
            ordered = true;
        if (deal->has_paid)
            paid = true;
        if (deal->has_paid && (!amounts || deal->has_amount))
            paid_deals++;
        if (oracle_is_mature(deal, 1, rules)) {
            mature1 = true;
            if (oracle_paid_by(deal, 1, rules))
                success1 = true;
        }
        if (oracle_is_mature(deal, rules->final_days, rules)) {
            mature_final = true;
            if (oracle_paid_by(deal, rules->final_days, rules))
                success_final = true;
        }
    }
    counts->inquirers += inquired;
    counts->after_sales += seen && !inquired;
    counts->orderers += ordered;
    counts->payers += paid;
    counts->repeaters += paid_deals >= 2;
    counts->mature1 += mature1;
    counts->mature_final += mature_final;
    counts->success1 += success1;
    counts->success_final += success_final;
}

static void oracle_count_money(const OracleDeal *deal, bool amounts, OracleDealCounts *counts) {
    if (!oracle_is_inquiry(deal) || !deal->has_paid)
        return;
    if (!amounts || deal->has_amount)
        counts->paid_deals++;
    if (amounts && deal->has_amount)
        counts->amount_micros += deal->amount_micros;
    if (!deal->has_quantity)
        return;
    counts->units += deal->quantity;
    counts->quantity_known++;
    counts->quantity_two += deal->quantity >= 2;
}

/* A quotient of something that deal_stats() was not told is NULL. */
static void oracle_put_known(OracleFigures *out, const char *kpi, bool known, int64_t numerator,
                             int64_t denominator, int64_t scale) {
    oracle_put_quotient(out, kpi, known ? numerator : 0, known ? denominator : 0, scale);
}

static void oracle_put_deals(OracleFigures *out, const OracleDealCounts *c, bool amounts,
                             bool quantities) {
    oracle_put_count(out, "inquirers", c->inquirers);
    oracle_put_count(out, "after_sales", c->after_sales);
    oracle_put_count(out, "orderers", c->orderers);
    oracle_put_count(out, "payers", c->payers);
    oracle_put_count(out, "lost_inquiries", c->inquirers - c->orderers);
    oracle_put_count(out, "lost_orders", c->orderers - c->payers);
    oracle_put_quotient(out, "conversion_rate", c->orderers, c->inquirers, 1);
    oracle_put_quotient(out, "payment_rate", c->payers, c->orderers, 1);
    oracle_put_quotient(out, "inquiry_paid_rate", c->payers, c->inquirers, 1);
    oracle_put_quotient(out, "payment_success_day1", c->success1, c->mature1, 1);
    oracle_put_quotient(out, "payment_success_final", c->success_final, c->mature_final, 1);
    oracle_put_value(out, "sales_amount", !amounts, c->amount_micros, 1000000);
    oracle_put_count(out, "sales_units", c->units);
    out->figure[out->count - 1].is_null = !quantities;
    oracle_put_count(out, "paid_deals", c->paid_deals);
    oracle_put_known(out, "sales_per_buyer", amounts, c->amount_micros, c->payers, 1000000);
    oracle_put_known(out, "units_per_buyer", quantities, c->units, c->payers, 1);
    oracle_put_known(out, "order_value", amounts, c->amount_micros, c->paid_deals, 1000000);
    oracle_put_known(out, "item_price", amounts && quantities, c->amount_micros, c->units, 1000000);
    oracle_put_known(out, "cross_sell_rate", quantities, c->quantity_two, c->quantity_known, 1);
    oracle_put_quotient(out, "repeat_rate", c->repeaters, c->payers, 1);
}

OracleFigures oracle_sum_deals(const OracleDeal *deals, int count, int key, int64_t period_day,
                               const OracleRules *rules, bool amounts, bool quantities,
                               int64_t *rows) {
    OracleDealCounts counts = {0};
    *rows = 0;
    for (int customer = 0; customer < ORACLE_CUSTOMERS; customer++) {
        oracle_count_person(deals, count, customer, key, period_day, rules, amounts, &counts);
    }
    for (int i = 0; i < count; i++) {
        if (!oracle_deal_counts(&deals[i], key, period_day, rules))
            continue;
        (*rows)++;
        oracle_count_money(&deals[i], amounts, &counts);
    }
    OracleFigures figures = {0};
    oracle_put_deals(&figures, &counts, amounts, quantities);
    return figures;
}

/* ---- ratings ---- */

OracleFigures oracle_sum_ratings(const OracleRating *ratings, int count, int key,
                                 int64_t period_day, const OracleRules *rules, int64_t *rows) {
    int64_t contacts = 0, invited = 0, both = 0, rated = 0, satisfied = 0, good = 0, bad = 0,
            sum = 0;
    for (int i = 0; i < count; i++) {
        const OracleRating *one = &ratings[i];
        if (one->customer < 0 || !one->has_time || (key >= 0 && one->key != key))
            continue;
        int64_t day = oracle_local_day(one->at_ms, rules->tz_minutes);
        if (period_day != INT64_MIN && oracle_period_start(day, rules->period) != period_day)
            continue;
        contacts++;
        invited += one->invited;
        if (!one->has_score)
            continue;
        rated++;
        both += one->invited;
        satisfied += one->score_millionths >= rules->satisfied_from;
        good += one->score_millionths >= rules->good_from;
        bad += one->score_millionths <= rules->bad_to;
        sum += one->score_millionths;
    }
    OracleFigures figures = {0};
    oracle_put_count(&figures, "contacts", contacts);
    oracle_put_quotient(&figures, "invite_rate", invited, contacts, 1);
    oracle_put_quotient(&figures, "rating_rate", both, invited, 1);
    oracle_put_quotient(&figures, "satisfaction", satisfied, rated, 1);
    oracle_put_quotient(&figures, "good_rate", good, rated, 1);
    oracle_put_quotient(&figures, "bad_rate", bad, rated, 1);
    oracle_put_quotient(&figures, "avg_score", sum, rated, 1000000);
    *rows = contacts;
    return figures;
}
