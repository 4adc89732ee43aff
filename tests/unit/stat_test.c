/* stat_test.c: intervals, the two-proportion test and repeated rates, against known values and libm. */
#include <criterion/criterion.h>
#include <math.h>

#include "core/stat/stat.h"

static void stat_test_near(double got, double want, double tolerance) {
    cr_expect_leq(fabs(got - want), tolerance * fabs(want), "%.17g, want %.17g", got, want);
}

/* The textbook's form, in long double, with z given. */
static void stat_test_wilson(double k, double n, double confidence, long double z) {
    long double p = (long double)k / (long double)n;
    long double middle = (p + z * z / (2 * (long double)n)) / (1 + z * z / (long double)n);
    long double half =
        z / (1 + z * z / (long double)n) *
        sqrtl(p * (1 - p) / (long double)n + z * z / (4 * (long double)n * (long double)n));
    cr_expect_leq(fabsl((long double)stat_wilson_low(k, n, confidence) - (middle - half)), 4e-16L);
    cr_expect_leq(fabsl((long double)stat_wilson_high(k, n, confidence) - (middle + half)), 4e-16L);
}

Test(stat, wilson_interval) {
    static const struct {
        double confidence;
        long double z;
    } facts[] = {
        {0.95, 1.959963984540054235524594430520551L}, {0.99, 2.575829303548900760966313L},
        {0.9, 1.644853626951472714863848907991632L},  {0.5, 0.6744897501960817432022120L},
        {0.1, 0.1256613468550740342103077L},          {0.999, 3.290526731491894793L},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        for (double n = 1; n < 2e6; n *= 7) {
            stat_test_wilson(0, n, facts[i].confidence, facts[i].z);
            stat_test_wilson(floor(n / 3), n, facts[i].confidence, facts[i].z);
            stat_test_wilson(n, n, facts[i].confidence, facts[i].z);
        }
    }
    stat_test_near(stat_wilson_low(8, 10, 0.95), 0.49016247153664170, 1e-14);
    stat_test_near(stat_wilson_high(8, 10, 0.95), 0.94331784854562474, 1e-14);
}

Test(stat, wilson_bounds_are_exact_at_the_ends) {
    for (double n = 1; n < 1e9; n = n * 3 + 1) {
        cr_expect_eq(stat_wilson_low(0, n, 0.95), 0.0);
        cr_expect_eq(stat_wilson_high(n, n, 0.95), 1.0);
    }
    /* a confidence next to 0 or 1 still gives an interval around the rate */
    double narrow = stat_wilson_low(30, 100, 1e-12);
    cr_expect(narrow <= 0.3 && narrow > 0.2999999);
    cr_expect_lt(stat_wilson_low(30, 100, nextafter(1.0, 0.0)), 0.1);
    /* one in a billion keeps its digits: no difference of equal numbers */
    stat_test_near(stat_wilson_low(1, 1e9, 0.95), 1.765233e-10, 1e-5);
}

Test(stat, change_of_a_rate) {
    /* 40/100 against 55/100: z = -0.15 / sqrt(0.475 * 0.525 * 0.02) */
    double z = 0.15 / sqrt(0.475 * 0.525 * 0.02);
    stat_test_near(stat_rate_change_p(40, 100, 55, 100), erfc(z / sqrt(2.0)), 1e-13);
    stat_test_near(stat_rate_change_p(40, 100, 55, 100), 0.03367206885634585, 1e-13);
    cr_expect_eq(stat_rate_change_p(55, 100, 40, 100), stat_rate_change_p(40, 100, 55, 100));
    cr_expect_eq(stat_rate_change_p(1, 3, 2, 6), 1.0);
    cr_expect_eq(stat_rate_change_p(0, 10, 0, 20), 1.0);
    cr_expect_eq(stat_rate_change_p(10, 10, 20, 20), 1.0);
    cr_expect_lt(stat_rate_change_p(0, 1000, 1000, 1000), 1e-300);
}

Test(stat, r3_compound_rates) {
    cr_expect_eq(stat_compound(0.5, 0), 1.0);
    cr_expect_eq(stat_compound(0, 0), 1.0);
    cr_expect_eq(stat_compound(0, 0.5), 0.0);
    cr_expect_eq(stat_compound(1, 1e300), 1.0);
    cr_expect_eq(stat_compound(0.5, 10), 0.0009765625);
    cr_expect_eq(stat_compound(0.5, 1074), 5e-324);
    cr_expect_eq(stat_compound(0.5, 1e300), 0.0);
    cr_expect_eq(stat_compound(0.25, 0.5), 0.5);
    stat_test_near(stat_compound(0.99, 100), 0.36603234127322918, 2e-16);
    stat_test_near(stat_compound(0.9999, 100), 0.99004933869137191, 2e-16);
    for (double rate = 0.001; rate < 1; rate += 0.0137) {
        for (double n = 1e-6; n < 1e7; n *= 3.7) {
            long double want = powl((long double)rate, (long double)n);
            if (want > 1e-290L) {
                stat_test_near(stat_compound(rate, n), (double)want, 2.3e-16);
            }
        }
    }
}
