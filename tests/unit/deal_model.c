/* deal_model.c: see deal_model.h. The definitions are those of kpis.md 2. */
#include "deal_model.h"

#include "trial.h"

DealRow deal_model_row(uint64_t *seed) {
    DealRow row = {.timed = true, .customer = {trial_below(seed, 2), trial_below(seed, 4)}};
    row.asked_ms = INT64_C(1700000000000) + (int64_t)trial_below(seed, 40) * (CLOCK_DAY_MS / 10);
    row.ordered_ms = row.asked_ms + ((int64_t)trial_below(seed, 40) - 4) * (CLOCK_DAY_MS / 7);
    row.ordered_ms = trial_below(seed, 2) == 0 ? row.ordered_ms : DEAL_NEVER;
    row.paid_ms = row.asked_ms + ((int64_t)trial_below(seed, 60) - 4) * (CLOCK_DAY_MS / 9);
    row.paid_ms = trial_below(seed, 3) == 0 ? row.paid_ms : DEAL_NEVER;
    row.has_amount = trial_below(seed, 4) > 0;
    row.amount_micros = (int64_t)trial_below(seed, 2000000) - 500000;
    row.has_quantity = trial_below(seed, 4) > 0;
    row.quantity = (int64_t)trial_below(seed, 4);
    return row;
}

static int64_t deal_model_local_day(const Rules *rules, int64_t instant_ms) {
    int64_t local_ms = instant_ms + (int64_t)rules->zone.offset_s * 1000;
    return (local_ms - (local_ms % CLOCK_DAY_MS + CLOCK_DAY_MS) % CLOCK_DAY_MS) / CLOCK_DAY_MS;
}

static bool deal_model_inquiry(const DealRow *row) {
    return !(row->ordered_ms != DEAL_NEVER && row->ordered_ms < row->asked_ms) &&
           !(row->paid_ms != DEAL_NEVER && row->paid_ms < row->asked_ms);
}

static bool deal_model_mature(const Rules *rules, const DealRow *row, int64_t lag) {
    int64_t over_ms = (deal_model_local_day(rules, row->asked_ms) + lag + 1) * CLOCK_DAY_MS -
                      (int64_t)rules->zone.offset_s * 1000;
    return !rules->has_as_of || rules->as_of_ms >= over_ms;
}

static bool deal_model_paid_within(const Rules *rules, const DealRow *row, int64_t lag) {
    return row->paid_ms != DEAL_NEVER && deal_model_local_day(rules, row->paid_ms) <=
                                             deal_model_local_day(rules, row->asked_ms) + lag;
}

static void deal_model_add_customer(DealModel *model, const DealRow *rows, int count,
                                    Identity customer, const DealStats *as) {
    const Rules *rules = as->rules;
    bool any[DEAL_COUNTS] = {false};
    bool after_sales = false;
    int deals = 0;
    for (int i = 0; i < count; i++) {
        const DealRow *row = &rows[i];
        if (!identity_equal(row->customer, customer)) {
            continue;
        }
        if (!deal_model_inquiry(row)) {
            after_sales = true;
            continue;
        }
        any[DEAL_INQUIRERS] = true;
        any[DEAL_ORDERERS] |= row->ordered_ms != DEAL_NEVER || row->paid_ms != DEAL_NEVER;
        any[DEAL_PAYERS] |= row->paid_ms != DEAL_NEVER;
        deals += row->paid_ms != DEAL_NEVER && (row->has_amount || !as->has_amounts);
        for (int i_lag = 0; i_lag < 2; i_lag++) {
            int64_t lag = i_lag == 0 ? 1 : rules->final_days;
            if (deal_model_mature(rules, row, lag)) {
                any[i_lag == 0 ? DEAL_MATURE_DAY1_CUSTOMERS : DEAL_MATURE_FINAL_CUSTOMERS] = true;
                any[i_lag == 0 ? DEAL_SUCCESS_DAY1_CUSTOMERS : DEAL_SUCCESS_FINAL_CUSTOMERS] |=
                    deal_model_paid_within(rules, row, lag);
            }
        }
    }
    any[DEAL_AFTER_SALES_ONLY] = after_sales && !any[DEAL_INQUIRERS];
    any[DEAL_REPEATERS] = deals >= 2;
    for (int i = DEAL_SUM_COUNTS; i < DEAL_COUNTS; i++) {
        model->counts[i] += any[i];
    }
    model->customers += after_sales || any[DEAL_INQUIRERS];
}

DealModel deal_model(const DealRow *rows, int count, const DealStats *as) {
    DealModel model = {.counts = {[DEAL_ROWS] = count}};
    for (int i = 0; i < count; i++) {
        const DealRow *row = &rows[i];
        model.first_ms = i == 0 || row->asked_ms < model.first_ms ? row->asked_ms : model.first_ms;
        model.last_ms = i == 0 || row->asked_ms > model.last_ms ? row->asked_ms : model.last_ms;
        if (!deal_model_inquiry(row) || row->paid_ms == DEAL_NEVER) {
            continue;
        }
        model.counts[DEAL_PAID_DEALS] += row->has_amount || !as->has_amounts;
        model.amount_micros += row->has_amount ? row->amount_micros : 0;
        if (row->has_quantity) {
            model.counts[DEAL_KNOWN_QUANTITIES]++;
            model.counts[DEAL_CROSS_SOLD] += row->quantity >= 2;
            model.units += row->quantity;
        }
    }
    for (uint64_t customer = 0; customer < 8; customer++) {
        deal_model_add_customer(&model, rows, count, (Identity){customer / 4, customer % 4}, as);
    }
    return model;
}
