-- Which old customers should be called? The fifty who brought most and have gone quiet, with the
-- agent who served them last.
--
-- Of the classes of report/customers those that are valuable and not recent.
-- Settings: to_day, known_until. Sources: S1 (keep old customers, sell again).
SELECT customer AS "客户 customer",
       zh || ' ' || en AS "客户类别 class",
       orders AS "订单数 orders",
       printf('%.2f', amount) AS "金额 amount",
       last_day AS "上次付款 last_paid",
       printf('%.0f', days) AS "距今天数 days_since",
       (SELECT agent FROM inquiries
         WHERE inquiries.customer = chosen.customer AND agent IS NOT NULL
         ORDER BY asked_at DESC, id DESC LIMIT 1) AS "最近客服 last_agent"
  FROM (SELECT buyers.*, zh, en
          FROM buyers JOIN customer_classes USING (recent, frequent, valuable)
         WHERE valuable AND NOT recent
         ORDER BY amount DESC, customer LIMIT 50) AS chosen
 ORDER BY amount DESC, customer;
