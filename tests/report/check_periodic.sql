-- The week of 11.11, and the unripe ones.
SELECT 'inquirers in the week of 9 November', count(DISTINCT customer),
       (SELECT "本期 value" FROM report WHERE "开始 from" = '2026-11-09' AND "指标 kpi" LIKE '% inquirers')
  FROM inquiries
 WHERE date(asked_at + 28800, 'unixepoch') BETWEEN '2026-11-09' AND '2026-11-15'
   AND coalesce(ordered_at, asked_at) >= asked_at;
SELECT 'that one is the previous figure a week later',
       (SELECT "本期 value" FROM report WHERE "开始 from" = '2026-11-09' AND "指标 kpi" LIKE '% inquirers'),
       (SELECT "上期 previous" FROM report WHERE "开始 from" = '2026-11-16' AND "指标 kpi" LIKE '% inquirers');
-- On 1 December the payments of those who asked until 26 November are known.
WITH asked AS (
    SELECT customer,
           max(coalesce(date(paid_at + 28800, 'unixepoch') <= date(asked_at + 28800, 'unixepoch', '+4 days'), 0)) AS paid
      FROM inquiries
     WHERE date(asked_at + 28800, 'unixepoch') BETWEEN '2026-11-23' AND '2026-11-26'
       AND coalesce(ordered_at, asked_at) >= asked_at
     GROUP BY customer
)
SELECT 'paid in the end, week of 23 November', printf('%.1f%%', 100.0 * sum(paid) / count(*)),
       (SELECT "本期 value" FROM report
         WHERE "开始 from" = '2026-11-23' AND "指标 kpi" LIKE '% payment_success_final')
  FROM asked;
SELECT 'not known yet in the week of 30 November', 'payment_success_day1 payment_success_final',
       (SELECT group_concat(substr("指标 kpi", instr("指标 kpi", ' ') + 1), ' ') FROM report
         WHERE "开始 from" = '2026-11-30' AND "状态 state" LIKE '%not known yet');
-- The p of the two-proportion test, by its z: complementary error function after Abramowitz and Stegun
-- is more than plain SQL offers, so the test's side is checked: p < 0.05 where z^2 > 3.8415.
WITH week AS (
    SELECT date(at + 28800, 'unixepoch', 'weekday 0', '-6 days') AS monday, sum(score >= 4) AS k, count(score) AS n
      FROM ratings GROUP BY 1
),
pair AS (
    SELECT this.monday, 1.0 * this.k / this.n - 1.0 * before.k / before.n AS change,
           1.0 * (this.k + before.k) / (this.n + before.n) AS pooled, 1.0 / this.n + 1.0 / before.n AS width
      FROM week AS this JOIN week AS before ON before.monday = date(this.monday, '-7 days')
     WHERE this.monday < '2026-11-30'
)
SELECT 'satisfaction changed by more than chance, ' || monday,
       CASE WHEN change * change / (pooled * (1 - pooled) * width) > 3.8415 THEN 'yes' ELSE 'no' END,
       CASE WHEN "偶然概率 p" < 0.05 THEN 'yes' ELSE 'no' END
  FROM pair JOIN report ON "开始 from" = monday AND "指标 kpi" LIKE '% satisfaction';
