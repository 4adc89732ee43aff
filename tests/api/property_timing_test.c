/* property_timing_test.c: percentiles, limits, turn_seconds and pairs of times against the oracle. */
#include "compare.h"

#include <stdlib.h>

static Trial trial; /* large */

/* ---- percentiles and rates within a time ---- */

static void timing_parameters(void) {
    OracleRandom *random = &trial.random;
    OracleChatSum sum = oracle_sum_chats(&trial.chats, -1, INT64_MIN, &trial.rules);
    for (int i = 0; i < 6; i++) {
        int percent = oracle_below(random, 101);
        int64_t within_ms = oracle_chance(random, 50) ? oracle_below(random, 700) * 1000
                                                      : oracle_below(random, 700000);
        if (sum.wait_count > 0 && oracle_chance(random, 50)) {
            within_ms = sum.wait_ms[oracle_below(random, sum.wait_count)];
        }
        sqlite3_stmt *statement = compare_prepare(
            &trial,
            api_sql("SELECT within_rate(s, %lld.%03lld), response_percentile(s, %d.%02d) FROM "
                    "(SELECT %s AS s FROM t)",
                    (long long)within_ms / 1000, (long long)within_ms % 1000, percent / 100,
                    percent % 100, trial.stats));
        compare_step(&trial, statement);
        OracleFigures want = {.count = 1};
        want.figure[0] = oracle_within(&trial.chats, -1, INT64_MIN, &trial.rules, within_ms);
        compare_columns(&trial, statement, 0, &want);
        double seconds = 0, got = sqlite3_column_double(statement, 1);
        bool some = oracle_percentile(&sum, percent / 100.0, &seconds);
        int type = sqlite3_column_type(statement, 1);
        double off = got > seconds ? got - seconds : seconds - got;
        if (some ? type != SQLITE_FLOAT || off > 1e-9 * (1 + seconds) : type != SQLITE_NULL) {
            compare_fail(&trial, "response_percentile(s, 0.%02d): got %.17g (type %d), want %.17g",
                         percent, got, type, seconds);
        }
        sqlite3_finalize(statement);
    }
    free(sum.wait_ms);
}

Test(timing, chat_parameters, .timeout = 300) {
    compare_run(&trial, COMPARE_CHAT, 200, 6000, timing_parameters);
}

/* ---- turn_seconds ---- */

static bool timing_is_earlier(const OracleLine *a, const OracleLine *b) {
    return a->at_ms < b->at_ms;
}

/* Lines in the order of a window: partition, time, id; ties as they lie. */
static void timing_sort(OracleLine *lines, int *ids, int count) {
    for (int i = 1; i < count; i++) {
        for (int j = i; j > 0 && timing_is_earlier(&lines[j], &lines[j - 1]); j--) {
            OracleLine line = lines[j];
            int id = ids[j];
            lines[j] = lines[j - 1], ids[j] = ids[j - 1];
            lines[j - 1] = line, ids[j - 1] = id;
        }
    }
}

static void timing_turns(void) {
    for (int key = 0; key < ORACLE_KEYS; key++) {
        for (int customer = 0; customer < ORACLE_CUSTOMERS; customer++) {
            OracleLine lines[COMPARE_ROWS];
            int ids[COMPARE_ROWS], count = 0;
            for (int i = 0; i < trial.count; i++) {
                const OracleLine *line = &trial.lines[i];
                if (line->key != key || line->customer != customer || !line->has_time)
                    continue;
                ids[count] = i + 1;
                lines[count++] = *line;
            }
            timing_sort(lines, ids, count);
            for (int i = 0; i < count; i++) {
                int64_t wait_ms = 0;
                bool answers = oracle_turn_ms(lines, i, &trial.rules, &wait_ms);
                api_exec(trial.db, "INSERT INTO w VALUES(%d, %d, %d, %lld, %lld)", ids[i],
                         key * 100 + customer, i, (long long)lines[i].at_ms,
                         answers ? (long long)wait_ms : -1LL);
            }
        }
    }
    /* times as milliseconds or as they are written; a line without one would have no place */
    const char *sql =
        api_sql("SELECT id, want, turn_seconds(sender, sent_at, %Q) OVER (PARTITION BY p "
                "ORDER BY place ROWS UNBOUNDED PRECEDING) FROM w JOIN t USING (id)",
                trial.rules_text);
    sqlite3_stmt *statement = compare_prepare(&trial, sql);
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        int64_t want = sqlite3_column_int64(statement, 1);
        int type = sqlite3_column_type(statement, 2);
        double got = sqlite3_column_double(statement, 2);
        bool right = want < 0 ? type == SQLITE_NULL
                              : type == SQLITE_FLOAT && compare_is_near(got, (double)want / 1000);
        if (!right) {
            compare_fail(&trial, "turn_seconds at id %d: got %.3f (type %d), want %lld ms",
                         sqlite3_column_int(statement, 0), got, type, (long long)want);
        }
    }
    if (code != SQLITE_DONE)
        compare_fail(&trial, "%s\n  in %s", sqlite3_errmsg(trial.db), sql);
    sqlite3_finalize(statement);
}

static void timing_turn_seconds(void) {
    api_exec(trial.db, "CREATE TABLE w(id INTEGER PRIMARY KEY, p, place, at_ms, want)");
    timing_turns();
}

Test(timing, turn_seconds, .timeout = 300) {
    compare_run(&trial, COMPARE_CHAT, 150, 7000, timing_turn_seconds);
}

/* ---- avg_response of paired times ---- */

static void timing_pairs(void) {
    OracleRandom *random = &trial.random;
    int64_t sum = 0, count = 0, base = oracle_day_number((OracleDate){2026, 11, 9}) * 86400000;
    api_exec(trial.db, "CREATE TABLE p(asked, replied)");
    for (int i = oracle_below(random, 20); i > 0; i--) {
        int64_t from = base + oracle_below(random, 1000000), wait = oracle_below(random, 100000);
        char asked[ORACLE_LITERAL], replied[ORACLE_LITERAL];
        oracle_time_literal(random, from, 480, asked);
        oracle_time_literal(random, from + wait, 480, replied);
        bool no_question = oracle_chance(random, 10), no_reply = oracle_chance(random, 20);
        api_exec(trial.db, "INSERT INTO p VALUES(%s, %s)",
                 no_question ? oracle_null_literal(random) : asked,
                 no_reply ? oracle_null_literal(random) : replied);
        if (no_question || no_reply)
            continue;
        sum += wait;
        count++;
    }
    OracleFigures want = {0};
    oracle_put_quotient(&want, "avg_response", sum, count, 1000);
    sqlite3_stmt *statement = compare_prepare(&trial, "SELECT avg_response(asked, replied) FROM p");
    compare_step(&trial, statement);
    compare_columns(&trial, statement, 0, &want);
    sqlite3_finalize(statement);
}

Test(timing, avg_response_of_pairs, .timeout = 300) {
    compare_run(&trial, COMPARE_RATING, 100, 8000, timing_pairs);
}
