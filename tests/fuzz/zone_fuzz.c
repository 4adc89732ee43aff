/* zone_fuzz.c: libFuzzer on time zones: two bytes choose a name or say that a line of text is one;
** then come instants.
**
** 1. A text is a zone exactly when it is ±HH:MM, UTC or in the list of names; a zone's name reads
**    back.
** 2. Spans of equal offset fit together, and readings of the wall clock lead back to instants.
** 3. kefu reads no TZif file when it runs: zones.sh read them when zone_data.c was made. What came
**    out is compared here with libc, which reads the system's, where they are of the same release.
*/
#define _GNU_SOURCE
#include "core/time/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/time/zone_table.h"
#include "fuzz.h"

#define FIRST_MS INT64_C(-62198755200000) /* the year -0001 */
#define RANGE_MS INT64_C(315632160000000) /* to 10000 and some days */

/* ---- requirement 1 ---- */

static bool is_offset(const char *text, size_t length) {
    char hour[3] = "";
    char minute[3] = "";
    char end[2] = "";
    char copy[8] = "";
    if (length != 6 || memchr(text, '\0', length) != NULL) {
        return false;
    }
    memcpy(copy, text, length);
    return sscanf(copy, "%*1[+-]%2[0-9]:%2[0-9]%1c", hour, minute, end) == 2 && strlen(hour) == 2 &&
           strlen(minute) == 2 && atoi(hour) < 24 && atoi(minute) < 60;
}

static bool is_zone(const char *text, size_t length) {
    bool found = is_offset(text, length) || (length == 3 && memcmp(text, "UTC", 3) == 0);
    for (uint16_t i = 0; i < zone_name_count && !found; i++) {
        found = strlen(zone_names[i]) == length && memcmp(zone_names[i], text, length) == 0;
    }
    return found;
}

static void check_name(const Zone *zone) {
    char name[ZONE_NAME_BYTES];
    char again[ZONE_NAME_BYTES];
    Zone other;
    Message why;
    zone_print(zone, name);
    fuzz_expect(zone_read(name, strlen(name), &other, &why) == STATUS_OK);
    fuzz_expect(zone_equal(zone, &other));
    zone_print(&other, again);
    fuzz_expect(strcmp(name, again) == 0);
}

/* ---- requirement 2 ---- */

static void check_span(const Zone *zone, int64_t instant_ms) {
    ZoneSpan span = zone_span(zone, instant_ms);
    fuzz_expect(span.start_ms <= instant_ms && instant_ms < span.end_ms);
    fuzz_expect(zone_offset_ms(zone, instant_ms) == span.offset_ms);
    if (span.start_ms > FIRST_MS) {
        fuzz_expect(zone_offset_ms(zone, span.start_ms) == span.offset_ms);
        fuzz_expect(zone_offset_ms(zone, span.start_ms - 1) == span.before_ms);
        fuzz_expect(zone_span(zone, span.start_ms - 1).end_ms == span.start_ms);
    }
    if (span.end_ms < FIRST_MS + RANGE_MS) {
        fuzz_expect(zone_offset_ms(zone, span.end_ms - 1) == span.offset_ms);
        fuzz_expect(zone_span(zone, span.end_ms).start_ms == span.end_ms);
    }
    int64_t wall_ms = instant_ms + span.offset_ms;
    int64_t first_ms = zone_instant_of_wall(zone, wall_ms);
    fuzz_expect(first_ms <= instant_ms);
    fuzz_expect(first_ms + zone_offset_ms(zone, first_ms) == wall_ms);
}

/* ---- requirement 3 ---- */

static bool same_release(void) {
    char line[64] = "";
    FILE *file = fopen("/usr/share/zoneinfo/tzdata.zi", "r");
    bool read = file != NULL && fgets(line, sizeof line, file) != NULL;
    if (file != NULL) {
        fclose(file);
    }
    line[strcspn(line, "\n")] = '\0';
    bool same =
        read && strncmp(line, "# version ", 10) == 0 && strcmp(line + 10, zone_version()) == 0;
    if (!same) {
        fprintf(stderr, "zone_fuzz: the system's tz database is none or another release\n");
    }
    return same;
}

static void check_libc(const Zone *zone, int64_t instant_ms) {
    time_t second = instant_ms / 1000 - (instant_ms % 1000 < 0);
    struct tm local;
    fuzz_expect(localtime_r(&second, &local) != NULL);
    fuzz_expect(zone_offset_ms(zone, instant_ms) == local.tm_gmtoff * INT64_C(1000));
}

/* An instant, and the seconds about the changes of clocks before and after it. */
static void check_changes(const Zone *zone, int64_t instant_ms) {
    ZoneSpan span = zone_span(zone, instant_ms);
    check_libc(zone, instant_ms);
    if (span.start_ms > FIRST_MS) {
        check_libc(zone, span.start_ms);
        check_libc(zone, span.start_ms - 1);
    }
    if (span.end_ms < FIRST_MS + RANGE_MS) {
        check_libc(zone, span.end_ms);
        check_libc(zone, span.end_ms - 1);
    }
}

static Status zone_fuzz_check(const uint8_t *data, size_t size) {
    static int compare = -1;
    FuzzInput input = {data, data + size};
    uint32_t choice = (uint32_t)fuzz_byte(&input) << 8;
    choice |= fuzz_byte(&input);
    const char *name = (const char *)input.at;
    size_t length = fuzz_line(input.at, (size_t)(input.end - input.at));
    bool listed = choice < zone_name_count;
    if (listed) {
        name = zone_names[choice];
        length = strlen(name);
    } else {
        input.at += length + (input.at + length < input.end);
    }
    Zone zone;
    Message why;
    Status status = zone_read(name, length, &zone, &why);
    fuzz_expect((status == STATUS_OK) == is_zone(name, length));
    if (status != STATUS_OK) {
        return STATUS_OK;
    }
    check_name(&zone);
    if (compare < 0) {
        compare = same_release();
    }
    if (listed) {
        setenv("TZ", name, 1);
        tzset();
    }
    while (input.at < input.end) {
        uint64_t word = (uint64_t)fuzz_word(&input);
        int64_t instant_ms = FIRST_MS + (int64_t)(word % (uint64_t)RANGE_MS);
        check_span(&zone, instant_ms);
        if (listed && compare) {
            check_changes(&zone, instant_ms);
        }
    }
    return STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_run(zone_fuzz_check, data, size);
}
