/* loading_test.c: hosts that the test's own SQLite is not. The entry point is called with another table
** of SQLite's routines: that of an old host, which ends early, and that of one that can interrupt.
**
** 1. A host below 3.31 is refused by name; one of 3.31 is asked for no younger routine.
** 2. Where the host has sqlite3_is_interrupted (3.41), long ends ask it and stop.
** 3. Another kefu on the connection, or what only bears its name, is an error and changes nothing.
*/
#define SQLITE_CORE 1 /* sqlite3ext.h for its struct alone */
#include <sqlite3ext.h>

#include <dlfcn.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "api.h"

typedef int LoadingInit(sqlite3 *, char **, const sqlite3_api_routines *);

static const sqlite3_api_routines *loading_routines; /* the host's own */

static int loading_note(sqlite3 *db, const char **error, const sqlite3_api_routines *routines) {
    (void)db;
    (void)error;
    loading_routines = routines;
    return SQLITE_OK;
}

/* Another host: its routines, then the slot that 3.41 added (for headers that do not know it). */
typedef struct LoadingHost {
    sqlite3_api_routines routines;
    int (*is_interrupted)(sqlite3 *);
} LoadingHost;

static LoadingHost loading_host;
static LoadingInit *loading_init;

static void loading_begin(void) {
    sqlite3_auto_extension((void (*)(void))loading_note);
    sqlite3 *db = api_open(); /* maps the library, too */
    sqlite3_cancel_auto_extension((void (*)(void))loading_note);
    api_close(db);
    char path[4096];
    snprintf(path, sizeof path, "%s", api_library());
    void *library = dlopen(path, RTLD_NOW);
    if (library == NULL) {
        snprintf(path, sizeof path, "%s.so", api_library());
        library = dlopen(path, RTLD_NOW);
    }
    cr_assert(library != NULL, "%s", dlerror());
    void *symbol = dlsym(library, "sqlite3_kefu_init");
    memcpy(&loading_init, &symbol, sizeof symbol);
    loading_host.routines = *loading_routines;
}

TestSuite(loading, .init = loading_begin);

static int loading_number;
static const char *loading_text;
static int loading_version_number(void) { return loading_number; }
static const char *loading_version(void) { return loading_text; }

static void loading_pretend(int number, const char *text) {
    loading_number = number;
    loading_text = text;
    loading_host.routines.libversion_number = loading_version_number;
    loading_host.routines.libversion = loading_version;
}

/* ---- requirement 1 ---- */

Test(loading, r1_a_host_below_3_31_gets_the_message) {
    sqlite3 *db = api_open_bare();
    char *error = NULL;
    loading_pretend(3030001, "3.30.1");
    cr_expect_eq(loading_init(db, &error, &loading_host.routines), SQLITE_ERROR);
    cr_expect_str_eq(error, "kefu 0.1.0 needs SQLite 3.31.0 or newer; this host has 3.30.1");
    sqlite3_free(error);
    cr_expect_eq(loading_init(db, NULL, &loading_host.routines), SQLITE_ERROR);
    expect_error_has(db, "SELECT kefu_version()", "no such function");
    api_close(db);
}

Test(loading, r1_a_host_of_3_31_is_asked_for_nothing_younger) {
    sqlite3 *db = api_open_bare();
    loading_pretend(3031000, "3.31.0");
    size_t known = offsetof(sqlite3_api_routines, create_filename); /* of 3.32, and what follows */
    memset((char *)&loading_host + known, 0, sizeof loading_host - known);
    cr_assert_eq(loading_init(db, NULL, &loading_host.routines), SQLITE_OK);
    expect_real(db,
                "SELECT avg_response(customer, sender, at) FROM (SELECT value % 100 AS customer, "
                "value / 100 % 2 AS sender, value AS at FROM (WITH RECURSIVE n(value) AS (SELECT 0 "
                "UNION ALL SELECT value + 1 FROM n WHERE value < 19999) SELECT value FROM n))",
                100.0);
    expect_int(db, "SELECT instr(kefu_debug(), '\"sqlite_run\":\"3.31.0\"') > 0", 1);
    api_close(db);
}

/* ---- requirement 2 ---- */

static int loading_looks;   /* how often the host was asked */
static int loading_stop_at; /* which look says: stop */
static int loading_interrupted(sqlite3 *db) {
    (void)db;
    return ++loading_looks >= loading_stop_at;
}

static sqlite3 *loading_interruptible(void) {
    sqlite3 *db = api_open_bare();
    loading_pretend(3041000, "3.41.0");
    loading_host.is_interrupted = loading_interrupted;
#if SQLITE_VERSION_NUMBER >= 3041000
    loading_host.routines.is_interrupted = loading_interrupted;
#endif
    cr_assert_eq(loading_init(db, NULL, &loading_host.routines), SQLITE_OK);
    return db;
}

