-- DuckDB, two threads, tables of its own: columns of text (i), agents and senders as ENUM (e), text
-- customers and TIMESTAMP with ENUM (t). K1 counts the responses and their mean alone. A lambda over
-- sorted lists, one window with GROUP BY, and keys packed into one integer were all slower.

-- K1 i: DuckDB
SELECT agent, count(wait) AS responses, avg(wait) AS mean
  FROM (SELECT agent, sender, sent_at - lag(sent_at) OVER (PARTITION BY agent, customer, day
                                                           ORDER BY sent_at, id) AS wait
          FROM (SELECT agent, customer, (sent_at + 28800) // 86400 AS day, sent_at, id, sender
                  FROM messages WHERE NOT is_auto
               QUALIFY lag(sender) OVER (PARTITION BY agent, customer, day ORDER BY sent_at, id)
                       IS DISTINCT FROM sender))
 WHERE sender = 'agent' AND wait IS NOT NULL GROUP BY agent;

-- K1 i: DuckDB ENUM
SELECT agent, count(wait) AS responses, avg(wait) AS mean
  FROM (SELECT agent, sender, sent_at - lag(sent_at) OVER (PARTITION BY agent, customer, day
                                                           ORDER BY sent_at, id) AS wait
          FROM (SELECT agent, customer, (sent_at + 28800) // 86400 AS day, sent_at, id, sender
                  FROM messages_e WHERE NOT is_auto
               QUALIFY lag(sender) OVER (PARTITION BY agent, customer, day ORDER BY sent_at, id)
                       IS DISTINCT FROM sender))
 WHERE sender = 'agent' AND wait IS NOT NULL GROUP BY agent;

-- K1 t: DuckDB ENUM
SELECT agent, count(wait) AS responses, avg(epoch(wait)) AS mean
  FROM (SELECT agent, sender, sent_at - lag(sent_at) OVER (PARTITION BY agent, customer, day
                                                           ORDER BY sent_at, id) AS wait
          FROM (SELECT agent, customer, sent_at::DATE AS day, sent_at, id, sender
                  FROM messages_t WHERE NOT is_auto
               QUALIFY lag(sender) OVER (PARTITION BY agent, customer, day ORDER BY sent_at, id)
                       IS DISTINCT FROM sender))
 WHERE sender = 'agent' AND wait IS NOT NULL GROUP BY agent;

-- K2 i: DuckDB
SELECT agent, count(*) FILTER (ordered) / count(*) AS rate
  FROM (SELECT agent, bool_or(ordered_at IS NOT NULL) AS ordered
          FROM inquiries GROUP BY agent, customer) GROUP BY agent;

-- K2 i: DuckDB ENUM
SELECT agent, count(*) FILTER (ordered) / count(*) AS rate
  FROM (SELECT agent, bool_or(ordered_at IS NOT NULL) AS ordered
          FROM inquiries_e GROUP BY agent, customer) GROUP BY agent;

-- K2 t: DuckDB ENUM
SELECT agent, count(*) FILTER (ordered) / count(*) AS rate
  FROM (SELECT agent, bool_or(ordered_at IS NOT NULL) AS ordered
          FROM inquiries_t GROUP BY agent, customer) GROUP BY agent;

-- K3 i: DuckDB
SELECT agent, count(*) FILTER (success) / count(*) AS rate
  FROM (SELECT agent, bool_or((paid_at + 28800) // 86400 - (asked_at + 28800) // 86400 <= 1)
                      AS success
          FROM inquiries GROUP BY agent, customer) GROUP BY agent;

-- K3 i: DuckDB ENUM
SELECT agent, count(*) FILTER (success) / count(*) AS rate
  FROM (SELECT agent, bool_or((paid_at + 28800) // 86400 - (asked_at + 28800) // 86400 <= 1)
                      AS success
          FROM inquiries_e GROUP BY agent, customer) GROUP BY agent;

-- K4-chats i: DuckDB
SELECT agent, day, count(wait) AS responses, avg(wait) AS mean
  FROM (SELECT agent, day, sender, sent_at - lag(sent_at) OVER (PARTITION BY agent, customer, day
                                                                ORDER BY sent_at, id) AS wait
          FROM (SELECT agent, customer, (sent_at + 28800) // 86400 AS day, sent_at, id, sender
                  FROM messages WHERE NOT is_auto
               QUALIFY lag(sender) OVER (PARTITION BY agent, customer, day ORDER BY sent_at, id)
                       IS DISTINCT FROM sender))
 WHERE sender = 'agent' AND wait IS NOT NULL GROUP BY agent, day;

-- K4-chats i: DuckDB ENUM
SELECT agent, day, count(wait) AS responses, avg(wait) AS mean
  FROM (SELECT agent, day, sender, sent_at - lag(sent_at) OVER (PARTITION BY agent, customer, day
                                                                ORDER BY sent_at, id) AS wait
          FROM (SELECT agent, customer, (sent_at + 28800) // 86400 AS day, sent_at, id, sender
                  FROM messages_e WHERE NOT is_auto
               QUALIFY lag(sender) OVER (PARTITION BY agent, customer, day ORDER BY sent_at, id)
                       IS DISTINCT FROM sender))
 WHERE sender = 'agent' AND wait IS NOT NULL GROUP BY agent, day;

-- K4-deals i: DuckDB
SELECT agent, day, count(*) FILTER (ordered) / count(*) AS rate,
       count(*) FILTER (success) / count(*) AS success
  FROM (SELECT agent, (asked_at + 28800) // 86400 AS day, bool_or(ordered_at IS NOT NULL) AS ordered,
               bool_or((paid_at + 28800) // 86400 - (asked_at + 28800) // 86400 <= 1) AS success
          FROM inquiries GROUP BY agent, day, customer) GROUP BY agent, day;

-- K4-deals i: DuckDB ENUM
SELECT agent, day, count(*) FILTER (ordered) / count(*) AS rate,
       count(*) FILTER (success) / count(*) AS success
  FROM (SELECT agent, (asked_at + 28800) // 86400 AS day, bool_or(ordered_at IS NOT NULL) AS ordered,
               bool_or((paid_at + 28800) // 86400 - (asked_at + 28800) // 86400 <= 1) AS success
          FROM inquiries_e GROUP BY agent, day, customer) GROUP BY agent, day;

-- K5 i: DuckDB
SELECT agent, sum(amount) AS sales,
       0.005 * least(sales, 100000) + 0.008 * greatest(0, least(sales, 1000000) - 100000)
       + 0.012 * greatest(0, sales - 1000000) AS commission
  FROM inquiries GROUP BY agent;

-- K5 i: DuckDB ENUM
SELECT agent, sum(amount) AS sales,
       0.005 * least(sales, 100000) + 0.008 * greatest(0, least(sales, 1000000) - 100000)
       + 0.012 * greatest(0, sales - 1000000) AS commission
  FROM inquiries_e GROUP BY agent;
