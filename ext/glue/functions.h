/* functions.h: the tables of SQL functions that kefu.c registers, a table for each file of glue. */
#ifndef KEFU_GLUE_FUNCTIONS_H
#define KEFU_GLUE_FUNCTIONS_H

#include "glue/args.h"
#include "glue/table.h"

/* about.c: the extension about itself (functions.md 9). */
extern const ScalarFunction ABOUT_FUNCTIONS[];
extern const int ABOUT_FUNCTION_COUNT;
extern const TableFunction KEFU_KPIS;
extern const TableFunction KEFU_RULES;

/* stats_tables.c: what is inside stats (functions.md 3). */
extern const ScalarFunction INFO_FUNCTIONS[];
extern const int INFO_FUNCTION_COUNT;
extern const TableFunction KEFU_GROUPS;
extern const TableFunction KEFU_STATS;

/* calendar.c: periods and open hours (functions.md 8). */
extern const ScalarFunction CALENDAR_FUNCTIONS[];
extern const int CALENDAR_FUNCTION_COUNT;

/* cost.c: advertising cost and statistics (functions.md 7). */
extern const ScalarFunction COST_FUNCTIONS[];
extern const int COST_FUNCTION_COUNT;

/* pay.c: pay plans (functions.md 6, commission.md). */
extern const ScalarFunction PAY_FUNCTIONS[];
extern const int PAY_FUNCTION_COUNT;
/* explain.c */
extern const TableFunction COMMISSION_EXPLAIN;

#endif
