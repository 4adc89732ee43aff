-- What does the market say? Feedback from chats, by who should hear it (promotion, design,
-- product), in shares.
--
-- Tags of the kind 'feedback' with their receiver. Settings: from_day, to_day.
-- Sources: S1 (market feedback in shares: age, purchasing power, goods understood and liked,
-- questions).
SELECT receiver AS "接收方 receiver",
       zh || ' ' || tag AS "反馈 feedback",
       count(*) AS "次数 times",
       count(DISTINCT customer) AS "客户数 customers",
       printf('%.1f%%', 100.0 * count(*) / sum(count(*)) OVER (PARTITION BY receiver))
           AS "占接收方 of_receiver",
       printf('%.1f%%', 100.0 * count(*) / sum(count(*)) OVER ()) AS "占全部 of_all"
  FROM tagged JOIN tags USING (tag) JOIN report_days
 WHERE kind = 'feedback' AND kpi_period(at, 'day') BETWEEN from_day AND to_day
 GROUP BY receiver, tag, zh
 ORDER BY receiver, count(*) DESC, tag;
