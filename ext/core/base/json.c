/* json.c: the strict reader of json.h.
**
** 1. Only what json_check() has passed goes to jsmn, which cuts the text into tokens. So nothing that
**    jsmn lets pass, and none of its slow paths (they need unbalanced or very deep text), can be
**    reached.
** 2. Tokens become nodes with links; strings are unescaped and numbers copied into one block, so
**    that a Json outlives its text.
** 3. Duplicate keys are found by sorting the members of each object: no input makes it quadratic.
*/
#include "core/base/json.h"

#include <string.h>

#define JSMN_STATIC
#define JSMN_PARENT_LINKS
#include <jsmn.h>

#include "core/base/json_check.h"

#define JSON_KEY_SHOWN 40 /* bytes of a key in a path */

/* ---- Requirement 2: tokens to nodes ---------------------------------------------------------- */

/* Four hexadecimal digits, checked before. */
static uint32_t json_hex_unit(const char *digits) {
    uint32_t unit = 0;
    for (int i = 0; i < 4; i++) {
        unit = unit * 16 + (uint32_t)json_hex_digit((unsigned char)digits[i]);
    }
    return unit;
}

/* Writes one character as UTF-8; returns where the next one goes. */
static char *json_put_character(char *to, uint32_t character) {
    if (character < 0x80) {
        *to++ = (char)character;
        return to;
    }
    int following = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    static const unsigned char leads[4] = {0, 0xc0, 0xe0, 0xf0};
    *to++ = (char)(leads[following] | character >> (6 * following));
    while (following-- > 0) {
        *to++ = (char)(0x80 | (character >> (6 * following) & 0x3f));
    }
    return to;
}

