/* property_test.c: the extension against the oracle, on random rows of each family.
**
** Each test runs many trials; a failure prints seed, rules and rows. KEFU_ROUNDS=1000 runs ten times
** as many.
*/
#include "compare.h"

#include <stdlib.h>
#include <string.h>

static Trial trial; /* large */

#define PROPERTY(name, rounds, check)                                                              \
    Test(property, chat_##name, .timeout = 300) {                                                  \
        compare_run(&trial, COMPARE_CHAT, rounds, 1000, check);                                    \
    }                                                                                              \
    Test(property, deal_##name, .timeout = 300) {                                                  \
        compare_run(&trial, COMPARE_DEAL, rounds, 2000, check);                                    \
    }                                                                                              \
    Test(property, rating_##name, .timeout = 300) {                                                \
        compare_run(&trial, COMPARE_RATING, rounds, 3000, check);                                  \
    }

/* ---- every KPI as a scalar of stats, and what kefu_info() says ---- */

static void property_check_info(sqlite3_stmt *statement, int column, int64_t rows, double first,
                                double last) {
    static const char *const kinds[] = {"\"chat\"", "\"deal\"", "\"rating\""};
    const char *info = (const char *)sqlite3_column_text(statement, column);
    if (rows == 0) {
        if (info)
            compare_fail(&trial, "kefu_info of no rows: %s", info);
        return;
    }
    if (!info || !strstr(info, kinds[trial.family])) {
        compare_fail(&trial, "kefu_info: %s", info ? info : "NULL");
    }
    if (compare_json_number(&trial, info, "rows") != (double)rows) {
        compare_fail(&trial, "kefu_info: want %lld rows: %s", (long long)rows, info);
    }
    if (trial.family != COMPARE_CHAT)
        return;
    if (!compare_is_near(compare_json_number(&trial, info, "first"), first) ||
        !compare_is_near(compare_json_number(&trial, info, "last"), last)) {
        compare_fail(&trial, "kefu_info: want %.3f … %.3f: %s", first, last, info);
    }
}

static void property_scalars(void) {
    int64_t rows;
    double first, last;
    OracleFigures want = compare_figures(&trial, -1, INT64_MIN, &rows, &first, &last);
    if (rows == 0) { /* no counted row: the stats are NULL, and so is everything of them */
        for (int i = 0; i < want.count; i++)
            want.figure[i].is_null = true;
    }
    sqlite3_stmt *statement = compare_prepare(
        &trial, api_sql("SELECT kefu_info(s), typeof(s), %s FROM (SELECT %s AS s FROM t)",
                        compare_list(&want, "s"), trial.stats));
    compare_step(&trial, statement);
    const char *type = (const char *)sqlite3_column_text(statement, 1);
    if (strcmp(type, rows > 0 ? "blob" : "null") != 0)
        compare_fail(&trial, "stats are %s", type);
    compare_columns(&trial, statement, 2, &want);
    property_check_info(statement, 0, rows, first, last);
    sqlite3_finalize(statement);
}

PROPERTY(scalars, 400, property_scalars)

/* ---- kefu_stats ---- */

static void property_check_stat(sqlite3_stmt *statement, const OracleFigures *want) {
    const char *kpi = (const char *)sqlite3_column_text(statement, 0);
    const OracleFigure *figure = NULL;
    for (int i = 0; i < want->count; i++) {
        if (strcmp(want->figure[i].kpi, kpi) == 0)
            figure = &want->figure[i];
    }
    if (!figure) {
        compare_fail(&trial, "kefu_stats has %s, which these stats cannot answer", kpi);
        return;
    }
    OracleFigures one = {.count = 1, .figure = {*figure}};
    compare_columns(&trial, statement, 1, &one);
    if (!figure->is_quotient) {
        if (sqlite3_column_type(statement, 2) != SQLITE_NULL ||
            sqlite3_column_type(statement, 3) != SQLITE_NULL) {
            compare_fail(&trial, "%s is no quotient, but has a numerator or denominator", kpi);
        }
        return;
    }
    if (figure->is_null)
        return;
    double numerator = (double)figure->numerator / (double)figure->scale;
    if (!compare_is_near(sqlite3_column_double(statement, 2), numerator) ||
        sqlite3_column_double(statement, 3) != (double)figure->denominator) {
        compare_fail(&trial, "%s: got %s / %s, want %.17g / %lld", kpi,
                     sqlite3_column_text(statement, 2), sqlite3_column_text(statement, 3),
                     numerator, (long long)figure->denominator);
    }
}

