-- Where do most customers drop out? The funnel of the shop and of every agent: answered, ordered,
-- paid, each stage against its own standard. The weakest stage is the one with the largest
-- shortfall; what would more buyers and sales be if it alone were at standard?
--
-- Orders and payments of the last four days' inquiries are not all known yet: set to_day four days
-- back to leave them out. Settings: from_day, to_day, category.
-- Sources: S4 (weakest link: 询单→下单→付款), S2 2.
WITH
    stage AS (
        SELECT column1 AS stage, column2 AS kpi, column3 AS name
          FROM (VALUES (1, 'reply_rate', '接待→回复 answered'), (2, 'conversion_rate', '询单→下单 ordered'),
                       (3, 'payment_rate', '下单→付款 paid'))
    ),
    buyers AS (
        SELECT agent, payers(stats) AS payers, sales_per_buyer(stats) AS sales_per_buyer
          FROM report_stats WHERE scope = 'days' AND family = 'deal'
    ),
    passed AS (
        SELECT kpis.whole, kpis.agent, stage, name, kpis.numerator, kpis.denominator,
               kpis.value, standard, shortfall, payers, sales_per_buyer,
               row_number() OVER (PARTITION BY kpis.agent ORDER BY shortfall DESC, stage) AS place
          FROM stage
          JOIN report_kpis AS kpis ON kpis.kpi = stage.kpi AND kpis.scope = 'days'
          LEFT JOIN report_standing AS standing
            ON standing.kpi = stage.kpi AND standing.agent IS kpis.agent AND standing.scope = 'days'
          LEFT JOIN buyers ON buyers.agent IS kpis.agent
    )
SELECT agent AS "客服 agent",
       name AS "环节 stage",
       denominator AS "进入 entered",
       numerator AS "通过 passed",
       CASE WHEN value IS NOT NULL THEN printf('%.1f%%', 100 * value) END AS "通过率 rate",
       CASE WHEN standard IS NOT NULL THEN printf('%.1f%%', 100 * standard) END AS "标准 standard",
       CASE WHEN shortfall IS NOT NULL THEN printf('%.1f%%', 100 * shortfall) END AS "差 shortfall",
       CASE WHEN place = 1 AND shortfall > 0 THEN '最弱 weakest' END AS "最弱环节 weakest",
       CASE WHEN place = 1 AND shortfall > 0
            THEN printf('%.1f', payers * (standard / value - 1)) END AS "可增买家 more_buyers",
       CASE WHEN place = 1 AND shortfall > 0
            THEN printf('%.0f', payers * (standard / value - 1) * sales_per_buyer) END
           AS "可增销售额 more_sales"
  FROM passed
 ORDER BY whole DESC, agent, stage;
