/* rules.c: rules texts are read, written in canonical form, compared, and listed. See rules.h.
**
** 1. In an object the book comes first, then tz, then the rest, whatever the order of the text.
** 2. An unknown book or option is refused with the closest known name and with all known ones.
** 3. What makes no sense together is refused once all is read: unanswered "cap" needs a cap.
*/
#include "core/rules/rules.h"

#include <string.h>

#include "core/rules/options.h"
#include "core/time/calendar.h"

#define RULES_DEPTH 8         /* of the JSON; a calendar nests three deep */
#define RULES_VALUE_SHOWN 100 /* bytes of a value in a difference */

static const char rules_book_option[] = "book";

void rules_defaults(const Host *host, Rules *out) {
    *out = (Rules){.host = host};
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        option_set_standard(&option_table[i], out);
    }
}

void rules_close(Rules *rules) {
    calendar_close(rules->calendar);
    rules->calendar = NULL;
}

/* ---- refusals: requirement 2 ---- */

static void rules_say_closest(Message *why, const char *word, size_t length,
                              const char *const *names, size_t count) {
    const char *closest = message_closest(word, length, names, count);
    if (closest != NULL) {
        message_text(why, " (did you mean \"");
        message_text(why, closest);
        message_text(why, "\"?)");
    }
}

static void rules_say_list(Message *why, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        message_text(why, i == 0 ? "" : ", ");
        message_text(why, names[i]);
    }
}

static Status rules_refuse_book(const char *name, size_t length, Message *why) {
    message_clear(why);
    message_quoted(why, name, length);
    message_text(why, " is no rule book");
    rules_say_closest(why, name, length, book_names, BOOK_COUNT);
    message_text(why, "; want one of ");
    rules_say_list(why, book_names, BOOK_COUNT);
    message_text(why, " or a JSON object of options");
    return STATUS_REFUSED;
}

static Status rules_refuse_option(const JsonNode *member, Message *why) {
    const char *names[1 + OPTION_COUNT] = {rules_book_option};
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        names[1 + i] = option_table[i].name;
    }
    message_clear(why);
    message_quoted(why, member->key, member->key_length);
    message_text(why, " is no option of rules");
    rules_say_closest(why, member->key, member->key_length, names, 1 + OPTION_COUNT);
    message_text(why, "; known are ");
    rules_say_list(why, names, 1 + OPTION_COUNT);
    return STATUS_REFUSED;
}

/* ---- reading ---- */

/* Where a rules text is read into. */
typedef struct RulesReading {
    Rules *rules;
    const Zone *fixed_zone; /* NULL: tz is free; else it stays (rules_parse_over) */
    Message *why;
} RulesReading;

/* The row of the member's option; OPTION_COUNT: none. */
static size_t rules_option_of(const JsonNode *member) {
    size_t i = 0;
    while (i < OPTION_COUNT && !json_key_is(member, option_table[i].name)) {
        i++;
    }
    return i;
}

/* A tz other than the one that stays is refused. */
static Status rules_check_zone(const RulesReading *reading) {
    const Zone *fixed = reading->fixed_zone;
    if (fixed == NULL || zone_equal(fixed, &reading->rules->zone)) {
        return STATUS_OK;
    }
    char name[ZONE_NAME_BYTES];
    message_clear(reading->why);
    message_text(reading->why, "rules.tz: ");
    zone_print(&reading->rules->zone, name);
    message_text(reading->why, name);
    message_text(reading->why,
                 " is another zone than the one that local days were made with; want ");
    zone_print(fixed, name);
    message_text(reading->why, name);
    message_text(reading->why, " or no tz");
    return STATUS_REFUSED;
}