static void property_rows(void) {
    int64_t rows;
    double first, last;
    OracleFigures want = compare_figures(&trial, -1, INT64_MIN, &rows, &first, &last);
    sqlite3_stmt *statement =
        compare_prepare(&trial, api_sql("SELECT kpi, value, numerator, denominator FROM "
                                        "kefu_stats((SELECT %s FROM t))",
                                        trial.stats));
    int found = 0, needed = 0;
    for (int i = 0; i < want.count; i++)
        needed += !want.figure[i].is_null;
    if (rows == 0)
        needed = 0; /* no stats: no rows */
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        property_check_stat(statement, &want);
        found++;
    }
    if (code != SQLITE_DONE)
        compare_fail(&trial, "kefu_stats: %s", sqlite3_errmsg(trial.db));
    if (found < needed)
        compare_fail(&trial, "kefu_stats has %d rows, want %d", found, needed);
    if (rows == 0 && found > 0)
        compare_fail(&trial, "kefu_stats of NULL has rows");
    sqlite3_finalize(statement);
}

PROPERTY(kefu_stats, 200, property_rows)

/* ---- groups, with and without periods ---- */

static void property_check_group(sqlite3_stmt *statement, int key, int64_t day) {
    const char *literal = oracle_key_given_back(key);
    const char *want_key =
        api_rows(trial.db, api_sql("SELECT quote(%s), typeof(%s)", literal, literal));
    if (sqlite3_step(statement) != SQLITE_ROW) {
        compare_fail(&trial, "kefu_groups ends before key %s: %s", want_key,
                     sqlite3_errmsg(trial.db));
    }
    const char *got_key =
        api_sql("%s|%s", sqlite3_column_text(statement, 0), sqlite3_column_text(statement, 1));
    if (strcmp(got_key, want_key) != 0) {
        compare_fail(&trial, "kefu_groups: got key %s, want %s", got_key, want_key);
    }
    const char *period = (const char *)sqlite3_column_text(statement, 2);
    char want_period[16];
    if (day != INT64_MIN)
        oracle_print_day(day, want_period);
    if (day == INT64_MIN ? period != NULL : !period || strcmp(period, want_period) != 0) {
        compare_fail(&trial, "kefu_groups: key %s got period %s, want %s", want_key,
                     period ? period : "NULL", day == INT64_MIN ? "NULL" : want_period);
    }
    int64_t rows;
    double first, last;
    OracleFigures want = compare_figures(&trial, key, day, &rows, &first, &last);
    compare_columns(&trial, statement, 4, &want);
    property_check_info(statement, 3, rows, first, last);
}

static void property_groups(void) {
    int64_t rows;
    double first, last;
    OracleFigures names = compare_figures(&trial, -1, INT64_MIN, &rows, &first, &last);
    sqlite3_stmt *statement = compare_prepare(
        &trial, api_sql("SELECT quote(key), typeof(key), period, kefu_info(stats), %s FROM "
                        "kefu_groups((SELECT %s FROM t))",
                        compare_list(&names, "stats"), trial.stats_by));
    int64_t start = trial.rules.base_day - 366, end = trial.rules.base_day + 40;
    for (int key = 0; key < ORACLE_KEYS; key++) {
        if (!compare_is_there(&trial, key, INT64_MIN))
            continue;
        if (trial.rules.period == ORACLE_NO_PERIOD) {
            property_check_group(statement, key, INT64_MIN);
            continue;
        }
        for (int64_t day = start; day < end; day++) {
            if (oracle_period_start(day, trial.rules.period) != day)
                continue;
            if (compare_is_there(&trial, key, day))
                property_check_group(statement, key, day);
        }
    }
    if (sqlite3_step(statement) != SQLITE_DONE) {
        compare_fail(&trial, "kefu_groups does not end: %s", sqlite3_errmsg(trial.db));
    }
    sqlite3_finalize(statement);
}

