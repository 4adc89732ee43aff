/* journey_test.c: who earned the order, and what inquiries led to (core/journey, kpis.md 4). */
#include <criterion/criterion.h>
#include <string.h>

#include "journey_rows.h"

#define ASK JOURNEY_ASK
#define CHAT JOURNEY_CHAT
#define ORDER JOURNEY_ORDER
#define PAY JOURNEY_PAY
#define REFUND JOURNEY_REFUND
#define CANCEL JOURNEY_CANCEL
#define N NO_AMOUNT
#define YUAN INT64_C(1000000)
#define DAY INT64_C(86400)

#define CREDITS(facts, rules, want) CHECK(facts_credits, facts, rules, want)
#define INQUIRIES(facts, rules, want) CHECK(facts_inquiries, facts, rules, want)
#define CHECK(rows, facts, rules, want)                                                            \
    do {                                                                                           \
        const char *got = rows(facts, sizeof(facts) / sizeof((facts)[0]), rules);                  \
        cr_expect_str_eq(got, want, "%s\n%s", rules, got);                                         \
    } while (0)

/* Three agents touch: ann at 100 and 500, bob at 300, cat at 400; the order is placed at 600 and paid
** at 1000, when bob has touched again (800). */
static const Fact three[] = {
    {"c", 50, ASK, "ann", N, N},
    {"c", 100, CHAT, "ann", N, N},
    {"c", 300, CHAT, "bob", N, N},
    {"c", 400, CHAT, "cat", N, N},
    {"c", 500, CHAT, "ann", N, N},
    {"c", 600, ORDER, "o", 99 * YUAN, 3},
    {"c", 800, CHAT, "bob", N, N},
    {"c", 1000, PAY, "o", 100 * YUAN, 2},
    {"c", 2000, REFUND, "o", 10 * YUAN, N},
};

Test(journey, one_order_under_every_model) {
    CREDITS(three, "", "o c ann 1000000 last/order 500 600 1000 100 10\n");
    CREDITS(three, "{\"model\":\"first\"}", "o c ann 1000000 first/order 100 600 1000 100 10\n");
    CREDITS(three, "{\"model\":\"linear\"}",
            "o c ann 333334 linear/order 500 600 1000 33.333400 3.333340\n"
            "o c bob 333333 linear/order 300 600 1000 33.333300 3.333330\n"
            "o c cat 333333 linear/order 400 600 1000 33.333300 3.333330\n");
    CREDITS(three, "{\"model\":\"position\"}",
            "o c ann 800000 position/order 500 600 1000 80 8\n"
            "o c bob 100000 position/order 300 600 1000 10 1\n"
            "o c cat 100000 position/order 400 600 1000 10 1\n");
    /* 2^0 : 2^-2 : 2^-1 */
    CREDITS(three, "{\"model\":\"decay\",\"half_life\":100}",
            "o c ann 571429 decay/order 500 600 1000 57.142900 5.714290\n"
            "o c bob 142857 decay/order 300 600 1000 14.285700 1.428570\n"
            "o c cat 285714 decay/order 400 600 1000 28.571400 2.857140\n");
}

Test(journey, one_order_under_every_anchor) {
    CREDITS(three, "{\"anchor\":\"pay\"}", "o c bob 1000000 last/pay 800 600 1000 100 10\n");
    CREDITS(three, "{\"anchor\":\"order_first\"}",
            "o c ann 1000000 last/order 500 600 1000 100 10\n");
    CREDITS(three, "{\"anchor\":\"order_first\",\"credit_window\":99.999}",
            "o c - 1000000 silent - 600 1000 100 10\n");
    CREDITS(three, "{\"anchor\":\"order_first\",\"credit_window\":200,\"model\":\"first\"}",
            "o c cat 1000000 first/order 400 600 1000 100 10\n");
    CREDITS(three, "{\"credit_window\":100}", "o c ann 1000000 last/order 500 600 1000 100 10\n");
    CREDITS(three, "{\"credit_window\":99}", "o c - 1000000 silent - 600 1000 100 10\n");
}

