/* oracle_rules.c: random rules of every family, and their JSON text (see oracle.h). */
#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const OracleRules oracle_default_rules = {
    .tz_minutes = 480,
    .session = ORACLE_SESSION_DAY,
    .stop = ORACLE_STOP_HUMAN,
    .max_wait_ms = 600000,
    .slow_ms = 120000,
    .slow_times = 3,
    .within_unit = ORACLE_BY_CONVERSATION,
    .final_days = 4,
    .satisfied_from = 4000000,
    .good_from = 5000000,
    .bad_to = 2000000,
    .score_max = 5000000,
};

static int64_t oracle_random_seconds(OracleRandom *random) {
    static const int64_t seconds[] = {1, 10, 30, 60, 90, 120, 180, 300, 600, 900, 3600};
    return 1000 * seconds[oracle_below(random, (int)(sizeof seconds / sizeof seconds[0]))];
}

static int oracle_random_zone(OracleRandom *random) {
    static const int zones[] = {480, 480, 0, -300, 330, 840, -720, 345};
    return zones[oracle_below(random, (int)(sizeof zones / sizeof zones[0]))];
}

/* Mostly a November with its Singles' Day; also leap days, the ends of time and what is before 1970. */
static int64_t oracle_random_base(OracleRandom *random) {
    static const OracleDate dates[] = {{2026, 11, 9},  {2026, 11, 9},  {2026, 11, 9}, {2026, 11, 9},
                                       {2000, 2, 26},  {1969, 12, 29}, {1900, 2, 26}, {1, 1, 3},
                                       {9998, 12, 24}, {2023, 12, 29}};
    return oracle_day_number(dates[oracle_below(random, 10)]);
}

static void oracle_choose_zone(OracleRandom *random, OracleRules *rules) {
    rules->tz_minutes = oracle_random_zone(random);
    rules->named_zone = oracle_date(rules->base_day).year == 2026 && oracle_chance(random, 40);
}

static OraclePeriod oracle_random_period(OracleRandom *random) {
    return oracle_chance(random, 40) ? ORACLE_NO_PERIOD
                                     : (OraclePeriod)(ORACLE_DAY + oracle_below(random, 5));
}

static void oracle_random_hours(OracleRandom *random, OracleHours *hours) {
    hours->count = oracle_below(random, ORACLE_INTERVALS + 1);
    for (int i = 0; i < hours->count; i++) {
        hours->from_minute[i] = oracle_below(random, 1440);
        do {
            hours->to_minute[i] = oracle_below(random, 1441);
        } while (hours->to_minute[i] == hours->from_minute[i]);
    }
    if (oracle_chance(random, 10)) {
        *hours = (OracleHours){.count = 1, .from_minute = {0}, .to_minute = {1440}};
    }
}

static OracleCalendar oracle_random_calendar(OracleRandom *random, int64_t base_day) {
    OracleCalendar calendar = {.has_tz = oracle_chance(random, 40)};
    calendar.tz_minutes = oracle_random_zone(random);
    for (int i = 0; i < 7; i++)
        oracle_random_hours(random, &calendar.week[i]);
    calendar.special_count = oracle_below(random, ORACLE_SPECIAL_DAYS + 1);
    for (int i = 0; i < calendar.special_count; i++) {
        calendar.special_day[i] = base_day - 1 + i * 2;
        if (oracle_chance(random, 50))
            oracle_random_hours(random, &calendar.special_hours[i]);
    }
    return calendar;
}

