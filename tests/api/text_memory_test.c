/* text_memory_test.c: an argument whose text or bytes SQLite cannot hand over for want of memory.
**
** 1. In a UTF-16 database a text is converted when it is read, in memory of its own. With the heap
**    limited to less than that, each argument of each function is SQLITE_NOMEM or, where it is not read,
**    what it is without a limit: never a wrong value.
** 2. A zeroblob is written out when it is read: the same.
*/
#define _POSIX_C_SOURCE 200809L /* strdup */

#include <stdlib.h>
#include <string.h>

#include "api.h"

#define TEXT_UNITS 200000 /* 400 kB as UTF-16, up to 800 kB while it is converted */
#define TEXT_LIMIT_STEP 200000
#define TEXT_LIMITS 9 /* from that much to 1.8 MB: some hold what SQLite itself copies */

/* A call whose arguments stand between bars, and what comes around it. */
typedef struct TextCall {
    const char *before;
    const char *arguments;
    const char *after;
} TextCall;

static const TextCall text_calls[] = {
    {"SELECT chat_stats(", "'c'|0|1|'{}'", ")"},
    {"SELECT chat_stats_by(", "'k'|'c'|0|1|'{}'", ")"},
    {"SELECT deal_stats(", "'c'|1|2|3|4|5|'{}'", ")"},
    {"SELECT rating_stats(", "'c'|1|1|5|'{}'", ")"},
    {"SELECT conversion_rate(", "'c'|1|'{}'", ")"},
    {"SELECT payment_rate(", "'c'|1|1|'{}'", ")"},
    {"SELECT payment_success_day1(", "'c'|1|2|'{}'", ")"},
    {"SELECT avg_response(", "1|2", ")"},
    {"SELECT avg_response(", "'c'|0|1", ")"},
    {"SELECT kefu_merge(", "chat_stats(1, 0, 1)", ")"},
    {"SELECT reply_rate(", "NULL", ")"},
    {"SELECT kefu_info(", "NULL", ")"},
    {"SELECT within_rate(", "NULL|60", ")"},
    {"SELECT response_percentile(", "x'00'|0.5", ")"},
    {"SELECT journeys(", "'c'|1|'order'", ", NULL, 'o')"},
    {"SELECT journeys('c', 1, 'order', NULL, ", "'o'|2|3|'{}'", ")"},
    {"SELECT journeys(", "'c'|1|'chat'|'a'", ", NULL)"},
    {"SELECT turn_seconds(", "0|1|'{}'", ") OVER (ROWS UNBOUNDED PRECEDING)"},
    {"SELECT commission_calc(", "100|0.5|1", ")"},
    {"SELECT commission_calc(", "100|'{\"base\":1}'|'{}'", ")"},
    {"SELECT pay_calc(", "100|'{\"base\":1}'|'{}'", ")"},
    {"SELECT plan_check(", "'{}'", ")"},
    {"SELECT commission_split(", "100|'[1,2]'|0", ")"},
    {"SELECT kpi_score(", "5|'[[0,1]]'", ")"},
    {"SELECT inquiry_cost(", "1|0.5|0.5|0.5", ")"},
    {"SELECT wilson_low(", "1|2|0.9", ")"},
    {"SELECT kpi_period(", "1|'day'|'UTC'", ")"},
    {"SELECT business_seconds(", "1|2|'{}'", ")"},
    {"SELECT is_open(", "1|'{}'", ")"},
    {"SELECT * FROM kefu_groups(", "x'00'", ")"},
    {"SELECT * FROM kefu_stats(", "x'00'", ")"},
    {"SELECT * FROM kefu_credits(", "(SELECT journeys(1, 1, 'pay', NULL, 2))|'{}'", ")"},
    {"SELECT * FROM kefu_inquiries(", "x'00'|'{}'", ")"},
    {"SELECT * FROM commission_explain(", "100|'{\"base\":1}'|'{}'", ")"},
};

static uint16_t *text_units; /* TEXT_UNITS of the letter c */

