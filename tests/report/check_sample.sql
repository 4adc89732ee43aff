-- Of each agent one conversation for each reason, and each is what it is said to be.
SELECT 'one by agent and reason', 1, (SELECT max(n) FROM (SELECT count(*) AS n FROM report GROUP BY "客服 agent", "缘由 reason"));
SELECT 'agents', 50, (SELECT count(DISTINCT "客服 agent") FROM report);
SELECT 'paid conversations that have a paid inquiry', count(*),
       sum(EXISTS (SELECT 1 FROM inquiries WHERE agent = "客服 agent" AND customer = "客户 customer"
                      AND date(asked_at + 28800, 'unixepoch') = date("开始 began") AND paid_at > asked_at))
  FROM report WHERE "缘由 reason" LIKE '%won';
SELECT 'badly rated ones', count(*),
       sum((SELECT min(score) FROM ratings WHERE agent = "客服 agent" AND customer = "客户 customer"
               AND date(at + 28800, 'unixepoch') = date("开始 began")) <= 2)
  FROM report WHERE "缘由 reason" LIKE '%worst';
-- The longest wait of A50: from a first question to the agent's next line.
WITH line AS (
    SELECT *, date(sent_at + 28800, 'unixepoch') AS day,
           lag(sender, 1, 'agent') OVER (PARTITION BY customer, date(sent_at + 28800, 'unixepoch')
                                         ORDER BY sent_at, sender = 'agent', id) AS after
      FROM messages WHERE agent = 'A50' AND sender IN ('customer', 'agent')
),
turn AS (
    SELECT sender, sent_at - lag(sent_at) OVER (PARTITION BY customer, day
                                                ORDER BY sent_at, sender = 'agent', id) AS waited
      FROM line WHERE sender <> after
)
SELECT 'the longest wait of A50', max(waited),
       (SELECT "最长响应 max_response" FROM report WHERE "客服 agent" = 'A50' AND "缘由 reason" LIKE '%slowest')
  FROM turn WHERE sender = 'agent';
