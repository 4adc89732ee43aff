-- How many leave, after how long, and why? By quarter, from the first one in which somebody was
-- hired.
--
-- The rate is those who left / the mean of the heads at the quarter's begin and end (its end, or
-- known_until). asked: who answered all three questions (why here, what for, what should we do).
-- Sources: S3 (dull work, no prospects, rivals pay more; two promises, three questions).
WITH RECURSIVE
    person AS (
        SELECT agent, hired_on, left_on, left_because,
               why_here IS NOT NULL AND what_for IS NOT NULL AND what_should_we_do IS NOT NULL AS asked
          FROM agents LEFT JOIN staff USING (agent)
    ),
    quarter (begins, ends) AS (
        SELECT first, date(first, '+3 months')
          FROM (SELECT kpi_period(min(hired_on), 'quarter') AS first FROM person)
         WHERE first IS NOT NULL
        UNION ALL
        SELECT ends, date(ends, '+3 months') FROM quarter JOIN report_days WHERE ends < unknown_day
    ),
    counted AS (
        SELECT begins, ends > unknown_day AS running,
               sum(hired_on < begins AND coalesce(left_on, '9999') >= begins) AS heads_before,
               sum(hired_on >= begins AND hired_on < until) AS hired,
               sum(left_on >= begins AND left_on < until) AS gone,
               sum(hired_on < until AND coalesce(left_on, '9999') >= until) AS heads_after,
               avg(CASE WHEN left_on >= begins AND left_on < until
                        THEN julianday(left_on) - julianday(hired_on) END) AS days_here,
               sum(left_on >= begins AND left_on < until AND left_because = 'dull') AS dull,
               sum(left_on >= begins AND left_on < until AND left_because = 'prospects') AS prospects,
               sum(left_on >= begins AND left_on < until AND left_because = 'pay') AS pay,
               sum(hired_on < until AND coalesce(left_on, '9999') >= until AND asked) AS asked
          FROM (SELECT *, min(ends, unknown_day) AS until FROM quarter JOIN report_days)
          JOIN person
         GROUP BY begins, ends
    )
SELECT begins AS "季度 quarter",
       heads_before AS "期初人数 heads_before",
       hired AS "入职 hired",
       coalesce(gone, 0) AS "离职 left",
       heads_after AS "期末人数 heads_after",
       CASE WHEN heads_before + heads_after > 0
            THEN printf('%.1f%%', 200.0 * gone / (heads_before + heads_after)) END AS "流失率 turnover",
       CASE WHEN days_here IS NOT NULL THEN printf('%.0f', days_here) END AS "离职者在职天数 days_here",
       coalesce(dull, 0) AS "工作枯燥 dull",
       coalesce(prospects, 0) AS "没有前途 prospects",
       coalesce(pay, 0) AS "薪酬 pay",
       asked AS "已谈三问 asked",
       CASE WHEN running THEN '未完 not over' ELSE '完整 complete' END AS "状态 state"
  FROM counted
 ORDER BY begins;
