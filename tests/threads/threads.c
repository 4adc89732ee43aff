/* threads.c: many threads compute with kefu at once; each fact is a line `right: …` or `wrong: …`, the
** last line is `done`. Made to run under a thread sanitizer, which sees what no answer shows.
**
** 1. Connections of their own: open, load, compute, close, side by side.
** 2. One connection for all (SQLite serializes it), each thread with a statement of its own.
** 3. Connections that another thread interrupts again and again: the answer, or SQLITE_INTERRUPT.
*/
#define _POSIX_C_SOURCE 200809L /* nanosleep, strdup */

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>

enum { THREADS = 4, TURNS = 12 };

#define N(count)                                                                                   \
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < " #count " - 1) "

/* One of every kind: aggregates, windows, grouped stats, merges, tables, scalars that keep what they
** parsed, zones, calendars, plans. */
static const char *const queries[] = {
    N(2000) "SELECT hex(chat_stats_by(i % 5, i % 17, i % 2, '2026-11-01 10:' || (10 + i % 50), "
            "'{\"tz\":\"America/New_York\",\"book\":\"taobao\"}')) FROM n",
    N(2000) "SELECT hex(deal_stats(i % 70, i, i, i, i)) || hex(rating_stats(i, i, 1, 1 + i % 5)) "
            "FROM n",
    N(300) "SELECT group_concat(hex(w)) FROM (SELECT chat_stats(i % 9, i % 2, i) OVER (ORDER BY i "
           "ROWS 9 PRECEDING) AS w FROM n)",
    N(300) "SELECT hex(kefu_merge(s)) FROM (SELECT chat_stats(i, i % 2, i) AS s FROM n GROUP BY i)",
    N(600) "SELECT group_concat(order_id || agent || weight) FROM kefu_credits((SELECT journeys(i "
           "% 20, "
           "i, CASE i % 3 WHEN 0 THEN 'chat' WHEN 1 THEN 'ask' ELSE 'order' END, i % 5, i, 5) FROM "
           "n))",
    N(300) "SELECT group_concat(kpi || ifnull(value, '-')) FROM kefu_stats((SELECT chat_stats(i, i "
           "% 2, "
           "i, '{\"calendar\":{\"hours\":{\"thu\":[\"09:00-18:00\"]}}}') FROM n))",
    N(200) "SELECT sum(pay_calc(i, "
           "'{\"base\":5,\"commission\":{\"method\":\"marginal\",\"tiers\":[{\"from\":0,\"rate\":"
           "\"1%\"}]}}')) || "
           "group_concat(kpi_period(i * 86400, 'week', 'Europe/Berlin')) || sum(is_open(i * 3600, "
           "'{\"hours\":{\"mon\":[\"09:00-12:00\"]}}')) || sum(wilson_low(i, 300)) FROM n",
    "SELECT group_concat(name) || (SELECT count(*) FROM kefu_rules) FROM kefu_kpis",
};
enum { QUERIES = sizeof queries / sizeof *queries };

static char *wanted[QUERIES];

static sqlite3 *open_loaded(void) {
    sqlite3 *db = NULL;
    char *error = NULL;
    const char *library = getenv("KEFU_LIBRARY");
    if (sqlite3_open_v2(":memory:", &db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX,
                        NULL) != SQLITE_OK)
        abort();
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
    if (sqlite3_load_extension(db, library ? library : "build/kefu", NULL, &error) != SQLITE_OK) {
        printf("wrong: cannot load: %s\n", error ? error : "no message");
        exit(1);
    }
    return db;
}

/* The text of a query, from malloc; NULL with the code of an error. */
static char *answer(sqlite3 *db, const char *sql, int *code) {
    sqlite3_stmt *statement = NULL;
    char *text = NULL;
    *code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (*code == SQLITE_ERROR && sqlite3_is_interrupted(db))
        *code =
            SQLITE_INTERRUPT; /* SQLite words those in the midst of its parser in its own ways */
    if (*code == SQLITE_OK) {
        *code = sqlite3_step(statement);
        if (*code == SQLITE_ROW) {
            const unsigned char *result = sqlite3_column_text(statement, 0);
            text = strdup(result ? (const char *)result : "NULL");
        }
    }
    sqlite3_finalize(statement);
    return text;
}

