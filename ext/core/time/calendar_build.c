/* calendar_build.c: what a calendar says, resolved into the open hours of each day (calendar_form.h).
**
** 1. A listed date has its plan from `days`, else none as a holiday; every other day its weekday's.
** 2. The shape of a day is its own plan with what the plan of the day before leaves over. It differs
**    from its weekday's on listed dates and on the days after them at most.
** 3. A date that leaves its day as the weekday is changes nothing, and is forgotten.
*/
#include "core/time/calendar_form.h"

#include <string.h>

#include "core/time/calendar.h"
#include "core/time/clock.h"

/* ---- sorting ---- */

static void calendar_sift(int64_t *words, uint32_t root, uint32_t count) {
    int64_t word = words[root];
    for (uint32_t child; (child = 2 * root + 1) < count; root = child) {
        child += child + 1 < count && words[child + 1] > words[child];
        if (words[child] <= word) {
            break;
        }
        words[root] = words[child];
    }
    words[root] = word;
}

/* Heapsort: in place, and no order of the input makes it slow. */
static void calendar_sort(int64_t *words, uint32_t count) {
    for (uint32_t root = count / 2; root > 0; root--) {
        calendar_sift(words, root - 1, count);
    }
    for (uint32_t end = count; end > 1; end--) {
        int64_t largest = words[0];
        words[0] = words[end - 1];
        words[end - 1] = largest;
        calendar_sift(words, 0, end - 1);
    }
}

/* ---- plans ---- */

int64_t calendar_interval_word(CalendarInterval interval) {
    return (int64_t)interval.from_minute << 16 | interval.to_minute;
}

/* Adds an interval to a list that is sorted by starts; one that touches the last is joined to it. */
static void calendar_join(CalendarInterval *intervals, uint32_t *count, CalendarInterval next) {
    CalendarInterval *last = *count > 0 ? &intervals[*count - 1] : NULL;
    if (last == NULL || next.from_minute > last->to_minute) {
        intervals[(*count)++] = next;
    } else if (next.to_minute > last->to_minute) {
        last->to_minute = next.to_minute;
    }
}

void calendar_set_plan(CalendarPlans *plans, uint32_t number, int64_t *words, uint32_t count,
                       int32_t over_minute) {
    CalendarPlan plan = {.first = plans->interval_count, .over_minute = over_minute};
    calendar_sort(words, count);
    for (uint32_t i = 0; i < count; i++) {
        CalendarInterval interval = {(int32_t)(words[i] >> 16), (int32_t)(words[i] & 0xffff)};
        calendar_join(plans->intervals + plan.first, &plan.count, interval);
    }
    plans->interval_count += plan.count;
    plans->plans[number] = plan;
}

void calendar_add_date(CalendarPlans *plans, int64_t day_number, uint32_t plan) {
    int64_t holiday = plan == CALENDAR_HOLIDAY_PLAN;
    plans->dates[plans->date_count++] =
        ((day_number - CLOCK_FIRST_DAY) << 1 | holiday) << 32 | plan;
}

static int64_t calendar_date_day(int64_t date) { return (date >> 33) + CLOCK_FIRST_DAY; }

static const CalendarPlan *calendar_date_plan(const CalendarPlans *plans, int64_t date) {
    return &plans->plans[(uint32_t)date];
}

static const CalendarPlan *calendar_usual_plan(const CalendarPlans *plans, int64_t day_number) {
    return &plans->plans[clock_weekday(day_number)];
}

/* Sorts the listed dates and keeps one of each: days before holidays (requirement 1). */
static void calendar_order_dates(CalendarPlans *plans) {
    calendar_sort(plans->dates, plans->date_count);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < plans->date_count; i++) {
        if (kept == 0 ||
            calendar_date_day(plans->dates[i]) != calendar_date_day(plans->dates[kept - 1])) {
            plans->dates[kept++] = plans->dates[i];
        }
    }
    plans->date_count = kept;
}

/* ---- shapes ---- */

/* Adds the shape of a day: requirement 2. */
static CalendarShape calendar_add_shape(struct Calendar *calendar, const CalendarPlans *plans,
                                        const CalendarPlan *plan, const CalendarPlan *eve) {
    CalendarShape shape = {.first = calendar->interval_count};
    CalendarInterval *intervals = calendar->intervals + shape.first;
    if (eve->over_minute > 0) {
        calendar_join(intervals, &shape.count, (CalendarInterval){0, eve->over_minute});
    }
    for (uint32_t i = 0; i < plan->count; i++) {
        calendar_join(intervals, &shape.count, plans->intervals[plan->first + i]);
    }
    for (uint32_t i = 0; i < shape.count; i++) {
        int32_t minutes = intervals[i].to_minute - intervals[i].from_minute;
        shape.open_ms += (int64_t)minutes * CALENDAR_MINUTE_MS;
    }
    calendar->interval_count += shape.count;
    return shape;
}

