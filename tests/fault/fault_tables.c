/* fault_tables.c: the rows that the fault tests' queries read, small enough to run thousands of times. */
#include "fault.h"

#define N(count)                                                                                   \
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < " #count " - 1) "

// clang-format off
const char *const fault_tables =
    /* 80 messages of three agents with customers of every type */
    "CREATE TABLE m AS " N(80)
    "  SELECT 'agent ' || (i % 3) AS agent,"
    "    CASE i % 4 WHEN 0 THEN 'customer ' || (i % 7) WHEN 1 THEN i % 5 WHEN 2 THEN x'00' || (i % 3) END AS customer,"
    "    CASE WHEN i % 2 THEN 'agent' ELSE 0 END AS sender,"
    "    '2026-11-0' || (1 + i % 3) || ' 10:' || (10 + i % 50) AS sent_at FROM n;"
    /* 30 deals, half of them paid, and as many ratings */
    "CREATE TABLE d AS " N(30)
    "  SELECT i % 3 AS agent, 'c' || (i % 9) AS customer, 1793491200 + i * 3600 AS asked_at,"
    "    1793491200 + i * 3600 + 60 AS ordered_at,"
    "    CASE WHEN i % 2 THEN 1793491200 + i * 4000 END AS paid_at,"
    "    i || '.25' AS amount, i % 4 AS quantity FROM n;"
    "CREATE TABLE r AS SELECT agent, customer, asked_at AS at, 1 AS invited, 1 + quantity AS score FROM d;"
    /* the deals as events */
    "CREATE TABLE j AS SELECT * FROM ("
    "  SELECT customer, asked_at AS at, 'ask' AS event, 'agent ' || agent AS agent, NULL AS order_id,"
    "    NULL AS amount, NULL AS quantity FROM d"
    "  UNION ALL SELECT customer, asked_at + 5, 'chat', 'agent ' || agent, NULL, NULL, NULL FROM d"
    "  UNION ALL SELECT customer, ordered_at, 'order', NULL, 'o' || rowid, amount, quantity FROM d"
    "  UNION ALL SELECT customer, paid_at, 'pay', NULL, 'o' || rowid, amount, quantity FROM d WHERE paid_at > 0"
    "  UNION ALL SELECT customer, paid_at + 9, 'refund', NULL, 'o' || rowid, 1, NULL FROM d WHERE rowid % 7 = 0)"
    "  ORDER BY customer, at;"
    /* stats of them */
    "CREATE TABLE s AS SELECT customer, chat_stats(customer, sender, sent_at) AS stats FROM m GROUP BY customer;"
    "CREATE TABLE g AS SELECT customer, chat_stats_by(agent, customer, sender, sent_at) AS stats FROM m GROUP BY customer;"
    "CREATE TABLE q AS SELECT customer, journeys(customer, at, event, agent, order_id, amount, quantity) AS stats FROM j"
    "  GROUP BY customer";
// clang-format on
