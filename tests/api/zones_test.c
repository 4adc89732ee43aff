/* zones_test.c: zones and calendars through SQLite, one fact a line.
**
** The same on random rows, against libc's clock: oracle_hours_test.c. New York changed its clocks on
** 2026-03-08 (02:00 to 03:00) and 2026-11-01 (02:00 to 01:00), Lord Howe on 2026-04-05 (02:00 to 01:30)
** and 2026-10-04 (02:00 to 02:30); Samoa left out 2011-12-30.
*/
#include "api.h"

#define NEW_YORK "'America/New_York'"
#define LORD_HOWE "'Australia/Lord_Howe'"
#define APIA "'Pacific/Apia'"

/* The hours of every weekday. */
#define DAILY(hours)                                                                               \
    "\"hours\":{\"mon\":[" hours "],\"tue\":[" hours "],\"wed\":[" hours "],\"thu\":[" hours       \
    "],\"fri\":[" hours "],\"sat\":[" hours "],\"sun\":[" hours "]}"
#define ALWAYS DAILY("\"00:00-24:00\"")

static sqlite3 *db;

static void zones_open(void) { db = api_open(); }
static void zones_close(void) { api_close(db); }

TestSuite(zones, .init = zones_open, .fini = zones_close);

/* ---- names ---- */

Test(zones, names_are_offsets_utc_or_iana) {
    expect_text(db, "SELECT kpi_period('2026-11-10T23:30Z', 'day')", "2026-11-11");
    expect_text(db, "SELECT kpi_period('2026-11-10T23:30Z', 'day', '+08:00')", "2026-11-11");
    expect_text(db, "SELECT kpi_period('2026-11-10T23:30Z', 'day', 'UTC')", "2026-11-10");
    expect_text(db, "SELECT kpi_period('2026-11-10T23:30Z', 'day', '+00:30')", "2026-11-11");
    expect_text(db, "SELECT kpi_period('2026-11-10T23:29:59Z', 'day', '+00:30')", "2026-11-10");
    expect_text(db, "SELECT kpi_period('2026-11-10T23:30Z', 'day', 'Asia/Shanghai')", "2026-11-11");
    expect_text(db, "SELECT kpi_period('2026-11-11T04:59Z', 'day', " NEW_YORK ")", "2026-11-10");
    expect_text(db, "SELECT kpi_period('2026-11-11T05:00Z', 'day', " NEW_YORK ")", "2026-11-11");
    expect_text(db, "SELECT kpi_period('2026-07-11T04:00Z', 'day', " NEW_YORK ")", "2026-07-11");
    expect_null(db, "SELECT kpi_period(0, 'day', NULL)");
    expect_null(db, "SELECT kpi_period(0, 'day', ' ')");
}

Test(zones, unknown_names_are_refused_with_a_near_one) {
    expect_error(db, "SELECT kpi_period(0, 'day', 'Mars/Base')",
                 "kpi_period(): argument 3 (tz): 'Mars/Base' is no known time zone; want ±HH:MM, "
                 "UTC or an IANA name such as 'Asia/Shanghai'");
    expect_error(db, "SELECT kpi_period(0, 'day', 'America/New_Yrok')",
                 "kpi_period(): argument 3 (tz): 'America/New_Yrok' is no known time zone; want "
                 "±HH:MM, UTC or an IANA name such as 'Asia/Shanghai'; did you mean "
                 "'America/New_York'?");
    expect_error_has(db, "SELECT kpi_period(0, 'day', 'lord_howe')",
                     "did you mean 'Australia/Lord_Howe'?");
    expect_error_has(db, "SELECT chat_stats('c', 0, 0, '{\"tz\":\"asia/shanghai\"}')",
                     "chat_stats(): argument 4 (rules): rules.tz: 'asia/shanghai' is no known");
    expect_error_has(db, "SELECT chat_stats('c', 0, 0, '{\"calendar\":{\"tz\":\"Asia/Shangai\"}}')",
                     "rules.calendar.tz: 'Asia/Shangai' is no known");
    expect_error_has(db, "SELECT is_open(0, '{\"tz\":\"+8:00\"}')",
                     "is_open(): argument 2 (calendar): calendar.tz: '+8:00' is no known");
    expect_error(db, "SELECT kpi_period(0, 'day', 8)",
                 "kpi_period(): argument 3 (tz): 8 is no time zone; want ±HH:MM, UTC or an IANA "
                 "name");
}

