-- Who receives many customers and sells little, and is that because they are lost or because
-- nothing is recommended to them? The KPIs of every agent side by side, with the rank in each (1 is
-- best).
--
-- The hint: who receives more than the median but sells less per buyer than the median, or converts
-- less, either loses more inquiries than the median (lost) or sells fewer items per buyer (little
-- cross-selling).
-- Settings: from_day, to_day. Sources: S0 (read KPIs together), S0's claim on response: report/
-- response_vs_conversion.
WITH
    figures AS (
        SELECT agent, received(chat) AS received, avg_response(chat) AS avg_response,
               conversion_rate(deal) AS conversion_rate, lost_inquiries(deal) AS lost_inquiries,
               lost_orders(deal) AS lost_orders, sales_per_buyer(deal) AS sales_per_buyer,
               units_per_buyer(deal) AS units_per_buyer, sales_amount(deal) AS sales_amount
          FROM (SELECT agent, max(CASE family WHEN 'chat' THEN stats END) AS chat,
                       max(CASE family WHEN 'deal' THEN stats END) AS deal
                  FROM report_stats WHERE scope = 'days' AND NOT whole GROUP BY agent)
         WHERE chat IS NOT NULL AND deal IS NOT NULL
    ),
    ranked AS (
        SELECT figures.*, count(*) OVER () AS agents,
               rank() OVER (ORDER BY received DESC) AS received_rank,
               rank() OVER (ORDER BY avg_response IS NULL, avg_response) AS response_rank,
               rank() OVER (ORDER BY conversion_rate DESC) AS conversion_rank,
               rank() OVER (ORDER BY sales_per_buyer DESC) AS per_buyer_rank,
               rank() OVER (ORDER BY units_per_buyer DESC) AS units_rank
          FROM figures
    )
SELECT agent AS "客服 agent",
       received AS "接待人数 received",
       received_rank AS "名次 rank_received",
       CASE WHEN avg_response IS NOT NULL THEN printf('%.1f', avg_response) END AS "平均响应 avg_response",
       response_rank AS "名次 rank_response",
       CASE WHEN conversion_rate IS NOT NULL THEN printf('%.1f%%', 100 * conversion_rate) END
           AS "咨询转化率 conversion",
       conversion_rank AS "名次 rank_conversion",
       CASE WHEN sales_per_buyer IS NOT NULL THEN printf('%.2f', sales_per_buyer) END
           AS "客单价 sales_per_buyer",
       per_buyer_rank AS "名次 rank_per_buyer",
       CASE WHEN units_per_buyer IS NOT NULL THEN printf('%.2f', units_per_buyer) END
           AS "客件数 units_per_buyer",
       units_rank AS "名次 rank_units",
       lost_inquiries AS "询单流失 lost_inquiries",
       lost_orders AS "下单流失 lost_orders",
       printf('%.2f', sales_amount) AS "销售额 sales",
       CASE WHEN 2 * received_rank > agents
                 OR (2 * per_buyer_rank <= agents AND 2 * conversion_rank <= agents) THEN NULL
            WHEN 2 * conversion_rank > agents THEN '流失多 customers lost'
            WHEN 2 * units_rank > agents THEN '关联少 little cross-selling'
            ELSE '件单价低 cheap items' END AS "提示 hint"
  FROM ranked
 ORDER BY received DESC, agent;
