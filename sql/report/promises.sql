-- Are promises kept? By agent and for the shop: promises that are due, kept in time, kept late, not
-- kept.
--
-- A promise is due when its time has come before known_until; others do not count yet.
-- Settings: from_day, to_day (of the due day), known_until. Sources: S4 (write promises down, keep
-- them).
WITH
    due AS (
        SELECT agent, kept_at IS NOT NULL AND kept_at <= due_at AS in_time,
               kept_at IS NOT NULL AND kept_at > due_at AS late, kept_at IS NULL AS broken
          FROM promises JOIN report_days
         WHERE due_at < unknown_at AND kpi_period(due_at, 'day') BETWEEN from_day AND to_day
    ),
    kept AS (
        SELECT 0 AS whole, agent, count(*) AS due, sum(in_time) AS in_time, sum(late) AS late,
               sum(broken) AS broken
          FROM due GROUP BY agent
        UNION ALL
        SELECT 1, '全店 shop', count(*), sum(in_time), sum(late), sum(broken) FROM due GROUP BY 1
    )
SELECT coalesce(agent, '(无 none)') AS "客服 agent",
       due AS "到期 due",
       in_time AS "按时 in_time",
       late AS "迟到 late",
       broken AS "未兑现 not_kept",
       printf('%.1f%%', 100.0 * in_time / due) AS "按时率 kept_rate",
       printf('%.1f%%', 100 * wilson_low(in_time, due)) AS "下限 low",
       printf('%.1f%%', 100 * wilson_high(in_time, due)) AS "上限 high"
  FROM kept
 ORDER BY whole DESC, 1.0 * in_time / due, agent;
