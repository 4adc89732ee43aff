/* quantity.h: numbers of items (functions.md 3, kpis.md 4). */
#ifndef KEFU_CORE_QUANTITY_H
#define KEFU_CORE_QUANTITY_H

#include "core/base/message.h"

#define QUANTITY_MOST INT64_C(1000000000000)

/* Reads a whole number from 0 to 10^12: INTEGER, REAL or decimal TEXT alike. The value is not missing.
** REFUSED, e.g.: 2.5 is no number of items; want a whole number from 0 to 10^12. */
Status quantity_read(const Value *value, int64_t *quantity, Message *why);

#endif
