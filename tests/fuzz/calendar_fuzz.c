/* calendar_fuzz.c: libFuzzer on calendars: the first line is a calendar, then come two instants.
**
** 1. A calendar that is read has a canonical text, which reads as a calendar of that very text.
** 2. Whether it is open at a minute is found a second time, from the JSON itself, interval by
**    interval.
** 3. Open time is the sum of the open minutes, adds up over neighbouring spans, and is never more
**    than the time that passes.
*/
#include "core/time/calendar.h"
#include "core/time/clock.h"
#include "fuzz.h"

#include <stdio.h>
#include <string.h>

#define MINUTE_MS INT64_C(60000)
#define DAY_MINUTES 1440
#define DEPTH 8

static const Zone shop_zone = {NULL, 8 * 3600};

/* ---- the calendar a second time: rules.md, word by word ---- */

static int minute_of(const char *text) {
    return ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0';
}

/* Is a minute of a day in an interval of a list? `day` 0: the day that the list is of; 1: the
** next. */
static bool list_opens(const Json *json, uint32_t list, int day, int minute) {
    if (list == JSON_NONE) {
        return false;
    }
    for (uint32_t at = json->nodes[list].child; at != JSON_NONE; at = json->nodes[at].next) {
        int from = minute_of(json->nodes[at].text);
        int to = minute_of(json->nodes[at].text + 6);
        to += to < from ? DAY_MINUTES : 0;
        int asked = day * DAY_MINUTES + minute;
        if (asked >= from && asked < to) {
            return true;
        }
    }
    return false;
}

/* The list that is in force on a local day, or JSON_NONE. */
static uint32_t list_of_day(const Json *json, int64_t day_number) {
    static const char *const weekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    char date[11] = "";
    if (day_number >= CLOCK_FIRST_DAY && day_number <= CLOCK_LAST_DAY) {
        clock_print_day(day_number, date);
    }
    uint32_t days = json_member(json, 0, "days");
    uint32_t own = days == JSON_NONE ? JSON_NONE : json_member(json, days, date);
    if (own != JSON_NONE) {
        return own;
    }
    uint32_t holidays = json_member(json, 0, "holidays");
    uint32_t at = holidays == JSON_NONE ? JSON_NONE : json->nodes[holidays].child;
    for (; at != JSON_NONE; at = json->nodes[at].next) {
        if (json_text_is(&json->nodes[at], date)) {
            return JSON_NONE;
        }
    }
    uint32_t hours = json_member(json, 0, "hours");
    int64_t weekday = ((day_number + 3) % 7 + 7) % 7;
    return hours == JSON_NONE ? JSON_NONE : json_member(json, hours, weekdays[weekday]);
}

static bool json_opens(const Json *json, const Zone *zone, int64_t instant_ms) {
    int64_t wall_ms = instant_ms + zone_offset_ms(zone, instant_ms);
    int64_t day_ms = ((wall_ms % CLOCK_DAY_MS) + CLOCK_DAY_MS) % CLOCK_DAY_MS;
    int64_t day_number = (wall_ms - day_ms) / CLOCK_DAY_MS;
    int minute = (int)(day_ms / MINUTE_MS);
    return list_opens(json, list_of_day(json, day_number), 0, minute) ||
           list_opens(json, list_of_day(json, day_number - 1), 1, minute);
}

/* ---- checks ---- */

/* Requirements 2 and 3, over the hours from an instant on. A night that begins on 9999-12-31
** ends with it, since the next day has no name: nothing is asked of that one. */
static void check_minutes(const struct Calendar *calendar, const Json *json, int64_t from_ms) {
    const Zone *zone = calendar_zone(calendar);
    int64_t wall_ms = from_ms + zone_offset_ms(zone, from_ms);
    from_ms -= (wall_ms % MINUTE_MS + MINUTE_MS) % MINUTE_MS;
    int64_t to_ms = from_ms + 30 * 60 * MINUTE_MS;
    int64_t step_ms = 7 * MINUTE_MS;
    if (clock_day(zone, to_ms) > CLOCK_LAST_DAY) {
        return;
    }
    bool even = (zone_offset_ms(zone, from_ms) - zone_offset_ms(zone, to_ms)) % MINUTE_MS == 0;
    int64_t open_ms = 0;
    for (int64_t at_ms = from_ms; at_ms < to_ms; at_ms += MINUTE_MS) {
        bool open = calendar_is_open(calendar, at_ms);
        open_ms += open ? MINUTE_MS : 0;
        if ((at_ms - from_ms) % step_ms == 0 || open != calendar_is_open(calendar, at_ms - 1)) {
            fuzz_expect(open == json_opens(json, zone, at_ms));
        }
    }
    fuzz_expect(!even || calendar_open_ms(calendar, from_ms, to_ms) == open_ms);
}

