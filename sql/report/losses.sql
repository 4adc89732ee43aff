-- Why are customers lost, before the order and before the payment? Each reason's share, how these
-- customers were served (beside those who were not lost), and what helps.
--
-- A row of losses holds the one reason of a lost inquiry, as somebody wrote it down; shares are of
-- those. Inquiries count from the day on which it is known what they came to. Response and
-- satisfaction are those of the chats and ratings of the inquiry's day, response before the order
-- and after it.
-- Settings: from_day, to_day. Sources: S4 (causes and remedies of both losses), S0.
WITH
    -- why: the reason of loss_reasons, '?' where it was not told, '' where nothing was lost.
    inquiry AS (
        SELECT agent, customer, kpi_period(asked_at, 'day') AS day, ordered_at,
               CASE WHEN paid_at IS NOT NULL THEN 3 WHEN ordered_at IS NOT NULL THEN 2 ELSE 1 END
                   AS part,
               CASE WHEN paid_at IS NOT NULL THEN '' ELSE coalesce(reason, '?') END AS why
          FROM inquiries LEFT JOIN losses ON inquiry_id = id
         WHERE ordered_at IS NULL OR ordered_at >= asked_at
    ),
    counted AS (
        SELECT inquiry.* FROM inquiry JOIN report_days
         WHERE day BETWEEN from_day AND min(to_day, ripe_day)
    ),
    cases AS (
        SELECT part, why, count(*) AS lost,
               sum(CASE WHEN why <> '?' THEN count(*) END) OVER (PARTITION BY part) AS told
          FROM counted GROUP BY part, why
    ),
    -- A chat day that two inquiries share is read once.
    talk AS (
        SELECT part, why, agent, customer, day, min(ordered_at) AS ordered_at
          FROM counted GROUP BY part, why, agent, customer, day
    ),
    line AS (
        SELECT agent, customer, kpi_period(sent_at, 'day') AS day, sender, sent_at FROM messages
    ),
    -- A conversation is an agent's with a customer: kefu counts by the name of both.
    response AS (
        SELECT part, why,
               avg_response(agent || '/' || customer, sender, sent_at)
                   FILTER (WHERE ordered_at IS NULL OR sent_at < ordered_at) AS before_order,
               avg_response(agent || '/' || customer, sender, sent_at)
                   FILTER (WHERE sent_at >= ordered_at) AS after_order
          FROM line CROSS JOIN talk USING (agent, customer, day) -- in this order: talk is small
         GROUP BY part, why
    ),
    rated AS (
        SELECT part, why, satisfaction(rating_stats(customer, at, invited, score)) AS satisfaction
          FROM (SELECT agent, customer, kpi_period(at, 'day') AS day, at, invited, score FROM ratings)
         CROSS JOIN talk USING (agent, customer, day)
         GROUP BY part, why
    )
SELECT CASE part WHEN 1 THEN '咨询流失 inquiry' WHEN 2 THEN '付款流失 payment' ELSE '没有流失 not lost' END
           AS "环节 stage",
       CASE why WHEN '?' THEN '未记录 not told' ELSE zh || ' ' || en END AS "原因 reason",
       lost AS "询单数 inquiries",
       CASE WHEN part < 3 AND why <> '?' THEN printf('%.1f%%', 100.0 * lost / told) END AS "占比 share",
       CASE WHEN before_order IS NOT NULL THEN printf('%.1f', before_order) END AS "下单前响应 response",
       CASE WHEN after_order IS NOT NULL THEN printf('%.1f', after_order) END
           AS "下单后响应 response_after_order",
       CASE WHEN satisfaction IS NOT NULL THEN printf('%.1f%%', 100 * satisfaction) END
           AS "满意度 satisfaction",
       remedy_zh || ' ' || remedy AS "办法 remedy"
  FROM cases
  LEFT JOIN loss_reasons ON reason = why
  LEFT JOIN response USING (part, why)
  LEFT JOIN rated USING (part, why)
 ORDER BY part, why = '?', lost DESC, why;
