/* facts_rules_test.c: which rules are the same, and which are none (functions.md 2, rules.md). */
#include "api.h"

static sqlite3 *db;

static void facts_open(void) { db = api_open(); }
static void facts_close(void) { api_close(db); }

TestSuite(rules, .init = facts_open, .fini = facts_close);

#define RULES(rules) "SELECT hex(chat_stats('a', 0, 1, " rules "))"

Test(rules, no_rules_empty_rules_and_chitu_are_one) {
    expect_same(db, "SELECT hex(chat_stats('a', 0, 1))", RULES("'{}'"));
    expect_same(db, "SELECT hex(chat_stats('a', 0, 1))", RULES("'chitu'"));
    expect_same(db, "SELECT hex(chat_stats('a', 0, 1))", RULES("'{\"book\":\"chitu\"}'"));
    expect_same(db, "SELECT hex(chat_stats('a', 0, 1))", RULES("'{\"burst\":\"first\"}'"));
    expect_same(db, "SELECT hex(chat_stats('a', 0, 1))",
                RULES("'{\"cap\":null, \"slow\": 120.0}'"));
    expect_same(db, "SELECT hex(deal_stats('a', 0, 1, 1))",
                "SELECT hex(kefu_merge(s)) FROM (SELECT deal_stats('a', 0, 1, 1) AS s)");
    expect_same(db, "SELECT conversion_rate('a', 1, '{}')",
                "SELECT conversion_rate('a', 1, 'chitu')");
}

Test(rules, a_book_is_its_options) {
    static const char *const books[][2] = {
        {"chitu", "{}"},
        {"taobao",
         "{\"stop\":\"assist\",\"cap\":600,\"unanswered\":\"cap\",\"window\":\"08:00-23:00\","
         "\"within_unit\":\"turn\"}"},
        {"jd", "{\"session\":600,\"window\":\"09:00-23:00\",\"within_unit\":\"first\"}"},
        {"pdd", "{\"window\":\"08:00-23:00\"}"},
        {"kuaishou", "{\"window\":\"08:00-23:00\"}"},
        {"douyin", "{\"session\":600,\"window\":\"08:00-23:00\"}"},
        {"zendesk", "{\"tz\":\"UTC\",\"session\":\"all\",\"within_unit\":\"first\"}"},
        {"chatwoot",
         "{\"tz\":\"UTC\",\"session\":\"all\",\"bot_clears\":true,\"within_unit\":\"turn\"}"},
        {"simla", "{\"session\":\"all\",\"burst\":\"last\",\"within_unit\":\"turn\"}"},
    };
    for (size_t i = 0; i < sizeof books / sizeof *books; i++) {
        expect_same(db, api_sql(RULES("%Q"), books[i][0]), api_sql(RULES("%Q"), books[i][1]));
        expect_same(db, api_sql(RULES("'{\"book\":\"%s\"}'"), books[i][0]),
                    api_sql(RULES("%Q"), books[i][1]));
    }
    expect_same(db, RULES("'{\"tz\":\"+09:00\",\"book\":\"jd\"}'"),
                RULES("'{\"session\":600,\"window\":\"09:00-23:00\",\"within_unit\":\"first\","
                      "\"tz\":\"+09:00\"}'"));
    expect_same(db, RULES("'{\"book\":\"jd\",\"session\":\"day\"}'"),
                RULES("'{\"window\":\"09:00-23:00\",\"within_unit\":\"first\"}'"));
}

Test(rules, an_option_of_another_family_is_accepted) {
    expect_int(
        db,
        "SELECT consulting('a', 0, 1, '{\"final_days\":7,\"score_max\":10,\"model\":\"first\"}')",
        1);
    expect_real(db, "SELECT conversion_rate('a', 1, '{\"burst\":\"last\"}')", 1.0);
    expect_int(db, "SELECT contacts(rating_stats('a', 1, 1, 5, '{\"as_of\":5}'))", 1);
}

