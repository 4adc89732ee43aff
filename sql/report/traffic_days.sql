-- How does service do on big advertising days? Days of one kind beside those of another, so that
-- like is compared with like; then each day that is not usual.
--
-- Kinds are the shop's (ad_days.kind). Conversion counts agents' customers by day; what was paid in
-- the end leaves out days of which it is not known yet. Settings: from_day, to_day.
-- Sources: S4 (the shop converts far less on big advertising days; service is one cause of
-- several).
WITH
    chosen AS (
        SELECT ad_days.* FROM ad_days JOIN report_days WHERE day BETWEEN from_day AND to_day
    ),
    -- Agents' customers by day: sums of numerators and denominators.
    figure AS (
        SELECT day, kpi, sum(numerator) AS numerator, sum(denominator) AS denominator
          FROM agent_days JOIN kefu_stats(agent_days.stats)
         WHERE kpi IN ('reply_rate', 'avg_response', 'conversion_rate', 'payment_success_final',
                       'sales_per_buyer')
         GROUP BY day, kpi
    ),
    part AS (
        SELECT 0 AS single, kind, kind AS what, * FROM chosen
        UNION ALL
        SELECT 1, kind, day, * FROM chosen WHERE kind <> 'usual'
    ),
    counted AS (
        SELECT single, kind, what, count(DISTINCT day) AS days,
               sum(CASE kpi WHEN 'reply_rate' THEN clicks END) AS clicks,
               sum(CASE kpi WHEN 'reply_rate' THEN deals END) AS deals,
               sum(CASE kpi WHEN 'reply_rate' THEN numerator END) AS replied,
               sum(CASE kpi WHEN 'reply_rate' THEN denominator END) AS received,
               sum(CASE kpi WHEN 'avg_response' THEN numerator END) AS waited,
               sum(CASE kpi WHEN 'avg_response' THEN denominator END) AS answers,
               sum(CASE kpi WHEN 'conversion_rate' THEN numerator END) AS orderers,
               sum(CASE kpi WHEN 'conversion_rate' THEN denominator END) AS inquirers,
               sum(CASE kpi WHEN 'payment_success_final' THEN numerator END) AS paid,
               sum(CASE kpi WHEN 'payment_success_final' THEN denominator END) AS ripe_inquirers,
               sum(CASE kpi WHEN 'sales_per_buyer' THEN numerator END) AS sales
          FROM part JOIN figure USING (day)
         GROUP BY single, kind, what
    )
SELECT CASE what WHEN 'usual' THEN '平日 usual' WHEN 'campaign' THEN '大促 campaign' ELSE what END
           AS "日期 days",
       days AS "天数 number",
       printf('%.0f', 1.0 * clicks / days) AS "日均点击 clicks_a_day",
       CASE WHEN clicks > 0 THEN printf('%.2f%%', 100.0 * deals / clicks) END AS "点击转化率 click_rate",
       printf('%.1f', 1.0 * received / days) AS "日均接待 received_a_day",
       CASE WHEN received > 0 THEN printf('%.1f%%', 100.0 * replied / received) END AS "回复率 reply_rate",
       CASE WHEN answers > 0 THEN printf('%.1f', waited / answers) END AS "平均响应 avg_response",
       CASE WHEN inquirers > 0 THEN printf('%.1f%%', 100.0 * orderers / inquirers) END
           AS "咨询转化率 conversion",
       CASE WHEN ripe_inquirers > 0 THEN printf('%.1f%%', 100.0 * paid / ripe_inquirers) END
           AS "最终付款 paid_final",
       CASE WHEN sales IS NOT NULL THEN printf('%.2f', sales / days) END AS "日均销售额 sales_a_day"
  FROM counted
 ORDER BY single, kind <> 'usual', kind, what;
