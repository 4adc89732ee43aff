/* number_test.c: rounding, quotients, decimals and their text; libc is the oracle here. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/number.h"

static uint64_t number_test_random(uint64_t *state) { /* splitmix64 */
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static const char *number_test_text(int128 number, int32_t places) {
    static char out[64];
    number_print(number, places, out);
    return out;
}

static Decimal number_test_read(const char *text) {
    Decimal decimal;
    cr_assert(number_read(text, strlen(text), true, true, &decimal), "%s", text);
    return decimal;
}

Test(number, division_rounds_symmetrically_in_four_modes) {
    static const struct {
        int numerator, half_up, half_even, down, up;
    } facts[] = {
        {0, 0, 0, 0, 0}, {1, 0, 0, 0, 1},  {4, 0, 0, 0, 1},  {5, 1, 0, 0, 1},
        {6, 1, 1, 0, 1}, {15, 2, 2, 1, 2}, {25, 3, 2, 2, 3}, {30, 3, 3, 3, 3},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        for (int sign = -1; sign <= 1; sign += 2) {
            int128 n = sign * facts[i].numerator;
            cr_expect(number_divide(n, 10, ROUND_HALF_UP) == sign * facts[i].half_up);
            cr_expect(number_divide(n, 10, ROUND_HALF_EVEN) == sign * facts[i].half_even);
            cr_expect(number_divide(n, 10, ROUND_DOWN) == sign * facts[i].down);
            cr_expect(number_divide(n, 10, ROUND_UP) == sign * facts[i].up);
        }
    }
}

Test(number, division_of_the_widest_numbers) {
    int128 widest = (int128)(~(uint128)0 >> 1);
    cr_expect(number_divide(widest, 1, ROUND_HALF_UP) == widest);
    cr_expect(number_divide(-widest - 1, 1, ROUND_HALF_UP) == -widest - 1);
    cr_expect(number_divide(widest, widest, ROUND_UP) == 1);
    cr_expect(number_divide(widest - 1, widest, ROUND_HALF_EVEN) == 1);
}

Test(number, r1_quotient_is_the_nearest_double) {
    cr_expect_eq(number_quotient(1, 3), 1.0 / 3.0);
    cr_expect_eq(number_quotient(-1, 3), -1.0 / 3.0);
    cr_expect_eq(number_quotient(0, -7), 0.0);
    cr_expect_not(signbit(number_quotient(0, -7)));
    uint64_t seed = 1;
    for (int i = 0; i < 200000; i++) {
        int64_t numerator = (int64_t)number_test_random(&seed) >> (number_test_random(&seed) % 60);
        int32_t places = (int32_t)(number_test_random(&seed) % 37);
        char text[64];
        snprintf(text, sizeof text, "%llde-%d", (long long)numerator, places);
        double got = number_quotient(numerator, (int128)number_power_of_ten(places));
        cr_assert_eq(got, strtod(text, NULL), "%s", text);
    }
}

Test(number, r1_quotient_ties_to_even) {
    int64_t odd = (INT64_C(1) << 53) + 1; /* half-way between two doubles */
    cr_expect_eq(number_quotient(odd, 1), 9007199254740992.0);
    cr_expect_eq(number_quotient(odd + 2, 1), 9007199254740996.0);
    cr_expect_eq(number_quotient((int128)odd * 1000 + 1, 1000), 9007199254740994.0);
}

