/* facts_reading_test.c: kefu_stats, kefu_info, and stats that were stored (functions.md 3). */
#include "facts_shop.h"

#include <string.h>

static sqlite3 *db;

static void facts_open(void) { db = facts_shop(); }
static void facts_close(void) { api_close(db); }

TestSuite(reading, .init = facts_open, .fini = facts_close);

/* ---- kefu_stats ---- */

Test(reading, kefu_stats_of_a_chat) {
    expect_rows(
        db,
        "SELECT kpi, zh, value, numerator, denominator, unit FROM kefu_stats((SELECT " CHAT
        " FROM m WHERE agent = 'ann')) WHERE kpi IN ('consulting', 'reply_rate', 'max_response')",
        "consulting|咨询人数|3|NULL|NULL|count\nreply_rate|回复率|0.6666666666666666|2|3|rate\n"
        "max_response|最长响应时间|20.0|NULL|NULL|s");
    expect_int(db,
               "SELECT count(*) FROM kefu_stats((SELECT " CHAT
               " FROM m)) JOIN kefu_kpis ON kpi = name WHERE "
               "family <> 'chat'",
               0);
    expect_rows(db, "SELECT kpi FROM kefu_stats(NULL)", "");
    expect_error_has(db, "SELECT kpi FROM kefu_stats(x'0102')",
                     "kefu_stats(): argument 1 (stats): ");
    expect_error_has(db, "SELECT kpi FROM kefu_stats((SELECT " CHAT_BY " FROM m))",
                     "kefu_stats(): argument 1 (stats): ");
}

Test(reading, every_kpi_of_kefu_stats_equals_its_scalar) {
    static const char *const tables[][2] = {{CHAT, "m"}, {DEAL, "d"}, {RATING, "r"}};
    for (int i = 0; i < 3; i++) {
        const char *stats = api_sql("(SELECT %s FROM %s)", tables[i][0], tables[i][1]);
        const char *names =
            api_text(db, api_sql("SELECT group_concat(kpi) FROM kefu_stats(%s)", stats));
        for (const char *name = names; *name;) {
            int length = (int)strcspn(name, ",");
            expect_same(
                db,
                api_sql("SELECT value FROM kefu_stats(%s) WHERE kpi = '%.*s'", stats, length, name),
                api_sql("SELECT %.*s(%s)", length, name, stats));
            expect_int(
                db,
                api_sql("SELECT count(*) FROM kefu_stats(%s) JOIN kefu_kpis ON name = kpi AND "
                        "kefu_kpis.zh = kefu_stats.zh AND kefu_kpis.unit = kefu_stats.unit WHERE "
                        "kpi = '%.*s'",
                        stats, length, name),
                1);
            name += length + (name[length] == ',');
        }
    }
}

/* SQLite asks such a table about each term of an OR alone, without its argument. */
Test(reading, a_table_under_or) {
    expect_int(db,
               "SELECT count(*) FROM kefu_stats((SELECT " CHAT
               " FROM m)) WHERE unit = 'rate' OR kpi = 'turns'",
               4);
    expect_rows(db,
                "SELECT key FROM kefu_groups((SELECT " CHAT_BY
                " FROM m)) WHERE key = 'bob' OR period = 'x'",
                "bob");
    expect_rows(db,
                "SELECT key FROM kefu_groups((SELECT " CHAT_BY
                " FROM m)) WHERE key = 'bob' OR key = 'ann' ORDER BY "
                "key",
                "ann\nbob");
    expect_rows(db,
                "SELECT kpi FROM m, kefu_stats((SELECT " CHAT
                " FROM m)) WHERE (kpi = 'turns' OR value = sent_at) AND "
                "agent = 'ann' AND sender = 1 GROUP BY kpi",
                "turns");
}

/* ---- kefu_info ---- */

Test(reading, kefu_info_tells_what_stats_are) {
    api_need_json(db);
    expect_rows(
        db,
        "SELECT json_extract(i, '$.kind'), json_extract(i, '$.rows'), json_extract(i, '$.first') = "
        "1793498400, json_extract(i, '$.last') = 1793584820, json_extract(i, '$.bytes') = "
        "length(s), "
        "typeof(json_extract(i, '$.version')), json_type(i, '$.rules') IS NOT NULL, json_type(i, "
        "'$.keys') FROM (SELECT s, kefu_info(s) AS i FROM (SELECT " CHAT " AS s FROM m))",
        "chat|9|1|1|1|integer|1|NULL");
    expect_rows(
        db,
        "SELECT json_extract(i, '$.kind'), json_extract(i, '$.rows') FROM (SELECT kefu_info(" DEAL
        ") AS i FROM d)",
        "deal|3");
    expect_rows(
        db,
        "SELECT json_extract(i, '$.kind'), json_extract(i, '$.rows') FROM (SELECT kefu_info(" RATING
        ") AS i FROM r)",
        "rating|3");
    expect_rows(
        db,
        "SELECT json_extract(i, '$.rows'), json_extract(i, '$.keys'), json_extract(i, '$.bytes') = "
        "length(s) FROM (SELECT s, kefu_info(s) AS i FROM (SELECT " CHAT_BY " AS s FROM m))",
        "9|2|1");
    expect_int(db,
               "SELECT json_extract(kefu_info(kefu_merge(s)), '$.rows') FROM (SELECT " CHAT
               " AS s FROM m GROUP BY customer)",
               9);
}

Test(reading, kefu_info_tells_the_rules) {
    expect_error_has(db, "SELECT kefu_info(x'00')", "kefu_info(): argument 1 (stats): ");
    expect_error_has(db, "SELECT kefu_info('x')", "kefu_info(): argument 1 (stats): 'x'");
    expect_error_has(db, "SELECT kefu_info(5)", "kefu_info(): argument 1 (stats): 5");
    expect_int(db, "SELECT instr(kefu_info(chat_stats('a', 0, 1, '{\"cap\":77}')), '77') > 0", 1);
    api_need_json(db);
    expect_int(db, "SELECT json_valid(kefu_info(chat_stats('a', 0, 1, 'taobao')))", 1);
}

/* ---- stored and rolled up ---- */

Test(reading, roll_up_of_stored_days) {
    api_exec(db,
             "CREATE TABLE chat_day AS SELECT period AS day, key AS agent, stats FROM "
             "kefu_groups((SELECT "
             "chat_stats_by(agent, customer, sender, sent_at, '{\"period\":\"day\"}') FROM m))");
    expect_rows(db,
                "SELECT agent, avg_response(kefu_merge(stats)) FROM chat_day WHERE day >= "
                "'2026-11-01' GROUP "
                "BY agent",
                "ann|15.0\nbob|30.0");
    expect_rows(db, "SELECT day, reply_rate(kefu_merge(stats)) FROM chat_day GROUP BY day",
                "2026-11-01|0.6666666666666666\n2026-11-02|0.5");
}
