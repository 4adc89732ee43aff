-- Who is below standard in what, why perhaps, and what helps? For every agent: each KPI below its
-- standard, largest shortfall first, with its causes and remedies, and when the agent last had the
-- training that the remedy asks for.
--
-- Standards as in report/standards; a rate that is merely near its standard is left out. Sales and
-- inquirers are held against the agent's target (report/targets), once its time is over. Causes and
-- remedies are the table remedies. The weakest stage of all: report/funnel.
-- Settings: from_day, to_day, category. Sources: S2 2 and 3, S3 (training from data, by person).
WITH
    below AS (
        SELECT agent, number, kpi, zh, unit, value, standard, shortfall
          FROM report_standing
         WHERE scope = 'days' AND NOT whole AND status = '未达标 below'
        UNION ALL
        SELECT agent, number, kpi, zh, unit, value, target, 1 - attained
          FROM target_values
         WHERE agent > '' AND over AND attained < 1 AND kpi IN ('sales_amount', 'inquirers')
    ),
    trained AS (
        SELECT agent, topic, max(held_on) AS held_on
          FROM training_scores JOIN trainings ON id = training_id GROUP BY agent, topic
    )
SELECT agent AS "客服 agent",
       name AS "昵称 name",
       zh || ' ' || kpi AS "指标 kpi",
       printf(format, factor * value) AS "实际 value",
       printf(format, factor * standard) AS "标准 standard",
       printf('%.1f%%', 100 * shortfall) AS "差 shortfall",
       cause_zh || ' ' || cause AS "可能原因 cause",
       remedy_zh || ' ' || remedy AS "办法 remedy",
       coalesce(held_on, CASE WHEN topic IS NOT NULL THEN '没有 never' END) AS "上次培训 last_trained"
  FROM below
  JOIN unit_formats USING (unit)
  LEFT JOIN remedies USING (kpi)
  LEFT JOIN trained USING (agent, topic)
  LEFT JOIN agents USING (agent)
 ORDER BY agent, shortfall DESC, number, topic IS NULL, topic, cause;
