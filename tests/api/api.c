/* api.c: see api.h. */
#define _POSIX_C_SOURCE 200809L /* open_memstream, strdup */

#include "api.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Strings handed to tests, freed when the last connection closes (Requirement 4). */
typedef struct ApiString {
    struct ApiString *next;
    char text[];
} ApiString;

static ApiString *api_strings;
static int api_connections;
static sqlite3_int64 api_memory_at_start;
static char *api_last_story;

static char *api_keep(const char *bytes, size_t length) {
    ApiString *string = malloc(sizeof *string + length + 1);
    if (!string)
        abort();
    string->next = api_strings;
    api_strings = string;
    if (length > 0)
        memcpy(string->text, bytes, length);
    string->text[length] = 0;
    return string->text;
}

static void api_drop_strings(void) {
    while (api_strings) {
        ApiString *next = api_strings->next;
        free(api_strings);
        api_strings = next;
    }
}

const char *api_library(void) {
    const char *path = getenv("KEFU_LIBRARY");
    return path && *path ? path : "build/kefu";
}

sqlite3 *api_open_bare(void) {
    /* Requirement 3, on hosts whose build does not count memory (better-sqlite3's), too; once SQLite is
    ** at work, it is too late and harmless. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 1);
    if (api_connections == 0)
        api_memory_at_start = sqlite3_memory_used();
    sqlite3 *db = NULL;
    cr_assert(sqlite3_open(":memory:", &db) == SQLITE_OK, "cannot open a database in memory");
    sqlite3_extended_result_codes(db, 1);
    api_connections++;
    return db;
}

void api_load(sqlite3 *db) {
    char *error = NULL;
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
    int code = sqlite3_load_extension(db, api_library(), NULL, &error);
    cr_assert(code == SQLITE_OK, "cannot load %s: %s", api_library(),
              error ? error : "(no message)");
}

sqlite3 *api_open(void) {
    sqlite3 *db = api_open_bare();
    api_load(db);
    return db;
}

void api_need_json(sqlite3 *db) {
    if (api_answer(db, "SELECT json_valid('{}')").error)
        cr_skip_test("this build of SQLite %s has no JSON functions", sqlite3_libversion());
}

void api_close(sqlite3 *db) {
    cr_expect(sqlite3_close(db) == SQLITE_OK, "the connection has unfinished statements");
    if (--api_connections > 0)
        return;
    sqlite3_int64 now = sqlite3_memory_used();
    cr_expect(now == api_memory_at_start, "%lld bytes of SQLite's memory leaked",
              (long long)(now - api_memory_at_start));
    api_drop_strings();
    free(api_last_story);
    api_last_story = NULL;
}

void api_exec(sqlite3 *db, const char *sql, ...) {
    va_list arguments;
    va_start(arguments, sql);
    char *text = sqlite3_vmprintf(sql, arguments);
    va_end(arguments);
    char *error = NULL;
    int code = sqlite3_exec(db, text, NULL, NULL, &error);
    cr_assert(code == SQLITE_OK, "%s\n  in: %.2000s", error ? error : "error", text);
    sqlite3_free(text);
}

const char *api_sql(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    char *kept = api_keep(text, strlen(text));
    sqlite3_free(text);
    return kept;
}

static const char *api_hex_of(const void *blob, int bytes) {
    char *hex = malloc((size_t)bytes * 2 + 1);
    if (!hex)
        abort();
    for (int i = 0; i < bytes; i++) {
        unsigned char byte = ((const unsigned char *)blob)[i];
        hex[2 * i] = "0123456789ABCDEF"[byte >> 4];
        hex[2 * i + 1] = "0123456789ABCDEF"[byte & 15];
    }
    char *kept = api_keep(hex, (size_t)bytes * 2);
    free(hex);
    return kept;
}

/* The value of one column. */
static void api_read(sqlite3_stmt *statement, int column, ApiAnswer *answer) {
    answer->type = sqlite3_column_type(statement, column);
    answer->text = NULL;
    answer->bytes = 0;
    if (answer->type == SQLITE_INTEGER) {
        answer->integer = sqlite3_column_int64(statement, column);
        answer->real = (double)answer->integer;
    } else if (answer->type == SQLITE_FLOAT) {
        answer->real = sqlite3_column_double(statement, column);
    } else if (answer->type == SQLITE_TEXT) {
        const char *text = (const char *)sqlite3_column_text(statement, column);
        answer->bytes = sqlite3_column_bytes(statement, column);
        answer->text = api_keep(text, (size_t)answer->bytes);
    } else if (answer->type == SQLITE_BLOB) {
        const void *blob = sqlite3_column_blob(statement, column);
        answer->bytes = sqlite3_column_bytes(statement, column);
        answer->text = api_hex_of(blob, answer->bytes);
    }
}

ApiAnswer api_answer(sqlite3 *db, const char *sql) {
    ApiAnswer answer = {.type = SQLITE_NULL};
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK) {
        while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
            if (answer.rows++ == 0)
                api_read(statement, 0, &answer);
        }
        if (code == SQLITE_DONE)
            code = SQLITE_OK;
    }
    answer.code = code;
    if (code != SQLITE_OK) {
        const char *message = sqlite3_errmsg(db);
        answer.error = api_keep(message, strlen(message));
        answer.type = SQLITE_NULL;
    }
    sqlite3_finalize(statement);
    return answer;
}

