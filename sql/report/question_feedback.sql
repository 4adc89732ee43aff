-- Do customers answer what the staff ask them (顾客提问反馈率)? By agent: the staff's questions, how many
-- of them the customer wrote back to in the same conversation, and by kind of question; with a
-- remedy for those who get clearly fewer answers than the shop.
--
-- The formula is ours: the source leaves it open. Tags of the kind 'asked_back'; 'closing' is the
-- closing line. Settings: from_day, to_day. Sources: S3 (training from data: details of service,
-- closing line).
WITH
    asked AS (
        SELECT tag, agent, customer, at, kpi_period(at, 'day') AS day
          FROM tagged JOIN tags USING (tag) JOIN report_days
         WHERE kind = 'asked_back' AND kpi_period(at, 'day') BETWEEN from_day AND to_day
    ),
    written AS (
        SELECT agent, customer, kpi_period(sent_at, 'day') AS day, max(sent_at) AS last_at
          FROM messages WHERE sender = 'customer' GROUP BY agent, customer, kpi_period(sent_at, 'day')
    ),
    answered AS (
        SELECT asked.*, coalesce(last_at > at, 0) AS answered
          FROM asked LEFT JOIN written USING (agent, customer, day)
    ),
    counted AS (
        SELECT 0 AS whole, agent, count(*) AS n, sum(answered) AS k,
               sum(tag = 'closing') AS closing_n, sum(tag = 'closing' AND answered) AS closing_k
          FROM answered GROUP BY agent
        UNION ALL
        SELECT 1, '全店 shop', count(*), sum(answered), sum(tag = 'closing'),
               sum(tag = 'closing' AND answered)
          FROM answered GROUP BY 1
    ),
    shop AS (SELECT 1.0 * k / n AS rate FROM counted WHERE whole)
SELECT agent AS "客服 agent",
       n AS "客服提问 asked",
       k AS "客户回应 answered",
       printf('%.1f%%', 100.0 * k / n) AS "提问反馈率 question_feedback",
       printf('%.1f%%', 100 * wilson_low(k, n)) AS "下限 low",
       printf('%.1f%%', 100 * wilson_high(k, n)) AS "上限 high",
       CASE WHEN closing_n > 0 THEN printf('%.1f%%', 100.0 * closing_k / closing_n) END
           AS "结束语反馈率 closing_line",
       CASE WHEN wilson_high(k, n) < rate
            THEN (SELECT remedy_zh || ' ' || remedy FROM remedies WHERE kpi = 'question_feedback') END
           AS "办法 remedy"
  FROM counted JOIN shop
 ORDER BY whole DESC, 1.0 * k / n, agent;
