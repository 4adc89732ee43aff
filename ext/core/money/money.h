/* money.h: amounts as whole millionths of the currency's major unit (functions.md 2, money).
**
** 1. INTEGER, REAL (its shortest decimal form) and decimal TEXT give the same amount, so that a
**    column's affinity never changes a sum.
** 2. More than 6 decimals are rounded half to even at the sixth. Beyond ±10^12 is refused.
*/
#ifndef KEFU_CORE_MONEY_H
#define KEFU_CORE_MONEY_H

#include "core/base/message.h"
#include "core/base/number.h"

#define MICROS INT64_C(1000000)
#define MONEY_LIMIT_MICROS (INT64_C(1000000000000) * MICROS)

/* Reads an amount. The value is not missing. REFUSED, e.g.: 'abc' is not an amount; want INTEGER,
** REAL or decimal TEXT; 1000000000001 is beyond 10^12. */
Status money_read(const Value *value, int64_t *amount_micros, Message *why);
/* The double nearest to sum / 10^6. */
double money_real(int128 amount_micros);
/* Splits `amount` (any whole unit, any sign) by weights 0..10^18 with a sum above 0:
** every part is rounded toward zero, the units left go one each to the largest remainders, ties to
** the first. Parts add up to the amount; a negative amount splits as its opposite does.
** `parts` holds `count` places. NO_MEMORY possible. */
Status money_split(const Host *host, int64_t amount, const int64_t *weights, size_t count,
                   int64_t *parts);

#endif
