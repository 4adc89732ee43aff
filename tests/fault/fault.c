/* fault.c: see fault.h. */
#define _POSIX_C_SOURCE 200809L /* open_memstream */

#include "fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the allocator (Requirements 1 and 2) ---- */

static sqlite3_mem_methods fault_real;
static long fault_countdown; /* 0: nothing happens; 1: the next allocation meets the fault */
static FaultKind fault_kind;
static bool fault_fired;
static sqlite3 *fault_db;
/* Requirement 4 */
static long fault_failed, fault_interrupted, fault_given_up, fault_queries;

static bool fault_fails(void) {
    if (fault_countdown == 0)
        return false;
    if (fault_countdown > 1) {
        fault_countdown--;
        return false;
    }
    fault_fired = true;
    if (fault_kind != FAULT_FOR_GOOD)
        fault_countdown = 0;
    if (fault_kind == FAULT_INTERRUPT)
        sqlite3_interrupt(fault_db);
    return fault_kind != FAULT_INTERRUPT;
}

static void *fault_malloc(int bytes) { return fault_fails() ? NULL : fault_real.xMalloc(bytes); }

static void *fault_realloc(void *block, int bytes) {
    return fault_fails() ? NULL : fault_real.xRealloc(block, bytes);
}

void fault_arm(sqlite3 *db, long n, FaultKind kind) {
    fault_db = db;
    fault_fired = false;
    fault_kind = kind;
    fault_countdown = n;
}

bool fault_disarm(void) {
    fault_countdown = 0;
    *(fault_kind == FAULT_INTERRUPT ? &fault_interrupted : &fault_failed) += fault_fired;
    return fault_fired;
}

/* ---- databases ---- */

static unsigned char *fault_image; /* the tables, as bytes of a database */
static sqlite3_int64 fault_image_bytes;

void fault_encode(const char *encoding) {
    sqlite3 *db = api_open();
    api_exec(db, "PRAGMA encoding = '%s'; %s", encoding, fault_tables);
    unsigned char *image = sqlite3_serialize(db, "main", &fault_image_bytes, 0);
    free(fault_image);
    fault_image = malloc((size_t)fault_image_bytes);
    cr_assert(image && fault_image, "cannot serialize the tables");
    memcpy(fault_image, image, (size_t)fault_image_bytes);
    sqlite3_free(image);
    api_close(db);
}

void fault_init(void) {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &fault_real);
    sqlite3_mem_methods wrapped = fault_real;
    wrapped.xMalloc = fault_malloc;
    wrapped.xRealloc = fault_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &wrapped);
    sqlite3_initialize();
    fault_encode("UTF-8");
}

void fault_fini(void) {
    free(fault_image);
    fprintf(stderr, "figure: %ld allocations failed\n", fault_failed);
    fprintf(stderr, "figure: %ld interrupts\n", fault_interrupted);
    fprintf(stderr, "figure: %ld queries given up\n", fault_given_up);
    fprintf(stderr, "figure: %ld queries with faults\n", fault_queries);
}

sqlite3 *fault_open(void) {
    sqlite3 *db = api_open();
    int code = sqlite3_deserialize(db, "main", fault_image, fault_image_bytes, fault_image_bytes,
                                   SQLITE_DESERIALIZE_READONLY);
    cr_assert_eq(code, SQLITE_OK, "cannot open the tables: code %d", code);
    return db;
}

/* ---- one run ---- */

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

FaultRun fault_run(sqlite3 *db, sqlite3_stmt *statement) {
    FaultRun run = {0};
    size_t length;
    FILE *out = open_memstream(&run.result, &length);
    if (!out)
        abort();
    while ((run.code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (!fault_print_row(statement, out)) {
            run.code = SQLITE_NOMEM;
            break;
        }
    }
    if (run.code == SQLITE_DONE)
        run.code = SQLITE_OK;
    else
        fprintf(out, "error: %s\n", sqlite3_errmsg(db));
    fclose(out);
    run.code &= 0xFF;
    return run;
}

/* Prepares; NULL: refused, and the run says how. */
static sqlite3_stmt *fault_prepare(sqlite3 *db, const char *sql, FaultRun *run) {
    sqlite3_stmt *statement = NULL;
    run->code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL) & 0xFF;
    if (run->code == SQLITE_OK)
        return statement;
    size_t length;
    FILE *out = open_memstream(&run->result, &length);
    if (!out)
        abort();
    fprintf(out, "error: %s\n", sqlite3_errmsg(db));
    fclose(out);
    return NULL;
}

