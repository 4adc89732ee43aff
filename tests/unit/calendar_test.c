/* calendar_test.c: facts of calendars, their texts and refusals (core/time/calendar.h). */
#include "core/time/calendar.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/time/clock.h"
#include "host.h"

#define MINUTE_MS INT64_C(60000)

static const Zone home = {NULL, 8 * 3600};

static struct Calendar *calendar_of(const char *text) {
    struct Calendar *calendar;
    Message why;
    Status status = calendar_parse_text(&test_host, text, strlen(text), &home, &calendar, &why);
    cr_assert_eq(status, STATUS_OK, "%s: %s", text, why.text);
    return calendar;
}

static const char *refusal(const char *text) {
    static Message why;
    struct Calendar *calendar;
    message_clear(&why);
    cr_assert_eq(calendar_parse_text(&test_host, text, strlen(text), &home, &calendar, &why),
                 STATUS_REFUSED, "%s", text);
    cr_assert_null(calendar);
    cr_assert_eq(test_heap.blocks, 0);
    return why.text;
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

/* The canonical text of a text. */
static const char *canonical(const char *text) {
    static char out[100000];
    struct Calendar *calendar = calendar_of(text);
    written(calendar, out, sizeof out);
    calendar_close(calendar);
    return out;
}

static int64_t at(const char *text, const Zone *zone) {
    Value value = value_of_text(text, strlen(text));
    int64_t instant_ms;
    Message why;
    cr_assert_eq(clock_read(&value, zone, &instant_ms, &why), STATUS_OK, "%s", why.text);
    return instant_ms;
}

/* Open minutes between two times in the calendar's zone. */
static double open_minutes(const char *calendar_text, const char *from, const char *to) {
    struct Calendar *calendar = calendar_of(calendar_text);
    const Zone *zone = calendar_zone(calendar);
    int64_t open_ms = calendar_open_ms(calendar, at(from, zone), at(to, zone));
    calendar_close(calendar);
    return (double)open_ms / MINUTE_MS;
}

/* ---- facts ---- */

/* 2026-09-28 is a Monday. */
#define WEEK                                                                                       \
    "{\"hours\":{\"mon\":[\"09:00-12:00\",\"13:30-18:00\"],\"sat\":[\"22:00-02:00\"],\"sun\":[]}," \
    "\"holidays\":[\"2026-10-05\"],\"days\":{\"2026-10-12\":[\"08:00-09:00\"]}}"

Test(calendar, r1_open_time_is_what_lies_in_the_intervals) {
    cr_expect_eq(open_minutes(WEEK, "2026-09-28 08:00", "2026-09-28 20:00"), 450.0);
    cr_expect_eq(open_minutes(WEEK, "2026-09-28 11:30", "2026-09-28 13:45"), 45.0);
    cr_expect_eq(open_minutes(WEEK, "2026-09-28 12:00", "2026-09-28 13:30"), 0.0);
    cr_expect_eq(open_minutes(WEEK, "2026-09-29", "2026-10-03"), 0.0);
    cr_expect_eq(open_minutes(WEEK, "2026-10-03", "2026-10-05"), 240.0); /* past midnight */
    cr_expect_eq(open_minutes(WEEK, "2026-10-04", "2026-10-05"), 120.0);
    cr_expect_eq(open_minutes(WEEK, "2026-10-05", "2026-10-06"), 0.0);  /* a holiday */
    cr_expect_eq(open_minutes(WEEK, "2026-10-12", "2026-10-13"), 60.0); /* a day of its own */
    cr_expect_eq(open_minutes(WEEK, "2026-09-28", "2026-10-19"), 3 * 240.0 + 450.0 + 60.0);
    cr_expect_eq(open_minutes(WEEK, "2026-09-28 09:00:00.500", "2026-09-28 09:00:01"), 1.0 / 120);
}

Test(calendar, no_time_passes_backwards) {
    cr_expect_eq(open_minutes(WEEK, "2026-09-28 20:00", "2026-09-28 08:00"), 0.0);
    cr_expect_eq(open_minutes(WEEK, "2026-09-28 10:00", "2026-09-28 10:00"), 0.0);
    cr_expect_eq(open_minutes(WEEK, "9999-12-31", "0000-01-01"), 0.0);
}

Test(calendar, r1_ends_are_exclusive) {
    struct Calendar *calendar = calendar_of(WEEK);
    static const struct {
        const char *text;
        bool open;
    } instants[] = {
        {"2026-09-28 08:59:59.999", false},
        {"2026-09-28 09:00", true},
        {"2026-09-28 11:59:59.999", true},
        {"2026-09-28 12:00", false},
        {"2026-10-03 21:59:59", false},
        {"2026-10-03 22:00", true},
        {"2026-10-04", true},
        {"2026-10-04 01:59:59.999", true},
        {"2026-10-04 02:00", false},
        {"2026-10-05 10:00", false},
        {"2026-10-12 08:30", true},
        {"2026-10-12 10:00", false},
    };
    for (size_t i = 0; i < sizeof instants / sizeof instants[0]; i++) {
        cr_expect_eq(calendar_is_open(calendar, at(instants[i].text, &home)), instants[i].open,
                     "%s", instants[i].text);
    }
    calendar_close(calendar);
}

Test(calendar, r1_a_night_before_a_holiday_ends_in_it) {
    static const char nights[] = "{\"hours\":{\"wed\":[\"20:00-04:00\"],\"thu\":[\"20:00-04:00\"]},"
                                 "\"holidays\":[\"2026-10-01\"]}"; /* a Thursday */
    cr_expect_eq(open_minutes(nights, "2026-10-01", "2026-10-02"), 240.0);
    cr_expect_eq(open_minutes(nights, "2026-10-02", "2026-10-03"), 0.0);
}

Test(calendar, r2_a_day_of_its_own_wins_over_a_holiday) {
    cr_expect_eq(open_minutes("{\"holidays\":[\"2026-10-10\"],"
                              "\"days\":{\"2026-10-10\":[\"09:00-18:00\"]}}",
                              "2026-10-10", "2026-10-11"),
                 540.0);
    cr_expect_eq(
        open_minutes("{\"days\":{\"2026-10-10\":[]},\"hours\":{\"sat\":[\"00:00-24:00\"]}}",
                     "2026-10-10", "2026-10-11"),
        0.0);
}

Test(calendar, r3_elapsed_time_counts) {
    static const char all[] = "{\"tz\":\"America/New_York\",\"hours\":{\"sun\":[\"00:00-24:00\"]}}";
    cr_expect_eq(open_minutes(all, "2026-11-01", "2026-11-02"), 25 * 60.0);
    cr_expect_eq(open_minutes(all, "2026-03-08", "2026-03-09"), 23 * 60.0);
    static const char hour[] =
        "{\"tz\":\"America/New_York\",\"hours\":{\"sun\":[\"01:00-02:00\"]}}";
    cr_expect_eq(open_minutes(hour, "2026-11-01", "2026-11-02"), 120.0);
    static const char gone[] =
        "{\"tz\":\"America/New_York\",\"hours\":{\"sun\":[\"02:00-03:00\"]}}";
    cr_expect_eq(open_minutes(gone, "2026-03-08", "2026-03-09"), 0.0);
    static const char apia[] = "{\"tz\":\"Pacific/Apia\",\"hours\":{\"fri\":[\"00:00-24:00\"]}}";
    cr_expect_eq(open_minutes(apia, "2011-12-28", "2012-01-03"), 0.0); /* a Friday that never was */
}

Test(calendar, long_spans_are_exact) {
    static const char always[] =
        "{\"hours\":{\"mon\":[\"00:00-24:00\"],\"tue\":[\"00:00-24:00\"],\"wed\":[\"00:00-24:00\"],"
        "\"thu\":[\"00:00-24:00\"],\"fri\":[\"00:00-24:00\"],\"sat\":[\"00:00-24:00\"],"
        "\"sun\":[\"00:00-24:00\"]},\"tz\":\"%s\"}";
    static const char *const zones[] = {"+08:00", "America/New_York", "Australia/Lord_Howe",
                                        "Pacific/Apia"};
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        char text[300];
        snprintf(text, sizeof text, always, zones[i]);
        struct Calendar *calendar = calendar_of(text);
        cr_expect_eq(calendar_open_ms(calendar, -62167219200000, 253402300799999),
                     253402300799999 + 62167219200000);
        calendar_close(calendar);
    }
}

