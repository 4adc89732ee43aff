/* sql_fuzz.c: libFuzzer on SQL text, over the small tables of sql_fuzz.sql (run it in the project's
** folder).
**
** 1. The mutator knows the names of our functions, tables and rules from the connection itself;
**    SQL's own words are in sql_fuzz.dict.
** 2. Text may only read: an authorizer refuses the rest. Limits, a progress handler and a heap
**    limit bound what a query takes.
** 3. Every query runs twice, the second time with one allocation refused, another one for each
**    text: it gives the same rows or the same error, or SQLITE_NOMEM.
*/
#include <stdlib.h>
#include <string.h>

#include "database.h"

#define MOST_STATEMENTS 4
#define MOST_ROWS 100
#define HEAP_BYTES (INT64_C(1) << 26)

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);

/* ---- names: requirement 1 ---- */

static char **names;
static uint32_t name_count;

static void collect_names(void) {
    sqlite3_stmt *statement = database_prepare(
        "SELECT DISTINCT name FROM pragma_function_list "
        "WHERE NOT builtin AND flags & 0x200800 = 0x200800 UNION " /* deterministic, innocuous */
        "SELECT name FROM pragma_module_list WHERE name GLOB 'kefu*' OR name GLOB 'commission*' "
        "UNION "
        "SELECT DISTINCT option FROM kefu_rules UNION SELECT DISTINCT book FROM kefu_rules UNION "
        "SELECT column1 FROM (VALUES ('m'), ('d'), ('r'), ('e'), ('j'), ('s'), ('stats'), "
        "('customer'), "
        "('sender'), ('sent_at'), ('plan'), ('facts'), ('calendar'), ('rules'))");
    while (sqlite3_step(statement) == SQLITE_ROW) {
        names = realloc(names, (name_count + 1) * sizeof *names);
        fuzz_expect(names != NULL);
        names[name_count++] = sqlite3_mprintf("%s", sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    fuzz_expect(name_count > 100);
}

/* ---- the connection: requirement 2 ---- */

/* Ours, and those of SQLite that go with them: others are no concern of ours, nor what they do
** without memory. */
static bool is_allowed(const char *function) {
    static const char *const others[] = {
        "abs",          "avg",      "char",   "coalesce", "count",      "datetime",
        "group_concat", "hex",      "ifnull", "instr",    "length",     "like",
        "max",          "min",      "nullif", "printf",   "quote",      "replace",
        "round",        "strftime", "substr", "sum",      "total",      "typeof",
        "upper",        "zeroblob", "lag",    "lead",     "row_number",
    };
    bool found = false;
    for (size_t i = 0; i < sizeof others / sizeof others[0] && !found; i++) {
        found = sqlite3_stricmp(function, others[i]) == 0;
    }
    for (uint32_t i = 0; i < name_count && !found; i++) {
        found = sqlite3_stricmp(function, names[i]) == 0;
    }
    return found;
}

static int only_read(void *context, int action, const char *left, const char *right,
                     const char *schema, const char *trigger) {
    (void)context;
    (void)left;
    (void)schema;
    (void)trigger;
    if (action == SQLITE_FUNCTION) {
        return is_allowed(right) ? SQLITE_OK : SQLITE_DENY;
    }
    bool reads = action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_RECURSIVE;
    return reads ? SQLITE_OK : SQLITE_DENY;
}

static int steps_left;
static int stop_long_query(void *context) {
    (void)context;
    return --steps_left < 0;
}

static sqlite3 *ready_database(void) {
    static sqlite3 *database;
    if (database == NULL) {
        static const int limits[][2] = {
            {SQLITE_LIMIT_LENGTH, 100000},     {SQLITE_LIMIT_SQL_LENGTH, 10000},
            {SQLITE_LIMIT_COLUMN, 30},         {SQLITE_LIMIT_EXPR_DEPTH, 30},
            {SQLITE_LIMIT_COMPOUND_SELECT, 8}, {SQLITE_LIMIT_VDBE_OP, 5000},
            {SQLITE_LIMIT_ATTACHED, 0},        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50},
        };
        database = database_open();
        database_read("tests/fuzz/sql_fuzz.sql");
        collect_names();
        for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
            sqlite3_limit(database, limits[i][0], limits[i][1]);
        }
        sqlite3_set_authorizer(database, only_read, NULL);
        sqlite3_progress_handler(database, 1000, stop_long_query, NULL);
        sqlite3_hard_heap_limit64(HEAP_BYTES);
    }
    return database;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed) {
    ready_database();
    if (seed % 3 != 0 || size == 0) {
        return LLVMFuzzerMutate(data, size, most);
    }
    const char *name = names[seed / 16 % name_count];
    size_t length = strlen(name);
    size_t begin = seed / 4096 % size;
    size_t end = begin; /* the word there gives way to the name, or the name comes between */
    const char *word_bytes = "abcdefghijklmnopqrstuvwxyz_";
    while (begin > 0 && data[begin - 1] != 0 && strchr(word_bytes, data[begin - 1]) != NULL) {
        begin--;
    }
    while (end < size && data[end] != 0 && strchr(word_bytes, data[end]) != NULL) {
        end++;
    }
    if (size - (end - begin) + length > most) {
        return LLVMFuzzerMutate(data, size, most);
    }
    memmove(data + begin + length, data + end, size - end);
    memcpy(data + begin, name, length);
    return size - (end - begin) + length;
}

