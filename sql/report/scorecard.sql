-- How many points has everybody, and which of the four levels is that? Points for each KPI by the
-- shop's bands (score_bands), weighted; the level (staff_levels) that the sum reaches; what each
-- KPI gave.
--
-- A KPI without a value (nobody rated) is left out, and the other weights count for more. Bands and
-- the points of a level ship empty: they are the shop's. Settings: from_day, to_day.
-- Sources: S1 (four levels of staff), S3 (any KPI can be tied to pay).
WITH
    scored AS (
        SELECT agent, number, zh, kpi, value, unit, weight, kpi_score(value, bands) AS points
          FROM report_kpis JOIN score_bands USING (kpi)
         WHERE scope = 'days' AND NOT whole AND value IS NOT NULL
    ),
    totals AS (
        SELECT DISTINCT agent,
               sum(points * weight) OVER (PARTITION BY agent)
               / sum(weight) OVER (PARTITION BY agent) AS points,
               group_concat(zh || ' ' || printf(format, factor * value) || ' → '
                            || printf('%.0f', points), ', ')
                   OVER (PARTITION BY agent ORDER BY number
                         ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS parts
          FROM scored JOIN unit_formats USING (unit)
    )
SELECT agent AS "客服 agent",
       name AS "昵称 name",
       printf('%.1f', points) AS "总分 points",
       zh || ' ' || en AS "水平 level",
       grade AS "职级 grade",
       parts AS "构成 parts"
  FROM totals
  LEFT JOIN agents USING (agent)
  LEFT JOIN staff_levels
    ON level = (SELECT max(level) FROM staff_levels AS reached
                 WHERE reached.from_points <= totals.points)
 ORDER BY totals.points DESC, agent;
