/* oracle_hours.c: see oracle_hours.h. */
#define _GNU_SOURCE /* tm_gmtoff */
#include "oracle_hours.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MINUTE_MS = 60000, HOUR_MS = 3600000, DAY_MS = 86400000 };

const char *hours_release(void) {
    static char line[64];
    FILE *file = fopen("/usr/share/zoneinfo/tzdata.zi", "r");
    bool read = file && fgets(line, sizeof line, file);
    if (file)
        fclose(file);
    if (!read || strncmp(line, "# version ", 10) != 0)
        return "";
    line[strcspn(line, "\n")] = '\0';
    return line + 10;
}

void hours_use_zone(const char *zone) {
    setenv("TZ", zone, 1);
    tzset();
}

/* ---- what clocks show ---- */

int hours_offset_minutes(int64_t at_ms) {
    time_t second = (time_t)(at_ms / 1000);
    struct tm local;
    localtime_r(&second, &local);
    return (int)(local.tm_gmtoff / 60);
}

int64_t hours_wall_ms(int64_t at_ms) {
    return at_ms + (int64_t)hours_offset_minutes(at_ms) * MINUTE_MS;
}

/* Clocks were never set back by more than 3 hours since 1970. */
int64_t hours_day(int64_t at_ms) {
    int64_t latest = hours_wall_ms(at_ms) / DAY_MS;
    for (int64_t minute = at_ms / MINUTE_MS; minute > (at_ms - 4 * HOUR_MS) / MINUTE_MS; minute--) {
        int64_t shown = hours_wall_ms(minute * MINUTE_MS) / DAY_MS;
        if (shown > latest)
            latest = shown;
    }
    return latest;
}

int64_t hours_instant(int64_t wall_ms) {
    int64_t second_ms = wall_ms % MINUTE_MS; /* offsets are whole minutes */
    int before = hours_offset_minutes(wall_ms - 26 * HOUR_MS);
    for (int64_t at = wall_ms / MINUTE_MS * MINUTE_MS - 26 * HOUR_MS;; at += MINUTE_MS) {
        int64_t shown = hours_wall_ms(at + second_ms);
        if (shown == wall_ms)
            return at + second_ms;
        if (shown > wall_ms)
            return wall_ms - (int64_t)before * MINUTE_MS;
        before = hours_offset_minutes(at + second_ms);
    }
}

int64_t hours_next_change(int64_t at_ms) {
    for (int day = 0; day < 400; day++) {
        int64_t from = at_ms + (int64_t)day * DAY_MS;
        if (hours_offset_minutes(from) == hours_offset_minutes(from + DAY_MS))
            continue;
        int64_t minute = from / MINUTE_MS;
        while (hours_offset_minutes(minute * MINUTE_MS) == hours_offset_minutes(from))
            minute++;
        return minute * MINUTE_MS;
    }
    return at_ms;
}

/* ---- open hours ---- */

bool hours_is_open(const OracleCalendar *calendar, int64_t at_ms) {
    return oracle_is_open(calendar, at_ms, hours_offset_minutes(at_ms));
}

int64_t hours_open_ms(const OracleCalendar *calendar, int64_t from_ms, int64_t to_ms) {
    int64_t open_ms = 0;
    while (from_ms < to_ms) {
        int64_t next_ms = (from_ms / MINUTE_MS + 1) * MINUTE_MS;
        if (next_ms > to_ms)
            next_ms = to_ms;
        if (hours_is_open(calendar, from_ms))
            open_ms += next_ms - from_ms;
        from_ms = next_ms;
    }
    return open_ms;
}

/* ---- conversations ---- */

static bool hours_in_window(const OracleRules *rules, int64_t asked_ms, bool in_utc) {
    if (!rules->has_window)
        return true;
    int64_t shown = (in_utc ? asked_ms : hours_wall_ms(asked_ms)) % DAY_MS / MINUTE_MS;
    int from = rules->window_from_minute, to = rules->window_to_minute;
    return from < to ? from <= shown && shown < to : from <= shown || shown < to;
}