Test(journey, order_first_falls_back_to_the_payment) {
    static const Fact facts[] = {
        {"c", 100, ORDER, "o", N, N}, {"c", 200, CHAT, "ann", N, N}, {"c", 300, PAY, "o", YUAN, N}};
    CREDITS(facts, "", "o c - 1000000 silent - 100 300 1 0\n");
    CREDITS(facts, "{\"anchor\":\"order_first\"}", "o c ann 1000000 last/pay 200 100 300 1 0\n");
}

Test(journey, position_with_an_agent_at_each_end) {
    static const Fact two[] = {
        {"c", 1, CHAT, "ann", N, N}, {"c", 2, CHAT, "bob", N, N}, {"c", 3, ORDER, "o", YUAN, N}};
    CREDITS(two, "{\"model\":\"position\"}",
            "o c ann 500000 position/order 1 3 - 0.500000 0\n"
            "o c bob 500000 position/order 2 3 - 0.500000 0\n");
    static const Fact four[] = {{"c", 1, CHAT, "dan", N, N},
                                {"c", 2, CHAT, "cat", N, N},
                                {"c", 3, CHAT, "bob", N, N},
                                {"c", 4, CHAT, "ann", N, N},
                                {"c", 5, ORDER, "o", 3 * YUAN, N}};
    CREDITS(four, "{\"model\":\"position\"}",
            "o c dan 400000 position/order 1 5 - 1.200000 0\n"
            "o c cat 100000 position/order 2 5 - 0.300000 0\n"
            "o c bob 100000 position/order 3 5 - 0.300000 0\n"
            "o c ann 400000 position/order 4 5 - 1.200000 0\n");
}

Test(journey, equal_touches_go_by_agent) {
    static const Fact facts[] = {{"c", 1, CHAT, "bob", N, N},
                                 {"c", 1, CHAT, "ann", N, N},
                                 {"c", 1, CHAT, NULL, N, N},
                                 {"c", 1, ORDER, "o", YUAN, N}};
    CREDITS(facts, "", "o c bob 1000000 last/order 1 1 - 1 0\n");
    CREDITS(facts, "{\"model\":\"first\"}", "o c null 1000000 first/order 1 1 - 1 0\n");
    CREDITS(facts, "{\"model\":\"linear\"}",
            "o c null 333334 linear/order 1 1 - 0.333334 0\n"
            "o c ann 333333 linear/order 1 1 - 0.333333 0\n"
            "o c bob 333333 linear/order 1 1 - 0.333333 0\n");
}

Test(journey, a_share_of_no_millionth_has_no_row) {
    static const Fact facts[] = {{"c", 0, CHAT, "ann", N, N},
                                 {"c", 2200, CHAT, "bob", N, N},
                                 {"c", 2200, ORDER, "o", YUAN, N}};
    CREDITS(facts, "{\"model\":\"decay\",\"half_life\":100}",
            "o c bob 1000000 decay/order 2200 2200 - 1 0\n");
    CREDITS(facts, "{\"model\":\"decay\",\"half_life\":110}",
            "o c ann 1 decay/order 0 2200 - 0.000001 0\n"
            "o c bob 999999 decay/order 2200 2200 - 0.999999 0\n");
}

Test(journey, unpaid_cancelled_and_unknown) {
    static const Fact unpaid[] = {{"c", 1, ORDER, "o", 5 * YUAN, N}, {"c", 1, CHAT, "a", N, N}};
    CREDITS(unpaid, "", "o c a 1000000 last/order 1 1 - 5 0\n");
    CREDITS(unpaid, "{\"anchor\":\"pay\"}", "");
    CREDITS(unpaid, "{\"anchor\":\"order_first\"}", "o c a 1000000 last/order 1 1 - 5 0\n");
    static const Fact cancelled[] = {{"c", 1, CHAT, "a", N, N},
                                     {"c", 2, ORDER, "o", YUAN, 1},
                                     {"c", 3, PAY, "o", YUAN, 1},
                                     {"c", 4, CANCEL, "o", N, N},
                                     {"c", 5, REFUND, "o", YUAN, N}};
    CREDITS(cancelled, "", "o c a 1000000 last/order 1 2 - 0 1\n");
    CREDITS(cancelled, "{\"anchor\":\"pay\"}", "o c a 1000000 last/pay 1 2 - 0 1\n");
    static const Fact unknown[] = {{"c", 2, ORDER, "o", N, N}, {"c", 3, PAY, "o", N, N}};
    CREDITS(unknown, "", "o c - 1000000 silent - 2 3 - 0\n");
    static const Fact nothing[] = {{"c", 2, REFUND, "o", YUAN, N}, {"c", 3, CANCEL, "p", N, N}};
    CREDITS(nothing, "", "");
}