PROPERTY(groups, 150, property_groups)

/* The stats of a group are those of the plain aggregate over its rows, but for the key in the
** identity of chat conversations; without a key that differs, figures agree as compared above. */
static void property_groups_in_order(void) {
    const char *groups = api_sql("kefu_groups((SELECT %s FROM t))", trial.stats_by);
    expect_same(
        trial.db, api_sql("SELECT group_concat(quote(key) || period, ';') FROM %s", groups),
        api_sql("SELECT group_concat(quote(key) || period, ';') FROM (SELECT key, period FROM %s "
                "ORDER BY key, period LIMIT 1000)",
                groups));
}

PROPERTY(groups_come_in_order, 50, property_groups_in_order)

/* ---- shuffles, other literals, other texts of the same rules: the same bytes ---- */

static void property_shuffle(void) {
    const char *stats = trial.stats, *stats_by = trial.stats_by;
    const char *before = trial.family == COMPARE_DEAL && !trial.amounts ? NULL : trial.rules_text;
    const char *old = before ? api_sql("%Q", before) : NULL;
    compare_rewrite(&trial, "u");
    compare_bytes(&trial, api_sql("SELECT %s FROM u", stats), api_sql("SELECT %s FROM t", stats));
    compare_bytes(&trial, api_sql("SELECT %s FROM u", stats_by),
                  api_sql("SELECT %s FROM t", stats_by));
    if (!old || strstr(stats, old) == NULL)
        return;
    const char *again = api_sql("%Q", trial.rules_text); /* its options in another order */
    int head = (int)(strstr(stats, old) - stats);
    compare_bytes(&trial, api_sql("SELECT %.*s%s) FROM u", head, stats, again),
                  api_sql("SELECT %s FROM t", stats));
}

PROPERTY(shuffled_rows_give_equal_bytes, 150, property_shuffle)

/* ---- merging ---- */

static void property_merge_of(const char *aggregate, bool by_key) {
    int parts = 1 + oracle_below(&trial.random, 9);
    compare_split(&trial, parts, by_key);
    const char *whole = api_sql("SELECT %s FROM t", aggregate);
    const char *leaves = api_sql("SELECT part, %s AS s FROM t GROUP BY part", aggregate);
    compare_bytes(&trial, api_sql("SELECT kefu_merge(s) FROM (%s)", leaves), whole);
    compare_bytes(
        &trial,
        api_sql("SELECT kefu_merge(s) FROM (SELECT s FROM (%s) UNION ALL SELECT NULL)", leaves),
        whole);
    compare_bytes(
        &trial,
        api_sql("SELECT kefu_merge(s) FROM (SELECT kefu_merge(s) AS s FROM (SELECT part / 3 AS "
                "p, kefu_merge(s) AS s FROM (SELECT part / 2 AS part, kefu_merge(s) AS s FROM "
                "(%s) GROUP BY part / 2) GROUP BY part / 3) GROUP BY p)",
                leaves),
        whole);
    compare_bytes(&trial,
                  api_sql("WITH leaf AS (%s) SELECT kefu_merge(s) FROM (SELECT s FROM leaf WHERE "
                          "part = %d UNION ALL SELECT kefu_merge(s) FROM leaf WHERE part <> %d)",
                          leaves, parts - 1, parts - 1),
                  whole);
}

static void property_merge(void) {
    property_merge_of(trial.stats, false);
    property_merge_of(trial.stats_by, true);
}

PROPERTY(merge_of_any_split_is_the_whole, 150, property_merge)

/* ---- one-step forms ---- */

