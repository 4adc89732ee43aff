/* number.h: exact arithmetic and the decimal forms of numbers, without libc (sqlite.md V8).
**
** 1. A quotient is rounded once: number_quotient() is the double nearest to numerator/denominator.
** 2. A REAL is read as its shortest decimal form, the one that sqlite3 and JavaScript print, so that
**    0.1 is a tenth wherever it was stored (functions.md 2, commission.md 2).
** 3. Text becomes a decimal of any length without rounding; who asks rounds it, once.
*/
#ifndef KEFU_CORE_NUMBER_H
#define KEFU_CORE_NUMBER_H

#include "core/base/value.h"

/* How a value half-way or between two steps is rounded; all are symmetric about zero. */
typedef enum Rounding { ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN, ROUND_UP } Rounding;

/* numerator / denominator, rounded to a whole number. The denominator is above 0. */
int128 number_divide(int128 numerator, int128 denominator, Rounding rounding);

/* The double nearest to numerator / denominator (ties to even), never -0.0. The denominator is
** not 0. */
double number_quotient(int128 numerator, int128 denominator);

/* 10^power, for power 0 .. 38. */
uint128 number_power_of_ten(int32_t power);

/* A decimal: digits × 10^exponent, any length of text, at most 38 digits kept exactly. */
typedef struct Decimal {
    bool negative;
    uint128 digits;   /* below 10^38; no trailing zeros unless inexact; 0 for zero */
    int32_t exponent; /* of the last digit; 0 for zero */
    bool inexact;     /* 38 digits are there, and non-zero ones were cut off right below them */
} Decimal;

/* Reads [sign] digits [. digits] [e [sign] digits] that fill the whole text. `exponent` says whether
** an e is allowed. A digit must stand before or after the point ('.5' and '5.' are allowed only
** where `lenient`). False when the text is no such number. Exponents beyond ±10^6 saturate. */
bool number_read(const char *text, size_t length, bool exponent, bool lenient, Decimal *out);

/* The shortest decimal that reads back as this double (at most 17 digits), of those the nearest to
** it. Finite input only. */
Decimal number_shortest(double real);

/* A value as a decimal: INTEGER, finite REAL (its shortest form), or TEXT that is one number, with
** blanks around it as a column's numeric affinity allows them. False for anything else. */
bool number_of_value(const Value *value, Decimal *out);

/* The double nearest to a decimal (ties to even); ±infinity beyond the largest one. */
double number_real(const Decimal *decimal);

/* The double nearest to the product of the numerators / the product of the denominators, at most two
** of each; none stands for 1. No denominator is 0. ±infinity beyond the largest double. */
double number_ratio(const Decimal *numerators, size_t numerator_count, const Decimal *denominators,
                    size_t denominator_count);

/* The decimal × 10^places, rounded to a whole number; false when beyond ±10^37. `rounded` (may be
** NULL) tells whether anything was lost. */
bool number_scale(const Decimal *decimal, int32_t places, Rounding rounding, int128 *out,
                  bool *rounded);

/* Plain decimal text of number / 10^places without trailing zeros, e.g. 2141.174904, -200, 0.
** places is 0 .. 38. Writes at most 48 bytes and a NUL; returns the length. */
size_t number_print(int128 number, int32_t places, char *out);

/* The shortest form of a double as SQL would show it: 0.1, 8.0, 1e+300, -12.5, Inf. At most 32
** bytes and a NUL; returns the length. */
size_t number_print_real(double real, char *out);

#endif
