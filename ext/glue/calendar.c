/* calendar.c: periods and open hours as SQL functions (functions.md 8).
**
** 1. NULL or blank TEXT anywhere gives NULL, before anything else is looked at.
** 2. Without a zone of their own, periods and calendars are in +08:00, as the rules are.
** 3. TEXT times without a suffix are in the zone of the period, or of the calendar.
** 4. Zones and calendars are read once, wherever they come from (memo.h).
*/
#include "glue/functions.h"

SQLITE_EXTENSION_INIT3

#include "core/time/calendar.h"
#include "core/time/clock.h"
#include "glue/memo.h"

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

static Status calendar_open_zone(const Host *host, const Value *value, void **object,
                                 Message *why) {
    if (value->type != VALUE_TEXT) {
        return message_refuse(why, value, " is no time zone; want ±HH:MM, UTC or an IANA name");
    }
    Zone zone;
    Status status = zone_read(value->as.bytes, value->length, &zone, why);
    Zone *kept = status == STATUS_OK ? host->resize(NULL, sizeof *kept) : NULL;
    if (kept != NULL) {
        *kept = zone;
    }
    *object = kept;
    return status == STATUS_OK && kept == NULL ? STATUS_NO_MEMORY : status;
}

static void calendar_close_zone(const Host *host, void *object) { host->release(object); }

static const MemoKind calendar_zones = {calendar_open_zone, calendar_close_zone};

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
    if (!args_read_all(context, count, count, arguments, values) ||
        !args_passed(context, calendar_signature(context), 1,
                     calendar_read_unit(&values[1], &unit, &why), &why)) {
        return;
    }
    const Zone *zone = count == 3 ? memo_take(context, 2, &values[2]) : &calendar_home_zone;
    if (zone == NULL) {
        return;
    }
    int64_t day_number = 0;
    /* NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): args_passed() saw that the unit was read */
    Status status = calendar_first_day(&values[0], zone, unit, &day_number, &why);
    if (args_passed(context, calendar_signature(context), 0, status, &why)) {
        char name[11];
        clock_print_day(day_number, name);
        sqlite3_result_text(context, name, 10, SQLITE_TRANSIENT);
    }
}

/* ---- business_seconds(from, to, calendar), is_open(t, calendar) ---- */

static Status calendar_open_text(const Host *host, const Value *value, void **object,
                                 Message *why) {
    if (value->type != VALUE_TEXT) {
        return message_refuse(why, value, " is no calendar; want a JSON object as TEXT");
    }
    struct Calendar *calendar;
    Status status = calendar_parse_text(host, value->as.bytes, value->length, &calendar_home_zone,
                                        &calendar, why);
    *object = calendar;
    return status;
}

static void calendar_close_text(const Host *host, void *object) {
    (void)host; /* a calendar knows its own */
    calendar_close(object);
}

static const MemoKind calendar_calendars = {calendar_open_text, calendar_close_text};

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
    const int last = count - 1;
    const struct Calendar *calendar = memo_take(context, last, &values[last]);
    int64_t instants_ms[CALENDAR_ARGUMENTS - 1];
    if (calendar != NULL && calendar_read_times(context, calendar, values, last, instants_ms)) {
        answer(context, calendar, instants_ms);
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
    /* NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): calendar_ask() has read all its instants */
    sqlite3_result_int(context, calendar_is_open(calendar, instants_ms[0]));
}

static void calendar_is_open_call(sqlite3_context *context, int count, sqlite3_value **arguments) {
    calendar_ask(context, count, arguments, calendar_answer_open);
}

const ScalarFunction CALENDAR_FUNCTIONS[] = {
    {{"kpi_period", "t,unit", 2}, calendar_kpi_period, NULL},
    {{"kpi_period", "t,unit,tz", 3}, calendar_kpi_period, &calendar_zones},
    {{"business_seconds", "from,to,calendar", 3}, calendar_business_seconds, &calendar_calendars},
    {{"is_open", "t,calendar", 2}, calendar_is_open_call, &calendar_calendars},
};
const int CALENDAR_FUNCTION_COUNT = (int)(sizeof CALENDAR_FUNCTIONS / sizeof CALENDAR_FUNCTIONS[0]);