/* Unescapes a checked string; returns where the next one goes. Never longer than its source. */
static char *json_unescape(char *to, const char *from, const char *end) {
    static const char escapes[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    while (from < end) {
        if (*from != '\\') {
            *to++ = *from++;
            continue;
        }
        from += 2;
        if (from[-1] != 'u') {
            *to++ = meanings[strchr(escapes, from[-1]) - escapes];
            continue;
        }
        uint32_t character = json_hex_unit(from);
        from += 4;
        if (character >= 0xd800 && character <= 0xdbff) { /* its other half follows */
            character = 0x10000 + ((character - 0xd800) << 10) + (json_hex_unit(from + 2) - 0xdc00);
            from += 6;
        }
        to = json_put_character(to, character);
    }
    return to;
}

static JsonType json_type(const jsmntok_t *token, char first) {
    switch (token->type) {
    case JSMN_OBJECT:
        return JSON_OBJECT;
    case JSMN_ARRAY:
        return JSON_ARRAY;
    case JSMN_STRING:
        return JSON_STRING;
    default:
        return first == 't'   ? JSON_TRUE
               : first == 'f' ? JSON_FALSE
               : first == 'n' ? JSON_NULL
                              : JSON_NUMBER;
    }
}

/* Makes the nodes of the tokens. `last` has a place a token: for a container's token its latest
** child's node, for a key's token nothing. */
static void json_link(Json *json, const char *text, const jsmntok_t *tokens, uint32_t token_count,
                      uint32_t *node_of, uint32_t *last) {
    char *to = json->text;
    for (uint32_t i = 0; i < token_count; i++) {
        const jsmntok_t *token = &tokens[i];
        bool has_key = token->parent >= 0 && tokens[token->parent].type == JSMN_STRING;
        bool is_key = token->parent >= 0 && tokens[token->parent].type == JSMN_OBJECT;
        if (is_key) {
            continue; /* read with its value, which is the next token */
        }
        uint32_t index = json->count++;
        JsonNode *node = &json->nodes[index];
        *node = (JsonNode){.child = JSON_NONE, .next = JSON_NONE};
        node->type = json_type(token, text[token->start]);
        node->position = (uint32_t)token->start - (token->type == JSMN_STRING);
        node_of[i] = index;
        last[i] = JSON_NONE;
        int container = token->parent;
        if (has_key) {
            const jsmntok_t *key = &tokens[token->parent];
            container = key->parent;
            node->key = to;
            to = json_unescape(to, text + key->start, text + key->end);
            node->key_length = (uint32_t)(to - node->key);
        }
        if (node->type == JSON_STRING || node->type == JSON_NUMBER) {
            node->text = to;
            to = json_unescape(to, text + token->start, text + token->end);
            node->length = (uint32_t)(to - node->text);
        }
        if (container >= 0) {
            JsonNode *parent = &json->nodes[node_of[container]];
            *(last[container] == JSON_NONE ? &parent->child : &json->nodes[last[container]].next) =
                index;
            last[container] = index;
            parent->count++;
        }
    }
}

/* ---- Requirement 3: duplicate keys ----------------------------------------------------------- */

static int json_compare_keys(const JsonNode *left, const JsonNode *right) {
    uint32_t shorter = left->key_length < right->key_length ? left->key_length : right->key_length;
    int order = memcmp(left->key, right->key, shorter);
    if (order != 0) {
        return order;
    }
    return (left->key_length > right->key_length) - (left->key_length < right->key_length);
}

/* Sorts members by key, stable, so that equal keys stay in the order of the text (merge sort). */
static const uint32_t *json_sort_members(const Json *json, uint32_t *members, uint32_t *spare,
                                         uint32_t count) {
    for (uint32_t width = 1; width < count; width *= 2) {
        for (uint32_t start = 0; start < count; start += 2 * width) {
            uint32_t middle = count - start < width ? count : start + width;
            uint32_t end = count - start < 2 * width ? count : start + 2 * width;
            uint32_t left = start;
            uint32_t right = middle;
            for (uint32_t to = start; to < end; to++) {
                bool take_left =
                    left < middle &&
                    (right == end || json_compare_keys(&json->nodes[members[left]],
                                                       &json->nodes[members[right]]) <= 0);
                spare[to] = take_left ? members[left++] : members[right++];
            }
        }
        uint32_t *swap = members;
        members = spare;
        spare = swap;
    }
    return members;
}

/* The first member, in the order of the text, whose name an earlier one has too: `*second`, and that
** one: `*first`. JSON_NONE: there is none. */
static void json_find_duplicate(const Json *json, uint32_t *members, uint32_t *spare,
                                uint32_t *first, uint32_t *second) {
    *second = JSON_NONE;
    for (uint32_t i = 0; i < json->count; i++) {
        const JsonNode *object = &json->nodes[i];
        if (object->type != JSON_OBJECT || object->count < 2) {
            continue;
        }
        uint32_t count = 0;
        for (uint32_t at = object->child; at != JSON_NONE; at = json->nodes[at].next) {
            members[count++] = at;
        }
        const uint32_t *sorted = json_sort_members(json, members, spare, count);
        for (uint32_t k = 1; k < count; k++) {
            if (sorted[k] < *second &&
                json_compare_keys(&json->nodes[sorted[k - 1]], &json->nodes[sorted[k]]) == 0) {
                *first = sorted[k - 1];
                *second = sorted[k];
            }
        }
    }
}

/* ---- The reader ------------------------------------------------------------------------------ */

static Status json_refuse_at(Message *why, const char *root_name, const char *words, size_t at) {
    message_clear(why);
    message_text(why, root_name);
    message_text(why, root_name[0] != '\0' ? ": " : "");
    message_text(why, words);
    message_integer(why, (int64_t)at);
    return STATUS_REFUSED;
}

static Status json_refuse_duplicate(const Json *json, uint32_t first, uint32_t second,
                                    const char *root_name, Message *why) {
    message_clear(why);
    json_path(json, second, root_name, why);
    message_text(why, ": duplicate key (bytes ");
    message_integer(why, json->nodes[first].position);
    message_text(why, " and ");
    message_integer(why, json->nodes[second].position);
    message_text(why, ")");
    return STATUS_REFUSED;
}

Status json_parse(const Host *host, const char *text, size_t length, uint32_t max_depth,
                  const char *root_name, Json *out, Message *why) {
    *out = (Json){.host = host};
    if (length > INT32_MAX) { /* jsmn counts in int */
        return json_refuse_at(why, root_name, "JSON longer than ", INT32_MAX);
    }
    size_t at;
    uint32_t token_count;
    /* not covered: no other verdict */
    switch (json_check(text, length, max_depth, &at, &token_count)) {
    case JSON_BAD:
        return json_refuse_at(why, root_name, "invalid JSON at byte ", at);
    case JSON_TOO_DEEP:
        return json_refuse_at(why, root_name, "JSON nested too deep at byte ", at);
    case JSON_GOOD:
        break;
    }
    jsmntok_t *tokens = host_allocate(host, token_count, sizeof *tokens);
    uint32_t *scratch = host_allocate(host, token_count, 2 * sizeof *scratch);
    out->nodes = host_allocate(host, token_count, sizeof *out->nodes);
    out->text = host_allocate(host, length, 1);
    Status status = STATUS_OK;
    if (tokens == NULL || scratch == NULL || out->nodes == NULL || out->text == NULL) {
        status = STATUS_NO_MEMORY;
    } else {
        jsmn_parser parser;
        jsmn_init(&parser);
        int found = jsmn_parse(&parser, text, length, tokens, token_count);
        json_link(out, text, tokens, (uint32_t)found, scratch, scratch + token_count);
        uint32_t first;
        uint32_t second;
        json_find_duplicate(out, scratch, scratch + token_count, &first, &second);
        if (second != JSON_NONE) {
            status = json_refuse_duplicate(out, first, second, root_name, why);
        }
    }
    host->release(scratch);
    host->release(tokens);
    if (status != STATUS_OK) {
        json_close(out);
    }
    return status;
}

void json_close(Json *json) {
    if (json->host != NULL) {
        json->host->release(json->nodes);
        json->host->release(json->text);
    }
    *json = (Json){0};
}

bool json_key_is(const JsonNode *node, const char *name) {
    size_t length = strlen(name);
    return node->key_length == length && memcmp(node->key, name, length) == 0;
}

bool json_text_is(const JsonNode *node, const char *text) {
    size_t length = strlen(text);
    return node->type == JSON_STRING && node->length == length &&
           memcmp(node->text, text, length) == 0;
}

uint32_t json_member(const Json *json, uint32_t object, const char *name) {
    uint32_t at = json->nodes[object].type == JSON_OBJECT ? json->nodes[object].child : JSON_NONE;
    while (at != JSON_NONE && !json_key_is(&json->nodes[at], name)) {
        at = json->nodes[at].next;
    }
    return at;
}

/* A key as a message shows it: cut before a character, control bytes as '?'. */
static void json_show_key(const JsonNode *node, Message *out) {
    uint32_t shown = node->key_length;
    if (shown > JSON_KEY_SHOWN) {
        for (shown = JSON_KEY_SHOWN; (node->key[shown] & 0xc0) == 0x80;) {
            shown--;
        }
    }
    uint32_t from = 0;
    for (uint32_t i = 0; i < shown; i++) {
        unsigned char byte = (unsigned char)node->key[i];
        if (byte < ' ' || byte == 0x7f) {
            message_bytes(out, node->key + from, i - from);
            message_text(out, "?");
            from = i + 1;
        }
    }
    message_bytes(out, node->key + from, shown - from);
    message_text(out, shown < node->key_length ? "…" : "");
}

void json_path(const Json *json, uint32_t node, const char *root_name, Message *out) {
    uint32_t start = out->length;
    message_text(out, root_name);
    for (uint32_t at = 0; at != node;) {
        /* Children stand behind their parent: the last one not behind the node holds it. */
        bool object = json->nodes[at].type == JSON_OBJECT;
        int64_t index = 0;
        at = json->nodes[at].child;
        while (json->nodes[at].next != JSON_NONE && json->nodes[at].next <= node) {
            at = json->nodes[at].next;
            index++;
        }
        if (object) {
            message_text(out, out->length > start ? "." : "");
            json_show_key(&json->nodes[at], out);
        } else {
            message_text(out, "[");
            message_integer(out, index);
            message_text(out, "]");
        }
    }
}

void json_write_string(Buffer *out, const char *bytes, size_t length) {
    static const char escaped[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    static const char hex[] = "0123456789abcdef";
    buffer_byte(out, '"');
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        const char *found = byte == 0 ? NULL : strchr(escaped, byte);
        if (found != NULL) {
            buffer_byte(out, '\\');
            buffer_byte(out, (unsigned char)letters[found - escaped]);
        } else if (byte < 0x20) {
            buffer_text(out, "\\u00");
            buffer_byte(out, (unsigned char)hex[byte >> 4]);
            buffer_byte(out, (unsigned char)hex[byte & 15]);
        } else {
            buffer_byte(out, byte);
        }
    }
    buffer_byte(out, '"');
}