OracleRules oracle_random_chat_rules(OracleRandom *random, bool calendars) {
    OracleRules rules = oracle_default_rules;
    rules.base_day = oracle_random_base(random);
    if (oracle_chance(random, 60))
        oracle_choose_zone(random, &rules);
    rules.period = oracle_random_period(random);
    if (oracle_chance(random, 60))
        rules.session = (OracleSession)oracle_below(random, 3);
    if (rules.session == ORACLE_SESSION_GAP)
        rules.gap_ms = oracle_random_seconds(random);
    rules.burst_last = oracle_chance(random, 30);
    rules.stop = (OracleStop)oracle_below(random, 3);
    rules.bot_clears = oracle_chance(random, 30);
    if (oracle_chance(random, 50))
        rules.cap_ms = oracle_random_seconds(random);
    rules.unanswered_cap = rules.cap_ms > 0 && oracle_chance(random, 50);
    if (oracle_chance(random, 40))
        rules.drop_over_ms = oracle_random_seconds(random);
    rules.has_window = oracle_chance(random, 40);
    if (rules.has_window) {
        rules.window_from_minute = oracle_below(random, 48) * 30;
        do {
            rules.window_to_minute = oracle_below(random, 49) * 30;
        } while (rules.window_to_minute == rules.window_from_minute);
        if (oracle_chance(random, 10))
            rules.window_from_minute = 0, rules.window_to_minute = 1440;
    }
    rules.has_calendar = calendars && oracle_chance(random, 50);
    if (rules.has_calendar)
        rules.calendar = oracle_random_calendar(random, rules.base_day);
    rules.one_line = oracle_chance(random, 50);
    if (oracle_chance(random, 40))
        rules.max_wait_ms = oracle_random_seconds(random);
    if (oracle_chance(random, 40))
        rules.slow_ms = oracle_random_seconds(random);
    if (oracle_chance(random, 60))
        rules.slow_times = 1 + oracle_below(random, 3);
    rules.within_unit = (OracleUnit)oracle_below(random, 3);
    return rules;
}

OracleRules oracle_random_deal_rules(OracleRandom *random) {
    OracleRules rules = oracle_default_rules;
    rules.base_day = oracle_random_base(random);
    if (oracle_chance(random, 60))
        oracle_choose_zone(random, &rules);
    rules.period = oracle_random_period(random);
    if (oracle_chance(random, 50))
        rules.final_days = 1 + oracle_below(random, 6);
    rules.has_as_of = oracle_chance(random, 60);
    if (rules.has_as_of) {
        int64_t day = rules.base_day + oracle_below(random, 10);
        rules.as_of_ms = day * 86400000 - (int64_t)rules.tz_minutes * 60000;
        if (oracle_chance(random, 50))
            rules.as_of_ms += oracle_below(random, 3) - 1;
    }
    return rules;
}

OracleRules oracle_random_rating_rules(OracleRandom *random) {
    OracleRules rules = oracle_default_rules;
    rules.base_day = oracle_random_base(random);
    if (oracle_chance(random, 60))
        oracle_choose_zone(random, &rules);
    rules.period = oracle_random_period(random);
    if (oracle_chance(random, 50))
        rules.satisfied_from = 1000000 + 500000 * oracle_below(random, 9);
    if (oracle_chance(random, 50))
        rules.good_from = 1000000 + 500000 * oracle_below(random, 9);
    if (oracle_chance(random, 50))
        rules.bad_to = 1000000 + 500000 * oracle_below(random, 9);
    if (oracle_chance(random, 30))
        rules.score_max = 5000000 + 5000000 * oracle_below(random, 2);
    return rules;
}

/* ---- JSON ---- */

enum { ORACLE_MOST_OPTIONS = 24, ORACLE_OPTION_SIZE = 2048 };

typedef struct OracleOptions {
    int count;
    char text[ORACLE_MOST_OPTIONS][ORACLE_OPTION_SIZE];
} OracleOptions;

static char *oracle_new_option(OracleOptions *options) {
    if (options->count == ORACLE_MOST_OPTIONS)
        abort();
    return options->text[options->count++];
}

static void oracle_put_text(OracleOptions *options, const char *name, const char *value) {
    snprintf(oracle_new_option(options), ORACLE_OPTION_SIZE, "\"%s\":\"%s\"", name, value);
}

