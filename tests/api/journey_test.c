/* journey_test.c: journeys(), kefu_credits and kefu_inquiries through SQLite (functions.md 5, kpis.md 4). */
#include <stdlib.h>
#include <string.h>

#include "api.h"

/* Two questions, two agents, an order of 90 yuan that is paid an hour later. */
static sqlite3 *journey_open(void) {
    sqlite3 *db = api_open();
    api_exec(db, "CREATE TABLE event(customer, at, event, agent, order_id, amount, quantity);"
                 "INSERT INTO event VALUES"
                 "('c', '2026-11-01 10:00:00', 'ask', 'ann', NULL, NULL, NULL),"
                 "('c', '2026-11-01 10:01:00', 'chat', 'ann', NULL, NULL, NULL),"
                 "('c', '2026-11-01 10:02:00', 'ask', 'bob', NULL, '', ' '),"
                 "('c', '2026-11-01 10:03:00', 'chat', 'bob', '', NULL, NULL),"
                 "('c', '2026-11-01 11:00:00', 'order', '', 1001, 99.9, 2),"
                 "('c', '2026-11-01 12:00:00', 'pay', NULL, 1001.0, '90', 2)");
    return db;
}

#define EVENTS                                                                                     \
    "(SELECT journeys(customer, at, event, agent, order_id, amount, quantity) FROM event)"

Test(journey_api, a_credit_has_its_types) {
    sqlite3 *db = journey_open();
    expect_rows(db, "SELECT * FROM kefu_credits(" EVENTS ")",
                "1001|c|bob|1.0|last/order|1793498580.0|1793502000.0|1793505600.0|90.0|0.0");
    expect_rows(db, "SELECT * FROM kefu_credits(" EVENTS ", '{\"model\":\"linear\"}')",
                "1001|c|ann|0.5|linear/order|1793498460.0|1793502000.0|1793505600.0|45.0|0.0\n"
                "1001|c|bob|0.5|linear/order|1793498580.0|1793502000.0|1793505600.0|45.0|0.0");
    api_close(db);
}

Test(journey_api, an_inquiry_has_its_types) {
    sqlite3 *db = journey_open();
    expect_rows(db, "SELECT * FROM kefu_inquiries(" EVENTS ") ORDER BY agent",
                "ann|c|1793498400.0|1001|1793502000.0|1793505600.0|NULL|NULL\n"
                "bob|c|1793498520.0|1001|1793502000.0|1793505600.0|90.0|2");
    api_close(db);
}

Test(journey_api, inquiries_are_the_input_of_deal_stats) {
    sqlite3 *db = journey_open();
    expect_rows(
        db,
        "SELECT agent, conversion_rate(s), payers(s), sales_amount(s), sales_units(s) FROM ("
        "SELECT agent, deal_stats(customer, asked_at, ordered_at, paid_at, amount, quantity) s"
        " FROM kefu_inquiries(" EVENTS ") GROUP BY agent)",
        "ann|1.0|1|0.0|0\nbob|1.0|1|90.0|2");
    api_close(db);
}

/* One worked example of four lines that gives four different answers. */
Test(journey_api, four_rules_four_answers) {
    sqlite3 *db = api_open();
    api_exec(db,
             "CREATE TABLE event AS SELECT 'c' AS customer, column1 AS at, column2 AS event,"
             " column3 AS agent, column4 AS order_id FROM (VALUES"
             "(1000, 'chat', 'ann', NULL), (1100, 'chat', 'bob', NULL),"
             "(1200, 'order', NULL, 'o'), (1300, 'chat', 'cat', NULL), (1400, 'pay', NULL, 'o'))");
#define FOUR(rules)                                                                                \
    "SELECT agent FROM kefu_credits((SELECT journeys(customer, at, event, agent, order_id)"        \
    " FROM event), '" rules "')"
    expect_rows(db, FOUR("{}"), "bob");
    expect_rows(db, FOUR("{\"model\":\"first\"}"), "ann");
    expect_rows(db, FOUR("{\"anchor\":\"pay\"}"), "cat");
    expect_rows(db, FOUR("{\"credit_window\":60}"), "NULL");
    api_close(db);
}

Test(journey_api, names_come_back_with_their_types) {
    sqlite3 *db = api_open();
    expect_rows(
        db,
        "SELECT typeof(order_id), quote(order_id), typeof(customer), quote(customer),"
        " typeof(agent), quote(agent) FROM kefu_credits((SELECT journeys(customer, at, event,"
        " agent, order_id) FROM (SELECT 7.0 AS customer, 1 AS at, 'chat' AS event,"
        " x'' AS agent, NULL AS order_id UNION ALL SELECT 7, 2, 'pay', NULL, '007')))",
        "text|'007'|integer|7|blob|X''");
    expect_rows(
        db,
        "SELECT quote(order_id), quote(customer), quote(agent), rule FROM kefu_credits((SELECT"
        " journeys(customer, at, event, agent, order_id) FROM (SELECT x'00ff' AS customer,"
        " 1 AS at, 'chat' AS event, '' AS agent, NULL AS order_id"
        " UNION ALL SELECT x'00ff', 2, 'pay', NULL, 1.5)))",
        "1.5|X'00FF'|NULL|last/order");
    api_close(db);
}

