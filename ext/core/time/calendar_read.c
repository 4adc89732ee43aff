/* calendar_read.c: calendars from JSON (calendar.h, rules.md).
**
** 1. Everything that is no part of a calendar is refused with its path and what is wanted.
** 2. An interval whose end is before its start runs past midnight: it opens its own day up to
**    midnight, and the next day from there.
** 3. The nodes of the JSON bound all that is read, so every block is allocated once.
*/
#include "core/time/calendar.h"

#include <string.h>

#include "core/time/calendar_form.h"
#include "core/time/clock.h"

#define CALENDAR_DEPTH 8 /* of JSON text; a calendar nests three deep */
#define CALENDAR_WANTED "; want an object with tz, hours, holidays and days"
#define CALENDAR_INTERVAL_WANTED "; want 'HH:MM-HH:MM', '00:00-24:00' for the whole day"
#define CALENDAR_DATES_WANTED "; want a list of dates such as [\"2026-10-01\"]"

typedef struct CalendarReading {
    const Json *json;
    const char *path; /* of the calendar, for messages */
    Message *why;
    Zone zone;
    CalendarPlans plans;
    int64_t *words; /* intervals of the list that is being read */
} CalendarReading;

/* ---- refusals ---- */

/* Where in the calendar a value stands: section, member of the section, element of a list. */
typedef struct CalendarPlace {
    const char *section;    /* "hours"; NULL: the calendar itself */
    const JsonNode *member; /* "mon", a date; NULL: none */
    int64_t index;          /* -1: none */
} CalendarPlace;

static void calendar_say_node(Message *why, const JsonNode *node) {
    static const char *const calendar_type_words[] = {
        [JSON_NULL] = "null",        [JSON_FALSE] = "false", [JSON_TRUE] = "true",
        [JSON_NUMBER] = "a number",  [JSON_STRING] = "",     [JSON_ARRAY] = "a list",
        [JSON_OBJECT] = "an object",
    };
    message_text(why, calendar_type_words[node->type]);
    if (node->type == JSON_STRING) {
        message_quoted(why, node->text, node->length);
    }
}

static void calendar_say_place(const CalendarReading *reading, const CalendarPlace *place) {
    message_clear(reading->why);
    message_text(reading->why, reading->path);
    if (place->section != NULL) {
        message_text(reading->why, ".");
        message_text(reading->why, place->section);
    }
    if (place->member != NULL) {
        message_text(reading->why, ".");
        message_bytes(reading->why, place->member->key, place->member->key_length);
    }
    if (place->index >= 0) {
        message_text(reading->why, "[");
        message_integer(reading->why, place->index);
        message_text(reading->why, "]");
    }
    message_text(reading->why, ": ");
}

/* PATH: VALUE words. */
static Status calendar_refuse(const CalendarReading *reading, const CalendarPlace *place,
                              const JsonNode *node, const char *words) {
    calendar_say_place(reading, place);
    calendar_say_node(reading->why, node);
    message_text(reading->why, words);
    return STATUS_REFUSED;
}

/* PATH: 'KEY' words. */
static Status calendar_refuse_key(const CalendarReading *reading, const CalendarPlace *place,
                                  const JsonNode *member, const char *words) {
    calendar_say_place(reading, place);
    message_quoted(reading->why, member->key, member->key_length);
    message_text(reading->why, words);
    return STATUS_REFUSED;
}

/* ---- intervals ---- */

/* HH:MM up to 24:00 as minutes of the day, or -1. */
static int32_t calendar_read_minute(const char *text) {
    for (int i = 0; i < 5; i++) {
        if (i == 2 ? text[i] != ':' : text[i] < '0' || text[i] > '9') {
            return -1;
        }
    }
    int32_t hours = (text[0] - '0') * 10 + (text[1] - '0');
    int32_t minutes = (text[3] - '0') * 10 + (text[4] - '0');
    int32_t minute = hours * 60 + minutes;
    return minutes < 60 && minute <= CALENDAR_DAY_MINUTES ? minute : -1;
}

