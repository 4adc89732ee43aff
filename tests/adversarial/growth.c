/* growth.c: see growth.h. */
#define _POSIX_C_SOURCE 200809L /* clock_gettime */

#include "growth.h"

#include <stdio.h>
#include <time.h>

enum { GROWTH_TRIES = 4 };

static double growth_now_s(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The time of one run, whose rows must be right. */
static double growth_run_s(sqlite3 *db, int rows, const char *sql, const char *want) {
    char text[2000];
    snprintf(text, sizeof text, sql, rows);
    double start_s = growth_now_s();
    const char *got = api_rows(db, text);
    double needed_s = growth_now_s() - start_s;
    char wanted[200];
    snprintf(wanted, sizeof wanted, want, rows);
    cr_assert_str_eq(got, wanted, "%s", text);
    return needed_s;
}

double growth_ratio(sqlite3 *db, int rows, const char *sql, const char *want) {
    double ratio = 1e9;
    for (int i = 0; i < GROWTH_TRIES && ratio > GROWTH_MOST; i++) {
        double few_s = growth_run_s(db, rows, sql, want);
        double many_s = growth_run_s(db, rows * 4, sql, want);
        ratio = many_s / few_s < ratio ? many_s / few_s : ratio;
    }
    fprintf(stderr, "figure: 1 costs at n and 4n rows\n");
    return ratio;
}

void growth_check(sqlite3 *db, int rows, const char *sql, const char *want) {
    double ratio = growth_ratio(db, rows, sql, want);
    cr_expect_leq(ratio, GROWTH_MOST, "4 times %d rows cost %.1f times as much: %s", rows, ratio,
                  sql);
}
