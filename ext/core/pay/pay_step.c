/* pay_step.c: the rows of an explanation and their exact numbers. See pay.h.
**
** 1. A calculation records its steps whether or not somebody wants them; unwanted ones overwrite each
**    other. So there is one calculation, and no test in it.
** 2. A fraction is printed digit by digit, by long division: nothing is scaled up, nothing overflows.
*/
#include "core/pay/pay_run.h"

#include "core/money/money.h"

PayStep *pay_step(PayRun *run, const char *kind) {
    PayStep *step = &run->unseen;
    if (run->steps != NULL) {
        step = &run->steps->steps[run->steps->count++];
    }
    *step = (PayStep){.kind = kind};
    return step;
}

PayFraction pay_fraction(int128 numerator, int128 denominator) {
    PayFraction fraction = {numerator, denominator};
    return fraction;
}

PayFraction pay_micros(int128 micros) { return pay_fraction(micros, MICROS); }

double pay_real(int64_t minor_units, int32_t minor_digits) {
    return number_quotient(minor_units, (int128)number_power_of_ten(minor_digits));
}

static int128 pay_common_divisor(int128 left, int128 right) {
    while (right != 0) {
        int128 rest = left % right;
        left = right;
        right = rest;
    }
    return left;
}

/* A denominator of nothing but twos and fives: the decimals come to an end. */
static bool pay_has_decimal(int128 denominator) {
    while (denominator % 2 == 0) {
        denominator /= 2;
    }
    while (denominator % 5 == 0) {
        denominator /= 5;
    }
    return denominator == 1;
}

size_t pay_print_exact(const PayFraction *fraction, char out[PAY_EXACT_BYTES]) {
    bool negative = fraction->numerator < 0;
    int128 numerator = negative ? -fraction->numerator : fraction->numerator;
    int128 divisor = pay_common_divisor(numerator, fraction->denominator);
    int128 denominator = fraction->denominator / divisor;
    numerator /= divisor;
    size_t length = 0;
    if (negative) {
        out[length++] = '-';
    }
    if (!pay_has_decimal(denominator)) {
        length += number_print(numerator, 0, out + length);
        out[length++] = '/';
        return length + number_print(denominator, 0, out + length);
    }
    length += number_print(numerator / denominator, 0, out + length);
    int128 rest = numerator % denominator;
    if (rest != 0) {
        out[length++] = '.';
    }
    while (rest != 0) { /* Requirement 2: a digit for each two or five of the denominator */
        rest *= 10;
        out[length++] = (char)('0' + (int)(rest / denominator));
        rest %= denominator;
    }
    out[length] = '\0';
    return length;
}
