/* deal_model.h: the deal KPIs a second time, customer by customer and row by row, for comparison with
** core/deal. Zones with changes of clocks are left to other tests. */
#ifndef KEFU_TESTS_UNIT_DEAL_MODEL_H
#define KEFU_TESTS_UNIT_DEAL_MODEL_H

#include "core/deal/deal_stats.h"

typedef struct DealModel {
    int64_t counts[DEAL_COUNTS];
    int64_t amount_micros;
    int64_t units;
    int64_t first_ms;
    int64_t last_ms;
    int64_t customers;
} DealModel;

/* A row of a small world: few customers and days. */
DealRow deal_model_row(uint64_t *seed);

/* What `as` (its rules, with amounts or without) must hold when these rows were added. */
DealModel deal_model(const DealRow *rows, int count, const DealStats *as);

#endif