static Status calendar_read_interval(const CalendarReading *reading, const CalendarPlace *place,
                                     const JsonNode *node, CalendarInterval *out) {
    *out = (CalendarInterval){-1, -1};
    if (node->type == JSON_STRING && node->length == 11 && node->text[5] == '-') {
        out->from_minute = calendar_read_minute(node->text);
        out->to_minute = calendar_read_minute(node->text + 6);
    }
    if (out->from_minute < 0 || out->to_minute < 0 || out->from_minute == CALENDAR_DAY_MINUTES) {
        return calendar_refuse(reading, place, node, " is no interval" CALENDAR_INTERVAL_WANTED);
    }
    if (out->from_minute == out->to_minute) {
        return calendar_refuse(reading, place, node,
                               " ends where it starts" CALENDAR_INTERVAL_WANTED);
    }
    return STATUS_OK;
}

static Status calendar_read_plan(CalendarReading *reading, CalendarPlace place,
                                 const JsonNode *list, uint32_t plan) {
    if (list->type != JSON_ARRAY) {
        return calendar_refuse(reading, &place, list,
                               " is no list of intervals; want one such as [\"09:00-18:00\"]");
    }
    uint32_t count = 0;
    int32_t over_minute = 0;
    for (uint32_t at = list->child; at != JSON_NONE; at = reading->json->nodes[at].next) {
        CalendarInterval interval;
        place.index = count;
        Status status =
            calendar_read_interval(reading, &place, &reading->json->nodes[at], &interval);
        if (status != STATUS_OK) {
            return status;
        }
        if (interval.to_minute < interval.from_minute) { /* Requirement 2 */
            over_minute = interval.to_minute > over_minute ? interval.to_minute : over_minute;
            interval.to_minute = CALENDAR_DAY_MINUTES;
        }
        reading->words[count++] = calendar_interval_word(interval);
    }
    calendar_set_plan(&reading->plans, plan, reading->words, count, over_minute);
    return STATUS_OK;
}

/* ---- sections ---- */