Test(calendar, r4_equal_calendars_have_equal_text) {
    cr_expect_str_eq(canonical("{}"), "{\"tz\":\"+08:00\"}");
    cr_expect_str_eq(canonical(" { \"hours\" : { \"sun\" : [ ] } , \"holidays\" : [ ] } "),
                     "{\"tz\":\"+08:00\"}");
    cr_expect_str_eq(canonical("{\"tz\":\"UTC\",\"days\":{}}"), "{\"tz\":\"+00:00\"}");
    cr_expect_str_eq(canonical("{\"tz\":\"PRC\"}"), "{\"tz\":\"Asia/Shanghai\"}");
    cr_expect_str_eq(
        canonical("{\"hours\":{\"sat\":[\"22:00-02:00\"],"
                  "\"mon\":[\"13:00-15:00\",\"09:00-10:00\",\"10:00-12:00\",\"11:00-11:30\","
                  "\"14:00-18:00\"]},\"holidays\":[\"2026-10-05\",\"2026-09-28\",\"2026-10-05\"],"
                  "\"days\":{\"2026-10-12\":[\"08:00-24:00\"],\"2026-10-06\":[\"10:00-12:00\"]}}"),
        "{\"tz\":\"+08:00\",\"hours\":{\"mon\":[\"09:00-12:00\",\"13:00-18:00\"],"
        "\"sat\":[\"22:00-24:00\"],\"sun\":[\"00:00-02:00\"]},"
        "\"holidays\":[\"2026-09-28\",\"2026-10-05\"],"
        "\"days\":{\"2026-10-06\":[\"10:00-12:00\"],\"2026-10-12\":[\"08:00-24:00\"]}}");
    /* Dates that change nothing are not written. */
    cr_expect_str_eq(canonical("{\"hours\":{\"mon\":[\"09:00-18:00\"]},"
                               "\"holidays\":[\"2026-10-06\"],"
                               "\"days\":{\"2026-10-05\":[\"09:00-12:00\",\"12:00-18:00\"]}}"),
                     "{\"tz\":\"+08:00\",\"hours\":{\"mon\":[\"09:00-18:00\"]}}");
    cr_expect_str_eq(canonical("{\"days\":{\"9999-12-31\":[\"20:00-10:00\"]}}"),
                     "{\"tz\":\"+08:00\",\"days\":{\"9999-12-31\":[\"20:00-24:00\"]}}");
}

