/* calendar.c: is a shop open, for how long was it, and how its calendar is written (calendar.h).
**
** 1. Open wall-clock time is counted from a fixed Monday: whole weeks, the weekdays before, what
**    the exceptions before add or take (sums kept with them), and the day's own intervals. No day
**    between is looked at.
** 2. Between two changes of clocks elapsed time is wall-clock time, so open time is the sum over
**    these spans (calendar.h, requirement 3).
*/
#include "core/time/calendar.h"

#include "core/time/calendar_form.h"
#include "core/time/clock.h"

const char *const calendar_weekday_names[CALENDAR_WEEKDAYS] = {"mon", "tue", "wed", "thu",
                                                               "fri", "sat", "sun"};

void calendar_close(struct Calendar *calendar) {
    if (calendar == NULL) {
        return;
    }
    const Host *host = calendar->host;
    host->release(calendar->intervals);
    host->release(calendar->exceptions);
    host->release(calendar);
}

const Zone *calendar_zone(const struct Calendar *calendar) { return &calendar->zone; }

/* ---- open time ---- */

/* A wall-clock day and the time of day in it. */
typedef struct CalendarMoment {
    int64_t day_number;
    int64_t time_ms;
} CalendarMoment;

static CalendarMoment calendar_moment(int64_t wall_ms) {
    int64_t day_number = wall_ms / CLOCK_DAY_MS - (wall_ms % CLOCK_DAY_MS < 0);
    return (CalendarMoment){day_number, wall_ms - day_number * CLOCK_DAY_MS};
}

