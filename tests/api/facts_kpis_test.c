/* facts_kpis_test.c: what the KPIs mean, one fact a line (functions.md 4, kpis.md 1 to 3). */
#include "api.h"

static sqlite3 *db;

static void facts_open(void) {
    db = api_open();
    /* the worked example of the definitions, as published */
    api_exec(db, "CREATE TABLE taobao(customer, sender, sent_at);"
                 "INSERT INTO taobao VALUES('tb_1','customer','2022-06-01 10:10:15'),"
                 "('tb_1','customer','2022-06-01 10:15:20'),('tb_1','agent','2022-06-01 10:18:10');"
                 "CREATE TABLE more AS SELECT * FROM taobao;"
                 "INSERT INTO more VALUES('tb_1','customer','2022-06-01 10:18:30'),"
                 "('tb_1','agent','2022-06-01 10:19:00')");
}

static void facts_close(void) { api_close(db); }

TestSuite(kpis, .init = facts_open, .fini = facts_close);

/* A KPI of lines (sender, second) of one customer, under rules. */
#define OF(kpi, rules, lines)                                                                      \
    "WITH m(sender, sent_at) AS (VALUES " lines ") SELECT " kpi                                    \
    "('c', sender, 1793491200 + sent_at, '" rules "') FROM m"
/* The same of lines (customer, sender, second). */
#define ALL(kpi, rules, lines)                                                                     \
    "WITH m(customer, sender, sent_at) AS (VALUES " lines ") SELECT " kpi                          \
    "(customer, sender, 1793491200 + sent_at, '" rules "') FROM m"

/* ---- the worked example ---- */

Test(kpis, taobao_worked_example) {
    expect_real(db, "SELECT avg_response(customer, sender, sent_at) FROM taobao", 475.0);
    expect_real(
        db, "SELECT avg_response(customer, sender, sent_at, '{\"burst\":\"last\"}') FROM taobao",
        170.0);
    expect_real(
        db, "SELECT within_rate(chat_stats(customer, sender, sent_at, 'taobao'), 180) FROM taobao",
        0.0);
    expect_real(
        db, "SELECT within_rate(chat_stats(customer, sender, sent_at, 'taobao'), 180) FROM more",
        0.5);
    expect_real(db,
                "SELECT within_rate(chat_stats(customer, sender, sent_at, "
                "'{\"within_unit\":\"turn\"}'), 180) "
                "FROM more",
                0.5);
    expect_real(db, "SELECT within_rate(chat_stats(customer, sender, sent_at), 180) FROM more",
                0.0);
    expect_real(db, "SELECT avg_response(customer, sender, sent_at) FROM more", 252.5);
}

/* ---- 4: scalars, one-step forms, parameters ---- */

Test(kpis, stats_of_the_wrong_kind) {
    expect_error_has(db, "SELECT reply_rate(deal_stats('a', 1, 1, 1))",
                     "reply_rate(): argument 1 (stats): ");
    expect_error_has(db, "SELECT inquirers(chat_stats('a', 0, 1))",
                     "inquirers(): argument 1 (stats): ");
    expect_error_has(db, "SELECT contacts(chat_stats('a', 0, 1))",
                     "contacts(): argument 1 (stats): ");
    expect_error_has(db, "SELECT reply_rate(chat_stats_by('k', 'a', 0, 1))",
                     "reply_rate(): argument 1 (stats): ");
    expect_error_has(db, "SELECT reply_rate(x'00')", "reply_rate(): argument 1 (stats): ");
    expect_error_has(db, "SELECT reply_rate(x'')", "reply_rate(): argument 1 (stats): ");
    expect_error_has(db, "SELECT reply_rate(1)", "reply_rate(): argument 1 (stats): 1");
    expect_error_has(db, "SELECT reply_rate('x')", "reply_rate(): argument 1 (stats): 'x'");
    expect_error_has(db, "SELECT within_rate(deal_stats('a', 1, 1, 1), 1)",
                     "within_rate(): argument 1 (stats): ");
    expect_error_has(db, "SELECT response_percentile(x'00', 1)",
                     "response_percentile(): argument 1 (stats): ");
}

