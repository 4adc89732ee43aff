/* fault_test.c: every allocation fails once, and then all from there on.
**
** SQLite's allocator is wrapped with a countdown. For each query a reference run tells its rows (or its
** error); then the query runs again and again, with the first, the second, … allocation failing, until
** none does. Right are the reference's rows or error and SQLITE_NOMEM; after each run the connection
** closes and SQLite's memory is back where it was.
*/
#define _POSIX_C_SOURCE 200809L /* open_memstream, strdup */

#include "../api/api.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the allocator ---- */

static sqlite3_mem_methods fault_real;
static long fault_countdown; /* 0: allocations succeed; 1: the next one fails */
static bool fault_for_good;  /* and all after it */
static bool fault_fired;

static bool fault_fails(void) {
    if (fault_countdown == 0)
        return false;
    if (fault_countdown > 1) {
        fault_countdown--;
        return false;
    }
    fault_fired = true;
    if (!fault_for_good)
        fault_countdown = 0;
    return true;
}

static void *fault_malloc(int bytes) { return fault_fails() ? NULL : fault_real.xMalloc(bytes); }

static void *fault_realloc(void *block, int bytes) {
    return fault_fails() ? NULL : fault_real.xRealloc(block, bytes);
}

static void fault_arm(long countdown, bool for_good) {
    fault_fired = false;
    fault_for_good = for_good;
    fault_countdown = countdown;
}

static void fault_disarm(void) { fault_countdown = 0; }

static void fault_init(void) {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &fault_real);
    sqlite3_mem_methods wrapped = fault_real;
    wrapped.xMalloc = fault_malloc;
    wrapped.xRealloc = fault_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &wrapped);
    sqlite3_initialize();
}

TestSuite(fault, .init = fault_init, .timeout = 600);

/* ---- one run ---- */

typedef struct FaultRun {
    int code;     /* SQLITE_OK, SQLITE_NOMEM, … */
    char *result; /* rows, or the message of an error; from malloc */
} FaultRun;

/* One row; false: there was no memory for a column's text. */
static bool fault_print_row(sqlite3_stmt *statement, FILE *out) {
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        int type = sqlite3_column_type(statement, i);
        if (type == SQLITE_BLOB) {
            const unsigned char *blob = sqlite3_column_blob(statement, i);
            int count = sqlite3_column_bytes(statement, i);
            for (int j = 0; j < count; j++)
                fprintf(out, "%02X", blob[j]);
        } else if (type == SQLITE_FLOAT) { /* its text would need memory */
            fprintf(out, "%.17g", sqlite3_column_double(statement, i));
        } else if (type == SQLITE_INTEGER) {
            fprintf(out, "%lld", (long long)sqlite3_column_int64(statement, i));
        } else if (type == SQLITE_TEXT) {
            const unsigned char *text = sqlite3_column_text(statement, i);
            if (!text)
                return false;
            fprintf(out, "%s", (const char *)text);
        }
        fputc('|', out);
    }
    fputc('\n', out);
    return true;
}

static FaultRun fault_query(sqlite3 *db, const char *sql) {
    FaultRun run = {0};
    size_t length;
    sqlite3_stmt *statement = NULL;
    FILE *out = open_memstream(&run.result, &length);
    if (!out)
        abort();
    run.code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    while (run.code == SQLITE_OK || run.code == SQLITE_ROW) {
        run.code = sqlite3_step(statement);
        if (run.code == SQLITE_ROW && !fault_print_row(statement, out))
            run.code = SQLITE_NOMEM;
    }
    if (run.code == SQLITE_DONE)
        run.code = SQLITE_OK;
    if (run.code != SQLITE_OK)
        fprintf(out, "error: %s\n", sqlite3_errmsg(db));
    sqlite3_finalize(statement);
    fclose(out);
    run.code &= 0xFF;
    return run;
}

