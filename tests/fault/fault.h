/* fault.h: a query whose allocations fail, one after the other, and that is stopped wherever it can be.
**
** 1. SQLite's allocator is wrapped with a countdown. A reference run tells a query's rows (or its error);
**    then it runs again and again with the first, the second, … allocation meeting a fault, until none
**    does. Every allocation has its turn, those of SQLite itself too.
** 2. Faults are of three kinds: the allocation fails; it and all later ones fail; it succeeds, but the
**    connection is interrupted at that very moment (once the query is prepared), which is how an
**    interrupt comes in the middle of a step, an inverse or a final step (where hosts below 3.41 cannot
**    ask, the query may go on).
** 3. Right are the reference's rows or error, SQLITE_NOMEM where memory failed and SQLITE_INTERRUPT
**    where that was the fault. After each run the connection closes and SQLite's memory is back at its
**    base (api_close() checks).
** 4. How many faults there were is printed as a line `figure: N words`; tests/run/criterion adds them up.
*/
#ifndef KEFU_TESTS_FAULT_H
#define KEFU_TESTS_FAULT_H

#include "../api/api.h"

typedef enum FaultKind { FAULT_ONCE, FAULT_FOR_GOOD, FAULT_INTERRUPT, FAULT_KINDS } FaultKind;

/* Every test's first and last act: `TestSuite(fault, .init = fault_init, .fini = fault_fini)`. */
void fault_init(void);
void fault_fini(void);

/* From here on the tables' database is in UTF-8 (as after fault_init()), UTF-16le or UTF-16be. Only in
** the latter does reading an argument's text need memory. */
void fault_encode(const char *encoding);

/* A connection with kefu and the tables of fault_tables.c: m (messages), d (deals), r (ratings),
** j (journeys), and stats of them: s (chat, by customer), g (grouped), q (journeys). */
sqlite3 *fault_open(void);
/* SQL that makes these tables. */
extern const char *const fault_tables;

/* From here on the n-th allocation meets the fault (from 1), those of `db` where it is an interrupt;
** fault_disarm() tells whether one did. */
void fault_arm(sqlite3 *db, long n, FaultKind kind);
bool fault_disarm(void);

/* The outcome of a query, to be freed with free(result). */
typedef struct FaultRun {
    int code;     /* SQLITE_OK, SQLITE_NOMEM, … */
    char *result; /* rows, or those before an error and its message; from malloc */
} FaultRun;

FaultRun fault_query(sqlite3 *db, const char *sql);
/* The same query, prepared already, from its start to its end. */
FaultRun fault_run(sqlite3 *db, sqlite3_stmt *statement);
/* Requirement 3, where memory failed (SQLITE_NOMEM), it was interrupted, or nothing was (SQLITE_OK). */
bool fault_right(const FaultRun *got, const FaultRun *want, int fault);

/* Requirements 1 to 3 for one query. */
void fault_check(const char *sql);
/* The query is interrupted before each of its virtual machine's operations. */
void fault_check_operations(const char *sql);
/* The query is given up after no row, one, two, …: reset there, run again as a whole, finalized. */
void fault_check_abandoned(const char *sql);

#endif
