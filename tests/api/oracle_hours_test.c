/* oracle_hours_test.c: IANA zones and calendars through SQLite, against libc's clock (oracle_hours.h).
**
** Random chats, deals and instants of 1970 to 2100, most of them about a change of clocks, in zones of
** both hemispheres: half hours, midnights that are skipped or come twice, days that were left out.
** Where the system's tz database is another release than the one compiled in, the tests that ask
** libc are skipped.
*/
#include "compare.h"
#include "oracle_hours.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAY_MS = 86400000, HOUR_MS = 3600000 };

/* What makes them worth trying: one instant that must be among those tried, in Unix seconds. */
static const struct {
    const char *name;
    int64_t about_s; /* 0: any change will do */
} zones_tried[] = {
    {"Asia/Shanghai", 515527200},      /* 1986: summer time begins */
    {"America/New_York", 1173596400},  /* 2007: the rules change */
    {"Europe/London", 57722400},       /* 1971: the end of all-year summer time */
    {"Europe/Dublin", 0},              /* winter time is the exception */
    {"Australia/Sydney", 0},           /* southern summer */
    {"Australia/Lord_Howe", 0},        /* half an hour */
    {"Pacific/Apia", 1325239200},      /* 2011: 30 December is left out */
    {"Pacific/Kwajalein", 745934400},  /* 1993: 21 August is left out */
    {"America/Sao_Paulo", 1540695600}, /* 2018: midnight is skipped */
    {"America/Santiago", 0},           /* midnights */
    {"America/Havana", 0},             /* midnight to one, twice */
    {"America/St_Johns",
     1257042660}, /* 2009: one minute of a day, then an hour of the day before */
    {"Africa/Casablanca", 1682215200}, /* Ramadan */
    {"Africa/Cairo", 1398376800},      /* 2014: a zone that began again */
    {"Asia/Tehran", 1663788600},       /* 2022: the last change */
    {"America/Nuuk", 1679792400},      /* 2023: the offset changes for good */
    {"Pacific/Chatham", 0},            /* quarters of an hour */
    {"Antarctica/Troll", 0},           /* two hours */
    {"Antarctica/Casey", 1520701200},  /* 2018: three hours back */
};
enum { ZONES = sizeof zones_tried / sizeof *zones_tried };

static Trial trial; /* large */

static void zones_need_same_release(sqlite3 *db) {
    const char *debug = api_text(db, "SELECT kefu_debug()");
    const char *wanted = api_sql("\"tzdata\":\"%s\"", hours_release());
    if (!strstr(debug, wanted))
        cr_skip_test("the system's tz database is none or another release");
}

/* An instant to try a zone at: whole minutes, 1970 to 2100. */
static int64_t zones_moment(OracleRandom *random, int zone, int turn) {
    if (turn == 0 && zones_tried[zone].about_s != 0)
        return zones_tried[zone].about_s * 1000;
    int64_t minutes = 60 * 24 * 47440;
    int64_t at_ms = (60 * 24 * 30 + (int64_t)(oracle_random(random) % (uint64_t)minutes)) * 60000;
    return oracle_chance(random, 85) ? hours_next_change(at_ms) : at_ms;
}

/* An instant as one of the literals that mean it; a wall-clock reading only where it is no other's. */
static void zones_time_literal(OracleRandom *random, int64_t at_ms, char out[ORACLE_LITERAL]) {
    long long second = at_ms / 1000, thousandth = at_ms % 1000;
    int64_t wall_ms = hours_wall_ms(at_ms);
    char day[16];
    int form = oracle_below(random, 4);
    if (form == 0) {
        snprintf(out, ORACLE_LITERAL, "%lld.%03lld", second, thousandth);
    } else if (form == 1 && at_ms > 253402300799) {
        snprintf(out, ORACLE_LITERAL, "'%lld'", (long long)at_ms);
    } else {
        const char *suffix = form == 2 ? "Z" : "";
        if (hours_instant(wall_ms / 1000 * 1000) != at_ms / 1000 * 1000)
            suffix = "Z";
        int64_t shown_ms = *suffix ? at_ms : wall_ms;
        int minute = (int)(shown_ms % DAY_MS / 60000);
        oracle_print_day(shown_ms / DAY_MS, day);
        snprintf(out, ORACLE_LITERAL, "'%s %02d:%02d:%02d.%03d%s'", day, minute / 60, minute % 60,
                 (int)(shown_ms % 60000 / 1000), (int)thousandth, suffix);
    }
}

