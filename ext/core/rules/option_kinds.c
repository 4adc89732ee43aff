/* option_kinds.c: how each kind of an option's value is read and written (rules.md).
**
** 1. Durations are seconds, above 0 and up to 10^12, as any JSON number that is whole in
**    milliseconds: 600, 600.0 and 6e2 are one duration. Finer ones are refused, not rounded.
** 2. null is a value only where it means "none" (Option.nullable).
** 3. A window that ends at 00:00 ends at 24:00; the whole day is no window. So windows that mean the
**    same are written the same.
** 4. A value is written the same way by whatever text it was read.
*/
#include <string.h>

#include "core/base/number.h"
#include "core/rules/options.h"
#include "core/time/calendar.h"

#define OPTION_SECONDS_MOST_MS INT64_C(1000000000000000)
#define OPTION_DAY_MS 86400000
#define OPTION_HOUR_MS 3600000
#define OPTION_MINUTE_MS 60000
#define OPTION_NUMBER_SHOWN 60 /* bytes of a number in a message */

/* What the value of one option is read from and to. */
typedef struct OptionReading {
    const Option *option;
    const Json *json;
    const JsonNode *node;
    Rules *rules;
    Message *why;
} OptionReading;

/* How wide the field is in which a kind holds its value, or says that it has one. */
typedef enum OptionWidth { WIDTH_FLAG, WIDTH_SMALL, WIDTH_LARGE, WIDTH_POINTER } OptionWidth;

static const struct {
    OptionWidth width;
    const char *wanted; /* NULL: the choices of the option */
} option_facts[] = {
    [OPTION_ZONE] = {WIDTH_SMALL, "±HH:MM, UTC or an IANA name such as Asia/Shanghai"},
    [OPTION_CHOICE] = {WIDTH_SMALL, NULL},
    [OPTION_SESSION] = {WIDTH_SMALL,
                        "day, all, or seconds > 0, whole in milliseconds, up to 10^12"},
    [OPTION_FLAG] = {WIDTH_FLAG, "true or false"},
    [OPTION_SECONDS] = {WIDTH_LARGE, "seconds > 0, whole in milliseconds, up to 10^12"},
    [OPTION_WINDOW] = {WIDTH_FLAG, "'HH:MM-HH:MM' with an end that is not the start"},
    [OPTION_CALENDAR] = {WIDTH_POINTER, "a calendar"},
    [OPTION_INSTANT] = {WIDTH_FLAG, "Unix seconds or 'YYYY-MM-DD HH:MM:SS'"},
    [OPTION_WHOLE] = {WIDTH_SMALL, "a whole number"},
    [OPTION_POINTS] = {WIDTH_LARGE, "a number of at most 6 decimals"},
};

/* ---- fields ---- */

static void option_store(const Option *option, Rules *rules, int64_t number) {
    char *field = (char *)rules + option->field;
    int32_t small = (int32_t)number; /* in range wherever it is used: a choice, or within `most` */
    bool flag = number != 0;
    switch (option_facts[option->kind].width) { /* not covered: no other width */
    case WIDTH_FLAG:
        memcpy(field, &flag, sizeof flag);
        break;
    case WIDTH_SMALL:
        memcpy(field, &small, sizeof small);
        break;
    case WIDTH_LARGE:
        memcpy(field, &number, sizeof number);
        break;
    case WIDTH_POINTER:
        calendar_close(rules->calendar);
        rules->calendar = NULL;
        break;
    }
}

static int64_t option_load(const Option *option, const Rules *rules) {
    const char *field = (const char *)rules + option->field;
    int64_t number = 0;
    int32_t small = 0;
    bool flag = false;
    switch (option_facts[option->kind].width) { /* not covered: no other width */
    case WIDTH_FLAG:
        memcpy(&flag, field, sizeof flag);
        return flag;
    case WIDTH_SMALL:
        memcpy(&small, field, sizeof small);
        return small;
    case WIDTH_LARGE:
        memcpy(&number, field, sizeof number);
        return number;
    case WIDTH_POINTER:
        break;
    }
    return rules->calendar != NULL;
}

_Static_assert(sizeof(Period) == 4 && sizeof(Session) == 4 && sizeof(Model) == 4,
               "choices are fields of 32 bits");

void option_set_standard(const Option *option, Rules *rules) {
    option_store(option, rules, option->standard);
}

/* ---- refusals ---- */

