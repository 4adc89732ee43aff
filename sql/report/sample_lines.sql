-- What was said in them? The lines of the conversations that report/sample picks, with the seconds
-- that a question waited beside the line that answers it.
--
-- Settings: as in report/sample. Sources: S2 4 (read samples of chats), platforms (drill-down).
WITH
    line AS (
        SELECT *, kpi_period(sent_at, 'day') AS day,
               turn_seconds(sender, sent_at) OVER (PARTITION BY agent, customer
                   ORDER BY sent_at, id ROWS UNBOUNDED PRECEDING) AS waited
          FROM messages
         WHERE agent IN (SELECT agent FROM sampled_conversations)
    )
SELECT sampled.agent AS "客服 agent",
       reason AS "缘由 reason",
       sampled.customer AS "客户 customer",
       datetime(sent_at + 28800, 'unixepoch') AS "时间 at",
       CASE sender WHEN 'customer' THEN '客户 customer' WHEN 'agent' THEN '客服 agent'
                   WHEN 'bot' THEN '自动回复 bot' WHEN 'assist' THEN '辅助 assist' ELSE sender END AS "谁 who",
       text AS "内容 text",
       CASE WHEN waited IS NOT NULL THEN printf('%.0f', waited) END AS "等待秒数 waited"
  FROM line CROSS JOIN sampled_conversations AS sampled
 WHERE line.agent = sampled.agent AND line.customer = sampled.customer AND line.day = sampled.day
 ORDER BY sampled.agent, number, began_at, first_id, sent_at, id;
