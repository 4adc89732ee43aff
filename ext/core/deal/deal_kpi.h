/* deal_kpi.h: the KPIs of the deal family, each as an exact measure of stats (kpis.md 2). */
#ifndef KEFU_CORE_DEAL_KPI_H
#define KEFU_CORE_DEAL_KPI_H

#include "core/base/measure.h"
#include "core/deal/deal_stats.h"

Measure deal_inquirers(const DealStats *stats);
Measure deal_after_sales(const DealStats *stats);
Measure deal_orderers(const DealStats *stats);
Measure deal_payers(const DealStats *stats);
Measure deal_lost_inquiries(const DealStats *stats);
Measure deal_lost_orders(const DealStats *stats);
Measure deal_conversion_rate(const DealStats *stats);
Measure deal_payment_rate(const DealStats *stats);
Measure deal_inquiry_paid_rate(const DealStats *stats);
Measure deal_payment_success_day1(const DealStats *stats);
Measure deal_payment_success_final(const DealStats *stats);
Measure deal_sales_amount(const DealStats *stats);
Measure deal_sales_units(const DealStats *stats);
Measure deal_paid_deals(const DealStats *stats);
Measure deal_sales_per_buyer(const DealStats *stats);
Measure deal_units_per_buyer(const DealStats *stats);
Measure deal_order_value(const DealStats *stats);
Measure deal_item_price(const DealStats *stats);
Measure deal_cross_sell_rate(const DealStats *stats);
Measure deal_repeat_rate(const DealStats *stats);

#endif