Test(kpis, parameters_out_of_range) {
    expect_error(db, "SELECT within_rate(chat_stats('a', 0, 1), -3)",
                 "within_rate(): argument 2 (seconds): -3 is negative; want seconds >= 0");
    expect_error_has(db, "SELECT within_rate(chat_stats('a', 0, 1), 'soon')",
                     "within_rate(): argument 2 (seconds): 'soon'");
    expect_error_has(db, "SELECT response_percentile(chat_stats('a', 0, 1), 1.5)",
                     "response_percentile(): argument 2 (p): 1.5");
    expect_error_has(db, "SELECT response_percentile(chat_stats('a', 0, 1), -0.1)",
                     "response_percentile(): argument 2 (p): -0.1");
    expect_error_has(db, "SELECT response_percentile(chat_stats('a', 0, 1), 'x')",
                     "response_percentile(): argument 2 (p): 'x'");
    expect_error_has(db, "SELECT response_percentile(chat_stats('a', 0, 1), 9e999)",
                     "response_percentile(): argument 2 (p): ");
}

Test(kpis, percentiles_are_linear_between_ranks) {
#define WAITS "(0,0),(1,10),(0,100),(1,120),(0,200),(1,240)"
#define P(p)                                                                                       \
    "WITH m(sender, sent_at) AS (VALUES " WAITS                                                    \
    ") SELECT response_percentile(chat_stats('c', sender, sent_at), " p ") FROM m"
    expect_real(db, P("0"), 10.0);
    expect_real(db, P("0.5"), 20.0);
    expect_real(db, P("0.75"), 30.0);
    expect_real(db, P("0.25"), 15.0);
    expect_real(db, P("1"), 40.0);
    expect_real(db, P("'0.5'"), 20.0);
    expect_null(db, "SELECT response_percentile(chat_stats('c', 0, 1), 0.5)");
}

Test(kpis, within_rate_is_inclusive) {
#define W(t, unit)                                                                                 \
    "SELECT within_rate(chat_stats('c', column1, column2, '{\"within_unit\":\"" unit "\"}'), " t   \
    ") FROM (VALUES " WAITS ")"
    expect_real(db, W("20", "turn"), 0.6666666666666666);
    expect_real(db, W("19.999", "turn"), 0.3333333333333333);
    expect_real(db, W("0", "turn"), 0.0);
    expect_real(db, W("10", "first"), 1.0);
    expect_real(db, W("9.9", "first"), 0.0);
    expect_real(db, W("39", "conversation"), 0.0);
    expect_real(db, W("40", "conversation"), 1.0);
    expect_real(db, W("1e300", "conversation"), 1.0);
}

Test(kpis, a_reply_before_its_question) {
    expect_error_has(db, "SELECT avg_response(10, 9)",
                     "avg_response(): argument 2 (replied_at): 9");
    expect_real(db, "SELECT avg_response(10, 10)", 0.0);
    expect_real(
        db,
        "SELECT avg_response(column1, column2) FROM (VALUES (1, 2), (1, NULL), (NULL, 9), (1, 5))",
        2.5);
}

