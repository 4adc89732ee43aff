/* hostile_test.c: any bytes at all, through every function that takes stats (state.md 3).
**
** Valid stats of every kind are cut, flipped, grown and spliced, with their checksum left wrong or made
** right again; each mutant goes through a rotation of all functions. Allowed are a value or an error;
** a crash, a hang, or more memory than a few megabytes is not. What kefu_merge() accepts comes out as
** it went in, since equal stats are equal bytes. HOSTILE_MUTANTS is the number for one test run.
*/
#include "compare.h"

#include <stdlib.h>
#include <string.h>

enum { HOSTILE_MUTANTS = 110000, HOSTILE_SEEDS = 64, HOSTILE_ROOM = 1 << 17 };

static Trial trial;
static unsigned char mutant[HOSTILE_ROOM];
static int mutant_bytes;

/* ---- valid stats to start from ---- */

typedef struct HostileSeed {
    unsigned char *bytes;
    int count;
} HostileSeed;

static HostileSeed seeds[HOSTILE_SEEDS];
static int seed_count;

static void hostile_keep(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement = NULL;
    cr_assert(sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK, "%s",
              sqlite3_errmsg(db));
    cr_assert(sqlite3_step(statement) == SQLITE_ROW, "%s: %s", sql, sqlite3_errmsg(db));
    int count = sqlite3_column_bytes(statement, 0);
    if (count > 0 && count < HOSTILE_ROOM / 4 && seed_count < HOSTILE_SEEDS) {
        HostileSeed *seed = &seeds[seed_count++];
        seed->count = count;
        seed->bytes = malloc((size_t)count);
        if (!seed->bytes)
            abort();
        memcpy(seed->bytes, sqlite3_column_blob(statement, 0), (size_t)count);
    }
    sqlite3_finalize(statement);
}

static void hostile_collect(sqlite3 *db) {
    hostile_keep(db, "SELECT chat_stats('a', 0, 1)");
    hostile_keep(db, "SELECT chat_stats(1, 0, column1, 'zendesk') FROM (VALUES (1), (2))");
    hostile_keep(db, "SELECT deal_stats('a', 1, 2, 3, 4.5, 6)");
    hostile_keep(db, "SELECT deal_stats('a', 1, NULL, NULL)");
    hostile_keep(db, "SELECT rating_stats('a', 1, 1, 5)");
    hostile_keep(db, "SELECT rating_stats_by(column1, 'c', 1, 1, 5) FROM (VALUES (1), ('a'), "
                     "(NULL), (x'00'), (1.5))");
    hostile_keep(db, "SELECT chat_stats('a', 0, 1, "
                     "'{\"tz\":\"America/New_York\",\"calendar\":{\"hours\":{\"mon\":"
                     "[\"09:00-12:00\"]},\"holidays\":[\"2026-10-01\"]}}')");
    hostile_keep(
        db, "SELECT journeys(column1, column2, column3, column4, column5, column6) FROM (VALUES "
            "('a', 10, 'ask', 'ann', NULL, NULL), ('a', 11, 'chat', 'ann', NULL, NULL), "
            "('a', 20, 'order', NULL, 'o1', 5), ('a', 30, 'pay', NULL, 'o1', 5), "
            "('a', 40, 'refund', NULL, 'o1', 1), ('b', 20, 'order', NULL, 2, 7), "
            "('b', 50, 'cancel', NULL, 2, NULL))");
    for (uint64_t i = 0; seed_count < HOSTILE_SEEDS && i < 60; i++) {
        compare_start(&trial, db, (CompareFamily)(i % 3), 90000 + i);
        hostile_keep(db, api_sql("SELECT %s FROM t", trial.stats));
        hostile_keep(db, api_sql("SELECT %s FROM t", trial.stats_by));
        compare_end(&trial);
    }
}

/* ---- CRC-32C, bit by bit: the last four bytes of stats, little-endian ---- */

static uint32_t hostile_crc(const unsigned char *bytes, int count) {
    uint32_t crc = 0xFFFFFFFFu;
    for (int i = 0; i < count; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (crc & 1 ? 0x82F63B78u : 0);
    }
    return ~crc;
}

static void hostile_seal(void) {
    if (mutant_bytes < 4)
        return;
    uint32_t crc = hostile_crc(mutant, mutant_bytes - 4);
    for (int i = 0; i < 4; i++)
        mutant[mutant_bytes - 4 + i] = (unsigned char)(crc >> (8 * i));
}

