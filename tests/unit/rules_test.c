/* rules_test.c: options, books, canonical text, differences (core/rules/rules.h, rules.md). */
#include "core/rules/rules.h"

#include <criterion/criterion.h>
#include <string.h>

#include "core/rules/options.h"
#include "host.h"

/* Reads the text and writes it for one family; on refusal the message. */
static const char *written(const char *text, Family family, bool with_period) {
    static char out[2000];
    Rules rules;
    Message why;
    message_clear(&why);
    Status status = rules_parse(&test_host, text, strlen(text), &rules, &why);
    if (status != STATUS_OK) {
        strcpy(out, why.text);
    } else {
        Buffer buffer;
        buffer_open(&buffer, &test_host);
        rules_write(&rules, family, with_period, &buffer);
        cr_assert_not(buffer.failed);
        memcpy(out, buffer.bytes, (size_t)buffer.length);
        out[buffer.length] = '\0';
        buffer_close(&buffer);
        rules_close(&rules);
    }
    cr_assert_eq(test_heap.blocks, 0);
    return out;
}

typedef struct RulesCase {
    const char *text;
    const char *expected; /* canonical text for one family, or the message */
} RulesCase;

static void check_cases(const RulesCase *cases, size_t count, Family family, bool with_period) {
    for (size_t i = 0; i < count; i++) {
        cr_expect_str_eq(written(cases[i].text, family, with_period), cases[i].expected, "%s: %s",
                         cases[i].text, written(cases[i].text, family, with_period));
    }
}

#define CHECK(cases, family, with_period)                                                          \
    check_cases(cases, sizeof(cases) / sizeof((cases)[0]), family, with_period)

Test(rules, defaults_are_those_of_the_table) {
    Rules rules;
    rules_defaults(&test_host, &rules);
    cr_assert(rules.zone.table == NULL && rules.zone.offset_s == 8 * 3600);
    cr_assert_eq(rules.period, PERIOD_NONE);
    cr_assert_eq(rules.session, SESSION_DAY);
    cr_assert_eq(rules.burst, BURST_FIRST);
    cr_assert_eq(rules.stop, STOP_HUMAN);
    cr_assert_eq(rules.bot_clears, false);
    cr_assert_eq(rules.unanswered, UNANSWERED_DROP);
    cr_assert_eq(rules.cap_ms, 0);
    cr_assert_eq(rules.drop_over_ms, 0);
    cr_assert_eq(rules.has_window, false);
    cr_assert_null(rules.calendar);
    cr_assert_eq(rules.filter, FILTER_NONE);
    cr_assert_eq(rules.max_wait_ms, 600000);
    cr_assert_eq(rules.slow_ms, 120000);
    cr_assert_eq(rules.slow_times, 3);
    cr_assert_eq(rules.within_unit, WITHIN_CONVERSATION);
    cr_assert_eq(rules.has_as_of, false);
    cr_assert_eq(rules.final_days, 4);
    cr_assert_eq(rules.after_sales_days, 21);
    cr_assert_eq(rules.model, MODEL_LAST);
    cr_assert_eq(rules.anchor, ANCHOR_ORDER);
    cr_assert_eq(rules.half_life_ms, 86400000);
    cr_assert_eq(rules.credit_window_ms, 86400000);
    cr_assert_eq(rules.satisfied_from_micros, 4000000);
    cr_assert_eq(rules.good_from_micros, 5000000);
    cr_assert_eq(rules.bad_to_micros, 2000000);
    cr_assert_eq(rules.score_max_micros, 5000000);
}

Test(rules, every_way_to_say_the_defaults) {
    static const RulesCase cases[] = {
        {"", "{\"tz\":\"+08:00\"}"},
        {" \n", "{\"tz\":\"+08:00\"}"},
        {"{}", "{\"tz\":\"+08:00\"}"},
        {" { } ", "{\"tz\":\"+08:00\"}"},
        {"chitu", "{\"tz\":\"+08:00\"}"},
        {"{\"book\":\"chitu\"}", "{\"tz\":\"+08:00\"}"},
        {"{\"cap\":null,\"slow\":120.0,\"period\":null,\"window\":\"00:00-24:00\",\"filter\":null,"
         "\"calendar\":null,\"as_of\":null,\"drop_over\":null,\"window\\u0031\":1}",
         "'window1' is no option of rules (did you mean \"window\"?); known are book, tz, period, "
         "session, burst, stop, bot_clears, unanswered, cap, drop_over, window, calendar, filter, "
         "max_wait, slow, slow_times, within_unit, as_of, final_days, after_sales_days, model, "
         "anchor, half_life, credit_window, satisfied_from, good_from, bad_to, score_max"},
        {"{\"cap\":null,\"slow\":120.0,\"period\":null,\"window\":\"00:00-24:00\",\"filter\":null,"
         "\"calendar\":null,\"as_of\":null,\"drop_over\":null,\"max_wait\":6e2,\"score_max\":5.0}",
         "{\"tz\":\"+08:00\"}"},
    };
    CHECK(cases, FAMILY_CHAT, true);
}