Test(kpis, turn_seconds_is_a_window_function) {
    api_exec(db, "CREATE TABLE l(id INTEGER PRIMARY KEY, sender, at);"
                 "INSERT INTO l(sender, at) "
                 "VALUES(1,0),(0,10),(0,20),(1,40),(1,41),('system',42),(0,50),(2,51),(1,55)");
    expect_rows(db,
                "SELECT id, turn_seconds(sender, at) OVER (ORDER BY at, id ROWS UNBOUNDED "
                "PRECEDING) FROM l",
                "1|NULL\n2|NULL\n3|NULL\n4|30.0\n5|NULL\n6|NULL\n7|NULL\n8|NULL\n9|5.0");
    expect_rows(db,
                "SELECT id, turn_seconds(sender, at, '{\"burst\":\"last\",\"stop\":\"any\"}') OVER "
                "(ORDER BY at, "
                "id ROWS UNBOUNDED PRECEDING) AS w FROM l WHERE id IN (2, 3, 4, 7, 8, 9)",
                "2|NULL\n3|NULL\n4|20.0\n7|NULL\n8|1.0\n9|NULL");
    expect_rows(
        db,
        "SELECT turn_seconds(sender, at, '{\"cap\":12}') OVER (ORDER BY at, id ROWS UNBOUNDED "
        "PRECEDING) FROM l WHERE id IN (2, 4)",
        "NULL\n12.0");
    expect_rows(db,
                "SELECT turn_seconds(sender, at, '{\"drop_over\":30}') OVER (ORDER BY at, id ROWS "
                "UNBOUNDED "
                "PRECEDING) FROM l WHERE id IN (2, 4, 7, 9)",
                "NULL\nNULL\nNULL\n5.0");
    expect_error_has(db, "SELECT turn_seconds(sender, at) FROM l", "turn_seconds");
    expect_error_has(
        db,
        "SELECT turn_seconds(sender, at) OVER (ORDER BY id DESC ROWS UNBOUNDED PRECEDING) FROM l",
        "turn_seconds(): argument 2 (sent_at): ");
    expect_error_has(
        db, "SELECT turn_seconds('x', at) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) FROM l",
        "turn_seconds(): argument 1 (sender): 'x'");
}

/* ---- turns ---- */

Test(kpis, a_burst_is_one_turn) {
    expect_real(db, OF("avg_response", "{}", "(0,0),(0,5),(0,9),(1,10)"), 10.0);
    expect_int(db, OF("turns", "{}", "(0,0),(0,5),(0,9),(1,10)"), 1);
    expect_real(db, OF("avg_response", "{\"burst\":\"last\"}", "(0,0),(0,5),(0,9),(1,10)"), 1.0);
    expect_int(db, OF("customer_lines", "{}", "(0,0),(0,5),(0,9),(1,10)"), 3);
}

Test(kpis, agent_lines_without_an_open_turn_answer_nothing) {
    expect_int(db, OF("answered_turns", "{}", "(1,0),(0,5),(1,6),(1,7)"), 1);
    expect_int(db, OF("agent_lines", "{}", "(1,0),(0,5),(1,6),(1,7)"), 3);
    expect_real(db, OF("answer_ratio", "{}", "(1,0),(0,5),(1,6),(1,7)"), 3.0);
}

Test(kpis, who_stops_a_turn) {
#define LINES "(0,0),('bot',1),('assist',10),('agent',60)"
    expect_real(db, OF("avg_response", "{}", LINES), 60.0);
    expect_real(db, OF("avg_response", "{\"stop\":\"assist\"}", LINES), 10.0);
    expect_real(db, OF("avg_response", "{\"stop\":\"any\"}", LINES), 1.0);
    expect_int(db, OF("agent_lines", "{}", LINES), 1);
    expect_int(db, OF("agent_lines", "{\"stop\":\"assist\"}", LINES), 2);
    expect_int(db, OF("agent_lines", "{\"stop\":\"any\"}", LINES), 3);
}

Test(kpis, a_bot_may_clear_a_turn) {
    expect_int(db, OF("turns", "{\"bot_clears\":true}", LINES), 0);
    expect_int(db, OF("consulting", "{\"bot_clears\":true}", LINES), 0);
    expect_real(db, OF("avg_response", "{\"bot_clears\":true,\"stop\":\"any\"}", LINES), 1.0);
    expect_int(db, OF("turns", "{\"bot_clears\":true}", "(0,0),(2,1),(0,2),(1,5)"), 1);
    expect_real(db, OF("first_response", "{\"bot_clears\":true}", "(0,0),(2,1),(0,2),(1,5)"), 3.0);
}