Test(number, r3_text_that_is_a_number) {
    static const struct {
        const char *text, *shown;
    } facts[] = {
        {"0", "0"},         {"-0", "0"},  {"-0.00", "0"},       {"12", "12"},
        {"+12", "12"},      {"007", "7"}, {"1200", "1200"},     {"0.050", "0.05"},
        {".5", "0.5"},      {"5.", "5"},  {"-12.500", "-12.5"}, {"8e-3", "0.008"},
        {"1.5E+3", "1500"}, {"1e0", "1"}, {"1e-6", "0.000001"}, {"0e99999999999999999999", "0"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        Decimal decimal = number_test_read(facts[i].text);
        int128 scaled;
        bool rounded;
        cr_assert(number_scale(&decimal, 12, ROUND_HALF_EVEN, &scaled, &rounded));
        cr_expect_not(rounded);
        cr_expect_str_eq(number_test_text(scaled, 12), facts[i].shown, "%s", facts[i].text);
    }
}

Test(number, r3_text_that_is_none) {
    static const char *const texts[] = {"",    "-",     "+",     ".",    "-.",  "e5",    "1e",
                                        "1e+", "1.2.3", "1,2",   "0x10", "nan", "inf",   "1 ",
                                        " 1",  "--1",   "1e5.5", "1e5 ", "１",  "1_000", "1ee5"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        Decimal decimal;
        cr_expect_not(number_read(texts[i], strlen(texts[i]), true, true, &decimal), "%s",
                      texts[i]);
    }
    Decimal decimal;
    cr_expect_not(number_read("1e5", 3, false, true, &decimal), "no exponent here");
    cr_expect_not(number_read(".5", 2, true, false, &decimal), "a digit on both sides");
    cr_expect_not(number_read("5.", 2, true, false, &decimal), "a digit on both sides");
    cr_expect_not(number_read("1\0", 2, true, true, &decimal), "NUL is no digit");
}

Test(number, r3_text_of_any_length_is_exact) {
    /* 1.5 and a digit in the hundredth place: above the half */
    char text[128] = "1.5";
    memset(text + 3, '0', 100);
    memcpy(text + 103, "1", 2);
    Decimal decimal = number_test_read(text);
    int128 scaled;
    cr_expect(decimal.inexact);
    cr_expect(number_scale(&decimal, 0, ROUND_HALF_EVEN, &scaled, NULL) && scaled == 2);
    text[2] = '4';
    decimal = number_test_read(text);
    cr_expect(number_scale(&decimal, 0, ROUND_HALF_UP, &scaled, NULL) && scaled == 1);
    /* trailing zeros of any number lose nothing */
    memset(text, '0', 120);
    memcpy(text, "2.5", 3);
    decimal = number_test_read(text);
    cr_expect_not(decimal.inexact);
    cr_expect(number_scale(&decimal, 0, ROUND_HALF_EVEN, &scaled, NULL) && scaled == 2);
    /* 38 digits and one more */
    decimal = number_test_read("99999999999999999999999999999999999999.5");
    cr_expect(decimal.inexact);
    cr_expect_not(number_scale(&decimal, 0, ROUND_DOWN, &scaled, NULL));
    cr_expect(number_scale(&decimal, -20, ROUND_HALF_EVEN, &scaled, NULL));
    cr_expect_str_eq(number_test_text(scaled, 0), "1000000000000000000");
}

Test(number, scaling_knows_its_limits) {
    int128 scaled;
    bool rounded;
    Decimal decimal = number_test_read("1e37");
    cr_expect(number_scale(&decimal, 0, ROUND_DOWN, &scaled, NULL));
    cr_expect_not(number_scale(&decimal, 1, ROUND_DOWN, &scaled, NULL));
    decimal = number_test_read("1e999999999");
    cr_expect_not(number_scale(&decimal, 6, ROUND_DOWN, &scaled, NULL));
    decimal = number_test_read("1e-999999999");
    cr_expect(number_scale(&decimal, 6, ROUND_HALF_UP, &scaled, &rounded) && scaled == 0 &&
              rounded);
    cr_expect(number_scale(&decimal, 6, ROUND_UP, &scaled, NULL) && scaled == 1);
    decimal = number_test_read("-0.0000005");
    cr_expect(number_scale(&decimal, 6, ROUND_HALF_UP, &scaled, &rounded) && scaled == -1 &&
              rounded);
    cr_expect(number_scale(&decimal, 6, ROUND_HALF_EVEN, &scaled, NULL) && scaled == 0);
    decimal = number_test_read("9e-40");
    cr_expect(number_scale(&decimal, 1, ROUND_HALF_UP, &scaled, NULL) && scaled == 0);
}

Test(number, plain_decimal_text) {
    cr_expect_str_eq(number_test_text(2141174904, 6), "2141.174904");
    cr_expect_str_eq(number_test_text(-200000000, 6), "-200");
    cr_expect_str_eq(number_test_text(0, 6), "0");
    cr_expect_str_eq(number_test_text(-5, 6), "-0.000005");
    cr_expect_str_eq(number_test_text(50, 2), "0.5");
    cr_expect_str_eq(number_test_text(1, 38), "0.00000000000000000000000000000000000001");
    cr_expect_str_eq(number_test_text(-(int128)(~(uint128)0 >> 1) - 1, 0),
                     "-170141183460469231731687303715884105728");
    cr_expect_str_eq(number_test_text(-(int128)(~(uint128)0 >> 1) - 1, 38),
                     "-1.70141183460469231731687303715884105728");
}

/* The shortest of printf's forms that strtod reads back. */
static int number_test_shortest_length(double real) {
    char text[40];
    for (int digits = 1;; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, real);
        if (strtod(text, NULL) == real) {
            return digits;
        }
    }
}

