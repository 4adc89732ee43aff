-- Who spoke last in the 24 hours before an order that was paid and stands earned it. A sum is rounded to fen
-- first: REAL may miss half a yuan.
CREATE INDEX touches ON messages (customer, sender, sent_at);
CREATE TEMP TABLE earned AS
SELECT coalesce((SELECT messages.agent FROM messages
                  WHERE messages.customer = orders.customer AND sender = 'agent'
                    AND sent_at BETWEEN ordered_at - 86400 AND ordered_at
                  ORDER BY sent_at DESC, agent DESC LIMIT 1), 'silent') AS agent, customer, amount
  FROM orders WHERE paid_at IS NOT NULL AND cancelled_at IS NULL;
WITH sales AS (
    SELECT agent, round(sum(amount), 2) AS amount, count(DISTINCT customer) AS buyers FROM earned GROUP BY agent
    UNION ALL
    SELECT 'shop', round(sum(amount), 2), count(DISTINCT customer) FROM earned
)
SELECT 'sales of ' || agent, CAST(round(amount) AS INTEGER) || ' ' || round(amount / buyers, 2),
       (SELECT "销售额 sales" || ' ' || "客单价 per_buyer" FROM report WHERE "客服 agent" = agent)
  FROM sales;
-- The lines add up to the shop's, but for half a yuan that each may be rounded by.
SELECT 'sales add up', 1,
       abs(sum(CASE "客服 agent" WHEN 'shop' THEN -1 ELSE 1 END * "销售额 sales")) <= count(*) / 2.0
  FROM report;

-- Inquirers of A07: customers with a day on which they asked A07 and either ordered then or within four days,
-- or had not ordered in the 21 days before. Days are numbered.
CREATE TEMP TABLE asked AS
SELECT customer, (sent_at + 28800) / 86400 AS day, min(sent_at) AS at
  FROM messages WHERE agent = 'A07' AND sender = 'customer' GROUP BY 1, 2;
CREATE TEMP TABLE told AS
SELECT customer, ordered, paid_day, day
  FROM (SELECT asked.*, min(order_id) IS NOT NULL AS ordered,
               min(CASE WHEN cancelled_at IS NULL THEN (paid_at + 28800) / 86400 END) AS paid_day
          FROM asked LEFT JOIN orders ON orders.customer = asked.customer AND ordered_at >= at
                                     AND (ordered_at + 28800) / 86400 <= day + 4
         GROUP BY asked.customer, day) AS inquiry
 WHERE ordered OR NOT EXISTS (SELECT 1 FROM orders
                               WHERE orders.customer = inquiry.customer AND ordered_at < inquiry.at
                                 AND (ordered_at + 28800) / 86400 >= day - 21);
SELECT 'inquiries of A07',
       count(DISTINCT customer) || ' ' || round(100.0 * count(DISTINCT CASE WHEN ordered THEN customer END)
                                                / count(DISTINCT customer), 1) || '%',
       (SELECT "询单人数 inquirers" || ' ' || "咨询转化率 conversion" FROM report WHERE "客服 agent" = 'A07')
  FROM told;
-- Payments by the day after, of inquiries until 29 November: the day after the 30th is not known.
SELECT 'day-1 payments of A07', round(100.0 * count(DISTINCT CASE WHEN paid_day <= day + 1 THEN customer END)
                                      / count(DISTINCT customer), 1) || '%',
       (SELECT "次日付款 paid_day1" FROM report WHERE "客服 agent" = 'A07')
  FROM told WHERE day <= (strftime('%s', '2026-11-29') + 0) / 86400;
