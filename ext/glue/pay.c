/* pay.c: pay plans as SQL functions (functions.md 6, commission.md 1 and 8).
**
** 1. NULL or blank TEXT in any argument but facts gives NULL, whatever the others are; facts that are
**    NULL are as if left out. Then arguments are checked from left to right.
** 2. The type of its second argument tells the two forms of commission_calc apart: a number is a rate,
**    anything else must be a plan.
** 3. Plans, weights and bands are read once per statement: kept as auxdata, and handed over last, since
**    that may free them (sqlite.md V10).
*/
#include "glue/functions.h"

SQLITE_EXTENSION_INIT3

#include "core/money/money.h"
#include "core/pay/bands.h"
#include "core/pay/pay.h"
#include "core/pay/weights.h"

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

/* A plan and the host that it lives by. */
typedef struct PayHolder {
    Host host;
    Plan *plan;
} PayHolder;

static void pay_release_holder(void *block) {
    PayHolder *holder = block;
    plan_close(&holder->host, holder->plan);
    sqlite3_free(holder);
}

/* Reads a plan; NULL: an error is the result. */
static PayHolder *pay_open_plan(sqlite3_context *context, const Value *value) {
    Message why;
    PayHolder *holder = sqlite3_malloc64(sizeof *holder);
    if (holder == NULL) {
        args_fail_status(context, STATUS_NO_MEMORY);
        return NULL;
    }
    holder->host = args_host(sqlite3_context_db_handle(context));
    Status status = plan_open(&holder->host, value, &holder->plan, &why);
    if (!args_passed(context, pay_signature(context), 1, status, &why)) {
        sqlite3_free(holder);
        return NULL;
    }
    return holder;
}

/* Reads the facts and calculates; false: an error is the result. */
static bool pay_calculate_with(sqlite3_context *context, const PayHolder *holder,
                               const Value *facts_value, int64_t sales_micros, PayResult *result) {
    Facts facts;
    Message why;
    const Signature *signature = pay_signature(context);
    Status status = facts_read(&holder->host, holder->plan, facts_value, &facts, &why);
    if (!args_passed(context, signature, 2, status, &why)) {
        return false;
    }
    status = pay_calculate(holder->plan, &facts, sales_micros, NULL, result, &why);
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
    PayHolder *known = sqlite3_get_auxdata(context, 1);
    PayHolder *holder = known != NULL ? known : pay_open_plan(context, &values[1]);
    if (holder == NULL) {
        return;
    }
    PayResult result;
    if (pay_calculate_with(context, holder, count == 3 ? &values[2] : &no_facts, sales_micros,
                           &result)) {
        sqlite3_result_double(context, pay_real(whole_pay ? result.total : result.commission,
                                                holder->plan->minor_digits));
    }
    if (known == NULL) { /* Requirement 3 */
        sqlite3_set_auxdata(context, 1, holder, pay_release_holder);
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

static void pay_commission_split(sqlite3_context *context, int count, sqlite3_value **arguments) {
    Value values[PAY_ARGUMENTS];
    if (!args_read_all(context, count, count, arguments, values)) {
        return;
    }
    const Host host = args_host(sqlite3_context_db_handle(context));
    Weights *known = sqlite3_get_auxdata(context, 1);
    Weights *weights = known;
    Message why;
    if (known == NULL) {
        Status status = weights_open(&host, &values[1], &weights, &why);
        if (!args_passed(context, pay_signature(context), 1, status, &why)) {
            return;
        }
    }
    int64_t part_cents;
    if (pay_split(context, &host, weights, values, &part_cents)) {
        sqlite3_result_double(context, pay_real(part_cents, 2));
    }
    if (known == NULL) {
        sqlite3_set_auxdata(context, 1, weights, sqlite3_free); /* the host's free */
    }
}

/* ---- kpi_score(value, bands) ---- */

static void pay_kpi_score(sqlite3_context *context, int count, sqlite3_value **arguments) {
    Value values[PAY_ARGUMENTS];
    if (!args_read_all(context, count, count, arguments, values)) {
        return;
    }
    const Host host = args_host(sqlite3_context_db_handle(context));
    ScoreBands *known = sqlite3_get_auxdata(context, 1);
    ScoreBands *bands = known;
    Message why;
    if (known == NULL) {
        Status status = bands_open(&host, &values[1], &bands, &why);
        if (!args_passed(context, pay_signature(context), 1, status, &why)) {
            return;
        }
    }
    double points;
    Status status = bands_score(bands, &values[0], &points, &why);
    if (args_passed(context, pay_signature(context), 0, status, &why)) {
        sqlite3_result_double(context, points);
    }
    if (known == NULL) {
        sqlite3_set_auxdata(context, 1, bands, sqlite3_free);
    }
}

// clang-format off
const ScalarFunction PAY_FUNCTIONS[] = {
    {{"commission_calc", "sales,plan", 2}, pay_commission_calc},
    {{"commission_calc", "sales,plan,facts", 3}, pay_commission_calc},
    {{"pay_calc", "sales,plan", 2}, pay_pay_calc},
    {{"pay_calc", "sales,plan,facts", 3}, pay_pay_calc},
    {{"plan_check", "plan", 1}, pay_plan_check},
    {{"commission_split", "amount,weights,i", 3}, pay_commission_split},
    {{"kpi_score", "value,bands", 2}, pay_kpi_score},
};
// clang-format on
const int PAY_FUNCTION_COUNT = (int)(sizeof PAY_FUNCTIONS / sizeof PAY_FUNCTIONS[0]);