FaultRun fault_query(sqlite3 *db, const char *sql) {
    FaultRun run = {0};
    sqlite3_stmt *statement = fault_prepare(db, sql, &run);
    if (statement)
        run = fault_run(db, statement);
    sqlite3_finalize(statement);
    return run;
}

/* SQLite keeps the connection's message by an allocation of its own, whose failure it takes lightly:
** then the code is that of the error, and the message its general one. */
static bool fault_lost_its_message(const FaultRun *got, const FaultRun *want) {
    static const char general[] = "error: SQL logic error\n";
    size_t length = strlen(got->result);
    if (want->code != SQLITE_ERROR || got->code != SQLITE_ERROR || length < sizeof general - 1)
        return false;
    size_t rows = length - (sizeof general - 1); /* those before the error */
    return strcmp(got->result + rows, general) == 0 &&
           strncmp(got->result, want->result, rows) == 0;
}

bool fault_right(const FaultRun *got, const FaultRun *want, int fault) {
    if (fault != SQLITE_OK && got->code == fault)
        return true;
    return (got->code == want->code && strcmp(got->result, want->result) == 0) ||
           (fault == SQLITE_NOMEM && fault_lost_its_message(got, want));
}

/* ---- one query ---- */

static FaultRun fault_reference(const char *sql) {
    sqlite3 *db = fault_open();
    FaultRun want = fault_query(db, sql);
    api_close(db);
    return want;
}

/* One run with the n-th allocation meeting the fault; false: none did. */
static bool fault_once(const char *sql, const FaultRun *want, long n, FaultKind kind) {
    static const char *const kinds[] = {"fails once", "fails for good", "brings an interrupt"};
    sqlite3 *db = fault_open();
    FaultRun got = {0};
    if (kind !=
        FAULT_INTERRUPT) /* SQLite itself words an interrupt while it prepares in many ways */
        fault_arm(db, n, kind);
    sqlite3_stmt *statement = fault_prepare(db, sql, &got);
    if (kind == FAULT_INTERRUPT)
        fault_arm(db, n, kind);
    if (statement)
        got = fault_run(db, statement);
    sqlite3_finalize(statement);
    bool fired = fault_disarm();
    int fault = kind == FAULT_INTERRUPT ? SQLITE_INTERRUPT : SQLITE_NOMEM;
    cr_assert(fault_right(&got, want, fault),
              "allocation %ld %s: code %d\n  %s\n  got  %s  want %s", n, kinds[kind], got.code, sql,
              got.result, want->result);
    free(got.result);
    api_close(db); /* finds leaks */
    return fired;
}

void fault_check(const char *sql) {
    FaultRun want = fault_reference(sql);
    fault_queries++;
    for (int kind = 0; kind < FAULT_KINDS; kind++) {
        for (long n = 1; fault_once(sql, &want, n, (FaultKind)kind); n++) {
        }
    }
    free(want.result);
}

/* ---- stopping from outside ---- */

static int fault_count_down(void *left) { return --*(long *)left == 0; }

void fault_check_operations(const char *sql) {
    FaultRun want = fault_reference(sql);
    sqlite3 *db = fault_open();
    long left = -1;
    for (long n = 1; left <= 0; n++) {
        left = n;
        sqlite3_progress_handler(db, 1, fault_count_down, &left);
        FaultRun got = fault_query(db, sql);
        sqlite3_progress_handler(db, 0, NULL, NULL);
        cr_assert(fault_right(&got, &want, left > 0 ? SQLITE_OK : SQLITE_INTERRUPT),
                  "interrupted before operation %ld: code %d\n  %s\n  got  %s  want %s", n,
                  got.code, sql, got.result, want.result);
        free(got.result);
        fault_interrupted += left <= 0;
    }
    free(want.result);
    api_close(db);
}

void fault_check_abandoned(const char *sql) {
    FaultRun want = fault_reference(sql);
    sqlite3 *db = fault_open();
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    bool more = code == SQLITE_OK; /* else the query is refused as it stands */
    for (int rows = 0; more; rows++) {
        for (int i = 0; more && i < rows; i++)
            more = sqlite3_step(statement) == SQLITE_ROW;
        sqlite3_reset(statement);
        FaultRun got = fault_run(db, statement);
        cr_assert(fault_right(&got, &want, SQLITE_OK),
                  "given up after %d rows, run again: %s\n"
                  "  got  %s  want %s",
                  rows, sql, got.result, want.result);
        free(got.result);
        sqlite3_reset(statement);
        fault_given_up++;
    }
    sqlite3_finalize(statement);
    free(want.result);
    api_close(db);
}
