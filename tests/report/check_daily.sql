SELECT 'received by the shop', count(*), (SELECT "接待人数 received" FROM report WHERE "客服 agent" LIKE '%shop')
  FROM (SELECT 1 FROM messages WHERE sent_at BETWEEN 1795968000 AND 1796054399
         GROUP BY agent, customer HAVING sum(sender = 'customer') > 0);
SELECT 'sales so far of A05', printf('%.2f', sum(amount)), (SELECT "销售额 sales" FROM report WHERE "客服 agent" = 'A05')
  FROM inquiries WHERE agent = 'A05' AND asked_at >= 1795968000 AND ordered_at >= asked_at AND paid_at IS NOT NULL;
-- Asked on 26 November, paid until the end of 30 November.
SELECT 'paid in the end to A05', printf('%.1f%%', 100.0 * sum(paid) / count(*)),
       (SELECT "最终付款 paid_final" FROM report WHERE "客服 agent" = 'A05')
  FROM (SELECT max(paid_at IS NOT NULL) AS paid FROM inquiries
         WHERE agent = 'A05' AND asked_at BETWEEN 1795622400 AND 1795708799
           AND coalesce(ordered_at, asked_at) >= asked_at GROUP BY customer);
SELECT 'content with A05', printf('%.1f%%', 100.0 * sum(score >= 4) / count(score)),
       (SELECT "满意度 satisfaction" FROM report WHERE "客服 agent" = 'A05')
  FROM ratings WHERE agent = 'A05' AND at BETWEEN 1795968000 AND 1796054399;