Test(rules, rules_must_be_the_same_text_for_all_rows) {
    expect_error_has(
        db, "WITH r(x) AS (VALUES ('{}'),('{\"cap\":5}')) SELECT chat_stats('a', 0, 1, x) FROM r",
        "chat_stats(): argument 4 (rules): ");
    expect_error_has(
        db, "WITH r(x) AS (VALUES ('{}'),('chitu')) SELECT chat_stats('a', 0, 1, x) FROM r",
        "chat_stats(): argument 4 (rules): ");
    expect_error_has(
        db, "WITH r(x) AS (VALUES ('{}'),('chitu')) SELECT conversion_rate('a', 0, x) FROM r",
        "conversion_rate(): argument 3 (rules): ");
    expect_error_has(
        db, "WITH r(x) AS (VALUES ('{}'),('chitu')) SELECT chat_stats_by(x, 'a', 0, 1, x) FROM r",
        "chat_stats_by(): argument 5 (rules): ");
    expect_rows(
        db,
        "WITH r(x) AS (VALUES ('{}'),('chitu')) SELECT consulting('a', 0, 1, x) FROM r GROUP BY x",
        "1\n1");
}

Test(rules, rules_that_are_none) {
    static const char *const bad[][2] = {
        {"'nosuch'", "nosuch"},
        {"'nosuch'", "taobao"},
        {"'nosuch'", "chitu"},
        {"'nosuch'", "simla"},
        {"'{\"book\":\"nosuch\"}'", "nosuch"},
        {"'{\"book\":\"nosuch\"}'", "kuaishou"},
        {"'{\"burts\":\"last\"}'", "burts"},
        {"'{\"burts\":\"last\"}'", "burst"},
        {"'{\"burts\":\"last\"}'", "within_unit"},
        {"'{\"burst\":\"middle\"}'", "middle"},
        {"'{\"burst\":\"middle\"}'", "first"},
        {"'{\"cap\":5,\"cap\":6}'", "cap"},
        {"'{\"cap\":0}'", "cap"},
        {"'{\"cap\":-1}'", "cap"},
        {"'{\"cap\":\"5\"}'", "cap"},
        {"'{\"unanswered\":\"cap\"}'", "cap"},
        {"'{\"session\":0}'", "session"},
        {"'{\"session\":\"week\"}'", "session"},
        {"'{\"slow_times\":0}'", "slow_times"},
        {"'{\"slow_times\":1.5}'", "slow_times"},
        {"'{\"final_days\":0}'", "final_days"},
        {"'{\"final_days\":61}'", "final_days"},
        {"'{\"after_sales_days\":366}'", "after_sales_days"},
        {"'{\"after_sales_days\":-1}'", "after_sales_days"},
        {"'{\"window\":\"08:00-08:00\"}'", "window"},
        {"'{\"window\":\"8-23\"}'", "window"},
        {"'{\"window\":\"08:00-25:00\"}'", "window"},
        {"'{\"tz\":\"Mars/Olympus\"}'", "Mars/Olympus"},
        {"'{\"tz\":\"+25:00\"}'", "tz"},
        {"'{\"period\":\"decade\"}'", "quarter"},
        {"'{\"filter\":\"two_lines\"}'", "one_line"},
        {"'{\"bot_clears\":1}'", "bot_clears"},
        {"'{\"max_wait\":null}'", "max_wait"},
        {"'{\"within_unit\":\"person\"}'", "conversation"},
        {"'{\"model\":\"middle\"}'", "linear"},
        {"'{\"anchor\":\"ship\"}'", "order_first"},
        {"'{\"half_life\":0}'", "half_life"},
        {"'{\"credit_window\":0}'", "credit_window"},
        {"'{\"as_of\":\"someday\"}'", "as_of"},
        {"'{\"calendar\":{\"hours\":{\"monday\":[]}}}'", "monday"},
        {"'{\"calendar\":{\"hours\":{\"mon\":[\"09:00-09:00\"]}}}'", "09:00-09:00"},
        {"'{'", "rules"},
        {"'[]'", "rules"},
        {"'{\"cap\":5,}'", "rules"},
        {"'{\"cap\":5} x'", "rules"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *sql = api_sql("SELECT chat_stats('a', 0, 1, %s)", bad[i][0]);
        expect_error_has(db, sql, "chat_stats(): argument 4 (rules): ");
        expect_error_has(db, sql, bad[i][1]);
    }
}
