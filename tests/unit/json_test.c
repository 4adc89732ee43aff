/* json_test.c: what passes as JSON and what does not, with the offending byte. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/base/json.h"
#include "host.h"

#define JSON_TEST_DEPTH 8

static Status json_test_parse(const char *text, size_t length, Json *json, Message *why) {
    return json_parse(&test_host, text, length, JSON_TEST_DEPTH, "plan", json, why);
}

static void json_test_refused(const char *text, size_t length, const char *want) {
    Json json;
    Message why;
    cr_assert_eq(json_test_parse(text, length, &json, &why), STATUS_REFUSED, "%s", text);
    cr_expect_str_eq(why.text, want, "%s: %s", text, why.text);
    cr_expect_eq(test_heap.blocks, 0);
}

Test(json, a_document_becomes_nodes) {
    static const char text[] =
        " {\"a\" : [1, -2.50e+3,\"x\"], \"b\":{\"c\":null,\"d\":true}, \"\":false}\n";
    Json json;
    Message why;
    cr_assert_eq(json_test_parse(text, strlen(text), &json, &why), STATUS_OK, "%s", why.text);
    cr_expect_eq(json.count, 9);
    cr_expect_eq(json.nodes[0].type, JSON_OBJECT);
    cr_expect_eq(json.nodes[0].count, 3);
    cr_expect_eq(json.nodes[0].position, 1);
    uint32_t a = json_member(&json, 0, "a");
    cr_expect_eq(json.nodes[a].type, JSON_ARRAY);
    cr_expect_eq(json.nodes[a].count, 3);
    uint32_t number = json.nodes[json.nodes[a].child].next;
    cr_expect_eq(json.nodes[number].type, JSON_NUMBER);
    cr_expect_eq(json.nodes[number].length, 8);
    cr_expect_eq(strncmp(json.nodes[number].text, "-2.50e+3", 8), 0);
    cr_expect(json_text_is(&json.nodes[json.nodes[number].next], "x"));
    cr_expect_eq(json.nodes[json.nodes[number].next].next, JSON_NONE);
    uint32_t b = json_member(&json, 0, "b");
    cr_expect_eq(json.nodes[json_member(&json, b, "c")].type, JSON_NULL);
    cr_expect_eq(json.nodes[json_member(&json, b, "d")].type, JSON_TRUE);
    cr_expect_eq(json.nodes[json_member(&json, 0, "")].type, JSON_FALSE);
    cr_expect_eq(json_member(&json, 0, "c"), JSON_NONE);
    cr_expect_eq(json_member(&json, a, "a"), JSON_NONE, "an array has no members");
    json_close(&json);
    json_close(&json);
    cr_expect_eq(test_heap.blocks, 0);
}

Test(json, any_value_may_stand_alone) {
    static const char *const texts[] = {"0",        "-0",        "-0.0E-0",   "null",
                                        "true",     "false",     "\"\"",      "[]",
                                        "{}",       "[[[]],{}]", "\t\r\n 1 ", "\"\\ud83d\\ude00\"",
                                        "[0.5,1e5]"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        Json json;
        Message why;
        cr_expect_eq(json_test_parse(texts[i], strlen(texts[i]), &json, &why), STATUS_OK, "%s",
                     texts[i]);
        json_close(&json);
    }
}

Test(json, strings_are_unescaped) {
    static const char text[] =
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u5ba2\\ud83d\\ude00\\u0000客\"";
    static const char want[] = "\"\\/\b\f\n\r\tA\xc3\xa9\xe5\xae\xa2\xf0\x9f\x98\x80\0客";
    Json json;
    Message why;
    cr_assert_eq(json_test_parse(text, strlen(text), &json, &why), STATUS_OK, "%s", why.text);
    cr_expect_eq(json.nodes[0].length, sizeof want - 1);
    cr_expect_eq(memcmp(json.nodes[0].text, want, sizeof want - 1), 0);
    json_close(&json);
}

Test(json, the_offending_byte_is_named) {
    static const struct {
        const char *text;
        int at;
    } facts[] = {
        {"", 0},
        {"  ", 2},
        {"{", 1},
        {"[", 1},
        {"]", 0},
        {"[1,]", 3},
        {"{\"a\":1,}", 7},
        {"[1 2]", 3},
        {"{\"a\" 1}", 5},
        {"{\"a\":}", 5},
        {"{a:1}", 1},
        {"{'a':1}", 1},
        {"{1:2}", 1},
        {"[1}", 2},
        {"{\"a\":1]", 6},
        {"{\"a\"}", 4},
        {"{\"a\",1}", 4},
        {"{,}", 1},
        {"[,1]", 1},
        {"[1,,2]", 3},
        {"1 2", 2},
        {"{} x", 3},
        {"nul", 3},
        {"nulL", 3},
        {"True", 0},
        {"NaN", 0},
        {"-Infinity", 1},
        {"01", 1},
        {"-01", 2},
        {"1.", 2},
        {".5", 0},
        {"+1", 0},
        {"1.e5", 2},
        {"1e", 2},
        {"1e+", 3},
        {"-", 1},
        {"0x10", 1},
        {"1_000", 1},
        {"\"", 1},
        {"\"a", 2},
        {"\"\\", 2},
        {"\"\\x\"", 2},
        {"\"\\u12g4\"", 5},
        {"\"\\u12\"", 5},
        {"\"\t\"", 1},
        {"\"a\nb\"", 2},
        {"\"\\ud800\"", 1},
        {"\"\\ude00\"", 1},
        {"\"\\ud83d\\n\"", 1},
        {"\"\\ud83d\\ud83d\"", 1},
        {"\"\\ud83d\\u12\"", 11},
        {"\"\x80\"", 1},
        {"\"\xc0\x80\"", 1},
        {"\"\xc3\"", 2},
        {"\"\xed\xa0\x80\"", 2},
        {"\"\xf4\x90\x80\x80\"", 2},
        {"\"\xe0\x80\x80\"", 2},
        {"\"\xf5\"", 1},
        {"\xef\xbb\xbf{}", 0},
        {"/**/1", 0},
        {"[1]//", 3},
        {"\v1", 0},
        {"{\"a\":1 \"b\":2}", 7},
        {"{\"a\"::1}", 5},
        {"[1:2]", 2},
        {"{\"a\":1:2}", 6},
        {"[\"a\":1]", 4},
        {"}", 0},
        {":", 0},
        {",", 0},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        char want[64];
        snprintf(want, sizeof want, "plan: invalid JSON at byte %d", facts[i].at);
        json_test_refused(facts[i].text, strlen(facts[i].text), want);
    }
    json_test_refused("[1\0]", 4, "plan: invalid JSON at byte 2");
    json_test_refused("\"\0\"", 3, "plan: invalid JSON at byte 1");
}

