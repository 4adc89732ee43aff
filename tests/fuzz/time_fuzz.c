/* time_fuzz.c: libFuzzer on times: a byte chooses a zone, a byte the type, the rest is the value.
**
** 1. A value is read exactly when a second reading of functions.md 2 reads it, and as the same
**    instant: text by a regular expression and libc's timegm, REAL in long double, digits as one
**    whole number.
** 2. An instant lies in its local day, whose name reads back; it lies in its periods.
** 3. The text of an instant in seconds reads back as the instant.
*/
#define _GNU_SOURCE
#include "core/time/clock.h"
#include "fuzz.h"

#include <math.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LAST_SECOND INT64_C(253402300799)
#define LAST_MS INT64_C(253402300799999)
#define FIRST_MS INT64_C(-62167219200000)
#define NO_INSTANT INT64_MIN
#define UNSURE INT64_MAX /* more digits than the second reading has room for */

/* ---- the second reading ---- */

static int64_t in_years(int128 instant_ms) {
    return instant_ms >= FIRST_MS && instant_ms <= LAST_MS ? (int64_t)instant_ms : NO_INSTANT;
}

static int64_t second_integer(int64_t number) {
    return in_years(llabs(number) <= LAST_SECOND && number != INT64_MIN ? (int128)number * 1000
                                                                        : (int128)number);
}

/* A long double holds 64 bits: the 53 of a double times 1000. */
static int64_t second_real(double real) {
    if (!(fabs(real) < 1e18)) {
        return NO_INSTANT;
    }
    long double exact = fabs(real) <= (double)LAST_SECOND ? (long double)real * 1000.0L : real;
    return in_years((int128)rintl(exact));
}

