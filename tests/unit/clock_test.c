/* clock_test.c: times as values have them, civil dates, local days and periods (core/time/clock.h). */
#include "core/time/clock.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const Zone utc = {NULL, 0};
static const Zone shanghai = {NULL, 8 * 3600};

static Zone zone_named(const char *name) {
    Zone zone;
    Message why;
    cr_assert_eq(zone_read(name, strlen(name), &zone, &why), STATUS_OK, "%s", name);
    return zone;
}

static int64_t read_value(Value value, const Zone *zone) {
    int64_t instant_ms;
    Message why;
    cr_assert_eq(clock_read(&value, zone, &instant_ms, &why), STATUS_OK, "%s", why.text);
    return instant_ms;
}

static int64_t read_text(const char *text, const Zone *zone) {
    return read_value(value_of_text(text, strlen(text)), zone);
}

/* What is said of a value that is no time. */
static const char *refused(Value value) {
    static Message why;
    int64_t instant_ms;
    message_clear(&why);
    cr_assert_eq(clock_read(&value, &utc, &instant_ms, &why), STATUS_REFUSED, "%lld",
                 (long long)instant_ms);
    return why.text;
}

static const char *refused_text(const char *text) {
    return refused(value_of_text(text, strlen(text)));
}

Test(clock, r1_whole_numbers_are_seconds_or_milliseconds) {
    cr_expect_eq(read_value(value_of_integer(1700000000), &shanghai), 1700000000000);
    cr_expect_eq(read_value(value_of_integer(-5), &shanghai), -5000);
    cr_expect_eq(read_value(value_of_integer(0), &shanghai), 0);
    cr_expect_eq(read_value(value_of_integer(253402300799), &utc), 253402300799000);
    cr_expect_eq(read_value(value_of_integer(253402300800), &utc), 253402300800);
    cr_expect_eq(read_value(value_of_integer(1700000000123), &utc), 1700000000123);
    cr_expect_eq(read_value(value_of_integer(-62167219200), &utc), -62167219200000);
    cr_expect_eq(read_value(value_of_integer(-62167219200000), &utc), -62167219200000);
    cr_expect_eq(read_value(value_of_integer(253402300799999), &utc), 253402300799999);
}

Test(clock, r1_numbers_outside_the_years_are_refused) {
    static const int64_t beyond[] = {-62167219201, -253402300799,   -62167219200001,
                                     INT64_MIN,    253402300800000, INT64_MAX};
    for (size_t i = 0; i < sizeof beyond / sizeof beyond[0]; i++) {
        cr_expect(strstr(refused(value_of_integer(beyond[i])),
                         " is outside the years 0000 to 9999; want Unix seconds or") != NULL);
    }
    cr_expect_str_eq(refused(value_of_integer(253402300800000)),
                     "253402300800000 is outside the years 0000 to 9999; want Unix seconds or "
                     "'YYYY-MM-DD HH:MM:SS'");
    cr_expect_str_eq(refused(value_of_real(INFINITY)),
                     "Inf is outside the years 0000 to 9999; want Unix seconds or "
                     "'YYYY-MM-DD HH:MM:SS'");
    refused(value_of_real(-INFINITY));
    refused(value_of_real(NAN));
    refused(value_of_real(253402300799999.5)); /* rounds to the year 10000 */
    refused(value_of_real(1e300));
    refused(value_of_real(-62167219200.25));
}

Test(clock, r1_fractions_are_rounded_halves_to_even) {
    cr_expect_eq(read_value(value_of_real(1700000000.0), &utc), 1700000000000);
    cr_expect_eq(read_value(value_of_real(0.5), &utc), 500);
    cr_expect_eq(read_value(value_of_real(-0.0), &utc), 0);
    cr_expect_eq(read_value(value_of_real(0.0625), &utc), 62);  /* 62.5 */
    cr_expect_eq(read_value(value_of_real(0.1875), &utc), 188); /* 187.5 */
    cr_expect_eq(read_value(value_of_real(-0.0625), &utc), -62);
    cr_expect_eq(read_value(value_of_real(-0.1875), &utc), -188);
    cr_expect_eq(read_value(value_of_real(5e-324), &utc), 0);
    cr_expect_eq(read_value(value_of_real(0.0005), &utc), 1); /* just above a half */
    cr_expect_eq(read_value(value_of_real(253402300799.5), &utc), 253402300800); /* milliseconds */
    cr_expect_eq(read_value(value_of_real(1700000000122.5), &utc), 1700000000122);
    cr_expect_eq(read_value(value_of_real(1700000000123.5), &utc), 1700000000124);
}

