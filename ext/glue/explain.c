/* explain.c: commission_explain(sales, plan [, facts]), the steps of a pay (commission.md 7).
**
** 1. The rows are those that the calculation recorded; glue only shows them. Where a step has no value,
**    the column is NULL.
** 2. Numbers are REAL, the nearest to the exact ones; `exact` is their text.
*/
#include "glue/functions.h"

SQLITE_EXTENSION_INIT3

#include "core/money/money.h"
#include "core/pay/pay.h"

/* The arguments, by their index, and the visible columns, in their order. */
enum { EXPLAIN_SALES, EXPLAIN_PLAN, EXPLAIN_FACTS };
enum {
    EXPLAIN_STEP,
    EXPLAIN_KIND,
    EXPLAIN_LABEL,
    EXPLAIN_FROM_AMOUNT,
    EXPLAIN_TO_AMOUNT,
    EXPLAIN_BASIS,
    EXPLAIN_RATE,
    EXPLAIN_EXACT,
    EXPLAIN_AMOUNT,
    EXPLAIN_COLUMNS
};

/* One explanation: its rows, and the plan that their labels belong to. */
typedef struct ExplainRows {
    const Host *host;
    Plan *plan;
    uint32_t next; /* the current row is the one before it */
    PaySteps steps;
} ExplainRows;

static void explain_close(void *block) {
    ExplainRows *rows = block;
    plan_close(rows->host, rows->plan);
    sqlite3_free(rows);
}

/* Notes what is wrong with an argument (index < 0: with the result). */
static Status explain_noted(TableCall *call, int index, Status status, const Message *why) {
    return status == STATUS_REFUSED ? table_fail(call, index, why) : status;
}

static Status explain_calculate(TableCall *call, const Value *values, ExplainRows *rows) {
    Message why;
    Facts facts;
    PayResult result;
    int64_t sales_micros;
    Status status = money_read(&values[EXPLAIN_SALES], &sales_micros, &why);
    if (status != STATUS_OK) {
        return explain_noted(call, EXPLAIN_SALES, status, &why);
    }
    status = plan_open(call->host, &values[EXPLAIN_PLAN], &rows->plan, &why);
    if (status != STATUS_OK) {
        return explain_noted(call, EXPLAIN_PLAN, status, &why);
    }
    status = facts_read(call->host, rows->plan, &values[EXPLAIN_FACTS], &facts, &why);
    if (status != STATUS_OK) {
        return explain_noted(call, EXPLAIN_FACTS, status, &why);
    }
    status = pay_calculate(rows->plan, &facts, sales_micros, &rows->steps, &result, &why);
    return explain_noted(call, -1, status, &why);
}

static Status explain_open(TableCall *call, sqlite3_value **arguments, void **out) {
    Value values[EXPLAIN_FACTS + 1] = {{VALUE_NULL, 0, {.integer = 0}}};
    for (int i = 0; i <= EXPLAIN_FACTS; i++) {
        /* not covered: that a read fails: table_filter() has read them */
        if (arguments[i] != NULL && !args_read(arguments[i], &values[i])) {
            return STATUS_NO_MEMORY;
        }
    }
    ExplainRows *rows = host_allocate(call->host, 1, sizeof *rows);
    if (rows == NULL) {
        return STATUS_NO_MEMORY;
    }
    rows->host = call->host;
    Status status = explain_calculate(call, values, rows);
    if (status != STATUS_OK) {
        explain_close(rows);
        return status;
    }
    *out = rows;
    return STATUS_OK;
}

static Status explain_next(TableCall *call, void *block, bool *more) {
    (void)call;
    ExplainRows *rows = block;
    *more = rows->next < rows->steps.count;
    rows->next++;
    return STATUS_OK;
}

static void explain_real(sqlite3_context *context, const PayFraction *fraction) {
    if (fraction->denominator != 0) {
        sqlite3_result_double(context, number_quotient(fraction->numerator, fraction->denominator));
    }
}

static void explain_exact(sqlite3_context *context, const PayFraction *fraction) {
    if (fraction->denominator != 0) { /* not covered: every step has an exact value */
        char text[PAY_EXACT_BYTES];
        size_t length = pay_print_exact(fraction, text);
        sqlite3_result_text(context, text, (int)length, SQLITE_TRANSIENT);
    }
}

/* A label, and behind that of the total its currency: "presale-2026Q2 CNY". */
static void explain_label(sqlite3_context *context, const Host *host, const PayStep *step) {
    Buffer text;
    if (step->label.bytes == NULL && step->currency.bytes == NULL) {
        return;
    }
    buffer_open(&text, host);
    buffer_append(&text, step->label.bytes, step->label.length);
    if (step->label.length > 0 && step->currency.length > 0) {
        buffer_byte(&text, ' ');
    }
    buffer_append(&text, step->currency.bytes, step->currency.length);
    sqlite3_result_text(context, "", 0, SQLITE_STATIC); /* unless there is more to say */
    args_result_buffer(context, &text, VALUE_TEXT);
}

static void explain_column(void *block, int column, sqlite3_context *context) {
    const ExplainRows *rows = block;
    const PayStep *step = &rows->steps.steps[rows->next - 1];
    const PayFraction *const reals[EXPLAIN_COLUMNS] = {
        [EXPLAIN_FROM_AMOUNT] = &step->from_amount,
        [EXPLAIN_TO_AMOUNT] = &step->to_amount,
        [EXPLAIN_BASIS] = &step->basis,
        [EXPLAIN_RATE] = &step->rate,
        [EXPLAIN_AMOUNT] = &step->amount,
    };
    switch (column) {
    case EXPLAIN_STEP:
        sqlite3_result_int64(context, rows->next);
        break;
    case EXPLAIN_KIND:
        sqlite3_result_text(context, step->kind, -1, SQLITE_STATIC);
        break;
    case EXPLAIN_LABEL:
        explain_label(context, rows->host, step);
        break;
    case EXPLAIN_EXACT:
        explain_exact(context, &step->exact);
        break;
    default:
        explain_real(context, reals[column]);
    }
}

const TableFunction COMMISSION_EXPLAIN = {
    .signature = {"commission_explain", "sales,plan,facts", 3},
    .required = 2,
    .columns = "step INTEGER, kind TEXT, label TEXT, from_amount REAL, to_amount REAL, basis REAL, "
               "rate REAL, exact TEXT, amount REAL",
    .column_count = EXPLAIN_COLUMNS,
    .rows_expected = 10,
    .open = explain_open,
    .next = explain_next,
    .column = explain_column,
    .close = explain_close,
};
