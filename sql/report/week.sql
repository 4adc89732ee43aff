-- What should the weekly meeting talk about? The last week that is over on one page: the shop's
-- figures beside the week before; how many agents are below which standard; and what customers say
-- that other departments can improve: why they are lost, what they ask, what they tell, which
-- crises came.
--
-- A figure that orders or payments of the last days may still change has a star. The standards are
-- those that hold at the week's end. Figures by agent: UPDATE settings SET from_day = …, to_day = …
-- to the week and run report/standards. Settings: known_until, category.
-- Sources: S2 5 (a weekly report: what service lacks, what other departments can improve).
WITH
    week AS (
        SELECT begins, date(begins, '-7 days') AS before, date(begins, '+6 days') AS ends,
               date(begins, '+11 days') > unknown_day AS unripe
          FROM (SELECT date(kpi_period(unknown_day, 'week'), '-7 days') AS begins, unknown_day
                  FROM report_days)
    ),
    stored AS (
        SELECT kpi_period(day, 'week') AS begins, agent_days.*
          FROM agent_days JOIN week ON day BETWEEN before AND ends
    ),
    shop AS (
        SELECT begins, kpi, zh, value, unit
          FROM (SELECT begins, family, kefu_merge(stats) AS stats
                  FROM stored GROUP BY begins, family) AS merged
          JOIN kefu_stats(merged.stats)
    ),
    person AS (
        SELECT agent, kpi, zh, value
          FROM (SELECT agent, family, kefu_merge(stats) AS stats
                  FROM stored JOIN week USING (begins) GROUP BY agent, family) AS merged
          JOIN kefu_stats(merged.stats)
    ),
    line AS (
        SELECT 1 AS part, kefu_kpis.rowid AS place, this.zh || ' ' || this.kpi AS what,
               CASE WHEN this.value IS NOT NULL THEN printf(format, factor * this.value) END
               || CASE WHEN unripe AND family = 'deal' THEN ' *' ELSE '' END AS value,
               CASE WHEN previous.value IS NOT NULL
                    THEN printf(format, factor * previous.value) END AS beside
          FROM week
          JOIN shop AS this USING (begins)
          JOIN kefu_kpis ON name = this.kpi
          JOIN unit_formats ON unit_formats.unit = this.unit
          LEFT JOIN shop AS previous ON previous.begins = week.before AND previous.kpi = this.kpi
         WHERE this.kpi IN ('received', 'reply_rate', 'first_response', 'avg_response',
                            'slow_customers', 'inquirers', 'conversion_rate', 'payment_success_day1',
                            'payment_success_final', 'sales_amount', 'sales_per_buyer',
                            'units_per_buyer', 'invite_rate', 'satisfaction')
        UNION ALL
        SELECT 2, -sum(CASE better WHEN 'lower' THEN person.value > standards.value
                                   ELSE person.value < standards.value END),
               person.zh || ' ' || person.kpi,
               sum(CASE better WHEN 'lower' THEN person.value > standards.value
                               ELSE person.value < standards.value END)
               || CASE WHEN unripe AND family = 'deal' THEN ' *' ELSE '' END,
               printf(format, factor * standards.value)
          FROM week
          JOIN shop_standards AS standards ON ends BETWEEN valid_from AND valid_to
          JOIN person ON person.kpi = standards.kpi
          JOIN kefu_kpis ON name = person.kpi
          JOIN unit_formats ON unit_formats.unit = kefu_kpis.unit
         GROUP BY person.kpi
        UNION ALL
        SELECT 3, -count(*), zh || ' ' || en, count(*), stage
          FROM week
          JOIN inquiries ON kpi_period(asked_at, 'week') = begins
          JOIN losses ON inquiry_id = inquiries.id JOIN loss_reasons USING (reason)
         GROUP BY reason
        UNION ALL
        SELECT CASE kind WHEN 'question' THEN 4 WHEN 'feedback' THEN 5 ELSE 6 END, -count(*),
               zh || ' ' || tag, count(*), receiver
          FROM week
          JOIN tagged ON kpi_period(at, 'week') = begins JOIN tags USING (tag)
         WHERE kind IN ('question', 'feedback', 'crisis')
         GROUP BY tag
    )
SELECT begins || ' – ' || ends AS "周 week",
       CASE part WHEN 1 THEN '本店 shop' WHEN 2 THEN '未达标人数 agents below standard'
                 WHEN 3 THEN '流失原因 why lost' WHEN 4 THEN '问题 asked' WHEN 5 THEN '反馈 told'
                 ELSE '危机 crises' END AS "部分 part",
       what AS "项目 item",
       value AS "本周 this_week",
       beside AS "上周、标准或接收方 last_week_standard_or_receiver"
  FROM line JOIN week
 ORDER BY part, place, what;
