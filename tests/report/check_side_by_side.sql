SELECT 'A34''s sales per buyer', printf('%.2f', sum(amount) / count(DISTINCT customer)),
       (SELECT "客单价 sales_per_buyer" FROM report WHERE "客服 agent" = 'A34')
  FROM inquiries WHERE agent = 'A34' AND paid_at IS NOT NULL AND ordered_at >= asked_at;
SELECT 'A34''s rank in it', 1 + count(*), (SELECT "名次 rank_per_buyer" FROM report WHERE "客服 agent" = 'A34')
  FROM (SELECT agent, sum(amount) / count(DISTINCT customer) AS per_buyer
          FROM inquiries WHERE paid_at IS NOT NULL AND ordered_at >= asked_at GROUP BY agent) AS other
 WHERE per_buyer > (SELECT sum(amount) / count(DISTINCT customer) FROM inquiries
                     WHERE agent = 'A34' AND paid_at IS NOT NULL AND ordered_at >= asked_at);
SELECT 'those who convert little and receive many', 1,
       (SELECT min("名次 rank_conversion" > 25 AND "名次 rank_received" <= 25) FROM report WHERE "提示 hint" LIKE '%lost');