static void option_show_node(Message *why, const JsonNode *node) {
    static const char *const words[] = {
        [JSON_NULL] = "null",      [JSON_FALSE] = "false",      [JSON_TRUE] = "true",
        [JSON_ARRAY] = "an array", [JSON_OBJECT] = "an object",
    };
    if (node->type == JSON_STRING) {
        message_quoted(why, node->text, node->length);
    } else if (node->type == JSON_NUMBER) {
        message_bytes(why, node->text,
                      node->length < OPTION_NUMBER_SHOWN ? node->length : OPTION_NUMBER_SHOWN);
    } else {
        message_text(why, words[node->type]);
    }
}

/* "rules.NAME: ", which every refusal of a value begins with. */
static void option_say_path(const OptionReading *reading) {
    message_clear(reading->why);
    message_text(reading->why, "rules.");
    message_text(reading->why, reading->option->name);
    message_text(reading->why, ": ");
}

static int32_t option_places(const Option *option) { return option->kind == OPTION_POINTS ? 6 : 0; }

static void option_say_number(Message *why, const Option *option, int64_t number) {
    char digits[48 + 1];
    message_bytes(why, digits, number_print(number, option_places(option), digits));
}

static void option_say_choices(const OptionReading *reading) {
    const char *const *choices = reading->option->choices;
    const char *separator = "; want ";
    for (size_t i = reading->option->nullable ? 1 : 0; choices[i] != NULL; i++) {
        message_text(reading->why, separator);
        message_text(reading->why, choices[i]);
        bool last = choices[i + 1] != NULL && choices[i + 2] == NULL && !reading->option->nullable;
        separator = last ? " or " : ", ";
    }
}

/* VALUE … what is wanted, by the option's row. */
static Status option_refuse(const OptionReading *reading) {
    const Option *option = reading->option;
    Message *why = reading->why;
    option_say_path(reading);
    option_show_node(why, reading->node);
    message_text(why, " is not valid");
    if (option->choices != NULL) {
        option_say_choices(reading);
    } else {
        message_text(why, "; want ");
        message_text(why, option_facts[option->kind].wanted);
    }
    if (option->least != option->most) {
        message_text(why, " from ");
        option_say_number(why, option, option->least);
        message_text(why, " to ");
        option_say_number(why, option, option->most);
    }
    message_text(why, option->nullable ? " or null" : "");
    return STATUS_REFUSED;
}

/* ---- numbers ---- */

/* The node's number × 10^places when it is whole then. */
static bool option_scaled(const JsonNode *node, int32_t places, int128 *out) {
    Decimal decimal;
    bool rounded = true;
    return node->type == JSON_NUMBER && /* not covered: every JSON number can be read */
           number_read(node->text, node->length, true, false, &decimal) &&
           number_scale(&decimal, places, ROUND_DOWN, out, &rounded) && !rounded;
}

/* Requirement 1 */
static bool option_milliseconds(const JsonNode *node, int64_t *out) {
    int128 number_ms;
    if (!option_scaled(node, 3, &number_ms) || number_ms <= 0 ||
        number_ms > OPTION_SECONDS_MOST_MS) {
        return false;
    }
    *out = (int64_t)number_ms;
    return true;
}

static void option_write_scaled(int64_t number, int32_t places, Buffer *out) {
    char digits[48 + 1];
    buffer_append(out, digits, number_print(number, places, digits));
}

static Status option_read_seconds(const OptionReading *reading) {
    int64_t number_ms;
    if (!option_milliseconds(reading->node, &number_ms)) {
        return option_refuse(reading);
    }
    option_store(reading->option, reading->rules, number_ms);
    return STATUS_OK;
}

static void option_write_seconds(const Option *option, const Rules *rules, Buffer *out) {
    option_write_scaled(option_load(option, rules), 3, out);
}

static Status option_read_number(const OptionReading *reading) {
    const Option *option = reading->option;
    int128 number;
    if (!option_scaled(reading->node, option_places(option), &number) || number < option->least ||
        number > option->most) {
        return option_refuse(reading);
    }
    option_store(option, reading->rules, (int64_t)number);
    return STATUS_OK;
}

static void option_write_number(const Option *option, const Rules *rules, Buffer *out) {
    option_write_scaled(option_load(option, rules), option_places(option), out);
}

/* ---- words ---- */

static void option_write_word(const char *word, Buffer *out) {
    buffer_byte(out, '"');
    buffer_text(out, word);
    buffer_byte(out, '"');
}