Test(rules, books_are_lists_of_options) {
    static const RulesCase cases[] = {
        {"taobao", "{\"tz\":\"+08:00\",\"stop\":\"assist\",\"unanswered\":\"cap\",\"cap\":600,"
                   "\"window\":\"08:00-23:00\",\"within_unit\":\"turn\"}"},
        {"jd", "{\"tz\":\"+08:00\",\"session\":600,\"window\":\"09:00-23:00\",\"within_unit\":"
               "\"first\"}"},
        {"pdd", "{\"tz\":\"+08:00\",\"window\":\"08:00-23:00\"}"},
        {"kuaishou", "{\"tz\":\"+08:00\",\"window\":\"08:00-23:00\"}"},
        {"douyin", "{\"tz\":\"+08:00\",\"session\":600,\"window\":\"08:00-23:00\"}"},
        {"zendesk", "{\"tz\":\"+00:00\",\"session\":\"all\",\"within_unit\":\"first\"}"},
        {"chatwoot", "{\"tz\":\"+00:00\",\"session\":\"all\",\"bot_clears\":true,"
                     "\"within_unit\":\"turn\"}"},
        {"simla",
         "{\"tz\":\"+08:00\",\"session\":\"all\",\"burst\":\"last\",\"within_unit\":\"turn\"}"},
    };
    CHECK(cases, FAMILY_CHAT, false);
}

Test(rules, a_text_may_start_from_a_book_wherever_it_is_named) {
    static const RulesCase cases[] = {
        {"{\"cap\":300,\"book\":\"taobao\",\"window\":null,\"tz\":\"+09:00\"}",
         "{\"tz\":\"+09:00\",\"stop\":\"assist\",\"unanswered\":\"cap\",\"cap\":300,"
         "\"within_unit\":\"turn\"}"},
        {"{\"book\":\"taobao\",\"unanswered\":\"drop\",\"stop\":\"human\",\"cap\":null,"
         "\"window\":null,\"within_unit\":\"conversation\"}",
         "{\"tz\":\"+08:00\"}"},
    };
    CHECK(cases, FAMILY_CHAT, false);
}

Test(rules, chat_options) {
    static const RulesCase cases[] = {
        {"{\"tz\":\"UTC\"}", "{\"tz\":\"+00:00\"}"},
        {"{\"tz\":\"-00:00\"}", "{\"tz\":\"+00:00\"}"},
        {"{\"tz\":\"Asia/Shanghai\"}", "{\"tz\":\"Asia/Shanghai\"}"},
        {"{\"session\":\"all\"}", "{\"tz\":\"+08:00\",\"session\":\"all\"}"},
        {"{\"session\":0.001}", "{\"tz\":\"+08:00\",\"session\":0.001}"},
        {"{\"session\":6e2}", "{\"tz\":\"+08:00\",\"session\":600}"},
        {"{\"burst\":\"last\"}", "{\"tz\":\"+08:00\",\"burst\":\"last\"}"},
        {"{\"stop\":\"any\"}", "{\"tz\":\"+08:00\",\"stop\":\"any\"}"},
        {"{\"bot_clears\":true}", "{\"tz\":\"+08:00\",\"bot_clears\":true}"},
        {"{\"unanswered\":\"cap\",\"cap\":1.50}",
         "{\"tz\":\"+08:00\",\"unanswered\":\"cap\",\"cap\":1.5}"},
        {"{\"drop_over\":1000000000000}", "{\"tz\":\"+08:00\",\"drop_over\":1000000000000}"},
        {"{\"window\":\"22:00-02:00\"}", "{\"tz\":\"+08:00\",\"window\":\"22:00-02:00\"}"},
        {"{\"window\":\"22:00-00:00\"}", "{\"tz\":\"+08:00\",\"window\":\"22:00-24:00\"}"},
        {"{\"window\":\"22:00-24:00\"}", "{\"tz\":\"+08:00\",\"window\":\"22:00-24:00\"}"},
        {"{\"filter\":\"one_line\"}", "{\"tz\":\"+08:00\",\"filter\":\"one_line\"}"},
        {"{\"max_wait\":60}", "{\"tz\":\"+08:00\",\"max_wait\":60}"},
        {"{\"slow_times\":2.0,\"slow\":30}", "{\"tz\":\"+08:00\",\"slow\":30,\"slow_times\":2}"},
        {"{\"within_unit\":\"first\"}", "{\"tz\":\"+08:00\",\"within_unit\":\"first\"}"},
    };
    CHECK(cases, FAMILY_CHAT, true);
}

