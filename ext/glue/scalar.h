/* scalar.h: KPIs as scalars of stats, and what an argument that must be stats has to be. */
#ifndef KEFU_GLUE_SCALAR_H
#define KEFU_GLUE_SCALAR_H

#include "glue/catalogue.h"

/* Whether a view is stats of one group and of one family, or of any (FAMILY_STATS). REFUSED: the message
** says what the value is and what is wanted. */
Status scalar_check(const StatsView *view, uint32_t family, Message *why);

/* Registers every KPI as a scalar. `failed` is the name that could not be registered. */
int scalar_register(sqlite3 *database, const char **failed);

#endif
