/* facts_stats_test.c: stats, groups, merging and what tells about them (functions.md 3, state.md). */
#include "facts_shop.h"

static sqlite3 *db;

static void facts_open(void) { db = facts_shop(); }
static void facts_close(void) { api_close(db); }

TestSuite(stats, .init = facts_open, .fini = facts_close);

/* ---- columns ---- */

Test(stats, columns_of_the_tables) {
    expect_text(db, "SELECT group_concat(name) FROM pragma_table_info('kefu_groups')",
                "key,period,stats");
    expect_text(db, "SELECT group_concat(name) FROM pragma_table_info('kefu_stats')",
                "kpi,zh,value,numerator,denominator,unit");
    expect_text(db, "SELECT group_concat(name) FROM pragma_table_info('kefu_kpis')",
                "name,zh,family,unit,better,formula,source");
    expect_text(db, "SELECT group_concat(name) FROM pragma_table_info('kefu_rules')",
                "book,option,value,meaning");
    expect_text(
        db, "SELECT group_concat(name) FROM pragma_table_info('kefu_credits')",
        "order_id,customer,agent,weight,rule,touched_at,ordered_at,paid_at,amount,refunded");
    expect_text(db, "SELECT group_concat(name) FROM pragma_table_info('kefu_inquiries')",
                "agent,customer,asked_at,order_id,ordered_at,paid_at,amount,quantity");
    expect_text(db, "SELECT name FROM pragma_table_xinfo('kefu_groups') WHERE hidden", "grouped");
    expect_text(db, "SELECT name FROM pragma_table_xinfo('kefu_stats') WHERE hidden", "stats");
}

/* ---- one step, two steps, groups: the same number ---- */

Test(stats, the_three_ways) {
    static const char *const want = "ann|15.0|0.6666666666666666\nbob|30.0|0.5";
    expect_rows(
        db,
        "SELECT agent, avg_response(customer, sender, sent_at), reply_rate(customer, sender, "
        "sent_at) FROM m GROUP BY agent",
        want);
    expect_rows(db,
                "SELECT agent, avg_response(s), reply_rate(s) FROM (SELECT agent, " CHAT
                " AS s FROM m GROUP BY agent)",
                want);
    expect_rows(db,
                "SELECT key AS agent, avg_response(stats), reply_rate(stats) FROM "
                "kefu_groups((SELECT " CHAT_BY " FROM m))",
                want);
}

Test(stats, group_by_nothing_is_the_shop) {
    /* by customer and day: c1 on the first (10 s, 30 s), c2, c1 on the second (20 s), c3 */
    expect_rows(db,
                "SELECT consulting(s), replied(s), avg_response(s), first_response(s), "
                "distinct_customers(s) FROM (SELECT " CHAT " AS s FROM m)",
                "4|2|20.0|15.0|3");
}

Test(stats, the_shop_from_agents_adds_up) {
    /* a conversation is agent × customer × day, a customer stays one */
    expect_rows(db,
                "SELECT consulting(s), replied(s), avg_response(s), first_response(s), "
                "distinct_customers(s) FROM (SELECT kefu_merge(stats) AS s FROM "
                "kefu_groups((SELECT " CHAT_BY " FROM m)))",
                "5|3|20.0|20.0|3");
    expect_rows(
        db,
        "SELECT inquirers(s), orderers(s), payers(s), sales_amount(s) FROM (SELECT kefu_merge(s) "
        "AS s FROM (SELECT " DEAL " AS s FROM d GROUP BY agent))",
        "2|1|1|10.5");
}

Test(stats, periods) {
    expect_rows(
        db,
        "SELECT key, period, consulting(stats) FROM kefu_groups((SELECT chat_stats_by(agent, "
        "customer, sender, sent_at, '{\"period\":\"day\"}') FROM m))",
        "ann|2026-11-01|2\nann|2026-11-02|1\nbob|2026-11-01|1\nbob|2026-11-02|1");
    expect_rows(
        db,
        "SELECT key, period, consulting(stats) FROM kefu_groups((SELECT chat_stats_by(agent, "
        "customer, sender, sent_at, '{\"period\":\"week\"}') FROM m))",
        "ann|2026-10-26|2\nann|2026-11-02|1\nbob|2026-10-26|1\nbob|2026-11-02|1");
    expect_rows(
        db,
        "SELECT key, period, inquirers(stats) FROM kefu_groups((SELECT deal_stats_by(agent, "
        "customer, asked_at, ordered_at, paid_at, amount, quantity, '{\"period\":\"quarter\"}') "
        "FROM d))",
        "ann|2026-10-01|2\nbob|2026-10-01|1");
    expect_rows(
        db,
        "SELECT key, period, contacts(stats) FROM kefu_groups((SELECT rating_stats_by(agent, "
        "customer, at, invited, score, '{\"period\":\"month\"}') FROM r))",
        "ann|2026-11-01|1\nbob|2026-11-01|2");
    expect_rows(
        db,
        "SELECT key, period, contacts(stats) FROM kefu_groups((SELECT rating_stats_by(agent, "
        "customer, at, invited, score, '{\"period\":\"year\"}') FROM r))",
        "ann|2026-01-01|1\nbob|2026-01-01|2");
    expect_rows(db, "SELECT key, typeof(period) FROM kefu_groups((SELECT " CHAT_BY " FROM m))",
                "ann|null\nbob|null");
}

