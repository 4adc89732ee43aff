/* calendar.c: periods and open hours as SQL functions (functions.md 8).
**
** 1. NULL or blank TEXT anywhere gives NULL, before anything else is looked at.
** 2. Without a zone of their own, periods and calendars are in +08:00, as the rules are.
** 3. TEXT times without a suffix are in the zone of the period, or of the calendar.
** 4. Zones and calendars are read once per statement: kept as auxdata, and not touched after they
**    were handed over, since that may free them (sqlite.md V10).
*/
#include "glue/functions.h"

SQLITE_EXTENSION_INIT3

#include "core/time/calendar.h"
#include "core/time/clock.h"

#define CALENDAR_ARGUMENTS 3 /* the longest list */

static const Zone calendar_home_zone = {NULL, 8 * 3600}; /* Requirement 2 */

static const Signature *calendar_signature(sqlite3_context *context) {
    const ScalarFunction *function = sqlite3_user_data(context);
    return &function->signature;
}

/* ---- kpi_period(t, unit [, tz]) ---- */

static Status calendar_read_unit(const Value *value, Period *unit, Message *why) {
    if (value->type == VALUE_TEXT && clock_period_read(value->as.bytes, value->length, unit)) {
        return STATUS_OK;
    }
    return message_refuse(why, value, " is no period; want day, week, month, quarter or year");
}

/* Reads a zone (Requirement 4); false: an error is the result. */
static bool calendar_read_tz(sqlite3_context *context, int index, const Value *value, Zone *zone) {
    const Zone *known = sqlite3_get_auxdata(context, index);
    if (known != NULL) {
        *zone = *known;
        return true;
    }
    Message why;
    Status status =
        value->type == VALUE_TEXT
            ? zone_read(value->as.bytes, value->length, zone, &why)
            : message_refuse(&why, value, " is no time zone; want ±HH:MM, UTC or an IANA name");
    if (!args_passed(context, calendar_signature(context), index, status, &why)) {
        return false;
    }
    Zone *kept = sqlite3_malloc64(sizeof *kept);
    if (kept != NULL) { /* else it is read again on the next row */
        *kept = *zone;
        sqlite3_set_auxdata(context, index, kept, sqlite3_free);
    }
    return true;
}

/* The first day of the period, as long as it has a name. */
static Status calendar_first_day(const Value *value, const Zone *zone, Period unit,
                                 int64_t *day_number, Message *why) {
    int64_t instant_ms;
    Status status = clock_read(value, zone, &instant_ms, why);
    if (status != STATUS_OK) {
        return status;
    }
    *day_number = clock_period_start(unit, clock_day(zone, instant_ms));
    if (*day_number < CLOCK_FIRST_DAY || *day_number > CLOCK_LAST_DAY) {
        return message_refuse(why, value,
                              " is in a period that begins outside the years 0000 to 9999");
    }
    return STATUS_OK;
}

static void calendar_kpi_period(sqlite3_context *context, int count, sqlite3_value **arguments) {
    Value values[CALENDAR_ARGUMENTS];
    Message why;
    Period unit;
    Zone zone = calendar_home_zone;
    int64_t day_number = 0;
    if (args_read_all(context, count, count, arguments, values) &&
        args_passed(context, calendar_signature(context), 1,
                    calendar_read_unit(&values[1], &unit, &why), &why) &&
        (count < 3 || calendar_read_tz(context, 2, &values[2], &zone)) &&
        args_passed(context, calendar_signature(context), 0,
                    calendar_first_day(&values[0], &zone, unit, &day_number, &why), &why)) {
        char name[11];
        clock_print_day(day_number, name);
        sqlite3_result_text(context, name, 10, SQLITE_TRANSIENT);
    }
}

/* ---- business_seconds(from, to, calendar), is_open(t, calendar) ---- */

/* A calendar and the host that it lives by. */
typedef struct CalendarHolder {
    Host host;
    struct Calendar *calendar;
} CalendarHolder;

