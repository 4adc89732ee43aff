-- Four of the fifteen columns in plain SQL: who spoke last and who first in the 24 hours before the order was
-- placed, and who last before it was paid. A sum is rounded to fen first: REAL may miss half a yuan.
CREATE INDEX touches ON messages (customer, sender, sent_at);
CREATE TEMP TABLE earned AS
SELECT (SELECT agent FROM messages AS line
         WHERE line.customer = orders.customer AND sender = 'agent' AND sent_at BETWEEN ordered_at - 86400 AND ordered_at
         ORDER BY sent_at DESC, agent DESC LIMIT 1) AS last_order,
       (SELECT agent FROM messages AS line
         WHERE line.customer = orders.customer AND sender = 'agent' AND sent_at BETWEEN ordered_at - 86400 AND ordered_at
         ORDER BY sent_at, agent LIMIT 1) AS first_order,
       (SELECT agent FROM messages AS line
         WHERE line.customer = orders.customer AND sender = 'agent' AND sent_at BETWEEN paid_at - 86400 AND paid_at
         ORDER BY sent_at DESC, agent DESC LIMIT 1) AS last_pay,
       amount
  FROM orders WHERE paid_at IS NOT NULL AND cancelled_at IS NULL;
-- Order first: what was silent by the order goes to who spoke before the payment.
WITH
    shares AS (
        SELECT 'last/order' AS rule, last_order AS agent, amount FROM earned
        UNION ALL SELECT 'first/order', first_order, amount FROM earned
        UNION ALL SELECT 'last/pay', last_pay, amount FROM earned
        UNION ALL SELECT 'last/order_first', coalesce(last_order, last_pay), amount FROM earned
    ),
    printed AS (
        SELECT "客服 agent" AS agent, 'last/order' AS rule, "最后·下单 last/order" AS sales FROM report
        UNION ALL SELECT "客服 agent", 'first/order', "首次·下单 first/order" FROM report
        UNION ALL SELECT "客服 agent", 'last/pay', "最后·付款 last/pay" FROM report
        UNION ALL SELECT "客服 agent", 'last/order_first', "最后·优先 last/order_first" FROM report
    ),
    wanted AS (
        SELECT coalesce(agent, 'silent') AS agent, rule, round(sum(amount), 2) AS sales
          FROM shares GROUP BY agent, rule
    )
SELECT 'sales of ' || printed.agent || ' by ' || rule, CAST(round(coalesce(wanted.sales, 0)) AS INTEGER), printed.sales
  FROM printed LEFT JOIN wanted USING (agent, rule) WHERE printed.agent <> 'shop';

-- The shop's sales are the same under every rule, and no agent's is outside its range.
SELECT 'sales of the shop', CAST(round((SELECT sum(amount) FROM earned)) AS INTEGER) || ' 0',
       "最低 lowest" || ' ' || "差额 range" FROM report WHERE "客服 agent" = 'shop';
SELECT 'shares add up, linear', 1,
       abs(sum(CASE "客服 agent" WHEN 'shop' THEN -1 ELSE 1 END * "平均·付款 linear/pay")) <= count(*) / 2.0
  FROM report;
SELECT 'range and share of ' || "客服 agent",
       max("首次·下单 first/order", "最后·付款 last/pay") <= "最高 highest"
       AND min("首次·下单 first/order", "最后·付款 last/pay") >= "最低 lowest"
       AND abs("最高 highest" - "最低 lowest" - "差额 range") <= 1
       AND abs("差额 range" * 100.0 / "最高 highest" - replace("占比 share", '%', '')) < 0.1, 1 FROM report;
