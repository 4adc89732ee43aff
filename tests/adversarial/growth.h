/* growth.h: what four times the rows cost, in the processor's time of this thread.
**
** 1. The query's %d is its number of rows, whose expected value may depend on it: `want` has one %d too,
**    or none. Both sizes must give what is wanted.
** 2. Linear cost gives a ratio of 4, n log n about 4.6, quadratic 16: the least of a few tries must stay
**    below GROWTH_MOST. Others on the machine spoil a try, never all of them in one direction.
*/
#ifndef KEFU_TESTS_GROWTH_H
#define KEFU_TESTS_GROWTH_H

#include "../api/api.h"

#define GROWTH_MOST 9.0

/* n(i): 0 … %d - 1. */
#define N "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d - 1) "

/* The least ratio; growth_check() fails the test where it is above GROWTH_MOST. */
double growth_ratio(sqlite3 *db, int rows, const char *sql, const char *want);
void growth_check(sqlite3 *db, int rows, const char *sql, const char *want);

#endif