Test(stats, a_conversation_over_midnight_belongs_to_its_first_line) {
    expect_rows(
        db,
        "WITH m(k, c, s, t) AS (VALUES (1,'a',0,'2026-11-01 23:59:00'),(1,'a',1,'2026-11-02 "
        "00:01:00')) SELECT period, avg_response(stats) FROM kefu_groups((SELECT chat_stats_by(k, "
        "c, s, t, '{\"period\":\"day\",\"session\":\"all\"}') FROM m))",
        "2026-11-01|120.0");
}

Test(stats, the_other_aggregates_ignore_period) {
    expect_rows(db, "SELECT consulting(customer, sender, sent_at, '{\"period\":\"day\"}') FROM m",
                "4");
    expect_int(db,
               "SELECT count(*) FROM (SELECT typeof(chat_stats(customer, sender, sent_at, "
               "'{\"period\":\"day\"}')) FROM m)",
               1);
}

/* ---- keys ---- */

#define KEYS(values)                                                                               \
    "WITH k(x) AS (VALUES " values                                                                 \
    ") SELECT CASE typeof(key) WHEN 'real' THEN printf('%.6g', key) ELSE quote(key) END, "         \
    "typeof(key), consulting(stats) FROM "                                                         \
    "kefu_groups((SELECT chat_stats_by(x, rowid, 0, 1) FROM (SELECT x, row_number() OVER () AS "   \
    "rowid FROM k)))"

Test(stats, keys_come_back_in_order_with_their_type) {
    expect_rows(
        db, KEYS("('b'),(x'00'),(2),(NULL),('a'),(1.5),(x''),(''),(-3),('A'),('10')"),
        "NULL|null|1\n-3|integer|1\n1.5|real|1\n2|integer|1\n''|text|1\n'10'|text|1\n'A'|text|1\n"
        "'a'|text|1\n'b'|text|1\nX''|blob|1\nX'00'|blob|1");
}

Test(stats, one_and_one_point_zero_are_one_key) {
    expect_rows(db, KEYS("(1.0),(1),('1')"), "1|integer|2\n'1'|text|1");
    expect_rows(db, KEYS("(1.0),(1.0)"), "1|integer|2");
    expect_rows(db, KEYS("(-0.0),(0)"), "0|integer|2");
    expect_rows(db, KEYS("(9007199254740993),(9007199254740992.0)"),
                "9007199254740992|integer|1\n9007199254740993|integer|1");
    expect_rows(db, KEYS("(9223372036854775807),(9223372036854775808.0)"),
                "9223372036854775807|integer|1\n9.22337e+18|real|1");
}

Test(stats, null_is_a_key_of_its_own_and_blank_is_another) {
    expect_rows(db, KEYS("(NULL),(''),(' '),(NULL)"), "NULL|null|2\n''|text|1\n' '|text|1");
}

Test(stats, a_key_without_a_counted_row_is_not_there) {
    expect_rows(db,
                "WITH m(k, c, s, t) AS (VALUES (1,'a',0,1),(2,NULL,0,1),(3,'a','system',1)) SELECT "
                "key FROM "
                "kefu_groups((SELECT chat_stats_by(k, c, s, t) FROM m))",
                "1");
    expect_rows(db, "SELECT key FROM kefu_groups(NULL)", "");
}

Test(stats, groups_in_a_join) {
    expect_rows(
        db,
        "SELECT m2.agent, g.key, received(g.stats) FROM (SELECT agent, chat_stats_by(customer, "
        "customer, sender, sent_at) AS b FROM m WHERE customer IS NOT NULL GROUP BY agent) AS m2, "
        "kefu_groups(m2.b) AS g ORDER BY 1, 2",
        "ann|c1|2\nann|c2|1\nbob|c1|1\nbob|c3|1");
    expect_rows(db, "SELECT key FROM kefu_groups((SELECT " CHAT_BY " FROM m)) WHERE key = 'bob'",
                "bob");
    expect_rows(db, "SELECT key FROM kefu_groups((SELECT " CHAT_BY " FROM m)) ORDER BY key DESC",
                "bob\nann");
}

