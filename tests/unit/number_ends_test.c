/* number_ends_test.c: the ends of what numbers, JSON, messages and memory can hold (core/base,
** core/money): each fact is worked out by hand. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "core/base/json.h"
#include "core/base/number.h"
#include "core/journey/arrays.h"
#include "core/money/quantity.h"
#include "core/time/clock.h"
#include "host.h"

static Decimal ends_read(const char *text) {
    Decimal decimal;
    cr_assert(number_read(text, strlen(text), true, true, &decimal), "%s", text);
    return decimal;
}

/* The decimal × 10^places, rounded; -1 where it does not fit. */
static int64_t ends_scale(const char *text, int32_t places, Rounding rounding, bool *rounded) {
    Decimal decimal = ends_read(text);
    int128 out;
    return number_scale(&decimal, places, rounding, &out, rounded) ? (int64_t)out : -1;
}

/* ---- number ---- */

/* 1 and what is cut off behind the 38th digit: more than 1, however little. */
Test(number_ends, what_was_cut_off_still_rounds) {
    static const char above_one[] = "1.00000000000000000000000000000000000000000001";
    static const char above_half[] = "1.50000000000000000000000000000000000000000001";
    bool rounded = false;
    cr_expect_eq(ends_scale(above_one, 6, ROUND_DOWN, &rounded), 1000000);
    cr_expect(rounded);
    cr_expect_eq(ends_scale(above_one, 6, ROUND_UP, &rounded), 1000001);
    cr_expect_eq(ends_scale(above_one, 0, ROUND_HALF_EVEN, &rounded), 1);
    cr_expect_eq(
        ends_scale("2.50000000000000000000000000000000000000000001", 0, ROUND_HALF_EVEN, &rounded),
        3);
    cr_expect_eq(ends_scale(above_half, 0, ROUND_HALF_UP, &rounded), 2);
    cr_expect_eq(
        ends_scale("0.49999999999999999999999999999999999999999999", 0, ROUND_HALF_UP, &rounded),
        0);
}

Test(number_ends, digits_38_are_exact_and_39_are_not) {
    Decimal exact = ends_read("12345678901234567890123456789012345678");
    cr_expect_not(exact.inexact);
    cr_expect_eq(exact.exponent, 0);
    cr_expect(exact.digits == (uint128)UINT64_C(1234567890123456789) * number_power_of_ten(19) +
                                  UINT64_C(123456789012345678));
    Decimal cut = ends_read("100000000000000000000000000000000000009"); /* 39 digits */
    cr_expect(cut.inexact);
    cr_expect(cut.digits == number_power_of_ten(37));
    cr_expect_eq(cut.exponent, 1);
    Decimal zeros = ends_read("100000000000000000000000000000000000000"); /* 10^38 */
    cr_expect_not(zeros.inexact);
    cr_expect(zeros.digits == 1);
    cr_expect_eq(zeros.exponent, 38);
}

/* 2^100 is a double, so 2^100 / 3 rounds once; and (2^100 + 1) / 3 is the same double. */
Test(number_ends, quotients_of_more_than_64_bits) {
    int128 large = (int128)1 << 100;
    cr_expect_eq(number_quotient(large, 3), ldexp(1.0, 100) / 3.0);
    cr_expect_eq(number_quotient(large + 1, 3), ldexp(1.0, 100) / 3.0);
    cr_expect_eq(number_quotient(-large, 1), -ldexp(1.0, 100));
    /* 2^53 + 1 and a bit: above the middle of two doubles */
    cr_expect_eq(number_quotient(((int128)1 << 120) + ((int128)1 << 67) + 1, (int128)1 << 67),
                 9007199254740994.0);
}

/* 10^23 lies in the middle of two doubles; the lower one, which is even, is what reads as it. */
Test(number_ends, the_middle_of_two_doubles_belongs_to_the_even_one) {
    Decimal shortest = number_shortest(1e23);
    cr_expect(shortest.digits == 1);
    cr_expect_eq(shortest.exponent, 23);
    shortest = number_shortest(nextafter(1e23, HUGE_VAL)); /* odd: not 1e23 */
    cr_expect(shortest.digits == UINT64_C(10000000000000001));
    cr_expect_eq(shortest.exponent, 7);
    cr_expect(number_shortest(9007199254740992.0).digits == UINT64_C(9007199254740992));
}

Test(number_ends, beyond_all_doubles) {
    Decimal huge = ends_read("1e430");
    Decimal tiny = ends_read("-1e-430");
    cr_expect_eq(number_real(&huge), HUGE_VAL);
    cr_expect_eq(number_real(&tiny), 0.0);
    cr_expect(signbit(number_real(&tiny)));
}

