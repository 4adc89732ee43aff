/* money_test.c: amounts of every type, their limits, and splits that add up. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "core/money/money.h"
#include "host.h"

static uint64_t money_test_random(uint64_t *state) { /* splitmix64 */
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int64_t money_test_read(Value value) {
    int64_t amount_micros = INT64_MIN;
    Message why;
    cr_assert_eq(money_read(&value, &amount_micros, &why), STATUS_OK, "%s", why.text);
    return amount_micros;
}

static Value money_test_text(const char *text) { return value_of_text(text, strlen(text)); }

Test(money, r1_every_type_gives_the_same_amount) {
    cr_expect_eq(money_test_read(value_of_integer(12)), 12000000);
    cr_expect_eq(money_test_read(value_of_real(12.0)), 12000000);
    cr_expect_eq(money_test_read(money_test_text("12")), 12000000);
    cr_expect_eq(money_test_read(money_test_text(" 12.00 ")), 12000000);
    cr_expect_eq(money_test_read(money_test_text("1.2e1")), 12000000);
    cr_expect_eq(money_test_read(value_of_real(0.1 + 0.2)), 300000);
    cr_expect_eq(money_test_read(value_of_real(-86540.5)), -86540500000);
    cr_expect_eq(money_test_read(money_test_text("-86540.50")), -86540500000);
    cr_expect_eq(money_test_read(value_of_real(-0.0)), 0);
    cr_expect_eq(money_test_read(value_of_real(5e-324)), 0);
}

Test(money, r2_a_seventh_decimal_is_rounded_half_to_even) {
    cr_expect_eq(money_test_read(money_test_text("0.0000005")), 0);
    cr_expect_eq(money_test_read(money_test_text("0.0000015")), 2);
    cr_expect_eq(money_test_read(money_test_text("-0.0000025")), -2);
    cr_expect_eq(money_test_read(money_test_text("0.00000250000000000000000000000000000000000001")),
                 3);
    cr_expect_eq(money_test_read(value_of_real(0.0000005)), 0);
    cr_expect_eq(money_test_read(value_of_real(0.0000015)), 2);
    cr_expect_eq(money_test_read(value_of_real(1234567.0000005)), 1234567000000);
    cr_expect_eq(money_test_read(value_of_real(1234567.0000015)), 1234567000002);
}

Test(money, r2_a_real_is_its_shortest_decimal_form) {
    /* the quick way and the exact one agree, near halves above all */
    uint64_t seed = 1;
    for (int i = 0; i < 300000; i++) {
        uint64_t random = money_test_random(&seed);
        double real = (double)(int64_t)(random >> (8 + random % 30)) / 2e6;
        real = i % 2 == 0 ? real : -nextafter(real, i % 4 < 2 ? 0 : INFINITY);
        Decimal decimal = number_shortest(real);
        int128 want;
        cr_assert(number_scale(&decimal, 6, ROUND_HALF_EVEN, &want, NULL));
        if (want <= MONEY_LIMIT_MICROS && want >= -MONEY_LIMIT_MICROS) {
            cr_assert_eq(money_test_read(value_of_real(real)), (int64_t)want, "%.17g", real);
        }
    }
}

