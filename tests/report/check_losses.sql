-- Told reasons of those who asked until 26 November and did not order.
SELECT 'lost by the price', count(*) FILTER (WHERE reason = 'price'),
       (SELECT "询单数 inquiries" FROM report WHERE "原因 reason" LIKE '%price')
  FROM losses JOIN inquiries ON id = inquiry_id
 WHERE ordered_at IS NULL AND date(asked_at + 28800, 'unixepoch') <= '2026-11-26';
SELECT 'share of the price', printf('%.1f%%', 100.0 * sum(reason = 'price') / count(*)),
       (SELECT "占比 share" FROM report WHERE "原因 reason" LIKE '%price')
  FROM losses JOIN inquiries ON id = inquiry_id
 WHERE ordered_at IS NULL AND date(asked_at + 28800, 'unixepoch') <= '2026-11-26';
-- Mean wait of the chats of those who were lost by attitude: from a first question to the next line of
-- the agent.
WITH talk AS (
    SELECT DISTINCT agent, customer, date(asked_at + 28800, 'unixepoch') AS day
      FROM inquiries JOIN losses ON inquiry_id = id
     WHERE reason = 'attitude' AND date(asked_at + 28800, 'unixepoch') <= '2026-11-26'
),
line AS (
    SELECT messages.*, day,
           lag(sender, 1, 'agent') OVER (PARTITION BY messages.agent, messages.customer, day
                                 ORDER BY sent_at, sender = 'agent', messages.id) AS after
      FROM messages JOIN talk ON talk.agent = messages.agent AND talk.customer = messages.customer
                             AND day = date(sent_at + 28800, 'unixepoch')
     WHERE sender IN ('customer', 'agent')
),
turn AS (
    SELECT sender, sent_at, lag(sent_at) OVER (PARTITION BY agent, customer, day
                                               ORDER BY sent_at, sender = 'agent', id) AS asked_at
      FROM line WHERE sender <> after
)
SELECT 'response of those lost by attitude', printf('%.1f', avg(sent_at - asked_at)),
       (SELECT "下单前响应 response" FROM report WHERE "原因 reason" LIKE '%attitude')
  FROM turn WHERE sender = 'agent' AND asked_at IS NOT NULL;
WITH talk AS (
    SELECT DISTINCT agent, customer, date(asked_at + 28800, 'unixepoch') AS day
      FROM inquiries JOIN losses ON inquiry_id = id
     WHERE reason = 'shipping' AND date(asked_at + 28800, 'unixepoch') <= '2026-11-26'
)
SELECT 'satisfaction of those lost by shipping', printf('%.1f%%', 100.0 * sum(score >= 4) / count(score)),
       (SELECT "满意度 satisfaction" FROM report WHERE "原因 reason" LIKE '%shipping%')
  FROM ratings JOIN talk USING (agent, customer) WHERE day = date(at + 28800, 'unixepoch');