static Status calendar_read_hours(CalendarReading *reading, const JsonNode *hours) {
    CalendarPlace place = {"hours", NULL, -1};
    if (hours->type != JSON_OBJECT) {
        return calendar_refuse(reading, &place, hours,
                               " is no object; want one such as {\"mon\": [\"09:00-18:00\"]}");
    }
    for (uint32_t at = hours->child; at != JSON_NONE; at = reading->json->nodes[at].next) {
        const JsonNode *member = &reading->json->nodes[at];
        int weekday = 0;
        while (weekday < CALENDAR_WEEKDAYS &&
               !json_key_is(member, calendar_weekday_names[weekday])) {
            weekday++;
        }
        if (weekday == CALENDAR_WEEKDAYS) {
            return calendar_refuse_key(reading, &place, member,
                                       " is no weekday; want mon, tue, wed, thu, fri, sat or sun");
        }
        CalendarPlace list = {"hours", member, -1};
        Status status = calendar_read_plan(reading, list, member, (uint32_t)weekday);
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

static Status calendar_read_holidays(CalendarReading *reading, const JsonNode *holidays) {
    CalendarPlace place = {"holidays", NULL, -1};
    if (holidays->type != JSON_ARRAY) {
        return calendar_refuse(reading, &place, holidays, " is no list" CALENDAR_DATES_WANTED);
    }
    for (uint32_t at = holidays->child; at != JSON_NONE; at = reading->json->nodes[at].next) {
        const JsonNode *node = &reading->json->nodes[at];
        int64_t day_number;
        place.index++;
        if (node->type != JSON_STRING || !clock_read_day(node->text, node->length, &day_number)) {
            return calendar_refuse(reading, &place, node, " is no date; want 'YYYY-MM-DD'");
        }
        calendar_add_date(&reading->plans, day_number, CALENDAR_HOLIDAY_PLAN);
    }
    return STATUS_OK;
}

static Status calendar_read_days(CalendarReading *reading, const JsonNode *days) {
    CalendarPlace place = {"days", NULL, -1};
    if (days->type != JSON_OBJECT) {
        return calendar_refuse(
            reading, &place, days,
            " is no object; want one such as {\"2026-10-10\": [\"09:00-18:00\"]}");
    }
    for (uint32_t at = days->child; at != JSON_NONE; at = reading->json->nodes[at].next) {
        const JsonNode *member = &reading->json->nodes[at];
        int64_t day_number;
        if (!clock_read_day(member->key, member->key_length, &day_number)) {
            return calendar_refuse_key(reading, &place, member, " is no date; want 'YYYY-MM-DD'");
        }
        CalendarPlace list = {"days", member, -1};
        uint32_t plan = reading->plans.plan_count++;
        Status status = calendar_read_plan(reading, list, member, plan);
        if (status != STATUS_OK) {
            return status;
        }
        calendar_add_date(&reading->plans, day_number, plan);
    }
    return STATUS_OK;
}

static Status calendar_read_zone(CalendarReading *reading, const JsonNode *node) {
    CalendarPlace place = {"tz", NULL, -1};
    if (node->type != JSON_STRING) {
        return calendar_refuse(reading, &place, node,
                               " is no time zone; want ±HH:MM, UTC or an IANA name");
    }
    Message words;
    Status status = zone_read(node->text, node->length, &reading->zone, &words);
    if (status != STATUS_OK) {
        calendar_say_place(reading, &place);
        message_text(reading->why, words.text);
    }
    return status;
}

static Status calendar_read_sections(CalendarReading *reading, uint32_t node) {
    CalendarPlace place = {NULL, NULL, -1};
    const JsonNode *root = &reading->json->nodes[node];
    if (root->type != JSON_OBJECT) {
        return calendar_refuse(reading, &place, root, " is no calendar" CALENDAR_WANTED);
    }
    for (uint32_t at = root->child; at != JSON_NONE; at = reading->json->nodes[at].next) {
        const JsonNode *member = &reading->json->nodes[at];
        Status status;
        if (json_key_is(member, "tz")) {
            status = calendar_read_zone(reading, member);
        } else if (json_key_is(member, "hours")) {
            status = calendar_read_hours(reading, member);
        } else if (json_key_is(member, "holidays")) {
            status = calendar_read_holidays(reading, member);
        } else if (json_key_is(member, "days")) {
            status = calendar_read_days(reading, member);
        } else {
            status = calendar_refuse_key(reading, &place, member,
                                         " is no part of a calendar" CALENDAR_WANTED);
        }
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

Status calendar_parse(const Host *host, const Json *json, uint32_t node, const Zone *default_zone,
                      const char *path, struct Calendar **out, Message *why) {
    /* Requirement 3; the plans of the weekdays and of the holidays are always there. */
    uint64_t most = json->count;
    CalendarPlans plans = {
        .intervals = host_allocate(host, most, sizeof *plans.intervals),
        .plans = host_allocate(host, most + CALENDAR_HOLIDAY_PLAN + 1, sizeof *plans.plans),
        .plan_count = CALENDAR_HOLIDAY_PLAN + 1,
        .dates = host_allocate(host, most, sizeof *plans.dates),
    };
    CalendarReading reading = {.json = json,
                               .path = path,
                               .why = why,
                               .zone = *default_zone,
                               .plans = plans,
                               .words = host_allocate(host, most, sizeof *reading.words)};
    *out = NULL;
    Status status = STATUS_NO_MEMORY;
    if (plans.intervals != NULL && plans.plans != NULL && plans.dates != NULL &&
        reading.words != NULL) {
        status = calendar_read_sections(&reading, node);
        if (status == STATUS_OK) {
            status = calendar_build(host, &reading.plans, &reading.zone, out);
        }
    }
    host->release(plans.intervals);
    host->release(plans.plans);
    host->release(plans.dates);
    host->release(reading.words);
    return status;
}

Status calendar_parse_text(const Host *host, const char *text, size_t length,
                           const Zone *default_zone, struct Calendar **out, Message *why) {
    Json json;
    *out = NULL;
    Status status = json_parse(host, text, length, CALENDAR_DEPTH, "calendar", &json, why);
    if (status == STATUS_OK) {
        status = calendar_parse(host, &json, 0, default_zone, "calendar", out, why);
        json_close(&json);
    }
    return status;
}