Test(journey, several_payments_and_orders_of_one_number) {
    static const Fact facts[] = {{"c", 5, PAY, "o", 3 * YUAN, N},
                                 {"c", 4, PAY, "o", N, 2},
                                 {"c", 9, PAY, "o", YUAN, 1},
                                 {"c", 7, ORDER, "o", 50 * YUAN, 9},
                                 {"c", 8, ORDER, "o", YUAN, 9}};
    CREDITS(facts, "", "o c - 1000000 silent - 7 4 4 0\n");
    static const Fact payment[] = {{"c", 5, PAY, "o", 3 * YUAN, N}, {"c", 5, CHAT, "a", N, N}};
    CREDITS(payment, "", "o c a 1000000 last/order 5 5 5 3 0\n");
}

Test(journey, a_negative_amount_splits_as_its_opposite) {
    static const Fact facts[] = {{"c", 1, CHAT, "a", N, N},
                                 {"c", 2, CHAT, "b", N, N},
                                 {"c", 3, CHAT, "d", N, N},
                                 {"c", 4, PAY, "o", -2, N}};
    CREDITS(facts, "{\"model\":\"linear\"}",
            "o c a 333334 linear/order 1 4 4 -0.000001 0\n"
            "o c b 333333 linear/order 2 4 4 -0.000001 0\n"
            "o c d 333333 linear/order 3 4 4 0 0\n");
}

Test(journey, the_same_number_of_two_customers_is_two_orders) {
    static const Fact facts[] = {{"c", 1, PAY, "o", YUAN, N}, {"d", 1, PAY, "o", YUAN, N}};
    const char *got = facts_credits(facts, 2, "");
    cr_assert(strstr(got, "o c - 1000000 silent - 1 1 1 0\n") != NULL, "%s", got);
    cr_assert(strstr(got, "o d - 1000000 silent - 1 1 1 0\n") != NULL, "%s", got);
}

/* ---- inquiries ---- */

Test(inquiry, one_row_for_each_agent_customer_and_day) {
    static const Fact facts[] = {
        {"c", 100, ASK, "ann", N, N},   {"c", 200, ASK, "ann", N, N},
        {"c", 300, ASK, "bob", N, N},   {"c", 86399, ASK, "ann", N, N},
        {"c", 86400, ASK, "ann", N, N},
    };
    INQUIRIES(facts, "", "ann c 100 - - - - -\nann c 86400 - - - - -\nbob c 300 - - - - -\n");
    INQUIRIES(facts, "{\"tz\":\"+09:00\"}",
              "ann c 100 - - - - -\nann c 86399 - - - - -\nbob c 300 - - - - -\n");
}

Test(inquiry, orders_up_to_the_final_day) {
    static const Fact facts[] = {{"c", 100, ASK, "ann", N, N},
                                 {"c", 99, ORDER, "before", N, N},
                                 {"c", 100, ORDER, "same", N, N},
                                 {"c", 5 * DAY - 1, ORDER, "last", N, N},
                                 {"c", 5 * DAY, ORDER, "late", N, N}};
    INQUIRIES(facts, "", "ann c 100 same 100 - - -\nann c 100 last 431999 - - -\n");
    INQUIRIES(facts, "{\"final_days\":5}",
              "ann c 100 same 100 - - -\nann c 100 last 431999 - - -\n"
              "ann c 100 late 432000 - - -\n");
}

