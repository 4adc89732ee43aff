-- Who is at standard? Every KPI that has a standard, for every agent and the shop: value, standard,
-- gap and status.
--
-- Standards are rows of the table standards: by category, KPI and period of validity; the shop's
-- own ('own') go before its category's. The table ships empty. "near" is a rate below its standard
-- that chance alone may explain (the view report_standing). Settings: from_day, to_day, category.
-- Sources: S2 2 (standard values, renewed at times).
SELECT zh || ' ' || kpi AS "指标 kpi",
       agent AS "客服 agent",
       printf(format, factor * value) AS "实际 value",
       printf(format, factor * standard) AS "标准 standard",
       printf(format, factor * (value - standard)) AS "差距 gap",
       status AS "状态 status",
       source AS "标准来源 source"
  FROM report_standing JOIN unit_formats USING (unit)
 WHERE scope = 'days'
 ORDER BY number, whole DESC, margin, agent;
