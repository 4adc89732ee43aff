-- How did it go, period by period? Every KPI by day, week, month, quarter or year, with the period
-- before beside it; of the whole shop, or of one agent.
--
-- Made from stored days: run report/rollup first. Nothing is averaged twice: who comes in two weeks
-- of a month is one customer of the month.
--
-- What is not known yet is marked, never 0. "not over": the period still runs. "may change": orders
-- and payments of its last inquiries may still come; the success rates leave these inquiries out,
-- and are "not known yet" where nothing is left. p is how likely chance alone moves a rate that
-- much.
-- Settings: unit, agent, from_day and to_day (of the periods' first days), known_until.
-- Sources: S2 5 (reports by day, week, month, quarter, year), S2 1 (known one day, four days
-- later).
WITH
    step AS (
        SELECT column1 AS unit, column2 AS forth, column3 AS back
          FROM (VALUES ('day', '+1 day', '-1 day'), ('week', '+7 days', '-7 days'),
                       ('month', '+1 month', '-1 month'), ('quarter', '+3 months', '-3 months'),
                       ('year', '+1 year', '-1 year'))
    ),
    stored AS (
        SELECT 'chat' AS family, day, agent, stats FROM chat_day
        UNION ALL SELECT 'deal', day, agent, stats FROM deal_day
        UNION ALL SELECT 'rating', day, agent, stats FROM rating_day
    ),
    merged AS (
        SELECT family, kpi_period(day, unit) AS period, kefu_merge(stats) AS stats,
               kefu_merge(stats) FILTER (WHERE date(day, '+2 days') <= unknown_day) AS ripe_day1,
               kefu_merge(stats) FILTER (WHERE date(day, '+5 days') <= unknown_day) AS ripe_final
          FROM settings JOIN report_days
          JOIN stored ON settings.agent IS NULL OR stored.agent = settings.agent
         GROUP BY family, kpi_period(day, unit)
    ),
    figure AS (
        SELECT period, kpi, value, numerator, denominator
          FROM merged JOIN kefu_stats(merged.stats)
         WHERE kpi NOT IN ('payment_success_day1', 'payment_success_final')
        UNION ALL
        SELECT period, kpi, value, numerator, denominator
          FROM merged JOIN kefu_stats(ripe_day1) WHERE kpi = 'payment_success_day1'
        UNION ALL
        SELECT period, kpi, value, numerator, denominator
          FROM merged JOIN kefu_stats(ripe_final) WHERE kpi = 'payment_success_final'
    ),
    -- A row for each period and KPI, known or not; known_from is the day from which on nothing changes.
    cell AS (
        SELECT merged.period, kefu_kpis.rowid AS number, name AS kpi, zh, kefu_kpis.unit, back,
               value, numerator, denominator, figure.kpi IS NULL AS unknown,
               date(merged.period, forth) AS ends_before,
               date(merged.period, forth,
                    CASE WHEN family <> 'deal' THEN '+0 days'
                         WHEN name IN ('inquirers', 'after_sales', 'payment_success_day1') THEN '+1 day'
                         ELSE '+4 days' END) AS known_from
          FROM merged JOIN settings JOIN step USING (unit)
          JOIN kefu_kpis USING (family)
          LEFT JOIN figure ON figure.period = merged.period AND figure.kpi = name
         WHERE name NOT IN ('response_percentile', 'within_rate') -- they want a parameter
    ),
    paired AS (
        SELECT cell.*, before.value AS was, before.numerator AS was_numerator,
               before.denominator AS was_denominator
          FROM cell LEFT JOIN cell AS before
            ON before.kpi = cell.kpi AND before.period = date(cell.period, cell.back)
    )
SELECT period AS "开始 from",
       zh || ' ' || kpi AS "指标 kpi",
       CASE WHEN value IS NOT NULL THEN printf(format, factor * value) END AS "本期 value",
       CASE WHEN was IS NOT NULL THEN printf(format, factor * was) END AS "上期 previous",
       CASE WHEN known_from > unknown_day OR was IS NULL THEN NULL
            WHEN unit = 'rate' THEN printf('%+.1f 点 points', 100 * (value - was))
            WHEN value / was IS NOT NULL THEN printf('%+.1f%%', 100 * (1.0 * value / was - 1))
            END AS "变化 change",
       CASE WHEN known_from <= unknown_day AND unit = 'rate' AND was_denominator > 0 AND denominator > 0
            THEN printf('%.3f', rate_change_p(was_numerator, was_denominator, numerator, denominator))
            END AS "偶然概率 p",
       CASE WHEN unknown THEN '未到 not known yet'
            WHEN ends_before > unknown_day THEN '未完 not over'
            WHEN known_from > unknown_day THEN '未定 may change'
            ELSE '完整 complete' END AS "状态 state"
  FROM paired JOIN report_days JOIN unit_formats USING (unit)
 WHERE period BETWEEN from_day AND to_day
 ORDER BY period, number;
