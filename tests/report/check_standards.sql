-- A03's conversion: customers who ordered after they asked, of those who asked before ordering.
WITH inquiry AS (
    SELECT customer, max(ordered_at IS NOT NULL) AS ordered
      FROM inquiries
     WHERE agent = 'A03' AND coalesce(ordered_at, asked_at) >= asked_at
     GROUP BY customer
)
SELECT 'conversion of A03', printf('%.1f%%', 100.0 * sum(ordered) / count(*)),
       (SELECT "实际 value" FROM report WHERE "客服 agent" = 'A03' AND "指标 kpi" LIKE '%conversion_rate')
  FROM inquiry;

-- A40's replies: days of customers with a line of A40 at or after the customer's first.
WITH conversation AS (
    SELECT max(CASE sender WHEN 'agent' THEN sent_at END) >= min(CASE sender WHEN 'customer' THEN sent_at END)
               AS replied
      FROM messages WHERE agent = 'A40'
     GROUP BY customer, date(sent_at + 28800, 'unixepoch')
    HAVING sum(sender = 'customer') > 0
)
SELECT 'replies of A40', printf('%.1f%%', 100.0 * sum(coalesce(replied, 0)) / count(*)),
       (SELECT "实际 value" FROM report WHERE "客服 agent" = 'A40' AND "指标 kpi" LIKE '%reply_rate')
  FROM conversation;

-- The shop's own standard goes before its category's, and of two in time the later one holds.
SELECT 'own standard', '94.0%', (SELECT DISTINCT "标准 standard" FROM report WHERE "指标 kpi" LIKE '%payment_rate');
SELECT 'renewed standard', '100.0', (SELECT DISTINCT "标准 standard" FROM report WHERE "指标 kpi" LIKE '%avg_response');

-- Near and below, by Wilson's formula (z = 1.959964) in plain arithmetic: the higher end of each rate
-- below its standard, without a root: the standard s lies inside when (p - s)^2 <= z^2 s (1 - s) / n.
WITH inquiry AS (
    SELECT agent, customer, max(ordered_at IS NOT NULL) AS ordered
      FROM inquiries
     WHERE coalesce(ordered_at, asked_at) >= asked_at
     GROUP BY agent, customer
),
rate AS (SELECT agent, 1.0 * sum(ordered) / count(*) AS p, count(*) AS n FROM inquiry GROUP BY agent)
SELECT 'near their standard of conversion', group_concat(agent, ' '),
       (SELECT group_concat(agent, ' ')
          FROM (SELECT "客服 agent" AS agent FROM report
                 WHERE "指标 kpi" LIKE '%conversion_rate' AND "状态 status" LIKE '%near' ORDER BY 1))
  FROM (SELECT agent FROM rate
         WHERE p < 0.4 AND (p - 0.4) * (p - 0.4) <= 1.959964 * 1.959964 * 0.4 * 0.6 / n ORDER BY agent);