Test(kpis, sessions_cut_conversations) {
    /* 2026-11-01 00:00 is second -28800 */
    expect_int(db, OF("consulting", "{}", "(0,-28801),(1,-28800)"), 1);
    expect_int(db, OF("replied", "{}", "(0,-28801),(1,-28800)"), 0);
    expect_int(db, OF("replied", "{\"session\":\"all\"}", "(0,-28801),(1,-28800)"), 1);
    expect_int(db, OF("replied", "{\"tz\":\"+07:00\"}", "(0,-28801),(1,-28800)"), 1);
    expect_int(db, OF("consulting", "{\"session\":600}", "(0,0),(1,5),(0,605)"), 2);
    expect_int(db, OF("consulting", "{\"session\":600}", "(0,0),(1,5),(0,604.999)"), 1);
    expect_int(db, OF("consulting", "{\"session\":0.5}", "(0,0),(0,0.5),(0,0.999)"), 2);
}

Test(kpis, caps_and_unanswered_turns) {
#define CAPS "(0,0),(1,700),(0,800)"
    expect_real(db, OF("avg_response", "{}", CAPS), 700.0);
    expect_real(db, OF("avg_response", "{\"cap\":600}", CAPS), 600.0);
    expect_real(db, OF("avg_response", "{\"cap\":100,\"unanswered\":\"cap\"}", CAPS), 100.0);
    expect_real(db, OF("max_response", "{\"cap\":100,\"unanswered\":\"cap\"}", CAPS), 100.0);
    expect_null(db, OF("avg_response", "{}", "(0,0)"));
    expect_real(db, OF("avg_response", "{\"cap\":100,\"unanswered\":\"cap\"}", "(0,0)"), 100.0);
    expect_null(db, OF("first_response", "{\"cap\":100,\"unanswered\":\"cap\"}", "(0,0)"));
    expect_int(
        db, OF("slow_customers", "{\"cap\":700,\"unanswered\":\"cap\",\"slow_times\":1}", "(0,0)"),
        0);
    expect_real(db, OF("turn_reply_rate", "{\"cap\":100,\"unanswered\":\"cap\"}", CAPS), 0.5);
}

Test(kpis, long_waits_may_be_dropped) {
    expect_null(db, OF("avg_response", "{\"drop_over\":700}", CAPS));
    expect_real(db, OF("avg_response", "{\"drop_over\":700.001}", CAPS), 700.0);
    expect_null(db, OF("max_response", "{\"drop_over\":700,\"cap\":5}", CAPS));
    expect_real(db, OF("first_response", "{\"drop_over\":700}", CAPS), 700.0);
    expect_int(db, OF("answered_turns", "{\"drop_over\":700}", CAPS), 1);
    expect_int(db, OF("slow_customers", "{\"drop_over\":700,\"slow_times\":1}", CAPS), 1);
    expect_real(db,
                OF("avg_response", "{\"drop_over\":50,\"cap\":100,\"unanswered\":\"cap\"}", CAPS),
                100.0);
}

Test(kpis, windows_of_the_day) {
    /* 08:00 local is second 0, 23:00 is 54000 */
#define DAY "\"window\":\"08:00-23:00\""
    expect_int(db, OF("turns", "{" DAY "}", "(0,-1),(1,5)"), 0);
    expect_int(db, OF("turns", "{" DAY "}", "(0,0),(1,5)"), 1);
    expect_int(db, OF("turns", "{" DAY "}", "(0,53999.999),(1,54005)"), 1);
    expect_int(db, OF("turns", "{" DAY "}", "(0,54000),(1,54005)"), 0);
    expect_int(db, OF("turns", "{" DAY ",\"burst\":\"last\"}", "(0,-1),(0,2),(1,5)"), 0);
    expect_int(
        db, OF("turns", "{\"window\":\"23:00-08:00\"}", "(0,-1),(1,5),(0,6),(1,7),(0,54000)"), 2);
    expect_int(db, OF("turns", "{\"window\":\"00:00-24:00\"}", "(0,-28800),(1,5),(0,6)"), 2);
    expect_int(db, OF("customer_lines", "{" DAY "}", "(0,-1),(1,5),(0,6)"), 2);
    expect_int(db, OF("consulting", "{" DAY "}", "(0,-5),(1,-2)"), 0);
}