/* The rules' JSON, with the zone beside it or, in_utc, inside of its calendar. */
static void zones_print_rules(const char *zone, bool in_utc) {
    static char text[COMPARE_RULES / 2];
    oracle_print_rules(&trial.random, &trial.rules, text, (int)sizeof text);
    const char *comma = strcmp(text, "{}") == 0 ? "" : ",";
    char *calendar = in_utc ? strstr(text, "\"calendar\":{") : NULL;
    if (calendar) {
        calendar += strlen("\"calendar\":{");
        snprintf(trial.rules_text, COMPARE_RULES, "{\"tz\":\"UTC\",%.*s\"tz\":\"%s\",%s",
                 (int)(calendar - text - 1), text + 1, zone, calendar);
    } else {
        snprintf(trial.rules_text, COMPARE_RULES, "{\"tz\":\"%s\"%s%s", zone, comma, text + 1);
    }
}

static OracleCalendar zones_calendar(OracleRandom *random, int64_t about_ms) {
    OracleRules rules;
    do {
        rules = oracle_random_chat_rules(random, true);
    } while (!rules.has_calendar);
    rules.calendar.has_tz = false;
    for (int i = 0; i < rules.calendar.special_count; i++)
        rules.calendar.special_day[i] = hours_day(about_ms) - 1 + i;
    return rules.calendar;
}

static void zones_each(int turns, uint64_t seed, void (*check)(int zone, int64_t about_ms)) {
    for (int zone = 0; zone < ZONES; zone++) {
        sqlite3 *db = api_open();
        zones_need_same_release(db);
        hours_use_zone(zones_tried[zone].name);
        for (int turn = 0; turn < oracle_rounds(turns); turn++) {
            trial.db = db;
            trial.seed = seed + (uint64_t)(zone * 10000 + turn);
            trial.random = (OracleRandom){trial.seed};
            check(zone, zones_moment(&trial.random, zone, turn));
        }
        api_close(db);
    }
}

/* ---- chats: sessions of local days, window, calendar, periods, turn_seconds() ---- */

static void zones_random_chat_rules(int64_t about_ms) {
    OracleRandom *random = &trial.random;
    OracleRules *rules = &trial.rules;
    *rules = oracle_random_chat_rules(random, false);
    rules->tz_minutes = oracle_default_rules.tz_minutes; /* so that no zone is printed */
    rules->named_zone = false;
    rules->session = ORACLE_SESSION_DAY;
    rules->stop = ORACLE_STOP_HUMAN;
    rules->bot_clears = rules->one_line = false;
    rules->has_calendar = oracle_chance(random, 60);
    if (rules->has_calendar)
        rules->calendar = zones_calendar(random, about_ms);
    if (rules->has_window && oracle_chance(random, 50)) { /* it opens or closes at the change */
        int shown = (int)(hours_wall_ms(about_ms) % DAY_MS / 60000);
        rules->window_from_minute = shown;
        rules->window_to_minute = (shown + 60 * (1 + oracle_below(random, 22))) % 1440;
    }
}

/* Questions and answers of up to three days about an instant, many of them within hours of it. */
static void zones_random_lines(int64_t about_ms) {
    static const int64_t most_ms[] = {DAY_MS + 6 * HOUR_MS, 3 * HOUR_MS, 240000};
    OracleRandom *random = &trial.random;
    trial.count = 4 + oracle_below(random, 50);
    for (int i = 0; i < trial.count; i++) {
        int64_t most = most_ms[oracle_below(random, 3)];
        int64_t off_ms = (int64_t)(oracle_random(random) % (uint64_t)(2 * most)) - most;
        if (oracle_chance(random, 70))
            off_ms -= off_ms % 60000; /* ties, and the very instant */
        trial.lines[i] = (OracleLine){.customer = oracle_below(random, 3),
                                      .sender = oracle_chance(random, 50) ? ORACLE_FROM_CUSTOMER
                                                                          : ORACLE_FROM_AGENT,
                                      .has_time = true,
                                      .at_ms = about_ms + off_ms};
    }
}