Test(hostile, stats_end_with_their_crc) {
    sqlite3 *db = api_open();
    hostile_collect(db);
    cr_expect_eq(hostile_crc((const unsigned char *)"123456789", 9), 0xE3069283u);
    for (int i = 0; i < seed_count; i++) {
        memcpy(mutant, seeds[i].bytes, (size_t)seeds[i].count);
        mutant_bytes = seeds[i].count;
        hostile_seal();
        cr_expect(memcmp(mutant, seeds[i].bytes, (size_t)mutant_bytes) == 0, "seed %d", i);
    }
    api_close(db);
}

/* ---- mutation ---- */

static void hostile_insert(OracleRandom *random, int count) {
    if (mutant_bytes + count > HOSTILE_ROOM)
        return;
    int at = oracle_below(random, mutant_bytes + 1);
    memmove(mutant + at + count, mutant + at, (size_t)(mutant_bytes - at));
    for (int i = 0; i < count; i++) {
        mutant[at + i] = oracle_chance(random, 50) ? 0xFF : (unsigned char)oracle_random(random);
    }
    mutant_bytes += count;
}

static void hostile_remove(OracleRandom *random, int count) {
    if (mutant_bytes < count)
        return;
    int at = oracle_below(random, mutant_bytes - count + 1);
    memmove(mutant + at, mutant + at + count, (size_t)(mutant_bytes - at - count));
    mutant_bytes -= count;
}

/* The tail of another seed behind the head of this one. */
static void hostile_splice(OracleRandom *random) {
    const HostileSeed *other = &seeds[oracle_below(random, seed_count)];
    int keep = oracle_below(random, mutant_bytes + 1), from = oracle_below(random, other->count);
    memcpy(mutant + keep, other->bytes + from, (size_t)(other->count - from));
    mutant_bytes = keep + other->count - from;
}

static void hostile_change(OracleRandom *random) {
    static const unsigned char edges[] = {0x00, 0x01, 0x7F, 0x80, 0xFF, 0xFE};
    if (mutant_bytes == 0)
        return;
    /* mostly near the head, where counts and lengths are, or anywhere */
    int limit = oracle_chance(random, 50) && mutant_bytes > 48 ? 48 : mutant_bytes;
    int at = oracle_below(random, limit);
    switch (oracle_below(random, 4)) {
    case 0:
        mutant[at] ^= (unsigned char)(1u << oracle_below(random, 8));
        break;
    case 1:
        mutant[at] = edges[oracle_below(random, 6)];
        break;
    case 2:
        mutant[at] = (unsigned char)(mutant[at] + (oracle_chance(random, 50) ? 1 : 255));
        break;
    default:
        mutant[at] = (unsigned char)oracle_random(random);
        break;
    }
}

static void hostile_mutate(OracleRandom *random) {
    const HostileSeed *seed = &seeds[oracle_below(random, seed_count)];
    memcpy(mutant, seed->bytes, (size_t)seed->count);
    mutant_bytes = seed->count;
    switch (oracle_below(random, 8)) {
    case 0:
        mutant_bytes = oracle_below(random, mutant_bytes); /* truncated */
        break;
    case 1:
        hostile_insert(random, 1 + oracle_below(random, 12));
        break;
    case 2:
        hostile_remove(random, 1 + oracle_below(random, 12));
        break;
    case 3:
        hostile_splice(random);
        break;
    default:
        for (int times = 1 + oracle_below(random, 3); times > 0; times--)
            hostile_change(random);
        break;
    }
    if (!oracle_chance(random, 20))
        hostile_seal();
}

/* ---- functions ---- */

static const char *const hostile_fixed[] = {
    "SELECT kefu_merge(?1)",
    "SELECT kefu_info(?1)",
    "SELECT count(*), count(value) FROM kefu_stats(?1)",
    "SELECT sum(length(stats)) FROM kefu_groups(?1)",
    "SELECT kefu_merge(stats) FROM kefu_groups(?1)",
    "SELECT kefu_merge(s) FROM (SELECT ?1 AS s UNION ALL SELECT ?2)",
    "SELECT kefu_merge(s) OVER (ORDER BY n ROWS 1 PRECEDING) FROM (SELECT 1 AS n, ?2 AS s UNION "
    "ALL SELECT 2, ?1 "
    "UNION ALL SELECT 3, NULL)",
    "SELECT response_percentile(?1, 0.37)",
    "SELECT within_rate(?1, 60)",
    "SELECT count(*), sum(amount) FROM kefu_credits(?1)",
    "SELECT count(*), sum(amount) FROM kefu_inquiries(?1)",
    "SELECT count(*) FROM kefu_credits(?1, '{\"model\":\"decay\"}')",
};
/* What no stats can say: each must give 0, or fail. */
static const char *const hostile_sane[] = {
    "SELECT count(*) FROM kefu_stats(?1) WHERE (unit = 'rate' AND value NOT BETWEEN 0 AND 1) OR "
    "(unit IN "
    "('count', 's', 'ratio') AND value < 0) OR denominator < 0",
    "SELECT filtered(?1) + received(?1) <> consulting(?1) OR distinct_customers(?1) > received(?1) "
    "OR "
    "answered_turns(?1) > turns(?1) OR replied(?1) > answered_turns(?1) OR avg_response(?1) > "
    "max_response(?1) "
    "OR received(?1) > turns(?1)",
    "SELECT payers(?1) > orderers(?1) OR orderers(?1) > inquirers(?1) OR payers(?1) * "
    "repeat_rate(?1) > "
    "paid_deals(?1)",
    "SELECT avg_score(?1) < 1 OR contacts(?1) <= 0",
};
enum { HOSTILE_SANE = sizeof hostile_sane / sizeof *hostile_sane };
enum { HOSTILE_FIXED = sizeof hostile_fixed / sizeof *hostile_fixed, HOSTILE_STATEMENTS = 80 };

