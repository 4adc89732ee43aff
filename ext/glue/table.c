/* table.c: the virtual-table machinery behind every table-valued function. See table.h. The rules
** T1-T6 are those of SQLite's documentation on table-valued functions. */
#include "glue/table.h"

#include <string.h>

#include "core/sets/identity.h"

SQLITE_EXTENSION_INIT3

#define TABLE_MOST_ARGUMENTS 4

/* A connected function. */
typedef struct Table {
    sqlite3_vtab base; /* first, as SQLite wants it */
    const TableFunction *function;
    Host host;
} Table;

/* One scan of it. */
typedef struct TableCursor {
    sqlite3_vtab_cursor base; /* first */
    TableCall call;
    void *rows;                                     /* of the function; NULL: none */
    sqlite3_value *arguments[TABLE_MOST_ARGUMENTS]; /* copies; NULL: not given */
    bool more;
    sqlite3_int64 row_number;
} TableCursor;

Status table_fail(TableCall *call, int index, const Message *why) {
    sqlite3_free(call->error);
    call->error = args_error_text(&call->function->signature, index, why);
    return call->error == NULL ? STATUS_NO_MEMORY : STATUS_REFUSED;
}

static int table_connect(sqlite3 *database, void *function, int argc, const char *const *argv,
                         sqlite3_vtab **out, char **error) {
    (void)argc;
    (void)argv;
    (void)error;
    const TableFunction *self = function;
    /* T1: arguments are hidden columns at the end, one each. */
    char hidden[512] = "";
    size_t length = 0;
    const char *name = self->signature.arguments;
    for (int i = 0; i < self->signature.count; i++) {
        size_t size = args_name_length(name);
        /* NOLINTNEXTLINE(bugprone-not-null-terminated-result): " HIDDEN" behind it ends the text */
        memcpy(hidden + length, ", ", 2);
        memcpy(hidden + length + 2, name, size);
        memcpy(hidden + length + 2 + size, " HIDDEN", 8);
        length += size + 9;
        name = args_next_name(name);
    }
    char *sql = sqlite3_mprintf("CREATE TABLE x(%s%s)", self->columns, hidden);
    if (sql == NULL) {
        return SQLITE_NOMEM;
    }
    int result = sqlite3_declare_vtab(database, sql);
    sqlite3_free(sql);
    if (result != SQLITE_OK) {
        return result;
    }
    sqlite3_vtab_config(database, SQLITE_VTAB_INNOCUOUS);
    Table *table = sqlite3_malloc64(sizeof *table);
    if (table == NULL) {
        return SQLITE_NOMEM;
    }
    memset(table, 0, sizeof *table);
    table->function = self;
    table->host = args_host(database);
    *out = &table->base;
    return SQLITE_OK;
}

static int table_disconnect(sqlite3_vtab *table) {
    sqlite3_free(table);
    return SQLITE_OK;
}

/* A plan that nobody wants: arguments are missing, or the planner looks at a part of the conditions
** (it asks about each side of an OR alone). xFilter says what is missing where it is really run. */
#define TABLE_COST_OF_MISSING 1e50

/* The plan's number is a mask of the arguments that are given; their values come in that order. */
static int table_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
    const TableFunction *function = ((Table *)base)->function;
    int given = 0;
    int place[TABLE_MOST_ARGUMENTS] = {0}; /* first constraint on each argument, from 1 */
    for (int i = 0; i < info->nConstraint; i++) {
        int index = info->aConstraint[i].iColumn - function->column_count;
        if (index < 0 || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) {
            continue;
        }
        if (!info->aConstraint[i].usable) {
            return SQLITE_CONSTRAINT; /* T2 */
        }
        given |= 1 << index;
        if (place[index] == 0) { /* a second one is for SQLite to test */
            place[index] = i + 1;
        }
    }
    int next = 1;
    bool missing = false;
    for (int i = 0; i < function->signature.count; i++) {
        if (place[i] != 0) {
            info->aConstraintUsage[place[i] - 1].argvIndex = next++;
            info->aConstraintUsage[place[i] - 1].omit = 1; /* T3 */
        } else if (i < function->required) {
            missing = true;
        }
    }
    info->idxNum = given;
    info->estimatedCost = missing ? TABLE_COST_OF_MISSING : function->rows_expected;
    info->estimatedRows = (sqlite3_int64)function->rows_expected;
    return SQLITE_OK;
}

static int table_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
    Table *table = (Table *)base;
    TableCursor *cursor = sqlite3_malloc64(sizeof *cursor);
    if (cursor == NULL) {
        return SQLITE_NOMEM;
    }
    memset(cursor, 0, sizeof *cursor);
    cursor->call.function = table->function;
    cursor->call.host = &table->host;
    *out = &cursor->base;
    return SQLITE_OK;
}

