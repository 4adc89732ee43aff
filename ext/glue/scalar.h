/* scalar.h: KPIs as scalars of stats, and opening an argument that must be stats. */
#ifndef KEFU_GLUE_SCALAR_H
#define KEFU_GLUE_SCALAR_H

#include "glue/catalogue.h"

/* Opens stats of one group and of one family, or of any (FAMILY_STATS). REFUSED: the message says what the
** value is and what is wanted. Close the view only after STATUS_OK. */
Status scalar_view(const Host *host, const Value *value, uint32_t family, StatsView *view,
                   Message *why);

/* Registers every KPI as a scalar. `failed` is the name that could not be registered. */
int scalar_register(sqlite3 *database, const char **failed);

#endif