/* SQLite keeps the connection's message by an allocation of its own, whose failure it takes lightly:
** then the code is that of the error, and the message its general one. */
static bool fault_lost_its_message(const FaultRun *got, const FaultRun *want) {
    static const char general[] = "error: SQL logic error\n";
    size_t rows = strlen(got->result) - (sizeof general - 1); /* those before the error */
    return want->code == SQLITE_ERROR && got->code == SQLITE_ERROR &&
           strlen(got->result) >= sizeof general - 1 && strcmp(got->result + rows, general) == 0 &&
           strncmp(got->result, want->result, rows) == 0;
}

/* Tables of every family: 80 messages, 30 deals, 20 ratings, journeys, and stats of them. */
static const char *const fault_tables =
    "CREATE TABLE m(agent, customer, sender, sent_at);"
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 79) INSERT INTO m "
    "SELECT 'agent ' || "
    "(i % 3), CASE i % 4 WHEN 0 THEN 'customer ' || (i % 7) WHEN 1 THEN i % 5 WHEN 2 THEN x'00' || "
    "(i % 3) ELSE NULL "
    "END, CASE WHEN i % 2 THEN 'agent' ELSE 0 END, '2026-11-0' || (1 + i % 3) || ' 10:' || (10 + i "
    "% 50) FROM n;"
    "CREATE TABLE d(agent, customer, asked_at, ordered_at, paid_at, amount, quantity);"
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 29) INSERT INTO d "
    "SELECT i % 3, 'c' || (i % "
    "9), 1793491200 + i * 3600, 1793491200 + i * 3600 + 60, CASE WHEN i % 2 THEN 1793491200 + i * "
    "4000 END, i || '.25', "
    "i % 4 FROM n;"
    "CREATE TABLE r AS SELECT agent, customer, asked_at AS at, 1 AS invited, 1 + quantity AS score "
    "FROM d;"
    "CREATE TABLE j(customer, at, event, agent, order_id, amount, quantity);"
    "INSERT INTO j SELECT customer, asked_at, 'ask', 'agent ' || agent, NULL, NULL, NULL FROM d;"
    "INSERT INTO j SELECT customer, asked_at + 5, 'chat', 'agent ' || agent, NULL, NULL, NULL FROM "
    "d;"
    "INSERT INTO j SELECT customer, ordered_at, 'order', NULL, 'o' || rowid, amount, quantity FROM "
    "d;"
    "INSERT INTO j SELECT customer, paid_at, 'pay', NULL, 'o' || rowid, amount, quantity FROM d "
    "WHERE paid_at > 0;"
    "INSERT INTO j SELECT customer, paid_at + 9, 'refund', NULL, 'o' || rowid, 1, NULL FROM d "
    "WHERE rowid % 7 = 0;"
    "CREATE TABLE s AS SELECT customer, chat_stats(customer, sender, sent_at) AS stats FROM m "
    "GROUP BY customer;"
    "CREATE TABLE g AS SELECT customer, chat_stats_by(agent, customer, sender, sent_at) AS stats "
    "FROM m GROUP BY customer;"
    "CREATE TABLE q AS SELECT customer, journeys(customer, at, event, agent, order_id, amount, "
    "quantity) AS stats FROM j "
    "GROUP BY customer";

static sqlite3 *fault_open(void) {
    sqlite3 *db = api_open();
    api_exec(db, "%s", fault_tables);
    return db;
}

/* One query with the n-th allocation failing; false: none did. */
static bool fault_once(const char *sql, const FaultRun *want, long n, bool for_good) {
    sqlite3 *db = fault_open();
    fault_arm(n, for_good);
    FaultRun got = fault_query(db, sql);
    fault_disarm();
    bool right = got.code == SQLITE_NOMEM || strcmp(got.result, want->result) == 0 ||
                 fault_lost_its_message(&got, want);
    cr_assert(right, "allocation %ld fails %s: code %d\n  %s\n  got  %s  want %s", n,
              for_good ? "for good" : "once", got.code, sql, got.result, want->result);
    free(got.result);
    bool fired = fault_fired;
    api_close(db); /* finds leaks */
    return fired;
}