/* How many exceptions come before a day. */
static uint32_t calendar_exceptions_before(const struct Calendar *calendar, int64_t day_number) {
    uint32_t low = 0;
    uint32_t high = calendar->exception_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (calendar->exceptions[middle].day_number < day_number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The shape of a day; `before` exceptions come before it. */
static const CalendarShape *calendar_shape(const struct Calendar *calendar, int64_t day_number,
                                           uint32_t before) {
    if (before < calendar->exception_count &&
        calendar->exceptions[before].day_number == day_number) {
        return &calendar->exceptions[before].shape;
    }
    return &calendar->week[clock_weekday(day_number)];
}

/* Open time of a day before a time of day. */
static int64_t calendar_open_in_day(const struct Calendar *calendar, const CalendarShape *shape,
                                    int64_t time_ms) {
    int64_t open_ms = 0;
    for (uint32_t i = 0; i < shape->count; i++) {
        const CalendarInterval *interval = &calendar->intervals[shape->first + i];
        int64_t from_ms = (int64_t)interval->from_minute * CALENDAR_MINUTE_MS;
        int64_t to_ms = (int64_t)interval->to_minute * CALENDAR_MINUTE_MS;
        if (time_ms <= from_ms) {
            break;
        }
        open_ms += (time_ms < to_ms ? time_ms : to_ms) - from_ms;
    }
    return open_ms;
}

/* Requirement 1: open wall-clock time before a reading; only differences mean something. */
static int64_t calendar_open_until(const struct Calendar *calendar, int64_t wall_ms) {
    CalendarMoment moment = calendar_moment(wall_ms);
    int32_t weekday = clock_weekday(moment.day_number);
    int64_t weeks = (moment.day_number - weekday + 3) / CALENDAR_WEEKDAYS; /* from 1969-12-29 */
    uint32_t before = calendar_exceptions_before(calendar, moment.day_number);
    const CalendarShape *shape = calendar_shape(calendar, moment.day_number, before);
    return weeks * calendar->week_until_ms[CALENDAR_WEEKDAYS] + calendar->week_until_ms[weekday] +
           (before > 0 ? calendar->exceptions[before - 1].extra_ms : 0) +
           calendar_open_in_day(calendar, shape, moment.time_ms);
}

int64_t calendar_open_ms(const struct Calendar *calendar, int64_t from_ms, int64_t to_ms) {
    int64_t open_ms = 0;
    while (from_ms < to_ms) {
        /* Requirement 2 */
        ZoneSpan span = zone_span(&calendar->zone, from_ms);
        int64_t until_ms = to_ms < span.end_ms ? to_ms : span.end_ms;
        open_ms += calendar_open_until(calendar, until_ms + span.offset_ms) -
                   calendar_open_until(calendar, from_ms + span.offset_ms);
        from_ms = until_ms;
    }
    return open_ms;
}

bool calendar_is_open(const struct Calendar *calendar, int64_t instant_ms) {
    CalendarMoment moment =
        calendar_moment(instant_ms + zone_offset_ms(&calendar->zone, instant_ms));
    uint32_t before = calendar_exceptions_before(calendar, moment.day_number);
    const CalendarShape *shape = calendar_shape(calendar, moment.day_number, before);
    int64_t minute = moment.time_ms / CALENDAR_MINUTE_MS;
    for (uint32_t i = 0; i < shape->count; i++) {
        const CalendarInterval *interval = &calendar->intervals[shape->first + i];
        if (minute >= interval->from_minute && minute < interval->to_minute) {
            return true;
        }
    }
    return false;
}

/* ---- writing ---- */

static void calendar_write_two(Buffer *out, int32_t number) {
    buffer_byte(out, (unsigned char)('0' + number / 10));
    buffer_byte(out, (unsigned char)('0' + number % 10));
}

static void calendar_write_minute(Buffer *out, int32_t minute) {
    calendar_write_two(out, minute / 60);
    buffer_byte(out, ':');
    calendar_write_two(out, minute % 60);
}

/* "NAME":["HH:MM-HH:MM",…] */
static void calendar_write_shape(const struct Calendar *calendar, const char *name,
                                 const CalendarShape *shape, Buffer *out) {
    buffer_byte(out, '"');
    buffer_text(out, name);
    buffer_text(out, "\":[");
    for (uint32_t i = 0; i < shape->count; i++) {
        const CalendarInterval *interval = &calendar->intervals[shape->first + i];
        buffer_text(out, i == 0 ? "\"" : ",\"");
        calendar_write_minute(out, interval->from_minute);
        buffer_byte(out, '-');
        calendar_write_minute(out, interval->to_minute);
        buffer_byte(out, '"');
    }
    buffer_byte(out, ']');
}

static void calendar_write_hours(const struct Calendar *calendar, Buffer *out) {
    const char *before = ",\"hours\":{";
    for (int weekday = 0; weekday < CALENDAR_WEEKDAYS; weekday++) {
        if (calendar->week[weekday].count > 0) {
            buffer_text(out, before);
            calendar_write_shape(calendar, calendar_weekday_names[weekday],
                                 &calendar->week[weekday], out);
            before = ",";
        }
    }
    if (calendar->week_until_ms[CALENDAR_WEEKDAYS] > 0) {
        buffer_byte(out, '}');
    }
}

/* Closed exceptions as holidays, or the others as days; nothing when there are none. */
static void calendar_write_exceptions(const struct Calendar *calendar, bool closed, Buffer *out) {
    const char *before = closed ? ",\"holidays\":[" : ",\"days\":{";
    bool some = false;
    for (uint32_t i = 0; i < calendar->exception_count; i++) {
        const CalendarException *exception = &calendar->exceptions[i];
        if ((exception->shape.count == 0) != closed) {
            continue;
        }
        char name[11];
        clock_print_day(exception->day_number, name);
        buffer_text(out, before);
        if (closed) {
            buffer_byte(out, '"');
            buffer_text(out, name);
            buffer_byte(out, '"');
        } else {
            calendar_write_shape(calendar, name, &exception->shape, out);
        }
        before = ",";
        some = true;
    }
    if (some) {
        buffer_byte(out, closed ? ']' : '}');
    }
}

void calendar_write(const struct Calendar *calendar, Buffer *out) {
    char name[ZONE_NAME_BYTES];
    zone_print(&calendar->zone, name);
    buffer_text(out, "{\"tz\":\"");
    buffer_text(out, name);
    buffer_byte(out, '"');
    calendar_write_hours(calendar, out);
    calendar_write_exceptions(calendar, true, out);
    calendar_write_exceptions(calendar, false, out);
    buffer_byte(out, '}');
}