static void zones_write_lines(void) {
    api_exec(trial.db, "DROP TABLE IF EXISTS t;"
                       "CREATE TABLE t (customer, sender, sent_at, at_ms INTEGER); BEGIN");
    for (int i = 0; i < trial.count; i++) {
        const OracleLine *line = &trial.lines[i];
        char at[ORACLE_LITERAL];
        zones_time_literal(&trial.random, line->at_ms, at);
        api_exec(trial.db, "INSERT INTO t VALUES (%s, %d, %s, %lld)",
                 oracle_customer_literal(&trial.random, line->customer), line->sender, at,
                 (long long)line->at_ms);
    }
    api_exec(trial.db, "COMMIT");
}

/* Every period of the grouped stats, and no other. */
static void zones_check_periods(const char *stats_by, int64_t about_ms) {
    int64_t rows;
    double first, last;
    OracleFigures names = compare_figures(&trial, -1, INT64_MIN, &rows, &first, &last);
    sqlite3_stmt *statement =
        compare_prepare(&trial, api_sql("SELECT period, %s FROM kefu_groups((SELECT %s FROM t))",
                                        compare_list(&names, "stats"), stats_by));
    int64_t start = about_ms / DAY_MS - 400, end = about_ms / DAY_MS + 40;
    for (int64_t day = start; day < end; day++) {
        OracleFigures want = compare_figures(&trial, -1, day, &rows, &first, &last);
        if (rows == 0)
            continue;
        char name[16];
        oracle_print_day(day, name);
        const char *got = sqlite3_step(statement) == SQLITE_ROW
                              ? (const char *)sqlite3_column_text(statement, 0)
                              : sqlite3_errmsg(trial.db);
        if (!got || strcmp(got, name) != 0)
            compare_fail(&trial, "got period %s, want %s", got ? got : "NULL", name);
        compare_columns(&trial, statement, 1, &want);
    }
    if (sqlite3_step(statement) != SQLITE_DONE)
        compare_fail(&trial, "more periods than wanted");
    sqlite3_finalize(statement);
}

/* The waits that turn_seconds() shows: how many, and their sum. */
static void zones_check_turns(void) {
    int64_t count = 0, sum_ms = 0;
    for (int i = 0; i < trial.chats.count; i++) {
        const OracleConversation *one = &trial.chats.conversation[i];
        for (int t = 0; t < one->turn_count; t++) {
            const OracleTurn *turn = &one->turn[t];
            int64_t drop_over_ms = trial.rules.drop_over_ms;
            if (!turn->answered || (drop_over_ms > 0 && turn->open_ms >= drop_over_ms))
                continue;
            count++;
            sum_ms += turn->wait_ms;
        }
    }
    const char *sql =
        api_sql("SELECT count(wait) || ' ' || CAST(round(1000 * total(wait)) AS INTEGER) FROM "
                "(SELECT turn_seconds(sender, sent_at, %Q) OVER (PARTITION BY customer "
                "ORDER BY at_ms, sender ROWS UNBOUNDED PRECEDING) AS wait FROM t)",
                trial.rules_text);
    const char *want = api_sql("%lld %lld", (long long)count, (long long)sum_ms);
    if (!api_check_text(trial.db, sql, want))
        compare_fail(&trial, "%s", api_story());
}

static void zones_chats(int zone, int64_t about_ms) {
    bool in_utc = oracle_chance(&trial.random, 25);
    int64_t rows;
    double first, last;
    trial.family = COMPARE_CHAT;
    zones_random_chat_rules(about_ms);
    in_utc = in_utc && trial.rules.has_calendar;
    zones_print_rules(zones_tried[zone].name, in_utc);
    zones_random_lines(about_ms);
    if (in_utc)
        hours_use_zone("UTC"); /* texts are in the rules' zone, not in the calendar's */
    zones_write_lines();
    hours_use_zone(zones_tried[zone].name);
    trial.chats = hours_converse(trial.lines, trial.count, &trial.rules, in_utc);
    OracleFigures want = compare_figures(&trial, -1, INT64_MIN, &rows, &first, &last);
    const char *arguments = api_sql("customer, sender, sent_at, %Q", trial.rules_text);
    sqlite3_stmt *statement =
        compare_prepare(&trial, api_sql("SELECT %s FROM (SELECT chat_stats(%s) AS s FROM t)",
                                        compare_list(&want, "s"), arguments));
    if (sqlite3_step(statement) != SQLITE_ROW)
        compare_fail(&trial, "%s", sqlite3_errmsg(trial.db));
    compare_columns(&trial, statement, 0, &want);
    sqlite3_finalize(statement);
    zones_check_turns();
    if (trial.rules.period != ORACLE_NO_PERIOD)
        zones_check_periods(api_sql("chat_stats_by('shop', %s)", arguments), about_ms);
    free(trial.chats.conversation);
}