Test(money, r2_limits) {
    cr_expect_eq(money_test_read(value_of_integer(1000000000000)), MONEY_LIMIT_MICROS);
    cr_expect_eq(money_test_read(value_of_real(-1e12)), -MONEY_LIMIT_MICROS);
    cr_expect_eq(money_test_read(money_test_text("1000000000000.000000")), MONEY_LIMIT_MICROS);
    const struct {
        Value value;
        const char *why;
    } facts[] = {
        {value_of_integer(1000000000001), "1000000000001 is beyond 10^12"},
        {value_of_integer(INT64_MIN), "-9223372036854775808 is beyond 10^12"},
        {value_of_real(1e300), "1e+300 is beyond 10^12"},
        {value_of_real(-INFINITY), "-Inf is beyond 10^12"},
        {value_of_real(1000000000000.001), "1000000000000.001 is beyond 10^12"},
        {money_test_text("1e13"), "'1e13' is beyond 10^12"},
        {money_test_text("1e999999999999"), "'1e999999999999' is beyond 10^12"},
        {money_test_text("abc"), "'abc' is not an amount; want INTEGER, REAL or decimal TEXT"},
        {money_test_text("3,000"), "'3,000' is not an amount; want INTEGER, REAL or decimal TEXT"},
        {money_test_text("0x10"), "'0x10' is not an amount; want INTEGER, REAL or decimal TEXT"},
        {{VALUE_BLOB, 2, {.bytes = "12"}},
         "x'3132' is not an amount; want INTEGER, REAL or decimal TEXT"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        int64_t amount_micros;
        Message why;
        cr_assert_eq(money_read(&facts[i].value, &amount_micros, &why), STATUS_REFUSED);
        cr_expect_str_eq(why.text, facts[i].why);
    }
}

Test(money, sums_become_the_nearest_real) {
    cr_expect_eq(money_real(300000), 0.3);
    cr_expect_eq(money_real(-1), -0.000001);
    cr_expect_eq(money_real((int128)INT64_MAX * 1000000), 9223372036854775807.0);
}

Test(money, splits_give_the_largest_remainders_first) {
    static const struct {
        int64_t amount, weights[4], parts[4];
    } facts[] = {
        {100, {1, 1, 1, 0}, {34, 33, 33, 0}},
        {-100, {1, 1, 1, 0}, {-34, -33, -33, 0}},
        {101, {1, 1, 1, 0}, {34, 34, 33, 0}},
        {10, {1, 2, 4, 0}, {1, 3, 6, 0}},
        {1, {1, 1, 1, 1}, {1, 0, 0, 0}},
        {3, {0, 5, 0, 5}, {0, 2, 0, 1}},
        {0, {1, 2, 3, 4}, {0, 0, 0, 0}},
        {7, {400000, 400000, 200000, 0}, {3, 3, 1, 0}},
        {INT64_MIN, {0, 7, 0, 0}, {0, INT64_MIN, 0, 0}},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        int64_t parts[4];
        cr_assert_eq(money_split(&test_host, facts[i].amount, facts[i].weights, 4, parts),
                     STATUS_OK);
        cr_expect_arr_eq(parts, facts[i].parts, sizeof parts, "fact %zu", i);
    }
    cr_expect_eq(test_heap.blocks, 0);
}

Test(money, splits_add_up_and_stay_within_a_unit) {
    uint64_t seed = 5;
    for (int round = 0; round < 20000; round++) {
        int64_t weights[12];
        int64_t parts[12];
        size_t count = 1 + money_test_random(&seed) % 12;
        int64_t sum = 0;
        for (size_t i = 0; i < count; i++) {
            weights[i] = (int64_t)(money_test_random(&seed) >> (8 + money_test_random(&seed) % 56));
            sum += weights[i];
        }
        if (sum == 0) {
            continue;
        }
        int64_t amount = (int64_t)money_test_random(&seed) >> (money_test_random(&seed) % 64);
        cr_assert_eq(money_split(&test_host, amount, weights, count, parts), STATUS_OK);
        int128 total = 0;
        for (size_t i = 0; i < count; i++) {
            int128 off = (int128)parts[i] * sum - (int128)amount * weights[i];
            cr_assert(off < sum && off > -(int128)sum);
            total += parts[i];
        }
        cr_assert(total == amount);
    }
}

Test(money, a_split_reports_a_failed_allocation) {
    int64_t weights[2] = {1, 1};
    int64_t parts[2];
    test_heap.countdown = 0;
    cr_expect_eq(money_split(&test_host, 3, weights, 2, parts), STATUS_NO_MEMORY);
}
