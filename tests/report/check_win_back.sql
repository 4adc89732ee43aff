-- The first on the list spent most of all who have been away longer than the mean.
WITH buyer AS (
    SELECT customer, sum(amount - coalesce(refunded, 0)) AS m,
           julianday('2026-12-01') - julianday(date(max(paid_at) + 28800, 'unixepoch')) AS d
      FROM orders WHERE paid_at IS NOT NULL GROUP BY customer
)
SELECT 'the first', printf('%.2f', max(m)), (SELECT "金额 amount" FROM report LIMIT 1)
  FROM buyer WHERE d >= (SELECT avg(d) FROM buyer);
SELECT 'fifty', 50, (SELECT count(*) FROM report);
