-- Are the targets reached? Sales, conversion, clearance and whatever else was agreed, of the shop
-- and of every agent: value, attainment, and whether the time that is over is enough of an excuse.
--
-- A sum is on track while its attainment is at least the part of the time that is over; a rate or a
-- mean has no such excuse. Clearance (清仓) is the amount of paid clearance items: of the shop's
-- orders, or of the orders that an agent was asked about before. Sources: S1 (targets before work
-- begins).
SELECT zh || ' ' || kpi AS "指标 kpi",
       CASE agent WHEN '' THEN '全店 shop' ELSE agent END AS "客服 agent",
       from_day || ' – ' || to_day AS "期间 days",
       printf(format, factor * target) AS "目标 target",
       CASE WHEN value IS NOT NULL THEN printf(format, factor * value) END AS "实际 value",
       CASE WHEN attained IS NOT NULL THEN printf('%.1f%%', 100 * attained) END AS "达成率 attained",
       printf('%.0f%%', 100 * elapsed) AS "时间进度 elapsed",
       CASE WHEN attained IS NULL THEN '没有数据 no data'
            WHEN attained >= 1 THEN '达成 reached'
            WHEN over THEN '未达成 missed'
            WHEN unit IN ('count', 'money') AND attained >= elapsed THEN '进度正常 on track'
            ELSE '落后 behind' END AS "状态 status"
  FROM target_values JOIN unit_formats USING (unit)
 ORDER BY agent <> '', kpi, from_day, to_day, attained IS NULL, attained DESC, agent;