static void fault_check(const char *sql) {
    sqlite3 *db = fault_open();
    FaultRun want = fault_query(db, sql);
    api_close(db);
    for (int for_good = 0; for_good < 2; for_good++) {
        for (long n = 1; fault_once(sql, &want, n, for_good); n += 1 + n / 400) {
        }
    }
    free(want.result);
}

#define FAULT(name, ...)                                                                           \
    Test(fault, name) {                                                                            \
        static const char *const queries[] = {__VA_ARGS__};                                        \
        for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)                              \
            fault_check(queries[i]);                                                               \
    }

/* ---- what runs ---- */

#define CHAT "customer, sender, sent_at"
#define DEAL "customer, asked_at, ordered_at, paid_at, amount, quantity"
#define RATING "customer, at, invited, score"
#define JOURNEY "customer, at, event, agent, order_id, amount, quantity"
#define RULES                                                                                      \
    "'{\"book\":\"taobao\",\"tz\":\"Asia/"                                                         \
    "Shanghai\",\"period\":\"day\",\"calendar\":{\"hours\":{\"mon\":[\"09:00-18:00\","             \
    "\"20:00-02:00\"]},\"holidays\":[\"2026-11-02\"],\"days\":{\"2026-11-03\":[\"08:00-24:00\"]}}" \
    "}'"
#define PLAN                                                                                       \
    "'{\"base\":3000,\"quota\":200000,\"grades\":{\"P1\":1.0,\"P2\":1.2},\"commission\":{"         \
    "\"method\":\"marginal\","                                                                     \
    "\"apply\":[\"grade\"],\"tiers\":[{\"from\":0,\"rate\":\"0.5%\"},{\"from\":100000,\"rate\":"   \
    "\"0.8%\"}]}}'"

FAULT(chat_stats, "SELECT chat_stats(" CHAT ") FROM m",
      "SELECT agent, chat_stats(" CHAT ") FROM m GROUP BY agent",
      "SELECT chat_stats(" CHAT ", " RULES ") FROM m")
FAULT(chat_one_step,
      "SELECT agent, avg_response(" CHAT "), slow_rate(" CHAT ", 'jd') FROM m GROUP BY agent")
FAULT(chat_window, "SELECT chat_stats(" CHAT ") OVER (ORDER BY sent_at ROWS 9 PRECEDING) FROM m",
      "SELECT avg_response(" CHAT
      ") OVER (ORDER BY rowid GROUPS BETWEEN 3 PRECEDING AND 3 FOLLOWING EXCLUDE CURRENT ROW) "
      "FROM m WHERE rowid < 20")
FAULT(
    turn_seconds,
    "SELECT turn_seconds(sender, sent_at) OVER (PARTITION BY agent, customer ORDER BY sent_at ROWS "
    "UNBOUNDED PRECEDING) FROM m")
FAULT(chat_groups, "SELECT chat_stats_by(agent, " CHAT ") FROM m",
      "SELECT key, period, avg_response(stats) FROM kefu_groups((SELECT chat_stats_by(agent, " CHAT
      ", " RULES ") FROM m))",
      "SELECT chat_stats_by(agent, " CHAT
      ") OVER (ORDER BY rowid ROWS 5 PRECEDING) FROM m WHERE rowid < 25")
FAULT(deals, "SELECT agent, deal_stats(" DEAL ") FROM d GROUP BY agent",
      "SELECT deal_stats(" DEAL
      ", '{\"as_of\":1793591200}') OVER (ORDER BY asked_at ROWS 5 PRECEDING) FROM d",
      "SELECT key, period, sales_amount(stats), repeat_rate(stats) FROM kefu_groups((SELECT "
      "deal_stats_by(agent, " DEAL ", '{\"period\":\"week\"}') FROM d))",
      "SELECT conversion_rate(customer, ordered_at), payment_rate(customer, ordered_at, paid_at), "
      "payment_success_day1(customer, asked_at, paid_at), payment_success_final(customer, "
      "asked_at, paid_at, 'jd'), "
      "avg_response(asked_at, ordered_at) FROM d")