static Status option_read_choice(const OptionReading *reading) {
    const Option *option = reading->option;
    for (int64_t i = option->nullable ? 1 : 0; option->choices[i] != NULL; i++) {
        if (json_text_is(reading->node, option->choices[i])) {
            option_store(option, reading->rules, i);
            return STATUS_OK;
        }
    }
    return option_refuse(reading);
}

static void option_write_choice(const Option *option, const Rules *rules, Buffer *out) {
    option_write_word(option->choices[option_load(option, rules)], out);
}

static Status option_read_flag(const OptionReading *reading) {
    if (reading->node->type != JSON_TRUE && reading->node->type != JSON_FALSE) {
        return option_refuse(reading);
    }
    option_store(reading->option, reading->rules, reading->node->type == JSON_TRUE);
    return STATUS_OK;
}

static void option_write_flag(const Option *option, const Rules *rules, Buffer *out) {
    buffer_text(out, option_load(option, rules) != 0 ? "true" : "false");
}

static Status option_read_session(const OptionReading *reading) {
    Rules *rules = reading->rules;
    int64_t gap_ms = 0;
    if (json_text_is(reading->node, "day")) {
        rules->session = SESSION_DAY;
    } else if (json_text_is(reading->node, "all")) {
        rules->session = SESSION_ALL;
    } else if (option_milliseconds(reading->node, &gap_ms)) {
        rules->session = SESSION_GAP;
    } else {
        return option_refuse(reading);
    }
    rules->session_gap_ms = gap_ms;
    return STATUS_OK;
}

static void option_write_session(const Option *option, const Rules *rules, Buffer *out) {
    (void)option;
    if (rules->session == SESSION_GAP) {
        option_write_scaled(rules->session_gap_ms, 3, out);
    } else {
        option_write_word(rules->session == SESSION_DAY ? "day" : "all", out);
    }
}

/* ---- times ---- */

/* Puts "rules.NAME: " before the words of another module. */
static Status option_pass_on(const OptionReading *reading, const Message *words) {
    option_say_path(reading);
    message_bytes(reading->why, words->text, words->length);
    return STATUS_REFUSED;
}

static Status option_read_zone(const OptionReading *reading) {
    if (reading->node->type != JSON_STRING) {
        return option_refuse(reading);
    }
    Message words;
    Status status =
        zone_read(reading->node->text, reading->node->length, &reading->rules->zone, &words);
    return status == STATUS_REFUSED ? option_pass_on(reading, &words) : status;
}

static void option_write_zone(const Option *option, const Rules *rules, Buffer *out) {
    (void)option;
    char name[ZONE_NAME_BYTES];
    zone_print(&rules->zone, name);
    option_write_word(name, out);
}

/* HH:MM as milliseconds of the day, 24:00 included. */
static bool option_clock_reading(const char *text, int32_t *out) {
    static const char shape[] = "dd:dd";
    for (size_t i = 0; shape[i] != '\0'; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == 'd' ? !digit : text[i] != shape[i]) {
            return false;
        }
    }
    int32_t hour = 10 * (text[0] - '0') + (text[1] - '0');
    int32_t minute = 10 * (text[3] - '0') + (text[4] - '0');
    *out = hour * OPTION_HOUR_MS + minute * OPTION_MINUTE_MS;
    return minute < 60 && *out <= OPTION_DAY_MS;
}

static Status option_read_window(const OptionReading *reading) {
    const JsonNode *node = reading->node;
    int32_t from_ms;
    int32_t to_ms;
    if (node->type != JSON_STRING || node->length != strlen("HH:MM-HH:MM") ||
        node->text[5] != '-' || !option_clock_reading(node->text, &from_ms) ||
        !option_clock_reading(node->text + 6, &to_ms) || from_ms == OPTION_DAY_MS ||
        from_ms == to_ms) {
        return option_refuse(reading);
    }
    if (to_ms == 0) {
        to_ms = OPTION_DAY_MS; /* requirement 3 */
    }
    bool whole_day = from_ms == 0 && to_ms == OPTION_DAY_MS;
    reading->rules->has_window = !whole_day;
    reading->rules->window_from_ms = whole_day ? 0 : from_ms;
    reading->rules->window_to_ms = whole_day ? 0 : to_ms;
    return STATUS_OK;
}

