/* queries_test.c: faults in queries that go deeper than one call each (those are every_function's):
** rules and calendars, groups and periods, merges of all kinds, tables, pay plans, and errors.
*/
#include "fault.h"

TestSuite(queries, .init = fault_init, .fini = fault_fini, .timeout = 900);

#define FAULT(name, ...)                                                                           \
    Test(queries, name) {                                                                          \
        static const char *const queries[] = {__VA_ARGS__};                                        \
        for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)                              \
            fault_check(queries[i]);                                                               \
    }

#define CHAT "customer, sender, sent_at"
#define DEAL "customer, asked_at, ordered_at, paid_at, amount, quantity"
#define RATING "customer, at, invited, score"
#define JOURNEY "customer, at, event, agent, order_id, amount, quantity"
#define RULES                                                                                      \
    "'{\"book\":\"taobao\",\"tz\":\"Asia/"                                                         \
    "Shanghai\",\"period\":\"day\",\"calendar\":{\"hours\":{\"mon\":[\"09:00-18:00\","             \
    "\"20:00-02:00\"]},\"holidays\":[\"2026-11-02\"],\"days\":{\"2026-11-03\":[\"08:00-24:00\"]}}" \
    "}'"
#define PLAN                                                                                       \
    "'{\"base\":3000,\"quota\":200000,\"grades\":{\"P1\":1.0,\"P2\":1.2},\"commission\":{"         \
    "\"method\":\"marginal\","                                                                     \
    "\"apply\":[\"grade\"],\"tiers\":[{\"from\":0,\"rate\":\"0.5%\"},{\"from\":100000,\"rate\":"   \
    "\"0.8%\"}]}}'"

FAULT(chat_stats, "SELECT chat_stats(" CHAT ") FROM m",
      "SELECT agent, chat_stats(" CHAT ") FROM m GROUP BY agent",
      "SELECT chat_stats(" CHAT ", " RULES ") FROM m")
FAULT(chat_one_step,
      "SELECT agent, avg_response(" CHAT "), slow_rate(" CHAT ", 'jd') FROM m GROUP BY agent")
FAULT(chat_window, "SELECT chat_stats(" CHAT ") OVER (ORDER BY sent_at ROWS 9 PRECEDING) FROM m",
      "SELECT avg_response(" CHAT
      ") OVER (ORDER BY rowid GROUPS BETWEEN 3 PRECEDING AND 3 FOLLOWING EXCLUDE CURRENT ROW) "
      "FROM m WHERE rowid < 20")
FAULT(
    turn_seconds,
    "SELECT turn_seconds(sender, sent_at) OVER (PARTITION BY agent, customer ORDER BY sent_at ROWS "
    "UNBOUNDED PRECEDING) FROM m")
FAULT(chat_groups, "SELECT chat_stats_by(agent, " CHAT ") FROM m",
      "SELECT key, period, avg_response(stats) FROM kefu_groups((SELECT chat_stats_by(agent, " CHAT
      ", " RULES ") FROM m))",
      "SELECT chat_stats_by(agent, " CHAT
      ") OVER (ORDER BY rowid ROWS 5 PRECEDING) FROM m WHERE rowid < 25")
FAULT(deals, "SELECT agent, deal_stats(" DEAL ") FROM d GROUP BY agent",
      "SELECT deal_stats(" DEAL
      ", '{\"as_of\":1793591200}') OVER (ORDER BY asked_at ROWS 5 PRECEDING) FROM d",
      "SELECT key, period, sales_amount(stats), repeat_rate(stats) FROM kefu_groups((SELECT "
      "deal_stats_by(agent, " DEAL ", '{\"period\":\"week\"}') FROM d))",
      "SELECT conversion_rate(customer, ordered_at), payment_rate(customer, ordered_at, paid_at), "
      "payment_success_day1(customer, asked_at, paid_at), payment_success_final(customer, "
      "asked_at, paid_at, 'jd'), "
      "avg_response(asked_at, ordered_at) FROM d")
FAULT(ratings, "SELECT agent, rating_stats(" RATING ") FROM r GROUP BY agent",
      "SELECT rating_stats(" RATING ") OVER (ORDER BY at ROWS 3 PRECEDING) FROM r",
      "SELECT key, avg_score(stats) FROM kefu_groups((SELECT rating_stats_by(agent, " RATING
      ") FROM r))")
FAULT(merging, "SELECT kefu_merge(stats) FROM s", "SELECT kefu_merge(stats) FROM g",
      "SELECT kefu_merge(stats) OVER (ORDER BY rowid ROWS 3 PRECEDING) FROM s",
      "SELECT kefu_merge(stats) OVER (ORDER BY rowid ROWS 2 PRECEDING) FROM g",
      "SELECT consulting(kefu_merge(stats)) FROM kefu_groups((SELECT kefu_merge(stats) FROM g))")