Test(clock, r1_a_real_is_rounded_by_its_bits) {
    srand(1);
    for (int i = 0; i < 200000; i++) {
        double real =
            ldexp((double)rand() - RAND_MAX / 2.0 + (double)rand() / RAND_MAX, rand() % 50 - 43);
        if (fabs(real) > 6e10) {
            continue;
        }
        /* 64 bits of a long double hold 1000 times the 53 of a double. */
        long double exact = rintl((long double)real * 1000.0L);
        cr_assert_eq(read_value(value_of_real(real), &utc), (int64_t)exact, "%.17g", real);
    }
}

Test(clock, r1_text_of_nine_digits_is_a_number) {
    cr_expect_eq(read_text("1700000000", &shanghai), 1700000000000);
    cr_expect_eq(read_text("+1700000000", &shanghai), 1700000000000);
    cr_expect_eq(read_text("-1700000000", &shanghai), -1700000000000);
    cr_expect_eq(read_text("1700000000123", &shanghai), 1700000000123);
    cr_expect_eq(read_text("000000001", &shanghai), 1000);
    cr_expect_eq(read_text("000000000000000000000000001", &shanghai), 1000);
    cr_expect_eq(read_text("1700000000.25", &shanghai), 1700000000250);
    cr_expect_eq(read_text("1700000000.2500", &shanghai), 1700000000250);
    cr_expect_eq(read_text("1700000000.0005", &shanghai), 1700000000000);
    cr_expect_eq(read_text("1700000000.0015", &shanghai), 1700000000002);
    cr_expect_eq(read_text("1700000000.00050000000000000000000000001", &shanghai), 1700000000001);
    cr_expect_eq(read_text("-1700000000.0015", &shanghai), -1700000000002);
    cr_expect_eq(read_text("1700000000.9999", &shanghai), 1700000001000);
    cr_expect_eq(read_text("253402300799", &shanghai), 253402300799000);
    cr_expect_eq(read_text("253402300799.000", &shanghai), 253402300799000);
    cr_expect_eq(read_text("253402300799.4", &shanghai), 253402300799); /* milliseconds */
    cr_expect_eq(read_text("253402300800", &shanghai), 253402300800);
}

Test(clock, r1_dates_are_read) {
    static const struct {
        const char *text;
        int64_t second; /* in UTC */
        int32_t ms;
    } dates[] = {
        {"2026-10-01 12:34:56", 1790858096, 0},
        {"2026-10-01T12:34:56", 1790858096, 0},
        {"2026-10-01", 1790812800, 0},
        {"2026/10/01", 1790812800, 0},
        {"2026-10-01 12:34", 1790858040, 0},
        {"2026-1-2", 1767312000, 0},
        {"2026/1/2 3:04", 1767323040, 0},
        {"2026/1/2T3:04:05.6", 1767323045, 600},
        {"2026-10-01 12:34:56.12", 1790858096, 120},
        {"2026-10-01 12:34:56.123", 1790858096, 123},
        {"2026-10-01 12:34:56.123999999", 1790858096, 123},
        {"2026-10-01 12:34:56.000999", 1790858096, 0},
        {"2026-10-01 12:34:56Z", 1790858096, 0},
        {"2026-10-01 12:34:56+08:00", 1790829296, 0},
        {"2026-10-01 12:34:56.5+0800", 1790829296, 500},
        {"2026-10-01T12:34-0330", 1790870640, 0},
        {"2026-10-01-00:00", 1790812800, 0},
        {"2026-10-01Z", 1790812800, 0},
        {"2024-02-29 00:00:00", 1709164800, 0},
        {"2000-02-29", 951782400, 0},
        {"1969-12-31 23:59:59.999", -1, 999},
        {"0000-01-01 00:00:00", -62167219200, 0},
        {"9999-12-31 23:59:59", 253402300799, 0},
    };
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        cr_expect_eq(read_text(dates[i].text, &utc), dates[i].second * 1000 + dates[i].ms, "%s",
                     dates[i].text);
    }
}

