/* pay.c: pay plans as SQL functions (functions.md 6, commission.md 1 and 8).
**
** 1. NULL or blank TEXT in any argument but facts gives NULL, whatever the others are; facts that are
**    NULL are as if left out. Then arguments are checked from left to right.
** 2. The type of its second argument tells the two forms of commission_calc apart: a number is a rate,
**    anything else must be a plan.
** 3. Plans, weights and bands are read once, wherever they come from (memo.h).
*/
#include "glue/functions.h"

SQLITE_EXTENSION_INIT3

#include "core/money/money.h"
#include "core/pay/bands.h"
#include "core/pay/pay.h"
#include "core/pay/weights.h"
#include "glue/memo.h"

#define PAY_ARGUMENTS 3 /* the longest list */

/* Requirement 2: how the form with a rate names its arguments. */
static const Signature pay_rate_signature = {"commission_calc", "sales,rate,coefficient", 3};

static const Signature *pay_signature(sqlite3_context *context) {
    const ScalarFunction *function = sqlite3_user_data(context);
    return &function->signature;
}

/* ---- commission_calc(sales, rate [, coefficient]) ---- */

static void pay_result_at_rate(sqlite3_context *context, int count, const Value *values) {
    static const FormNumber rate_kind = {.places = 6, .decimals = 6, .high = 1000000, .rate = true};
    const FormNumber coefficient_kind = form_decimal(4, 0, 100);
    int64_t sales_micros;
    int64_t rate_millionths;
    int64_t coefficient_e4 = 10000;
    int64_t cents;
    Message why;
    if (count == 3 && value_is_missing(&values[2])) {
        return; /* a coefficient is no facts: NULL */
    }
    Status status = money_read(&values[0], &sales_micros, &why);
    if (!args_passed(context, &pay_rate_signature, 0, status, &why)) {
        return;
    }
    status = form_argument(&values[1], &rate_kind, &rate_millionths, &why);
    if (!args_passed(context, &pay_rate_signature, 1, status, &why)) {
        return;
    }
    if (count == 3) {
        status = form_argument(&values[2], &coefficient_kind, &coefficient_e4, &why);
        if (!args_passed(context, &pay_rate_signature, 2, status, &why)) {
            return;
        }
    }
    status = pay_at_rate(sales_micros, rate_millionths, coefficient_e4, &cents, &why);
    if (args_passed(context, &pay_rate_signature, -1, status, &why)) {
        sqlite3_result_double(context, pay_real(cents, 2));
    }
}

/* ---- commission_calc(sales, plan [, facts]), pay_calc(sales, plan [, facts]) ---- */

static Status pay_open_plan(const Host *host, const Value *value, void **object, Message *why) {
    Plan *plan;
    Status status = plan_open(host, value, &plan, why);
    *object = plan;
    return status;
}

static void pay_close_plan(const Host *host, void *object) { plan_close(host, object); }

static const MemoKind pay_plans = {pay_open_plan, pay_close_plan};

/* Reads the facts and calculates; false: an error is the result. */
static bool pay_calculate_with(sqlite3_context *context, const Plan *plan, const Value *facts_value,
                               int64_t sales_micros, PayResult *result) {
    Facts facts;
    Message why;
    const Signature *signature = pay_signature(context);
    Status status = facts_read(memo_host(context), plan, facts_value, &facts, &why);
    if (!args_passed(context, signature, 2, status, &why)) {
        return false;
    }
    status = pay_calculate(plan, &facts, sales_micros, NULL, result, &why);
    return args_passed(context, signature, -1, status, &why);
}

static void pay_result_by_plan(sqlite3_context *context, int count, const Value *values,
                               bool whole_pay) {
    static const Value no_facts = {VALUE_NULL, 0, {.integer = 0}};
    Message why;
    int64_t sales_micros;
    Status status = money_read(&values[0], &sales_micros, &why);
    if (!args_passed(context, pay_signature(context), 0, status, &why)) {
        return;
    }
    const Plan *plan = memo_take(context, 1, &values[1]);
    PayResult result;
    if (plan != NULL && pay_calculate_with(context, plan, count == 3 ? &values[2] : &no_facts,
                                           sales_micros, &result)) {
        sqlite3_result_double(
            context, pay_real(whole_pay ? result.total : result.commission, plan->minor_digits));
    }
}

