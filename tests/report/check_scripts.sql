-- Conversations of 9 to 11 November that the promotion opened.
CREATE TEMP TABLE opened AS
SELECT agent, customer, date(sent_at + 28800, 'unixepoch') AS day, max(sender = 'bot') AS opened
  FROM messages WHERE date(sent_at + 28800, 'unixepoch') BETWEEN '2026-11-09' AND '2026-11-11'
 GROUP BY 1, 2, 3 HAVING sum(sender = 'customer') > 0;
SELECT 'conversations', count(*), (SELECT "会话 conversations" FROM report WHERE "话术 script" = 'S1') FROM opened;
SELECT 'opened by it', sum(opened), (SELECT "自动首句 opened_by_it" FROM report WHERE "话术 script" = 'S1') FROM opened;
SELECT 'ordered', printf('%.1f%%', 100.0 * sum(ordered) / count(*)), (SELECT "下单率 ordered" FROM report WHERE "话术 script" = 'S1')
  FROM (SELECT max(ordered_at IS NOT NULL) AS ordered
          FROM inquiries JOIN opened USING (agent, customer)
         WHERE opened AND day = date(asked_at + 28800, 'unixepoch') AND coalesce(ordered_at, asked_at) >= asked_at
         GROUP BY agent, customer, day);