/* Stats say in which zone they are: links by their target's name, and a zone whose clocks never
** changed by its offset, so that stats that mean the same have the same rules. */
Test(zones, stats_name_their_zone) {
#define INFO_IN(tz) "kefu_info(chat_stats('c', 0, 0, '{\"tz\":\"" tz "\"}'))"
#define NAMED(tz, name) "SELECT instr(" INFO_IN(tz) ", '{\"tz\":\"" name "\"') > 0"
    expect_int(db, NAMED("America/New_York", "America/New_York"), 1);
    expect_int(db, NAMED("US/Eastern", "America/New_York"), 1);
    expect_int(db, NAMED("PRC", "Asia/Shanghai"), 1);
    expect_same(db, "SELECT " INFO_IN("UTC"), "SELECT " INFO_IN("+00:00"));
    expect_same(db, "SELECT " INFO_IN("Etc/GMT-9"), "SELECT " INFO_IN("+09:00"));
    expect_error_has(db,
                     "SELECT kefu_merge(s) FROM (SELECT chat_stats('c', 0, 0, "
                     "'{\"tz\":\"Asia/Shanghai\"}') AS s UNION ALL SELECT chat_stats('d', 0, 0))",
                     "Asia/Shanghai");
}

/* The compiled-in release of the tz database. */
Test(zones, the_release_is_told) {
    expect_int(db, "SELECT kefu_debug() GLOB '*\"tzdata\":\"20[0-9][0-9][a-z]\"*'", 1);
}

/* ---- local days ---- */

Test(zones, days_of_23_and_25_hours) {
#define DAY_HOURS(from, to, tz)                                                                    \
    "SELECT business_seconds('" from "', '" to "', '{\"tz\":\"" tz "\"," ALWAYS "}') / 3600"
    expect_real(db, DAY_HOURS("2026-03-08", "2026-03-09", "America/New_York"), 23.0);
    expect_real(db, DAY_HOURS("2026-11-01", "2026-11-02", "America/New_York"), 25.0);
    expect_real(db, DAY_HOURS("2026-10-04", "2026-10-05", "Australia/Lord_Howe"), 23.5);
    expect_real(db, DAY_HOURS("2026-04-05", "2026-04-06", "Australia/Lord_Howe"), 24.5);
    expect_real(db, DAY_HOURS("2026-11-01", "2026-11-02", "Asia/Shanghai"), 24.0);
    expect_real(db, DAY_HOURS("2011-12-29", "2011-12-31", "Pacific/Apia"), 24.0);
}

/* 2011-12-30 has no instant; what a text says of it is read with the offset before, a day later. */
Test(zones, a_day_that_was_left_out) {
    expect_text(db, "SELECT kpi_period('2011-12-30T09:59:59Z', 'day', " APIA ")", "2011-12-29");
    expect_text(db, "SELECT kpi_period('2011-12-30T10:00:00Z', 'day', " APIA ")", "2011-12-31");
    expect_text(db, "SELECT kpi_period('2011-12-30 12:00', 'day', " APIA ")", "2011-12-31");
}

/* A day that has begun goes on when clocks are set back before its midnight: in St John's until 2011
** at 00:01 to 23:01 of the day before. */
Test(zones, a_day_starts_at_its_earliest_instant) {
#define ST_JOHNS "'America/St_Johns'"
    expect_text(db, "SELECT kpi_period('2009-11-01T02:29:59Z', 'day', " ST_JOHNS ")", "2009-10-31");
    expect_text(db, "SELECT kpi_period('2009-11-01T02:30:00Z', 'day', " ST_JOHNS ")", "2009-11-01");
    expect_text(db, "SELECT kpi_period('2009-11-01T02:31:00Z', 'day', " ST_JOHNS ")", "2009-11-01");
    expect_text(db, "SELECT kpi_period('2009-11-01T03:30:00Z', 'day', " ST_JOHNS ")", "2009-11-01");
    /* 23:15 came twice: the earlier one is still of the day that it names. */
    expect_text(db, "SELECT kpi_period('2009-10-31 23:15', 'day', " ST_JOHNS ")", "2009-10-31");
}

