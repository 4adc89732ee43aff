SELECT 'minutes of A20', sum(to_at - from_at) / 60,
       (SELECT substr(online, 1, instr(online, ':') - 1) * 60 + substr(online, instr(online, ':') + 1)
          FROM (SELECT "在线时长 online" AS online FROM report WHERE "客服 agent" = 'A20'))
  FROM presence WHERE agent = 'A20' AND state = 'online';
SELECT 'shifts of A20 without a line of presence', count(*), (SELECT "缺勤 missed" FROM report WHERE "客服 agent" = 'A20')
  FROM presence AS shift
 WHERE agent = 'A20' AND state = 'shift'
   AND NOT EXISTS (SELECT 1 FROM presence WHERE agent = 'A20' AND state = 'online'
                      AND from_at < shift.to_at AND to_at > shift.from_at);
-- Mean wait of the questions to A20 that were asked while A20 was away.
WITH line AS (
    SELECT *, date(sent_at + 28800, 'unixepoch') AS day,
           lag(sender, 1, 'agent') OVER (PARTITION BY customer, date(sent_at + 28800, 'unixepoch')
                                         ORDER BY sent_at, sender = 'agent', id) AS after
      FROM messages WHERE agent = 'A20' AND sender IN ('customer', 'agent')
),
turn AS (
    SELECT sender, sent_at, lag(sent_at) OVER (PARTITION BY customer, day ORDER BY sent_at, sender = 'agent', id) AS asked_at
      FROM line WHERE sender <> after
)
SELECT 'response of A20 while away', printf('%.1f', avg(sent_at - asked_at)),
       (SELECT "离岗响应 response_while_away" FROM report WHERE "客服 agent" = 'A20')
  FROM turn JOIN presence ON agent = 'A20' AND state = 'away' AND from_at <= asked_at AND to_at > asked_at
 WHERE sender = 'agent';