static void calendar_release(void *block) {
    CalendarHolder *holder = block;
    if (holder != NULL) {
        calendar_close(holder->calendar);
        sqlite3_free(holder);
    }
}

/* Parses an argument into a new holder; NULL: its error is the result. */
static CalendarHolder *calendar_parse_argument(sqlite3_context *context, int index,
                                               const Value *value) {
    Message why;
    Status status = STATUS_NO_MEMORY;
    CalendarHolder *holder = sqlite3_malloc64(sizeof *holder);
    if (holder != NULL) {
        holder->host = args_host(sqlite3_context_db_handle(context));
        holder->calendar = NULL;
        status = value->type == VALUE_TEXT
                     ? calendar_parse_text(&holder->host, value->as.bytes, value->length,
                                           &calendar_home_zone, &holder->calendar, &why)
                     : message_refuse(&why, value, " is no calendar; want a JSON object as TEXT");
    }
    if (!args_passed(context, calendar_signature(context), index, status, &why)) {
        calendar_release(holder);
        return NULL;
    }
    return holder;
}

/* Reads the times that stand before the calendar (Requirement 3); false: an error is the result. */
static bool calendar_read_times(sqlite3_context *context, const struct Calendar *calendar,
                                const Value *values, int count, int64_t *instants_ms) {
    Message why;
    for (int i = 0; i < count; i++) {
        Status status = clock_read(&values[i], calendar_zone(calendar), &instants_ms[i], &why);
        if (!args_passed(context, calendar_signature(context), i, status, &why)) {
            return false;
        }
    }
    return true;
}

/* Both functions: times, then the calendar, which is the last argument. */
static void calendar_ask(sqlite3_context *context, int count, sqlite3_value **arguments,
                         void (*answer)(sqlite3_context *, const struct Calendar *,
                                        const int64_t *)) {
    Value values[CALENDAR_ARGUMENTS];
    if (!args_read_all(context, count, count, arguments, values)) {
        return;
    }
    int last = count - 1;
    CalendarHolder *known = sqlite3_get_auxdata(context, last);
    CalendarHolder *holder = known;
    if (known == NULL) {
        holder = calendar_parse_argument(context, last, &values[last]);
        if (holder == NULL) {
            return;
        }
    }
    int64_t instants_ms[CALENDAR_ARGUMENTS - 1];
    if (calendar_read_times(context, holder->calendar, values, last, instants_ms)) {
        answer(context, holder->calendar, instants_ms);
    }
    if (known == NULL) {
        sqlite3_set_auxdata(context, last, holder, calendar_release); /* Requirement 4 */
    }
}

static void calendar_answer_seconds(sqlite3_context *context, const struct Calendar *calendar,
                                    const int64_t *instants_ms) {
    int64_t open_ms = calendar_open_ms(calendar, instants_ms[0], instants_ms[1]);
    sqlite3_result_double(context, (double)open_ms / 1000.0);
}

static void calendar_business_seconds(sqlite3_context *context, int count,
                                      sqlite3_value **arguments) {
    calendar_ask(context, count, arguments, calendar_answer_seconds);
}

static void calendar_answer_open(sqlite3_context *context, const struct Calendar *calendar,
                                 const int64_t *instants_ms) {
    sqlite3_result_int(context, calendar_is_open(calendar, instants_ms[0]));
}

static void calendar_is_open_call(sqlite3_context *context, int count, sqlite3_value **arguments) {
    calendar_ask(context, count, arguments, calendar_answer_open);
}

const ScalarFunction CALENDAR_FUNCTIONS[] = {
    {{"kpi_period", "t,unit", 2}, calendar_kpi_period},
    {{"kpi_period", "t,unit,tz", 3}, calendar_kpi_period},
    {{"business_seconds", "from,to,calendar", 3}, calendar_business_seconds},
    {{"is_open", "t,calendar", 2}, calendar_is_open_call},
};
const int CALENDAR_FUNCTION_COUNT = (int)(sizeof CALENDAR_FUNCTIONS / sizeof CALENDAR_FUNCTIONS[0]);
