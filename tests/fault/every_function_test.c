/* every_function_test.c: every function that the extension registers meets every fault (fault.h).
**
** 1. The functions come from pragma_function_list, less those of the host: one without a row in the
**    tables below fails the test, so a new function cannot be forgotten. So do tables, from
**    pragma_module_list.
** 2. Scalars are called once; aggregates as such, by groups, and as windows of each kind: ROWS (whose
**    inverse runs), RANGE, GROUPS, and EXCLUDE (which makes each row's frame anew).
*/
#define _POSIX_C_SOURCE 200809L /* strdup */

#include "fault.h"

#include <stdlib.h>
#include <string.h>

TestSuite(every_function, .init = fault_init, .fini = fault_fini, .timeout = 900);

#define RULES                                                                                      \
    "'{\"book\":\"taobao\",\"tz\":\"Asia/Shanghai\",\"calendar\":{\"hours\":{\"mon\":"             \
    "[\"09:00-18:00\"]}}}'"
#define PLAN                                                                                       \
    "'{\"base\":3000,\"commission\":{\"method\":\"marginal\",\"tiers\":[{\"from\":0,\"rate\":\"1%" \
    "\"}]}}'"
#define CALENDAR "'{\"hours\":{\"sun\":[\"09:00-12:00\"]},\"holidays\":[\"2026-11-02\"]}'"

/* How a function is called: its first `narg` arguments of these, on the rows of that table. */
typedef struct Call {
    const char *name;
    int least; /* the smallest number of arguments that this row is for */
    const char *table;
    const char *arguments[8];
} Call;

#define CHAT_ARGUMENTS "customer", "sender", "sent_at", RULES
#define DEAL_ARGUMENTS "customer", "asked_at", "ordered_at", "paid_at", "amount", "quantity", RULES
#define RATING_ARGUMENTS "customer", "at", "invited", "score", RULES

static const Call calls[] = {
    {"chat_stats", 3, "m", {CHAT_ARGUMENTS}},
    {"deal_stats", 4, "d", {DEAL_ARGUMENTS}},
    {"rating_stats", 4, "r", {RATING_ARGUMENTS}},
    {"chat_stats_by", 4, "m", {"agent", CHAT_ARGUMENTS}},
    {"deal_stats_by", 5, "d", {"agent", DEAL_ARGUMENTS}},
    {"rating_stats_by", 5, "r", {"agent", RATING_ARGUMENTS}},
    {"journeys",
     5,
     "j",
     {"customer", "at", "event", "agent", "order_id", "amount", "quantity", RULES}},
    {"kefu_merge", 1, "g", {"stats"}},
    {"turn_seconds", 2, "m", {"sender", "sent_at", RULES}},
    {"avg_response", 2, "d", {"asked_at", "ordered_at"}},
    {"conversion_rate", 2, "d", {"customer", "ordered_at", RULES}},
    {"payment_rate", 3, "d", {"customer", "ordered_at", "paid_at", RULES}},
    {"payment_success_day1", 3, "d", {"customer", "asked_at", "paid_at", RULES}},
    {"payment_success_final", 3, "d", {"customer", "asked_at", "paid_at", RULES}},
    {"response_percentile", 2, "s", {"stats", "0.9"}},
    {"within_rate", 2, "s", {"stats", "60"}},
    {"kefu_info", 1, "g", {"stats"}},
    {"kefu_version", 0, "one", {NULL}},
    {"kefu_debug", 0, "one", {NULL}},
    {"kpi_period", 2, "d", {"asked_at", "'week'", "'America/New_York'"}},
    {"business_seconds", 3, "d", {"asked_at", "paid_at", CALENDAR}},
    {"is_open", 2, "d", {"asked_at", CALENDAR}},
    {"commission_calc", 2, "d", {"amount", PLAN, "'{\"refunds\":1}'"}},
    {"pay_calc", 2, "d", {"amount", PLAN, "'{\"refunds\":1}'"}},
    {"plan_check", 1, "one", {PLAN}},
    {"commission_split", 3, "d", {"amount", "'[1,2,3]'", "quantity % 3"}},
    {"kpi_score", 2, "d", {"amount", "'[[0,1],[60,2]]'"}},
    {"clicks_per_order", 1, "one", {"'0.0128'"}},
    {"order_cost", 2, "one", {"1.5", "0.0128"}},
    {"inquiry_cost", 3, "one", {"1.5", "0.0128", "0.3", "'0.5'"}},
    {"compound_rate", 2, "one", {"0.99", "100"}},
    {"wilson_low", 2, "one", {"8", "'10'", "0.9"}},
    {"wilson_high", 2, "one", {"8", "10", "0.9"}},
    {"rate_change_p", 4, "one", {"30", "100", "45", "100"}},
};
/* KPIs by family, from kefu_kpis: in one step from rows where there are three arguments or more, else
** from stats. */
static const Call family_calls[] = {
    {"chat", 3, "m", {CHAT_ARGUMENTS}},  {"chat", 1, "s", {"stats"}},
    {"deal", 1, "stats_d", {"stats"}},   {"rating", 4, "r", {RATING_ARGUMENTS}},
    {"rating", 1, "stats_r", {"stats"}},
};
/* Tables: the whole query. */
static const char *const table_calls[][2] = {
    {"kefu_groups", "SELECT * FROM kefu_groups((SELECT kefu_merge(stats) FROM g))"},
    {"kefu_stats", "SELECT * FROM kefu_stats((SELECT deal_stats(customer, asked_at, ordered_at, "
                   "paid_at, amount, quantity) FROM d))"},
    {"kefu_kpis", "SELECT * FROM kefu_kpis"},
    {"kefu_rules", "SELECT * FROM kefu_rules"},
    {"kefu_credits", "SELECT * FROM kefu_credits((SELECT stats FROM q), '{\"model\":\"linear\"}')"},
    {"kefu_inquiries", "SELECT * FROM kefu_inquiries((SELECT stats FROM q), '{\"final_days\":2}')"},
    {"commission_explain", "SELECT * FROM commission_explain(1000, " PLAN ", '{\"refunds\":1}')"},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- which call a function gets ---- */

static const Call *every_find(const Call *rows, size_t count, const char *name, int narg) {
    const Call *found = NULL;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].name, name) == 0 && rows[i].least <= narg &&
            (!found || found->least < rows[i].least))
            found = &rows[i];
    }
    return found && (narg == 0 || found->arguments[narg - 1]) ? found : NULL;
}