Test(json, the_root_may_go_without_a_name) {
    Json json;
    Message why;
    cr_assert_eq(json_parse(&test_host, "[1,]", 4, 8, "", &json, &why), STATUS_REFUSED);
    cr_expect_str_eq(why.text, "invalid JSON at byte 3");
    cr_assert_eq(json_parse(&test_host, "{\"a\":[{\"b\":1,\"b\":2}]}", 21, 8, "", &json, &why),
                 STATUS_REFUSED);
    cr_expect_str_eq(why.text, "a[0].b: duplicate key (bytes 11 and 17)");
}

Test(json, r3_duplicate_keys_are_refused_at_every_level) {
    static const char *const facts[][2] = {
        {"{\"a\":1,\"a\":2}", "plan.a: duplicate key (bytes 5 and 11)"},
        {"{\"a\":1,\"\\u0061\":2}", "plan.a: duplicate key (bytes 5 and 16)"},
        {"{\"x\":[0,{\"y\":{\"b\":1,\"c\":1,\"b\":1}}]}",
         "plan.x[1].y.b: duplicate key (bytes 18 and 30)"},
        {"{\"b\":1,\"a\":1,\"a\":2,\"b\":3}", "plan.a: duplicate key (bytes 11 and 17)"},
        {"{\"\":1,\"\":1}", "plan.: duplicate key (bytes 4 and 9)"},
        {"{\"a\":1,\"a\":2,\"a\":3}", "plan.a: duplicate key (bytes 5 and 11)"},
        {"{\"a\\nb\":1,\"a\\nb\":2}", "plan.a?b: duplicate key (bytes 8 and 17)"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        json_test_refused(facts[i][0], strlen(facts[i][0]), facts[i][1]);
    }
    static const char fine[] =
        "{\"a\":{\"a\":1,\"ab\":1},\"b\":{\"a\":1},\"A\":[{\"a\":1},{\"a\":1}]}";
    Json json;
    Message why;
    cr_assert_eq(json_test_parse(fine, strlen(fine), &json, &why), STATUS_OK, "%s", why.text);
    json_close(&json);
}

Test(json, depth_is_bounded) {
    json_test_refused("[[[[[[[[[1]]]]]]]]]", 19, "plan: JSON nested too deep at byte 8");
    Json json;
    Message why;
    cr_assert_eq(json_test_parse("[[[[[[[[1]]]]]]]]", 17, &json, &why), STATUS_OK);
    json_close(&json);
    static char deep[200001];
    memset(deep, '[', 200000);
    json_test_refused(deep, 200000, "plan: JSON nested too deep at byte 8");
    cr_expect_eq(json_parse(&test_host, deep, 200000, 1000, "x", &json, &why), STATUS_REFUSED);
    cr_expect_str_eq(why.text, "x: JSON nested too deep at byte 64");
}

Test(json, a_long_text_takes_linear_time, .timeout = 20) {
    /* 200,000 members in one object, and the same as empty arrays: quadratic would take minutes */
    enum { MEMBERS = 200000 };
    char *text = malloc((size_t)MEMBERS * 24);
    size_t length = 0;
    text[length++] = '{';
    for (int i = 0; i < MEMBERS; i++) {
        length += (size_t)sprintf(text + length, "%s\"key%d\":[]", i > 0 ? "," : "", MEMBERS - i);
    }
    text[length++] = '}';
    Json json;
    Message why;
    cr_assert_eq(json_test_parse(text, length, &json, &why), STATUS_OK, "%s", why.text);
    cr_expect_eq(json.nodes[0].count, MEMBERS);
    json_close(&json);
    free(text);
}

Test(json, a_failed_allocation_is_reported_and_leaks_nothing) {
    static const char text[] = "{\"a\":[1,2,{\"b\":\"c\"}]}";
    Json json;
    Message why;
    int failures = 0;
    for (;; failures++) {
        test_heap.countdown = failures;
        Status status = json_test_parse(text, strlen(text), &json, &why);
        if (status == STATUS_OK) {
            break;
        }
        cr_assert_eq(status, STATUS_NO_MEMORY);
        cr_assert_eq(test_heap.blocks, 0);
    }
    test_heap.countdown = -1;
    cr_expect_geq(failures, 4);
    json_close(&json);
    cr_expect_eq(test_heap.blocks, 0);
}

Test(json, paths_cut_long_keys_at_a_character) {
    char text[400] = "{\"";
    for (int i = 0; i < 30; i++) {
        strcat(text, "客");
    }
    strcat(text, "\":1}");
    Json json;
    Message path;
    cr_assert_eq(json_test_parse(text, strlen(text), &json, &path), STATUS_OK);
    message_clear(&path);
    json_path(&json, 1, "plan", &path);
    cr_expect_str_eq(path.text, "plan.客客客客客客客客客客客客客…");
    json_close(&json);
}

Test(json, strings_are_written_with_escapes) {
    Buffer out;
    buffer_open(&out, &test_host);
    json_write_string(&out, "a\"\\\n\x01\0客/", 9);
    buffer_byte(&out, 0);
    cr_expect_str_eq((const char *)out.bytes, "\"a\\\"\\\\\\n\\u0001\\u0000客\"");
    buffer_close(&out);
}