static sqlite3_stmt *statements[HOSTILE_STATEMENTS];
static int statement_count;
static sqlite3_stmt *sane[HOSTILE_SANE];

static void hostile_prepare(sqlite3 *db) {
    for (int i = 0; i < HOSTILE_SANE; i++) {
        sane[i] = compare_prepare(&trial, hostile_sane[i]);
    }
    for (int i = 0; i < HOSTILE_FIXED; i++) {
        statements[statement_count++] = compare_prepare(&trial, hostile_fixed[i]);
    }
    sqlite3_stmt *names = compare_prepare(
        &trial,
        "SELECT name FROM kefu_kpis WHERE name NOT IN ('response_percentile', 'within_rate')");
    while (sqlite3_step(names) == SQLITE_ROW && statement_count < HOSTILE_STATEMENTS) {
        statements[statement_count++] =
            compare_prepare(&trial, api_sql("SELECT %s(?1)", sqlite3_column_text(names, 0)));
    }
    sqlite3_finalize(names);
    (void)db;
}

/* The mutant as a literal. */
static const char *hostile_shown(void) {
    const char *hex = "";
    for (int i = 0; i < mutant_bytes; i++)
        hex = api_sql("%s%02X", hex, mutant[i]);
    return api_sql("x'%s'", hex);
}

/* The rules in a state: their text, and its length. */
static const unsigned char *hostile_rules(const unsigned char *bytes, int *length) {
    const unsigned char *at =
        bytes + 16; /* behind magic, kind, version, flags and payload length */
    int shift = 0;
    *length = 0;
    do {
        *length |= (*at & 0x7F) << shift;
        shift += 7;
    } while (*at++ & 0x80);
    return at;
}

/* kefu_merge() writes the rules anew, as this library calls them: a zone may get another name in a
** later tz database, and old stats are read for ever. All else comes out as it went in. */
static bool hostile_same(const unsigned char *merged, int merged_bytes) {
    int lengths[2];
    const unsigned char *rules[2] = {hostile_rules(merged, &lengths[0]),
                                     hostile_rules(mutant, &lengths[1])};
    bool same_rules =
        lengths[0] == lengths[1] && memcmp(rules[0], rules[1], (size_t)lengths[0]) == 0;
    /* A byte may have made an earlier version of it, which is written as the present one. */
    bool same_version = mutant[5] == merged[5];
    return !same_rules || !same_version ||
           (merged_bytes == mutant_bytes && memcmp(merged, mutant, (size_t)merged_bytes) == 0);
}

/* Runs one statement on the mutant; its result may be anything but out of memory. Did it succeed? */
static bool hostile_run(sqlite3 *db, int which, const HostileSeed *other) {
    sqlite3_stmt *statement = statements[which];
    sqlite3_bind_blob(statement, 1, mutant, mutant_bytes, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 2, other->bytes, other->count, SQLITE_STATIC);
    int code, rows = 0;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (which == 0 && rows == 0 && mutant_bytes > 0 &&
            sqlite3_column_type(statement, 0) == SQLITE_BLOB) {
            bool same =
                hostile_same(sqlite3_column_blob(statement, 0), sqlite3_column_bytes(statement, 0));
            cr_assert(same, "kefu_merge() changes bytes that it accepts: %s", hostile_shown());
        }
        rows++;
    }
    cr_assert(code == SQLITE_DONE || (code & 0xFF) == SQLITE_ERROR, "%s gives code %d: %s",
              sqlite3_sql(statement), code, sqlite3_errmsg(db));
    sqlite3_reset(statement);
    return code == SQLITE_DONE;
}

