/* stat.c: Wilson intervals, a two-proportion test, a rate that repeats. See stat.h.
**
** 1. Of libm only erf, erfc, sqrt and fma are used: exp, log and pow would raise the oldest glibc
**    that can load the library from 2.2.5 to 2.29 (sqlite.md L10).
** 2. The normal quantile is where erf, or beyond the middle erfc, has the wanted value, found by
**    halving: as accurate as these two are, at 0.0001 as at 0.9999999.
** 3. rate^n is exact to the last bit or nearly so for any n: whole powers by squaring, the fraction's
**    bits by square roots, both in pairs of doubles that hold 106 bits.
*/
#include "core/stat/stat.h"

#include <math.h>
#include <stdbool.h>

#define STAT_SQRT_HALF 0.70710678118654752440
#define STAT_QUANTILE_LIMIT 9.0 /* beyond the quantile of the largest confidence below 1 (8.3) */

/* Requirement 2: z with P(|Z| <= z) = confidence for a standard normal Z. */
static double stat_quantile(double confidence) {
    double low = 0.0;
    double high = STAT_QUANTILE_LIMIT;
    for (;;) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high) {
            return middle;
        }
        /* 1 - confidence is exact from a half on */
        bool below = confidence < 0.5 ? erf(middle * STAT_SQRT_HALF) < confidence
                                      : erfc(middle * STAT_SQRT_HALF) > 1.0 - confidence;
        if (below) {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/* The root that both bounds share: z * sqrt(z^2 + 4 k (n - k) / n). */
static double stat_wilson_root(double k, double n, double z) {
    return z * sqrt(z * z + 4.0 * k * ((n - k) / n));
}

/* The textbook's (2k + z^2 - root) / (2 (n + z^2)) loses digits where k is small; since the product of
** both bounds is k^2 / (n (n + z^2)), the lower one follows from the upper one without a difference. */
double stat_wilson_low(double k, double n, double confidence) {
    double z = stat_quantile(confidence);
    return 2.0 * k * (k / n) / (2.0 * k + z * z + stat_wilson_root(k, n, z));
}

double stat_wilson_high(double k, double n, double confidence) {
    if (k >= n) {
        return 1.0;
    }
    double z = stat_quantile(confidence);
    return (2.0 * k + z * z + stat_wilson_root(k, n, z)) / (2.0 * (n + z * z));
}

double stat_rate_change_p(double k1, double n1, double k2, double n2) {
    double successes = k1 + k2;
    double failures = (n1 - k1) + (n2 - k2);
    if (successes <= 0.0 || failures <= 0.0) {
        return 1.0; /* all 0 or all 1: nothing differs */
    }
    double pooled = (successes / (n1 + n2)) * (failures / (n1 + n2));
    double z = (k1 / n1 - k2 / n2) / sqrt(pooled * (1.0 / n1 + 1.0 / n2));
    return erfc(fabs(z) * STAT_SQRT_HALF);
}

/* Requirement 3: the unevaluated sum high + low. */
typedef struct StatPair {
    double high;
    double low;
} StatPair;

static StatPair stat_pair(double high, double low) {
    double sum = high + low;
    StatPair pair = {sum, low - (sum - high)};
    return pair;
}

static StatPair stat_multiply(StatPair left, StatPair right) {
    double product = left.high * right.high;
    double error = fma(left.high, right.high, -product);
    return stat_pair(product, error + (left.high * right.low + left.low * right.high));
}

static StatPair stat_root(StatPair square) {
    double root = sqrt(square.high);
    double error = fma(-root, root, square.high) + square.low;
    return stat_pair(root, error / (2.0 * root));
}

double stat_compound(double rate, double n) {
    if (n == 0.0 || rate == 1.0) {
        return 1.0;
    }
    if (rate == 0.0) {
        return 0.0;
    }
    StatPair result = {1.0, 0.0};
    double whole = floor(n);
    StatPair power = {rate, 0.0};
    while (whole >= 1.0 && power.high > 0.0) {
        double half = floor(whole / 2.0);
        if (whole - 2.0 * half >= 1.0) {
            result = stat_multiply(result, power);
        }
        power = stat_multiply(power, power);
        whole = half;
    }
    if (whole >= 1.0) {
        return 0.0; /* too small for a double, and more factors to come */
    }
    double fraction = n - floor(n);
    StatPair root = {rate, 0.0};
    while (fraction > 0.0) {
        root = stat_root(root);
        fraction *= 2.0;
        if (fraction >= 1.0) {
            result = stat_multiply(result, root);
            fraction -= 1.0;
        }
    }
    return result.high + result.low;
}