Test(number_ends, blank_text_is_no_number) {
    Decimal decimal;
    Value blank = value_of_text(" \t\n\v\f\r", 6);
    Value number = value_of_text("\r\n7 \r", 5);
    cr_expect(value_is_missing(&blank));
    cr_expect_not(number_of_value(&blank, &decimal));
    cr_expect(number_of_value(&number, &decimal));
    cr_expect(decimal.digits == 7);
}

/* A fraction too fine for 38 digits is a fraction. */
Test(quantity_ends, fractions_of_any_size_are_refused) {
    static const char *const texts[] = {"3.000000000000000000000000000000000000000000001", "3.5",
                                        "1000000000001", "1000000000000.5",
                                        "100000000000000000000000000000000000000000001"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        Value value = value_of_text(texts[i], strlen(texts[i]));
        int64_t quantity;
        Message why;
        cr_expect_eq(quantity_read(&value, &quantity, &why), STATUS_REFUSED, "%s", texts[i]);
    }
}

/* ---- times ---- */

Test(clock_ends, text_of_no_bytes_is_no_time) {
    Value value = value_of_text("", 0);
    Zone zone = {NULL, 0};
    int64_t instant_ms;
    Message why;
    cr_assert_eq(clock_read(&value, &zone, &instant_ms, &why), STATUS_REFUSED);
    cr_expect_str_eq(why.text, "'' is no time; want Unix seconds or 'YYYY-MM-DD HH:MM:SS'");
}

/* Beyond -253402300799 numbers are milliseconds, with a fraction too: halves to even. */
Test(clock_ends, the_earliest_second_and_the_first_millisecond) {
    static const struct {
        double real;
        int64_t instant_ms;
    } facts[] = {
        {-253402300799.5, -253402300800},
        {-253402300801.5, -253402300802},
        {253402300799.5, 253402300800},
        {-62167219199.5, -62167219199500},
    };
    Zone zone = {NULL, 0};
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        Value value = value_of_real(facts[i].real);
        int64_t instant_ms;
        Message why;
        cr_assert_eq(clock_read(&value, &zone, &instant_ms, &why), STATUS_OK, "%s", why.text);
        cr_expect_eq(instant_ms, facts[i].instant_ms, "%f", facts[i].real);
    }
}

/* ---- JSON and messages ---- */

Test(json_ends, the_last_surrogate_and_what_follows_it) {
    Json json;
    Message why;
    static const char text[] = "\"\\ud7ff\\ue000\\udbff\\udfff\"";
    cr_assert_eq(json_parse(&test_host, text, strlen(text), 8, "t", &json, &why), STATUS_OK);
    cr_expect_eq(json.nodes[0].length, 10);
    cr_expect_eq(memcmp(json.nodes[0].text, "\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf", 10), 0);
    json_close(&json);
    static const char *const lone[] = {"\"\\ud800\\ue000\"", "\"\\ud800\\udbff\"",
                                       "\"\\udc00\\udc00\""};
    for (size_t i = 0; i < 3; i++) {
        cr_assert_eq(json_parse(&test_host, lone[i], strlen(lone[i]), 8, "t", &json, &why),
                     STATUS_REFUSED);
        cr_expect_str_eq(why.text, "t: invalid JSON at byte 1");
    }
}

/* Not a byte of it is read. */
Test(json_ends, a_text_of_2_gib_is_too_long) {
    Json json;
    Message why;
    cr_assert_eq(json_parse(&test_host, "1", (size_t)INT32_MAX + 1, 8, "t", &json, &why),
                 STATUS_REFUSED);
    cr_expect_str_eq(why.text, "t: JSON longer than 2147483647");
}

Test(message_ends, names_of_more_than_64_bytes_are_no_suggestion) {
    static const char name64[] = "1234567890123456789012345678901234567890123456789012345678901234";
    static const char name65[] =
        "12345678901234567890123456789012345678901234567890123456789012345";
    const char *const names[] = {name65, name64};
    cr_expect_eq(message_closest(name65, 65, names, 1), NULL);
    cr_expect_eq(message_closest(name65, 65, names, 2), name64);
}

/* ---- memory ---- */

Test(memory_ends, sizes_beyond_64_bits_fail) {
    uint64_t capacity = 0;
    test_heap.countdown = 0; /* whoever asks the host gets NULL as well: nobody does */
    cr_expect_eq(host_allocate(&test_host, UINT64_MAX / 2, 3), NULL);
    cr_expect_eq(array_room(&test_host, NULL, &capacity, UINT64_MAX / 8, 16), NULL);
    cr_expect_eq(capacity, 0);
    test_heap.countdown = -1;
    void *nothing = host_allocate(&test_host, UINT64_MAX, 0);
    cr_expect_neq(nothing, NULL);
    test_host.release(nothing);
    Buffer buffer;
    buffer_open(&buffer, &test_host);
    cr_expect_neq(buffer_reserve(&buffer, 0), NULL);
    buffer_close(&buffer);
    cr_expect_eq(test_heap.blocks, 0);
}