static int number_in(const char *text, const regmatch_t *match) {
    int number = 0;
    for (regoff_t i = match->rm_so; i < match->rm_eo; i++) {
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

/* Digits, a point perhaps, digits: all of them as one whole number, and 10^(digits behind it). */
static int64_t second_digits(const char *text, const regmatch_t *match) {
    int128 number = 0;
    int128 scale = 0; /* 0: no point yet */
    for (regoff_t i = match[2].rm_so; i < match[2].rm_eo; i++) {
        if (text[i] == '.') {
            scale = 1;
            continue;
        }
        number = number * 10 + (text[i] - '0');
        scale *= 10;
        if (number > (int128)1 << 108 || scale > (int128)1 << 80) {
            return UNSURE;
        }
    }
    scale = scale == 0 ? 1 : scale;
    bool seconds = number <= LAST_SECOND * scale;
    if (seconds) {
        number *= 1000;
    }
    int128 whole = number / scale;
    int128 rest = number % scale * 2;
    whole += rest > scale || (rest == scale && whole % 2 == 1);
    return in_years(text[match[1].rm_so] == '-' && match[1].rm_eo > match[1].rm_so ? -whole
                                                                                   : whole);
}

/* Requirement of functions.md: the earliest instant with that reading; in a gap, the offset
** before. */
static int64_t second_wall(const Zone *zone, int64_t wall_ms) {
    int64_t best = NO_INSTANT;
    int64_t first_ms = wall_ms - 27 * INT64_C(3600000);
    int64_t last_ms = wall_ms + 27 * INT64_C(3600000);
    for (int64_t at_ms = first_ms; at_ms <= last_ms; at_ms += 900000) {
        int64_t instant_ms = wall_ms - zone_offset_ms(zone, at_ms);
        if (zone_offset_ms(zone, instant_ms) + instant_ms == wall_ms &&
            (best == NO_INSTANT || instant_ms < best)) {
            best = instant_ms;
        }
    }
    if (best != NO_INSTANT) {
        return best;
    }
    /* Skipped: the last instant whose reading is below, by halving, tells the offset before. */
    while (first_ms + 1 < last_ms) {
        int64_t middle_ms = first_ms + (last_ms - first_ms) / 2;
        if (middle_ms + zone_offset_ms(zone, middle_ms) < wall_ms) {
            first_ms = middle_ms;
        } else {
            last_ms = middle_ms;
        }
    }
    return wall_ms - zone_offset_ms(zone, first_ms);
}

enum { YEAR = 1, MONTH = 3, DAY = 4, HOUR = 6, MINUTE = 7, SECOND = 9, FRACTION = 11, SUFFIX = 12 };

static int64_t second_date(const char *text, const regmatch_t *match, const Zone *zone) {
    struct tm wanted = {.tm_year = number_in(text, &match[YEAR]) - 1900,
                        .tm_mon = number_in(text, &match[MONTH]) - 1,
                        .tm_mday = number_in(text, &match[DAY]),
                        .tm_hour = number_in(text, &match[HOUR]),
                        .tm_min = number_in(text, &match[MINUTE]),
                        .tm_sec = number_in(text, &match[SECOND])};
    struct tm there = wanted;
    int64_t wall_ms = (int64_t)timegm(&there) * 1000;
    if (there.tm_mon != wanted.tm_mon || there.tm_mday != wanted.tm_mday ||
        there.tm_hour != wanted.tm_hour || there.tm_min != wanted.tm_min ||
        there.tm_sec != wanted.tm_sec) {
        return NO_INSTANT; /* timegm() made another date of it */
    }
    char digits[4] = "000";
    for (regoff_t i = 0; i < 3 && match[FRACTION].rm_so + i < match[FRACTION].rm_eo; i++) {
        digits[i] = text[match[FRACTION].rm_so + i];
    }
    wall_ms += atoi(digits);
    if (match[SUFFIX].rm_eo <= match[SUFFIX].rm_so) {
        return second_wall(zone, wall_ms);
    }
    const char *suffix = text + match[SUFFIX].rm_so;
    if (*suffix == 'Z') {
        return wall_ms;
    }
    const char *minutes = suffix + (suffix[3] == ':' ? 4 : 3);
    int hour = (suffix[1] - '0') * 10 + suffix[2] - '0';
    int minute = (minutes[0] - '0') * 10 + minutes[1] - '0';
    int64_t offset_ms = (hour * 60 + minute) * INT64_C(60000);
    return hour > 23 || minute > 59 ? NO_INSTANT
                                    : wall_ms + (*suffix == '-' ? offset_ms : -offset_ms);
}

static bool matches(const char *pattern, regex_t *compiled, const char *text, size_t size,
                    regmatch_t match[13]) {
    if (compiled->re_nsub == 0) {
        fuzz_expect(regcomp(compiled, pattern, REG_EXTENDED) == 0);
    }
    match[0] = (regmatch_t){0, (regoff_t)size};
    return regexec(compiled, text, 13, match, REG_STARTEND) == 0;
}

/* The text ends with a NUL behind `size`: the sanitizer's regexec() looks for one. */
static int64_t second_text(const char *text, size_t size, const Zone *zone) {
    static regex_t number;
    static regex_t date;
    regmatch_t match[13];
    if (matches("^([-+]?)([0-9]{9,}(\\.[0-9]+)?)$", &number, text, size, match)) {
        return second_digits(text, match);
    }
    if (matches("^([0-9]{4})([-/])([0-9]{1,2})\\2([0-9]{1,2})"
                "([ T]([0-9]{1,2}):([0-9]{2})(:([0-9]{2})(\\.([0-9]{1,9}))?)?)?"
                "(Z|[-+][0-9]{2}:?[0-9]{2})?$",
                &date, text, size, match)) {
        return second_date(text, match, zone);
    }
    return NO_INSTANT;
}

static char *copy_with_end(const char *text, size_t size) {
    char *copy = calloc(size + 1, 1);
    fuzz_expect(copy != NULL);
    if (size > 0) {
        memcpy(copy, text, size);
    }
    return copy;
}

/* ---- checks ---- */

/* Requirement 2 */
static void check_day(const Zone *zone, int64_t instant_ms) {
    int64_t day_number = clock_day(zone, instant_ms);
    DayCache cache = {0, 0, 0};
    fuzz_expect(clock_day_cached(zone, &cache, instant_ms) == day_number);
    fuzz_expect(clock_day_start(zone, day_number) <= instant_ms);
    fuzz_expect(instant_ms < clock_day_start(zone, day_number + 1));
    int32_t time_of_day_ms = clock_time_of_day(zone, instant_ms);
    fuzz_expect(time_of_day_ms >= 0 && time_of_day_ms < CLOCK_DAY_MS);
    for (int period = PERIOD_NONE; period <= PERIOD_YEAR; period++) {
        int64_t start = clock_period_start((Period)period, day_number);
        fuzz_expect(start <= day_number && day_number - start < 366);
        fuzz_expect(clock_period_start((Period)period, start) == start);
        fuzz_expect(period != PERIOD_WEEK || clock_weekday(start) == 0);
    }
    if (day_number >= CLOCK_FIRST_DAY && day_number <= CLOCK_LAST_DAY) {
        char text[11];
        int64_t again;
        clock_print_day(day_number, text);
        fuzz_expect(clock_read_day(text, 10, &again) && again == day_number);
    }
}

/* Requirement 3 */
static void check_seconds(int64_t instant_ms) {
    char text[24];
    char *end;
    size_t length = clock_print_seconds(instant_ms, text);
    fuzz_expect(length < sizeof text && text[length] == '\0');
    long double seconds = strtold(text, &end);
    fuzz_expect(*end == '\0' && llrintl(seconds * 1000.0L) == instant_ms);
}

static Zone zone_chosen(uint32_t choice) {
    static const char *const names[] = {
        "+08:00",           "UTC",           "-03:30",       "America/New_York",
        "Asia/Shanghai",    "Europe/Dublin", "Pacific/Apia", "Australia/Lord_Howe",
        "America/St_Johns", "Africa/Cairo",  "Asia/Gaza",    "Pacific/Kwajalein",
    };
    const char *name = names[choice % (sizeof names / sizeof names[0])];
    Zone zone;
    Message why;
    fuzz_expect(zone_read(name, strlen(name), &zone, &why) == STATUS_OK);
    return zone;
}

static Status time_fuzz_check(const uint8_t *data, size_t size) {
    FuzzInput input = {data, data + size};
    Zone zone = zone_chosen(fuzz_byte(&input));
    uint8_t type = fuzz_byte(&input);
    Value value;
    int64_t wanted;
    if (type == 'I') {
        value = value_of_integer(fuzz_word(&input));
        wanted = second_integer(value.as.integer);
    } else if (type == 'R') {
        int64_t bits = fuzz_word(&input);
        double real;
        memcpy(&real, &bits, sizeof real);
        value = value_of_real(real);
        wanted = second_real(real);
    } else {
        value = value_of_text((const char *)input.at, (size_t)(input.end - input.at));
        char *copy = copy_with_end(value.as.bytes, value.length);
        wanted = value_is_missing(&value) ? UNSURE : second_text(copy, value.length, &zone);
        free(copy);
    }
    int64_t instant_ms;
    Message why;
    Status status = clock_read(&value, &zone, &instant_ms, &why);
    if (status == STATUS_OK) {
        fuzz_expect(wanted == UNSURE || instant_ms == wanted); /* Requirement 1 */
        check_day(&zone, instant_ms);
        check_seconds(instant_ms);
    } else {
        fuzz_expect(wanted == UNSURE || wanted == NO_INSTANT);
    }
    return STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_run(time_fuzz_check, data, size);
}