Test(zones, periods_are_of_local_days) {
    expect_text(db, "SELECT kpi_period('2026-04-01T03:59Z', 'month', " NEW_YORK ")", "2026-03-01");
    expect_text(db, "SELECT kpi_period('2026-04-01T04:00Z', 'month', " NEW_YORK ")", "2026-04-01");
    expect_text(db, "SELECT kpi_period('2026-04-01T03:59Z', 'quarter', " NEW_YORK ")",
                "2026-01-01");
    expect_text(db, "SELECT kpi_period('2027-01-01T04:59Z', 'year', " NEW_YORK ")", "2026-01-01");
    expect_text(db, "SELECT kpi_period('2026-11-02T04:59Z', 'week', " NEW_YORK ")", "2026-10-26");
    expect_text(db, "SELECT kpi_period('2026-11-02T05:00Z', 'week', " NEW_YORK ")", "2026-11-02");
    /* Far years go by the zone's rule: 2100-07-01 is in summer time. */
    expect_text(db, "SELECT kpi_period('2100-07-01T03:59Z', 'day', " NEW_YORK ")", "2100-06-30");
    expect_text(db, "SELECT kpi_period('2100-07-01T04:00Z', 'day', " NEW_YORK ")", "2100-07-01");
}

/* ---- rules: sessions, windows, deals, journeys ---- */

#define LINES(rows) " FROM (SELECT column1 AS sender, column2 AS at FROM (VALUES " rows "))"

/* Midnight of New York is 04:00 UTC in summer, 05:00 in winter. */
Test(zones, conversations_are_cut_at_local_midnight) {
#define RECEIVED(rows)                                                                             \
    "SELECT received('c', sender, at, '{\"tz\":\"America/New_York\"}')" LINES(rows)
    expect_int(db, RECEIVED("(0,'2026-10-31T03:59Z'),(0,'2026-10-31T04:00Z')"), 2);
    expect_int(db, RECEIVED("(0,'2026-11-01T04:00Z'),(0,'2026-11-02T04:59Z')"), 1);
    expect_int(db, RECEIVED("(0,'2026-11-02T04:59Z'),(0,'2026-11-02T05:00Z')"), 2);
    expect_rows(db,
                "SELECT period, received(stats) FROM kefu_groups((SELECT chat_stats_by('shop', "
                "'c', sender, at, '{\"tz\":\"America/New_York\",\"period\":\"day\"}')" LINES(
                    "(0,'2026-10-31T03:59Z'),(0,'2026-11-02T04:59Z'),(0,'2026-11-02T05:00Z')") "))",
                "2026-10-30|1\n2026-11-01|1\n2026-11-02|1");
}

/* 01:30 comes twice in New York on 2026-11-01, 02:30 never on 2026-03-08. */
Test(zones, windows_go_by_the_reading_of_clocks) {
#define TURNS(window, at)                                                                          \
    "SELECT turns(s) FROM (SELECT chat_stats('c', 0, '" at                                         \
    "', '{\"tz\":\"America/New_York\",\"window\":\"" window "\"}') AS s)"
    expect_int(db, TURNS("01:00-02:00", "2026-11-01T04:59:59Z"), 0);
    expect_int(db, TURNS("01:00-02:00", "2026-11-01T05:00:00Z"), 1);
    expect_int(db, TURNS("01:00-02:00", "2026-11-01T06:59:59Z"), 1);
    expect_int(db, TURNS("01:00-02:00", "2026-11-01T07:00:00Z"), 0);
    expect_int(db, TURNS("02:00-03:00", "2026-03-08T06:59:59Z"), 0);
    expect_int(db, TURNS("02:00-03:00", "2026-03-08T07:00:00Z"), 0);
    expect_int(db, TURNS("03:00-04:00", "2026-03-08T07:00:00Z"), 1);
    expect_int(db, TURNS("23:30-02:00", "2026-11-01T06:30:00Z"), 1);
}