static int64_t hours_day_of(int64_t at_ms, bool in_utc) {
    return in_utc ? at_ms / DAY_MS : hours_day(at_ms);
}

static void hours_put_turn(OracleConversation *one, const OracleRules *rules, int64_t asked_ms,
                           int64_t replied_ms) {
    OracleTurn *turn = &one->turn[one->turn_count++];
    *turn = (OracleTurn){.answered = true, .open_ms = replied_ms - asked_ms};
    if (rules->has_calendar)
        turn->open_ms = hours_open_ms(&rules->calendar, asked_ms, replied_ms);
    bool capped = rules->cap_ms > 0 && turn->open_ms > rules->cap_ms;
    turn->wait_ms = capped ? rules->cap_ms : turn->open_ms;
}

/* The lines of one customer's local day, sorted. */
static void hours_fill(OracleConversation *one, const OracleLine *const *lines, int count,
                       const OracleRules *rules, bool in_utc) {
    int64_t first_ms = 0, last_ms = 0; /* of the open turn's questions */
    bool open = false;
    one->customer = lines[0]->customer;
    one->lines = count;
    one->first_ms = lines[0]->at_ms;
    one->last_ms = lines[count - 1]->at_ms;
    one->period_day = oracle_period_start(hours_day_of(one->first_ms, in_utc), rules->period);
    for (int i = 0; i < count; i++) {
        int64_t at_ms = lines[i]->at_ms;
        if (i > 0 && at_ms - lines[i - 1]->at_ms < rules->max_wait_ms)
            one->handling_ms += at_ms - lines[i - 1]->at_ms;
        if (lines[i]->sender == ORACLE_FROM_CUSTOMER) {
            one->customer_lines++;
            first_ms = open ? first_ms : at_ms;
            last_ms = at_ms;
            open = true;
            continue;
        }
        one->agent_lines++;
        if (open && hours_in_window(rules, first_ms, in_utc))
            hours_put_turn(one, rules, rules->burst_last ? last_ms : first_ms, at_ms);
        open = false;
    }
    if (open && hours_in_window(rules, first_ms, in_utc))
        one->turn[one->turn_count++] = (OracleTurn){0};
    one->consulting = one->turn_count > 0;
}

/* Customer, time, question before answer. */
static bool hours_comes_before(const OracleLine *a, const OracleLine *b) {
    if (a->customer != b->customer)
        return a->customer < b->customer;
    if (a->at_ms != b->at_ms)
        return a->at_ms < b->at_ms;
    return a->sender == ORACLE_FROM_CUSTOMER && b->sender != ORACLE_FROM_CUSTOMER;
}

OracleChats hours_converse(const OracleLine *lines, int count, const OracleRules *rules,
                           bool in_utc) {
    const OracleLine *sorted[ORACLE_MOST_LINES];
    int64_t days[ORACLE_MOST_LINES];
    OracleChats chats = {0, calloc((size_t)count + 1, sizeof(OracleConversation))};
    if (!chats.conversation || count > ORACLE_MOST_LINES)
        abort();
    for (int i = 0; i < count; i++) {
        int place = i;
        for (; place > 0 && hours_comes_before(&lines[i], sorted[place - 1]); place--)
            sorted[place] = sorted[place - 1];
        sorted[place] = &lines[i];
    }
    for (int i = 0; i < count; i++)
        days[i] = hours_day_of(sorted[i]->at_ms, in_utc);
    for (int from = 0, to; from < count; from = to) {
        to = from + 1;
        while (to < count && sorted[to]->customer == sorted[from]->customer &&
               days[to] == days[from])
            to++;
        hours_fill(&chats.conversation[chats.count++], sorted + from, to - from, rules, in_utc);
    }
    return chats;
}
