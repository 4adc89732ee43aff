/* facts_names_test.c: which names are registered, how, and where they can be used (functions.md 2, 9). */
#include "api.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "name kind counts of arguments", kind s(calar) or w(indow); sorted below by SQLite itself. */
static const char *const chat_kpis = "consulting filtered received distinct_customers replied "
                                     "unreplied reply_rate customer_lines agent_lines "
                                     "answer_ratio turns answered_turns turn_reply_rate "
                                     "first_response avg_response max_response slow_customers "
                                     "slow_rate total_handling handling_time";
static const char *const deal_kpis =
    "inquirers after_sales orderers payers lost_inquiries lost_orders conversion_rate payment_rate "
    "inquiry_paid_rate payment_success_day1 payment_success_final sales_amount sales_units "
    "paid_deals sales_per_buyer units_per_buyer order_value item_price cross_sell_rate repeat_rate";
static const char *const rating_kpis =
    "contacts invite_rate rating_rate satisfaction good_rate bad_rate avg_score";
static const char *const functions[][3] = {
    {"chat_stats", "w", "34"},
    {"deal_stats", "w", "4567"},
    {"rating_stats", "w", "45"},
    {"chat_stats_by", "w", "45"},
    {"deal_stats_by", "w", "5678"},
    {"rating_stats_by", "w", "56"},
    {"kefu_merge", "w", "1"},
    {"kefu_info", "s", "1"},
    {"conversion_rate", "w", "23"},
    {"payment_rate", "w", "34"},
    {"payment_success_day1", "w", "34"},
    {"payment_success_final", "w", "34"},
    {"avg_response", "w", "2"},
    {"response_percentile", "s", "2"},
    {"within_rate", "s", "2"},
    {"turn_seconds", "w", "23"},
    {"journeys", "w", "5678"},
    {"commission_calc", "s", "23"},
    {"pay_calc", "s", "23"},
    {"commission_split", "s", "3"},
    {"plan_check", "s", "1"},
    {"kpi_score", "s", "2"},
    {"clicks_per_order", "s", "1"},
    {"order_cost", "s", "2"},
    {"inquiry_cost", "s", "34"},
    {"compound_rate", "s", "2"},
    {"wilson_low", "s", "23"},
    {"wilson_high", "s", "23"},
    {"rate_change_p", "s", "4"},
    {"kpi_period", "s", "23"},
    {"business_seconds", "s", "3"},
    {"is_open", "s", "2"},
    {"kefu_version", "s", "0"},
    {"kefu_debug", "s", "0"},
};

/* Inserts every word of a list with a kind and a number of arguments. */
static void names_insert(sqlite3 *db, const char *words, const char *kind, int arguments) {
    while (*words) {
        int length = (int)strcspn(words, " ");
        api_exec(db, "INSERT INTO want VALUES('%.*s', '%s', %d)", length, words, kind, arguments);
        words += length + (words[length] == ' ');
    }
}

static void names_fill_want(sqlite3 *db) {
    api_exec(db, "CREATE TABLE want(name, type, narg)");
    names_insert(db, chat_kpis, "s", 1);
    names_insert(db, chat_kpis, "w", 3);
    names_insert(db, chat_kpis, "w", 4);
    names_insert(db, deal_kpis, "s", 1);
    names_insert(db, rating_kpis, "s", 1);
    names_insert(db, rating_kpis, "w", 4);
    names_insert(db, rating_kpis, "w", 5);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        for (const char *digit = functions[i][2]; *digit; digit++) {
            names_insert(db, functions[i][0], functions[i][1], *digit - '0');
        }
    }
}

/* A database with the extension and a list of what was there before. */
static sqlite3 *names_open(void) {
    sqlite3 *db = api_open_bare();
    api_exec(db, "CREATE TABLE known AS SELECT name, type, narg FROM pragma_function_list;"
                 "CREATE TABLE modules_before AS SELECT name FROM pragma_module_list");
    api_load(db);
    names_fill_want(db);
    return db;
}

Test(names, functions_are_those_of_the_contract) {
    sqlite3 *db = names_open();
    expect_rows(db,
                "SELECT name, type, narg FROM pragma_function_list EXCEPT SELECT * FROM known "
                "EXCEPT SELECT * "
                "FROM want",
                "");
    expect_rows(db, "SELECT * FROM want EXCEPT SELECT name, type, narg FROM pragma_function_list",
                "");
    api_close(db);
}

Test(names, all_are_deterministic_and_innocuous) {
    sqlite3 *db = names_open();
    expect_rows(db,
                "SELECT name, narg, flags FROM pragma_function_list JOIN want USING (name, type, "
                "narg) WHERE flags & "
                "0x800 = 0 OR flags & 0x200000 = 0 OR flags & 0x80000 <> 0",
                "");
    api_close(db);
}

