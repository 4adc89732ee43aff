-- Typing serves one KPI: who answers slower than 100 s on the mean.
WITH line AS (
    SELECT *, date(sent_at + 28800, 'unixepoch') AS day,
           lag(sender, 1, 'agent') OVER (PARTITION BY agent, customer, date(sent_at + 28800, 'unixepoch')
                                         ORDER BY sent_at, sender = 'agent', id) AS after
      FROM messages WHERE sender IN ('customer', 'agent')
),
turn AS (
    SELECT agent, sender, sent_at - lag(sent_at) OVER (PARTITION BY agent, customer, day
                                                       ORDER BY sent_at, sender = 'agent', id) AS waited
      FROM line WHERE sender <> after
),
slow AS (SELECT agent, avg(waited) AS mean FROM turn WHERE sender = 'agent' GROUP BY agent HAVING avg(waited) > 100)
SELECT 'who should practise typing', (SELECT group_concat(agent, ' ') FROM (SELECT * FROM slow ORDER BY mean DESC)),
       (SELECT "名单 who" FROM report WHERE "培训 training" = 'typing');