/* Its own row, or that of its family. */
static const Call *every_call(const char *name, const char *family, int narg) {
    const Call *own = every_find(calls, COUNT(calls), name, narg);
    return own || !family ? own : every_find(family_calls, COUNT(family_calls), family, narg);
}

/* What a query of it reads, and the call itself. */
static const char *every_from(const Call *call) {
    if (strcmp(call->table, "one") == 0)
        return "(SELECT 1)";
    if (strcmp(call->table, "stats_d") == 0)
        return "(SELECT deal_stats(customer, asked_at, ordered_at, paid_at, amount, quantity) AS "
               "stats FROM d)";
    if (strcmp(call->table, "stats_r") == 0)
        return "(SELECT rating_stats(customer, at, invited, score) AS stats FROM r)";
    return call->table;
}

static const char *every_text(const Call *call, const char *name, int narg) {
    const char *text = api_sql("%s(", name);
    for (int i = 0; i < narg; i++)
        text = api_sql("%s%s%s", text, i > 0 ? ", " : "", call->arguments[i]);
    return api_sql("%s)", text);
}

/* A query that fails by itself would meet few faults. turn_seconds() alone may: it wants OVER, and rows in
** the order of time (queries_test.c has them). */
static void every_succeeds(const char *sql) {
    sqlite3 *db = fault_open();
    FaultRun run = fault_query(db, sql);
    cr_expect(run.code == SQLITE_OK || strstr(sql, "turn_seconds"), "%s: %s", sql, run.result);
    free(run.result);
    api_close(db);
}