Test(hours, chats_are_as_counted_by_the_minute, .timeout = 300) {
    zones_each(8, 71000, zones_chats);
}

/* ---- deals: the next day and the final days, maturity, periods ---- */

/* A whole second, most often of a local midnight. */
static int64_t zones_deal_instant(int64_t about_ms, int first_day, int days) {
    OracleRandom *random = &trial.random;
    int64_t day = hours_day(about_ms) + first_day + oracle_below(random, days);
    int64_t midnight_ms = hours_instant(day * DAY_MS);
    if (oracle_chance(random, 60))
        return midnight_ms + 1000 * (oracle_below(random, 3) - 1);
    return midnight_ms + 1000 * (int64_t)oracle_below(random, 86400);
}

/* The same order and the same local days, but at UTC: what the oracle of deals can read. */
static int64_t zones_in_utc(int64_t at_ms, int64_t about_ms) {
    return hours_day(at_ms) * DAY_MS + (at_ms - about_ms) / 1000 + DAY_MS / 2;
}

static void zones_put_deal(OracleDeal *deal, int64_t about_ms) {
    OracleRandom *random = &trial.random;
    int64_t asked_ms = zones_deal_instant(about_ms, -6, 8);
    int64_t ordered_ms = zones_deal_instant(about_ms, -6, 12);
    int64_t paid_ms = zones_deal_instant(about_ms, -5, 14);
    char asked[ORACLE_LITERAL], ordered[ORACLE_LITERAL] = "NULL", paid[ORACLE_LITERAL] = "NULL";
    *deal = (OracleDeal){.customer = oracle_below(random, 6),
                         .has_asked = true,
                         .has_ordered = oracle_chance(random, 70),
                         .has_paid = oracle_chance(random, 60),
                         .asked_ms = zones_in_utc(asked_ms, about_ms),
                         .ordered_ms = zones_in_utc(ordered_ms, about_ms),
                         .paid_ms = zones_in_utc(paid_ms, about_ms)};
    zones_time_literal(random, asked_ms, asked);
    if (deal->has_ordered)
        zones_time_literal(random, ordered_ms, ordered);
    if (deal->has_paid)
        zones_time_literal(random, paid_ms, paid);
    api_exec(trial.db, "INSERT INTO t VALUES (%s, %s, %s, %s)",
             oracle_customer_literal(random, deal->customer), asked, ordered, paid);
}

static void zones_deals(int zone, int64_t about_ms) {
    int64_t rows;
    double first, last;
    trial.family = COMPARE_DEAL;
    trial.amounts = trial.quantities = true;
    trial.rules = oracle_random_deal_rules(&trial.random);
    trial.rules.tz_minutes = oracle_default_rules.tz_minutes; /* so that no zone is printed */
    trial.rules.named_zone = false;
    int64_t as_of_ms = zones_deal_instant(about_ms, -3, 12);
    trial.rules.as_of_ms = as_of_ms;
    zones_print_rules(zones_tried[zone].name, false);
    trial.rules.tz_minutes = 0;
    trial.rules.as_of_ms = zones_in_utc(as_of_ms, about_ms);
    trial.count = 1 + oracle_below(&trial.random, 30);
    api_exec(trial.db, "DROP TABLE IF EXISTS t;"
                       "CREATE TABLE t (customer, asked_at, ordered_at, paid_at); BEGIN");
    for (int i = 0; i < trial.count; i++)
        zones_put_deal(&trial.deals[i], about_ms);
    api_exec(trial.db, "COMMIT");
    OracleFigures want = compare_figures(&trial, -1, INT64_MIN, &rows, &first, &last);
    const char *arguments =
        api_sql("customer, asked_at, ordered_at, paid_at, NULL, NULL, %Q", trial.rules_text);
    sqlite3_stmt *statement =
        compare_prepare(&trial, api_sql("SELECT %s FROM (SELECT deal_stats(%s) AS s FROM t)",
                                        compare_list(&want, "s"), arguments));
    if (sqlite3_step(statement) != SQLITE_ROW)
        compare_fail(&trial, "%s", sqlite3_errmsg(trial.db));
    compare_columns(&trial, statement, 0, &want);
    sqlite3_finalize(statement);
    if (trial.rules.period != ORACLE_NO_PERIOD)
        zones_check_periods(api_sql("deal_stats_by('shop', %s)", arguments), about_ms);
}