Test(clock, r1_dates_without_a_suffix_are_in_the_zone) {
    cr_expect_eq(read_text("2026-10-01 12:34:56", &shanghai), INT64_C(1790829296000));
    cr_expect_eq(read_text("2026-10-01 12:34:56.000", &shanghai), INT64_C(1790829296000));
    cr_expect_eq(read_text("2026-10-01 12:34:56Z", &shanghai), INT64_C(1790858096000));
    Zone york = zone_named("America/New_York");
    cr_expect_eq(read_text("2026-07-01 12:00", &york), read_text("2026-07-01 16:00Z", &utc));
    cr_expect_eq(read_text("2026-12-01 12:00", &york), read_text("2026-12-01 17:00Z", &utc));
}

Test(clock, r1_what_is_no_time_is_refused) {
    static const char *const texts[] = {
        "yesterday",
        "12345678",
        "20261001",
        "20261001.0",
        "+12345678.5",
        "0.123456789",
        "1700000000.",
        ".1700000000",
        "1700000000.5.5",
        "1700000000e1",
        "17000000000x",
        "--1700000000",
        " 1700000000",
        "1700000000 ",
        "0x1234567890",
        "1,700,000,000",
        "2026-10",
        "2026-10-01 ",
        " 2026-10-01",
        "2026-10-01 12",
        "2026-10-01 12:3",
        "2026-10-01 12:34:5",
        "2026-10-01 12:34:56.",
        "2026-10-01 12:34:56.1234567890",
        "2026-10-01 12:34.5",
        "2026-10-01  12:34:56",
        "2026-10-01t12:34:56",
        "2026-10-01 12:34:56z",
        "2026-10-01 12:34:56 Z",
        "2026-10-01 12:34:56 +08:00",
        "2026-10-01 12:34:56+8:00",
        "2026-10-01 12:34:56+08",
        "2026-10-01 12:34:56+08:60",
        "2026-10-01 12:34:56+24:00",
        "2026-10-01 12:34:56+08000",
        "2026-10-01 12:34:56ZZ",
        "2026-10/01",
        "2026/10-01",
        "2026.10.01",
        "26-10-01",
        "02026-10-01",
        "2026-010-01",
        "2026-10-001",
        "2026-10-01 012:34",
        "2026-10-01T",
        "-2026-10-01",
        "2026-10-0a",
        "2026-10-01 12:34:5a",
        "2026-10-01\n12:34:56",
        "now",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        cr_expect(strstr(refused_text(texts[i]), " is no time; want") != NULL, "%s: %s", texts[i],
                  refused_text(texts[i]));
    }
    cr_expect_str_eq(refused_text("yesterday"),
                     "'yesterday' is no time; want Unix seconds or 'YYYY-MM-DD HH:MM:SS'");
    Value blob = {VALUE_BLOB, 2, {.bytes = "12"}};
    cr_expect_str_eq(refused(blob),
                     "x'3132' is no time; want Unix seconds or 'YYYY-MM-DD HH:MM:SS'");
    cr_expect(strstr(refused(value_of_text("2026-10-01\0", 11)), " is no time") != NULL);
}

Test(clock, r1_dates_that_do_not_exist_are_refused) {
    static const char *const texts[] = {
        "2026-02-29",          "2026-02-30 12:34:56", "1900-02-29",          "2026-00-01",
        "2026-13-01",          "2026-01-00",          "2026-04-31",          "2026-10-32",
        "2026-10-01 24:00:00", "2026-10-01 23:60:00", "2026-10-01 23:59:60", "2026-10-01 24:00",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        cr_expect(strstr(refused_text(texts[i]), " does not exist; want") != NULL, "%s", texts[i]);
    }
    cr_expect_str_eq(refused_text("2026-02-30"),
                     "'2026-02-30' is a date or time of day that does not exist; want Unix seconds "
                     "or 'YYYY-MM-DD HH:MM:SS'");
}

/* The short way for 19 bytes gives what the general one would: every byte of one is spoilt once. */
Test(clock, the_common_layout_is_read_as_any_other) {
    static const char bytes[] = "0123456789-/: TZ+.a\x80";
    char text[] = "2026-10-01 12:34:56";
    char longer[] = "2026-10-01 12:34:56.0";
    Message why;
    for (size_t at = 0; at < 19; at++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            char kept = text[at];
            text[at] = longer[at] = bytes[i];
            Value common = value_of_text(text, 19);
            Value general = value_of_text(longer, 21);
            int64_t common_ms;
            int64_t general_ms;
            Status status = clock_read(&common, &shanghai, &common_ms, &why);
            bool same_layout = clock_read(&general, &shanghai, &general_ms, &why) == status;
            /* A suffix in the middle ends the text in one of the two only. */
            if (same_layout) {
                cr_expect_eq(common_ms, general_ms, "%s", text);
            } else {
                cr_expect_eq(status, STATUS_OK, "%s", text);
            }
            text[at] = longer[at] = kept;
        }
    }
}

