/* clock.c: local days and periods, civil dates, and how dates and instants are written (clock.h).
**
** 1. A local day starts at its earliest instant and lasts until a later day starts. So days follow
**    each other in time without a way back: an hour before midnight that clocks repeat after it
**    belongs to the day that has begun, and a day that clocks skip is empty.
** 2. Civil dates are the proleptic Gregorian calendar, counted in eras of 400 years from 1 March.
*/
#include "core/time/clock.h"

#include <string.h>

#define CLOCK_ERA_DAYS 146097 /* 400 years */
#define CLOCK_ERA_YEARS 400
#define CLOCK_EPOCH_DAYS 719468 /* from 0000-03-01 to 1970-01-01 */

static int64_t clock_floor_divide(int64_t number, int64_t divisor) {
    int64_t quotient = number / divisor;
    return quotient - (number % divisor < 0);
}

/* ---- local days ---- */

static int64_t clock_day_in_span(const ZoneSpan *span, int64_t instant_ms) {
    int64_t day_number = clock_floor_divide(instant_ms + span->offset_ms, CLOCK_DAY_MS);
    if (span->before_ms > span->offset_ms) {
        /* Requirement 1: clocks were set back; a day that had begun goes on. */
        int64_t begun = clock_floor_divide(span->start_ms - 1 + span->before_ms, CLOCK_DAY_MS);
        return begun > day_number ? begun : day_number;
    }
    return day_number;
}

int64_t clock_day(const Zone *zone, int64_t instant_ms) {
    ZoneSpan span = zone_span(zone, instant_ms);
    return clock_day_in_span(&span, instant_ms);
}

int64_t clock_day_start(const Zone *zone, int64_t day_number) {
    int64_t wall_ms = day_number * CLOCK_DAY_MS;
    ZoneSpan span = zone_span_of_wall(zone, wall_ms);
    int64_t start_ms = wall_ms - span.offset_ms;
    return start_ms > span.start_ms ? start_ms : span.start_ms; /* a skipped midnight */
}

int32_t clock_time_of_day(const Zone *zone, int64_t instant_ms) {
    int64_t wall_ms = instant_ms + zone_offset_ms(zone, instant_ms);
    return (int32_t)(wall_ms - clock_floor_divide(wall_ms, CLOCK_DAY_MS) * CLOCK_DAY_MS);
}

int64_t clock_day_refresh(const Zone *zone, DayCache *cache, int64_t instant_ms) {
    if (zone->table == NULL) { /* no change of clocks: all days are alike */
        const int64_t offset_ms = (int64_t)zone->offset_s * 1000;
        cache->day_number = clock_floor_divide(instant_ms + offset_ms, CLOCK_DAY_MS);
        cache->start_ms = cache->day_number * CLOCK_DAY_MS - offset_ms;
        cache->end_ms = cache->start_ms + CLOCK_DAY_MS;
        return cache->day_number;
    }
    cache->day_number = clock_day(zone, instant_ms);
    cache->start_ms = clock_day_start(zone, cache->day_number);
    cache->end_ms = clock_day_start(zone, cache->day_number + 1);
    return cache->day_number;
}

/* ---- civil dates ---- */

int64_t clock_days_from_civil(int64_t year, int32_t month, int32_t day) {
    /* Requirement 2: years begin in March, so that the leap day is the last one. */
    int64_t march_year = year - (month <= 2);
    int64_t era = clock_floor_divide(march_year, CLOCK_ERA_YEARS);
    int64_t year_of_era = march_year - era * CLOCK_ERA_YEARS;
    int64_t march_month = month > 2 ? month - 3 : month + 9;
    int64_t day_of_year = (153 * march_month + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * CLOCK_ERA_DAYS + day_of_era - CLOCK_EPOCH_DAYS;
}

void clock_civil_from_days(int64_t day_number, int64_t *year, int32_t *month, int32_t *day) {
    int64_t days = day_number + CLOCK_EPOCH_DAYS;
    int64_t era = clock_floor_divide(days, CLOCK_ERA_DAYS);
    int64_t day_of_era = days - era * CLOCK_ERA_DAYS;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t march_month = (5 * day_of_year + 2) / 153;
    *day = (int32_t)(day_of_year - (153 * march_month + 2) / 5 + 1);
    *month = (int32_t)(march_month < 10 ? march_month + 3 : march_month - 9);
    *year = era * CLOCK_ERA_YEARS + year_of_era + (*month <= 2);
}

int32_t clock_weekday(int64_t day_number) {
    int64_t since_monday = (day_number + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int32_t)(since_monday < 0 ? since_monday + 7 : since_monday);
}

/* ---- periods ---- */

int64_t clock_period_start(Period period, int64_t day_number) {
    if (period == PERIOD_NONE || period == PERIOD_DAY) {
        return day_number;
    }
    if (period == PERIOD_WEEK) {
        return day_number - clock_weekday(day_number);
    }
    int64_t year;
    int32_t month;
    int32_t day;
    clock_civil_from_days(day_number, &year, &month, &day);
    int32_t months = period == PERIOD_MONTH ? 1 : period == PERIOD_QUARTER ? 3 : 12;
    return clock_days_from_civil(year, month - (month - 1) % months, 1);
}

static const char *const clock_period_names[] = {NULL, "day", "week", "month", "quarter", "year"};

bool clock_period_read(const char *text, size_t length, Period *out) {
    for (int i = PERIOD_DAY; i <= PERIOD_YEAR; i++) {
        if (strlen(clock_period_names[i]) == length &&
            memcmp(clock_period_names[i], text, length) == 0) {
            *out = (Period)i;
            return true;
        }
    }
    return false;
}

/* ---- writing ---- */

static void clock_print_digits(int64_t number, int count, char *out) {
    while (count > 0) {
        out[--count] = (char)('0' + number % 10);
        number /= 10;
    }
}

void clock_print_day(int64_t day_number, char out[11]) {
    int64_t year;
    int32_t month;
    int32_t day;
    clock_civil_from_days(day_number, &year, &month, &day);
    clock_print_digits(year, 4, out);
    out[4] = '-';
    clock_print_digits(month, 2, out + 5);
    out[7] = '-';
    clock_print_digits(day, 2, out + 8);
    out[10] = '\0';
}

size_t clock_print_seconds(int64_t instant_ms, char *out) {
    uint64_t magnitude_ms = instant_ms < 0 ? 0 - (uint64_t)instant_ms : (uint64_t)instant_ms;
    char reversed[24];
    size_t count = 0;
    bool fraction = false;
    for (int place = 0; place < 4 || magnitude_ms > 0; place++) {
        char digit = (char)('0' + magnitude_ms % 10);
        magnitude_ms /= 10;
        if (place == 3 && fraction) {
            reversed[count++] = '.';
        }
        fraction = fraction || digit != '0';
        if (place >= 3 || fraction) {
            reversed[count++] = digit;
        }
    }
    size_t length = 0;
    if (instant_ms < 0) {
        out[length++] = '-';
    }
    while (count > 0) {
        out[length++] = reversed[--count];
    }
    out[length] = '\0';
    return length;
}