static void property_chat_one_step(void) {
    int64_t rows;
    double first, last;
    OracleFigures want = compare_figures(&trial, -1, INT64_MIN, &rows, &first, &last);
    if (rows == 0) {
        for (int i = 0; i < want.count; i++)
            want.figure[i].is_null = true;
    }
    const char *arguments = api_sql("customer, sender, sent_at, %Q", trial.rules_text);
    if (strcmp(trial.rules_text, "{}") == 0)
        arguments = "customer, sender, sent_at";
    sqlite3_stmt *statement =
        compare_prepare(&trial, api_sql("SELECT %s FROM t", compare_list(&want, arguments)));
    compare_step(&trial, statement);
    compare_columns(&trial, statement, 0, &want);
    sqlite3_finalize(statement);
}

Test(property, chat_one_step, .timeout = 300) {
    compare_run(&trial, COMPARE_CHAT, 150, 4000, property_chat_one_step);
}

/* Distinct customers of rows whose flag is set. */
static void property_flags(void) {
    OracleRandom *random = &trial.random;
    bool seen[ORACLE_CUSTOMERS] = {0}, ordered[ORACLE_CUSTOMERS] = {0},
         paid[ORACLE_CUSTOMERS] = {0};
    api_exec(trial.db, "CREATE TABLE f(customer, ordered, paid)");
    int rows = oracle_below(random, 40);
    for (int i = 0; i < rows; i++) {
        int customer = oracle_below(random, ORACLE_CUSTOMERS + 1) - 1;
        bool order = oracle_chance(random, 40), pay = oracle_chance(random, 30);
        const char *who = oracle_customer_literal(random, customer);
        const char *order_text = oracle_flag_literal(random, order);
        api_exec(trial.db, "INSERT INTO f VALUES(%s, %s, %s)", who, order_text,
                 oracle_flag_literal(random, pay));
        if (customer < 0)
            continue;
        seen[customer] = true;
        ordered[customer] |= order;
        paid[customer] |= pay;
    }
    int people = 0, ordering = 0, ordering_or_paying = 0, paying = 0;
    for (int i = 0; i < ORACLE_CUSTOMERS; i++) {
        people += seen[i];
        ordering += ordered[i];
        ordering_or_paying += ordered[i] || paid[i];
        paying += paid[i];
    }
    OracleFigures want = {0};
    oracle_put_quotient(&want, "conversion_rate", ordering, people, 1);
    oracle_put_quotient(&want, "payment_rate", paying, ordering_or_paying, 1);
    sqlite3_stmt *statement = compare_prepare(
        &trial,
        api_sql("SELECT conversion_rate(customer, ordered, %Q), payment_rate(customer, ordered, "
                "paid, %Q) FROM f",
                trial.rules_text, trial.rules_text));
    compare_step(&trial, statement);
    compare_columns(&trial, statement, 0, &want);
    sqlite3_finalize(statement);
}

static void property_success(void) {
    static OracleDeal deals[COMPARE_ROWS];
    memcpy(deals, trial.deals, sizeof deals);
    for (int i = 0; i < trial.count; i++)
        deals[i].has_ordered = false; /* they are not told */
    int64_t rows;
    OracleFigures all =
        oracle_sum_deals(deals, trial.count, -1, INT64_MIN, &trial.rules, true, true, &rows);
    OracleFigures want = {0};
    for (int i = 0; i < all.count; i++) {
        if (!strncmp(all.figure[i].kpi, "payment_success", 15))
            want.figure[want.count++] = all.figure[i];
    }
    sqlite3_stmt *statement = compare_prepare(
        &trial,
        api_sql("SELECT %s FROM t",
                compare_list(&want, api_sql("customer, asked_at, paid_at, %Q", trial.rules_text))));
    compare_step(&trial, statement);
    compare_columns(&trial, statement, 0, &want);
    sqlite3_finalize(statement);
}

static void property_deal_one_step(void) {
    property_flags();
    property_success();
}

Test(property, deal_one_step, .timeout = 300) {
    compare_run(&trial, COMPARE_DEAL, 200, 5000, property_deal_one_step);
}