/* The SQL with ?1 in place of one argument; NULL: there are not so many. From malloc. */
static char *text_sql(const TextCall *call, int which) {
    char *sql = malloc(1024);
    char *arguments = strdup(call->arguments);
    cr_assert(sql != NULL && arguments != NULL);
    strcpy(sql, call->before);
    int count = 0;
    for (char *at = arguments, *next; at != NULL; at = next, count++) {
        next = strchr(at, '|');
        if (next != NULL)
            *next++ = 0;
        strcat(sql, count == 0 ? "" : ", ");
        strcat(sql, count == which ? "?1" : at);
    }
    strcat(sql, call->after);
    free(arguments);
    if (which < count)
        return sql;
    free(sql);
    return NULL;
}

/* Runs it with so much more memory (0: as much as it wants); the code. */
static int text_run(sqlite3 *db, const char *sql, bool zeros, sqlite3_int64 room) {
    sqlite3_stmt *statement;
    cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK, "%s: %s", sql,
                 sqlite3_errmsg(db));
    if (zeros)
        sqlite3_bind_zeroblob(statement, 1, 2 * TEXT_UNITS);
    else
        sqlite3_bind_text16(statement, 1, text_units, 2 * TEXT_UNITS, SQLITE_STATIC);
    sqlite3_hard_heap_limit64(room == 0 ? 0 : sqlite3_memory_used() + room);
    int code;
    do {
        code = sqlite3_step(statement);
    } while (code == SQLITE_ROW);
    sqlite3_hard_heap_limit64(0);
    sqlite3_finalize(statement);
    return code & 0xFF;
}

static void text_check(bool zeros) {
    text_units = malloc(2 * TEXT_UNITS);
    cr_assert(text_units != NULL);
    for (int i = 0; i < TEXT_UNITS; i++)
        text_units[i] = 'c';
    sqlite3 *db = api_open();
    api_exec(db, "PRAGMA encoding = 'UTF-16%s'", *(const char *)text_units == 'c' ? "le" : "be");
    for (size_t i = 0; i < sizeof text_calls / sizeof text_calls[0]; i++) {
        char *sql;
        for (int which = 0; (sql = text_sql(&text_calls[i], which)) != NULL; which++) {
            int want = text_run(db, sql, zeros, 0);
            cr_expect(want == SQLITE_DONE || want == SQLITE_ERROR, "%d: %s", want, sql);
            for (int step = 1; step <= TEXT_LIMITS; step++) {
                int code = text_run(db, sql, zeros, step * TEXT_LIMIT_STEP);
                cr_expect(code == SQLITE_NOMEM || code == want, "%d: %s", code, sql);
                if (step == 1 && !zeros)
                    cr_expect_eq(code, SQLITE_NOMEM, "read without memory: %s", sql);
            }
            free(sql);
        }
    }
    api_close(db);
    free(text_units);
}

Test(text_memory, r1_text_that_cannot_be_converted, .timeout = 300) { text_check(false); }
Test(text_memory, r2_zeros_that_cannot_be_written_out, .timeout = 300) { text_check(true); }

/* A first group that is unlike the others: one conversation with many waits, then many small ones. Room for
** the result must not be guessed from it alone. */
Test(memory, a_dense_first_group) {
    sqlite3 *db = api_open();
    api_exec(
        db,
        "CREATE TABLE line AS WITH RECURSIVE n(n) AS "
        "(SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 99999) "
        "SELECT 'A0' AS k, 1 AS c, 'customer' AS s, 1763000000 + n * 20 AS t FROM n WHERE n < 1500 "
        "UNION ALL SELECT 'A0', 1, 'agent', 1763000000 + n * 20 + (n + 1) * 0.01 FROM n WHERE n < "
        "1500 "
        "UNION ALL SELECT 'A1', n, 'customer', 1763000000 + n %% 50000 FROM n");
    const sqlite3_int64 base = sqlite3_memory_used();
    sqlite3_memory_highwater(1);
    const int64_t bytes = api_int(db, "SELECT length(chat_stats_by(k, c, s, t)) FROM line");
    cr_expect_gt(bytes, 900000);
    cr_expect_lt(sqlite3_memory_highwater(0) - base, 16000000, "%lld",
                 sqlite3_memory_highwater(0) - base);
    /* … and where memory is short, what it was enough for is enough again */
    sqlite3_hard_heap_limit64(base + 9000000);
    expect_int(db, "SELECT length(chat_stats_by(k, c, s, t)) FROM line", bytes);
    sqlite3_hard_heap_limit64(0);
    api_close(db);
}