static int64_t instant_within(int64_t word) {
    const int64_t limit_ms = INT64_C(253402300799999);
    int64_t instant_ms = word % limit_ms;
    return instant_ms < INT64_C(-62167219200000) ? -instant_ms : instant_ms;
}

/* Requirement 3 */
static void check_spans(const struct Calendar *calendar, int64_t a_ms, int64_t b_ms) {
    int64_t from_ms = a_ms < b_ms ? a_ms : b_ms;
    int64_t to_ms = a_ms < b_ms ? b_ms : a_ms;
    int64_t middle_ms = from_ms + (to_ms - from_ms) / 3;
    int64_t whole_ms = calendar_open_ms(calendar, from_ms, to_ms);
    fuzz_expect(whole_ms >= 0 && whole_ms <= to_ms - from_ms);
    fuzz_expect(calendar_open_ms(calendar, from_ms, middle_ms) +
                    calendar_open_ms(calendar, middle_ms, to_ms) ==
                whole_ms);
    fuzz_expect(calendar_open_ms(calendar, to_ms, from_ms) == 0);
    fuzz_expect(calendar_open_ms(calendar, a_ms, a_ms + 1) == calendar_is_open(calendar, a_ms));
}

/* Requirement 1 */
static Status check_canonical(const struct Calendar *calendar) {
    Buffer text;
    Buffer again;
    struct Calendar *other;
    Message why;
    buffer_open(&text, &fuzz_host);
    buffer_open(&again, &fuzz_host);
    calendar_write(calendar, &text);
    Status status = STATUS_NO_MEMORY;
    if (!text.failed) {
        status = calendar_parse_text(&fuzz_host, (const char *)text.bytes, (size_t)text.length,
                                     &shop_zone, &other, &why);
    }
    fuzz_expect(status != STATUS_REFUSED);
    if (status == STATUS_OK) {
        calendar_write(other, &again);
        fuzz_expect(again.failed || fuzz_same(&text, &again));
        fuzz_expect(zone_equal(calendar_zone(calendar), calendar_zone(other)));
        status = again.failed ? STATUS_NO_MEMORY : STATUS_OK;
        calendar_close(other);
    }
    buffer_close(&again);
    buffer_close(&text);
    return status;
}

/* An instant in the first date that the calendar names, so that dates are asked for. */
static int64_t instant_named(const char *text, size_t length, int64_t else_ms) {
    for (size_t i = 0; i + 10 <= length; i++) {
        int64_t day_number;
        if (clock_read_day(text + i, 10, &day_number)) {
            return (day_number - 1) * CLOCK_DAY_MS + else_ms % CLOCK_DAY_MS;
        }
    }
    return else_ms;
}

static Status calendar_fuzz_check(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    size_t line = fuzz_line(data, size);
    FuzzInput input = {data + line + (line < size), data + size};
    int64_t a_ms = instant_within(fuzz_word(&input));
    int64_t b_ms = instant_within(fuzz_word(&input));
    struct Calendar *calendar;
    Json json;
    Message why;
    Status status = calendar_parse_text(&fuzz_host, text, line, &shop_zone, &calendar, &why);
    if (status != STATUS_OK) {
        return status == STATUS_REFUSED ? STATUS_OK : status;
    }
    status = json_parse(&fuzz_host, text, line, DEPTH, "calendar", &json, &why);
    fuzz_expect(status != STATUS_REFUSED);
    if (status == STATUS_OK) {
        check_minutes(calendar, &json, instant_named(text, line, a_ms));
        check_spans(calendar, a_ms, b_ms);
        json_close(&json);
        status = check_canonical(calendar);
    }
    calendar_close(calendar);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_run(calendar_fuzz_check, data, size);
}
