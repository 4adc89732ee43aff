-- The rows behind the golden states of all format versions. They are made by whole-number arithmetic
-- alone, so every SQLite makes the same ones, and they never change.
--
-- lines, inquiries, ratings: 240 rows each of 3 agents over nine days about a change
-- of months and, in New York, of clocks (2023-10-29 to 2023-11-06). events: what the journeys are of.

CREATE TABLE chance AS
WITH RECURSIVE draw (id, r) AS (
    SELECT 1, 20231105
    UNION ALL
    SELECT id + 1, (r * 1103515245 + 12345) % 2147483648 FROM draw WHERE id < 2400
)
SELECT id, r / 65536 AS r FROM draw; -- 0 .. 32767

CREATE TABLE row_chance AS -- ten numbers a row
SELECT a.id AS id, a.r AS a, b.r AS b, c.r AS c, d.r AS d, e.r AS e, f.r AS f
  FROM chance AS a
  JOIN chance AS b ON b.id = a.id + 240 JOIN chance AS c ON c.id = a.id + 480
  JOIN chance AS d ON d.id = a.id + 720 JOIN chance AS e ON e.id = a.id + 960
  JOIN chance AS f ON f.id = a.id + 1200
 WHERE a.id <= 240;

-- In milliseconds: ten minutes of talk, every few hours, sometimes at one instant.
CREATE TABLE lines AS
SELECT id, substr('ann  bob  cheng', 1 + a % 3 * 5, 5) AS padded, 'c' || (b % 14) AS customer,
       CASE WHEN c % 100 < 48 THEN 'customer' WHEN c % 100 < 80 THEN 'agent'
            WHEN c % 100 < 90 THEN 'bot' ELSE 'assist' END AS sender,
       1698566400000 + d % 65 * 10800000 + e % 60 * 10000 + (f % 3 = 0) * (f % 997) AS sent_at
  FROM row_chance;
ALTER TABLE lines ADD COLUMN agent;
UPDATE lines SET agent = trim(padded);

CREATE TABLE inquiries AS
SELECT id, 'c' || (b % 40) AS customer, 1698566400000 + d % 65 * 10800000 AS asked_at,
       CASE WHEN c % 3 > 0 THEN 1698566400000 + d % 65 * 10800000 + (e % 50 - 3) * 7200000 END
           AS ordered_at,
       CASE WHEN c % 3 > 1 THEN 1698566400000 + d % 65 * 10800000 + (f % 90 - 3) * 7200000 END
           AS paid_at,
       CASE WHEN e % 5 > 0 THEN ((f % 20000 - 1000) / 100) || '.' || substr(100 + f % 100, 2) END
           AS amount,
       CASE WHEN e % 7 > 0 THEN a % 4 END AS quantity, a % 3 AS shard
  FROM row_chance;

CREATE TABLE ratings AS
SELECT id, 'c' || (b % 14) AS customer, 1698566400000 + d % 65 * 10800000 AS at, a % 2 AS invited,
       CASE WHEN c % 4 > 0 THEN 1 + e % 9 * 0.5 END AS score, a % 3 AS shard
  FROM row_chance;

-- Keys of every type that are equal only where = says so.
CREATE TABLE typed AS
SELECT id, CASE id % 9 WHEN 0 THEN NULL WHEN 1 THEN 1 WHEN 2 THEN 1.0 WHEN 3 THEN '1'
                       WHEN 4 THEN x'31' WHEN 5 THEN -1.5 WHEN 6 THEN 9223372036854775807
                       WHEN 7 THEN '张三' ELSE '' END AS typed_key,
       customer, at, invited, score
  FROM ratings;

CREATE TABLE events AS
SELECT id, customer, sent_at AS at, CASE sender WHEN 'customer' THEN 'ask' ELSE 'chat' END AS event,
       agent, NULL AS order_id, NULL AS amount, NULL AS quantity
  FROM lines WHERE sender IN ('customer', 'agent')
UNION ALL
SELECT 1000 + id, customer, ordered_at, 'order', NULL, id, amount, quantity
  FROM inquiries WHERE ordered_at > 0 AND id % 3 = 0
UNION ALL
SELECT 2000 + id, customer, paid_at, 'pay', NULL, id, amount, quantity
  FROM inquiries WHERE ordered_at > 0 AND paid_at > ordered_at AND id % 3 = 0
UNION ALL
SELECT 3000 + id, customer, paid_at + 86400000, CASE id % 2 WHEN 0 THEN 'refund' ELSE 'cancel' END,
       NULL, id, CASE id % 2 WHEN 0 THEN 1.5 END, NULL
  FROM inquiries WHERE ordered_at > 0 AND paid_at > ordered_at AND id % 12 = 0;

-- Taobao's own example (kpis.md 1), the numbers of which are known by hand.
CREATE TABLE taobao_example AS
SELECT column1 AS sender, column2 AS sent_at
  FROM (VALUES (0, '2022-03-01 10:10:15'), (0, '2022-03-01 10:15:20'), (1, '2022-03-01 10:18:10'),
               (0, '2022-03-01 10:18:30'), (1, '2022-03-01 10:19:00'));
