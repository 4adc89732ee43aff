/* quantity.c: see quantity.h. */
#include "core/money/quantity.h"

#include "core/base/number.h"

Status quantity_read(const Value *value, int64_t *quantity, Message *why) {
    Decimal decimal;
    int128 whole;
    bool rounded = true;
    if (value->type == VALUE_INTEGER && value->as.integer >= 0 &&
        value->as.integer <= QUANTITY_MOST) { /* the usual one, once a row */
        *quantity = value->as.integer;
        return STATUS_OK;
    }
    if (!number_of_value(value, &decimal) ||
        !number_scale(&decimal, 0, ROUND_DOWN, &whole, &rounded) || rounded || whole < 0 ||
        whole > QUANTITY_MOST) {
        return message_refuse(why, value,
                              " is no number of items; want a whole number from 0 to 10^12");
    }
    *quantity = (int64_t)whole;
    return STATUS_OK;
}
