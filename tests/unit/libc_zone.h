/* libc_zone.h: zones of another make, libc's, to compare with. libc reads the system's tz database;
** where that is another release than the one compiled in, tests that need it are skipped.
*/
#ifndef KEFU_TESTS_UNIT_LIBC_ZONE_H
#define KEFU_TESTS_UNIT_LIBC_ZONE_H

#ifndef _GNU_SOURCE
#error "define _GNU_SOURCE before the first header: tm_gmtoff, setenv"
#endif
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/time/zone.h"

static inline void libc_need_same_release(void) {
    char line[64] = "";
    FILE *file = fopen("/usr/share/zoneinfo/tzdata.zi", "r");
    if (file == NULL || fgets(line, sizeof line, file) == NULL) {
        cr_skip_test("the system has no tz database");
    }
    fclose(file);
    line[strcspn(line, "\n")] = '\0';
    if (strncmp(line, "# version ", 10) != 0 || strcmp(line + 10, zone_version()) != 0) {
        cr_skip_test("the system's tz database is another release");
    }
}

static inline void libc_set_zone(const char *name) {
    setenv("TZ", name, 1);
    tzset();
}

static inline int64_t libc_offset_s(int64_t instant_s) {
    time_t time = instant_s;
    struct tm local;
    localtime_r(&time, &local);
    return local.tm_gmtoff;
}

#endif