/* Figures of what was accepted hang together. */
static void hostile_check_figures(sqlite3 *db) {
    for (int i = 0; i < HOSTILE_SANE; i++) {
        sqlite3_bind_blob(sane[i], 1, mutant, mutant_bytes, SQLITE_STATIC);
        int code = sqlite3_step(sane[i]);
        cr_expect(code == SQLITE_ROW || (code & 0xFF) == SQLITE_ERROR, "%s", sqlite3_errmsg(db));
        cr_expect(code != SQLITE_ROW || sqlite3_column_int(sane[i], 0) == 0,
                  "impossible stats: %s\n  %s", hostile_shown(), hostile_sane[i]);
        sqlite3_reset(sane[i]);
    }
}

static void hostile_finish(sqlite3 *db) {
    for (int i = 0; i < statement_count; i++)
        sqlite3_finalize(statements[i]);
    for (int i = 0; i < HOSTILE_SANE; i++)
        sqlite3_finalize(sane[i]);
    api_close(db);
    for (int i = 0; i < seed_count; i++)
        free(seeds[i].bytes);
}

/* The mutants of one seed number, each through kefu_merge() and four more functions in turn. */
static void hostile_rounds(uint64_t number, int mutants) {
    OracleRandom random = {number};
    sqlite3 *db = api_open();
    hostile_collect(db);
    trial.db = db;
    hostile_prepare(db);
    int accepted = 0;
    sqlite3_int64 base = sqlite3_memory_used();
    sqlite3_memory_highwater(1);
    for (int i = 0; i < mutants; i++) {
        hostile_mutate(&random);
        const HostileSeed *other = &seeds[oracle_below(&random, seed_count)];
        if (hostile_run(db, 0, other)) {
            accepted++;
            hostile_check_figures(db);
        }
        for (int j = 0; j < 4; j++) {
            hostile_run(db, 1 + (i * 4 + j) % (statement_count - 1), other);
        }
    }
    sqlite3_int64 most = sqlite3_memory_highwater(0) - base;
    cr_expect(accepted > mutants / 100, "only %d of %d mutants were accepted", accepted, mutants);
    cr_expect(most < 8 << 20, "%lld bytes at once for a mutant", (long long)most);
    hostile_finish(db);
}

Test(hostile, mutants_give_a_value_or_an_error, .timeout = 600) {
    hostile_rounds(1, oracle_rounds(HOSTILE_MUTANTS));
}

/* Bytes that never were stats. */
Test(hostile, garbage) {
    OracleRandom random = {77};
    sqlite3 *db = api_open();
    hostile_collect(db);
    trial.db = db;
    hostile_prepare(db);
    for (int i = 0; i < oracle_rounds(3000); i++) {
        mutant_bytes = oracle_below(&random, 200);
        for (int j = 0; j < mutant_bytes; j++)
            mutant[j] = (unsigned char)oracle_random(&random);
        if (oracle_chance(&random, 50))
            hostile_seal();
        for (int j = 0; j < statement_count; j++)
            hostile_run(db, j, &seeds[0]);
    }
    hostile_finish(db);
}

/* Every prefix and every single changed bit of small stats is refused by all. */
Test(hostile, no_bit_is_without_meaning) {
    sqlite3 *db = api_open();
    hostile_collect(db);
    trial.db = db;
    sqlite3_stmt *statement = compare_prepare(&trial, "SELECT kefu_merge(?1)");
    for (int i = 0; i < 6; i++) {
        for (int cut = 0; cut < seeds[i].count; cut++) {
            sqlite3_bind_blob(statement, 1, seeds[i].bytes, cut, SQLITE_STATIC);
            cr_expect_eq(sqlite3_step(statement) & 0xFF, SQLITE_ERROR, "seed %d cut at %d", i, cut);
            sqlite3_reset(statement);
        }
        for (int bit = 0; bit < seeds[i].count * 8; bit++) {
            memcpy(mutant, seeds[i].bytes, (size_t)seeds[i].count);
            mutant[bit / 8] ^= (unsigned char)(1u << bit % 8);
            sqlite3_bind_blob(statement, 1, mutant, seeds[i].count, SQLITE_STATIC);
            cr_expect_eq(sqlite3_step(statement) & 0xFF, SQLITE_ERROR, "seed %d bit %d", i, bit);
            sqlite3_reset(statement);
        }
    }
    sqlite3_finalize(statement);
    api_close(db);
    for (int i = 0; i < seed_count; i++)
        free(seeds[i].bytes);
}