Test(rules, options_of_other_families_are_accepted_and_left_out) {
    static const char text[] =
        "{\"cap\":5,\"as_of\":1700000000.5,\"final_days\":3,\"model\":\"decay\","
        "\"score_max\":10,\"period\":\"week\"}";
    cr_assert_str_eq(written(text, FAMILY_CHAT, false), "{\"tz\":\"+08:00\",\"cap\":5}");
    cr_assert_str_eq(written(text, FAMILY_DEAL, false),
                     "{\"tz\":\"+08:00\",\"as_of\":1700000000.5,\"final_days\":3}");
    cr_assert_str_eq(written(text, FAMILY_JOURNEY, false),
                     "{\"tz\":\"+08:00\",\"final_days\":3,\"model\":\"decay\"}");
    cr_assert_str_eq(written(text, FAMILY_RATING, false), "{\"tz\":\"+08:00\",\"score_max\":10}");
    cr_assert_str_eq(written(text, FAMILY_RATING, true),
                     "{\"tz\":\"+08:00\",\"period\":\"week\",\"score_max\":10}");
}

Test(rules, deal_journey_and_rating_options) {
    static const RulesCase deal[] = {
        {"{\"as_of\":\"2026-11-01\"}", "{\"tz\":\"+08:00\",\"as_of\":1793462400}"},
        {"{\"as_of\":\"2026-11-01\",\"tz\":\"UTC\"}", "{\"tz\":\"+00:00\",\"as_of\":1793491200}"},
        {"{\"as_of\":1793491200000}", "{\"tz\":\"+08:00\",\"as_of\":1793491200}"},
        {"{\"as_of\":\"1793491200\"}", "{\"tz\":\"+08:00\",\"as_of\":1793491200}"},
        {"{\"as_of\":0}", "{\"tz\":\"+08:00\",\"as_of\":0}"},
        {"{\"as_of\":-1.5}", "{\"tz\":\"+08:00\",\"as_of\":-1.5}"},
        {"{\"final_days\":60}", "{\"tz\":\"+08:00\",\"final_days\":60}"},
    };
    static const RulesCase journey[] = {
        {"{\"after_sales_days\":0}", "{\"tz\":\"+08:00\",\"after_sales_days\":0}"},
        {"{\"model\":\"position\",\"anchor\":\"order_first\"}",
         "{\"tz\":\"+08:00\",\"model\":\"position\",\"anchor\":\"order_first\"}"},
        {"{\"half_life\":3600,\"credit_window\":172800}",
         "{\"tz\":\"+08:00\",\"half_life\":3600,\"credit_window\":172800}"},
    };
    static const RulesCase rating[] = {
        {"{\"satisfied_from\":4.5,\"good_from\":-1,\"bad_to\":1e1,\"score_max\":100}",
         "{\"tz\":\"+08:00\",\"satisfied_from\":4.5,\"good_from\":-1,\"bad_to\":10,"
         "\"score_max\":100}"},
    };
    CHECK(deal, FAMILY_DEAL, false);
    CHECK(journey, FAMILY_JOURNEY, false);
    CHECK(rating, FAMILY_RATING, false);
}

#define SECONDS " is not valid; want seconds > 0, whole in milliseconds, up to 10^12"