Test(names, modules_are_those_of_the_contract) {
    sqlite3 *db = names_open();
    expect_text(db,
                "SELECT group_concat(name, ' ') FROM (SELECT name FROM pragma_module_list EXCEPT "
                "SELECT name FROM "
                "modules_before ORDER BY name)",
                "commission_explain kefu_credits kefu_groups kefu_inquiries kefu_kpis kefu_rules "
                "kefu_stats");
    api_close(db);
}

Test(names, none_was_taken_before) {
    sqlite3 *db = names_open();
    expect_rows(db, "SELECT name FROM want INTERSECT SELECT name FROM known", "");
    api_close(db);
}

Test(names, a_wrong_number_of_arguments_is_told_by_the_host) {
    sqlite3 *db = api_open();
    expect_error(db, "SELECT chat_stats(1, 2)",
                 "wrong number of arguments to function chat_stats()");
    expect_error(db, "SELECT reply_rate()", "wrong number of arguments to function reply_rate()");
    expect_error(db, "SELECT kefu_merge(1, 2)",
                 "wrong number of arguments to function kefu_merge()");
    api_close(db);
}

Test(names, loading_again_is_harmless) {
    sqlite3 *db = api_open();
    api_load(db);
    sqlite3_enable_load_extension(db, 1); /* the SQL function too */
    expect_text(db,
                api_sql("SELECT kefu_version() FROM (SELECT load_extension(%Q))", api_library()),
                "0.1.0");
    api_exec(db, "%s", api_sql("SELECT load_extension(%Q)", api_library()));
    expect_int(db, "SELECT consulting('a', 0, 1)", 1);
    api_close(db);
}

Test(names, version_and_debug) {
    sqlite3 *db = api_open();
    expect_text(db, "SELECT kefu_version()", "0.1.0");
    expect_int(db, "SELECT instr(kefu_debug(), sqlite_version()) > 0", 1);
    expect_error_has(db, "SELECT sqlite3_kefu_init()", "no such function");
    api_close(db);
}

Test(names, debug_is_json) {
    sqlite3 *db = api_open();
    api_need_json(db);
    expect_int(db, "SELECT json_valid(kefu_debug())", 1);
    expect_text(db, "SELECT json_extract(kefu_debug(), '$.version')", "0.1.0");
    api_close(db);
}

/* ---- where they can be used ---- */

static void names_fill_messages(sqlite3 *db) {
    api_exec(db, "CREATE TABLE m(agent, customer, sender, sent_at);"
                 "INSERT INTO m VALUES('ann','顾客',0,'2026-11-01 "
                 "10:00:00'),('ann','顾客',1,'2026-11-01 10:00:10'),"
                 "('bob','c',0,'2026-11-01 10:00:00'),('bob','c',1,'2026-11-01 10:00:30')");
}

Test(names, views_with_an_untrusted_schema) {
    sqlite3 *db = api_open();
    names_fill_messages(db);
    api_exec(
        db,
        "CREATE VIEW v AS SELECT agent, avg_response(customer, sender, sent_at) AS r FROM m GROUP "
        "BY agent;"
        "CREATE VIEW w AS SELECT key, reply_rate(stats) AS r FROM kefu_groups((SELECT "
        "chat_stats_by(agent, "
        "customer, sender, sent_at) FROM m));"
        "CREATE VIEW x AS SELECT kpi, value FROM kefu_stats((SELECT chat_stats(customer, sender, "
        "sent_at) FROM m));"
        "CREATE VIEW y AS SELECT kpi_period(sent_at, 'month') AS p, turn_seconds(sender, sent_at) "
        "OVER "
        "(PARTITION BY agent ORDER BY sent_at ROWS UNBOUNDED PRECEDING) AS t FROM m;"
        "CREATE VIEW z AS SELECT count(*) AS n FROM kefu_kpis, (SELECT 1 FROM kefu_rules LIMIT 1);"
        "PRAGMA trusted_schema = OFF");
    expect_rows(db, "SELECT * FROM v", "ann|10.0\nbob|30.0");
    expect_rows(db, "SELECT * FROM w", "ann|1.0\nbob|1.0");
    expect_rows(db, "SELECT value FROM x WHERE kpi = 'consulting'", "2");
    expect_rows(db, "SELECT p, t FROM y WHERE t > 15", "2026-11-01|30.0");
    expect_int(db, "SELECT n > 40 FROM z", 1);
    api_close(db);
}

