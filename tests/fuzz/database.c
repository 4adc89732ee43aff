/* database.c: see database.h. */
#include "database.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kefu.h"

static sqlite3 *database;

/* ---- memory ---- */

static sqlite3_mem_methods memory; /* SQLite's own */
static uint64_t asked;
static uint64_t refused; /* which one, from 1 */

static void *database_malloc(int bytes) {
    return ++asked == refused ? NULL : memory.xMalloc(bytes);
}

static void *database_realloc(void *block, int bytes) {
    return ++asked == refused ? NULL : memory.xRealloc(block, bytes);
}

void database_refuse(uint64_t n) {
    asked = 0;
    refused = n;
}

uint64_t database_asked(void) { return asked; }

/* Without lookaside every allocation is seen. */
static void database_watch_memory(void) {
    fuzz_expect(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK);
    fuzz_expect(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory) == SQLITE_OK);
    sqlite3_mem_methods watched = memory;
    watched.xMalloc = database_malloc;
    watched.xRealloc = database_realloc;
    fuzz_expect(sqlite3_config(SQLITE_CONFIG_MALLOC, &watched) == SQLITE_OK);
}

/* ---- statements ---- */

static void database_expect(int result, const char *sql) {
    if (result != SQLITE_OK) {
        fprintf(stderr, "%s\n  in %s\n", sqlite3_errmsg(database), sql);
        abort();
    }
}

sqlite3 *database_open(void) {
    if (database == NULL) {
        database_watch_memory();
        sqlite3_auto_extension((void (*)(void))sqlite3_kefu_init);
        database_expect(sqlite3_open(":memory:", &database), "open");
    }
    return database;
}

void database_do(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *sql = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    database_expect(sqlite3_exec(database, sql, NULL, NULL, NULL), sql);
    sqlite3_free(sql);
}

void database_read(const char *path) {
    char text[8192];
    FILE *file = fopen(path, "r");
    size_t length = file == NULL ? 0 : fread(text, 1, sizeof text - 1, file);
    if (file == NULL || !feof(file)) {
        fprintf(stderr, "%s: not there, or too long\n", path);
        abort();
    }
    fclose(file);
    text[length] = '\0';
    database_do("%s", text);
}

static sqlite3_stmt *database_prepare_text(const char *format, va_list arguments) {
    sqlite3_stmt *statement;
    char *sql = sqlite3_vmprintf(format, arguments);
    database_expect(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), sql);
    sqlite3_free(sql);
    return statement;
}

sqlite3_stmt *database_prepare(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    sqlite3_stmt *statement = database_prepare_text(format, arguments);
    va_end(arguments);
    return statement;
}

Answer answer_step(sqlite3_stmt *statement) {
    Answer answer = {0, 0, NULL};
    if (sqlite3_step(statement) == SQLITE_ROW) {
        answer.type = sqlite3_column_type(statement, 0);
        const void *bytes = sqlite3_column_blob(statement, 0);
        answer.bytes = sqlite3_column_bytes(statement, 0);
        answer.value = malloc((size_t)answer.bytes + 1);
        fuzz_expect(answer.value != NULL);
        if (answer.bytes > 0) {
            memcpy(answer.value, bytes, (size_t)answer.bytes);
        }
    }
    return answer;
}

Answer answer_ask(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    sqlite3_stmt *statement = database_prepare_text(format, arguments);
    va_end(arguments);
    Answer answer = answer_step(statement);
    sqlite3_finalize(statement);
    return answer;
}

void answer_close(Answer *answer) {
    free(answer->value);
    answer->value = NULL;
}

bool answer_same(const Answer *left, const Answer *right) {
    return left->type == right->type && left->bytes == right->bytes &&
           (left->bytes == 0 || memcmp(left->value, right->value, (size_t)left->bytes) == 0);
}
