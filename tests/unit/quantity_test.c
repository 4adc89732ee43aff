/* quantity_test.c: numbers of items (core/money/quantity.h). */
#include "core/money/quantity.h"

#include <criterion/criterion.h>
#include <string.h>

static int64_t read(Value value) {
    int64_t quantity = -1;
    Message why;
    Status status = quantity_read(&value, &quantity, &why);
    return status == STATUS_OK ? quantity : -1;
}

static int64_t read_text(const char *text) { return read(value_of_text(text, strlen(text))); }

Test(quantity, whole_numbers_of_any_type) {
    cr_assert_eq(read(value_of_integer(0)), 0);
    cr_assert_eq(read(value_of_integer(1000000000000)), 1000000000000);
    cr_assert_eq(read(value_of_real(2.0)), 2);
    cr_assert_eq(read_text("3"), 3);
    cr_assert_eq(read_text("3.00"), 3);
    cr_assert_eq(read_text(" 3 "), 3);
}

Test(quantity, anything_else_is_refused) {
    cr_assert_eq(read(value_of_integer(-1)), -1);
    cr_assert_eq(read(value_of_integer(1000000000001)), -1);
    cr_assert_eq(read(value_of_real(0.5)), -1);
    cr_assert_eq(read(value_of_real(1e300)), -1);
    cr_assert_eq(read_text("3 items"), -1);
    cr_assert_eq(read_text("0.0000000001"), -1);
    Message why;
    int64_t quantity;
    Value value = value_of_real(2.5);
    cr_assert_eq(quantity_read(&value, &quantity, &why), STATUS_REFUSED);
    cr_assert_str_eq(why.text, "2.5 is no number of items; want a whole number from 0 to 10^12");
}