Test(kpis, the_one_line_filter) {
#define FILTER "{\"filter\":\"one_line\"}"
    expect_int(db, OF("filtered", FILTER, "(0,0),(1,10),(1,20)"), 1);
    expect_int(db, OF("received", FILTER, "(0,0),(1,10),(1,20)"), 0);
    expect_int(db, OF("consulting", FILTER, "(0,0),(1,10),(1,20)"), 1);
    expect_int(db, OF("filtered", "{}", "(0,0),(1,10),(1,20)"), 0);
    expect_int(db, OF("filtered", FILTER, "(0,0),(1,9.999),(1,20)"), 0);
    expect_int(db, OF("filtered", FILTER, "(0,0),(1,10)"), 0);
    expect_int(db, OF("filtered", FILTER, "(0,0),(0,1),(1,20),(1,30)"), 0);
    expect_int(db, OF("filtered", FILTER, "(1,0),(1,10),(0,20)"), 1);
    expect_int(db, OF("filtered", FILTER, "(0,0),(2,5),(1,10),(1,20)"), 0);
    expect_int(db, OF("filtered", FILTER, "(0,0),(2,5),(1,15),(1,25)"), 1);
    expect_int(db, OF("distinct_customers", FILTER, "(0,0),(1,10),(1,20)"), 0);
    expect_int(db, OF("customer_lines", FILTER, "(0,0),(1,10),(1,20)"), 0);
    expect_null(db, OF("reply_rate", FILTER, "(0,0),(1,10),(1,20)"));
}

Test(kpis, handling_time) {
    expect_real(db, OF("total_handling", "{}", "(1,0),(0,10),(2,15),(1,40),(1,640),(0,1239.999)"),
                639.999);
    expect_real(db, OF("total_handling", "{}", "(0,0),(0,10)"), 0.0);
    expect_null(db, OF("handling_time", "{}", "(0,0),(0,10)"));
    expect_real(db,
                ALL("handling_time", "{}",
                    "('a',0,0),('a',1,10),('b',0,0),('b',1,20),('c',0,0),('c',0,99)"),
                15.0);
    expect_real(db, OF("total_handling", "{\"max_wait\":20}", "(0,0),(1,19.999),(0,39.999)"),
                19.999);
}

Test(kpis, slow_customers) {
#define SLOW "(0,0),(1,121),(0,200),(1,321),(0,400),(1,521),(0,600),(1,720)"
    expect_int(db, OF("slow_customers", "{}", SLOW), 1);
    expect_int(db, OF("slow_customers", "{\"slow_times\":4}", SLOW), 0);
    expect_int(db, OF("slow_customers", "{\"slow\":121}", SLOW), 0);
    expect_real(db, ALL("slow_rate", "{\"slow_times\":1}", "('a',0,0),('a',1,121),('b',0,0)"), 0.5);
    expect_int(db, OF("slow_customers", "{\"cap\":120}", SLOW), 0);
}

Test(kpis, one_conversation_a_customer_and_day) {
    expect_int(db, ALL("consulting", "{}", "('a',0,0),('b',0,0),('a',1,5),('a',0,86400)"), 3);
    expect_int(db, ALL("distinct_customers", "{}", "('a',0,0),('b',0,0),('a',1,5),('a',0,86400)"),
               2);
    expect_real(db, ALL("reply_rate", "{}", "('a',0,0),('b',0,0),('a',1,5),('a',0,86400)"),
                0.3333333333333333);
    expect_int(db, ALL("unreplied", "{}", "('a',0,0),('b',0,0),('a',1,5),('a',0,86400)"), 2);
}