static void table_drop_rows(TableCursor *cursor) {
    if (cursor->rows != NULL) {
        cursor->call.function->close(cursor->rows);
        cursor->rows = NULL;
    }
    for (int i = 0; i < TABLE_MOST_ARGUMENTS; i++) {
        sqlite3_value_free(cursor->arguments[i]);
        cursor->arguments[i] = NULL;
    }
    sqlite3_free(cursor->call.error);
    cursor->call.error = NULL;
    cursor->more = false;
}

static int table_close(sqlite3_vtab_cursor *base) {
    table_drop_rows((TableCursor *)base);
    sqlite3_free(base);
    return SQLITE_OK;
}

/* A core status as SQLite's code; the message moves to the table. */
static int table_result(TableCursor *cursor, Status status) {
    if (status == STATUS_OK) {
        return SQLITE_OK;
    }
    cursor->more = false;
    if (status == STATUS_REFUSED) {
        sqlite3_free(cursor->base.pVtab->zErrMsg);
        cursor->base.pVtab->zErrMsg = cursor->call.error;
        cursor->call.error = NULL;
        return SQLITE_ERROR;
    }
    return status == STATUS_INTERRUPTED ? SQLITE_INTERRUPT : SQLITE_NOMEM;
}

static int table_next(sqlite3_vtab_cursor *base) {
    TableCursor *cursor = (TableCursor *)base;
    cursor->row_number++;
    Status status = cursor->call.function->next(&cursor->call, cursor->rows, &cursor->more);
    return table_result(cursor, status);
}

static int table_filter(sqlite3_vtab_cursor *base, int given, const char *unused, int argc,
                        sqlite3_value **argv) {
    (void)unused;
    (void)argc;
    TableCursor *cursor = (TableCursor *)base;
    const TableFunction *function = cursor->call.function;
    table_drop_rows(cursor); /* T5 */
    cursor->row_number = 0;
    for (int i = 0, next = 0; i < function->signature.count; i++) {
        if ((given >> i & 1) == 0 && i >= function->required) {
            continue;
        }
        if ((given >> i & 1) == 0) {
            Message why;
            message_say(&why, "missing");
            return table_result(cursor, table_fail(&cursor->call, i, &why));
        }
        Value value;
        cursor->arguments[i] = sqlite3_value_dup(argv[next++]); /* Requirement 3 */
        if (cursor->arguments[i] == NULL || !args_read(cursor->arguments[i], &value)) {
            return SQLITE_NOMEM;
        }
        if (i < function->required && value_is_missing(&value)) {
            return SQLITE_OK; /* T4 */
        }
    }
    Status status = function->open(&cursor->call, cursor->arguments, &cursor->rows);
    if (status != STATUS_OK) {
        return table_result(cursor, status);
    }
    return table_next(base);
}

static int table_eof(sqlite3_vtab_cursor *base) { return !((TableCursor *)base)->more; }

static int table_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    TableCursor *cursor = (TableCursor *)base;
    const TableFunction *function = cursor->call.function;
    if (column < function->column_count) {
        function->column(cursor->rows, column, context);
    } else if (cursor->arguments[column - function->column_count] != NULL) {
        sqlite3_result_value(context, cursor->arguments[column - function->column_count]);
    }
    return SQLITE_OK;
}

/* The row's number under a digest of the arguments: `WHERE stats = a OR stats = b` is two scans to
** SQLite, which then drops rows whose rowid it has seen. */
static int table_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
    const TableCursor *cursor = (const TableCursor *)base;
    uint64_t digest = 0;
    for (int i = 0; i < cursor->call.function->signature.count; i++) {
        Value value;
        if (cursor->arguments[i] == NULL) {
            continue;
        }
        /* not covered: table_filter() has read it */
        if (!args_read(cursor->arguments[i], &value)) {
            return SQLITE_NOMEM;
        }
        digest = digest * 31 + identity_of(&value).low;
    }
    *out = (sqlite3_int64)(digest >> 33 << 32) + cursor->row_number;
    return SQLITE_OK;
}

static const sqlite3_module TABLE_MODULE = {
    .iVersion = 0,
    .xConnect = table_connect, /* T1: xCreate is NULL, so the table is eponymous only */
    .xBestIndex = table_best_index,
    .xDisconnect = table_disconnect,
    .xDestroy = table_disconnect,
    .xOpen = table_open,
    .xClose = table_close,
    .xFilter = table_filter,
    .xNext = table_next,
    .xEof = table_eof,
    .xColumn = table_column,
    .xRowid = table_rowid,
};

int table_register(sqlite3 *database, const TableFunction *function) {
    return sqlite3_create_module_v2(database, function->signature.name, &TABLE_MODULE,
                                    (void *)function, NULL);
}