Test(names, generated_columns_indexes_triggers) {
    sqlite3 *db = api_open();
    api_exec(db, "CREATE TABLE g(t, day AS (kpi_period(t, 'day')) STORED, month AS (kpi_period(t, "
                 "'month')));"
                 "CREATE INDEX g_week ON g(kpi_period(t, 'week'));"
                 "CREATE TABLE log(s);"
                 "CREATE TRIGGER logged AFTER INSERT ON g BEGIN INSERT INTO log SELECT "
                 "chat_stats(t, 0, t) FROM g; END;"
                 "INSERT INTO g(t) VALUES('2026-11-12 10:00')");
    expect_rows(db, "SELECT day, month FROM g WHERE kpi_period(t, 'week') = '2026-11-09'",
                "2026-11-12|2026-11-01");
    expect_int(db, "SELECT consulting(s) FROM log", 1);
    expect_text(db, "PRAGMA integrity_check", "ok");
    api_exec(db, "CREATE TABLE c(r CHECK (wilson_low(r, 10) < 0.5)); INSERT INTO c VALUES(5)");
    api_close(db);
}

/* The same bytes whatever the database's encoding. */
Test(names, utf16_databases) {
    static const char *const encodings[] = {"UTF-16le", "UTF-16be"};
    sqlite3 *plain = api_open();
    names_fill_messages(plain);
    const char *stats =
        "SELECT hex(chat_stats(customer, sender, sent_at, '{\"tz\":\"Asia/Shanghai\"}')) FROM m";
    const char *by = "SELECT hex(chat_stats_by(agent || '客服', customer, sender, sent_at)) FROM m";
    for (int i = 0; i < 2; i++) {
        sqlite3 *wide = api_open();
        api_exec(wide, "PRAGMA encoding = '%s'", encodings[i]);
        names_fill_messages(wide);
        expect_text(wide, stats, api_text(plain, stats));
        expect_text(wide, by, api_text(plain, by));
        expect_rows(wide,
                    "SELECT key, avg_response(stats) FROM kefu_groups((SELECT "
                    "chat_stats_by(customer, customer, "
                    "sender, sent_at) FROM m))",
                    "c|30.0\n顾客|10.0");
        expect_rows(wide,
                    "SELECT zh, value FROM kefu_stats((SELECT chat_stats(customer, sender, "
                    "sent_at) FROM m)) WHERE "
                    "kpi = 'reply_rate'",
                    "回复率|1.0");
        expect_error_has(wide, "SELECT chat_stats('a', '客户', 1)", "'客户'");
        api_close(wide);
    }
    api_close(plain);
}

Test(names, statements_run_again) {
    sqlite3 *db = api_open();
    sqlite3_stmt *statement = NULL;
    sqlite3_prepare_v2(db, "SELECT chat_stats('a', ?1, 1), kpi_period(?2, 'day')", -1, &statement,
                       NULL);
    for (int i = 0; i < 6; i++) {
        sqlite3_bind_int(statement, 1, i % 3 == 1 ? 9 : 0); /* 9 is no sender */
        sqlite3_bind_int64(statement, 2, 1793491200);
        cr_expect_eq(sqlite3_step(statement), i % 3 == 1 ? SQLITE_ERROR : SQLITE_ROW);
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    api_close(db);
}

/* A LIMIT that abandons groups, windows and tables in the middle leaks nothing (api_close() looks). */
Test(names, abandoned_queries) {
    sqlite3 *db = api_open();
    names_fill_messages(db);
    expect_int(db,
               "SELECT count(*) FROM (SELECT chat_stats(customer, sender, sent_at) OVER (ORDER BY "
               "sent_at ROWS "
               "1 PRECEDING) FROM m LIMIT 1)",
               1);
    expect_int(db,
               "SELECT count(*) FROM (SELECT key FROM kefu_groups((SELECT chat_stats_by(agent, "
               "customer, sender, "
               "sent_at) FROM m)) LIMIT 1)",
               1);
    expect_error_has(db,
                     "SELECT chat_stats(agent, sender, sent_at), abs(-9223372036854775808) FROM m",
                     "overflow");
    expect_error_has(db,
                     "SELECT chat_stats_by(agent, customer, sender, CASE agent WHEN 'bob' THEN 'x' "
                     "ELSE 1 END) FROM m",
                     "chat_stats_by(): argument 4 (sent_at): 'x'");
    expect_error_has(db,
                     "SELECT deal_stats(customer, CASE agent WHEN 'bob' THEN 'x' ELSE 1 END, 1, 1) "
                     "OVER () FROM m",
                     "'x'");
    api_close(db);
}