/* A number of thousandths or millionths as a decimal. */
static void oracle_put_number(OracleOptions *options, const char *name, int64_t value, int scale) {
    char digits[48];
    const char *sign = value < 0 ? "-" : "";
    long long size = value < 0 ? -value : value, whole = size / scale, part = size % scale;
    if (part == 0) {
        snprintf(digits, sizeof digits, "%s%lld", sign, whole);
    } else {
        snprintf(digits, sizeof digits, scale == 1000 ? "%s%lld.%03lld" : "%s%lld.%06lld", sign,
                 whole, part);
    }
    snprintf(oracle_new_option(options), ORACLE_OPTION_SIZE, "\"%s\":%s", name, digits);
}

static void oracle_zone_text(int minutes, bool named, char out[32]) {
    static const struct {
        int minutes;
        const char *name;
    } names[] = {{480, "Asia/Shanghai"}, {0, "Europe/London"},        {-300, "America/New_York"},
                 {330, "Asia/Kolkata"},  {840, "Pacific/Kiritimati"}, {-720, "Etc/GMT+12"},
                 {345, "Asia/Kathmandu"}};
    int size = abs(minutes) % 6000;
    snprintf(out, 32, "%c%02d:%02d", minutes < 0 ? '-' : '+', size / 60, size % 60);
    for (int i = 0; named && i < 7; i++) {
        if (names[i].minutes == minutes)
            snprintf(out, 32, "%s", names[i].name);
    }
}

static void oracle_interval_text(int from, int to, char out[16]) {
    from %= 6000, to %= 6000;
    snprintf(out, 16, "%02d:%02d-%02d:%02d", from / 60, from % 60, to / 60, to % 60);
}

static size_t oracle_print_hours(const OracleHours *hours, char *out, size_t room) {
    size_t used = (size_t)snprintf(out, room, "[");
    for (int i = 0; i < hours->count; i++) {
        char text[16];
        oracle_interval_text(hours->from_minute[i], hours->to_minute[i], text);
        used += (size_t)snprintf(out + used, room - used, "%s\"%s\"", i > 0 ? "," : "", text);
    }
    return used + (size_t)snprintf(out + used, room - used, "]");
}

static void oracle_print_calendar(const OracleCalendar *calendar, bool named, char *out,
                                  size_t room) {
    static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    size_t used = (size_t)snprintf(out, room, "\"calendar\":{");
    if (calendar->has_tz) {
        char zone[32];
        oracle_zone_text(calendar->tz_minutes, named, zone);
        used += (size_t)snprintf(out + used, room - used, "\"tz\":\"%s\",", zone);
    }
    used += (size_t)snprintf(out + used, room - used, "\"hours\":{");
    bool comma = false;
    for (int i = 0; i < 7; i++) {
        if (calendar->week[i].count == 0)
            continue;
        used += (size_t)snprintf(out + used, room - used, "%s\"%s\":", comma ? "," : "", names[i]);
        used += oracle_print_hours(&calendar->week[i], out + used, room - used);
        comma = true;
    }
    char day[16];
    used += (size_t)snprintf(out + used, room - used, "},\"holidays\":[");
    comma = false;
    for (int i = 0; i < calendar->special_count; i++) {
        if (calendar->special_hours[i].count > 0)
            continue;
        oracle_print_day(calendar->special_day[i], day);
        used += (size_t)snprintf(out + used, room - used, "%s\"%s\"", comma ? "," : "", day);
        comma = true;
    }
    used += (size_t)snprintf(out + used, room - used, "],\"days\":{");
    comma = false;
    for (int i = 0; i < calendar->special_count; i++) {
        if (calendar->special_hours[i].count == 0)
            continue;
        oracle_print_day(calendar->special_day[i], day);
        used += (size_t)snprintf(out + used, room - used, "%s\"%s\":", comma ? "," : "", day);
        used += oracle_print_hours(&calendar->special_hours[i], out + used, room - used);
        comma = true;
    }
    snprintf(out + used, room - used, "}}");
}

