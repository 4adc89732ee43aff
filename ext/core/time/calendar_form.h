/* calendar_form.h: a calendar between reading, building and asking. Private to calendar*.c.
**
** 1. What a calendar says in intervals that run past midnight, holidays and days of their own is
**    resolved once, into the open hours of each wall-clock day: seven shapes for the weekdays, and
**    one for every day that differs from its weekday.
** 2. So two calendars that are open at the same times have the same form.
*/
#ifndef KEFU_CORE_CALENDAR_FORM_H
#define KEFU_CORE_CALENDAR_FORM_H

#include "core/base/base.h"
#include "core/time/zone.h"

#define CALENDAR_DAY_MINUTES 1440
#define CALENDAR_WEEKDAYS 7
#define CALENDAR_MINUTE_MS 60000

typedef struct CalendarInterval {
    int32_t from_minute; /* of the day, 0 .. 1439 */
    int32_t to_minute;   /* exclusive, up to 1440 */
} CalendarInterval;

/* The open hours of one wall-clock day: sorted intervals with closed time between them. */
typedef struct CalendarShape {
    uint32_t first; /* intervals[first .. first + count - 1] of the calendar */
    uint32_t count;
    int64_t open_ms; /* all of them together */
} CalendarShape;

/* A day that is open in other hours than its weekday. */
typedef struct CalendarException {
    int64_t day_number;
    int64_t extra_ms; /* what this one and all before it are open beyond their weekdays */
    CalendarShape shape;
} CalendarException;

struct Calendar {
    const Host *host;
    Zone zone;
    CalendarInterval *intervals; /* owned */
    uint32_t interval_count;
    CalendarException *exceptions; /* owned; sorted by day */
    uint32_t exception_count;
    CalendarShape week[CALENDAR_WEEKDAYS]; /* from Monday */
    int64_t
        week_until_ms[CALENDAR_WEEKDAYS + 1]; /* open time of the weekdays before; [7]: the week */
};

/* What a day says of itself: what it opens on that day, and until when the next day stays open for
** intervals that run past midnight. */
typedef struct CalendarPlan {
    uint32_t first; /* intervals[first .. first + count - 1] of the plans, as in a shape */
    uint32_t count;
    int32_t over_minute; /* the next day is open before it; 0: nothing is left over */
} CalendarPlan;

/* A calendar as it was read. Who reads it allocates the arrays; calendar_build() reorders them. */
typedef struct CalendarPlans {
    CalendarInterval *intervals;
    uint32_t interval_count;
    CalendarPlan *plans; /* the weekdays' from Monday, the holidays', then those of `days` */
    uint32_t plan_count;
    /* Listed dates in words that sort, and `days` before `holidays`: days since CLOCK_FIRST_DAY,
    ** one bit for a holiday, the number of the plan in 32 bits. */
    int64_t *dates;
    uint32_t date_count;
} CalendarPlans;

#define CALENDAR_HOLIDAY_PLAN CALENDAR_WEEKDAYS

/* An interval in a word that sorts by its start. */
int64_t calendar_interval_word(CalendarInterval interval);
/* Sets a plan from `count` intervals in any order. */
void calendar_set_plan(CalendarPlans *plans, uint32_t number, int64_t *words, uint32_t count,
                       int32_t over_minute);
void calendar_add_date(CalendarPlans *plans, int64_t day_number, uint32_t plan);
/* NO_MEMORY possible. */
Status calendar_build(const Host *host, CalendarPlans *plans, const Zone *zone,
                      struct Calendar **out);

extern const char *const calendar_weekday_names[CALENDAR_WEEKDAYS]; /* "mon" … "sun" */

#endif
