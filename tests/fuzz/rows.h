/* rows.h: bytes as a table of rows and an aggregate over them.
**
** 1. Table t (id, part, o, k, a … g, s): `o` to order by, with ties; `k` a key; a … g the arguments
**    of the aggregate's family, in order; `s` has room for stats.
** 2. Every value is written in one of many ways that SQL knows: 1, 1.0, '1', x'31'; seconds,
**    milliseconds, text, dates; NULL and blank text. Values that are refused are there too, but
**    few.
*/
#ifndef KEFU_TESTS_FUZZ_ROWS_H
#define KEFU_TESTS_FUZZ_ROWS_H

#include "database.h"

#define ROWS_SQL 2000

typedef struct RowsPlan {
    int columns;        /* how many of a … g the rows have */
    bool stats;         /* the result can be merged */
    bool keeps;         /* only parts with whole conversations can: chat */
    bool keyed;         /* a _by form */
    char sql[ROWS_SQL]; /* the aggregate, e.g. "chat_stats_by(k, a, b, c, 'jd')" */
    const struct RowsColumn *column;
} RowsPlan;

/* Chooses an aggregate; `stats` only one whose result can be merged. */
void rows_choose(FuzzInput *input, bool stats, RowsPlan *plan);
/* Fills t with rows of its family, at most so many, from the rest of the input. Returns how
** many. */
int rows_fill(FuzzInput *input, const RowsPlan *plan, int most);

#endif
