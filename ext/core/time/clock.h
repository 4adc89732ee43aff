/* clock.h: what a value says of time: instants, local days, periods (functions.md 2, 8).
**
** 1. An instant is Unix milliseconds. INTEGER and REAL are seconds, above 253402300799 in magnitude
**    milliseconds; TEXT is such a number of 9 or more whole digits, or a date with a time in the zone.
** 2. A day number counts local days from 1970-01-01. A local day starts at its earliest instant.
** 3. A wall-clock reading that a change of clocks repeats is the earlier instant; one that it skips is
**    read with the offset before the change.
*/
#ifndef KEFU_CORE_CLOCK_H
#define KEFU_CORE_CLOCK_H

#include "core/base/message.h"
#include "core/time/zone.h"

#define CLOCK_DAY_MS INT64_C(86400000)
#define CLOCK_LAST_SECOND INT64_C(253402300799) /* 9999-12-31 23:59:59 UTC */
#define CLOCK_LAST_MS INT64_C(253402300799999)  /* the last millisecond of 9999 */
#define CLOCK_FIRST_MS INT64_C(-62167219200000) /* 0000-01-01 00:00:00 UTC */
#define CLOCK_FIRST_DAY INT64_C(-719528)        /* 0000-01-01 */
#define CLOCK_LAST_DAY INT64_C(2932896)         /* 9999-12-31 */

typedef enum Period {
    PERIOD_NONE,
    PERIOD_DAY,
    PERIOD_WEEK, /* from Monday */
    PERIOD_MONTH,
    PERIOD_QUARTER,
    PERIOD_YEAR
} Period;

/* Reads a time (requirement 1). The value is not missing. REFUSED: the message holds the value and
** what is wanted, e.g. 'yesterday' is no time; want Unix seconds or 'YYYY-MM-DD HH:MM:SS'. */
Status clock_read(const Value *value, const Zone *zone, int64_t *instant_ms, Message *why);

/* The dates of times that were read from TEXT, by their bytes. Zeroed: empty. Belongs to one zone. */
#define DATE_CACHE 32
typedef struct DateEntry {
    char date[10];    /* YYYY-MM-DD, a date on which clocks run evenly from 00:00 to 24:00 */
    int64_t start_ms; /* the instant of 00:00:00 */
} DateEntry;
typedef struct DateCache {
    DateEntry dates[DATE_CACHE];
} DateCache;

/* The same as clock_read(), for the times of many rows: a whole number is read inline, and of a text
** whose date is in the cache only the time of day. */
Status clock_read_text(const Value *value, const Zone *zone, DateCache *cache, int64_t *instant_ms,
                       Message *why);
static inline Status clock_read_row(const Value *value, const Zone *zone, DateCache *cache,
                                    int64_t *instant_ms, Message *why) {
    if (value->type == VALUE_INTEGER) {
        const int64_t number = value->as.integer;
        if (number >= 0 && number <= CLOCK_LAST_SECOND) {
            *instant_ms = number * 1000;
            return STATUS_OK;
        }
    }
    const Value other = *value; /* the originals need no address: see value.h, requirement 3 */
    int64_t other_ms;
    const Status status = other.type == VALUE_TEXT
                              ? clock_read_text(&other, zone, cache, &other_ms, why)
                              : clock_read(&other, zone, &other_ms, why);
    *instant_ms = other_ms;
    return status;
}

/* The local day of an instant; with its bounds [start_ms, end_ms) when they are asked for. */
int64_t clock_day(const Zone *zone, int64_t instant_ms);
int64_t clock_day_start(const Zone *zone, int64_t day_number);
/* Wall-clock milliseconds since local midnight, 0 .. 86399999. */
int32_t clock_time_of_day(const Zone *zone, int64_t instant_ms);

/* The last local day asked for, so that a run of lines of one day costs two comparisons a line.
** Zeroed: empty. Belongs to one zone. */
typedef struct DayCache {
    int64_t start_ms; /* [start_ms, end_ms) is local day `day_number` */
    int64_t end_ms;
    int64_t day_number;
} DayCache;
int64_t clock_day_refresh(const Zone *zone, DayCache *cache, int64_t instant_ms);
static inline int64_t clock_day_cached(const Zone *zone, DayCache *cache, int64_t instant_ms) {
    if (instant_ms >= cache->start_ms && instant_ms < cache->end_ms) {
        return cache->day_number;
    }
    return clock_day_refresh(zone, cache, instant_ms);
}

/* Civil dates of the proleptic Gregorian calendar. month 1..12, day 1..31. */
int64_t clock_days_from_civil(int64_t year, int32_t month, int32_t day);
void clock_civil_from_days(int64_t day_number, int64_t *year, int32_t *month, int32_t *day);
/* 0 = Monday .. 6 = Sunday. */
int32_t clock_weekday(int64_t day_number);

/* First local day of the period that holds this day; PERIOD_NONE gives the day itself. */
int64_t clock_period_start(Period period, int64_t day_number);
/* 'day', 'week', 'month', 'quarter', 'year'; false: none of them. PERIOD_NONE has no name. */
bool clock_period_read(const char *text, size_t length, Period *out);

/* YYYY-MM-DD and a NUL. Only days from CLOCK_FIRST_DAY to CLOCK_LAST_DAY have such a name: in other
** zones than UTC an instant of those years can lie a day beyond them. */
void clock_print_day(int64_t day_number, char out[11]);
/* Reads exactly YYYY-MM-DD, a date that exists. */
bool clock_read_day(const char *text, size_t length, int64_t *day_number);
/* Unix seconds of an instant as decimal text, e.g. 1700000000.5; 24 bytes are enough. */
size_t clock_print_seconds(int64_t instant_ms, char *out);

#endif