FAULT(ratings, "SELECT agent, rating_stats(" RATING ") FROM r GROUP BY agent",
      "SELECT rating_stats(" RATING ") OVER (ORDER BY at ROWS 3 PRECEDING) FROM r",
      "SELECT key, avg_score(stats) FROM kefu_groups((SELECT rating_stats_by(agent, " RATING
      ") FROM r))")
FAULT(merging, "SELECT kefu_merge(stats) FROM s", "SELECT kefu_merge(stats) FROM g",
      "SELECT kefu_merge(stats) OVER (ORDER BY rowid ROWS 3 PRECEDING) FROM s",
      "SELECT kefu_merge(stats) OVER (ORDER BY rowid ROWS 2 PRECEDING) FROM g",
      "SELECT consulting(kefu_merge(stats)) FROM kefu_groups((SELECT kefu_merge(stats) FROM g))")
FAULT(merge_errors,
      "SELECT kefu_merge(stats) FROM (SELECT stats FROM s UNION ALL SELECT stats FROM s)",
      "SELECT kefu_merge(s) FROM (SELECT chat_stats(1, 0, 1) AS s UNION ALL SELECT chat_stats(2, "
      "0, 1, 'jd'))",
      "SELECT kefu_merge(s) FROM (SELECT chat_stats(1, 0, 1) AS s UNION ALL SELECT deal_stats(1, "
      "1, 1, 1))",
      "SELECT kefu_merge(x'00112233')")
FAULT(reading,
      "SELECT kefu_info(stats), reply_rate(stats), response_percentile(stats, 0.9), "
      "within_rate(stats, 60) FROM s",
      "SELECT * FROM kefu_stats((SELECT kefu_merge(stats) FROM s))",
      "SELECT kefu_info(stats) FROM g",
      "SELECT s.rowid, kpi, value FROM s, kefu_stats(s.stats) WHERE kpi = 'reply_rate'")
FAULT(journeys_collected, "SELECT journeys(" JOURNEY ") FROM j",
      "SELECT length(journeys(" JOURNEY
      ") OVER (ORDER BY rowid ROWS 5 PRECEDING)) FROM j WHERE rowid % 3 = 0")
FAULT(journeys_merged, "SELECT kefu_merge(stats) FROM q",
      "SELECT kefu_merge(stats) OVER (ORDER BY rowid ROWS 2 PRECEDING) FROM q")
FAULT(journeys_credited, "SELECT * FROM kefu_credits((SELECT kefu_merge(stats) FROM q))",
      "SELECT * FROM kefu_credits((SELECT stats FROM q LIMIT 1), "
      "'{\"model\":\"decay\",\"anchor\":\"order_first\"}')")
FAULT(journeys_inquired, "SELECT * FROM kefu_inquiries((SELECT kefu_merge(stats) FROM q))",
      "SELECT * FROM kefu_inquiries((SELECT stats FROM q LIMIT 1), '{\"final_days\":2}')")
FAULT(tables, "SELECT * FROM kefu_kpis", "SELECT * FROM kefu_rules",
      "SELECT kefu_version(), length(kefu_debug())", "SELECT * FROM kefu_groups")
FAULT(pay,
      "SELECT commission_calc(86540.5, 0.008, 1.2), commission_calc(150000, " PLAN
      ", '{\"grade\":\"P2\"}')",
      "SELECT pay_calc(150000, " PLAN ", '{\"grade\":\"P2\",\"refunds\":10}')",
      "SELECT * FROM commission_explain(150000, " PLAN ", '{\"grade\":\"P1\"}')",
      "SELECT plan_check(" PLAN ")", "SELECT plan_check('{\"x\":1,\"commission\":{}}')",
      "SELECT pay_calc(1, '{\"base\":-1}')",
      "SELECT commission_split(100, '[1,2,3]', 1), kpi_score(85, '[[0,1],[60,2],[80,3]]')",
      "SELECT pay_calc(amount, " PLAN ", '{\"grade\":\"P2\"}') FROM d LIMIT 5")
