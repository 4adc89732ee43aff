/* compare.c: see compare.h. */
#include "compare.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- rows ---- */

static const char *const compare_tables[] = {
    "id INTEGER PRIMARY KEY, part, key, customer, sender, sent_at",
    "id INTEGER PRIMARY KEY, part, key, customer, asked_at, ordered_at, paid_at, amount, quantity",
    "id INTEGER PRIMARY KEY, part, key, customer, at, invited, score",
};

static void compare_print(Trial *trial, int index, char out[ORACLE_ROW]) {
    int tz = trial->rules.tz_minutes;
    if (trial->family == COMPARE_CHAT) {
        oracle_print_line(&trial->random, &trial->lines[index], tz, out);
    } else if (trial->family == COMPARE_DEAL) {
        oracle_print_deal(&trial->random, &trial->deals[index], tz, out);
    } else {
        oracle_print_rating(&trial->random, &trial->ratings[index], tz, out);
    }
}

static void compare_write(Trial *trial, const char *table, const int *order) {
    api_exec(trial->db, "DROP TABLE IF EXISTS %s; CREATE TABLE %s(%s); BEGIN", table, table,
             compare_tables[trial->family]);
    for (int i = 0; i < trial->count; i++) {
        char row[ORACLE_ROW];
        compare_print(trial, order[i], row);
        api_exec(trial->db, "INSERT INTO %s VALUES(%d, 0, %s)", table, i + 1, row);
    }
    api_exec(trial->db, "COMMIT");
}

static void compare_name_aggregates(Trial *trial) {
    static const char *const names[] = {"chat_stats", "deal_stats", "rating_stats"};
    const char *arguments = "customer, sender, sent_at";
    if (trial->family == COMPARE_RATING)
        arguments = "customer, at, invited, score";
    if (trial->family == COMPARE_DEAL) {
        arguments = "customer, asked_at, ordered_at, paid_at, amount, quantity";
    }
    const char *rules = api_sql(", %Q", trial->rules_text);
    if (trial->family == COMPARE_DEAL && strcmp(trial->rules_text, "{}") == 0) {
        /* only without rules can deal_stats() be left in the dark about amounts or quantities */
        int told = oracle_below(&trial->random, 3);
        trial->amounts = told >= 1;
        trial->quantities = told >= 2;
        arguments = told == 0   ? "customer, asked_at, ordered_at, paid_at"
                    : told == 1 ? "customer, asked_at, ordered_at, paid_at, amount"
                                : arguments;
        rules = "";
    }
    trial->stats = api_sql("%s(%s%s)", names[trial->family], arguments, rules);
    trial->stats_by = api_sql("%s_by(key, %s%s)", names[trial->family], arguments, rules);
}

void compare_start(Trial *trial, sqlite3 *db, CompareFamily family, uint64_t seed) {
    OracleRandom *random = &trial->random;
    int order[COMPARE_ROWS];
    *random = (OracleRandom){seed * 1000003 + (uint64_t)family};
    trial->db = db;
    trial->seed = seed;
    trial->family = family;
    trial->amounts = trial->quantities = true;
    trial->count =
        oracle_chance(random, 5) ? oracle_below(random, 3) : 1 + oracle_below(random, COMPARE_ROWS);
    if (family == COMPARE_CHAT) {
        trial->rules = oracle_random_chat_rules(random, oracle_chance(random, 25));
        oracle_random_lines(random, trial->lines, trial->count, &trial->rules);
        trial->keyed_chats = oracle_converse(trial->lines, trial->count, &trial->rules, true);
        trial->chats = oracle_converse(trial->lines, trial->count, &trial->rules, false);
    } else if (family == COMPARE_DEAL) {
        trial->rules = oracle_random_deal_rules(random);
        OracleRules plain = oracle_default_rules;
        plain.base_day = trial->rules.base_day;
        if (oracle_chance(random, 20))
            trial->rules = plain;
        oracle_random_deals(random, trial->deals, trial->count, &trial->rules);
    } else {
        trial->rules = oracle_random_rating_rules(random);
        oracle_random_ratings(random, trial->ratings, trial->count, &trial->rules);
    }
    oracle_print_rules(random, &trial->rules, trial->rules_text, COMPARE_RULES);
    compare_name_aggregates(trial);
    for (int i = 0; i < trial->count; i++)
        order[i] = i;
    compare_write(trial, "t", order);
}

void compare_end(Trial *trial) {
    if (trial->family != COMPARE_CHAT)
        return;
    free(trial->chats.conversation);
    free(trial->keyed_chats.conversation);
}

void compare_run(Trial *trial, CompareFamily family, int rounds, uint64_t seed,
                 void (*check)(void)) {
    for (int i = 0; i < oracle_rounds(rounds); i++) {
        sqlite3 *db = api_open();
        compare_start(trial, db, family, seed + (uint64_t)i);
        check();
        compare_end(trial);
        api_close(db);
    }
}

void compare_rewrite(Trial *trial, const char *table) {
    int order[COMPARE_ROWS];
    for (int i = 0; i < trial->count; i++) {
        int other = oracle_below(&trial->random, i + 1);
        order[i] = order[other];
        order[other] = i;
    }
    oracle_print_rules(&trial->random, &trial->rules, trial->rules_text, COMPARE_RULES);
    compare_write(trial, table, order);
}

