/* message_test.c: the words of errors (core/base/message.h). */
#include "core/base/message.h"

#include <criterion/criterion.h>
#include <string.h>

static Value blob_of(const char *bytes, uint32_t length) {
    Value value = {VALUE_BLOB, length, {.bytes = bytes}};
    return value;
}

static const char *shown(Value value) {
    static Message message;
    message_refuse(&message, &value, "");
    return message.text;
}

Test(message, r2_values_are_shown_as_sql_writes_them) {
    Value null = {VALUE_NULL, 0, {.integer = 0}};
    cr_assert_str_eq(shown(null), "NULL");
    cr_assert_str_eq(shown(value_of_integer(INT64_MIN)), "-9223372036854775808");
    cr_assert_str_eq(shown(value_of_integer(0)), "0");
    cr_assert_str_eq(shown(value_of_real(12.5)), "12.5");
    cr_assert_str_eq(shown(value_of_text("it's", 4)), "'it''s'");
    cr_assert_str_eq(shown(value_of_text(NULL, 0)), "''");
    cr_assert_str_eq(shown(blob_of("\x01\xab", 2)), "x'01ab'");
    cr_assert_str_eq(shown(blob_of(NULL, 0)), "x''");
}

Test(message, r2_long_values_are_cut_at_a_whole_character) {
    char text[64];
    memset(text, 'a', sizeof text);
    memcpy(text + 58, "客", 3); /* bytes 58 to 60: it would not end within 60 */
    char expected[64];
    memset(expected, 0, sizeof expected);
    expected[0] = '\'';
    memset(expected + 1, 'a', 58);
    char whole[80];
    strcpy(whole, expected);
    strcat(whole, "…'");
    cr_assert_str_eq(shown(value_of_text(text, sizeof text)), whole);
    cr_assert_str_eq(shown(blob_of(text, 17)), "x'61616161616161616161616161616161…'");
}

Test(message, r2_a_message_is_one_line) {
    cr_assert_str_eq(shown(value_of_text("a\nb\0c\x7f", 6)), "'a?b?c?'");
}

Test(message, refuse_and_say) {
    Message message;
    Value value = value_of_text("yesterday", 9);
    cr_assert_eq(message_refuse(&message, &value, " is no time"), STATUS_REFUSED);
    cr_assert_str_eq(message.text, "'yesterday' is no time");
    cr_assert_eq(message_say(&message, "want a time"), STATUS_REFUSED);
    cr_assert_str_eq(message.text, "want a time");
    cr_assert_eq(message.length, 11);
}

Test(message, r1_what_does_not_fit_is_cut_and_nothing_follows) {
    Message message;
    message_clear(&message);
    for (int i = 0; i < 333; i++) {
        message_text(&message, "客");
    }
    message_text(&message, "服"); /* 999 bytes of 1000 are used: this has no room */
    message_text(&message, "x");
    cr_assert_eq(message.length, 999);
    cr_assert_eq(strlen(message.text), 999);
    cr_assert(message.cut);
    message_clear(&message);
    message_text(&message, "x");
    cr_assert_str_eq(message.text, "x");
}

static const char *closest(const char *word) {
    static const char *const names[] = {"chitu", "taobao", "jd",
                                        "cap",   "slow",   "a_name_that_is_long"};
    const char *name = message_closest(word, strlen(word), names, sizeof names / sizeof names[0]);
    return name == NULL ? "" : name;
}

Test(message, closest_within_two_edits) {
    cr_assert_str_eq(closest("chitoo"), "chitu");
    cr_assert_str_eq(closest("Chitu"), "chitu");
    cr_assert_str_eq(closest("taobao"), "taobao");
    cr_assert_str_eq(closest("tabao"), "taobao");
    cr_assert_str_eq(closest("taobaooo"), "taobao");
    cr_assert_str_eq(closest("taobaoooo"), "");
    cr_assert_str_eq(closest("cpa"), "cap");
    cr_assert_str_eq(closest("jdd"), "jd");
    cr_assert_str_eq(closest("a_nome_thot_is_long"), "a_name_that_is_long");
}

Test(message, closest_keeps_a_byte_of_the_word) {
    cr_assert_str_eq(closest("xx"), "");
    cr_assert_str_eq(closest(""), "");
    cr_assert_str_eq(closest("x"), "");
}
