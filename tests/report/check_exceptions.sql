-- Customers of 30 November whom nobody answered: no line of the agent at or after the first question.
WITH conversation AS (
    SELECT agent, customer
      FROM messages
     WHERE sent_at BETWEEN 1795968000 AND 1796054399
     GROUP BY agent, customer
    HAVING sum(sender = 'customer') > 0
       AND NOT coalesce(max(CASE sender WHEN 'agent' THEN sent_at END)
                        >= min(CASE sender WHEN 'customer' THEN sent_at END), 0)
)
SELECT 'not answered on 30 November', count(*),
       (SELECT count(*) FROM report WHERE "异常 exception" LIKE '%unanswered') FROM conversation;
SELECT 'rated badly', count(DISTINCT agent || customer),
       (SELECT count(*) FROM report WHERE "异常 exception" LIKE '%rated badly')
  FROM ratings WHERE date(at + 28800, 'unixepoch') = '2026-11-30' AND score <= 2;
SELECT 'promises overdue', count(*), (SELECT count(*) FROM report WHERE "异常 exception" LIKE '%overdue%')
  FROM promises WHERE kept_at IS NULL AND due_at < 1796054400;
SELECT 'crises', count(*), (SELECT count(*) FROM report WHERE "异常 exception" LIKE '%crisis%')
  FROM tagged JOIN tags USING (tag) WHERE kind = 'crisis' AND solved_at IS NULL;
-- A05's answers per question on that day.
SELECT 'answer ratio of A05', printf('%.2f', 1.0 * sum(sender = 'agent') / sum(sender = 'customer')),
       (SELECT "数值或客户 value_or_customer" FROM report
         WHERE "客服 agent" = 'A05' AND "异常 exception" LIKE '%answer_ratio')
  FROM messages WHERE agent = 'A05' AND sent_at BETWEEN 1795968000 AND 1796054399;
