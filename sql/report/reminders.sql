-- 催付: do reminders bring payments, and which wording does? Orders that are unpaid after a day,
-- reminded or not, and paid within the three days that a buyer has; by script, the best first.
--
-- A payment is credited to the last reminder before it. For each reminder the report looks at the
-- orders that were as old at that hour, still unpaid and not reminded: what they paid is what a
-- reminder would have to beat. The uplift is the difference; "may be chance" where the 95 %
-- interval (Wilson) of the script's rate holds the rate of those others. Orders count when their
-- three days are over.
-- Settings: from_day, to_day (of the order), known_until; the two times below.
-- Sources: S4 (three days to pay, a reminder at 24 hours, success counted per wording); the rule of
-- the last reminder is ours.
WITH
    term AS (SELECT 24 * 3600 AS due_after, 72 * 3600 AS pays_within),
    due AS (
        SELECT order_id, ordered_at, paid_at, amount,
               paid_at IS NOT NULL AND paid_at <= ordered_at + pays_within AS paid
          FROM orders JOIN term JOIN report_days
         WHERE coalesce(paid_at, unknown_at) >= ordered_at + due_after
           AND coalesce(cancelled_at, unknown_at) >= ordered_at + due_after
           AND ordered_at + pays_within <= unknown_at
           AND kpi_period(ordered_at, 'day') BETWEEN from_day AND to_day
    ),
    -- Reminders while the order could still be paid, with its age in whole hours.
    reminded AS (
        SELECT order_id, script, (sent_at - ordered_at) / 3600 AS age_h, paid, amount,
               row_number() OVER (PARTITION BY order_id ORDER BY sent_at DESC, id DESC) AS from_last,
               min((sent_at - ordered_at) / 3600) OVER (PARTITION BY order_id) AS first_age_h
          FROM due JOIN term JOIN reminders USING (order_id)
         WHERE sent_at BETWEEN ordered_at AND coalesce(paid_at, ordered_at + pays_within)
    ),
    credited AS (SELECT * FROM reminded WHERE from_last = 1),
    -- Of the orders that reach an age unpaid and not reminded: how many are paid in time.
    age AS (SELECT DISTINCT age_h FROM credited),
    others AS (
        SELECT age.age_h, 1.0 * sum(due.paid) / count(*) AS rate
          FROM age JOIN due
            ON coalesce(due.paid_at, due.ordered_at + 999999999) >= due.ordered_at + age.age_h * 3600
          LEFT JOIN (SELECT order_id, first_age_h FROM credited) USING (order_id)
         WHERE coalesce(first_age_h > age.age_h, 1)
         GROUP BY age.age_h
    ),
    counted AS (
        SELECT 1 AS part, script, count(*) AS n, sum(paid) AS k,
               sum(CASE WHEN paid THEN amount ELSE 0 END) AS amount, avg(rate) AS expected
          FROM credited LEFT JOIN others USING (age_h) GROUP BY script
        UNION ALL
        SELECT 2, NULL, count(*), sum(paid), sum(CASE WHEN paid THEN amount ELSE 0 END), avg(rate)
          FROM credited LEFT JOIN others USING (age_h) GROUP BY 1
        UNION ALL
        SELECT 3, NULL, count(*), sum(paid), sum(CASE WHEN paid THEN amount ELSE 0 END), NULL
          FROM due WHERE order_id NOT IN (SELECT order_id FROM credited) GROUP BY 1
    )
SELECT CASE part WHEN 1 THEN coalesce(script, '(无 none)') WHEN 2 THEN '全部已催 all reminded'
                 ELSE '未催 not reminded' END AS "话术 script",
       text AS "内容 text",
       n AS "订单 orders",
       k AS "三天内付款 paid_in_time",
       printf('%.1f%%', 100.0 * k / n) AS "成功率 success",
       printf('%.1f%%', 100 * wilson_low(k, n)) AS "下限 low",
       printf('%.1f%%', 100 * wilson_high(k, n)) AS "上限 high",
       CASE WHEN expected IS NOT NULL THEN printf('%.1f%%', 100 * expected) END
           AS "同龄未催 not_reminded_same_age",
       CASE WHEN expected IS NOT NULL THEN printf('%+.1f 点 points', 100 * (1.0 * k / n - expected)) END
           AS "提升 uplift",
       CASE WHEN expected < wilson_low(k, n) THEN '有效 works'
            WHEN expected > wilson_high(k, n) THEN '反效 harms'
            WHEN expected IS NOT NULL THEN '或属偶然 may be chance' END AS "结论 verdict",
       printf('%.2f', amount) AS "付款金额 amount"
  FROM counted LEFT JOIN scripts USING (script)
 ORDER BY part, 1.0 * k / n DESC, script;
