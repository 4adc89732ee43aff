/* deal_kpi.c: see deal_kpi.h; the definitions are those of kpis.md 2, by name. */
#include "core/deal/deal_kpi.h"

#define DEAL_MICROS 1000000 /* millionths in the unit of money */

static Measure deal_number(const DealStats *stats, DealCount count) {
    return measure_number(stats->counts[count], 1);
}

static Measure deal_share(const DealStats *stats, DealCount part, DealCount whole) {
    return measure_quotient(stats->counts[part], 1, stats->counts[whole]);
}

static Measure deal_amount_by(const DealStats *stats, int128 denominator) {
    return stats->has_amounts ? measure_quotient(stats->amount_micros, DEAL_MICROS, denominator)
                              : measure_unanswered();
}

Measure deal_inquirers(const DealStats *stats) { return deal_number(stats, DEAL_INQUIRERS); }

Measure deal_after_sales(const DealStats *stats) {
    return deal_number(stats, DEAL_AFTER_SALES_ONLY);
}

Measure deal_orderers(const DealStats *stats) { return deal_number(stats, DEAL_ORDERERS); }

Measure deal_payers(const DealStats *stats) { return deal_number(stats, DEAL_PAYERS); }

Measure deal_lost_inquiries(const DealStats *stats) {
    return measure_number(stats->counts[DEAL_INQUIRERS] - stats->counts[DEAL_ORDERERS], 1);
}

Measure deal_lost_orders(const DealStats *stats) {
    return measure_number(stats->counts[DEAL_ORDERERS] - stats->counts[DEAL_PAYERS], 1);
}

Measure deal_conversion_rate(const DealStats *stats) {
    return deal_share(stats, DEAL_ORDERERS, DEAL_INQUIRERS);
}

Measure deal_payment_rate(const DealStats *stats) {
    return deal_share(stats, DEAL_PAYERS, DEAL_ORDERERS);
}

Measure deal_inquiry_paid_rate(const DealStats *stats) {
    return deal_share(stats, DEAL_PAYERS, DEAL_INQUIRERS);
}

Measure deal_payment_success_day1(const DealStats *stats) {
    return deal_share(stats, DEAL_SUCCESS_DAY1_CUSTOMERS, DEAL_MATURE_DAY1_CUSTOMERS);
}

Measure deal_payment_success_final(const DealStats *stats) {
    return deal_share(stats, DEAL_SUCCESS_FINAL_CUSTOMERS, DEAL_MATURE_FINAL_CUSTOMERS);
}

Measure deal_sales_amount(const DealStats *stats) {
    return stats->has_amounts ? measure_number(stats->amount_micros, DEAL_MICROS)
                              : measure_unanswered();
}

Measure deal_sales_units(const DealStats *stats) {
    return stats->has_quantities ? measure_number(stats->units, 1) : measure_unanswered();
}

Measure deal_paid_deals(const DealStats *stats) { return deal_number(stats, DEAL_PAID_DEALS); }

Measure deal_sales_per_buyer(const DealStats *stats) {
    return deal_amount_by(stats, stats->counts[DEAL_PAYERS]);
}

Measure deal_units_per_buyer(const DealStats *stats) {
    return stats->has_quantities ? measure_quotient(stats->units, 1, stats->counts[DEAL_PAYERS])
                                 : measure_unanswered();
}

Measure deal_order_value(const DealStats *stats) {
    return deal_amount_by(stats, stats->counts[DEAL_PAID_DEALS]);
}

Measure deal_item_price(const DealStats *stats) {
    return stats->has_quantities ? deal_amount_by(stats, stats->units) : measure_unanswered();
}

Measure deal_cross_sell_rate(const DealStats *stats) {
    return stats->has_quantities ? deal_share(stats, DEAL_CROSS_SOLD, DEAL_KNOWN_QUANTITIES)
                                 : measure_unanswered();
}

Measure deal_repeat_rate(const DealStats *stats) {
    return deal_share(stats, DEAL_REPEATERS, DEAL_PAYERS);
}
