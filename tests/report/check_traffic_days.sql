WITH asked AS (
    SELECT agent, customer, date(asked_at + 28800, 'unixepoch') AS day, max(ordered_at IS NOT NULL) AS ordered
      FROM inquiries WHERE coalesce(ordered_at, asked_at) >= asked_at GROUP BY 1, 2, 3
)
SELECT 'conversion of 11.11', printf('%.1f%%', 100.0 * sum(ordered) / count(*)),
       (SELECT "咨询转化率 conversion" FROM report WHERE "日期 days" = '2026-11-11')
  FROM asked WHERE day = '2026-11-11';
SELECT 'clicks on a usual day', printf('%.0f', avg(clicks)), (SELECT "日均点击 clicks_a_day" FROM report WHERE "日期 days" LIKE '%usual')
  FROM ad_days WHERE kind = 'usual';
SELECT 'received on 11.11', printf('%.1f', count(*)), (SELECT "日均接待 received_a_day" FROM report WHERE "日期 days" = '2026-11-11')
  FROM (SELECT 1 FROM messages WHERE date(sent_at + 28800, 'unixepoch') = '2026-11-11'
         GROUP BY agent, customer HAVING sum(sender = 'customer') > 0);
