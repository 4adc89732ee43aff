/* window_test.c: every aggregate as a window function equals the plain one over the same rows.
**
** A random frame is asked twice: for the aggregate, and for group_concat(id), which tells the rows of
** each frame. The aggregate over just those rows must give the same type and bytes, row by row; where
** it fails over some frame (a conversation merged twice), the window query must fail as well.
*/
#include "compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Trial trial;

/* ---- random frames ---- */

static const char *window_bound(OracleRandom *random, int kind) {
    static const char *const fixed[] = {"UNBOUNDED PRECEDING", NULL, "CURRENT ROW", NULL,
                                        "UNBOUNDED FOLLOWING"};
    if (fixed[kind])
        return fixed[kind];
    return api_sql("%d %s", oracle_below(random, 5), kind == 1 ? "PRECEDING" : "FOLLOWING");
}

/* Bounds by their kind: 0 unbounded preceding … 4 unbounded following; the end no earlier than the
** start, or SQLite refuses it. */
static const char *window_frame(OracleRandom *random) {
    static const char *const units[] = {"ROWS", "RANGE", "GROUPS"};
    static const char *const excludes[] = {"",
                                           "",
                                           "",
                                           " EXCLUDE NO OTHERS",
                                           " EXCLUDE CURRENT ROW",
                                           " EXCLUDE GROUP",
                                           " EXCLUDE TIES"};
    int start = oracle_below(random, 4), end = 1 + oracle_below(random, 4);
    if (end < start)
        end = start;
    return api_sql("%s BETWEEN %s AND %s%s", units[oracle_below(random, 3)],
                   window_bound(random, start), window_bound(random, end),
                   excludes[oracle_below(random, 7)]);
}

static const char *window_definition(OracleRandom *random) {
    const char *partition = oracle_chance(random, 40) ? "PARTITION BY part " : "";
    switch (oracle_below(random, 10)) {
    case 0:
        return partition;
    case 1:
        return api_sql("%sORDER BY o", partition);
    default:
        return api_sql("%sORDER BY o%s %s", partition, oracle_chance(random, 30) ? " DESC" : "",
                       window_frame(random));
    }
}

/* ---- one query against recomputation ---- */

typedef struct WindowValue {
    int type, bytes;
    char *value;
} WindowValue;

static WindowValue window_value(sqlite3_stmt *statement, int column) {
    WindowValue value = {.type = sqlite3_column_type(statement, column)};
    const void *blob = sqlite3_column_blob(statement, column);
    value.bytes = sqlite3_column_bytes(statement, column);
    value.value = malloc((size_t)value.bytes + 1);
    if (!value.value)
        abort();
    if (value.bytes > 0)
        memcpy(value.value, blob, (size_t)value.bytes);
    return value;
}

static void window_free(WindowValue value) { free(value.value); }

/* The plain aggregate over the listed rows; false: it fails. */
static bool window_recompute(sqlite3_stmt *plain, const char *ids, WindowValue *value) {
    char *listed = sqlite3_mprintf(",%s,", ids ? ids : "");
    sqlite3_bind_text(plain, 1, listed, -1, SQLITE_TRANSIENT);
    sqlite3_free(listed);
    bool right = sqlite3_step(plain) == SQLITE_ROW;
    if (right)
        *value = window_value(plain, 0);
    sqlite3_reset(plain);
    return right;
}