/* ---- running ---- */

/* What came of a text: the last result code, and a sum over all rows and errors. */
typedef struct Outcome {
    int result;
    uint64_t sum;
} Outcome;

static void outcome_add(Outcome *outcome, const void *bytes, int count) {
    outcome->sum = outcome->sum * 31 + fuzz_hash(bytes, (size_t)count) + (uint64_t)count;
}

static void run_statement(sqlite3 *database, sqlite3_stmt *statement, Outcome *outcome) {
    int rows = 0;
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW && rows++ < MOST_ROWS) {
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            int type = sqlite3_column_type(statement, i);
            const void *bytes = sqlite3_column_blob(statement, i);
            outcome_add(outcome, &type, (int)sizeof type);
            outcome_add(outcome, bytes, bytes == NULL ? 0 : sqlite3_column_bytes(statement, i));
        }
    }
    outcome->result = result == SQLITE_ROW ? SQLITE_DONE : result;
    if (outcome->result != SQLITE_DONE) {
        const char *message = sqlite3_errmsg(database);
        outcome_add(outcome, message, (int)strlen(message));
    }
}

static Outcome run_text(sqlite3 *database, const char *sql) {
    Outcome outcome = {SQLITE_DONE, 0};
    steps_left = 20;
    for (int i = 0; i < MOST_STATEMENTS && *sql != '\0' && outcome.result == SQLITE_DONE; i++) {
        sqlite3_stmt *statement = NULL;
        int result = sqlite3_prepare_v2(database, sql, -1, &statement, &sql);
        if (result != SQLITE_OK) {
            const char *message = sqlite3_errmsg(database);
            outcome.result = result;
            outcome_add(&outcome, message, (int)strlen(message));
        } else if (statement != NULL) {
            run_statement(database, statement, &outcome);
        }
        sqlite3_finalize(statement);
    }
    outcome.result &= 0xff;
    return outcome;
}

/* Not the same at two moments. */
static bool tells_the_time(const char *sql) {
    return sqlite3_strlike("%now%", sql, 0) == 0 || sqlite3_strlike("%current%", sql, 0) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sqlite3 *database = ready_database();
    char *sql = calloc(size + 1, 1);
    fuzz_expect(sql != NULL);
    if (size > 0) {
        memcpy(sql, data, size);
    }
    database_refuse(0);
    Outcome rich = run_text(database, sql);
    fuzz_expect(rich.result == SQLITE_DONE || rich.result == SQLITE_ERROR ||
                rich.result == SQLITE_INTERRUPT || rich.result == SQLITE_TOOBIG ||
                rich.result == SQLITE_AUTH || rich.result == SQLITE_MISMATCH ||
                rich.result == SQLITE_RANGE || rich.result == SQLITE_NOMEM);
    uint64_t most = database_asked();
    database_refuse(most == 0 ? 0 : 1 + fuzz_hash(data, size) % most);
    Outcome poor = run_text(database, sql);
    database_refuse(0);
    fuzz_expect(tells_the_time(sql) || poor.result == SQLITE_NOMEM || /* Requirement 3 */
                (poor.result == rich.result && poor.sum == rich.sum));
    free(sql);
    return 0;
}