FAULT(merge_errors,
      "SELECT kefu_merge(stats) FROM (SELECT stats FROM s UNION ALL SELECT stats FROM s)",
      "SELECT kefu_merge(s) FROM (SELECT chat_stats(1, 0, 1) AS s UNION ALL SELECT chat_stats(2, "
      "0, 1, 'jd'))",
      "SELECT kefu_merge(s) FROM (SELECT chat_stats(1, 0, 1) AS s UNION ALL SELECT deal_stats(1, "
      "1, 1, 1))",
      "SELECT kefu_merge(x'00112233')")
FAULT(reading,
      "SELECT kefu_info(stats), reply_rate(stats), response_percentile(stats, 0.9), "
      "within_rate(stats, 60) FROM s",
      "SELECT * FROM kefu_stats((SELECT kefu_merge(stats) FROM s))",
      "SELECT kefu_info(stats) FROM g",
      "SELECT s.rowid, kpi, value FROM s, kefu_stats(s.stats) WHERE kpi = 'reply_rate'")
FAULT(journeys_collected, "SELECT journeys(" JOURNEY ") FROM j",
      "SELECT length(journeys(" JOURNEY
      ") OVER (ORDER BY rowid ROWS 5 PRECEDING)) FROM j WHERE rowid % 3 = 0")
FAULT(journeys_merged, "SELECT kefu_merge(stats) FROM q",
      "SELECT kefu_merge(stats) OVER (ORDER BY rowid ROWS 2 PRECEDING) FROM q")
FAULT(journeys_credited, "SELECT * FROM kefu_credits((SELECT kefu_merge(stats) FROM q))",
      "SELECT * FROM kefu_credits((SELECT stats FROM q LIMIT 1), "
      "'{\"model\":\"decay\",\"anchor\":\"order_first\"}')")
FAULT(journeys_inquired, "SELECT * FROM kefu_inquiries((SELECT kefu_merge(stats) FROM q))",
      "SELECT * FROM kefu_inquiries((SELECT stats FROM q LIMIT 1), '{\"final_days\":2}')")
FAULT(tables, "SELECT * FROM kefu_kpis", "SELECT * FROM kefu_rules",
      "SELECT kefu_version(), length(kefu_debug())", "SELECT * FROM kefu_groups")
FAULT(pay,
      "SELECT commission_calc(86540.5, 0.008, 1.2), commission_calc(150000, " PLAN
      ", '{\"grade\":\"P2\"}')",
      "SELECT pay_calc(150000, " PLAN ", '{\"grade\":\"P2\",\"refunds\":10}')",
      "SELECT * FROM commission_explain(150000, " PLAN ", '{\"grade\":\"P1\"}')",
      "SELECT plan_check(" PLAN ")", "SELECT plan_check('{\"x\":1,\"commission\":{}}')",
      "SELECT pay_calc(1, '{\"base\":-1}')",
      "SELECT commission_split(100, '[1,2,3]', 1), kpi_score(85, '[[0,1],[60,2],[80,3]]')",
      "SELECT pay_calc(amount, " PLAN ", '{\"grade\":\"P2\"}') FROM d LIMIT 5")
FAULT(scalars,
      "SELECT clicks_per_order(0.0128), order_cost(1, 0.0128), inquiry_cost(1, 0.0128, 0.3), "
      "compound_rate(0.99, 100)",
      "SELECT wilson_low(8, 10), wilson_high('8', 10, 0.9), rate_change_p(30, 100, 45, 100), "
      "wilson_low(11, 10)",
      "SELECT kpi_period('2026-11-12', 'week'), kpi_period(asked_at, 'month', 'America/New_York') "
      "FROM d LIMIT 3",
      "SELECT is_open(asked_at, '{\"hours\":{\"sun\":[\"09:00-12:00\"]}}'), "
      "business_seconds(asked_at, paid_at, "
      "'{\"hours\":{\"sun\":[\"09:00-12:00\"]},\"days\":{\"2026-11-03\":[]}}') FROM d LIMIT 3")
FAULT(
    errors, "SELECT chat_stats('a', 0, 'yesterday')", "SELECT chat_stats('a', 'nobody', 1)",
    "SELECT chat_stats('a', 0, 1, '{\"burts\":1}')", "SELECT chat_stats('a', 0, 1, 'nobook')",
    "SELECT deal_stats(customer, asked_at, CASE rowid WHEN 20 THEN 'x' END, 1) FROM d",
    "SELECT chat_stats_by(agent, customer, sender, CASE rowid WHEN 70 THEN 'x' ELSE 1 END) FROM m",
    "SELECT kpi_period(0, 'day', 'Asia/Shanghaj')",
    "SELECT is_open(0, '{\"hours\":{\"mon\":[\"9-5\"]}}')", "SELECT reply_rate(x'00')",
    "SELECT * FROM kefu_groups(x'00')", "SELECT within_rate(stats, -1) FROM s")