Test(clock, civil_dates_follow_each_other) {
    static const int32_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t number = CLOCK_FIRST_DAY;
    int32_t weekday = 5; /* 0000-01-01 was a Saturday */
    for (int64_t year = 0; year <= 9999; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int32_t month = 1; month <= 12; month++) {
            int32_t length = lengths[month - 1] + (month == 2 && leap);
            for (int32_t day = 1; day <= length; day++) {
                int64_t civil_year;
                int32_t civil_month;
                int32_t civil_day;
                clock_civil_from_days(number, &civil_year, &civil_month, &civil_day);
                cr_assert(civil_year == year && civil_month == month && civil_day == day);
                cr_assert_eq(clock_days_from_civil(year, month, day), number);
                cr_assert_eq(clock_weekday(number), weekday);
                number++;
                weekday = (weekday + 1) % 7;
            }
        }
    }
    cr_assert_eq(number, CLOCK_LAST_DAY + 1);
}

Test(clock, days_are_written_and_read) {
    char text[11];
    for (int64_t number = CLOCK_FIRST_DAY; number <= CLOCK_LAST_DAY; number += 1 + (number & 3)) {
        int64_t back;
        clock_print_day(number, text);
        cr_assert(clock_read_day(text, 10, &back) && back == number, "%s", text);
    }
    clock_print_day(CLOCK_FIRST_DAY, text);
    cr_expect_str_eq(text, "0000-01-01");
    clock_print_day(CLOCK_LAST_DAY, text);
    cr_expect_str_eq(text, "9999-12-31");
    static const char *const wrong[] = {"2026-02-29",  "2026-2-01", "2026/02/01", "2026-02-1",
                                        "2026-02-01 ", "",          "20a6-02-01", "2026-13-01"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int64_t number;
        cr_expect_not(clock_read_day(wrong[i], strlen(wrong[i]), &number), "%s", wrong[i]);
    }
}

Test(clock, r2_a_local_day_starts_at_its_earliest_instant) {
    int64_t noon = read_text("2026-10-01 12:00", &shanghai);
    int64_t day = clock_day(&shanghai, noon);
    cr_expect_eq(day, clock_days_from_civil(2026, 10, 1));
    cr_expect_eq(clock_day_start(&shanghai, day), read_text("2026-10-01", &shanghai));
    cr_expect_eq(clock_day(&shanghai, read_text("2026-10-01", &shanghai) - 1), day - 1);
    cr_expect_eq(clock_time_of_day(&shanghai, noon), 12 * 3600000);
    cr_expect_eq(clock_time_of_day(&shanghai, read_text("1969-10-01", &shanghai) - 1), 86399999);

    Zone paulo = zone_named("America/Sao_Paulo"); /* 2018-11-04: 00:00 became 01:00 */
    day = clock_days_from_civil(2018, 11, 4);
    cr_expect_eq(clock_day_start(&paulo, day), read_text("2018-11-04 03:00Z", &utc));
    cr_expect_eq(clock_time_of_day(&paulo, clock_day_start(&paulo, day)), 3600000);

    Zone toronto = zone_named("America/Toronto"); /* 1919-03-30: 23:30 became 00:30 */
    day = clock_days_from_civil(1919, 3, 31);
    cr_expect_eq(clock_day_start(&toronto, day), read_text("1919-03-31 04:30Z", &utc));

    Zone apia = zone_named("Pacific/Apia"); /* 2011-12-30 never was */
    day = clock_days_from_civil(2011, 12, 30);
    int64_t change = read_text("2011-12-30 10:00Z", &utc);
    cr_expect_eq(clock_day_start(&apia, day), change);
    cr_expect_eq(clock_day_start(&apia, day + 1), change);
    cr_expect_eq(clock_day(&apia, change), day + 1);
    cr_expect_eq(clock_day(&apia, change - 1), day - 1);
    cr_expect_eq(read_text("2011-12-30 07:00", &apia), read_text("2011-12-30 17:00Z", &utc));

    Zone johns = zone_named("America/St_Johns"); /* 2010-11-07: 00:01 became 23:01 of the 6th */
    day = clock_days_from_civil(2010, 11, 7);
    int64_t begun = read_text("2010-11-07 02:30Z", &utc);
    cr_expect_eq(clock_day_start(&johns, day), begun);
    cr_expect_eq(clock_day(&johns, begun - 1), day - 1);
    cr_expect_eq(clock_day(&johns, begun + 30 * 60000), day); /* 23:30 for the second time */
    cr_expect_eq(clock_time_of_day(&johns, begun + 30 * 60000), (23 * 60 + 30) * 60000);
}

