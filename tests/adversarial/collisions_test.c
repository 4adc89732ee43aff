/* collisions_test.c: customers and keys whose identities collide where a table or a sort would look first.
**
** An integer's identity is a bijection of it (identity.h, requirement 2), so those with chosen bits are
** computed backwards; a text's is XXH3, so those are searched for. Wanted: right counts, at a cost that
** grows with the rows and not with their square.
*/
#define _POSIX_C_SOURCE 200809L /* open_memstream */

#include "growth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

TestSuite(collisions, .timeout = 600);

/* ---- integers ---- */

/* word ^ (word >> shift), backwards. */
static uint64_t collisions_unshift(uint64_t word, int shift) {
    uint64_t result = word;
    for (int i = shift; i < 64; i += shift)
        result = word ^ (result >> shift);
    return result;
}

/* The inverse of an odd number modulo 2^64, by Newton's iteration. */
static uint64_t collisions_inverse(uint64_t odd) {
    uint64_t inverse = odd;
    for (int i = 0; i < 6; i++)
        inverse *= 2 - odd * inverse;
    return inverse;
}

/* The integer whose identity's high word is this one: Stafford's variant 13 backwards. */
static uint64_t collisions_integer(uint64_t word) {
    word = collisions_unshift(word, 31) * collisions_inverse(UINT64_C(0x94d049bb133111eb));
    word = collisions_unshift(word, 27) * collisions_inverse(UINT64_C(0xbf58476d1ce4e5b9));
    return collisions_unshift(word, 30);
}

Test(collisions, the_bijection_is_inverted) {
    for (uint64_t i = 1; i < 1000; i++) {
        uint64_t word = collisions_integer(i * UINT64_C(0x9E3779B97F4A7C15));
        word = (word ^ (word >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        word = (word ^ (word >> 27)) * UINT64_C(0x94d049bb133111eb);
        cr_assert_eq(word ^ (word >> 31), i * UINT64_C(0x9E3779B97F4A7C15));
    }
}

/* collide(i, where): the i-th integer whose identity has only zeros in its low ('low') or high ('high')
** 40 bits, or in all but 20 in the middle; 'alone': as 'high', but the first one far away from all others,
** so that an even spread puts these into one place. */
static void collisions_collide(sqlite3_context *context, int count, sqlite3_value **arguments) {
    const uint64_t i = (uint64_t)sqlite3_value_int64(arguments[0]);
    const char *where = (const char *)sqlite3_value_text(arguments[1]);
    uint64_t word = i; /* high */
    (void)count;
    if (strcmp(where, "low") == 0)
        word = i << 40;
    else if (strcmp(where, "middle") == 0)
        word = i << 22;
    else if (strcmp(where, "alone") == 0 && i == 0)
        word = UINT64_MAX;
    sqlite3_result_int64(context, (sqlite3_int64)collisions_integer(word));
}

static sqlite3 *collisions_open(void) {
    sqlite3 *db = api_open();
    sqlite3_create_function(db, "collide", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                            collisions_collide, NULL, NULL);
    return db;
}

static const char *const collisions_where[] = {"low", "middle", "high", "alone"};

Test(collisions, of_customers) {
    sqlite3 *db = collisions_open();
    for (size_t i = 0; i < 4; i++) {
        const char *where = collisions_where[i];
        growth_check(
            db, 20000,
            api_sql("%sSELECT distinct_customers(collide(i, '%s'), 0, i) FROM n", N, where), "%d");
        growth_check(
            db, 20000,
            api_sql("%sSELECT inquirers(deal_stats(collide(i, '%s'), 1, 2, 3)) FROM n", N, where),
            "%d");
        growth_check(
            db, 20000,
            api_sql("%sSELECT conversion_rate(collide(i, '%s'), i %%%% 2) FROM n", N, where),
            "0.5");
    }
    api_close(db);
}

Test(collisions, of_keys) {
    sqlite3 *db = collisions_open();
    for (size_t i = 0; i < 4; i++) {
        const char *where = collisions_where[i];
        growth_check(db, 5000,
                     api_sql("%sSELECT count(*) FROM kefu_groups((SELECT chat_stats_by(collide(i, "
                             "'%s'), i, 0, i) FROM n))",
                             N, where),
                     "%d");
    }
    api_close(db);
}

Test(collisions, in_windows) {
    sqlite3 *db = collisions_open();
    for (size_t i = 0; i < 4; i++) {
        const char *where = collisions_where[i];
        growth_check(db, 4000,
                     api_sql("%sSELECT max(w) FROM (SELECT distinct_customers(collide(i, '%s'), 0, "
                             "i) OVER (ORDER BY i ROWS 999 PRECEDING) AS w FROM n)",
                             N, where),
                     "1000");
        growth_check(db, 4000,
                     api_sql("%sSELECT min(w) FROM (SELECT conversion_rate(collide(i, '%s'), 1) "
                             "OVER (ORDER BY i) AS w FROM n)",
                             N, where),
                     "1.0");
    }
    api_close(db);
}

/* ---- texts ---- */

enum { COLLISIONS_TEXTS = 6000 };

/* Not inlined: gcc would warn of the branches for texts longer than these. */
static __attribute__((noinline)) uint64_t collisions_hash(const char *text, size_t length) {
    return XXH3_128bits_withSeed(text, length, UINT64_C(0x7465787400000001)).high64;
}

/* Fills table texts(i, name) with texts whose hash has zeros in ten bits from `shift` on. */
static void collisions_search(sqlite3 *db, int shift) {
    sqlite3_stmt *insert = NULL;
    api_exec(db,
             "DROP TABLE IF EXISTS texts; CREATE TABLE texts(i INTEGER PRIMARY KEY, name); BEGIN");
    sqlite3_prepare_v2(db, "INSERT INTO texts(name) VALUES (?1)", -1, &insert, NULL);
    int found = 0;
    for (uint64_t i = 0; found < COLLISIONS_TEXTS; i++) {
        char name[24];
        int length = snprintf(name, sizeof name, "c%llu", (unsigned long long)i);
        if ((collisions_hash(name, (size_t)length) >> shift & 1023) != 0)
            continue;
        sqlite3_bind_text(insert, 1, name, length, SQLITE_STATIC);
        sqlite3_step(insert);
        sqlite3_reset(insert);
        found++;
    }
    sqlite3_finalize(insert);
    api_exec(db, "COMMIT");
}

Test(collisions, of_texts) {
    sqlite3 *db = api_open();
    for (int shift = 0; shift <= 54; shift += 54) {
        collisions_search(db, shift);
        growth_check(db, COLLISIONS_TEXTS / 4,
                     "SELECT distinct_customers(name, 0, i) FROM texts WHERE i <= %d", "%d");
        growth_check(
            db, COLLISIONS_TEXTS / 4,
            "SELECT count(*) FROM kefu_groups((SELECT rating_stats_by(name, name, i, 1, 5) "
            "FROM texts WHERE i <= %d))",
            "%d");
        growth_check(db, COLLISIONS_TEXTS / 4,
                     "SELECT max(w) FROM (SELECT conversion_rate(name, 1) OVER (ORDER BY i) AS w "
                     "FROM texts WHERE i <= %d)",
                     "1.0");
    }
    api_close(db);
}
