/* zone_test.c: zones against libc's, and against readings found by search (core/time/zone.h). */
#define _GNU_SOURCE
#include "core/time/zone.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "core/time/clock.h"
#include "core/time/zone_table.h"
#include "libc_zone.h"

static const char *const some_zones[] = {
    "Asia/Shanghai",     "America/New_York",  "Europe/London",       "Europe/Berlin",
    "Europe/Dublin",     "Australia/Sydney",  "Australia/Lord_Howe", "Pacific/Apia",
    "America/Sao_Paulo", "America/Santiago",  "America/St_Johns",    "Africa/Casablanca",
    "Africa/Cairo",      "Asia/Jerusalem",    "Asia/Tehran",         "Asia/Gaza",
    "America/Nuuk",      "America/Havana",    "Pacific/Kwajalein",   "Pacific/Chatham",
    "Antarctica/Troll",  "America/Anchorage", "Asia/Manila",         "Africa/Monrovia",
};
#define SOME_ZONES (sizeof some_zones / sizeof some_zones[0])

static Zone zone_of(const char *name) {
    Zone zone;
    Message why;
    cr_assert_eq(zone_read(name, strlen(name), &zone, &why), STATUS_OK, "%s", name);
    return zone;
}

static const char *refusal(const char *name) {
    static Message why;
    Zone zone;
    cr_assert_eq(zone_read(name, strlen(name), &zone, &why), STATUS_REFUSED, "%s", name);
    return why.text;
}

static int64_t random_second(int64_t from, int64_t to) {
    uint64_t random = (uint64_t)rand() << 31 ^ (uint64_t)rand();
    return from + (int64_t)(random % (uint64_t)(to - from));
}

Test(zone, fixed_offsets_have_one_name) {
    static const struct {
        const char *text;
        const char *name;
        int32_t offset_s;
    } zones[] = {{"+08:00", "+08:00", 28800}, {"-03:30", "-03:30", -12600},
                 {"+00:00", "+00:00", 0},     {"-00:00", "+00:00", 0},
                 {"UTC", "+00:00", 0},        {"Etc/UTC", "+00:00", 0},
                 {"GMT", "+00:00", 0},        {"Etc/GMT-8", "+08:00", 28800},
                 {"+23:59", "+23:59", 86340}, {"-23:59", "-23:59", -86340}};
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        Zone zone = zone_of(zones[i].text);
        char name[ZONE_NAME_BYTES];
        zone_print(&zone, name);
        cr_expect_str_eq(name, zones[i].name);
        cr_expect_null(zone.table);
        cr_expect_eq(zone_offset_ms(&zone, 0), zones[i].offset_s * INT64_C(1000));
        ZoneSpan span = zone_span(&zone, 1700000000000);
        cr_expect(span.start_ms == -ZONE_FOREVER_MS && span.end_ms == ZONE_FOREVER_MS);
        cr_expect(span.offset_ms == zones[i].offset_s * INT64_C(1000) &&
                  span.before_ms == span.offset_ms);
    }
}

Test(zone, r3_links_are_their_target) {
    Zone zone = zone_of("PRC");
    Zone shanghai = zone_of("Asia/Shanghai");
    Zone chungking = zone_of("Asia/Chungking");
    Zone fixed = zone_of("+08:00");
    char name[ZONE_NAME_BYTES];
    zone_print(&zone, name);
    cr_expect_str_eq(name, "Asia/Shanghai");
    cr_expect(zone_equal(&zone, &shanghai));
    cr_expect_not(zone_equal(&shanghai, &fixed));
    cr_expect_not(zone_equal(&shanghai, &chungking) && shanghai.table != chungking.table);
}

Test(zone, unknown_names_are_refused_with_near_ones) {
    cr_expect_str_eq(refusal("Mars/Base"),
                     "'Mars/Base' is no known time zone; want ±HH:MM, UTC or an IANA name such as "
                     "'Asia/Shanghai'");
    cr_expect(strstr(refusal("asia/shanghai"), "; did you mean 'Asia/Shanghai'?") != NULL);
    cr_expect(strstr(refusal("new_york"), "; did you mean 'America/New_York'?") != NULL);
    cr_expect(strstr(refusal("Europe/Berln"), "; did you mean 'Europe/Berlin'?") != NULL);
    static const char *const wrong[] = {
        "",        "8",   "+8", "+8:00",  "08:00", "+0800", "+24:00",         "+08:60",
        "+08:00 ", "utc", "Z",  "+0a:00", "Asia",  "Asia/", "Asia/Shanghai ", "UTC+8"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        cr_expect(strstr(refusal(wrong[i]), " is no known time zone; want ") != NULL);
    }
    Zone zone;
    Message why;
    cr_expect_eq(zone_read("Asia/Shanghai\0x", 15, &zone, &why), STATUS_REFUSED);
}

Test(zone, names_are_sorted_and_all_are_read) {
    for (uint16_t i = 0; i < zone_name_count; i++) {
        cr_assert(i == 0 || strcmp(zone_names[i - 1], zone_names[i]) < 0, "%s", zone_names[i]);
        cr_assert_lt(strlen(zone_names[i]), ZONE_NAME_BYTES);
        Zone zone = zone_of(zone_names[i]);
        char name[ZONE_NAME_BYTES];
        zone_print(&zone, name);
        Zone again = zone_of(name);
        cr_expect(zone_equal(&zone, &again), "%s", name);
    }
    cr_expect_gt(zone_name_count, 590);
}