Test(journey_api, rows_without_customer_time_or_event_are_skipped) {
    sqlite3 *db = api_open();
    expect_null(db, "SELECT journeys(NULL, 1, 'pay', 1, 2)");
    expect_null(db, "SELECT journeys(' ', 1, 'pay', 1, 2)");
    expect_null(db, "SELECT journeys(1, '', 'nonsense', 1, 2)");
    expect_null(db, "SELECT journeys(1, 1, NULL, 1, 2)");
    expect_null(db, "SELECT journeys(1, 1, '', 1, NULL, 'no amount')");
    expect_null(db, "SELECT journeys(1, 1, 'pay', 1, 2) WHERE 0");
    expect_rows(db, "SELECT * FROM kefu_credits(NULL)", "");
    expect_rows(db, "SELECT * FROM kefu_inquiries(NULL, 'nonsense')", "");
    api_close(db);
}

Test(journey_api, what_an_event_does_not_have_is_not_read) {
    sqlite3 *db = api_open();
    expect_same(db, "SELECT journeys(1, 1, 'chat', 'a', 'x', 'no amount', 'no quantity')",
                "SELECT journeys(1, 1, 'chat', 'a', NULL)");
    expect_same(db, "SELECT journeys(1, 1, 'cancel', 'x', 2, 'no amount', -1)",
                "SELECT journeys(1, 1, 'cancel', NULL, 2)");
    expect_same(db, "SELECT journeys(1, 1, 'refund', 'x', 2, 5, -1)",
                "SELECT journeys(1, 1, 'refund', NULL, 2, '5.00')");
    api_close(db);
}

Test(journey_api, errors_name_the_argument) {
    sqlite3 *db = api_open();
    expect_error(db, "SELECT journeys(1, 1, 'Pay', 1, 2)",
                 "journeys(): argument 3 (event): 'Pay' is no event; want one of 'ask', 'chat', "
                 "'order', 'pay', 'refund', 'cancel'");
    expect_error(db, "SELECT journeys(1, 1, 1, 1, 2)",
                 "journeys(): argument 3 (event): 1 is no event; want one of 'ask', 'chat', "
                 "'order', 'pay', 'refund', 'cancel'");
    expect_error(db, "SELECT journeys(1, 'soon', 'pay', 1, 2)",
                 "journeys(): argument 2 (at): 'soon' is no time; want Unix seconds or "
                 "'YYYY-MM-DD HH:MM:SS'");
    expect_error(
        db, "SELECT journeys(1, 1, 'refund', 1, NULL)",
        "journeys(): argument 5 (order_id): NULL is no order; want the order's id with the "
        "event 'refund'");
    expect_error(db, "SELECT journeys(1, 1, 'pay', 1, 2, 'abc')",
                 "journeys(): argument 6 (amount): 'abc' is not an amount; want INTEGER, REAL or "
                 "decimal TEXT");
    expect_error(
        db, "SELECT journeys(1, 1, 'pay', 1, 2, 3, 0.5)",
        "journeys(): argument 7 (quantity): 0.5 is no number of items; want a whole number "
        "from 0 to 10^12");
    expect_error(db, "SELECT journeys(1, 1, 'pay', 1, 2, 3, -1)",
                 "journeys(): argument 7 (quantity): -1 is no number of items; want a whole number "
                 "from 0 to 10^12");
    expect_error_has(db, "SELECT journeys(1, 1, 'pay', 1, 2, 3, 4, 'taobo')",
                     "journeys(): argument 8 (rules): 'taobo' is no rule book (did you mean "
                     "\"taobao\"?)");
    expect_error_has(db, "SELECT journeys(1, 1, 'pay', 2)", "wrong number of arguments");
    api_close(db);
}

Test(journey_api, errors_of_the_tables) {
    sqlite3 *db = api_open();
#define ONE "(SELECT journeys(1, 1, 'pay', 1, 2, 3, 4))"
    expect_error(db, "SELECT * FROM kefu_credits((SELECT chat_stats(1, 0, 1)))",
                 "kefu_credits(): argument 1 (journeys): these are chat stats; want the result of "
                 "journeys()");
    expect_error_has(db, "SELECT * FROM kefu_inquiries('text')",
                     "kefu_inquiries(): argument 1 (journeys): 'text' is no stats");
    expect_error(
        db, "SELECT * FROM kefu_credits(" ONE ", '{\"tz\":\"UTC\"}')",
        "kefu_credits(): argument 2 (rules): rules.tz: +00:00 is another zone than the one "
        "that local days were made with; want +08:00 or no tz");
    expect_error(db, "SELECT * FROM kefu_credits(" ONE ", 5)",
                 "kefu_credits(): argument 2 (rules): 5 is no rules; want a rule book's name or a "
                 "JSON object");
    expect_rows(db, "SELECT count(*) FROM kefu_credits(" ONE ", '{\"tz\":\"+08:00\"}')", "1");
    expect_rows(db, "SELECT count(*) FROM kefu_credits(" ONE ", 'zendesk')", "1");
    expect_rows(db, "SELECT count(*) FROM kefu_credits(" ONE ", NULL)", "1");
    expect_error_has(db, "SELECT * FROM kefu_credits", "kefu_credits(): argument 1 (journeys)");
    api_close(db);
}

