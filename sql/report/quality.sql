-- Is the service as it should be? Of every item of the checklist: how often it was due, how often
-- met, by the shop and by every person; the weakest first.
--
-- Parts: the opening line, the eight steps, the duties, what to know, what to know by heart. What
-- was not due (no festive day) has no row in checks and does not count. Settings: from_day, to_day.
-- Sources: S0 (opening), S1 (eight steps, duties, what to know, risks).
WITH
    checked AS (
        SELECT agent, item, met
          FROM checks JOIN report_days WHERE kpi_period(at, 'day') BETWEEN from_day AND to_day
    ),
    counted AS (
        SELECT 1 AS whole, '全店 shop' AS agent, item, count(*) AS due, sum(met) AS met
          FROM checked GROUP BY item
        UNION ALL
        SELECT 0, agent, item, count(*), sum(met) FROM checked GROUP BY agent, item
    )
SELECT agent AS "客服 agent",
       CASE part WHEN 'opening' THEN '开场 opening' WHEN 'steps' THEN '八步 steps'
                 WHEN 'duties' THEN '职责 duties'
                 WHEN 'know' THEN '应知 know' WHEN 'risks' THEN '风险 risks' ELSE part END AS "部分 part",
       zh || ' ' || en AS "项目 item",
       due AS "应做 due",
       met AS "做到 met",
       printf('%.1f%%', 100.0 * met / due) AS "做到率 rate",
       printf('%.1f%%', 100 * wilson_low(met, due)) AS "下限 low",
       printf('%.1f%%', 100 * wilson_high(met, due)) AS "上限 high"
  FROM counted JOIN checklist USING (item)
 ORDER BY whole DESC, agent, 1.0 * met / due, item;