#define LOADING_NUMBERS                                                                            \
    "(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 39999) SELECT i "   \
    "FROM "                                                                                        \
    "n)"

/* The query gives this, when the host never says stop; else it is interrupted. */
static void loading_expect_stop(sqlite3 *db, const char *sql, const char *want) {
    loading_looks = 0;
    loading_stop_at = INT_MAX;
    expect_rows(db, sql, want);
    cr_expect_geq(loading_looks, 1, "never asked: %s", sql);
    for (int last = loading_looks, at = 1; at <= last; at += 1 + last / 7) {
        loading_looks = 0;
        loading_stop_at = at;
        ApiAnswer answer = api_answer(db, sql);
        cr_expect_eq(answer.code, SQLITE_INTERRUPT, "look %d of %d: %d: %s", at, last, answer.code,
                     sql);
    }
    loading_stop_at = INT_MAX;
}

Test(loading, r2_long_ends_stop_when_the_host_says_so) {
    sqlite3 *db = loading_interruptible();
    loading_expect_stop(db, "SELECT received(i % 9999, 0, i) FROM " LOADING_NUMBERS, "9999");
    loading_expect_stop(db, "SELECT length(chat_stats(i, 0, i)) > 9 FROM " LOADING_NUMBERS, "1");
    loading_expect_stop(db,
                        "SELECT count(*) FROM kefu_groups((SELECT chat_stats_by(i % 50, i, 0, i) "
                        "FROM " LOADING_NUMBERS "))",
                        "50");
    loading_expect_stop(db, "SELECT length(deal_stats(i, i, i, NULL)) > 9 FROM " LOADING_NUMBERS,
                        "1");
    loading_expect_stop(
        db, "SELECT length(journeys(i, i, 'chat', i % 3, NULL)) > 9 FROM " LOADING_NUMBERS, "1");
    api_close(db);
}

Test(loading, r2_tables_stop_when_the_host_says_so) {
    sqlite3 *db = loading_interruptible();
    loading_stop_at = INT_MAX;
    api_exec(db, "CREATE TABLE j AS SELECT journeys(i %% 100, i, 'order', NULL, i) AS state FROM "
                 "(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999) "
                 "SELECT i FROM n)");
    loading_expect_stop(db, "SELECT count(*) FROM j, kefu_credits(state)", "1000");
    loading_expect_stop(db, "SELECT count(*) FROM j, kefu_inquiries(state)", "0");
    loading_expect_stop(db, "SELECT length(kefu_merge(state)) > 9 FROM j", "1");
    loading_expect_stop(db, "SELECT instr(kefu_info(state), '\"rows\":1000,') > 0 FROM j", "1");
    loading_expect_stop(
        db,
        "SELECT count(s) FROM (SELECT rating_stats_by(i, i, i, 0, NULL) OVER (ORDER BY "
        "i ROWS 9 PRECEDING) AS s FROM " LOADING_NUMBERS " WHERE i < 30)",
        "30");
    api_close(db);
}

/* ---- requirement 3 ---- */

static void loading_other_version(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    (void)argc;
    (void)arguments;
    const char *version = sqlite3_user_data(context);
    if (version == NULL) {
        sqlite3_result_null(context);
    } else if (*version == 0) {
        sqlite3_result_error(context, "broken", -1);
    } else {
        sqlite3_result_text(context, version, -1, SQLITE_STATIC);
    }
}

static int loading_beside(sqlite3 *db, const char *version, char **error) {
    cr_assert_eq(sqlite3_create_function(db, "kefu_version", 0, SQLITE_UTF8, (void *)version,
                                         loading_other_version, NULL, NULL),
                 SQLITE_OK);
    *error = NULL;
    return loading_init(db, error, loading_routines);
}

Test(loading, r3_another_kefu_is_an_error) {
    sqlite3 *db = api_open_bare();
    char *error;
    cr_expect_eq(loading_beside(db, "9.9.9", &error), SQLITE_ERROR);
    cr_expect_str_eq(error,
                     "kefu 9.9.9 is loaded already on this connection; want one version, not "
                     "0.1.0 as well");
    sqlite3_free(error);
    cr_expect_eq(loading_beside(db, "", &error), SQLITE_ERROR);
    cr_expect_eq(loading_beside(db, NULL, &error), SQLITE_NOMEM);
    expect_error_has(db, "SELECT reply_rate(NULL)", "no such function");
    cr_expect_eq(loading_beside(db, "0.1.0", &error), SQLITE_OK); /* this one: there already */
    expect_error_has(db, "SELECT reply_rate(NULL)", "no such function");
    api_close(db);
}