void compare_split(Trial *trial, int parts, bool by_key) {
    OracleRandom *random = &trial->random;
    int part_of[COMPARE_ROWS + 1], lines = trial->family == COMPARE_CHAT;
    for (int i = 0; i < trial->count; i++)
        part_of[i] = oracle_below(random, parts);
    if (lines) {
        OracleChats again = oracle_converse(trial->lines, trial->count, &trial->rules, by_key);
        free(again.conversation);
    }
    for (int i = 0; i < trial->count; i++) {
        int conversation = lines ? trial->lines[i].conversation : i;
        int part = conversation < 0 ? oracle_below(random, parts) : part_of[conversation];
        api_exec(trial->db, "UPDATE t SET part = %d WHERE id = %d", part, i + 1);
    }
}

/* ---- the oracle's answers ---- */

bool compare_is_there(const Trial *trial, int key, int64_t period_day) {
    int64_t rows;
    double first, last;
    compare_figures(trial, key, period_day, &rows, &first, &last);
    return rows > 0;
}

OracleFigures compare_figures(const Trial *trial, int key, int64_t period_day, int64_t *rows,
                              double *first, double *last) {
    *first = *last = 0;
    if (trial->family == COMPARE_DEAL) {
        return oracle_sum_deals(trial->deals, trial->count, key, period_day, &trial->rules,
                                trial->amounts, trial->quantities, rows);
    }
    if (trial->family == COMPARE_RATING) {
        return oracle_sum_ratings(trial->ratings, trial->count, key, period_day, &trial->rules,
                                  rows);
    }
    const OracleChats *chats = key < 0 ? &trial->chats : &trial->keyed_chats;
    OracleChatSum sum = oracle_sum_chats(chats, key, period_day, &trial->rules);
    free(sum.wait_ms);
    *rows = sum.rows;
    *first = (double)sum.first_ms / 1000;
    *last = (double)sum.last_ms / 1000;
    return sum.figures;
}

/* ---- comparing ---- */

void compare_fail(const Trial *trial, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *what = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    const char *rows = "(other table)";
    ApiAnswer some = api_answer(trial->db, "SELECT count(*) FROM t");
    if (!some.error)
        rows = api_rows(trial->db, "SELECT * FROM t LIMIT 40");
    cr_assert_fail("seed %llu family %d rules %s\n%s\n%s\n", (unsigned long long)trial->seed,
                   (int)trial->family, trial->rules_text, what, rows);
}

sqlite3_stmt *compare_prepare(const Trial *trial, const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(trial->db, sql, -1, &statement, NULL) != SQLITE_OK) {
        compare_fail(trial, "%s\n  in: %.3000s", sqlite3_errmsg(trial->db), sql);
    }
    return statement;
}

void compare_step(const Trial *trial, sqlite3_stmt *statement) {
    if (sqlite3_step(statement) == SQLITE_ROW)
        return;
    compare_fail(trial, "%s\n  in %.3000s", sqlite3_errmsg(trial->db), sqlite3_sql(statement));
}

bool compare_is_near(double got, double want) { return fabs(got - want) <= 1e-14 * fabs(want); }

void compare_columns(const Trial *trial, sqlite3_stmt *statement, int first_column,
                     const OracleFigures *want) {
    for (int i = 0; i < want->count; i++) {
        const OracleFigure *figure = &want->figure[i];
        int column = first_column + i, type = sqlite3_column_type(statement, column);
        int wanted = figure->is_null    ? SQLITE_NULL
                     : figure->is_count ? SQLITE_INTEGER
                                        : SQLITE_FLOAT;
        double value = oracle_value(figure), got = sqlite3_column_double(statement, column);
        if (type == wanted && (figure->is_null || compare_is_near(got, value)))
            continue;
        const char *text = (const char *)sqlite3_column_text(statement, column);
        compare_fail(trial, "%s\n  got  %s (type %d)\n  want %.17g (type %d)\n  in %.3000s",
                     figure->kpi, text ? text : "NULL", type, value, wanted,
                     sqlite3_sql(statement));
    }
}

const char *compare_list(const OracleFigures *figures, const char *arguments) {
    const char *list = "";
    for (int i = 0; i < figures->count; i++) {
        list = api_sql("%s%s%s(%s)", list, i > 0 ? ", " : "", figures->figure[i].kpi, arguments);
    }
    return list;
}

void compare_bytes(const Trial *trial, const char *sql, const char *other) {
    ApiAnswer got = api_answer(trial->db, sql), want = api_answer(trial->db, other);
    if (got.error || want.error) {
        compare_fail(trial, "got  %s\n  from %.3000s\n  want %s\n  from %.3000s",
                     got.error ? got.error : "a value", sql, want.error ? want.error : "a value",
                     other);
    }
    bool same =
        got.type == want.type && got.bytes == want.bytes &&
        (got.type == SQLITE_NULL || (got.type == SQLITE_BLOB && !strcmp(got.text, want.text)));
    if (!same) {
        compare_fail(trial, "got  %.3000s\n  from %.3000s\n  want %.3000s\n  from %.3000s",
                     got.text ? got.text : "NULL", sql, want.text ? want.text : "NULL", other);
    }
}

double compare_json_number(const Trial *trial, const char *json, const char *name) {
    const char *member = api_sql("\"%s\":", name);
    const char *at = strstr(json, member);
    if (!at) {
        compare_fail(trial, "no member %s in %s", name, json);
        return 0;
    }
    at += strlen(name) + 2;
    while (*at == ' ' || *at == ':')
        at++;
    return strtod(at, NULL);
}
