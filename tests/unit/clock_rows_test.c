/* clock_rows_test.c: times of many rows give what each alone would (core/time/clock.h). */
#include "core/time/clock.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trial.h"

static Zone rows_zone(const char *name) {
    Zone zone;
    Message why;
    cr_assert_eq(zone_read(name, strlen(name), &zone, &why), STATUS_OK, "%s", name);
    return zone;
}

/* One value through the cache and alone: the same instant, or the same words. */
static void check_row(const Value *value, const Zone *zone, DateCache *cache) {
    Message why;
    Message why_alone;
    int64_t instant_ms = 1;
    int64_t alone_ms = 2;
    message_clear(&why);
    message_clear(&why_alone);
    const Status status = clock_read_row(value, zone, cache, &instant_ms, &why);
    cr_assert_eq(status, clock_read(value, zone, &alone_ms, &why_alone));
    if (status == STATUS_OK) {
        cr_assert_eq(instant_ms, alone_ms, "%.*s", (int)value->length, value->as.bytes);
    } else {
        cr_assert_str_eq(why.text, why_alone.text);
    }
}

static const char *const ZONES[] = {
    "+08:00", "-00:30", "America/New_York", "Pacific/Apia", "America/Sao_Paulo", "Africa/Cairo"};
#define ZONE_COUNT (sizeof ZONES / sizeof ZONES[0])

/* Dates that meet in one place of the cache, changes of clocks, and every form of text between. */
Test(clock_rows, r5_texts_in_any_order) {
    static const char *const dates[] = {"2026-03-08", "2026-11-01", "2011-12-30", "2011-12-31",
                                        "2018-11-04", "2018-02-18", "2026-03-01", "2026-04-01",
                                        "2026-02-30", "0000-01-01", "9999-12-31", "2026-03-8 ",
                                        "2026/03/08", "20260308  "};
    static const char *const forms[] = {
        "%s 00:00:00", "%s 23:59:59", "%s 02:30:00",    "%s 01:30:00", "%sT12:00:00",
        "%s 12:00",    "%s",          "%s 24:00:00",    "%s 12:60:00", "%s 12:00:60",
        "%s 1a:00:00", "%s 12;00:00", "%s 12:00:0\xb0", "%s 1:00:00Z", "%s 12:00:00.5"};
    uint64_t seed = 1;
    for (size_t z = 0; z < ZONE_COUNT; z++) {
        const Zone zone = rows_zone(ZONES[z]);
        DateCache cache = {.dates = {{"", 0}}};
        for (int i = 0; i < 20000; i++) {
            char text[40];
            const char *date = dates[trial_below(&seed, sizeof dates / sizeof dates[0])];
            const char *form = forms[trial_below(&seed, sizeof forms / sizeof forms[0])];
            snprintf(text, sizeof text, form, date);
            const Value value = value_of_text(text, strlen(text));
            check_row(&value, &zone, &cache);
        }
    }
}

/* SQLite keeps a column's text in one place: the same pointer says nothing. */
Test(clock_rows, r5_one_pointer_other_bytes) {
    const Zone zone = rows_zone("Europe/London");
    DateCache cache = {.dates = {{"", 0}}};
    char text[] = "2026-03-29 12:34:56";
    const Value value = value_of_text(text, 19);
    uint64_t seed = 2;
    for (int i = 0; i < 100000; i++) {
        static const char bytes[] = "0123456789 :-T\0";
        const char held = text[trial_below(&seed, 19)];
        const uint64_t place = trial_below(&seed, 19);
        const char before = text[place];
        text[place] = i % 3 == 0 ? held : bytes[trial_below(&seed, sizeof bytes)];
        check_row(&value, &zone, &cache);
        if (i % 2 == 0) {
            text[place] = before;
        }
        if (i % 50 == 0) {
            memcpy(text, "2026-03-29 12:34:56", 19);
        }
    }
}

/* Every byte in every place of the time of day; the date is in the cache. */
Test(clock_rows, r5_every_byte_of_a_time) {
    const Zone zone = rows_zone("+08:00");
    DateCache cache = {.dates = {{"", 0}}};
    for (int place = 11; place < 19; place++) {
        for (int byte = 0; byte < 256; byte++) {
            char text[] = "2026-03-29 12:34:56";
            const Value value = value_of_text(text, 19);
            check_row(&value, &zone, &cache);
            text[place] = (char)byte;
            check_row(&value, &zone, &cache);
        }
    }
}

Test(clock_rows, r5_an_empty_cache_holds_no_date) {
    const Zone zone = rows_zone("+00:00");
    DateCache cache = {.dates = {{"", 0}}};
    char text[19] = {0};
    const Value value = value_of_text(text, sizeof text);
    check_row(&value, &zone, &cache);
    text[10] = ' ';
    memcpy(text + 11, "12:00:00", 8);
    check_row(&value, &zone, &cache);
}

Test(clock_rows, r1_numbers) {
    static const int64_t numbers[] = {0,
                                      -1,
                                      1700000000,
                                      253402300799,
                                      253402300800,
                                      253402300799999,
                                      253402300800000,
                                      -62167219200,
                                      -62167219201,
                                      -62167219200000,
                                      -62167219200001,
                                      INT64_MAX,
                                      INT64_MIN};
    const Zone zone = rows_zone("+08:00");
    DateCache cache = {.dates = {{"", 0}}};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        const Value whole = value_of_integer(numbers[i]);
        const Value real = value_of_real((double)numbers[i] + 0.5);
        check_row(&whole, &zone, &cache);
        check_row(&real, &zone, &cache);
    }
}