Test(journey_api, sums_beyond_64_bits_are_an_error) {
    sqlite3 *db = api_open();
    expect_error(
        db,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)"
        " SELECT sum(amount) FROM kefu_credits((SELECT journeys(1, i, 'pay', 1, 'o', 1e12)"
        " FROM n))",
        "kefu_credits(): argument 1 (journeys): the amounts or quantities of order 'o' add up "
        "beyond 64 bits; want less than 9.2 × 10^12");
    api_close(db);
}

Test(journey_api, merged_journeys_are_those_of_all_rows) {
    sqlite3 *db = journey_open();
    expect_same(db,
                "SELECT kefu_merge(j) FROM (SELECT journeys(customer, at, event, agent, order_id,"
                " amount, quantity) AS j FROM event GROUP BY rowid UNION ALL SELECT NULL)",
                "SELECT " EVENTS);
    expect_error(
        db,
        "SELECT kefu_merge(j) FROM (SELECT " EVENTS " AS j UNION ALL SELECT"
        " journeys(1, 1, 'pay', 1, 2, 3, 4, '{\"model\":\"decay\"}'))",
        "kefu_merge(): argument 1 (stats): cannot merge stats of different rules: model: last "
        "and decay");
    expect_error(db,
                 "SELECT kefu_merge(j) FROM (SELECT " EVENTS " AS j UNION ALL SELECT"
                 " chat_stats(1, 0, 1))",
                 "kefu_merge(): argument 1 (stats): cannot merge journeys with chat stats");
    api_close(db);
}

Test(journey_api, windows_are_what_the_plain_aggregate_is) {
    sqlite3 *db = journey_open();
    expect_rows(
        db,
        "SELECT count(*) FROM (SELECT rowid AS id, journeys(customer, at, event, agent,"
        " order_id, amount, quantity) OVER (ORDER BY rowid ROWS 2 PRECEDING) AS j FROM event)"
        " AS w WHERE j IS NOT (SELECT journeys(customer, at, event, agent, order_id, amount,"
        " quantity) FROM event AS e WHERE e.rowid BETWEEN w.id - 2 AND w.id)",
        "0");
    expect_rows(db,
                "SELECT count(*) FROM (SELECT journeys(customer, at, event, agent, order_id) OVER"
                " (ORDER BY rowid ROWS BETWEEN 8 FOLLOWING AND 9 FOLLOWING) AS j FROM event)"
                " WHERE j IS NOT NULL",
                "0");
    api_close(db);
}

Test(journey_api, kefu_info_tells_what_is_inside) {
    sqlite3 *db = journey_open();
    expect_text(db, "SELECT replace(kefu_info(j), length(j), 'N') FROM (SELECT " EVENTS " AS j)",
                "{\"kind\":\"journeys\",\"version\":2,\"rules\":{\"tz\":\"+08:00\"},\"rows\":6,"
                "\"first\":1793498400,\"last\":1793505600,\"bytes\":N}");
    expect_error_has(db, "SELECT payers(" EVENTS ")", "these are journeys; want deal stats");
    api_close(db);
}

/* Stored journeys are read for ever: no agents; one customer 'c' with one order 'o' and one event, at
** 1500 ms, pay + amount + quantity, of order 0, 2 000 000 millionths, 3 items. */
#define JOURNEY_BYTES(version, checksum)                                                           \
    "6B65667504" version "0000" /* magic, kind, version, flags */                                  \
    "1300000000000000"          /* payload bytes */                                                \
    "0F7B22747A223A222B30383A3030227D"                                                             \
    "00"                                                                                           \
    "01030163"                                                                                     \
    "0103016F"                                                                                     \
    "01B8171B008092F40103" checksum

Test(journey_api, bytes_of_versions_1_and_2) {
    sqlite3 *db = api_open();
    expect_hex(db, "SELECT journeys('c', 1.5, 'pay', NULL, 'o', 2, 3)",
               JOURNEY_BYTES("02", "40EDD68E"));
    expect_hex(db, "SELECT kefu_merge(x'" JOURNEY_BYTES("01", "724FE64E") "')",
               JOURNEY_BYTES("02", "40EDD68E"));
    expect_rows(db,
                "SELECT order_id, amount FROM kefu_credits(x'" JOURNEY_BYTES("01", "724FE64E") "')",
                "o|2.0");
    api_close(db);
}
