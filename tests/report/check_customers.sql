-- Every buyer is in one class, and the money is all there.
SELECT 'buyers', count(DISTINCT customer), (SELECT sum("客户数 customers") FROM report)
  FROM orders WHERE paid_at IS NOT NULL;
SELECT 'amount', printf('%.2f', sum(amount) - sum(coalesce(refunded, 0))), (SELECT printf('%.2f', sum("金额 amount")) FROM report)
  FROM orders WHERE paid_at IS NOT NULL;
-- The best: later, oftener and more than the mean.
WITH buyer AS (
    SELECT customer, count(*) AS n, sum(amount - coalesce(refunded, 0)) AS m,
           julianday('2026-12-01') - julianday(date(max(paid_at) + 28800, 'unixepoch')) AS d
      FROM orders WHERE paid_at IS NOT NULL GROUP BY customer
)
SELECT 'best', count(*), (SELECT "客户数 customers" FROM report WHERE "客户类别 class" LIKE '%best')
  FROM buyer
 WHERE n > (SELECT avg(n) FROM buyer) AND m > (SELECT avg(m) FROM buyer) AND d < (SELECT avg(d) FROM buyer);
SELECT 'repeat buyers', count(*), (SELECT sum("回头客 repeat_buyers") FROM report)
  FROM (SELECT 1 FROM orders WHERE paid_at IS NOT NULL GROUP BY customer HAVING count(*) > 1);