Test(rules, r2_bad_values_are_refused_with_what_is_wanted) {
    static const RulesCase cases[] = {
        {"{\"burst\":\"frist\"}", "rules.burst: 'frist' is not valid; want first or last"},
        {"{\"burst\":null}", "rules.burst: null is not valid; want first or last"},
        {"{\"stop\":1}", "rules.stop: 1 is not valid; want human, assist or any"},
        {"{\"period\":\"hour\"}",
         "rules.period: 'hour' is not valid; want day, week, month, quarter, year or null"},
        {"{\"period\":\"\"}",
         "rules.period: '' is not valid; want day, week, month, quarter, year or null"},
        {"{\"filter\":\"one\"}", "rules.filter: 'one' is not valid; want one_line or null"},
        {"{\"bot_clears\":1}", "rules.bot_clears: 1 is not valid; want true or false"},
        {"{\"cap\":0}", "rules.cap: 0" SECONDS " or null"},
        {"{\"cap\":-3}", "rules.cap: -3" SECONDS " or null"},
        {"{\"cap\":0.0001}", "rules.cap: 0.0001" SECONDS " or null"},
        {"{\"cap\":1000000000000.001}", "rules.cap: 1000000000000.001" SECONDS " or null"},
        {"{\"cap\":1e999}", "rules.cap: 1e999" SECONDS " or null"},
        {"{\"cap\":\"600\"}", "rules.cap: '600'" SECONDS " or null"},
        {"{\"slow\":null}", "rules.slow: null" SECONDS},
        {"{\"max_wait\":[600]}", "rules.max_wait: an array" SECONDS},
        {"{\"session\":0}",
         "rules.session: 0 is not valid; want day, all, or seconds > 0, whole in "
         "milliseconds, up to 10^12"},
        {"{\"session\":\"week\"}",
         "rules.session: 'week' is not valid; want day, all, or seconds > "
         "0, whole in milliseconds, up to 10^12"},
        {"{\"slow_times\":2.5}",
         "rules.slow_times: 2.5 is not valid; want a whole number from 1 to 2147483647"},
        {"{\"final_days\":61}",
         "rules.final_days: 61 is not valid; want a whole number from 1 to 60"},
        {"{\"final_days\":0}",
         "rules.final_days: 0 is not valid; want a whole number from 1 to 60"},
        {"{\"after_sales_days\":366}",
         "rules.after_sales_days: 366 is not valid; want a whole number from 0 to 365"},
        {"{\"score_max\":0.5}", "rules.score_max: 0.5 is not valid; want a number of at most 6 "
                                "decimals from 1 to 1000000000"},
        {"{\"as_of\":\"soon\"}",
         "rules.as_of: 'soon' is no time; want Unix seconds or 'YYYY-MM-DD HH:MM:SS'"},
        {"{\"as_of\":true}", "rules.as_of: true is not valid; want Unix seconds or 'YYYY-MM-DD "
                             "HH:MM:SS' or null"},
        {"{\"as_of\":\" \"}", "rules.as_of: ' ' is not valid; want Unix seconds or 'YYYY-MM-DD "
                              "HH:MM:SS' or null"},
        {"{\"tz\":null}", "rules.tz: null is not valid; want ±HH:MM, UTC or an IANA name such as "
                          "Asia/Shanghai"},
        {"{\"book\":null}", "rules.book: want a rule book's name in quotes"},
        {"{\"unanswered\":\"cap\"}",
         "rules.unanswered: 'cap' needs a cap; want cap in seconds > 0"},
        {"{\"book\":\"taobao\",\"cap\":null}",
         "rules.unanswered: 'cap' needs a cap; want cap in seconds > 0"},
    };
    CHECK(cases, FAMILY_CHAT, false);
}

#define BOOKS                                                                                      \
    "want one of chitu, taobao, jd, pdd, kuaishou, douyin, zendesk, chatwoot, simla or a JSON "    \
    "object of options"

Test(rules, r2_unknown_books_are_refused_with_the_known_ones) {
    static const RulesCase cases[] = {
        {"chitoo", "'chitoo' is no rule book (did you mean \"chitu\"?); " BOOKS},
        {"TAOBAO", "'TAOBAO' is no rule book; " BOOKS},
        {" jd", "' jd' is no rule book (did you mean \"jd\"?); " BOOKS},
        {"[]", "'[]' is no rule book; " BOOKS},
        {"{\"book\":\"zendask\"}", "'zendask' is no rule book (did you mean \"zendesk\"?); " BOOKS},
    };
    CHECK(cases, FAMILY_CHAT, false);
}