/* The fewest digits that read back as the same double; always with a point, an exponent or a name. */
static const char *api_digits(double value) {
    char digits[40];
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, value);
        if (strtod(digits, NULL) == value)
            break;
    }
    if (!strpbrk(digits, ".eni"))
        strcat(digits, ".0");
    return api_keep(digits, strlen(digits));
}

static const char *api_shown(const ApiAnswer *answer) {
    switch (answer->type) {
    case SQLITE_INTEGER:
        return api_sql("%lld", (long long)answer->integer);
    case SQLITE_FLOAT:
        return api_digits(answer->real);
    case SQLITE_TEXT:
        return answer->text;
    case SQLITE_BLOB:
        return api_sql("x'%s'", answer->text);
    default:
        return "NULL";
    }
}

const char *api_rows(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    char *all = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&all, &length);
    if (!out)
        abort();
    if (code == SQLITE_OK) {
        for (int row = 0; (code = sqlite3_step(statement)) == SQLITE_ROW; row++) {
            if (row > 0)
                fputc('\n', out);
            for (int column = 0; column < sqlite3_column_count(statement); column++) {
                ApiAnswer value;
                api_read(statement, column, &value);
                fprintf(out, "%s%s", column > 0 ? "|" : "", api_shown(&value));
            }
        }
    }
    if (code != SQLITE_DONE) {
        rewind(out);
        fprintf(out, "error: %s", sqlite3_errmsg(db));
        fputc(0, out);
    }
    sqlite3_finalize(statement);
    fclose(out);
    char *kept = api_keep(all, strlen(all));
    free(all);
    return kept;
}

/* ---- checks: each tells its story when it fails ---- */

static bool api_tell(bool right, const char *sql, const char *got, const char *want) {
    if (right)
        return true;
    char *story =
        sqlite3_mprintf("\n    %.3000s\n    got:  %.3000s\n    want: %.3000s", sql, got, want);
    free(api_last_story);
    api_last_story = strdup(story);
    sqlite3_free(story);
    return false;
}

const char *api_story(void) { return api_last_story ? api_last_story : ""; }

/* What came, for a story. */
static const char *api_came(const ApiAnswer *answer) {
    static const char *const names[] = {"", "INTEGER", "REAL", "TEXT", "BLOB", "NULL"};
    if (answer->error)
        return api_sql("error: %s", answer->error);
    if (answer->rows != 1)
        return api_sql("%d rows", answer->rows);
    if (answer->type == SQLITE_NULL)
        return "NULL";
    return api_sql("%s (%s)", api_shown(answer), names[answer->type]);
}

static bool api_is(const ApiAnswer *answer, int type) {
    return !answer->error && answer->rows == 1 && answer->type == type;
}