static void number_test_check_shortest(double real) {
    Decimal decimal = number_shortest(real);
    char digits[48];
    char text[80];
    int length = (int)number_print((int128)decimal.digits, 0, digits);
    snprintf(text, sizeof text, "%s%se%d", decimal.negative ? "-" : "", digits, decimal.exponent);
    cr_assert_eq(strtod(text, NULL), real, "%a as %s", real, text);
    int shortest = number_test_shortest_length(real);
    cr_assert_leq(length, shortest, "%a as %s", real, text);
    if (length == shortest) { /* of the shortest, the nearest: the one that printf rounds to */
        char want[40];
        snprintf(want, sizeof want, "%.*e", length - 1, real);
        Decimal nearest = number_test_read(want);
        cr_assert(nearest.digits == decimal.digits && nearest.exponent == decimal.exponent, "%a",
                  real);
    }
    cr_assert_eq(number_real(&decimal), real, "%a", real);
}

Test(number, r2_shortest_form_of_any_double, .timeout = 120) {
    static const double facts[] = {0.1,
                                   0.3,
                                   2.5,
                                   5e-324,
                                   2.2250738585072014e-308,
                                   1e23,
                                   9.5,
                                   1e22,
                                   1.7976931348623157e308,
                                   4.35,
                                   0.1 + 0.2,
                                   123456789.1234565,
                                   9007199254740993.0,
                                   2.2250738585072009e-308,
                                   1e-5,
                                   99999999.999999,
                                   999999999.9999999,
                                   1e15,
                                   1e16,
                                   9.999999999999999e22};
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        number_test_check_shortest(facts[i]);
        number_test_check_shortest(-facts[i]);
    }
    for (int exponent = -1074; exponent < 1024; exponent++) {
        number_test_check_shortest(ldexp(1.0, exponent));
        number_test_check_shortest(
            nextafter(ldexp(1.0, exponent), 0) == 0 ? 1.0 : nextafter(ldexp(1.0, exponent), 0));
    }
    uint64_t seed = 2;
    for (int i = 0; i < 100000; i++) {
        uint64_t bits = number_test_random(&seed);
        double real;
        memcpy(&real, &bits, sizeof real);
        if (isfinite(real) && real != 0) {
            number_test_check_shortest(real);
        }
        number_test_check_shortest((double)(int64_t)(bits >> 20) / 1e6 + 1e-7);
        number_test_check_shortest((double)((int64_t)(bits >> 30) + 1) / 100);
    }
}

Test(number, reading_a_decimal_gives_the_nearest_double, .timeout = 120) {
    static const char *const facts[] = {
        "0.1",
        "4.9406564584124654e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.2250738585072011e-308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1e400",
        "1e-400",
        "-1e309",
        "9007199254740993",
        "9007199254740992.99999",
        "123456789012345678901234567890",
        "1e38",
        "1e-38",
        "1e-39",
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        Decimal decimal = number_test_read(facts[i]);
        cr_expect_eq(number_real(&decimal), strtod(facts[i], NULL), "%s", facts[i]);
    }
    uint64_t seed = 3;
    for (int i = 0; i < 100000; i++) {
        char text[64];
        snprintf(text, sizeof text, "%llu%llue%d", (unsigned long long)number_test_random(&seed),
                 (unsigned long long)(number_test_random(&seed) % 100000000000000000u),
                 (int)(number_test_random(&seed) % 700) - 370);
        Decimal decimal = number_test_read(text);
        cr_assert_eq(number_real(&decimal), strtod(text, NULL), "%s", text);
    }
}