Test(rules, r2_windows_that_are_none) {
    static const char *const windows[] = {"22:00-22:00",
                                          "00:00-00:00",
                                          "24:00-05:00",
                                          "8:00-23:00",
                                          "08:00-23:60",
                                          "08:00-24:01",
                                          "08:00 23:00",
                                          "08:00-23:0",
                                          "08:00-23:000",
                                          "ab:cd-ef:gh",
                                          "",
                                          "-8:00-23:00"};
    for (size_t i = 0; i < sizeof windows / sizeof windows[0]; i++) {
        char text[60] = "{\"window\":\"";
        strcat(text, windows[i]);
        strcat(text, "\"}");
        char expected[200] = "rules.window: '";
        strcat(expected, windows[i]);
        strcat(expected,
               "' is not valid; want 'HH:MM-HH:MM' with an end that is not the start or null");
        cr_expect_str_eq(written(text, FAMILY_CHAT, false), expected);
    }
}

Test(rules, r2_json_is_strict) {
    static const RulesCase cases[] = {
        {"{\"cap\":1,\"cap\":2}", "rules.cap: duplicate key (bytes 7 and 15)"},
        {"{\"cap\":1,}", "rules: invalid JSON at byte 9"},
        {"{", "rules: invalid JSON at byte 1"},
    };
    CHECK(cases, FAMILY_CHAT, false);
}

Test(rules, calendar_names_its_zone_and_is_written_one_way) {
    static const RulesCase cases[] = {
        {"{\"calendar\":{\"hours\":{\"mon\":[\"09:00-12:00\"]}},\"tz\":\"+09:00\"}",
         "{\"tz\":\"+09:00\",\"calendar\":{\"tz\":\"+09:00\",\"hours\":{\"mon\":[\"09:00-12:00\"]}}"
         "}"},
        {"{\"tz\":\"+09:00\",\"calendar\":{\"hours\":{\"mon\":[\"10:00-12:00\",\"09:00-11:00\"]},"
         "\"tz\":\"+09:00\"}}",
         "{\"tz\":\"+09:00\",\"calendar\":{\"tz\":\"+09:00\",\"hours\":{\"mon\":[\"09:00-12:00\"]}}"
         "}"},
    };
    CHECK(cases, FAMILY_CHAT, false);
}

Test(rules, canonical_text_reads_back_as_itself) {
    static const char *const texts[] = {
        "taobao", "zendesk", "{\"tz\":\"America/New_York\"}",
        "{\"as_of\":-0.001,\"final_days\":7,\"period\":\"quarter\"}"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        for (int family = 1; family <= FAMILY_JOURNEY; family *= 2) {
            char canonical[500];
            strcpy(canonical, written(texts[i], (Family)family, true));
            cr_assert_str_eq(written(canonical, (Family)family, true), canonical);
        }
    }
}

/* ---- rules_parse_over ---- */

static const char *written_over(const char *base_text, const char *text) {
    static char out[1200];
    Rules base;
    Rules rules;
    Message why;
    message_clear(&why);
    cr_assert_eq(rules_parse(&test_host, base_text, strlen(base_text), &base, &why), STATUS_OK);
    if (rules_parse_over(&base, text, strlen(text), &rules, &why) == STATUS_OK) {
        Buffer buffer;
        buffer_open(&buffer, &test_host);
        rules_write(&rules, FAMILY_JOURNEY, false, &buffer);
        buffer_byte(&buffer, 0);
        strcpy(out, (const char *)buffer.bytes);
        buffer_close(&buffer);
        rules_close(&rules);
    } else {
        strcpy(out, why.text);
    }
    rules_close(&base);
    cr_assert_eq(test_heap.blocks, 0);
    return out;
}

Test(rules, over_others_only_what_is_named_changes) {
    static const char base[] = "{\"tz\":\"+09:00\",\"model\":\"linear\"}";
    cr_assert_str_eq(written_over(base, ""), "{\"tz\":\"+09:00\",\"model\":\"linear\"}");
    cr_assert_str_eq(written_over(base, "{\"anchor\":\"pay\"}"),
                     "{\"tz\":\"+09:00\",\"model\":\"linear\",\"anchor\":\"pay\"}");
    cr_assert_str_eq(written_over(base, "{\"tz\":\"+09:00\",\"model\":\"last\"}"),
                     "{\"tz\":\"+09:00\"}");
}