/* Compares `aggregate` over a random window of table `t` (id, o, part, …). */
static void window_check(const char *aggregate) {
    OracleRandom *random = &trial.random;
    const char *filter = oracle_chance(random, 30) ? " FILTER (WHERE id % 3 <> 1)" : "";
    const char *window = window_definition(random);
    /* group_concat() over the same window, in a statement of its own, as the other may fail */
    sqlite3_stmt *frames = compare_prepare(
        &trial, api_sql("SELECT group_concat(id)%s OVER w FROM t WINDOW w AS (%s) ORDER BY id",
                        filter, window));
    const char *sql = api_sql("SELECT %s%s OVER w FROM t WINDOW w AS (%s) ORDER BY id", aggregate,
                              filter, window);
    sqlite3_stmt *sliding = compare_prepare(&trial, sql);
    sqlite3_stmt *plain = compare_prepare(
        &trial,
        api_sql("SELECT %s FROM t WHERE instr(?1, ',' || id || ',') ORDER BY o", aggregate));
    bool failed = false, must_fail = false;
    const char *message = "";
    for (int row = 0; sqlite3_step(frames) == SQLITE_ROW; row++) {
        const char *ids = (const char *)sqlite3_column_text(frames, 0);
        WindowValue want = {0}, got = {0};
        if (!window_recompute(plain, ids, &want))
            must_fail = true;
        if (!failed && sqlite3_step(sliding) != SQLITE_ROW) {
            failed = true; /* the failing frame may be a later row's: SQLite sorts the results */
            message = api_sql("%s", sqlite3_errmsg(trial.db));
        }
        if (failed || must_fail) {
            window_free(want);
            continue;
        }
        got = window_value(sliding, 0);
        if (got.type != want.type || got.bytes != want.bytes ||
            (got.bytes > 0 && memcmp(got.value, want.value, (size_t)got.bytes) != 0)) {
            compare_fail(
                &trial,
                "row %d of %.3000s\n  frame (%s)\n  got type %d, %d bytes; want type %d, %d bytes",
                row, sql, ids ? ids : "", got.type, got.bytes, want.type, want.bytes);
        }
        window_free(want);
        window_free(got);
    }
    if (failed != must_fail) {
        compare_fail(&trial, "%.3000s\n  %s: %s", sql,
                     failed ? "fails, though no frame does" : "succeeds, though a frame fails",
                     message);
    }
    sqlite3_finalize(frames);
    sqlite3_finalize(sliding);
    sqlite3_finalize(plain);
}

/* Adds the columns of a window to table t: o with ties (or none), part. */
static void window_prepare_table(void) {
    OracleRandom *random = &trial.random;
    int spread = 1 + oracle_below(random, 30);
    api_exec(trial.db, "ALTER TABLE t ADD COLUMN o");
    for (int i = 0; i < trial.count; i++) {
        api_exec(trial.db, "UPDATE t SET part = %d, o = %d WHERE id = %d", oracle_below(random, 3),
                 oracle_below(random, spread), i + 1);
    }
}

/* ---- stats aggregates ---- */

static void window_stats(void) {
    window_prepare_table();
    for (int i = 0; i < 3; i++)
        window_check(trial.stats);
    window_check(trial.stats_by);
}

Test(window, chat_stats, .timeout = 300) {
    compare_run(&trial, COMPARE_CHAT, 120, 11000, window_stats);
}
Test(window, deal_stats, .timeout = 300) {
    compare_run(&trial, COMPARE_DEAL, 120, 12000, window_stats);
}
Test(window, rating_stats, .timeout = 300) {
    compare_run(&trial, COMPARE_RATING, 120, 13000, window_stats);
}

/* ---- one-step forms ---- */

static void window_chat_one_step(void) {
    window_prepare_table();
    int64_t rows;
    double first, last;
    OracleFigures names = compare_figures(&trial, -1, INT64_MIN, &rows, &first, &last);
    for (int i = 0; i < 4; i++) {
        const char *kpi = names.figure[oracle_below(&trial.random, names.count)].kpi;
        window_check(api_sql("%s(customer, sender, sent_at, %Q)", kpi, trial.rules_text));
    }
}

Test(window, chat_one_step, .timeout = 300) {
    compare_run(&trial, COMPARE_CHAT, 60, 14000, window_chat_one_step);
}

static void window_deal_one_step(void) {
    window_prepare_table();
    window_check("conversion_rate(customer, ordered_at)");
    window_check(api_sql("payment_rate(customer, ordered_at, paid_at, %Q)", trial.rules_text));
    window_check(
        api_sql("payment_success_day1(customer, asked_at, paid_at, %Q)", trial.rules_text));
    window_check(
        api_sql("payment_success_final(customer, asked_at, paid_at, %Q)", trial.rules_text));
    window_check("avg_response(nullif(id % 5, 0), id * 2)");
}

Test(window, deal_one_step, .timeout = 300) {
    compare_run(&trial, COMPARE_DEAL, 60, 15000, window_deal_one_step);
}

/* ---- merging: stats of small groups, some NULL, at times a conversation twice ---- */

