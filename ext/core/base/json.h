/* json.h: a strict reader of JSON (RFC 8259) for rules, calendars, plans, facts, bands and weights.
**
** 1. Byte positions in errors: "invalid JSON at byte 57" (from 0, the offending byte).
** 2. Numbers are kept as their text; who asks reads the decimal (sqlite.md J2).
** 3. Duplicate keys, compared after unescaping, are refused at every level (J3).
** 4. The same in any host: nothing is asked of the host's own JSON (J1).
** 5. Depth and size are bounded by the caller; no recursion as deep as the data.
*/
#ifndef KEFU_CORE_JSON_H
#define KEFU_CORE_JSON_H

#include "core/base/buffer.h"
#include "core/base/message.h"

typedef enum JsonType {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
} JsonType;

#define JSON_NONE 0xffffffffu

/* A node; children follow their parent in the array, in the order of the text. */
typedef struct JsonNode {
    JsonType type;
    uint32_t position; /* byte of the text where it begins */
    uint32_t child;    /* first child, or JSON_NONE */
    uint32_t next;     /* next sibling, or JSON_NONE */
    uint32_t count;    /* children of an array, members of an object */
    const char *key;   /* member's name, unescaped, not NUL-terminated; NULL elsewhere */
    uint32_t key_length;
    const char *text; /* NUMBER: as written; STRING: unescaped; not NUL-terminated */
    uint32_t length;
} JsonNode;

typedef struct Json {
    const Host *host;
    JsonNode *nodes; /* nodes[0] is the root; owned */
    uint32_t count;
    char *text; /* unescaped strings; owned */
} Json;

/* Parses the whole text. On STATUS_REFUSED the message begins with the path: "plan: invalid JSON at
** byte 57", "plan.tiers[1].from: duplicate key (bytes 30 and 41)"; root_name ("plan", "rules") begins
** paths, and "" leaves the root out of them ("invalid JSON at byte 57", "tz: duplicate key …").
** max_depth counts arrays and objects around a value, at most 64. Nothing of the text is kept. */
Status json_parse(const Host *host, const char *text, size_t length, uint32_t max_depth,
                  const char *root_name, Json *out, Message *why);
void json_close(Json *json); /* accepts a zeroed or half-built one */

/* The member of that name, or JSON_NONE. */
uint32_t json_member(const Json *json, uint32_t object, const char *name);
/* Of a member of an object. */
bool json_key_is(const JsonNode *node, const char *name);
bool json_text_is(const JsonNode *node, const char *text);
/* Appends the path of a node, as above, to a message. A key of more than 40 bytes is cut. */
void json_path(const Json *json, uint32_t node, const char *root_name, Message *out);
/* Appends a string as JSON, quoted and escaped. */
void json_write_string(Buffer *out, const char *bytes, size_t length);

#endif
