SELECT 'at stake with invoice hunters', printf('%.2f', sum(amount)),
       (SELECT "涉及金额 at_stake" FROM report WHERE "危机 crisis" LIKE '%invoice_hunter')
  FROM tagged WHERE tag = 'invoice_hunter';
SELECT 'open', sum(solved_at IS NULL), (SELECT sum("未解决 open") FROM report)
  FROM tagged WHERE tag IN ('invoice_hunter', 'blackmail', 'credit_card');