/* How many of the answers on this connection are wrong; `code` is allowed as well (Requirement 3). */
static long wrong_answers(sqlite3 *db, int first, int allowed) {
    long wrong = 0;
    for (int i = 0; i < QUERIES; i++) {
        int code;
        const int which = (first + i) % QUERIES;
        char *text = answer(db, queries[which], &code);
        if (text ? strcmp(text, wanted[which]) != 0 : code != allowed) {
            printf("query %d: code %d, %s\n", which, code, text ? text : sqlite3_errmsg(db));
            wrong++;
        }
        free(text);
    }
    return wrong;
}

/* ---- the three scenes ---- */

static void *own_connections(void *number) { /* Requirement 1 */
    long wrong = 0;
    for (int turn = 0; turn < TURNS; turn++) {
        sqlite3 *db = open_loaded();
        wrong += wrong_answers(db, (int)(long)number + turn, SQLITE_ROW);
        sqlite3_close(db);
    }
    return (void *)wrong;
}

static sqlite3 *shared;

static void *one_connection(void *number) { /* Requirement 2 */
    long wrong = 0;
    for (int turn = 0; turn < TURNS; turn++)
        wrong += wrong_answers(shared, (int)(long)number + turn, SQLITE_ROW);
    return (void *)wrong;
}

static sqlite3 *interrupted[THREADS];
static atomic_int at_work;

static void *interrupted_connection(void *number) { /* Requirement 3 */
    long wrong = 0;
    for (int turn = 0; turn < TURNS; turn++)
        wrong += wrong_answers(interrupted[(long)number], turn, SQLITE_INTERRUPT);
    atomic_fetch_sub(&at_work, 1);
    return (void *)wrong;
}

static void scene(const char *name, void *(*thread)(void *), bool interrupting) {
    pthread_t threads[THREADS];
    long wrong = 0;
    for (long i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, thread, (void *)i);
    for (int turn = 0; interrupting && atomic_load(&at_work) > 0; turn++) {
        nanosleep(&(struct timespec){.tv_nsec = 3000000}, NULL);
        sqlite3_interrupt(interrupted[turn % THREADS]);
    }
    for (int i = 0; i < THREADS; i++) {
        void *result;
        pthread_join(threads[i], &result);
        wrong += (long)result;
    }
    printf("%s: %s, %d threads, %d answers, %ld wrong\n", wrong ? "wrong" : "right", name, THREADS,
           THREADS * TURNS * QUERIES, wrong);
    fflush(stdout);
}

int main(void) {
    sqlite3 *db = open_loaded();
    for (int i = 0; i < QUERIES; i++) {
        int code;
        wanted[i] = answer(db, queries[i], &code);
        printf("%s: query %d alone%s%s\n", wanted[i] ? "right" : "wrong", i, wanted[i] ? "" : ": ",
               wanted[i] ? "" : sqlite3_errmsg(db));
        if (!wanted[i])
            return 1;
    }
    sqlite3_close(db);
    scene("connections of their own", own_connections, false);
    shared = open_loaded();
    scene("one connection for all", one_connection, false);
    sqlite3_close(shared);
    for (int i = 0; i < THREADS; i++)
        interrupted[i] = open_loaded();
    atomic_store(&at_work, THREADS);
    scene("connections that are interrupted", interrupted_connection, true);
    for (int i = 0; i < THREADS; i++)
        sqlite3_close(interrupted[i]);
    for (int i = 0; i < QUERIES; i++)
        free(wanted[i]);
    printf("%s: %lld bytes of SQLite's memory are left\n",
           sqlite3_memory_used() ? "wrong" : "right", (long long)sqlite3_memory_used());
    puts("done");
    return 0;
}