static void window_merge_of(const char *aggregate, bool twice) {
    OracleRandom *random = &trial.random;
    compare_split(&trial, 1 + oracle_below(random, 14), true);
    api_exec(trial.db, "CREATE TABLE s AS SELECT part AS g, %s AS stats FROM t GROUP BY part",
             aggregate);
    if (twice)
        api_exec(trial.db, "INSERT INTO s SELECT g + 50, stats FROM s WHERE g %% 5 = 0");
    api_exec(trial.db, "INSERT INTO s VALUES(90, NULL), (91, NULL)");
    api_exec(trial.db, "ALTER TABLE t RENAME TO kept");
    api_exec(trial.db, "CREATE TABLE t(id INTEGER PRIMARY KEY, part, o, stats)");
    api_exec(trial.db, "INSERT INTO t(part, o, stats) SELECT g %% 2, g * 7 %% %d, stats FROM s",
             1 + oracle_below(random, 9));
    for (int i = 0; i < 3; i++)
        window_check("kefu_merge(stats)");
    api_exec(trial.db, "DROP TABLE t; DROP TABLE s; ALTER TABLE kept RENAME TO t");
}

static void window_merge(void) {
    bool any = trial.family != COMPARE_CHAT;
    window_merge_of(trial.stats_by, any || oracle_chance(&trial.random, 30));
    if (any)
        window_merge_of(trial.stats, true);
}

Test(window, chat_merge, .timeout = 300) {
    compare_run(&trial, COMPARE_CHAT, 120, 16000, window_merge);
}
Test(window, deal_merge, .timeout = 300) {
    compare_run(&trial, COMPARE_DEAL, 80, 17000, window_merge);
}
Test(window, rating_merge, .timeout = 300) {
    compare_run(&trial, COMPARE_RATING, 60, 18000, window_merge);
}

/* Without a key, the conversations of a customer are bare. */
static void window_merge_bare(void) {
    OracleRandom *random = &trial.random;
    compare_split(&trial, 1 + oracle_below(random, 14), false);
    api_exec(trial.db, "CREATE TABLE s AS SELECT part AS g, %s AS stats FROM t GROUP BY part",
             trial.stats);
    api_exec(trial.db, "DROP TABLE t");
    api_exec(trial.db, "CREATE TABLE t(id INTEGER PRIMARY KEY, part, o, stats)");
    api_exec(trial.db, "INSERT INTO t(part, o, stats) SELECT g %% 2, g * 7 %% 5, stats FROM s");
    if (oracle_chance(random, 30)) {
        api_exec(trial.db,
                 "INSERT INTO t(part, o, stats) SELECT part, o + 3, stats FROM t WHERE id = 1");
    }
    for (int i = 0; i < 3; i++)
        window_check("kefu_merge(stats)");
}

Test(window, chat_merge_without_keys, .timeout = 300) {
    compare_run(&trial, COMPARE_CHAT, 100, 19000, window_merge_bare);
}

/* ---- journeys ---- */

static void window_journeys(void) {
    OracleRandom *random = &trial.random;
    static const char *const events[] = {"ask", "chat", "order", "pay", "refund", "cancel"};
    api_exec(trial.db,
             "DROP TABLE t; CREATE TABLE t(id INTEGER PRIMARY KEY, part, o, customer, at, "
             "event, agent, order_id, amount, quantity)");
    int rows = 1 + oracle_below(random, 40);
    for (int i = 0; i < rows; i++) {
        int event = oracle_below(random, 6);
        int customer = oracle_below(random, 4);
        const char *order =
            event < 2 ? "NULL" : api_sql("%d", customer * 10 + oracle_below(random, 3));
        api_exec(trial.db, "INSERT INTO t VALUES(%d, %d, %d, %d, %d, '%s', %s, %s, %s, %s)", i + 1,
                 oracle_below(random, 2), oracle_below(random, 12), customer,
                 1794000000 + oracle_below(random, 300000), events[event],
                 event < 2 ? api_sql("'agent %d'", oracle_below(random, 3)) : "NULL", order,
                 event == 3 || event == 4 ? api_sql("%d", oracle_below(random, 500)) : "NULL",
                 event == 3 ? "1" : "NULL");
    }
    for (int i = 0; i < 4; i++) {
        window_check("journeys(customer, at, event, agent, order_id, amount, quantity)");
    }
    api_exec(trial.db, "CREATE TABLE u AS SELECT id, part, o, journeys(customer, at, event, agent, "
                       "order_id, amount, quantity) AS stats FROM t GROUP BY id; DROP TABLE t; "
                       "ALTER TABLE u RENAME TO t");
    for (int i = 0; i < 3; i++)
        window_check("kefu_merge(stats)");
}

Test(window, journeys, .timeout = 300) {
    compare_run(&trial, COMPARE_RATING, 60, 20000, window_journeys);
}
