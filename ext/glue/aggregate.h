/* aggregate.h: the bridge between SQLite's aggregates and core: stats aggregates, their _by forms and
** the one-step forms of KPIs are one piece of code over different rows of a table.
**
** 1. The context is asked for first, before any early return; NULL contexts give the empty answer
**    (sqlite.md A1, A2, A3). What goes is read exactly as what comes (A4).
** 2. Rules are parsed on the first row and compared byte by byte afterwards (A8).
** 3. Plain aggregates append rows and evaluate at the end. The first xValue or xInverse shows that it
**    is a window, and from then on it slides.
** 4. k(chat_stats(…)) and k(…) are the same accessor over the same stats, by construction.
*/
#ifndef KEFU_GLUE_AGGREGATE_H
#define KEFU_GLUE_AGGREGATE_H

#include "glue/catalogue.h"

/* Registers chat_stats, …, chat_stats_by, … and every one-step form. `failed` is the name that could
** not be registered. An SQLite result code. */
int aggregate_register(sqlite3 *database, const char **failed);

/* Registers one window function under a signature; `free_signature` frees it at the end, or is NULL. */
typedef struct AggregateCalls {
    void (*step)(sqlite3_context *, int, sqlite3_value **);
    void (*final)(sqlite3_context *);
    void (*value)(sqlite3_context *);
    void (*inverse)(sqlite3_context *, int, sqlite3_value **);
} AggregateCalls;
int aggregate_register_one(sqlite3 *database, const Signature *signature,
                           const AggregateCalls *calls, void (*free_signature)(void *));

/* kefu_merge, avg_response of two times, turn_seconds: merge.c, pairs.c, turns.c. */
extern const Signature MERGE_SIGNATURE;
extern const AggregateCalls MERGE_CALLS;
extern const Signature PAIRS_SIGNATURE;
extern const AggregateCalls PAIRS_CALLS;
extern const Signature TURNS_SIGNATURES[2];
extern const AggregateCalls TURNS_CALLS;

#endif