Test(rules, over_others_a_book_starts_anew_but_for_the_zone) {
    static const char base[] = "{\"tz\":\"+09:00\",\"model\":\"linear\"}";
    cr_assert_str_eq(written_over(base, "zendesk"), "{\"tz\":\"+09:00\"}");
    cr_assert_str_eq(written_over(base, "{\"book\":\"zendesk\",\"model\":\"first\"}"),
                     "{\"tz\":\"+09:00\",\"model\":\"first\"}");
}

Test(rules, over_others_another_zone_is_refused) {
    cr_assert_str_eq(
        written_over("{\"tz\":\"+09:00\"}", "{\"tz\":\"UTC\"}"),
        "rules.tz: +00:00 is another zone than the one that local days were made with; "
        "want +09:00 or no tz");
    cr_assert_str_eq(
        written_over("{\"tz\":\"+09:00\"}", "{\"book\":\"zendesk\",\"tz\":\"UTC\"}"),
        "rules.tz: +00:00 is another zone than the one that local days were made with; "
        "want +09:00 or no tz");
}

/* ---- differences and rows ---- */

static const char *difference(const char *left, const char *right) {
    static Message out;
    message_clear(&out);
    Rules parsed[2];
    cr_assert_eq(rules_parse(&test_host, left, strlen(left), &parsed[0], &out), STATUS_OK);
    cr_assert_eq(rules_parse(&test_host, right, strlen(right), &parsed[1], &out), STATUS_OK);
    message_clear(&out);
    cr_assert_eq(rules_difference(&parsed[0], &parsed[1], &out), STATUS_OK);
    rules_close(&parsed[0]);
    rules_close(&parsed[1]);
    cr_assert_eq(test_heap.blocks, 0);
    return out.text;
}

Test(rules, differences_name_options_and_both_values) {
    cr_assert_str_eq(difference("{\"tz\":\"+08:00\"}", "{\"tz\":\"+09:00\",\"cap\":600}"),
                     "tz: +08:00 and +09:00; cap: null and 600");
    cr_assert_str_eq(difference("{\"tz\":\"+08:00\",\"session\":\"all\"}", "{\"tz\":\"+08:00\"}"),
                     "session: all and day");
    cr_assert_str_eq(difference("{\"tz\":\"+08:00\"}", "{\"tz\":\"+08:00\"}"), "");
}

Test(rules, rows_list_every_book_and_option) {
    cr_assert_eq(BOOK_COUNT, 9);
    cr_assert_eq(rules_row_count(), 9 * 28);
    for (size_t i = 0; i < rules_row_count(); i++) {
        const char *book;
        const char *option;
        Buffer value;
        Buffer meaning;
        buffer_open(&value, &test_host);
        buffer_open(&meaning, &test_host);
        rules_row(i, &book, &option, &value, &meaning);
        cr_assert(!value.failed && !meaning.failed);
        buffer_byte(&value, 0);
        buffer_byte(&meaning, 0);
        cr_assert_str_eq(book, book_names[i / 28]);
        const char *words = (const char *)meaning.bytes;
        if (i % 28 == 0) {
            cr_assert_str_eq(option, "book");
            cr_assert(strstr(words, " of 20") != NULL, "%s: the year of its text", words);
        }
        if (strcmp(book, "taobao") == 0 && strcmp(option, "cap") == 0) {
            cr_assert_str_eq((const char *)value.bytes, "600");
        }
        if (strcmp(book, "zendesk") == 0 && strcmp(option, "tz") == 0) {
            cr_assert_str_eq((const char *)value.bytes, "\"+00:00\"");
        }
        cr_assert_gt(strlen(words), 5);
        buffer_close(&value);
        buffer_close(&meaning);
    }
    cr_assert_eq(test_heap.blocks, 0);
}

Test(rules, every_failed_allocation_is_no_memory) {
    static const char text[] = "{\"book\":\"taobao\",\"tz\":\"UTC\",\"as_of\":\"2026-01-01\"}";
    Status status = STATUS_NO_MEMORY;
    for (long i = 0; status != STATUS_OK; i++) {
        Rules rules;
        Message why;
        test_heap.countdown = i;
        status = rules_parse(&test_host, text, strlen(text), &rules, &why);
        test_heap.countdown = -1;
        cr_assert(status == STATUS_OK || status == STATUS_NO_MEMORY);
        if (status == STATUS_OK) {
            cr_assert_gt(i, 1);
            rules_close(&rules);
        }
        cr_assert_eq(test_heap.blocks, 0);
    }
}