Test(clock, r3_repeated_hour_is_the_earlier_instant) {
    Zone york = zone_named("America/New_York");
    cr_expect_eq(read_text("2026-11-01 01:30:00", &york), read_text("2026-11-01 05:30Z", &utc));
    cr_expect_eq(read_text("2026-11-01 02:00:00", &york), read_text("2026-11-01 07:00Z", &utc));
    Zone howe = zone_named("Australia/Lord_Howe"); /* half an hour */
    cr_expect_eq(read_text("2026-04-05 01:45", &howe), read_text("2026-04-04 14:45Z", &utc));
    cr_expect_eq(read_text("2026-04-05 02:00", &howe), read_text("2026-04-04 15:30Z", &utc));
}

Test(clock, r3_skipped_hour_is_read_with_the_offset_before) {
    Zone york = zone_named("America/New_York");
    cr_expect_eq(read_text("2026-03-08 02:30:00", &york), read_text("2026-03-08 07:30Z", &utc));
    cr_expect_eq(read_text("2026-03-08 03:00:00", &york), read_text("2026-03-08 07:00Z", &utc));
    Zone howe = zone_named("Australia/Lord_Howe");
    cr_expect_eq(read_text("2026-10-04 02:15", &howe), read_text("2026-10-03 15:45Z", &utc));
}

Test(clock, r2_a_cache_gives_the_day_that_would_be_found) {
    static const char *const zones[] = {"+08:00", "America/New_York", "Pacific/Apia",
                                        "America/St_Johns", "Africa/Cairo"};
    srand(2);
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        Zone zone = zone_named(zones[i]);
        DayCache cache = {0};
        int64_t instant_ms = read_text("2010-01-01", &zone);
        int64_t last = INT64_MIN;
        for (int row = 0; row < 20000; row++) {
            int64_t day = clock_day_cached(&zone, &cache, instant_ms);
            cr_assert_eq(day, clock_day(&zone, instant_ms));
            cr_assert(day >= last && instant_ms >= cache.start_ms && instant_ms < cache.end_ms);
            last = day;
            instant_ms += rand() % 7200000;
        }
    }
}

Test(clock, periods_start_on_their_first_day) {
    static const struct {
        const char *unit;
        const char *first;
    } periods[] = {{"day", "2026-08-20"},
                   {"week", "2026-08-17"},
                   {"month", "2026-08-01"},
                   {"quarter", "2026-07-01"},
                   {"year", "2026-01-01"}};
    int64_t day = clock_days_from_civil(2026, 8, 20);
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        Period period;
        char text[11];
        cr_assert(clock_period_read(periods[i].unit, strlen(periods[i].unit), &period));
        clock_print_day(clock_period_start(period, day), text);
        cr_expect_str_eq(text, periods[i].first);
        cr_expect_eq(clock_period_start(period, clock_period_start(period, day)),
                     clock_period_start(period, day));
    }
    Period period;
    cr_expect_eq(clock_period_start(PERIOD_NONE, day), day);
    cr_expect_not(clock_period_read("Day", 3, &period));
    cr_expect_not(clock_period_read("da", 2, &period));
    cr_expect_not(clock_period_read("", 0, &period));
}

Test(clock, seconds_are_written_as_decimals) {
    static const struct {
        int64_t instant_ms;
        const char *text;
    } seconds[] = {{1700000000500, "1700000000.5"},
                   {1700000000000, "1700000000"},
                   {1700000000001, "1700000000.001"},
                   {1700000000120, "1700000000.12"},
                   {0, "0"},
                   {10, "0.01"},
                   {-10, "-0.01"},
                   {-62167219200000, "-62167219200"},
                   {INT64_MIN, "-9223372036854775.808"},
                   {INT64_MAX, "9223372036854775.807"}};
    for (size_t i = 0; i < sizeof seconds / sizeof seconds[0]; i++) {
        char text[24];
        cr_expect_eq(clock_print_seconds(seconds[i].instant_ms, text), strlen(seconds[i].text));
        cr_expect_str_eq(text, seconds[i].text);
    }
}
