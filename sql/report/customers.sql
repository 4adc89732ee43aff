-- What kinds of customers are there? Buyers in eight classes by recency, frequency and amount
-- (RFM), each above or below the shop's mean: how many, what they bring, how many bought more than
-- once.
--
-- Paid orders until to_day, less refunds; recency in days until then. Whom to call:
-- report/win_back. The classes are ours: the table customer_classes. Settings: to_day, known_until.
-- Sources: S1 (record, class, keep a circle, sell again).
SELECT zh || ' ' || en AS "客户类别 class",
       count(*) AS "客户数 customers",
       printf('%.1f%%', 100.0 * count(*) / sum(count(*)) OVER ()) AS "占比 share",
       sum(orders) AS "订单数 orders",
       printf('%.2f', sum(amount)) AS "金额 amount",
       printf('%.1f%%', 100.0 * sum(amount) / sum(sum(amount)) OVER ()) AS "金额占比 share_of_amount",
       printf('%.1f', avg(days)) AS "距上次天数 days_since",
       sum(orders > 1) AS "回头客 repeat_buyers",
       printf('%.1f%%', 100.0 * sum(orders > 1) / count(*)) AS "回头率 repeat_rate"
  FROM buyers JOIN customer_classes USING (recent, frequent, valuable)
 GROUP BY recent, frequent, valuable
 ORDER BY sum(amount) DESC, recent DESC, frequent DESC;
