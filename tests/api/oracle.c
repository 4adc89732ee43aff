/* oracle.c: random numbers, days, calendars and figures of the oracle (see oracle.h). */
#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>

uint64_t oracle_random(OracleRandom *random) {
    uint64_t z = (random->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

int oracle_below(OracleRandom *random, int limit) {
    return (int)(oracle_random(random) % (uint64_t)limit);
}

bool oracle_chance(OracleRandom *random, int percent) {
    return oracle_below(random, 100) < percent;
}

int oracle_rounds(int rounds) {
    const char *percent = getenv("KEFU_ROUNDS");
    if (!percent || !*percent)
        return rounds;
    int scaled = (int)((long long)rounds * atoi(percent) / 100);
    return scaled > 0 ? scaled : 1;
}

/* ---- days, by counting ---- */

static bool oracle_is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int oracle_month_days(int year, int month) {
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && oracle_is_leap(year) ? 1 : 0);
}

int64_t oracle_day_number(OracleDate date) {
    int64_t day = 0;
    for (int year = 1970; year < date.year; year++)
        day += oracle_is_leap(year) ? 366 : 365;
    for (int year = 1969; year >= date.year; year--)
        day -= oracle_is_leap(year) ? 366 : 365;
    for (int month = 1; month < date.month; month++)
        day += oracle_month_days(date.year, month);
    return day + date.day - 1;
}

OracleDate oracle_date(int64_t day_number) {
    OracleDate date = {1970, 1, 1};
    int64_t left = day_number;
    while (left < 0)
        left += oracle_is_leap(--date.year) ? 366 : 365;
    while (left >= (oracle_is_leap(date.year) ? 366 : 365)) {
        left -= oracle_is_leap(date.year++) ? 366 : 365;
    }
    while (left >= oracle_month_days(date.year, date.month)) {
        left -= oracle_month_days(date.year, date.month++);
    }
    date.day = (int)left + 1;
    return date;
}

int oracle_weekday(int64_t day_number) {
    int64_t weekday = (day_number + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int)(weekday < 0 ? weekday + 7 : weekday);
}

enum { DAY_MS = 86400000, MINUTE_MS = 60000 };

int64_t oracle_ms_of_day(int64_t at_ms, int tz_minutes) {
    int64_t local = at_ms + (int64_t)tz_minutes * MINUTE_MS;
    int64_t rest = local % DAY_MS;
    return rest < 0 ? rest + DAY_MS : rest;
}

int64_t oracle_local_day(int64_t at_ms, int tz_minutes) {
    int64_t local = at_ms + (int64_t)tz_minutes * MINUTE_MS;
    return (local - oracle_ms_of_day(at_ms, tz_minutes)) / DAY_MS;
}

int64_t oracle_period_start(int64_t day_number, OraclePeriod period) {
    OracleDate date = oracle_date(day_number);
    switch (period) {
    case ORACLE_WEEK:
        while (oracle_weekday(day_number) != 0)
            day_number--;
        return day_number;
    case ORACLE_MONTH:
        date.day = 1;
        return oracle_day_number(date);
    case ORACLE_QUARTER:
        while (date.month != 1 && date.month != 4 && date.month != 7 && date.month != 10)
            date.month--;
        date.day = 1;
        return oracle_day_number(date);
    case ORACLE_YEAR:
        date.month = date.day = 1;
        return oracle_day_number(date);
    default:
        return day_number;
    }
}

const char *oracle_period_name(OraclePeriod period) {
    static const char *const names[] = {NULL, "day", "week", "month", "quarter", "year"};
    return names[period];
}

void oracle_print_day(int64_t day_number, char out[16]) {
    OracleDate date = oracle_date(day_number);
    snprintf(out, 16, "%04d-%02d-%02d", date.year % 10000, date.month % 100, date.day % 100);
}

/* ---- calendars, minute by minute ---- */

static const OracleHours *oracle_hours_of(const OracleCalendar *calendar, int64_t day) {
    for (int i = 0; i < calendar->special_count; i++) {
        if (calendar->special_day[i] == day)
            return &calendar->special_hours[i];
    }
    return &calendar->week[oracle_weekday(day)];
}

bool oracle_is_open(const OracleCalendar *calendar, int64_t at_ms, int rules_tz_minutes) {
    int tz = calendar->has_tz ? calendar->tz_minutes : rules_tz_minutes;
    int64_t day = oracle_local_day(at_ms, tz);
    int minute = (int)(oracle_ms_of_day(at_ms, tz) / MINUTE_MS);
    const OracleHours *today = oracle_hours_of(calendar, day);
    for (int i = 0; i < today->count; i++) {
        int from = today->from_minute[i], to = today->to_minute[i];
        if (from < to && from <= minute && minute < to)
            return true;
        if (to < from && from <= minute)
            return true;
    }
    const OracleHours *before = oracle_hours_of(calendar, day - 1);
    for (int i = 0; i < before->count; i++) {
        int from = before->from_minute[i], to = before->to_minute[i];
        if (to < from && minute < to)
            return true;
    }
    return false;
}

int64_t oracle_open_ms(const OracleCalendar *calendar, int64_t from_ms, int64_t to_ms,
                       int rules_tz_minutes) {
    int64_t open = 0;
    for (int64_t at = from_ms; at < to_ms;) {
        int64_t into = at % MINUTE_MS;
        int64_t next = at - (into < 0 ? into + MINUTE_MS : into) + MINUTE_MS;
        if (next > to_ms)
            next = to_ms;
        if (oracle_is_open(calendar, at, rules_tz_minutes))
            open += next - at;
        at = next;
    }
    return open;
}

/* ---- figures ---- */

double oracle_value(const OracleFigure *figure) {
    return (double)figure->numerator / ((double)figure->denominator * (double)figure->scale);
}

static OracleFigure *oracle_next_figure(OracleFigures *figures, const char *kpi) {
    if (figures->count == ORACLE_MOST_FIGURES)
        abort();
    OracleFigure *figure = &figures->figure[figures->count++];
    *figure = (OracleFigure){.kpi = kpi, .denominator = 1, .scale = 1};
    return figure;
}

void oracle_put_count(OracleFigures *figures, const char *kpi, int64_t value) {
    OracleFigure *figure = oracle_next_figure(figures, kpi);
    figure->is_count = true;
    figure->numerator = value;
}

void oracle_put_value(OracleFigures *figures, const char *kpi, bool is_null, int64_t value,
                      int64_t scale) {
    OracleFigure *figure = oracle_next_figure(figures, kpi);
    figure->is_null = is_null;
    figure->numerator = value;
    figure->scale = scale;
}

void oracle_put_quotient(OracleFigures *figures, const char *kpi, int64_t numerator,
                         int64_t denominator, int64_t scale) {
    OracleFigure *figure = oracle_next_figure(figures, kpi);
    figure->is_quotient = true;
    figure->is_null = denominator == 0;
    figure->numerator = numerator;
    figure->denominator = denominator;
    figure->scale = scale;
}