Test(inquiry, an_order_before_makes_it_after_sales) {
    static const Fact facts[] = {{"c", 0, ORDER, "o", N, N}, {"c", 21 * DAY, ASK, "ann", N, N}};
    INQUIRIES(facts, "", "");
    INQUIRIES(facts, "{\"after_sales_days\":20}", "ann c 1814400 - - - - -\n");
    static const Fact same_day[] = {{"c", 0, ORDER, "o", N, N}, {"c", 1, ASK, "ann", N, N}};
    INQUIRIES(same_day, "{\"after_sales_days\":0}", "");
    static const Fact same_time[] = {{"c", 1, ORDER, "o", N, N}, {"c", 1, ASK, "ann", N, N}};
    INQUIRIES(same_time, "", "ann c 1 o 1 - - -\n");
}

Test(inquiry, money_is_said_once) {
    static const Fact facts[] = {
        {"c", 100, ASK, "ann", N, N},      {"c", 110, CHAT, "ann", N, N},
        {"c", DAY + 1, ASK, "ann", N, N},  {"c", DAY + 2, CHAT, "ann", N, N},
        {"c", DAY + 3, ASK, "bob", N, N},  {"c", DAY + 4, CHAT, "bob", N, N},
        {"c", DAY + 5, ASK, "cat", N, N},  {"c", DAY + 6, PAY, "o", 90 * YUAN, 3},
        {"c", DAY + 7, CHAT, "cat", N, N},
    };
    INQUIRIES(facts, "{\"model\":\"linear\"}",
              "ann c 100 o 86406 86406 - -\n"
              "ann c 86401 o 86406 86406 45 3\n"
              "bob c 86403 o 86406 86406 45 -\n"
              "cat c 86405 o 86406 86406 - -\n");
    INQUIRIES(facts, "",
              "ann c 100 o 86406 86406 - -\n"
              "ann c 86401 o 86406 86406 - -\n"
              "bob c 86403 o 86406 86406 90 3\n"
              "cat c 86405 o 86406 86406 - -\n");
}

Test(inquiry, quantity_stays_with_the_largest_share_even_if_nobody_asked_it) {
    static const Fact facts[] = {{"c", 1, ASK, "ann", N, N},
                                 {"c", 2, CHAT, "zoe", N, N},
                                 {"c", 3, CHAT, "ann", N, N},
                                 {"c", 4, CHAT, "zoe", N, N},
                                 {"c", 5, PAY, "o", 10 * YUAN, 7}};
    INQUIRIES(facts, "{\"model\":\"position\"}", "ann c 1 o 5 5 2 -\n");
    INQUIRIES(facts, "{\"model\":\"linear\"}", "ann c 1 o 5 5 5 -\n");
}

Test(inquiry, a_cancelled_order_was_ordered_and_not_paid) {
    static const Fact facts[] = {{"c", 1, ASK, "ann", N, N},
                                 {"c", 2, CHAT, "ann", N, N},
                                 {"c", 3, PAY, "o", YUAN, 7},
                                 {"c", 4, CANCEL, "o", N, N}};
    INQUIRIES(facts, "", "ann c 1 o 3 - - -\n");
}

Test(inquiry, unknown_amounts_leave_the_quantity) {
    static const Fact facts[] = {
        {"c", 1, ASK, "ann", N, N}, {"c", 2, CHAT, "ann", N, N}, {"c", 3, PAY, "o", N, 7}};
    INQUIRIES(facts, "", "ann c 1 o 3 3 - 7\n");
}

Test(inquiry, an_agent_without_a_name_asks_and_touches_too) {
    static const Fact facts[] = {{"c", 1, ASK, NULL, N, N},
                                 {"c", 2, CHAT, NULL, N, N},
                                 {"c", 3, PAY, "o", YUAN, 7},
                                 {"d", 1, ASK, NULL, N, N},
                                 {"d", 3, PAY, "p", YUAN, 7}};
    const char *got = facts_inquiries(facts, 5, "");
    cr_assert(strstr(got, "null c 1 o 3 3 1 7\n") != NULL, "%s", got);
    cr_assert(strstr(got, "null d 1 p 3 3 - -\n") != NULL, "%s", got); /* silent: nobody's share */
}