/* The 1st of November has 25 hours: paid on the day after the inquiry's until 05:00 UTC. */
Test(zones, deals_count_local_days) {
#define DAY1(paid, more)                                                                           \
    "SELECT payment_success_day1('c', '2026-10-31T16:00Z', '" paid                                 \
    "', '{\"tz\":\"America/New_York\"" more "}')"
    expect_real(db, DAY1("2026-11-02T04:59:59.999Z", ""), 1.0);
    expect_real(db, DAY1("2026-11-02T05:00:00Z", ""), 0.0);
    expect_null(db, DAY1("2026-11-01T16:00Z", ",\"as_of\":\"2026-11-02T04:59:59.999Z\""));
    expect_real(db, DAY1("2026-11-01T16:00Z", ",\"as_of\":\"2026-11-02T05:00:00Z\""), 1.0);
    /* as_of as text is in the rules' zone, wherever that stands */
    expect_real(db,
                "SELECT payment_success_day1('c', '2026-10-31T16:00Z', '2026-11-01T16:00Z', "
                "'{\"as_of\":\"2026-11-02\",\"tz\":\"America/New_York\"}')",
                1.0);
    expect_null(db, DAY1("2026-11-01T16:00Z", ",\"as_of\":\"2026-11-01 23:59:59\""));
}

Test(zones, journeys_count_local_days) {
    expect_rows(db,
                "WITH e (at, event, agent, order_id) AS (VALUES "
                "('2026-10-31T16:00Z', 'ask', 'A', NULL), "
                "('2026-11-02T04:59:59Z', 'order', NULL, 'within'), "
                "('2026-11-02T05:00:00Z', 'order', NULL, 'late')) "
                "SELECT order_id FROM kefu_inquiries((SELECT journeys('c', at, event, agent, "
                "order_id, 5, 1, '{\"tz\":\"America/New_York\",\"final_days\":1}') FROM e))",
                "within");
}

/* ---- calendars ---- */

Test(zones, intervals_of_a_calendar) {
#define OPEN(at, calendar) "SELECT is_open('" at "', '{" calendar "}')"
#define OPEN_HOURS(from, to, calendar)                                                             \
    "SELECT business_seconds('" from "', '" to "', '{" calendar "}') / 3600"
#define MONDAY(hours) "\"hours\":{\"mon\":[" hours "]}"
    /* 2026-11-09 is a Monday; without a tz it is +08:00 */
    expect_int(db, OPEN("2026-11-09 08:59:59.999", MONDAY("\"09:00-18:00\"")), 0);
    expect_int(db, OPEN("2026-11-09T01:00Z", MONDAY("\"09:00-18:00\"")), 1);
    expect_int(db, OPEN("2026-11-09 17:59:59.999", MONDAY("\"09:00-18:00\"")), 1);
    expect_int(db, OPEN("2026-11-09 18:00", MONDAY("\"09:00-18:00\"")), 0);
    expect_int(db, OPEN("2026-11-10 01:59", MONDAY("\"22:00-02:00\"")), 1);
    expect_int(db, OPEN("2026-11-10 02:00", MONDAY("\"22:00-02:00\"")), 0);
    expect_int(db, OPEN("2026-11-09 01:59", MONDAY("\"22:00-02:00\"")), 0);
    expect_int(db, OPEN("2026-11-09 23:59", MONDAY("\"22:00-24:00\"")), 1);
    expect_int(db, OPEN("2026-11-10 00:00", MONDAY("\"22:00-24:00\"")), 0);
    expect_int(db, OPEN("2026-11-10 00:00", MONDAY("\"22:00-00:00\"")), 0);
    expect_real(db,
                OPEN_HOURS("2026-11-09", "2026-11-16",
                           MONDAY("\"09:00-12:00\",\"10:00-13:00\",\"13:00-14:00\"")),
                5.0);
    expect_real(db, OPEN_HOURS("2026-11-09", "2026-11-16", MONDAY("\"00:00-24:00\"")), 24.0);
    expect_real(db, OPEN_HOURS("2026-11-09", "2026-11-16", MONDAY("")), 0.0);
    expect_real(db, OPEN_HOURS("2026-11-09", "2026-11-16", ""), 0.0);
}