/* Every span begins and ends where libc's offset changes, and nowhere in it. */
static void compare_span(const char *name, const Zone *zone, int64_t instant_s) {
    ZoneSpan span = zone_span(zone, instant_s * 1000 + 999);
    cr_assert(instant_s * 1000 >= span.start_ms && instant_s * 1000 < span.end_ms);
    cr_assert_eq(libc_offset_s(instant_s) * 1000, span.offset_ms, "%s at %lld", name,
                 (long long)instant_s);
    if (span.start_ms > -ZONE_FOREVER_MS) {
        cr_assert_eq(libc_offset_s(span.start_ms / 1000) * 1000, span.offset_ms);
        cr_assert_eq(libc_offset_s(span.start_ms / 1000 - 1) * 1000, span.before_ms, "%s at %lld",
                     name, (long long)instant_s);
        cr_assert_neq(span.before_ms, span.offset_ms);
        ZoneSpan before = zone_span(zone, span.start_ms - 1);
        cr_assert(before.end_ms == span.start_ms && before.offset_ms == span.before_ms);
    }
}

Test(zone, r1_all_zones_agree_with_libc) {
    libc_need_same_release();
    srand(3);
    for (uint16_t i = 0; i < zone_name_count; i++) {
        Zone zone = zone_of(zone_names[i]);
        libc_set_zone(zone_names[i]);
        for (int turn = 0; turn < 60; turn++) {
            compare_span(zone_names[i], &zone, random_second(INT64_C(-5000000000), 4200000000));
            compare_span(zone_names[i], &zone, random_second(INT64_C(-62000000000), 253402300799));
        }
        /* Every change of clocks up to 2100, and a year on. */
        for (int64_t at_ms = -ZONE_FOREVER_MS; at_ms < INT64_C(4133980800000);) {
            ZoneSpan span = zone_span(&zone, at_ms);
            if (at_ms > -ZONE_FOREVER_MS) {
                compare_span(zone_names[i], &zone, at_ms / 1000);
            }
            at_ms = span.end_ms;
        }
    }
}

/* The instant of a reading by its definition: the earliest instant that has it; if none has, the
** reading with the offset before the change that skips it. Instants are searched minute by minute
** (the reading is taken at a whole minute, and offsets here are whole minutes). */
static int64_t search_instant_s(int64_t wall_s) {
    int64_t first = wall_s - 26 * 3600;
    int64_t last = wall_s + 26 * 3600;
    int64_t before = libc_offset_s(first);
    for (int64_t instant = first; instant <= last; instant += 60) {
        int64_t offset = libc_offset_s(instant);
        if (instant + offset == wall_s) {
            return instant;
        }
        if (instant + offset > wall_s) {
            return wall_s - before;
        }
        before = offset;
    }
    cr_assert_fail("no reading about %lld", (long long)wall_s);
    return 0;
}

Test(zone, r2_readings_about_changes_are_found_as_by_search) {
    libc_need_same_release();
    srand(4);
    for (size_t i = 0; i < SOME_ZONES; i++) {
        Zone zone = zone_of(some_zones[i]);
        libc_set_zone(some_zones[i]);
        for (int turn = 0; turn < 150; turn++) {
            /* 1975 to 2100, most of them about a change */
            int64_t wall_s = random_second(157766400, 4133980800) / 60 * 60;
            ZoneSpan span = zone_span(&zone, wall_s * 1000);
            if (turn % 4 != 0 && span.end_ms < ZONE_FOREVER_MS) {
                wall_s = (span.end_ms + span.offset_ms) / 1000 + (rand() % 360 - 180) * 60;
            }
            cr_assert_eq(zone_instant_of_wall(&zone, wall_s * 1000),
                         search_instant_s(wall_s) * 1000, "%s, reading %lld", some_zones[i],
                         (long long)wall_s);
        }
    }
}

/* The local day of every minute about changes: the latest date that clocks have shown so far. */
Test(zone, days_about_changes_are_found_as_by_search) {
    libc_need_same_release();
    for (size_t i = 0; i < SOME_ZONES; i++) {
        Zone zone = zone_of(some_zones[i]);
        libc_set_zone(some_zones[i]);
        for (int64_t at_ms = INT64_C(157766400000); at_ms < INT64_C(2000000000000);) {
            ZoneSpan span = zone_span(&zone, at_ms);
            if (span.end_ms >= ZONE_FOREVER_MS) {
                break;
            }
            int64_t start_s = span.end_ms / 1000 - 30 * 3600;
            int64_t latest = INT64_MIN;
            for (int64_t instant = start_s; instant < start_s + 60 * 3600; instant += 60) {
                int64_t shown = (instant + libc_offset_s(instant)) / 86400;
                bool begins = shown > latest && latest > INT64_MIN;
                latest = shown > latest ? shown : latest;
                if (instant < start_s + 4 * 3600) {
                    continue; /* a later date may have been shown before */
                }
                cr_assert_eq(clock_day(&zone, instant * 1000), latest, "%s at %lld", some_zones[i],
                             (long long)instant);
                int64_t day_start_ms = clock_day_start(&zone, latest);
                cr_assert_leq(day_start_ms, instant * 1000);
                cr_assert(!begins || day_start_ms == instant * 1000, "%s at %lld", some_zones[i],
                          (long long)instant);
            }
            at_ms = span.end_ms;
        }
    }
}
