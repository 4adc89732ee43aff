-- First responses in plain SQL: the first question of the day, and the agent's first line at or after it.
CREATE TEMP TABLE talk AS
WITH first AS (
    SELECT agent, customer, date(sent_at + 28800, 'unixepoch') AS day, min(sent_at) AS asked_at
      FROM messages WHERE sender = 'customer' GROUP BY 1, 2, 3
)
SELECT first.agent, first.customer, day, min(sent_at) - asked_at AS waited
  FROM messages CROSS JOIN first
 WHERE first.agent = messages.agent AND first.customer = messages.customer AND sender = 'agent'
   AND sent_at >= asked_at AND date(sent_at + 28800, 'unixepoch') = day
 GROUP BY first.agent, first.customer, day;
CREATE TEMP TABLE asked AS
SELECT agent, customer, date(asked_at + 28800, 'unixepoch') AS day, max(ordered_at IS NOT NULL) AS ordered
  FROM inquiries
 WHERE coalesce(ordered_at, asked_at) >= asked_at AND date(asked_at + 28800, 'unixepoch') <= '2026-11-26'
 GROUP BY 1, 2, 3;
SELECT 'answered within 15 s', count(*), (SELECT "询单 inquiries" FROM report WHERE "首次响应秒 first_response_s" = '0–15')
  FROM asked JOIN talk USING (agent, customer, day) WHERE waited < 15;
SELECT 'rate of 300 to 600 s', printf('%.1f%%', 100.0 * sum(ordered) / count(*)),
       (SELECT "转化率 rate" FROM report WHERE "首次响应秒 first_response_s" = '300–600')
  FROM asked JOIN talk USING (agent, customer, day) WHERE waited >= 300 AND waited < 600;
SELECT 'expected of the agents of 300 to 600 s', printf('%.1f%%', 100 * avg(rate)),
       (SELECT "按客服预期 expected" FROM report WHERE "首次响应秒 first_response_s" = '300–600')
  FROM asked JOIN talk USING (agent, customer, day)
  JOIN (SELECT agent, avg(ordered) AS rate FROM asked
         GROUP BY agent) USING (agent)
 WHERE waited >= 300 AND waited < 600;