Test(stats, groups_of_what_is_no_grouped_stats) {
    expect_error_has(db, "SELECT * FROM kefu_groups(5)", "kefu_groups(): argument 1 (grouped): ");
    expect_error_has(db, "SELECT * FROM kefu_groups(x'00')",
                     "kefu_groups(): argument 1 (grouped): ");
    expect_error_has(db, "SELECT * FROM kefu_groups((SELECT " CHAT " FROM m))",
                     "kefu_groups(): argument 1 (grouped): ");
    expect_error_has(db, "SELECT * FROM kefu_groups", "grouped");
    expect_error_has(db, "SELECT * FROM kefu_stats", "stats");
}

/* ---- merge ---- */

Test(stats, merge_of_days_is_the_whole) {
    expect_same(db,
                "SELECT hex(kefu_merge(s)) FROM (SELECT " CHAT
                " AS s FROM m GROUP BY substr(sent_at, 1, 10))",
                "SELECT hex(" CHAT ") FROM m");
    expect_same(db,
                "SELECT hex(kefu_merge(s)) FROM (SELECT " CHAT_BY
                " AS s FROM m GROUP BY substr(sent_at, 1, 10), agent)",
                "SELECT hex(" CHAT_BY ") FROM m");
    expect_same(db, "SELECT hex(kefu_merge(s)) FROM (SELECT " DEAL " AS s FROM d GROUP BY rowid)",
                "SELECT hex(" DEAL ") FROM d");
    expect_same(db, "SELECT hex(kefu_merge(s)) FROM (SELECT " RATING " AS s FROM r GROUP BY rowid)",
                "SELECT hex(" RATING ") FROM r");
}

Test(stats, merge_ignores_null) {
    expect_same(
        db, "SELECT hex(kefu_merge(s)) FROM (SELECT " CHAT " AS s FROM m UNION ALL SELECT NULL)",
        "SELECT hex(" CHAT ") FROM m");
    expect_null(db, "SELECT kefu_merge(NULL)");
    expect_same(db,
                "SELECT hex(kefu_merge(s)) FROM (SELECT " CHAT " AS s FROM m UNION ALL SELECT '')",
                "SELECT hex(" CHAT ") FROM m");
}

Test(stats, merge_of_different_kinds) {
    static const char *const sql =
        "SELECT kefu_merge(s) FROM (SELECT " CHAT " AS s FROM m UNION ALL SELECT " DEAL " FROM d)";
    expect_error_has(db, sql, "kefu_merge(): argument 1 (stats): ");
    expect_error_has(db, sql, "chat");
    expect_error_has(db, sql, "deal");
    expect_error_has(db,
                     "SELECT kefu_merge(s) FROM (SELECT " RATING
                     " AS s FROM r UNION ALL SELECT " DEAL " FROM d)",
                     "rating");
    expect_error_has(db,
                     "SELECT kefu_merge(s) FROM (SELECT " CHAT
                     " AS s FROM m UNION ALL SELECT " CHAT_BY " FROM m)",
                     "kefu_merge(): argument 1 (stats): ");
    expect_error_has(db, "SELECT kefu_merge(5)", "kefu_merge(): argument 1 (stats): 5");
    expect_error_has(db, "SELECT kefu_merge('x')", "kefu_merge(): argument 1 (stats): 'x'");
    expect_error_has(db, "SELECT kefu_merge(x'')", "kefu_merge(): argument 1 (stats): ");
    expect_error_has(db, "SELECT kefu_merge(x'6B656675')", "kefu_merge(): argument 1 (stats): ");
}

Test(stats, merge_of_different_rules_shows_the_difference) {
    static const char *const sql = "SELECT kefu_merge(s) FROM (SELECT chat_stats('a', 0, 1, "
                                   "'{\"cap\":77}') AS s UNION ALL SELECT "
                                   "chat_stats('b', 0, 1))";
    expect_error_has(db, sql, "kefu_merge(): argument 1 (stats): ");
    expect_error_has(db, sql, "cap");
    expect_error_has(db, sql, "77");
}

static const char *const both = "the same conversation is in both: split the rows by customer or "
                                "by day, or make the stats with "
                                "chat_stats_by";