/* Calls the check with a query for each function of a type (s or w), in a form of SQL that has two %s:
** the call, and the table. */
static void every_function(const char *type, const char *form, void (*check)(const char *)) {
    sqlite3 *db = api_open_bare();
    api_exec(db, "CREATE TABLE host AS SELECT name, narg FROM pragma_function_list");
    api_load(db);
    sqlite3_stmt *list = NULL;
    int code = sqlite3_prepare_v2(
        db,
        "SELECT DISTINCT f.name, f.narg, k.family FROM pragma_function_list AS f LEFT JOIN "
        "kefu_kpis AS k USING (name) WHERE (f.name, f.narg) NOT IN (SELECT name, narg FROM host) "
        "AND f.type = ?1 ORDER BY 1, 2",
        -1, &list, NULL);
    cr_assert_eq(code, SQLITE_OK, "%s", sqlite3_errmsg(db));
    sqlite3_bind_text(list, 1, type, -1, SQLITE_STATIC);
    const char *queries[200];
    int count = 0;
    while (sqlite3_step(list) == SQLITE_ROW && count < 200) {
        const char *name = api_sql("%s", sqlite3_column_text(list, 0));
        const char *family = (const char *)sqlite3_column_text(list, 2);
        const int narg = sqlite3_column_int(list, 1);
        const Call *call = every_call(name, family, narg);
        cr_expect(call, "no row for %s() of %d arguments", name, narg); /* Requirement 1 */
        if (call)
            queries[count++] = api_sql(form, every_text(call, name, narg), every_from(call));
    }
    sqlite3_finalize(list);
    cr_expect(count > 50, "only %d functions of type %s", count, type);
    for (int i = 0; i < count; i++)
        queries[i] = strdup(queries[i]);
    api_close(db);
    for (int i = 0; i < count; i++) {
        every_succeeds(queries[i]);
        check(queries[i]);
        free((void *)queries[i]);
    }
}

/* ---- faults ---- */

#define PLAIN "SELECT %s FROM %s"
#define GROUPS "SELECT %s FROM %s WHERE rowid <= 30 GROUP BY rowid %% 3"
#define WINDOW(frame) "SELECT %s OVER (ORDER BY " frame ") FROM %s WHERE rowid <= 9"
#define ROWS WINDOW("rowid ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING")
#define RANGE WINDOW("rowid RANGE 2 PRECEDING")
#define GROUPS_FRAME WINDOW("rowid / 2 GROUPS BETWEEN 2 PRECEDING AND CURRENT ROW")
#define EXCLUDE WINDOW("rowid ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW")

Test(every_function, scalar) { every_function("s", PLAIN, fault_check); }
Test(every_function, aggregate_by_groups) { every_function("w", GROUPS, fault_check); }
Test(every_function, window_of_rows) { every_function("w", ROWS, fault_check); }
Test(every_function, window_of_a_range) { every_function("w", RANGE, fault_check); }
Test(every_function, window_of_groups) { every_function("w", GROUPS_FRAME, fault_check); }
Test(every_function, window_that_excludes) { every_function("w", EXCLUDE, fault_check); }

/* Here SQLite allocates for each text that it hands over. */
Test(every_function, in_a_database_of_utf16) {
    fault_encode("UTF-16le");
    every_function("s", PLAIN, fault_check);
    every_function("w", GROUPS, fault_check);
}

/* ---- stops ---- */

Test(every_function, interrupted_anywhere) {
    every_function("s", PLAIN, fault_check_operations);
    every_function("w", GROUPS, fault_check_operations);
    every_function("w", ROWS, fault_check_operations);
}

Test(every_function, given_up_and_run_again) {
    every_function("s", PLAIN, fault_check_abandoned);
    every_function("w", GROUPS, fault_check_abandoned);
    every_function("w", ROWS, fault_check_abandoned);
}

/* ---- tables ---- */

/* Requirement 1: each table that the extension registers has a row. */
Test(every_function, table) {
    sqlite3 *db = api_open_bare();
    api_exec(db,
             "CREATE TABLE host AS SELECT name FROM pragma_module_list; CREATE TABLE rows(name)");
    api_load(db);
    for (size_t i = 0; i < COUNT(table_calls); i++)
        api_exec(db, "INSERT INTO rows VALUES ('%s')", table_calls[i][0]);
    expect_rows(db,
                "SELECT name FROM pragma_module_list EXCEPT SELECT name FROM host EXCEPT SELECT "
                "name FROM rows",
                "");
    api_close(db);
    for (size_t i = 0; i < COUNT(table_calls); i++) {
        fault_check(table_calls[i][1]);
        fault_check_operations(table_calls[i][1]);
        fault_check_abandoned(table_calls[i][1]);
    }
}