static void pay_commission_calc(sqlite3_context *context, int count, sqlite3_value **arguments) {
    Value values[PAY_ARGUMENTS];
    if (!args_read_all(context, count, 2, arguments, values)) {
        return;
    }
    if (values[1].type == VALUE_INTEGER || values[1].type == VALUE_REAL) {
        pay_result_at_rate(context, count, values);
    } else {
        pay_result_by_plan(context, count, values, false);
    }
}

static void pay_pay_calc(sqlite3_context *context, int count, sqlite3_value **arguments) {
    Value values[PAY_ARGUMENTS];
    if (args_read_all(context, count, 2, arguments, values)) {
        pay_result_by_plan(context, count, values, true);
    }
}

/* ---- plan_check(plan) ---- */

static void pay_plan_check(sqlite3_context *context, int count, sqlite3_value **arguments) {
    Value plan;
    if (!args_read_all(context, count, 0, arguments, &plan)) {
        return;
    }
    const Host host = args_host(sqlite3_context_db_handle(context));
    Buffer lines;
    buffer_open(&lines, &host);
    Status status = plan_check(&host, &plan, &lines);
    if (status != STATUS_OK) {
        args_fail_status(context, status);
        buffer_close(&lines);
    } else {
        args_result_buffer(context, &lines, VALUE_TEXT);
    }
}

/* ---- commission_split(amount, weights, i) ---- */

/* The part of the amount; false: an error is the result. */
static bool pay_split(sqlite3_context *context, const Host *host, const Weights *weights,
                      const Value *values, int64_t *part_cents) {
    int64_t cents;
    uint32_t index;
    Message why;
    const Signature *signature = pay_signature(context);
    Status status = weights_read_amount(&values[0], &cents, &why);
    if (!args_passed(context, signature, 0, status, &why)) {
        return false;
    }
    status = weights_read_index(weights, &values[2], &index, &why);
    if (!args_passed(context, signature, 2, status, &why)) {
        return false;
    }
    status = weights_part(host, weights, cents, index, part_cents);
    return args_passed(context, signature, -1, status, &why);
}

static Status pay_open_weights(const Host *host, const Value *value, void **object, Message *why) {
    Weights *weights;
    Status status = weights_open(host, value, &weights, why);
    *object = weights;
    return status;
}

static void pay_release(const Host *host, void *object) { host->release(object); }

static const MemoKind pay_weights = {pay_open_weights, pay_release};

static void pay_commission_split(sqlite3_context *context, int count, sqlite3_value **arguments) {
    Value values[PAY_ARGUMENTS];
    if (!args_read_all(context, count, count, arguments, values)) {
        return;
    }
    const Weights *weights = memo_take(context, 1, &values[1]);
    int64_t part_cents;
    if (weights != NULL && pay_split(context, memo_host(context), weights, values, &part_cents)) {
        sqlite3_result_double(context, pay_real(part_cents, 2));
    }
}

/* ---- kpi_score(value, bands) ---- */

static Status pay_open_bands(const Host *host, const Value *value, void **object, Message *why) {
    ScoreBands *bands;
    Status status = bands_open(host, value, &bands, why);
    *object = bands;
    return status;
}

static const MemoKind pay_bands = {pay_open_bands, pay_release};

static void pay_kpi_score(sqlite3_context *context, int count, sqlite3_value **arguments) {
    Value values[PAY_ARGUMENTS];
    if (!args_read_all(context, count, count, arguments, values)) {
        return;
    }
    const ScoreBands *bands = memo_take(context, 1, &values[1]);
    if (bands == NULL) {
        return;
    }
    Message why;
    double points;
    Status status = bands_score(bands, &values[0], &points, &why);
    if (args_passed(context, pay_signature(context), 0, status, &why)) {
        sqlite3_result_double(context, points);
    }
}

// clang-format off
const ScalarFunction PAY_FUNCTIONS[] = {
    {{"commission_calc", "sales,plan", 2}, pay_commission_calc, &pay_plans},
    {{"commission_calc", "sales,plan,facts", 3}, pay_commission_calc, &pay_plans},
    {{"pay_calc", "sales,plan", 2}, pay_pay_calc, &pay_plans},
    {{"pay_calc", "sales,plan,facts", 3}, pay_pay_calc, &pay_plans},
    {{"plan_check", "plan", 1}, pay_plan_check, NULL},
    {{"commission_split", "amount,weights,i", 3}, pay_commission_split, &pay_weights},
    {{"kpi_score", "value,bands", 2}, pay_kpi_score, &pay_bands},
};
// clang-format on
const int PAY_FUNCTION_COUNT = (int)(sizeof PAY_FUNCTIONS / sizeof PAY_FUNCTIONS[0]);