bool api_check_int(sqlite3 *db, const char *sql, int64_t want) {
    ApiAnswer got = api_answer(db, sql);
    return api_tell(api_is(&got, SQLITE_INTEGER) && got.integer == want, sql, api_came(&got),
                    api_sql("%lld (INTEGER)", (long long)want));
}

bool api_check_real(sqlite3 *db, const char *sql, double want, double tolerance) {
    ApiAnswer got = api_answer(db, sql);
    bool right = api_is(&got, SQLITE_FLOAT) && fabs(got.real - want) <= tolerance * fabs(want);
    return api_tell(right, sql, api_came(&got), api_sql("%s (REAL)", api_digits(want)));
}

bool api_check_text(sqlite3 *db, const char *sql, const char *want) {
    ApiAnswer got = api_answer(db, sql);
    bool right = api_is(&got, SQLITE_TEXT) && (size_t)got.bytes == strlen(want) &&
                 memcmp(got.text, want, strlen(want)) == 0;
    return api_tell(right, sql, api_came(&got), api_sql("%s (TEXT)", want));
}

bool api_check_hex(sqlite3 *db, const char *sql, const char *want) {
    ApiAnswer got = api_answer(db, sql);
    bool right = api_is(&got, SQLITE_BLOB) && strcmp(got.text, want) == 0;
    return api_tell(right, sql, api_came(&got), api_sql("x'%s' (BLOB)", want));
}

bool api_check_null(sqlite3 *db, const char *sql) {
    ApiAnswer got = api_answer(db, sql);
    return api_tell(api_is(&got, SQLITE_NULL), sql, api_came(&got), "NULL");
}

bool api_check_rows(sqlite3 *db, const char *sql, const char *want) {
    const char *got = api_rows(db, sql);
    return api_tell(strcmp(got, want) == 0, sql, got, want);
}

bool api_check_error(sqlite3 *db, const char *sql, const char *want) {
    ApiAnswer got = api_answer(db, sql);
    return api_tell(got.error && strcmp(got.error, want) == 0, sql, api_came(&got),
                    api_sql("error: %s", want));
}

bool api_check_error_has(sqlite3 *db, const char *sql, const char *part) {
    ApiAnswer got = api_answer(db, sql);
    return api_tell(got.error && strstr(got.error, part), sql, api_came(&got),
                    api_sql("error with: %s", part));
}

bool api_check_same(sqlite3 *db, const char *sql, const char *other) {
    ApiAnswer got = api_answer(db, sql), want = api_answer(db, other);
    bool right = !got.error && !want.error && got.rows == 1 && want.rows == 1 &&
                 got.type == want.type && strcmp(api_shown(&got), api_shown(&want)) == 0;
    return api_tell(right, sql, api_came(&got), api_sql("%s, as of: %s", api_came(&want), other));
}

/* ---- values of queries that must succeed ---- */

static ApiAnswer api_must(sqlite3 *db, const char *sql, int type, const char *name) {
    ApiAnswer got = api_answer(db, sql);
    cr_assert(api_is(&got, type), "%.2000s\n    got:  %s\n    want: one %s", sql, api_came(&got),
              name);
    return got;
}

int64_t api_int(sqlite3 *db, const char *sql) {
    return api_must(db, sql, SQLITE_INTEGER, "INTEGER").integer;
}

double api_real(sqlite3 *db, const char *sql) {
    return api_must(db, sql, SQLITE_FLOAT, "REAL").real;
}

const char *api_text(sqlite3 *db, const char *sql) {
    return api_must(db, sql, SQLITE_TEXT, "TEXT").text;
}

const char *api_hex(sqlite3 *db, const char *sql) {
    return api_must(db, sql, SQLITE_BLOB, "BLOB").text;
}

bool api_is_null(sqlite3 *db, const char *sql) {
    ApiAnswer got = api_answer(db, sql);
    cr_assert(!got.error && got.rows == 1, "%.2000s\n    got:  %s", sql, api_came(&got));
    return got.type == SQLITE_NULL;
}

const char *api_error(sqlite3 *db, const char *sql) {
    ApiAnswer got = api_answer(db, sql);
    cr_expect(got.error, "%.2000s\n    got:  %s\n    want: an error", sql, api_came(&got));
    return got.error;
}
