-- Which automatic first line was in use when, and what came of the chats that it opened? Greeting,
-- with promotion, with notice: conversations of its days, how many it opened, how fast a human
-- followed, and what the inquiries among them came to.
--
-- An automatic line never counts as an answer here: the response is a human's. Times differ by more
-- than the line, so compare like days (report/traffic_days). How reminders do: report/reminders.
-- Settings: from_day, to_day. Sources: S4 (three kinds of first lines, changed as needed).
WITH
    greeted AS (
        SELECT DISTINCT agent, customer, kpi_period(sent_at, 'day') AS day, 1 AS greeted
          FROM messages WHERE sender = 'bot'
    ),
    opened AS (
        SELECT script, kefu_merge(chat) AS chat, count(*) AS conversations,
               sum(coalesce(greeted, 0)) AS greeted,
               kefu_merge(CASE WHEN greeted THEN chat END) AS greeted_chat,
               sum(CASE WHEN greeted AND day <= ripe_day THEN presale END) AS inquiries,
               sum(CASE WHEN greeted AND day <= ripe_day THEN ordered END) AS ordered
          FROM scripts JOIN report_days
          JOIN conversations ON day BETWEEN used_from AND coalesce(used_to, '9999-12-31')
          LEFT JOIN greeted USING (agent, customer, day)
         WHERE kind <> 'reminder' AND day BETWEEN from_day AND to_day
         GROUP BY script
    )
SELECT script AS "话术 script",
       CASE kind WHEN 'greeting' THEN '问候 greeting' WHEN 'promotion' THEN '促销 promotion'
                 WHEN 'notice' THEN '通知 notice' ELSE kind END AS "类型 kind",
       used_from AS "启用 from",
       used_to AS "停用 to",
       text AS "内容 text",
       conversations AS "会话 conversations",
       greeted AS "自动首句 opened_by_it",
       CASE WHEN first_response(greeted_chat) IS NOT NULL
            THEN printf('%.1f', first_response(greeted_chat)) END AS "人工首次响应 first_response",
       inquiries AS "询单 inquiries",
       CASE WHEN inquiries > 0 THEN printf('%.1f%%', 100.0 * ordered / inquiries) END AS "下单率 ordered",
       CASE WHEN inquiries > 0 THEN printf('%.1f%%', 100 * wilson_low(ordered, inquiries)) END
           AS "下限 low",
       CASE WHEN inquiries > 0 THEN printf('%.1f%%', 100 * wilson_high(ordered, inquiries)) END
           AS "上限 high"
  FROM scripts LEFT JOIN opened USING (script)
 WHERE kind <> 'reminder'
 ORDER BY used_from, script;