static void oracle_list_chat(const OracleRules *rules, OracleOptions *options) {
    static const char *const stops[] = {"human", "assist", "any"};
    static const char *const units[] = {"turn", "first", "conversation"};
    const OracleRules *other = &oracle_default_rules;
    char text[16];
    if (rules->session == ORACLE_SESSION_ALL)
        oracle_put_text(options, "session", "all");
    if (rules->session == ORACLE_SESSION_GAP)
        oracle_put_number(options, "session", rules->gap_ms, 1000);
    if (rules->burst_last)
        oracle_put_text(options, "burst", "last");
    if (rules->stop != other->stop)
        oracle_put_text(options, "stop", stops[rules->stop]);
    if (rules->bot_clears)
        snprintf(oracle_new_option(options), 32, "\"bot_clears\":true");
    if (rules->unanswered_cap)
        oracle_put_text(options, "unanswered", "cap");
    if (rules->cap_ms > 0)
        oracle_put_number(options, "cap", rules->cap_ms, 1000);
    if (rules->drop_over_ms > 0)
        oracle_put_number(options, "drop_over", rules->drop_over_ms, 1000);
    if (rules->has_window) {
        oracle_interval_text(rules->window_from_minute, rules->window_to_minute, text);
        oracle_put_text(options, "window", text);
    }
    if (rules->has_calendar) {
        oracle_print_calendar(&rules->calendar, rules->named_zone, oracle_new_option(options),
                              ORACLE_OPTION_SIZE);
    }
    if (rules->one_line)
        oracle_put_text(options, "filter", "one_line");
    if (rules->max_wait_ms != other->max_wait_ms) {
        oracle_put_number(options, "max_wait", rules->max_wait_ms, 1000);
    }
    if (rules->slow_ms != other->slow_ms)
        oracle_put_number(options, "slow", rules->slow_ms, 1000);
    if (rules->slow_times != 3)
        oracle_put_number(options, "slow_times", rules->slow_times, 1);
    if (rules->within_unit != other->within_unit) {
        oracle_put_text(options, "within_unit", units[rules->within_unit]);
    }
}

static void oracle_list_others(const OracleRules *rules, OracleOptions *options) {
    const OracleRules *other = &oracle_default_rules;
    if (rules->has_as_of)
        oracle_put_number(options, "as_of", rules->as_of_ms, 1000);
    if (rules->final_days != other->final_days) {
        oracle_put_number(options, "final_days", rules->final_days, 1);
    }
    if (rules->satisfied_from != other->satisfied_from) {
        oracle_put_number(options, "satisfied_from", rules->satisfied_from, 1000000);
    }
    if (rules->good_from != other->good_from) {
        oracle_put_number(options, "good_from", rules->good_from, 1000000);
    }
    if (rules->bad_to != other->bad_to)
        oracle_put_number(options, "bad_to", rules->bad_to, 1000000);
    if (rules->score_max != other->score_max) {
        oracle_put_number(options, "score_max", rules->score_max, 1000000);
    }
}

void oracle_print_rules(OracleRandom *random, const OracleRules *rules, char *out, int size) {
    static OracleOptions options; /* large; the tests have one thread */
    options.count = 0;
    char zone[32];
    oracle_zone_text(rules->tz_minutes, rules->named_zone, zone);
    if (rules->tz_minutes != 480 || rules->named_zone)
        oracle_put_text(&options, "tz", zone);
    if (rules->period != ORACLE_NO_PERIOD) {
        oracle_put_text(&options, "period", oracle_period_name(rules->period));
    }
    oracle_list_chat(rules, &options);
    oracle_list_others(rules, &options);
    size_t room = (size_t)size;
    size_t used = (size_t)snprintf(out, room, "{");
    bool comma = false;
    for (int left = options.count; left > 0; left--) {
        int which = oracle_below(random, left);
        used += (size_t)snprintf(out + used, room - used, "%s%s", comma ? "," : "",
                                 options.text[which]);
        if (used + 2 > room)
            abort();
        memmove(options.text[which], options.text[left - 1], ORACLE_OPTION_SIZE);
        comma = true;
    }
    snprintf(out + used, room - used, "}");
}