Test(stats, the_same_conversation_twice) {
    expect_error_has(db, "SELECT kefu_merge(s) FROM (SELECT " CHAT " AS s FROM m GROUP BY agent)",
                     both);
    expect_error_has(db,
                     "SELECT kefu_merge(s) FROM (SELECT " CHAT " AS s FROM m UNION ALL SELECT " CHAT
                     " FROM m)",
                     both);
    expect_error_has(db,
                     "SELECT kefu_merge(s) FROM (SELECT " CHAT_BY
                     " AS s FROM m UNION ALL SELECT " CHAT_BY " FROM m)",
                     both);
    /* agent lines alone are a conversation as well */
    expect_error_has(
        db,
        "SELECT kefu_merge(s) FROM (SELECT chat_stats('a', 0, 1) AS s UNION ALL SELECT "
        "chat_stats('a', 1, 2))",
        both);
    /* by customer or by day, no conversation is in both */
    expect_int(
        db, "SELECT consulting(kefu_merge(s)) FROM (SELECT " CHAT " AS s FROM m GROUP BY customer)",
        4);
    expect_int(db,
               "SELECT consulting(kefu_merge(s)) FROM (SELECT chat_stats('a', 0, '2026-11-01 "
               "23:59:59') AS s "
               "UNION ALL SELECT chat_stats('a', 0, '2026-11-02'))",
               2);
    /* one session for all time */
    expect_error_has(
        db,
        "SELECT kefu_merge(s) FROM (SELECT chat_stats('a', 0, '2026-11-01', 'zendesk') AS s "
        "UNION ALL SELECT chat_stats('a', 0, '2027-11-02', 'zendesk'))",
        both);
    expect_int(db,
               "SELECT consulting(kefu_merge(s)) FROM (SELECT chat_stats('a', 0, '2026-11-01', "
               "'zendesk') AS "
               "s UNION ALL SELECT chat_stats('b', 0, '2026-11-01', 'zendesk'))",
               2);
}

/* With seconds: two sessions of one customer closer than the gap. */
Test(stats, sessions_closer_than_the_gap) {
#define TWO(t)                                                                                     \
    "SELECT consulting(kefu_merge(s)) FROM (SELECT chat_stats('a', 0, 1000, '{\"session\":60}') "  \
    "AS s "                                                                                        \
    "UNION ALL SELECT chat_stats('a', 0, " t ", '{\"session\":60}'))"
    expect_int(db, TWO("1060"), 2);
    expect_error_has(db, TWO("1059.999"), both);
    expect_error_has(db, TWO("1000"), both);
    expect_error_has(db, TWO("941"), both);
    expect_int(db, TWO("940"), 2);
}

Test(stats, customers_and_keys_of_other_types_are_other_conversations) {
    expect_int(
        db,
        "SELECT consulting(kefu_merge(s)) FROM (SELECT chat_stats(1, 0, 1) AS s UNION ALL SELECT "
        "chat_stats('1', 0, 1))",
        2);
    expect_error_has(db,
                     "SELECT kefu_merge(s) FROM (SELECT chat_stats(1, 0, 1) AS s UNION ALL SELECT "
                     "chat_stats(1.0, 0, 1))",
                     both);
    expect_int(db,
               "SELECT consulting(kefu_merge(stats)) FROM kefu_groups((SELECT "
               "chat_stats_by(column1, 'c', 0, "
               "1) FROM (VALUES (1), ('1'), (NULL), (x'31'))))",
               4);
    expect_int(db,
               "SELECT distinct_customers(kefu_merge(stats)) FROM kefu_groups((SELECT "
               "chat_stats_by(column1, "
               "'c', 0, 1) FROM (VALUES (1), ('1'), (NULL), (x'31'))))",
               1);
}

Test(stats, deals_and_ratings_may_be_split_anyhow) {
    expect_rows(
        db,
        "SELECT inquirers(s), paid_deals(s), sales_amount(s) FROM (SELECT kefu_merge(s) AS s FROM "
        "(SELECT " DEAL " AS s FROM d UNION ALL SELECT " DEAL " FROM d))",
        "2|2|21.0");
    expect_int(db,
               "SELECT contacts(kefu_merge(s)) FROM (SELECT " RATING
               " AS s FROM r UNION ALL SELECT " RATING " FROM r)",
               6);
}

Test(stats, amounts_and_none_do_not_merge) {
    expect_error_has(
        db,
        "SELECT kefu_merge(s) FROM (SELECT deal_stats('a', 1, 2, 3) AS s UNION ALL SELECT "
        "deal_stats('b', 1, 2, 3, 4))",
        "amount");
    expect_error_has(
        db,
        "SELECT kefu_merge(s) FROM (SELECT deal_stats('a', 1, 2, 3, 4) AS s UNION ALL SELECT "
        "deal_stats('b', 1, 2, 3, 4, 5))",
        "quantit");
    expect_error_has(
        db,
        "SELECT kefu_merge(s) FROM (SELECT deal_stats_by('k', 'a', 1, 2, 3) AS s UNION ALL SELECT "
        "deal_stats_by('k', 'b', 1, 2, 3, 4))",
        "amount");
}

Test(stats, grouped_stats_merge_key_by_key) {
    expect_rows(
        db,
        "SELECT key, consulting(stats) FROM kefu_groups((SELECT kefu_merge(s) FROM (SELECT " CHAT_BY
        " AS s FROM m WHERE sent_at < '2026-11-02' UNION ALL SELECT " CHAT_BY
        " FROM m WHERE sent_at >= '2026-11-02')))",
        "ann|3\nbob|2");
}