/* Sets the options of an object but `book`: tz first, since times are read in it (requirement 1). */
static Status rules_take_options(const RulesReading *reading, const Json *json) {
    uint32_t tz = json_member(json, 0, option_table[OPTION_TZ].name);
    if (tz != JSON_NONE) {
        Status status =
            option_read(&option_table[OPTION_TZ], json, tz, reading->rules, reading->why);
        if (status != STATUS_OK) {
            return status;
        }
    }
    for (uint32_t at = json->nodes[0].child; at != JSON_NONE; at = json->nodes[at].next) {
        const JsonNode *member = &json->nodes[at];
        size_t row = rules_option_of(member);
        if (row == OPTION_TZ || json_key_is(member, rules_book_option)) {
            continue;
        }
        if (row == OPTION_COUNT) {
            return rules_refuse_option(member, reading->why);
        }
        Status status = option_read(&option_table[row], json, at, reading->rules, reading->why);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

/* Starts anew from a book: its options over the defaults. */
static Status rules_take_book(const RulesReading *reading, const char *name, size_t length) {
    Rules *rules = reading->rules;
    size_t i = 0;
    while (i < BOOK_COUNT &&
           !(strlen(book_names[i]) == length && memcmp(book_names[i], name, length) == 0)) {
        i++;
    }
    if (i == BOOK_COUNT) {
        return rules_refuse_book(name, length, reading->why);
    }
    rules_close(rules);
    rules_defaults(rules->host, rules);
    Json json = {0};
    Status status = json_parse(rules->host, book_table[i].options, strlen(book_table[i].options),
                               RULES_DEPTH, "rules", &json, reading->why);
    if (status == STATUS_OK) {
        status = rules_take_options(reading, &json);
    }
    json_close(&json);
    if (reading->fixed_zone != NULL) {
        rules->zone = *reading->fixed_zone;
    }
    return status;
}

/* Requirement 3 */
static Status rules_check_whole(const Rules *rules, Message *why) {
    if (rules->unanswered == UNANSWERED_CAP && rules->cap_ms == 0) {
        return message_say(why, "rules.unanswered: 'cap' needs a cap; want cap in seconds > 0");
    }
    return STATUS_OK;
}

static Status rules_take_object(const RulesReading *reading, const char *text, size_t length) {
    Json json = {0};
    Status status =
        json_parse(reading->rules->host, text, length, RULES_DEPTH, "rules", &json, reading->why);
    uint32_t book = JSON_NONE;
    if (status == STATUS_OK) {
        book = json_member(&json, 0, rules_book_option);
    }
    if (book != JSON_NONE) {
        const JsonNode *name = &json.nodes[book];
        status = name->type == JSON_STRING
                     ? rules_take_book(reading, name->text, name->length)
                     : message_say(reading->why, "rules.book: want a rule book's name in quotes");
    }
    if (status == STATUS_OK) {
        status = rules_take_options(reading, &json);
    }
    if (status == STATUS_OK) {
        status = rules_check_zone(reading);
    }
    if (status == STATUS_OK) {
        status = rules_check_whole(reading->rules, reading->why);
    }
    json_close(&json);
    return status;
}

/* Reads a text into rules that hold their start values; closes them on failure. */
static Status rules_take_text(const RulesReading *reading, const char *text, size_t length) {
    size_t first = 0;
    while (first < length && value_is_blank_byte(text[first])) {
        first++;
    }
    Status status = STATUS_OK;
    if (first < length && text[first] == '{') {
        status = rules_take_object(reading, text, length);
    } else if (first < length) {
        status = rules_take_book(reading, text, length);
    }
    if (status != STATUS_OK) {
        rules_close(reading->rules);
    }
    return status;
}

Status rules_parse(const Host *host, const char *text, size_t length, Rules *out, Message *why) {
    /* cppcheck-suppress ctuuninitvar ; both are where results go: nothing reads them before */
    const RulesReading reading = {out, NULL, why};
    rules_defaults(host, out);
    return rules_take_text(&reading, text, length);
}

Status rules_parse_over(const Rules *base, const char *text, size_t length, Rules *out,
                        Message *why) {
    const RulesReading reading = {out, &base->zone, why};
    *out = *base;
    out->calendar = NULL;
    return rules_take_text(&reading, text, length);
}

/* ---- writing ---- */

static void rules_write_key(const char *name, Buffer *out) {
    buffer_byte(out, '"');
    buffer_text(out, name);
    buffer_text(out, "\":");
}

void rules_write(const Rules *rules, Family family, bool with_period, Buffer *out) {
    Rules defaults;
    rules_defaults(rules->host, &defaults);
    int used = (int)family | (with_period ? FAMILY_GROUPED : 0);
    buffer_byte(out, '{');
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const Option *option = &option_table[i];
        if ((option->families & used) == 0) {
            continue;
        }
        uint64_t before = out->length;
        if (i != OPTION_TZ) {
            buffer_byte(out, ',');
        }
        rules_write_key(option->name, out);
        uint64_t value = out->length;
        option_write(option, rules, out);
        uint64_t end = out->length;
        option_write(option, &defaults, out); /* to compare with; taken back */
        bool same = !out->failed && i != OPTION_TZ && out->length - end == end - value &&
                    memcmp(out->bytes + value, out->bytes + end, (size_t)(end - value)) == 0;
        out->length = same ? before : end;
    }
    buffer_byte(out, '}');
}

/* ---- difference ---- */

/* A JSON value for people: strings without quotes, long ones cut. */
static void rules_say_value(Message *out, const Buffer *value) {
    const char *text = (const char *)value->bytes;
    uint64_t length = value->length;
    if (length >= 2 && text[0] == '"') {
        text++;
        length -= 2;
    }
    message_bytes(out, text, length < RULES_VALUE_SHOWN ? length : RULES_VALUE_SHOWN);
    message_text(out, length > RULES_VALUE_SHOWN ? "…" : "");
}

static Status rules_say_difference(const Option *option, const Rules *left, const Rules *right,
                                   bool first, Message *out) {
    Buffer values[2];
    buffer_open(&values[0], left->host);
    buffer_open(&values[1], left->host);
    option_write(option, left, &values[0]);
    option_write(option, right, &values[1]);
    bool written = !values[0].failed && !values[1].failed;
    if (written && (values[0].length != values[1].length ||
                    memcmp(values[0].bytes, values[1].bytes, (size_t)values[0].length) != 0)) {
        message_text(out, first ? "" : "; ");
        message_text(out, option->name);
        message_text(out, ": ");
        rules_say_value(out, &values[0]);
        message_text(out, " and ");
        rules_say_value(out, &values[1]);
    }
    buffer_close(&values[0]);
    buffer_close(&values[1]);
    return written ? STATUS_OK : STATUS_NO_MEMORY;
}

Status rules_difference(const Rules *left, const Rules *right, Message *out) {
    Status status = STATUS_OK;
    uint32_t start = out->length;
    for (size_t i = 0; status == STATUS_OK && i < OPTION_COUNT; i++) {
        status = rules_say_difference(&option_table[i], left, right, out->length == start, out);
    }
    return status;
}

/* ---- kefu_rules ---- */

#define RULES_ROWS_A_BOOK (1 + OPTION_COUNT) /* the book itself comes first */

size_t rules_row_count(void) { return (size_t)BOOK_COUNT * RULES_ROWS_A_BOOK; }

void rules_row(size_t i, const char **book, const char **option, Buffer *value, Buffer *meaning) {
    size_t which = i / RULES_ROWS_A_BOOK;
    size_t row = i % RULES_ROWS_A_BOOK;
    *book = book_names[which];
    if (row == 0) {
        *option = rules_book_option;
        json_write_string(value, *book, strlen(*book));
        buffer_text(meaning, book_table[which].meaning);
        return;
    }
    const Option *of = &option_table[row - 1];
    *option = of->name;
    buffer_text(meaning, of->meaning);
    Rules rules;
    Message why;
    if (rules_parse(value->host, *book, strlen(*book), &rules, &why) == STATUS_OK) {
        option_write(of, &rules, value);
        rules_close(&rules);
    } else {
        value->failed = true; /* no memory: books are good rules */
    }
}