Test(hours, deals_go_by_local_days, .timeout = 300) { zones_each(8, 72000, zones_deals); }

/* ---- instants: kpi_period(), business_seconds(), is_open() ---- */

static void zones_expect(bool good) {
    if (!good)
        compare_fail(&trial, "%s", api_story());
}

static void zones_check_period(int zone, int64_t at_ms) {
    char name[16], at[ORACLE_LITERAL];
    for (OraclePeriod period = ORACLE_DAY; period <= ORACLE_YEAR; period++) {
        oracle_print_day(oracle_period_start(hours_day(at_ms), period), name);
        zones_time_literal(&trial.random, at_ms, at);
        zones_expect(api_check_text(trial.db,
                                    api_sql("SELECT kpi_period(%s, '%s', '%s')", at,
                                            oracle_period_name(period), zones_tried[zone].name),
                                    name));
    }
}

/* Any reading, also one that is skipped or comes twice, as the instant that it means. */
static void zones_check_reading(int zone, int64_t wall_ms) {
    char day[16];
    int second = (int)(wall_ms % DAY_MS / 1000);
    oracle_print_day(wall_ms / DAY_MS, day);
    const char *rules = api_sql("{\"tz\":\"%s\"}", zones_tried[zone].name);
    const char *reading =
        api_sql("%s %02d:%02d:%02d", day, second / 3600, second / 60 % 60, second % 60);
    const char *sql = api_sql("SELECT CAST(substr(info, instr(info, '\"first\":') + 8) AS INTEGER) "
                              "FROM (SELECT kefu_info(chat_stats('c', 0, %Q, %Q)) AS info)",
                              reading, rules);
    zones_expect(api_check_int(trial.db, sql, hours_instant(wall_ms) / 1000));
}

static void zones_scalars(int zone, int64_t about_ms) {
    OracleRandom *random = &trial.random;
    trial.rules = oracle_default_rules;
    trial.rules.has_calendar = true;
    trial.rules.calendar = zones_calendar(random, about_ms);
    zones_print_rules(zones_tried[zone].name, true);
    /* {"tz":"UTC","calendar":{…}}: the calendar alone, with the zone in it */
    char *calendar = strstr(trial.rules_text, "\"calendar\":") + strlen("\"calendar\":");
    calendar[strlen(calendar) - 1] = '\0';
    for (int i = 0; i < 6; i++) {
        char from[ORACLE_LITERAL], to[ORACLE_LITERAL];
        int64_t from_ms = about_ms + oracle_below(random, 2 * 30 * HOUR_MS) - 30 * HOUR_MS;
        int64_t to_ms = about_ms + oracle_below(random, 2 * 30 * HOUR_MS) - 30 * HOUR_MS;
        if (oracle_chance(random, 30))
            from_ms -= from_ms % 60000;
        zones_time_literal(random, from_ms, from);
        zones_time_literal(random, to_ms, to);
        int64_t open_ms = hours_open_ms(&trial.rules.calendar, from_ms, to_ms);
        zones_expect(api_check_real(
            trial.db, api_sql("SELECT business_seconds(%s, %s, %Q)", from, to, calendar),
            (double)open_ms / 1000, 0));
        zones_expect(api_check_int(trial.db, api_sql("SELECT is_open(%s, %Q)", from, calendar),
                                   hours_is_open(&trial.rules.calendar, from_ms)));
        zones_check_period(zone, from_ms);
        zones_check_reading(zone, hours_wall_ms(to_ms) / 1000 * 1000);
        zones_check_reading(zone, hours_wall_ms(about_ms) - 60000 * oracle_below(random, 240));
    }
}

Test(hours, instants_are_read_as_clocks_show_them, .timeout = 300) {
    zones_each(8, 73000, zones_scalars);
}
