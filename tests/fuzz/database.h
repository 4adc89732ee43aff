/* database.h: the extension in a host that lives as long as the fuzz target: the system's
** SQLite, in memory, with kefu registered as a statically linked extension is. */
#ifndef KEFU_TESTS_FUZZ_DATABASE_H
#define KEFU_TESTS_FUZZ_DATABASE_H

#include <sqlite3.h>

#include "fuzz.h"

/* The one connection, opened on the first call. */
sqlite3 *database_open(void);
/* SQLite's allocations are counted, and the n-th from here on is refused, once; 0: none is. */
void database_refuse(uint64_t n);
uint64_t database_asked(void); /* since then */
/* Runs SQL that must be right; a printf format of SQLite's. */
void database_do(const char *format, ...);
/* Runs a file of SQL; its path begins in the project's folder. */
void database_read(const char *path);
/* Prepares SQL that must be right. */
sqlite3_stmt *database_prepare(const char *format, ...);

/* A value kept beyond its row; of a query that failed: type 0. */
typedef struct Answer {
    int type; /* SQLITE_INTEGER … SQLITE_NULL */
    int bytes;
    unsigned char *value;
} Answer;

/* The first column of the statement's next row, or type 0 where there is none or an error. */
Answer answer_step(sqlite3_stmt *statement);
/* The only value of a query. */
Answer answer_ask(const char *format, ...);
void answer_close(Answer *answer);
bool answer_same(const Answer *left, const Answer *right);

#endif