static void option_write_clock_reading(int32_t time_ms, Buffer *out) {
    int32_t hour = time_ms / OPTION_HOUR_MS;
    int32_t minute = time_ms % OPTION_HOUR_MS / OPTION_MINUTE_MS;
    const char text[] = {(char)('0' + hour / 10), (char)('0' + hour % 10), ':',
                         (char)('0' + minute / 10), (char)('0' + minute % 10)};
    buffer_append(out, text, sizeof text);
}

static void option_write_window(const Option *option, const Rules *rules, Buffer *out) {
    (void)option;
    buffer_byte(out, '"');
    option_write_clock_reading(rules->window_from_ms, out);
    buffer_byte(out, '-');
    option_write_clock_reading(rules->window_to_ms, out);
    buffer_byte(out, '"');
}

static Status option_read_instant(const OptionReading *reading) {
    const JsonNode *node = reading->node;
    int128 number;
    Value value;
    if (node->type == JSON_STRING) {
        value = value_of_text(node->text, node->length);
    } else if (option_scaled(node, 0, &number) && number >= INT64_MIN && number <= INT64_MAX) {
        value = value_of_integer((int64_t)number);
    } else if (option_scaled(node, 9, &number)) {
        value = value_of_real(number_quotient(number, 1000000000));
    } else {
        return option_refuse(reading);
    }
    if (value_is_missing(&value)) {
        return option_refuse(reading);
    }
    Message words;
    Rules *rules = reading->rules;
    Status status = clock_read(&value, &rules->zone, &rules->as_of_ms, &words);
    /* A date may lie hours beyond the years of numbers, as which it is written. */
    if (status == STATUS_OK &&
        (rules->as_of_ms < CLOCK_FIRST_MS || rules->as_of_ms > CLOCK_LAST_MS)) {
        status = message_refuse(&words, &value, " is outside the years 0000 to 9999 of UTC");
    }
    rules->has_as_of = status == STATUS_OK;
    return status == STATUS_REFUSED ? option_pass_on(reading, &words) : status;
}

static void option_write_instant(const Option *option, const Rules *rules, Buffer *out) {
    (void)option;
    char digits[24];
    buffer_append(out, digits, clock_print_seconds(rules->as_of_ms, digits));
}

static Status option_read_calendar(const OptionReading *reading) {
    Rules *rules = reading->rules;
    uint32_t node = (uint32_t)(reading->node - reading->json->nodes);
    struct Calendar *calendar = NULL;
    Status status = calendar_parse(rules->host, reading->json, node, &rules->zone, "rules.calendar",
                                   &calendar, reading->why);
    if (status == STATUS_OK) {
        calendar_close(rules->calendar);
        rules->calendar = calendar;
    }
    return status;
}

static void option_write_calendar(const Option *option, const Rules *rules, Buffer *out) {
    (void)option;
    calendar_write(rules->calendar, out);
}

/* ---- all kinds ---- */

static const struct {
    Status (*read)(const OptionReading *reading);
    void (*write)(const Option *option, const Rules *rules, Buffer *out);
} option_methods[] = {
    [OPTION_ZONE] = {option_read_zone, option_write_zone},
    [OPTION_CHOICE] = {option_read_choice, option_write_choice},
    [OPTION_SESSION] = {option_read_session, option_write_session},
    [OPTION_FLAG] = {option_read_flag, option_write_flag},
    [OPTION_SECONDS] = {option_read_seconds, option_write_seconds},
    [OPTION_WINDOW] = {option_read_window, option_write_window},
    [OPTION_CALENDAR] = {option_read_calendar, option_write_calendar},
    [OPTION_INSTANT] = {option_read_instant, option_write_instant},
    [OPTION_WHOLE] = {option_read_number, option_write_number},
    [OPTION_POINTS] = {option_read_number, option_write_number},
};

Status option_read(const Option *option, const Json *json, uint32_t node, Rules *rules,
                   Message *why) {
    const OptionReading reading = {option, json, &json->nodes[node], rules, why};
    if (reading.node->type == JSON_NULL && option->nullable) {
        option_store(option, rules, 0); /* requirement 2 */
        return STATUS_OK;
    }
    return option_methods[option->kind].read(&reading);
}

void option_write(const Option *option, const Rules *rules, Buffer *out) {
    if (option->nullable && option_load(option, rules) == 0) {
        buffer_text(out, "null");
    } else {
        option_methods[option->kind].write(option, rules, out);
    }
}
