-- Who needs which training? The map from problem to training: for every topic the KPIs that are
-- below standard for want of it perhaps, the agents concerned, worst first, and when it was last
-- held.
--
-- Standards as in report/standards; causes as in report/diagnosis. Settings: from_day, to_day,
-- category.
-- Sources: S3 (train by person, from data), S2 3.
WITH
    below AS (
        SELECT agent, kpi, shortfall FROM report_standing
         WHERE scope = 'days' AND NOT whole AND status = '未达标 below'
    ),
    need AS (
        SELECT topic, agent, max(shortfall) AS shortfall
          FROM below JOIN remedies USING (kpi) WHERE topic IS NOT NULL GROUP BY topic, agent
    ),
    plan AS (
        SELECT DISTINCT topic, count(*) OVER (PARTITION BY topic) AS agents,
               group_concat(agent, ' ') OVER (PARTITION BY topic ORDER BY shortfall DESC, agent
                   ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS who
          FROM need
    ),
    serves AS (
        SELECT DISTINCT topic, group_concat(kpi, ', ') OVER (PARTITION BY topic ORDER BY kpi
                   ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS kpis
          FROM (SELECT DISTINCT topic, kpi FROM remedies WHERE kpi IN (SELECT kpi FROM below))
    )
SELECT topic AS "培训 training",
       kpis AS "未达标指标 kpis",
       agents AS "需要人数 agents",
       who AS "名单 who",
       (SELECT max(held_on) FROM trainings WHERE trainings.topic = plan.topic) AS "上次 last_held"
  FROM plan JOIN serves USING (topic)
 ORDER BY agents DESC, topic;
