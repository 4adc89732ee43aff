/* calendar_random_test.c: open hours of random calendars against their definition, minute by minute,
** about changes of clocks (core/time/calendar.h). Readings of the definition come from libc.
*/
#define _GNU_SOURCE
#include "core/time/calendar.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/time/clock.h"
#include "host.h"
#include "libc_zone.h"

#define MINUTE_MS INT64_C(60000)

static const char *const calendar_zones[] = {
    "Asia/Shanghai",    "America/New_York", "Europe/London",     "Europe/Dublin",
    "Australia/Sydney", "Pacific/Apia",     "America/Sao_Paulo", "Australia/Lord_Howe",
    "America/Santiago", "America/St_Johns", "Africa/Casablanca", "Africa/Cairo",
    "Asia/Tehran",      "America/Nuuk",     "Pacific/Chatham",   "Antarctica/Troll",
};
#define CALENDAR_ZONES (sizeof calendar_zones / sizeof calendar_zones[0])

static struct Calendar *parsed(const char *text) {
    static const Zone utc = {NULL, 0};
    struct Calendar *calendar;
    Message why;
    Status status = calendar_parse_text(&test_host, text, strlen(text), &utc, &calendar, &why);
    cr_assert_eq(status, STATUS_OK, "%s: %s", text, why.text);
    return calendar;
}

static void written(const struct Calendar *calendar, char *out, size_t room) {
    Buffer buffer;
    buffer_open(&buffer, &test_host);
    calendar_write(calendar, &buffer);
    cr_assert(!buffer.failed && buffer.length < room);
    memcpy(out, buffer.bytes, buffer.length);
    out[buffer.length] = '\0';
    buffer_close(&buffer);
}

/* A calendar as its text says, with nothing resolved. */
typedef struct PlainDay {
    int count;
    int from_minute[4];
    int to_minute[4]; /* before from_minute: past midnight */
} PlainDay;

#define PLAIN_DATES 40
typedef struct PlainCalendar {
    const char *zone;
    PlainDay week[7];   /* from Sunday, as libc counts */
    int64_t first_date; /* days[i] is of date first_date + i */
    struct {
        enum { AS_WEEKDAY, HOLIDAY, OWN } kind;
        PlainDay day;
    } dates[PLAIN_DATES];
} PlainCalendar;

static PlainDay random_day(void) {
    PlainDay day = {.count = rand() % 5};
    static const int steps[] = {1, 15, 60, 360};
    for (int i = 0; i < day.count; i++) {
        int step = steps[rand() % 4];
        day.from_minute[i] = rand() % (1440 / step) * step;
        do {
            day.to_minute[i] = rand() % (1440 / step + 1) * step;
        } while (day.to_minute[i] == day.from_minute[i]);
    }
    return day;
}

static PlainCalendar random_calendar(const char *zone, int64_t about_day) {
    PlainCalendar plain = {.zone = zone, .first_date = about_day - PLAIN_DATES / 2};
    for (int weekday = 0; weekday < 7; weekday++) {
        plain.week[weekday] = random_day();
    }
    for (int i = 0; i < PLAIN_DATES; i++) {
        plain.dates[i].kind = rand() % 3 > 0 ? AS_WEEKDAY : rand() % 2 ? HOLIDAY : OWN;
        plain.dates[i].day = random_day();
    }
    return plain;
}

static size_t say_day(char *out, const PlainDay *day) {
    size_t length = (size_t)sprintf(out, "[");
    for (int i = 0; i < day->count; i++) {
        length += (size_t)sprintf(out + length, "%s\"%02d:%02d-%02d:%02d\"", i == 0 ? "" : ",",
                                  day->from_minute[i] / 60, day->from_minute[i] % 60,
                                  day->to_minute[i] / 60, day->to_minute[i] % 60);
    }
    return length + (size_t)sprintf(out + length, "]");
}