/* 09:00-12:00 and 13:30-18:00 local are seconds 3600-14400 and 19800-36000 of a Sunday. */
Test(kpis, waits_in_open_time) {
#define HOURS                                                                                      \
    "{\"calendar\":{\"hours\":{\"sun\":[\"09:00-12:00\",\"13:30-18:00\"]}},\"session\":\"all\"}"
    expect_real(db, OF("avg_response", HOURS, "(0,14390),(1,19805)"), 15.0);
    expect_real(db, OF("avg_response", HOURS, "(0,14400),(1,19800)"), 0.0);
    expect_real(db, OF("avg_response", HOURS, "(0,0),(1,3000)"), 0.0);
    expect_real(db, OF("avg_response", HOURS, "(0,0),(1,700000)"), 2 * 27000.0);
    expect_real(db, OF("handling_time", HOURS, "(0,14390),(1,14400)"), 10.0);
}

/* ---- the tables of KPIs and rules ---- */

Test(kpis, kefu_kpis_names_every_kpi) {
    expect_text(
        db,
        "SELECT group_concat(name, ' ') FROM (SELECT name FROM kefu_kpis WHERE family = 'chat' "
        "ORDER BY name)",
        "agent_lines answer_ratio answered_turns avg_response consulting customer_lines "
        "distinct_customers "
        "filtered first_response handling_time max_response received replied reply_rate "
        "response_percentile "
        "slow_customers slow_rate total_handling turn_reply_rate turns unreplied within_rate");
    expect_text(
        db,
        "SELECT group_concat(name, ' ') FROM (SELECT name FROM kefu_kpis WHERE family = 'deal' "
        "ORDER BY name)",
        "after_sales conversion_rate cross_sell_rate inquirers inquiry_paid_rate item_price "
        "lost_inquiries "
        "lost_orders order_value orderers paid_deals payers payment_rate payment_success_day1 "
        "payment_success_final repeat_rate sales_amount sales_per_buyer sales_units "
        "units_per_buyer");
    expect_text(db,
                "SELECT group_concat(name, ' ') FROM (SELECT name FROM kefu_kpis WHERE family = "
                "'rating' ORDER BY name)",
                "avg_score bad_rate contacts good_rate invite_rate rating_rate satisfaction");
    expect_rows(db,
                "SELECT zh, unit, better FROM kefu_kpis WHERE name IN ('reply_rate', "
                "'avg_response', 'customer_lines', "
                "'sales_amount', 'answer_ratio', 'avg_score', 'item_price') ORDER BY name",
                "答问比|ratio|higher\n平均响应时间|s|lower\n平均评分|score|higher\n买家消息数|"
                "count|NULL\n件单价|money|NULL\n"
                "回复率|rate|higher\n销售额|money|higher");
    expect_int(db, "SELECT count(*) FROM kefu_kpis WHERE better NOT IN ('higher', 'lower')", 0);
}

Test(kpis, kefu_rules_tells_books_and_options) {
    expect_text(db,
                "SELECT group_concat(book, ' ') FROM (SELECT DISTINCT book FROM kefu_rules WHERE "
                "book IS NOT NULL ORDER BY book)",
                "chatwoot chitu douyin jd kuaishou pdd simla taobao zendesk");
    expect_rows(db,
                "SELECT trim(value, '\"') FROM kefu_rules WHERE book = 'taobao' AND option = 'cap'",
                "600");
    expect_rows(db,
                "SELECT trim(value, '\"') FROM kefu_rules WHERE book = 'jd' AND option = 'window'",
                "09:00-23:00");
    expect_int(
        db, "SELECT count(*) > 0 FROM kefu_rules WHERE book = 'taobao' AND meaning LIKE '%2022%'",
        1);
    static const char *const options[] = {
        "tz",        "period",     "session",          "burst",
        "stop",      "bot_clears", "unanswered",       "cap",
        "drop_over", "window",     "calendar",         "filter",
        "max_wait",  "slow",       "slow_times",       "within_unit",
        "as_of",     "final_days", "after_sales_days", "model",
        "anchor",    "half_life",  "credit_window",    "satisfied_from",
        "good_from", "bad_to",     "score_max"};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        expect_int(db, api_sql("SELECT count(*) > 0 FROM kefu_rules WHERE option = %Q", options[i]),
                   1);
    }
}
