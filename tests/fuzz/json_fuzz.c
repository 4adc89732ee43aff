/* json_fuzz.c: libFuzzer on the JSON reader.
**
** 1. A text is read exactly when a second reader of the grammar, by recursive descent, takes it,
**    but for duplicate keys.
** 2. What was read has no two members of one name, and written anew it is read as the same tree.
*/
#include "core/base/json.h"
#include "fuzz.h"

#include <string.h>

#define DEPTH 64

/* ---- the grammar a second time: RFC 8259, and UTF-8 (RFC 3629) ---- */

typedef struct Text {
    const uint8_t *at;
    const uint8_t *end;
} Text;

static int text_peek(const Text *text) { return text->at < text->end ? *text->at : -1; }

static bool text_take(Text *text, int low, int high) {
    bool fits = text_peek(text) >= low && text_peek(text) <= high;
    text->at += fits;
    return fits;
}

static bool text_one_of(Text *text, const char *bytes) {
    int byte = text_peek(text);
    bool fits = byte > 0 && strchr(bytes, byte) != NULL;
    text->at += fits;
    return fits;
}

static void text_blanks(Text *text) {
    while (text_one_of(text, " \t\r\n")) {
    }
}

static bool text_word(Text *text, const char *word) {
    while (*word != '\0' && text_take(text, *word, *word)) {
        word++;
    }
    return *word == '\0';
}

static bool text_digits(Text *text) {
    bool any = false;
    while (text_take(text, '0', '9')) {
        any = true;
    }
    return any;
}

static bool text_number(Text *text) {
    text_take(text, '-', '-');
    if (!text_take(text, '0', '0') && !text_digits(text)) {
        return false;
    }
    if (text_take(text, '.', '.') && !text_digits(text)) {
        return false;
    }
    if (text_one_of(text, "eE")) {
        text_one_of(text, "+-");
        return text_digits(text);
    }
    return true;
}

static bool text_tail(Text *text) { return text_take(text, 0x80, 0xbf); }

/* A character of two to four bytes; the table of RFC 3629, section 4. */
static bool text_wide(Text *text) {
    if (text_take(text, 0xc2, 0xdf)) {
        return text_tail(text);
    }
    if (text_take(text, 0xe0, 0xe0)) {
        return text_take(text, 0xa0, 0xbf) && text_tail(text);
    }
    if (text_take(text, 0xed, 0xed)) {
        return text_take(text, 0x80, 0x9f) && text_tail(text);
    }
    if (text_take(text, 0xe1, 0xef)) {
        return text_tail(text) && text_tail(text);
    }
    if (text_take(text, 0xf0, 0xf0)) {
        return text_take(text, 0x90, 0xbf) && text_tail(text) && text_tail(text);
    }
    if (text_take(text, 0xf4, 0xf4)) {
        return text_take(text, 0x80, 0x8f) && text_tail(text) && text_tail(text);
    }
    return text_take(text, 0xf1, 0xf3) && text_tail(text) && text_tail(text) && text_tail(text);
}

static int text_unit(Text *text) {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
        int byte = text_peek(text);
        if (!text_one_of(text, "0123456789abcdefABCDEF")) {
            return -1;
        }
        unit = unit * 16 + (byte <= '9' ? byte - '0' : (byte & 7) + 9);
    }
    return unit;
}

static bool text_escape(Text *text) {
    if (text_one_of(text, "\"\\/bfnrt")) {
        return true;
    }
    if (!text_take(text, 'u', 'u')) {
        return false;
    }
    int unit = text_unit(text);
    if (unit >= 0xd800 && unit <= 0xdbff) {
        int low = text_word(text, "\\u") ? text_unit(text) : -1;
        return low >= 0xdc00 && low <= 0xdfff;
    }
    return unit >= 0 && (unit < 0xdc00 || unit > 0xdfff);
}

static bool text_string(Text *text) {
    if (!text_take(text, '"', '"')) {
        return false;
    }
    while (!text_take(text, '"', '"')) {
        bool fits = text_take(text, '\\', '\\') ? text_escape(text)
                                                : text_take(text, 0x20, 0x7f) || text_wide(text);
        if (!fits) {
            return false;
        }
    }
    return true;
}

static bool text_value(Text *text, int depth);

/* Behind an opening bracket. */
static bool text_list(Text *text, int close, bool named, int depth) {
    text_blanks(text);
    if (text_take(text, close, close)) {
        return true;
    }
    do {
        if (named) {
            text_blanks(text);
            if (!text_string(text)) {
                return false;
            }
            text_blanks(text);
            if (!text_take(text, ':', ':')) {
                return false;
            }
        }
        if (!text_value(text, depth)) {
            return false;
        }
    } while (text_take(text, ',', ','));
    return text_take(text, close, close);
}