Test(number, reals_as_sql_shows_them) {
    static const struct {
        double real;
        const char *text;
    } facts[] = {
        {0.0, "0.0"},
        {0.1, "0.1"},
        {8.0, "8.0"},
        {-12.5, "-12.5"},
        {1e300, "1e+300"},
        {1.5e-7, "1.5e-07"},
        {0.0001, "0.0001"},
        {1e15, "1e+15"},
        {1e14, "100000000000000.0"},
        {INFINITY, "Inf"},
        {-INFINITY, "-Inf"},
        {5e-324, "5e-324"},
        {-1.7976931348623157e308, "-1.7976931348623157e+308"},
        {0.3333333333333333, "0.3333333333333333"},
        {0.1 + 0.2, "0.30000000000000004"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        char out[33];
        cr_expect_eq(number_print_real(facts[i].real, out), strlen(facts[i].text));
        cr_expect_str_eq(out, facts[i].text);
    }
}

Test(number, values_of_every_type) {
    Decimal decimal;
    Value value = value_of_integer(INT64_MIN);
    cr_expect(number_of_value(&value, &decimal));
    cr_expect_eq(number_real(&decimal), -9223372036854775808.0);
    value = value_of_text("\t 1.50 \n", 8);
    cr_expect(number_of_value(&value, &decimal) && decimal.digits == 15 && decimal.exponent == -1);
    value = value_of_real(INFINITY);
    cr_expect_not(number_of_value(&value, &decimal));
    value = (Value){VALUE_BLOB, 2, {.bytes = "12"}};
    cr_expect_not(number_of_value(&value, &decimal));
    value = (Value){VALUE_NULL, 0, {.integer = 0}};
    cr_expect_not(number_of_value(&value, &decimal));
}

Test(number, r3_ratios_are_rounded_once) {
    Decimal numerators[2] = {number_test_read("1"), number_test_read("0.3")};
    Decimal denominators[2] = {number_test_read("0.0128"), number_test_read("0.8")};
    cr_expect_eq(number_ratio(numerators, 2, denominators, 1), 23.4375);
    cr_expect_eq(number_ratio(numerators, 2, denominators, 2), 29.296875);
    cr_expect_eq(number_ratio(numerators, 1, denominators, 1), 78.125);
    cr_expect_eq(number_ratio(numerators, 0, denominators, 0), 1.0);
    numerators[0] = number_test_read("-1e-400");
    cr_expect_eq(number_ratio(numerators, 2, numerators, 1), 0.3);
    cr_expect_eq(number_ratio(numerators, 2, denominators, 2), 0.0);
    denominators[0] = number_test_read("1e-800");
    cr_expect_eq(number_ratio(numerators, 2, denominators, 1), -HUGE_VAL);
    numerators[0] = number_test_read("0");
    cr_expect_not(signbit(number_ratio(numerators, 1, numerators + 1, 1)));
    uint64_t seed = 9;
    for (int i = 0; i < 100000; i++) {
        double values[4]; /* whole numbers whose products a long double holds */
        for (int k = 0; k < 4; k++) {
            uint64_t random = number_test_random(&seed);
            values[k] = (double)((random >> (35 + random % 20)) + 1);
            Decimal *decimal = k < 2 ? &numerators[k] : &denominators[k - 2];
            *decimal = number_shortest(values[k]);
        }
        int128 top = (int128)values[0] * (int128)values[1];
        int128 bottom = (int128)values[2] * (int128)values[3];
        cr_assert_eq(number_ratio(numerators, 2, denominators, 2), number_quotient(top, bottom));
    }
}
