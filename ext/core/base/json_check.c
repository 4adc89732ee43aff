/* json_check.c: the grammar of JSON. See json_check.h. */
#include "core/base/json_check.h"

#include <string.h>

#define JSON_DEPTH_LIMIT 64 /* bits of the stack of json_check_text() */

typedef struct JsonCheck {
    const unsigned char *text;
    size_t length;
    size_t at; /* the next byte; the offending one after a failure */
    uint32_t tokens;
} JsonCheck;

static int json_byte(const JsonCheck *check) {
    return check->at < check->length ? check->text[check->at] : -1;
}

static void json_skip_blanks(JsonCheck *check) {
    int byte = json_byte(check);
    while (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r') {
        check->at++;
        byte = json_byte(check);
    }
}

static bool json_check_digits(JsonCheck *check) {
    size_t start = check->at;
    while (json_byte(check) >= '0' && json_byte(check) <= '9') {
        check->at++;
    }
    return check->at > start;
}

static bool json_check_number(JsonCheck *check) {
    if (json_byte(check) == '-') {
        check->at++;
    }
    if (json_byte(check) == '0') {
        check->at++; /* nothing but a point or an exponent may follow a leading zero */
    } else if (!json_check_digits(check)) {
        return false;
    }
    if (json_byte(check) == '.') {
        check->at++;
        if (!json_check_digits(check)) {
            return false;
        }
    }
    if (json_byte(check) == 'e' || json_byte(check) == 'E') {
        check->at++;
        if (json_byte(check) == '+' || json_byte(check) == '-') {
            check->at++;
        }
        return json_check_digits(check);
    }
    return true;
}

static bool json_check_word(JsonCheck *check, const char *word) {
    for (; *word != '\0'; word++, check->at++) {
        if (json_byte(check) != *word) {
            return false;
        }
    }
    return true;
}

int json_hex_digit(int byte) {
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* Four hexadecimal digits; false at the byte that is none. */
static bool json_check_hex(JsonCheck *check, uint32_t *unit) {
    *unit = 0;
    for (int i = 0; i < 4; i++, check->at++) {
        int digit = json_hex_digit(json_byte(check));
        if (digit < 0) {
            return false;
        }
        *unit = *unit * 16 + (uint32_t)digit;
    }
    return true;
}

/* After a backslash. A lone surrogate is no character, so it is refused, at its backslash. */
static bool json_check_escape(JsonCheck *check) {
    size_t backslash = check->at - 1;
    int byte = json_byte(check);
    if (byte <= 0 || strchr("\"\\/bfnrtu", byte) == NULL) {
        return false;
    }
    check->at++;
    if (byte != 'u') {
        return true;
    }
    uint32_t unit;
    if (!json_check_hex(check, &unit)) {
        return false;
    }
    if (unit < 0xd800 || unit > 0xdfff) {
        return true;
    }
    uint32_t second = 0;
    bool paired = unit < 0xdc00 && json_check_word(check, "\\u");
    if (paired && !json_check_hex(check, &second)) {
        return false;
    }
    if (!paired || second < 0xdc00 || second > 0xdfff) {
        check->at = backslash;
        return false;
    }
    return true;
}

/* One character of several bytes: shortest form, no surrogate, at most U+10FFFF. */
static bool json_check_utf8(JsonCheck *check) {
    int lead = json_byte(check);
    int low = 0x80; /* range of the second byte */
    int high = 0xbf;
    int following = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (lead < 0xc2 || lead > 0xf4) {
        return false;
    }
    if (lead == 0xe0) {
        low = 0xa0;
    } else if (lead == 0xed) {
        high = 0x9f;
    } else if (lead == 0xf0) {
        low = 0x90;
    } else if (lead == 0xf4) {
        high = 0x8f;
    }
    for (check->at++; following > 0; following--, check->at++) {
        int byte = json_byte(check);
        if (byte < low || byte > high) {
            return false;
        }
        low = 0x80;
        high = 0xbf;
    }
    return true;
}

static bool json_check_string(JsonCheck *check) {
    if (json_byte(check) != '"') {
        return false;
    }
    check->at++;
    for (;;) {
        int byte = json_byte(check);
        if (byte < ' ') { /* the end, or a control character */
            return false;
        }
        if (byte >= 0x80) {
            if (!json_check_utf8(check)) {
                return false;
            }
            continue;
        }
        check->at++;
        if (byte == '"') {
            return true;
        }
        if (byte == '\\' && !json_check_escape(check)) {
            return false;
        }
    }
}

/* A member's name and its colon. */
static bool json_check_key(JsonCheck *check) {
    json_skip_blanks(check);
    check->tokens++;
    if (!json_check_string(check)) {
        return false;
    }
    json_skip_blanks(check);
    return json_check_word(check, ":");
}

static bool json_check_scalar(JsonCheck *check) {
    switch (json_byte(check)) {
    case '"':
        return json_check_string(check);
    case 't':
        return json_check_word(check, "true");
    case 'f':
        return json_check_word(check, "false");
    case 'n':
        return json_check_word(check, "null");
    default:
        return json_check_number(check);
    }
}

static JsonVerdict json_check_text(JsonCheck *check, uint32_t max_depth) {
    uint64_t objects = 0; /* bit d: the container at depth d + 1 is an object */
    uint32_t depth = 0;
    for (;;) {
        /* A value is wanted here. */
        json_skip_blanks(check);
        int byte = json_byte(check);
        check->tokens++;
        if (byte == '{' || byte == '[') {
            bool object = byte == '{';
            if (depth == max_depth) {
                return JSON_TOO_DEEP;
            }
            objects = (objects & ~(UINT64_C(1) << depth)) | (uint64_t)object << depth;
            depth++;
            check->at++;
            json_skip_blanks(check);
            if (json_byte(check) != (object ? '}' : ']')) {
                if (object && !json_check_key(check)) {
                    return JSON_BAD;
                }
                continue;
            }
        } else if (!json_check_scalar(check)) {
            return JSON_BAD;
        }
        /* A value, or an empty container's beginning, lies behind: close, or go on to the next. */
        for (;;) {
            json_skip_blanks(check);
            byte = json_byte(check);
            if (depth == 0) {
                return byte < 0 ? JSON_GOOD : JSON_BAD;
            }
            bool object = (objects >> (depth - 1) & 1) != 0;
            if (byte == (object ? '}' : ']')) {
                depth--;
                check->at++;
                continue;
            }
            if (byte != ',') {
                return JSON_BAD;
            }
            check->at++;
            if (object && !json_check_key(check)) {
                return JSON_BAD;
            }
            break;
        }
    }
}

JsonVerdict json_check(const char *text, size_t length, uint32_t max_depth, size_t *at,
                       uint32_t *tokens) {
    JsonCheck check = {.text = (const unsigned char *)text, .length = length};
    JsonVerdict verdict =
        json_check_text(&check, max_depth < JSON_DEPTH_LIMIT ? max_depth : JSON_DEPTH_LIMIT);
    *at = check.at;
    *tokens = check.tokens;
    return verdict;
}
