/* number.h: exact arithmetic and the decimal forms of numbers, without libc (sqlite.md V8).
**
** 1. A quotient is rounded once: number_quotient() is the double nearest to numerator/denominator.
** 2. A REAL is read as its shortest decimal form, the one that sqlite3 and JavaScript print, so that
**    0.1 is a tenth wherever it was stored (functions.md 2, commission.md 2).
*/
#ifndef KEFU_CORE_NUMBER_H
#define KEFU_CORE_NUMBER_H

#include "core/base/base.h"

/* How a value half-way or between two steps is rounded; all are symmetric about zero. */
typedef enum Rounding { ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN, ROUND_UP } Rounding;

/* numerator / denominator, rounded to a whole number. The denominator is above 0. */
int128 number_divide(int128 numerator, int128 denominator, Rounding rounding);

/* The double nearest to numerator / denominator (ties to even). The denominator is not 0. */
double number_quotient(int128 numerator, int128 denominator);

/* A decimal: digits × 10^exponent, any length of text, at most 38 digits kept exactly. */
typedef struct Decimal {
    bool negative;
    uint128 digits;   /* no trailing zeros, 0 for zero; below 10^38 */
    int32_t exponent; /* of the last digit; 0 for zero */
    bool inexact;     /* further non-zero digits were cut off below the last one */
} Decimal;

/* Reads [sign] digits [. digits] [e [sign] digits] that fill the whole text. `exponent` says whether
** an e is allowed. A digit must stand before or after the point ('.5' and '5.' are allowed only
** where `lenient`). False when the text is no such number. Exponents beyond ±10^6 saturate. */
bool number_read(const char *text, size_t length, bool exponent, bool lenient, Decimal *out);

/* The shortest decimal that reads back as this double (at most 17 digits). Finite input only. */
Decimal number_shortest(double real);

/* The decimal × 10^places, rounded to a whole number; false when beyond ±10^37. `rounded` (may be
** NULL) tells whether anything was lost. */
bool number_scale(const Decimal *decimal, int32_t places, Rounding rounding, int128 *out,
                  bool *rounded);

/* Plain decimal text of number / 10^places without trailing zeros, e.g. 2141.174904, -200, 0.
** Writes at most 48 bytes and a NUL; returns the length. */
size_t number_print(int128 number, int32_t places, char *out);

/* The shortest form of a double as SQL would show it: 0.1, 1e+300, -12.5, Inf. At most 32 bytes. */
size_t number_print_real(double real, char *out);

#endif