Test(zones, holidays_and_days_of_their_own) {
#define GOLDEN_WEEK                                                                                \
    DAILY("\"09:00-18:00\"")                                                                       \
    ",\"holidays\":[\"2026-10-01\",\"2026-10-02\"],\"days\":{\"2026-10-02\":[\"10:00-11:00\"],"    \
    "\"2026-10-10\":[\"20:00-02:00\"],\"2026-10-12\":[]}"
    expect_real(db, OPEN_HOURS("2026-10-01", "2026-10-02", GOLDEN_WEEK), 0.0);
    expect_real(db, OPEN_HOURS("2026-10-02", "2026-10-03", GOLDEN_WEEK), 1.0);
    expect_real(db, OPEN_HOURS("2026-10-10", "2026-10-11", GOLDEN_WEEK), 4.0);
    expect_real(db, OPEN_HOURS("2026-10-11", "2026-10-12", GOLDEN_WEEK), 11.0);
    expect_real(db, OPEN_HOURS("2026-10-12", "2026-10-13", GOLDEN_WEEK), 0.0);
    /* A night belongs to the day on which it starts: a holiday ends none, and has none. */
#define NIGHTS DAILY("\"22:00-02:00\"") ",\"holidays\":[\"2026-10-01\"]"
    expect_real(db, OPEN_HOURS("2026-10-01", "2026-10-01 12:00", NIGHTS), 2.0);
    expect_real(db, OPEN_HOURS("2026-10-01 12:00", "2026-10-02 12:00", NIGHTS), 0.0);
}

Test(zones, reversed_spans_are_0) {
    expect_real(db, OPEN_HOURS("2026-11-10", "2026-11-09", ALWAYS), 0.0);
    expect_real(db, OPEN_HOURS("2026-11-09", "2026-11-09", ALWAYS), 0.0);
    expect_real(db, OPEN_HOURS("2100-01-01", "1970-01-01", ALWAYS), 0.0);
}

/* An hour that is repeated counts twice, one that is skipped does not count. */
Test(zones, open_time_is_elapsed_time) {
#define NIGHT_SHIFT(tz) "\"tz\":\"" tz "\"," DAILY("\"01:00-03:00\"")
    expect_real(db, OPEN_HOURS("2026-11-01", "2026-11-02", NIGHT_SHIFT("America/New_York")), 3.0);
    expect_real(db, OPEN_HOURS("2026-03-08", "2026-03-09", NIGHT_SHIFT("America/New_York")), 1.0);
    expect_real(db, OPEN_HOURS("2026-04-05", "2026-04-06", NIGHT_SHIFT("Australia/Lord_Howe")),
                2.5);
    expect_real(db, OPEN_HOURS("2026-10-04", "2026-10-05", NIGHT_SHIFT("Australia/Lord_Howe")),
                1.5);
    /* over 130 years: 47482 days, with as many hours repeated as skipped */
    expect_real(db, OPEN_HOURS("1970-01-01", "2100-01-01", "\"tz\":\"America/New_York\"," ALWAYS),
                47482.0 * 24);
}

Test(zones, texts_are_in_the_zone_of_the_calendar) {
    expect_int(
        db, OPEN("2026-11-09 09:00", "\"tz\":\"America/New_York\"," MONDAY("\"09:00-10:00\"")), 1);
    expect_int(
        db, OPEN("2026-11-09T14:00Z", "\"tz\":\"America/New_York\"," MONDAY("\"09:00-10:00\"")), 1);
    /* Every calendar that asks, in one statement. */
    expect_rows(
        db,
        "SELECT is_open('2026-11-09 09:00', column1), is_open('2026-11-09T14:00Z', column1) "
        "FROM (VALUES ('{\"hours\":{\"mon\":[\"09:00-10:00\"]}}'), "
        "('{\"tz\":\"America/New_York\",\"hours\":{\"mon\":[\"09:00-10:00\"]}}'))",
        "1|0\n1|1");
}

