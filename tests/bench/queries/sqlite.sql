-- Pure SQLite: the best that an expert would write. "index" contestants read a covering index made for
-- the question, in its order. K1 counts the responses and their mean alone: the other figures would cost
-- more. "lag" is what most would write: two windows, each with a lag(). One window that counts turns, and
-- a GROUP BY, answer the same in less time.

-- K1 i: SQLite
WITH line AS (
    SELECT agent, customer, (sent_at + 28800) / 86400 AS day, sent_at AS at, sender,
           count(*) FILTER (WHERE sender = 'agent')
               OVER (PARTITION BY agent, customer, (sent_at + 28800) / 86400 ORDER BY sent_at, id
                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS turn
      FROM messages NOT INDEXED WHERE is_auto = 0),
turn AS (
    SELECT agent, max(CASE sender WHEN 'agent' THEN at END)
                  - min(CASE sender WHEN 'customer' THEN at END) AS wait
      FROM line GROUP BY agent, customer, day, turn)
SELECT agent, count(wait) AS responses, avg(wait) AS mean
  FROM turn WHERE wait IS NOT NULL GROUP BY agent;

-- K1 i: SQLite, index
WITH line AS (
    SELECT agent, customer, (sent_at + 28800) / 86400 AS day, sent_at AS at, sender,
           count(*) FILTER (WHERE sender = 'agent')
               OVER (PARTITION BY agent, customer, (sent_at + 28800) / 86400 ORDER BY sent_at, id
                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS turn
      FROM messages INDEXED BY messages_by_day WHERE is_auto = 0),
turn AS (
    SELECT agent, max(CASE sender WHEN 'agent' THEN at END)
                  - min(CASE sender WHEN 'customer' THEN at END) AS wait
      FROM line GROUP BY agent, customer, day, turn)
SELECT agent, count(wait) AS responses, avg(wait) AS mean
  FROM turn WHERE wait IS NOT NULL GROUP BY agent;

-- K1 i: SQLite, lag
WITH line AS (
    SELECT agent, customer, (sent_at + 28800) / 86400 AS day, sent_at, id, sender,
           lag(sender) OVER (PARTITION BY agent, customer, (sent_at + 28800) / 86400
                             ORDER BY sent_at, id) AS before
      FROM messages NOT INDEXED WHERE is_auto = 0),
turn AS (
    SELECT agent, sender, sent_at - lag(sent_at) OVER (PARTITION BY agent, customer, day
                                                       ORDER BY sent_at, id) AS wait
      FROM line WHERE before IS NOT sender)
SELECT agent, count(wait) AS responses, avg(wait) AS mean
  FROM turn WHERE sender = 'agent' AND wait IS NOT NULL GROUP BY agent;

-- K1 i: SQLite, lag, index
WITH line AS (
    SELECT agent, customer, (sent_at + 28800) / 86400 AS day, sent_at, id, sender,
           lag(sender) OVER (PARTITION BY agent, customer, (sent_at + 28800) / 86400
                             ORDER BY sent_at, id) AS before
      FROM messages INDEXED BY messages_by_day WHERE is_auto = 0),
turn AS (
    SELECT agent, sender, sent_at - lag(sent_at) OVER (PARTITION BY agent, customer, day
                                                       ORDER BY sent_at, id) AS wait
      FROM line WHERE before IS NOT sender)
SELECT agent, count(wait) AS responses, avg(wait) AS mean
  FROM turn WHERE sender = 'agent' AND wait IS NOT NULL GROUP BY agent;

-- K1 t: SQLite
WITH line AS (
    SELECT agent, customer, substr(sent_at, 1, 10) AS day, unixepoch(sent_at) AS at, sender,
           count(*) FILTER (WHERE sender = 'agent')
               OVER (PARTITION BY agent, customer, substr(sent_at, 1, 10) ORDER BY sent_at, id
                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS turn
      FROM messages NOT INDEXED WHERE is_auto = 0),
turn AS (
    SELECT agent, max(CASE sender WHEN 'agent' THEN at END)
                  - min(CASE sender WHEN 'customer' THEN at END) AS wait
      FROM line GROUP BY agent, customer, day, turn)
SELECT agent, count(wait) AS responses, avg(wait) AS mean
  FROM turn WHERE wait IS NOT NULL GROUP BY agent;

-- K2 it: SQLite
SELECT agent, sum(ordered) * 1.0 / count(*) AS rate
  FROM (SELECT agent, max(ordered_at IS NOT NULL) AS ordered
          FROM inquiries NOT INDEXED GROUP BY agent, customer)
 GROUP BY agent;

-- K2 i: SQLite, index
SELECT agent, sum(ordered) * 1.0 / count(*) AS rate
  FROM (SELECT agent, max(ordered_at IS NOT NULL) AS ordered
          FROM inquiries INDEXED BY inquiries_covered GROUP BY agent, customer)
 GROUP BY agent;

-- K3 i: SQLite
SELECT agent, sum(success) * 1.0 / count(*) AS rate
  FROM (SELECT agent, max(ifnull((paid_at + 28800) / 86400 - (asked_at + 28800) / 86400 <= 1, 0))
                      AS success
          FROM inquiries NOT INDEXED GROUP BY agent, customer)
 GROUP BY agent;

-- K3 i: SQLite, index
SELECT agent, sum(success) * 1.0 / count(*) AS rate
  FROM (SELECT agent, max(ifnull((paid_at + 28800) / 86400 - (asked_at + 28800) / 86400 <= 1, 0))
                      AS success
          FROM inquiries INDEXED BY inquiries_covered GROUP BY agent, customer)
 GROUP BY agent;

-- K4-chats i: SQLite
WITH line AS (
    SELECT agent, customer, (sent_at + 28800) / 86400 AS day, sent_at AS at, sender,
           count(*) FILTER (WHERE sender = 'agent')
               OVER (PARTITION BY agent, customer, (sent_at + 28800) / 86400 ORDER BY sent_at, id
                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS turn
      FROM messages NOT INDEXED WHERE is_auto = 0),
turn AS (
    SELECT agent, day, max(CASE sender WHEN 'agent' THEN at END)
                  - min(CASE sender WHEN 'customer' THEN at END) AS wait
      FROM line GROUP BY agent, customer, day, turn)
SELECT agent, day, count(wait) AS responses, avg(wait) AS mean
  FROM turn WHERE wait IS NOT NULL GROUP BY agent, day;

-- K4-deals i: SQLite
SELECT agent, day, sum(ordered) * 1.0 / count(*) AS rate, sum(success) * 1.0 / count(*) AS success
  FROM (SELECT agent, (asked_at + 28800) / 86400 AS day, max(ordered_at IS NOT NULL) AS ordered,
               max(ifnull((paid_at + 28800) / 86400 - (asked_at + 28800) / 86400 <= 1, 0))
               AS success
          FROM inquiries NOT INDEXED GROUP BY agent, (asked_at + 28800) / 86400, customer)
 GROUP BY agent, day;

-- K5 i: SQLite
SELECT agent, sum(amount) AS sales,
       0.005 * min(sum(amount), 100000) + 0.008 * max(0, min(sum(amount), 1000000) - 100000)
       + 0.012 * max(0, sum(amount) - 1000000) AS commission
  FROM inquiries NOT INDEXED GROUP BY agent;
