-- What is to be looked at today, and with whom? The exceptions of the last day: an agent's KPIs
-- below standard, worst first, with causes and remedies to think of; then single customers: not
-- answered, rated badly, promised something that is overdue, a crisis that is not solved.
--
-- The day is the last one of the reports' days that has chats; to go back: UPDATE settings SET
-- to_day = '2026-11-11'. What inquiries came to is judged on the day on which it is known: five
-- days later. Standards as in report/standards.
-- Sources: S2 4 (watch daily: find the problem, find the person, train, announce), S4.
WITH
    day AS (
        SELECT last_day, strftime('%s', last_day, '-8 hours') + 86400 AS ends_at FROM report_days
    ),
    today AS (
        SELECT 0 AS part, agent, zh || ' ' || kpi AS what, -shortfall AS urgency,
               printf(format, factor * value) AS value, printf(format, factor * standard) AS standard,
               (SELECT group_concat(cause_zh || ' ' || cause, '; ')
                  FROM (SELECT * FROM remedies AS of WHERE of.kpi = standing.kpi ORDER BY cause))
                   AS cause,
               (SELECT group_concat(remedy_zh || ' ' || remedy, '; ')
                  FROM (SELECT * FROM remedies AS of WHERE of.kpi = standing.kpi ORDER BY cause))
                   AS remedy
          FROM report_standing AS standing JOIN unit_formats USING (unit)
         WHERE scope = CASE family WHEN 'deal' THEN 'ripe_day' ELSE 'last_day' END
           AND NOT whole AND status = '未达标 below'
        UNION ALL
        SELECT 1, agent, '未回复 unanswered', min(sent_at), customer, NULL, NULL, NULL
          FROM day JOIN messages ON kpi_period(sent_at, 'day') = last_day
         GROUP BY agent, customer HAVING unreplied(customer, sender, sent_at) = 1
        UNION ALL
        SELECT 2, agent, '差评 rated badly', min(at), customer, NULL, NULL, NULL
          FROM day JOIN ratings ON kpi_period(at, 'day') = last_day
         GROUP BY agent, customer HAVING bad_rate(rating_stats(customer, at, invited, score)) > 0
        UNION ALL
        SELECT 3, agent, '承诺逾期 promise overdue: ' || what, due_at, customer, NULL, NULL, NULL
          FROM day JOIN promises ON due_at < ends_at AND kept_at IS NULL
        UNION ALL
        SELECT 4, agent, '危机未解决 crisis not solved: ' || zh, at, customer, NULL, NULL, NULL
          FROM day JOIN tagged ON at < ends_at AND solved_at IS NULL
          JOIN tags ON tags.tag = tagged.tag AND kind = 'crisis'
    )
SELECT coalesce(agent, '(无 none)') AS "客服 agent",
       name AS "昵称 name",
       what AS "异常 exception",
       value AS "数值或客户 value_or_customer",
       standard AS "标准 standard",
       cause AS "可能原因 causes",
       remedy AS "办法 remedies"
  FROM today LEFT JOIN agents USING (agent)
 ORDER BY agent, part, urgency, what, value;
