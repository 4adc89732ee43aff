/* stops_test.c: queries that end before their time, by a limit of memory or by a row that is refused.
** What was there before stands afterwards, and nothing stays behind.
*/
#include "fault.h"

#include <stdlib.h>
#include <string.h>

TestSuite(stops, .init = fault_init, .fini = fault_fini, .timeout = 300);

#define N(count)                                                                                   \
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < " #count " - 1) "

/* ---- the heap's limit ---- */

/* Queries that need some megabytes. */
static const char *const stops_large[] = {
    N(20000) "SELECT length(chat_stats(i % 3000, i % 2, i)) FROM n",
    N(20000) "SELECT length(chat_stats_by(i % 3000, i % 7, i % 2, i)) FROM n",
    N(20000) "SELECT length(deal_stats(i % 9000, i, i + 1, i + 2, i, 1)) FROM n",
    N(20000) "SELECT length(rating_stats_by(i % 3000, i, i, 1, 5)) FROM n",
    N(6000) "SELECT length(journeys(i % 900, i, 'order', NULL, i, 1, 1)) FROM n",
    N(6000) "SELECT count(*), sum(amount) FROM kefu_credits((SELECT journeys(i % 900, i, 'order', "
            "NULL, i, 1, 1) FROM n))",
    N(3000) "SELECT length(kefu_merge(chat_stats(i, 0, i)) OVER ()) FROM n GROUP BY i LIMIT 1",
    N(6000) "SELECT max(length(w)) FROM (SELECT chat_stats(i % 500, i % 2, i) OVER (ORDER BY i "
            "ROWS 999 PRECEDING) AS w FROM n)",
};

/* Under a growing limit a query fails for want of memory until it is given what it needs, and then is
** right; the connection is as good as ever in between. */
static void stops_under_limits(const char *sql) {
    sqlite3 *db = api_open();
    FaultRun want = fault_query(db, sql);
    cr_assert_eq(want.code, SQLITE_OK, "%s: %s", sql, want.result);
    int failed = 0;
    bool whole = false;
    for (sqlite3_int64 room = 20000; !whole; room += room / 5) {
        sqlite3_int64 before = sqlite3_hard_heap_limit64(sqlite3_memory_used() + room);
        FaultRun got = fault_query(db, sql);
        sqlite3_hard_heap_limit64(before);
        cr_assert(fault_right(&got, &want, SQLITE_NOMEM), "%lld bytes of room: %s\n  %s",
                  (long long)room, sql, got.result);
        whole = got.code == SQLITE_OK;
        failed += !whole;
        free(got.result);
        expect_int(db, "SELECT consulting('a', 0, 1)", 1);
    }
    cr_expect_gt(failed, 5, "only %d limits were too low: %s", failed, sql);
    free(want.result);
    api_close(db);
}

Test(stops, at_any_heap_limit) {
    for (size_t i = 0; i < sizeof stops_large / sizeof *stops_large; i++)
        stops_under_limits(stops_large[i]);
}

/* ---- a bad row after good ones ---- */

/* Calls whose %s is an argument that is bad in one row, on the rows of that table. */
static const char *const stops_calls[][3] = {
    {"chat_stats(customer, sender, %s)", "m", "sent_at"},
    {"chat_stats(customer, %s, sent_at)", "m", "sender"},
    {"chat_stats_by(agent, customer, sender, %s)", "m", "sent_at"},
    {"avg_response(customer, sender, %s)", "m", "sent_at"},
    {"deal_stats(customer, asked_at, ordered_at, %s)", "d", "paid_at"},
    {"deal_stats_by(agent, customer, asked_at, ordered_at, paid_at, %s)", "d", "amount"},
    {"payment_success_day1(customer, asked_at, %s)", "d", "paid_at"},
    {"rating_stats(customer, at, invited, %s)", "r", "score"},
    {"journeys(customer, at, %s, agent, order_id)", "j", "event"},
    {"avg_response(asked_at, %s)", "d", "ordered_at"},
    {"kefu_merge(%s)", "g", "stats"},
};
/* How a call stands in a query: alone, by groups, in frames that only grow, and in frames that slide, so
** that the bad row comes when inverses have run. */
static const char *const stops_forms[] = {
    "SELECT %s FROM %s",
    "SELECT %s FROM %s GROUP BY rowid %% 2",
    "SELECT %s OVER (ORDER BY rowid) FROM %s",
    "SELECT %s OVER (ORDER BY rowid ROWS 2 PRECEDING) FROM %s",
    "SELECT %s OVER (ORDER BY rowid ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE TIES) FROM %s",
};

/* One bad row, wherever it stands, gives the same message, and the next query is right. */
Test(stops, at_a_bad_row) {
    sqlite3 *db = fault_open();
    for (size_t i = 0; i < sizeof stops_calls / sizeof *stops_calls; i++) {
        const char *message = NULL;
        for (size_t form = 0; form < sizeof stops_forms / sizeof *stops_forms; form++) {
            /* a row without a customer is skipped unread: every fourth of m is */
            for (int row = 1; row <= 11; row += row % 4 == 3 ? 2 : 1) {
                const char *bad =
                    api_sql("CASE rowid WHEN %d THEN 'bad' ELSE %s END", row, stops_calls[i][2]);
                const char *call = api_sql(stops_calls[i][0], bad);
                const char *sql = api_sql(stops_forms[form], call, stops_calls[i][1]);
                FaultRun got = fault_query(db, sql);
                cr_expect_eq(got.code, SQLITE_ERROR, "%s: code %d", sql, got.code);
                const char *error = strstr(got.result, "error: ");
                cr_assert(error && strstr(error, "'bad'"), "%s: %s", sql, got.result);
                message = message ? message : api_sql("%s", error);
                cr_expect_str_eq(error, message, "%s", sql);
                free(got.result);
            }
        }
        const char *call = api_sql(stops_calls[i][0], stops_calls[i][2]);
        FaultRun good = fault_query(db, api_sql(stops_forms[3], call, stops_calls[i][1]));
        cr_expect_eq(good.code, SQLITE_OK, "%s: %s", call, good.result);
        free(good.result);
    }
    api_close(db);
}

/* The rows that came before the error came right: those whose frames the bad row is not in. */
Test(stops, rows_before_a_bad_one_are_right) {
    sqlite3 *db = fault_open();
    const char *const calls[] = {"chat_stats(customer, sender, %s)",
                                 "chat_stats_by(agent, customer, sender, %s)"};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        const char *bad = api_sql(calls[i], "CASE rowid WHEN 41 THEN 'bad' ELSE sent_at END");
        const char *form = "SELECT %s OVER (ORDER BY rowid ROWS 5 PRECEDING) FROM m";
        FaultRun want = fault_query(db, api_sql(form, api_sql(calls[i], "sent_at")));
        FaultRun got = fault_query(db, api_sql(form, bad));
        char *error = strstr(got.result, "error: ");
        cr_assert(error, "%s", got.result);
        cr_expect(strncmp(got.result, want.result, (size_t)(error - got.result)) == 0, "%s", bad);
        free(want.result);
        free(got.result);
    }
    api_close(db);
}