/* In rules only open time counts; a calendar without a zone is in the rules' zone, wherever that
** stands in the JSON. Asked on Sunday 2026-11-01 at 00:00 in New York, answered on Monday at noon. */
Test(zones, waits_are_open_time) {
#define WAIT(kpi, rules)                                                                           \
    "SELECT " kpi "('c', sender, at, '{\"session\":\"all\"," rules                                 \
    "}')" LINES("(0,'2026-11-01T04:00Z'),(1,'2026-11-02T17:00Z')")
#define SUNDAY "\"calendar\":{\"hours\":{\"sun\":[\"00:00-24:00\"]}}"
    expect_real(db, WAIT("avg_response", SUNDAY ",\"tz\":\"America/New_York\""), 25 * 3600.0);
    expect_real(db, WAIT("avg_response", "\"tz\":\"America/New_York\"," SUNDAY), 25 * 3600.0);
    expect_real(db, WAIT("avg_response", SUNDAY), 12 * 3600.0); /* from noon in +08:00 */
    expect_real(db,
                WAIT("avg_response", "\"tz\":\"UTC\",\"calendar\":{\"tz\":\"America/New_York\","
                                     "\"hours\":{\"sun\":[\"00:00-24:00\"]}}"),
                25 * 3600.0);
    expect_real(db, WAIT("first_response", SUNDAY), 12 * 3600.0);
    expect_real(db, WAIT("max_response", SUNDAY), 12 * 3600.0);
    /* cap, drop_over and slow look at open time too */
    expect_real(db, WAIT("max_response", SUNDAY ",\"cap\":43201"), 43200.0);
    expect_real(db, WAIT("max_response", SUNDAY ",\"cap\":43199"), 43199.0);
    expect_real(db, WAIT("max_response", SUNDAY ",\"drop_over\":43201"), 43200.0);
    expect_null(db, WAIT("max_response", SUNDAY ",\"drop_over\":43200"));
    expect_int(db, WAIT("answered_turns", SUNDAY ",\"drop_over\":43200"), 1);
    expect_int(db, WAIT("slow_customers", SUNDAY ",\"slow_times\":1,\"slow\":43200"), 0);
    expect_int(db, WAIT("slow_customers", SUNDAY ",\"slow_times\":1,\"slow\":43199"), 1);
    expect_real(db,
                "SELECT within_rate(chat_stats('c', sender, at, '{\"session\":\"all\"," SUNDAY
                "}'), 43200)" LINES("(0,'2026-11-01T04:00Z'),(1,'2026-11-02T17:00Z')"),
                1.0);
    /* handling time is of neighbouring lines, whether open or not */
    expect_real(db, WAIT("total_handling", "\"max_wait\":200000,\"calendar\":{}"), 37 * 3600.0);
    expect_real(db, WAIT("avg_response", "\"calendar\":{}"), 0.0);
    expect_rows(db,
                "SELECT turn_seconds(sender, at, '{\"session\":\"all\"," SUNDAY
                "}') OVER (ORDER BY at ROWS UNBOUNDED PRECEDING)" LINES(
                    "(0,'2026-11-01T04:00Z'),(1,'2026-11-02T17:00Z')"),
                "NULL\n43200.0");
}

Test(zones, what_is_no_calendar) {
    expect_error(
        db, "SELECT is_open(0, '{\"hours\":{\"mon\":[\"09:00-09:00\"]}}')",
        "is_open(): argument 2 (calendar): calendar.hours.mon[0]: '09:00-09:00' ends where "
        "it starts; want 'HH:MM-HH:MM', '00:00-24:00' for the whole day");
    expect_error_has(db, "SELECT is_open(0, '{\"hours\":{\"mon\":[\"24:00-02:00\"]}}')",
                     "'24:00-02:00' is no interval");
    expect_error_has(db, "SELECT is_open(0, '{\"hours\":{\"mon\":[\"00:00-24:01\"]}}')",
                     "'00:00-24:01' is no interval");
    expect_error_has(db, "SELECT is_open(0, '{\"days\":{\"2026-02-28\":[\"9:00-18:00\"]}}')",
                     "calendar.days.2026-02-28[0]: '9:00-18:00' is no interval");
    expect_error_has(db, "SELECT is_open(0, '{\"holidays\":[\"2026-02-30\"]}')",
                     "calendar.holidays[0]: '2026-02-30' is no date");
    expect_error_has(db, "SELECT is_open(0, '{\"hours\":{\"monday\":[]}}')",
                     "'monday' is no weekday; want mon, tue, wed, thu, fri, sat or sun");
    expect_error_has(db, "SELECT is_open(0, '{\"open\":[]}')",
                     "'open' is no part of a calendar; want an object with tz, hours, holidays and "
                     "days");
    expect_error_has(db, "SELECT is_open(0, '{\"hours\":{},\"hours\":{}}')", "duplicate key");
    expect_error_has(db, "SELECT business_seconds(0, 1, 'office')",
                     "business_seconds(): argument 3 (calendar): ");
    expect_error_has(db, "SELECT is_open(0, 5)",
                     "is_open(): argument 2 (calendar): 5 is no calendar");
    expect_error_has(db, "SELECT is_open('noon', '{}')",
                     "is_open(): argument 1 (t): 'noon' is no time");
}