FAULT(scalars,
      "SELECT clicks_per_order(0.0128), order_cost(1, 0.0128), inquiry_cost(1, 0.0128, 0.3), "
      "compound_rate(0.99, 100)",
      "SELECT wilson_low(8, 10), wilson_high('8', 10, 0.9), rate_change_p(30, 100, 45, 100), "
      "wilson_low(11, 10)",
      "SELECT kpi_period('2026-11-12', 'week'), kpi_period(asked_at, 'month', 'America/New_York') "
      "FROM d LIMIT 3",
      "SELECT is_open(asked_at, '{\"hours\":{\"sun\":[\"09:00-12:00\"]}}'), "
      "business_seconds(asked_at, paid_at, "
      "'{\"hours\":{\"sun\":[\"09:00-12:00\"]},\"days\":{\"2026-11-03\":[]}}') FROM d LIMIT 3")
FAULT(
    errors, "SELECT chat_stats('a', 0, 'yesterday')", "SELECT chat_stats('a', 'nobody', 1)",
    "SELECT chat_stats('a', 0, 1, '{\"burts\":1}')", "SELECT chat_stats('a', 0, 1, 'nobook')",
    "SELECT deal_stats(customer, asked_at, CASE rowid WHEN 20 THEN 'x' END, 1) FROM d",
    "SELECT chat_stats_by(agent, customer, sender, CASE rowid WHEN 70 THEN 'x' ELSE 1 END) FROM m",
    "SELECT kpi_period(0, 'day', 'Asia/Shanghaj')",
    "SELECT is_open(0, '{\"hours\":{\"mon\":[\"9-5\"]}}')", "SELECT reply_rate(x'00')",
    "SELECT * FROM kefu_groups(x'00')", "SELECT within_rate(stats, -1) FROM s")

/* ---- loading ---- */

/* After a load that failed, the next one succeeds and everything is there. */
static bool fault_load(long n, bool for_good) {
    sqlite3 *db = api_open_bare();
    char *error = NULL;
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
    fault_arm(n, for_good);
    int code = sqlite3_load_extension(db, api_library(), NULL, &error);
    fault_disarm();
    bool fired = fault_fired;
    cr_assert(code == SQLITE_OK || fired, "loading fails by itself: %s", error ? error : "");
    sqlite3_free(error);
    if (code != SQLITE_OK)
        api_load(db);
    expect_int(db,
               "SELECT count(*) FROM pragma_function_list WHERE name IN ('chat_stats', "
               "'reply_rate', 'kefu_merge', "
               "'kefu_version', 'wilson_low')",
               9);
    expect_int(db,
               "SELECT count(*) FROM pragma_module_list WHERE name LIKE 'kefu%' OR name = "
               "'commission_explain'",
               7);
    expect_int(
        db, "SELECT consulting(stats) FROM kefu_groups((SELECT chat_stats_by('k', 'c', 0, 1)))", 1);
    api_close(db);
    return fired;
}

Test(fault, loading) {
    for (int for_good = 0; for_good < 2; for_good++) {
        for (long n = 1; fault_load(n, for_good); n++) {
        }
    }
}

/* A heap limit ends a query that needs more, and nothing else. */
Test(fault, heap_limit) {
    sqlite3 *db = fault_open();
    sqlite3_int64 before = sqlite3_hard_heap_limit64(sqlite3_memory_used() + 2000000);
    ApiAnswer answer = api_answer(
        db,
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT "
        "distinct_customers(i, 0, i) FROM n");
    sqlite3_hard_heap_limit64(before);
    cr_expect_eq(answer.code & 0xFF, SQLITE_NOMEM, "code %d", answer.code);
    expect_int(db, "SELECT consulting('a', 0, 1)", 1);
    api_close(db);
}