static void say_calendar(char *out, const PlainCalendar *plain) {
    static const char *const names[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
    out += sprintf(out, "{\"days\":{");
    const char *before = "";
    char date[11];
    for (int i = PLAIN_DATES - 1; i >= 0; i--) {
        if (plain->dates[i].kind == OWN) {
            clock_print_day(plain->first_date + i, date);
            out += sprintf(out, "%s\"%s\":", before, date);
            out += say_day(out, &plain->dates[i].day);
            before = ",";
        }
    }
    out += sprintf(out, "},\"tz\":\"%s\",\"hours\":{", plain->zone);
    for (int weekday = 0; weekday < 7; weekday++) {
        out += sprintf(out, "%s\"%s\":", weekday == 0 ? "" : ",", names[weekday]);
        out += say_day(out, &plain->week[weekday]);
    }
    out += sprintf(out, "},\"holidays\":[");
    before = "";
    for (int i = 0; i < PLAIN_DATES; i++) {
        if (plain->dates[i].kind != AS_WEEKDAY) { /* a holiday, or a make-up day on one */
            clock_print_day(plain->first_date + i, date);
            out += sprintf(out, "%s\"%s\"", before, date);
            before = ",";
        }
    }
    sprintf(out, "]}");
}

static const PlainDay *plain_day(const PlainCalendar *plain, int64_t date) {
    static const PlainDay closed = {0};
    int64_t i = date - plain->first_date;
    if (i >= 0 && i < PLAIN_DATES && plain->dates[i].kind != AS_WEEKDAY) {
        return plain->dates[i].kind == OWN ? &plain->dates[i].day : &closed;
    }
    return &plain->week[(date + 4) % 7];
}

/* Is the minute open that begins at this second, after 1970? By the reading of libc's clock. */
static bool plain_is_open(const PlainCalendar *plain, int64_t instant_s) {
    int64_t wall_s = instant_s + libc_offset_s(instant_s);
    int64_t date = wall_s / 86400;
    int minute = (int)(wall_s % 86400 / 60);
    const PlainDay *day = plain_day(plain, date);
    for (int i = 0; i < day->count; i++) {
        bool over = day->to_minute[i] < day->from_minute[i];
        if (minute >= day->from_minute[i] && (over || minute < day->to_minute[i])) {
            return true;
        }
    }
    day = plain_day(plain, date - 1);
    for (int i = 0; i < day->count; i++) {
        if (day->to_minute[i] < day->from_minute[i] && minute < day->to_minute[i]) {
            return true;
        }
    }
    return false;
}

static int64_t plain_open_ms(const PlainCalendar *plain, int64_t from_ms, int64_t to_ms) {
    int64_t open_ms = 0;
    while (from_ms < to_ms) {
        int64_t minute = from_ms / MINUTE_MS;
        int64_t until_ms = (minute + 1) * MINUTE_MS < to_ms ? (minute + 1) * MINUTE_MS : to_ms;
        open_ms += plain_is_open(plain, minute * 60) ? until_ms - from_ms : 0;
        from_ms = until_ms;
    }
    return open_ms;
}

/* An instant of 1975 to 2100, three times of four within hours of a change of clocks. */
static int64_t random_instant(const Zone *zone) {
    uint64_t random = (uint64_t)rand() << 31 ^ (uint64_t)rand();
    int64_t instant_ms = 157766400000 + (int64_t)(random % UINT64_C(3976214400000));
    ZoneSpan span = zone_span(zone, instant_ms);
    if (rand() % 4 == 0 || span.end_ms >= ZONE_FOREVER_MS) {
        return instant_ms;
    }
    return span.end_ms + rand() % 86400000 - 43200000;
}

Test(calendar_random, open_time_is_as_counted_by_minutes) {
    libc_need_same_release();
    static char text[20000];
    static char again[20000];
    srand(5);
    for (size_t i = 0; i < CALENDAR_ZONES; i++) {
        libc_set_zone(calendar_zones[i]);
        for (int turn = 0; turn < 30; turn++) {
            Zone zone;
            Message why;
            (void)zone_read(calendar_zones[i], strlen(calendar_zones[i]), &zone, &why);
            int64_t about_ms = random_instant(&zone);
            PlainCalendar plain = random_calendar(calendar_zones[i], clock_day(&zone, about_ms));
            say_calendar(text, &plain);
            struct Calendar *calendar = parsed(text);
            int64_t from_ms = about_ms - rand() % 172800000;
            int64_t to_ms = about_ms + rand() % 172800000;
            cr_assert_eq(calendar_open_ms(calendar, from_ms, to_ms),
                         plain_open_ms(&plain, from_ms, to_ms), "%lld to %lld, %s",
                         (long long)from_ms, (long long)to_ms, text);
            for (int probe = 0; probe < 50; probe++) {
                int64_t probe_ms = about_ms + rand() % 345600000 - 172800000;
                int64_t minute = probe_ms / MINUTE_MS;
                cr_assert_eq(calendar_is_open(calendar, probe_ms),
                             plain_is_open(&plain, minute * 60), "%lld, %s", (long long)probe_ms,
                             text);
            }
            /* The canonical text means the same, and is its own canonical text. */
            written(calendar, again, sizeof again);
            struct Calendar *other = parsed(again);
            from_ms -= 2000000000;
            to_ms += 2000000000;
            cr_assert_eq(calendar_open_ms(calendar, from_ms, to_ms),
                         calendar_open_ms(other, from_ms, to_ms));
            written(other, text, sizeof text);
            cr_assert_str_eq(text, again);
            calendar_close(other);
            calendar_close(calendar);
        }
    }
    cr_assert_eq(test_heap.blocks, 0);
}

/* Parts of a span add up, over years too, where minutes would take too long to count. */
Test(calendar_random, open_time_of_parts_adds_up) {
    static char text[20000];
    srand(6);
    for (int turn = 0; turn < 2000; turn++) {
        PlainCalendar plain =
            random_calendar(calendar_zones[(size_t)turn % CALENDAR_ZONES], 15000 + rand() % 10000);
        say_calendar(text, &plain);
        struct Calendar *calendar = parsed(text);
        int64_t from_ms = random_instant(calendar_zone(calendar));
        int64_t middle_ms = from_ms + (int64_t)rand() * 100;
        int64_t to_ms = middle_ms + (int64_t)rand() * 10;
        cr_assert_eq(calendar_open_ms(calendar, from_ms, to_ms),
                     calendar_open_ms(calendar, from_ms, middle_ms) +
                         calendar_open_ms(calendar, middle_ms, to_ms));
        calendar_close(calendar);
    }
}
