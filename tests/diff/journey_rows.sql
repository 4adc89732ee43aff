-- A random shop for tests/diff/journey.sql, the same one for the same seed: wants a table seed(seed).
-- Makes the tables that sql/plain/credits_last.sql and inquiries.sql read, and of the same rows the
-- journeys: few customers, some of them written in two ways, agents of all types, lines and orders on a
-- grid so that times coincide, orders that nobody paid, that were cancelled, or of unknown amount.
CREATE TEMP TABLE verdict (what TEXT, agent, wanted, got);
CREATE TEMP TABLE draw AS
WITH RECURSIVE
    step (n, x) AS (
        SELECT 1, (seed * 7919 + 1) * 1914720637 % 2147483647 FROM seed
        UNION ALL
        SELECT n + 1, x * 1914720637 % 2147483647 FROM step WHERE n < 1000
    )
SELECT n, x % 1000 AS a, x / 1000 % 1000 AS b, x * 48271 % 2147483647 % 1000 AS c,
       x * 182605794 % 2147483647 % 1000 AS d, x * 1291394886 % 2147483647 % 1000 AS e
  FROM step;
-- The larger the seed's remainder, the wider the grid: from minutes to hours.
CREATE TEMP TABLE shape AS
SELECT 2 + seed % 4 * 6 AS customers,
       CASE seed % 3 WHEN 0 THEN 60 WHEN 1 THEN 3600 ELSE 21600 END AS spacing
  FROM seed;

CREATE TABLE messages (id INTEGER PRIMARY KEY, agent, customer, sent_at, sender);
INSERT INTO messages (agent, customer, sent_at, sender)
SELECT CASE a % 6 WHEN 1 THEN 'A01' WHEN 2 THEN 'A02' WHEN 3 THEN 7 WHEN 4 THEN 7.5
                  WHEN 5 THEN x'4130' END,
       CASE WHEN b % 9 = 0 THEN b % customers * 1.0 ELSE b % customers END,
       1793500000 + c % 200 * spacing,
       CASE WHEN d < 400 THEN 'customer' WHEN d < 900 THEN 'agent' WHEN d < 950 THEN 'bot' END
  FROM draw, shape WHERE n <= 700;
CREATE INDEX messages_by_customer ON messages (customer, sent_at);

CREATE TABLE orders (order_id, customer, ordered_at, paid_at, cancelled_at, amount, quantity,
                     refunded);
INSERT INTO orders
SELECT CASE n % 3 WHEN 0 THEN n WHEN 1 THEN 'o' || n ELSE CAST('o' || n AS BLOB) END, b % customers,
       at, CASE WHEN d < 600 THEN at + d % 3 * spacing END,
       CASE WHEN d % 10 = 0 THEN at + 9 * spacing END,
       CASE WHEN e < 900 THEN e * 0.25 - 20 END, CASE WHEN e < 800 THEN e % 4 END,
       CASE WHEN e % 8 = 0 THEN e * 0.125 END
  FROM (SELECT draw.*, 1793500000 + c % 200 * spacing AS at FROM draw, shape WHERE n > 700), shape;

CREATE TEMP VIEW event AS
SELECT customer, sent_at AS at,
       CASE sender WHEN 'customer' THEN 'ask' WHEN 'agent' THEN 'chat' END AS event, agent,
       NULL AS order_id, NULL AS amount, NULL AS quantity
  FROM messages
UNION ALL SELECT customer, ordered_at, 'order', NULL, order_id, amount, quantity FROM orders
UNION ALL SELECT customer, paid_at, 'pay', NULL, order_id, amount, quantity FROM orders
UNION ALL SELECT customer, cancelled_at, 'cancel', NULL, order_id, NULL, NULL FROM orders
UNION ALL SELECT customer, max(ordered_at, coalesce(paid_at, 0)), 'refund', NULL, order_id, refunded,
                 NULL FROM orders WHERE refunded IS NOT NULL;
CREATE TEMP TABLE journey AS
SELECT journeys(customer, at, event, agent, order_id, amount, quantity) AS journeys FROM event;