static void calendar_add_week(struct Calendar *calendar, const CalendarPlans *plans) {
    for (int weekday = 0; weekday < CALENDAR_WEEKDAYS; weekday++) {
        const CalendarPlan *eve = &plans->plans[(weekday + 6) % CALENDAR_WEEKDAYS];
        calendar->week[weekday] = calendar_add_shape(calendar, plans, &plans->plans[weekday], eve);
        calendar->week_until_ms[weekday + 1] =
            calendar->week_until_ms[weekday] + calendar->week[weekday].open_ms;
    }
}

/* Adds a day that may differ from its weekday, and forgets it if it does not (3). */
static void calendar_add_exception(struct Calendar *calendar, const CalendarPlans *plans,
                                   int64_t day_number, const CalendarPlan *plan,
                                   const CalendarPlan *eve) {
    CalendarShape shape = calendar_add_shape(calendar, plans, plan, eve);
    const CalendarShape *usual = &calendar->week[clock_weekday(day_number)];
    if (shape.count == usual->count &&
        memcmp(calendar->intervals + shape.first, calendar->intervals + usual->first,
               shape.count * sizeof *calendar->intervals) == 0) {
        calendar->interval_count -= shape.count;
        return;
    }
    CalendarException *exception = &calendar->exceptions[calendar->exception_count];
    int64_t before_ms = calendar->exception_count > 0 ? exception[-1].extra_ms : 0;
    *exception = (CalendarException){day_number, before_ms + shape.open_ms - usual->open_ms, shape};
    calendar->exception_count++;
}

/* Is this day the listed date of that index? The index may be beyond the list's ends. */
static bool calendar_lists(const CalendarPlans *plans, uint32_t index, int64_t day_number) {
    return index < plans->date_count && calendar_date_day(plans->dates[index]) == day_number;
}

/* Requirement 2: listed dates, and the days after them. */
static void calendar_add_exceptions(struct Calendar *calendar, const CalendarPlans *plans) {
    for (uint32_t i = 0; i < plans->date_count; i++) {
        int64_t day = calendar_date_day(plans->dates[i]);
        const CalendarPlan *plan = calendar_date_plan(plans, plans->dates[i]);
        const CalendarPlan *eve = calendar_lists(plans, i - 1, day - 1)
                                      ? calendar_date_plan(plans, plans->dates[i - 1])
                                      : calendar_usual_plan(plans, day - 1);
        calendar_add_exception(calendar, plans, day, plan, eve);
        if (!calendar_lists(plans, i + 1, day + 1) && day < CLOCK_LAST_DAY) {
            calendar_add_exception(calendar, plans, day + 1, calendar_usual_plan(plans, day + 1),
                                   plan);
        }
    }
}

/* How many intervals the shapes have at most. */
static uint64_t calendar_count_intervals(const CalendarPlans *plans) {
    uint64_t count = 0;
    for (uint32_t weekday = 0; weekday < CALENDAR_WEEKDAYS; weekday++) {
        count += plans->plans[weekday].count + 1;
    }
    for (uint32_t i = 0; i < plans->date_count; i++) {
        int64_t day = calendar_date_day(plans->dates[i]);
        count += calendar_date_plan(plans, plans->dates[i])->count + 1;
        count += calendar_usual_plan(plans, day + 1)->count + 1;
    }
    return count;
}

Status calendar_build(const Host *host, CalendarPlans *plans, const Zone *zone,
                      struct Calendar **out) {
    calendar_order_dates(plans);
    struct Calendar *calendar = host_allocate(host, 1, sizeof *calendar);
    if (calendar == NULL) {
        return STATUS_NO_MEMORY;
    }
    calendar->host = host;
    calendar->zone = *zone;
    calendar->intervals =
        host_allocate(host, calendar_count_intervals(plans), sizeof *calendar->intervals);
    calendar->exceptions =
        host_allocate(host, 2 * (uint64_t)plans->date_count + 1, sizeof *calendar->exceptions);
    if (calendar->intervals == NULL || calendar->exceptions == NULL) {
        calendar_close(calendar);
        return STATUS_NO_MEMORY;
    }
    calendar_add_week(calendar, plans);
    calendar_add_exceptions(calendar, plans);
    *out = calendar;
    return STATUS_OK;
}