static bool text_value(Text *text, int depth) {
    bool fits;
    text_blanks(text);
    if (text_take(text, '{', '{')) {
        fits = depth < DEPTH && text_list(text, '}', true, depth + 1);
    } else if (text_take(text, '[', '[')) {
        fits = depth < DEPTH && text_list(text, ']', false, depth + 1);
    } else if (text_peek(text) == '"') {
        fits = text_string(text);
    } else if (text_peek(text) == 't') {
        fits = text_word(text, "true");
    } else if (text_peek(text) == 'f') {
        fits = text_word(text, "false");
    } else if (text_peek(text) == 'n') {
        fits = text_word(text, "null");
    } else {
        fits = text_number(text);
    }
    text_blanks(text);
    return fits;
}

/* ---- trees ---- */

static bool bytes_same(const char *left, uint32_t left_length, const char *right,
                       uint32_t right_length) {
    return left_length == right_length &&
           (left_length == 0 || memcmp(left, right, left_length) == 0);
}

/* Requirement 2 */
static void expect_names_once(const Json *json, uint32_t object) {
    for (uint32_t i = json->nodes[object].child; i != JSON_NONE; i = json->nodes[i].next) {
        const JsonNode *member = &json->nodes[i];
        for (uint32_t j = member->next; j != JSON_NONE; j = json->nodes[j].next) {
            fuzz_expect(!bytes_same(member->key, member->key_length, json->nodes[j].key,
                                    json->nodes[j].key_length));
        }
    }
}

static void write_tree(const Json *json, uint32_t at, Buffer *out) {
    static const char *const words[] = {"null", "false", "true"};
    const JsonNode *node = &json->nodes[at];
    if (node->key != NULL) {
        json_write_string(out, node->key, node->key_length);
        buffer_byte(out, ':');
    }
    if (node->type == JSON_STRING) {
        json_write_string(out, node->text, node->length);
    } else if (node->type == JSON_NUMBER) {
        buffer_append(out, node->text, node->length);
    } else if (node->type < JSON_NUMBER) {
        buffer_text(out, words[node->type]);
    } else {
        bool object = node->type == JSON_OBJECT;
        uint32_t count = 0;
        buffer_byte(out, object ? '{' : '[');
        for (uint32_t i = node->child; i != JSON_NONE; i = json->nodes[i].next) {
            if (count++ > 0) {
                buffer_byte(out, ',');
            }
            write_tree(json, i, out);
        }
        fuzz_expect(count == node->count);
        buffer_byte(out, object ? '}' : ']');
    }
}

static void expect_same_tree(const Json *left, const Json *right) {
    fuzz_expect(left->count == right->count);
    for (uint32_t i = 0; i < left->count; i++) {
        const JsonNode *a = &left->nodes[i];
        const JsonNode *b = &right->nodes[i];
        fuzz_expect(a->type == b->type && a->child == b->child && a->next == b->next);
        fuzz_expect(bytes_same(a->key, a->key_length, b->key, b->key_length));
        fuzz_expect(bytes_same(a->text, a->length, b->text, b->length));
    }
}

static Status check_tree(const Json *json) {
    for (uint32_t i = 0; i < json->count; i++) {
        if (json->nodes[i].type == JSON_OBJECT) {
            expect_names_once(json, i);
        }
    }
    Buffer written;
    Json again;
    Message why;
    buffer_open(&written, &fuzz_host);
    write_tree(json, 0, &written);
    Status status = STATUS_NO_MEMORY;
    if (!written.failed) {
        status = json_parse(&fuzz_host, (const char *)written.bytes, (size_t)written.length, DEPTH,
                            "", &again, &why);
    }
    if (status != STATUS_NO_MEMORY) {
        fuzz_expect(status == STATUS_OK);
        expect_same_tree(json, &again);
        json_close(&again);
    }
    buffer_close(&written);
    return status;
}

static Status json_fuzz_check(const uint8_t *data, size_t size) {
    Text text = {data, data + size};
    bool fits = text_value(&text, 0) && text.at == text.end;
    Json json;
    Message why;
    Status status = json_parse(&fuzz_host, (const char *)data, size, DEPTH, "", &json, &why);
    if (status == STATUS_NO_MEMORY) {
        return status;
    }
    bool duplicate = status == STATUS_REFUSED && strstr(why.text, "duplicate key") != NULL;
    fuzz_expect(fits == (status == STATUS_OK || duplicate)); /* Requirement 1 */
    if (status == STATUS_OK) {
        status = check_tree(&json);
        json_close(&json);
        return status;
    }
    return STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_run(json_fuzz_check, data, size);
}
