/* rules_test.c: the rules argument and kefu_rules through SQLite (functions.md 2 and 9, rules.md). */
#include "api.h"

Test(rules_api, equal_rules_make_equal_stats) {
    static const char *const same[][2] = {
        {"{}", "chitu"},
        {"", "chitu"},
        {"{\"session\":600,\"window\":\"09:00-23:00\",\"within_unit\":\"first\"}", "jd"},
        {"{\"within_unit\":\"first\",\"window\":\"09:00-23:00\",\"session\":6e2}", "jd"},
        {"{\"book\":\"zendesk\",\"tz\":\"+08:00\"}",
         "{\"session\":\"all\",\"within_unit\":\"first\"}"},
        {"{\"window\":\"00:00-24:00\",\"as_of\":5,\"model\":\"decay\",\"score_max\":9}", "{}"},
        {"{\"period\":\"week\"}", "{}"},
        {"{\"tz\":\"-00:00\"}", "{\"tz\":\"UTC\"}"},
    };
    sqlite3 *db = api_open();
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        expect_same(db, api_sql("SELECT chat_stats(1, 0, 1, %Q)", same[i][0]),
                    api_sql("SELECT chat_stats(1, 0, 1, %Q)", same[i][1]));
    }
    expect_same(db, "SELECT chat_stats(1, 0, 1, NULL)", "SELECT chat_stats(1, 0, 1)");
    api_close(db);
}

Test(rules_api, rules_of_stats_are_shown_as_one_text) {
    sqlite3 *db = api_open();
    expect_text(
        db,
        "SELECT substr(j, instr(j, '\"rules\"'), 53) FROM (SELECT kefu_info(chat_stats(1, 0, 1,"
        " '{\"slow\":30.50,\"cap\":1e1,\"tz\":\"UTC\"}')) AS j)",
        "\"rules\":{\"tz\":\"+00:00\",\"cap\":10,\"slow\":30.5},\"rows\":1");
    api_close(db);
}

Test(rules_api, errors_name_what_is_wrong_and_what_is_known) {
    sqlite3 *db = api_open();
    expect_error(db, "SELECT chat_stats(1, 0, 1, 'chitoo')",
                 "chat_stats(): argument 4 (rules): 'chitoo' is no rule book (did you mean "
                 "\"chitu\"?); want one of chitu, taobao, jd, pdd, kuaishou, douyin, zendesk, "
                 "chatwoot, simla or a JSON object of options");
    expect_error(
        db, "SELECT chat_stats(1, 0, 1, '{\"cpa\":3}')",
        "chat_stats(): argument 4 (rules): 'cpa' is no option of rules (did you mean "
        "\"cap\"?); known are book, tz, period, session, burst, stop, bot_clears, "
        "unanswered, cap, drop_over, window, calendar, filter, max_wait, slow, slow_times, "
        "within_unit, as_of, final_days, after_sales_days, model, anchor, half_life, "
        "credit_window, satisfied_from, good_from, bad_to, score_max");
    expect_error(
        db, "SELECT rating_stats(1, 1, 1, 5, '{\"score_max\":\"5\"}')",
        "rating_stats(): argument 5 (rules): rules.score_max: '5' is not valid; want a number "
        "of at most 6 decimals from 1 to 1000000000");
    expect_error(db, "SELECT chat_stats(1, 0, 1, '{\"cap\":1,\"cap\":1}')",
                 "chat_stats(): argument 4 (rules): rules.cap: duplicate key (bytes 7 and 15)");
    expect_error_has(db, "SELECT chat_stats(1, 0, 1, x'7b7d')",
                     "chat_stats(): argument 4 (rules): x'7b7d' is no rules");
    expect_error_has(db, "SELECT chat_stats(1, 0, 1, 7)",
                     "chat_stats(): argument 4 (rules): 7 is no rules");
    api_close(db);
}

Test(rules_api, all_rows_of_a_group_have_the_same_text) {
    sqlite3 *db = api_open();
    expect_error(
        db, "SELECT chat_stats(1, 0, 1, column1) FROM (VALUES ('{}'), ('chitu'))",
        "chat_stats(): argument 4 (rules): 'chitu' differs from '{}' of the first row; want "
        "the same text for all rows of a group");
    api_close(db);
}

Test(rules_api, kefu_rules_lists_every_book_and_option) {
    sqlite3 *db = api_open();
    expect_rows(db, "SELECT count(*), count(DISTINCT book), count(DISTINCT option) FROM kefu_rules",
                "252|9|28");
    expect_rows(db, "SELECT count(*) FROM kefu_rules WHERE length(meaning) < 5 OR value = ''", "0");
    expect_rows(
        db,
        "SELECT count(*) FROM kefu_rules WHERE option = 'book' AND meaning GLOB '*20[12][0-9]*'",
        "9");
    expect_rows(db, "SELECT group_concat(book) FROM kefu_rules WHERE option = 'book'",
                "chitu,taobao,jd,pdd,kuaishou,douyin,zendesk,chatwoot,simla");
    api_close(db);
}
