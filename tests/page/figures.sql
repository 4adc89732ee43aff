-- The figures of the demo shop's page a second time, `key|figure`: straight from the rows by single
-- aggregates, where the page merges stats of agents and days; formats are written out. The shop's
-- conversations are those of its agents, so a customer is a customer of an agent there.
CREATE TEMP TABLE chat AS
SELECT agent, chat_stats(customer, sender, sent_at) AS stats FROM messages GROUP BY agent
UNION ALL SELECT '', chat_stats(agent || '/' || customer, sender, sent_at) FROM messages;
CREATE TEMP TABLE deal AS
SELECT agent, deal_stats(customer, asked_at, ordered_at, paid_at, amount, quantity) AS stats
  FROM inquiries GROUP BY agent
UNION ALL SELECT '', deal_stats(customer, asked_at, ordered_at, paid_at, amount, quantity) FROM inquiries;
CREATE TEMP TABLE rating AS
SELECT agent, rating_stats(customer, at, invited, score) AS stats FROM ratings GROUP BY agent
UNION ALL SELECT '', rating_stats(agent || '/' || customer, at, invited, score) FROM ratings;

CREATE TEMP TABLE figures AS
SELECT agent, 'received' AS kpi, printf('%d', received(stats)) AS text FROM chat
UNION ALL SELECT agent, 'reply_rate', printf('%.1f%%', 100 * reply_rate(stats)) FROM chat
UNION ALL SELECT agent, 'answer_ratio', printf('%.2f', answer_ratio(stats)) FROM chat
UNION ALL SELECT agent, 'first_response', printf('%.1f', first_response(stats)) FROM chat
UNION ALL SELECT agent, 'avg_response', printf('%.1f', avg_response(stats)) FROM chat
UNION ALL SELECT agent, 'handling_time', printf('%.1f', handling_time(stats)) FROM chat
UNION ALL SELECT agent, 'inquirers', printf('%d', inquirers(stats)) FROM deal
UNION ALL SELECT agent, 'conversion_rate', printf('%.1f%%', 100 * conversion_rate(stats)) FROM deal
UNION ALL SELECT agent, 'payment_rate', printf('%.1f%%', 100 * payment_rate(stats)) FROM deal
UNION ALL SELECT agent, 'sales_amount', printf('%.2f', sales_amount(stats)) FROM deal
UNION ALL SELECT agent, 'sales_per_buyer', printf('%.2f', sales_per_buyer(stats)) FROM deal
UNION ALL SELECT agent, 'units_per_buyer', printf('%.2f', units_per_buyer(stats)) FROM deal
UNION ALL SELECT agent, 'satisfaction', printf('%.1f%%', 100 * satisfaction(stats)) FROM rating;

-- What came in on a local day (UTC+8), reply by reply and inquiry by inquiry.
CREATE TEMP TABLE waits AS
SELECT date(sent_at + 28800, 'unixepoch') AS day,
       turn_seconds(sender, sent_at) OVER (PARTITION BY agent, customer ORDER BY sent_at, id
                                           ROWS UNBOUNDED PRECEDING) AS wait
  FROM messages;

SELECT 'team/' || agent || '/' || kpi, text FROM figures;
SELECT 'shop/' || kpi, text FROM figures WHERE agent = '';

SELECT 'funnel/ordered', text FROM figures WHERE agent = '' AND kpi = 'conversion_rate';
SELECT 'funnel/paid', text FROM figures WHERE agent = '' AND kpi = 'payment_rate';
SELECT 'chart/funnel/0', inquirers(stats) FROM deal WHERE agent = '';
SELECT 'chart/funnel/1', orderers(stats) FROM deal WHERE agent = '';
SELECT 'chart/funnel/2', payers(stats) FROM deal WHERE agent = '';

SELECT 'waits/0.5', printf('%.1f', avg(wait))
  FROM (SELECT wait, row_number() OVER (ORDER BY wait) AS place, count(*) OVER () AS n
          FROM waits WHERE wait IS NOT NULL)
 WHERE place IN ((n + 1) / 2, (n + 2) / 2);
SELECT 'waits/0.9', printf('%.1f', response_percentile(stats, 0.9)) FROM chat WHERE agent = '';
SELECT 'waits/0.99', printf('%.1f', response_percentile(stats, 0.99)) FROM chat WHERE agent = '';
WITH RECURSIVE bin (number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM bin WHERE number < 20)
SELECT 'chart/waits/' || number, count(wait)
  FROM bin LEFT JOIN waits
    ON CASE WHEN wait = 0 THEN 0 WHEN wait > 600 THEN 20 ELSE CAST((wait - 0.0005) / 30 AS INTEGER) END = number
 GROUP BY number;
SELECT 'chart/waits/21', turns(stats) - answered_turns(stats) FROM chat WHERE agent = '';

SELECT 'chart/trend/received/' || day, count(*)
  FROM (SELECT DISTINCT agent, customer, date(sent_at + 28800, 'unixepoch') AS day
          FROM messages WHERE sender = 'customer')
 GROUP BY day;
SELECT 'chart/trend/avg_response/' || day, CAST(printf('%.1f', avg(wait)) AS REAL) FROM waits GROUP BY day;
SELECT 'chart/trend/inquirers/' || day, count(DISTINCT customer)
  FROM (SELECT *, date(asked_at + 28800, 'unixepoch') AS day FROM inquiries)
 WHERE day <= '2026-11-30' AND (ordered_at IS NULL OR ordered_at >= asked_at) GROUP BY day;
SELECT 'chart/trend/sales_amount/' || day, CAST(printf('%.2f', sum(amount)) AS REAL)
  FROM (SELECT *, date(asked_at + 28800, 'unixepoch') AS day FROM inquiries)
 WHERE day <= '2026-11-30' AND paid_at IS NOT NULL AND ordered_at >= asked_at GROUP BY day;
