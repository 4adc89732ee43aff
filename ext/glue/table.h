/* table.h: table-valued functions over one generic row source (sqlite.md 5).
**
** 1. A function is one row of a table: columns, hidden arguments, and four calls that open, advance,
**    read and close its rows. The virtual-table machinery is written once, in table.c.
** 2. NULL in a required argument: no rows (T4). A missing required argument: an error that names it.
** 3. The cursor holds copies of its arguments as long as its rows are open: functions may lend from
**    them, and a hidden column gives its argument back, as SQLite's own functions do.
*/
#ifndef KEFU_GLUE_TABLE_H
#define KEFU_GLUE_TABLE_H

#include "glue/args.h"

typedef struct TableFunction TableFunction;

/* One opening of a table-valued function: where errors go. */
typedef struct TableCall {
    const TableFunction *function;
    const Host *host; /* lives as long as the cursor */
    char *error;      /* set through table_fail() */
} TableCall;

struct TableFunction {
    Signature signature;  /* name and hidden arguments; count: all of them */
    int required;         /* the first so many must be given */
    const char *columns;  /* visible columns as declared: "kpi TEXT, zh TEXT, value, …" */
    int column_count;     /* how many these are */
    double rows_expected; /* for the planner */
    /* Opens the rows for these arguments, which live until close; a missing optional one is a NULL
    ** pointer. Not OK: table_fail() was called, or it is NO_MEMORY or INTERRUPTED. */
    Status (*open)(TableCall *call, sqlite3_value **arguments, void **rows);
    /* Moves to the first, then the next row; *more false after the last. */
    Status (*next)(TableCall *call, void *rows, bool *more);
    /* Sets the result of one visible column of the current row. */
    void (*column)(void *rows, int column, sqlite3_context *context);
    void (*close)(void *rows);
};

/* Notes an error of argument `index` (from 0; < 0: of the function) and returns STATUS_REFUSED. */
Status table_fail(TableCall *call, int index, const Message *why);

/* Registers one function on the connection; an SQLite result code. */
int table_register(sqlite3 *database, const TableFunction *function);

#endif