Test(calendar, what_is_no_calendar_is_refused) {
#define INTERVAL "; want 'HH:MM-HH:MM', '00:00-24:00' for the whole day"
    static const struct {
        const char *text;
        const char *why;
    } wrong[] = {
        {"[]", "calendar: a list is no calendar; want an object with tz, hours, holidays and days"},
        {"{\"hour\":{}}",
         "calendar: 'hour' is no part of a calendar; want an object with tz, hours, holidays and "
         "days"},
        {"{\"tz\":8}", "calendar.tz: a number is no time zone; want ±HH:MM, UTC or an IANA name"},
        {"{\"tz\":\"Asia/Shangha\"}",
         "calendar.tz: 'Asia/Shangha' is no known time zone; want ±HH:MM, UTC or an IANA name such "
         "as 'Asia/Shanghai'; did you mean 'Asia/Shanghai'?"},
        {"{\"hours\":[]}",
         "calendar.hours: a list is no object; want one such as {\"mon\": [\"09:00-18:00\"]}"},
        {"{\"hours\":{\"Mon\":[]}}",
         "calendar.hours: 'Mon' is no weekday; want mon, tue, wed, thu, fri, sat or sun"},
        {"{\"hours\":{\"mon\":\"09:00-18:00\"}}",
         "calendar.hours.mon: '09:00-18:00' is no list of intervals; want one such as "
         "[\"09:00-18:00\"]"},
        {"{\"hours\":{\"mon\":[\"09:00-18:00\",null]}}",
         "calendar.hours.mon[1]: null is no interval" INTERVAL},
        {"{\"hours\":{\"mon\":[\"9:00-18:00\"]}}",
         "calendar.hours.mon[0]: '9:00-18:00' is no interval" INTERVAL},
        {"{\"hours\":{\"mon\":[\"09:00-24:01\"]}}",
         "calendar.hours.mon[0]: '09:00-24:01' is no interval" INTERVAL},
        {"{\"hours\":{\"mon\":[\"09:60-18:00\"]}}",
         "calendar.hours.mon[0]: '09:60-18:00' is no interval" INTERVAL},
        {"{\"hours\":{\"mon\":[\"24:00-02:00\"]}}",
         "calendar.hours.mon[0]: '24:00-02:00' is no interval" INTERVAL},
        {"{\"hours\":{\"mon\":[\"09:00-09:00\"]}}",
         "calendar.hours.mon[0]: '09:00-09:00' ends where it starts" INTERVAL},
        {"{\"holidays\":\"2026-10-01\"}",
         "calendar.holidays: '2026-10-01' is no list; want a list of dates such as "
         "[\"2026-10-01\"]"},
        {"{\"holidays\":[\"2026-10-01\",\"2026-02-29\"]}",
         "calendar.holidays[1]: '2026-02-29' is no date; want 'YYYY-MM-DD'"},
        {"{\"days\":null}",
         "calendar.days: null is no object; want one such as {\"2026-10-10\": [\"09:00-18:00\"]}"},
        {"{\"days\":{\"2026-10-1\":[]}}",
         "calendar.days: '2026-10-1' is no date; want 'YYYY-MM-DD'"},
        {"{\"days\":{\"2026-10-01\":[true]}}",
         "calendar.days.2026-10-01[0]: true is no interval" INTERVAL},
        {"{\"hours\":{\"mon\":[],\"mon\":[]}}",
         "calendar.hours.mon: duplicate key (bytes 16 and 25)"},
        {"{\"hours\"", "calendar: invalid JSON at byte 8"},
        {"", "calendar: invalid JSON at byte 0"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        cr_expect_str_eq(refusal(wrong[i].text), wrong[i].why);
    }
}

Test(calendar, no_allocation_has_to_succeed) {
    Message why;
    struct Calendar *calendar = NULL;
    Status status = STATUS_NO_MEMORY;
    long turns = 0;
    for (; status == STATUS_NO_MEMORY; turns++) {
        test_heap.countdown = turns;
        status = calendar_parse_text(&test_host, WEEK, strlen(WEEK), &home, &calendar, &why);
        test_heap.countdown = -1;
        cr_assert(status == STATUS_OK || (calendar == NULL && test_heap.blocks == 0));
    }
    cr_expect_eq(status, STATUS_OK);
    cr_expect_gt(turns, 7);
    calendar_close(calendar);
    calendar_close(NULL);
    cr_expect_eq(test_heap.blocks, 0);
}
