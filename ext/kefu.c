/* kefu.c: the entry point: checks the host, loads once, registers from the tables; nothing else.
**
** 1. All checks come before the first registration (sqlite.md L3).
** 2. The host is SQLite 3.31 or newer; an older one gets a message that names both versions (L7).
** 3. Loading twice is fine, also through SELECT load_extension(); another version of kefu that is
**    there already is an error that names both (L5).
** 4. Every error sets a message, where the caller takes one (L6).
** 5. A success leaves no error on the connection: sqlite3_open() of a host with automatic extensions
**    fails when they do.
*/
#include <sqlite3ext.h>
#include <string.h>

SQLITE_EXTENSION_INIT1

#include "glue/aggregate.h"
#include "glue/functions.h"
#include "glue/journey.h"
#include "glue/memo.h"
#include "glue/scalar.h"
#include "kefu.h"

#define KEFU_OLDEST_HOST 3031000
#define KEFU_OLDEST_HOST_TEXT "3.31.0"

static const struct ScalarTable {
    const ScalarFunction *rows;
    const int *count;
} SCALAR_TABLES[] = {
    {INFO_FUNCTIONS, &INFO_FUNCTION_COUNT},   {CALENDAR_FUNCTIONS, &CALENDAR_FUNCTION_COUNT},
    {COST_FUNCTIONS, &COST_FUNCTION_COUNT},   {PAY_FUNCTIONS, &PAY_FUNCTION_COUNT},
    {ABOUT_FUNCTIONS, &ABOUT_FUNCTION_COUNT},
};

static const TableFunction *const TABLES[] = {
    &KEFU_GROUPS,  &KEFU_STATS,     &KEFU_KPIS,          &KEFU_RULES,
    &KEFU_CREDITS, &KEFU_INQUIRIES, &COMMISSION_EXPLAIN,
};

static int kefu_say(char **error, int result, const char *format, const char *left,
                    const char *right) {
    if (error != NULL) {
        *error = sqlite3_mprintf(format, left, right);
    }
    return result;
}

/* Requirement 3: SQLITE_OK: not there yet; SQLITE_DONE: there, this version. */
static int kefu_look(sqlite3 *database, char **error) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(database, "SELECT kefu_version()", -1, &statement, NULL) != SQLITE_OK) {
        return SQLITE_OK;
    }
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        const char *there = (const char *)sqlite3_column_text(statement, 0);
        result = SQLITE_DONE;
        if (there == NULL) {
            result = SQLITE_NOMEM;
        } else if (strcmp(there, KEFU_VERSION) != 0) {
            result = kefu_say(error, SQLITE_ERROR,
                              "kefu %s is loaded already on this connection; want one version, "
                              "not %s as well",
                              there, KEFU_VERSION);
        }
    }
    sqlite3_finalize(statement);
    return result;
}

/* kefu_version() comes last of all: where a registration failed half-way, the next load does not find
** it, and completes what is missing. */
static int kefu_register(sqlite3 *database, const char **failed) {
    int result = scalar_register(database, failed);
    if (result == SQLITE_OK) {
        result = aggregate_register(database, failed);
    }
    for (size_t i = 0; result == SQLITE_OK && i < sizeof TABLES / sizeof TABLES[0]; i++) {
        *failed = TABLES[i]->signature.name;
        result = table_register(database, TABLES[i]);
    }
    for (size_t i = 0; i < sizeof SCALAR_TABLES / sizeof SCALAR_TABLES[0]; i++) {
        for (int j = 0; result == SQLITE_OK && j < *SCALAR_TABLES[i].count; j++) {
            const ScalarFunction *row = &SCALAR_TABLES[i].rows[j];
            *failed = row->signature.name;
            result = row->kept != NULL ? memo_register(database, row)
                                       : sqlite3_create_function_v2(
                                             database, row->signature.name, row->signature.count,
                                             SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                             (void *)(uintptr_t)row, row->call, NULL, NULL, NULL);
        }
    }
    return result;
}

int sqlite3_kefu_init(sqlite3 *database, char **error, const sqlite3_api_routines *api) {
    (void)api;
#ifndef SQLITE_CORE
    if (sqlite3_api != api) /* a connection that loads must not write what another thread reads */
#endif
    {
        SQLITE_EXTENSION_INIT2(api);
    }
    if (sqlite3_libversion_number() < KEFU_OLDEST_HOST) { /* Requirement 2 */
        return kefu_say(error, SQLITE_ERROR,
                        "kefu " KEFU_VERSION " needs SQLite %s or newer; this host has %s",
                        KEFU_OLDEST_HOST_TEXT, sqlite3_libversion());
    }
    int result = kefu_look(database, error);
    if (result != SQLITE_OK) {
        return result == SQLITE_DONE ? SQLITE_OK : result;
    }
    const char *failed = "";
    result = kefu_register(database, &failed);
    if (result != SQLITE_OK) { /* Requirement 4 */
        return kefu_say(error, result, "cannot register %s(): %s", failed,
                        sqlite3_errmsg(database));
    }
    result =
        kefu_look(database, error); /* Requirement 5: the first look failed, this one does not */
    return result == SQLITE_DONE ? SQLITE_OK : result;
}
