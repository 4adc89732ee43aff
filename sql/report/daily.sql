-- How was the day? Every agent on the last day, and the whole shop: the figures that are watched
-- daily, and how many exceptions there are (which ones: report/exceptions).
--
-- Orders and sales of the day's inquiries are those so far; the final rate is that of the last day
-- of which it is known.
-- Settings: to_day, category. Sources: S2 4 (watch daily), S0.
WITH
    figures AS (
        SELECT whole, agent,
               max(CASE WHEN scope = 'last_day' AND family = 'chat' THEN stats END) AS chat,
               max(CASE WHEN scope = 'last_day' AND family = 'deal' THEN stats END) AS deal,
               max(CASE WHEN scope = 'ripe_day' THEN stats END) AS ripe,
               max(CASE WHEN scope = 'last_day' AND family = 'rating' THEN stats END) AS rating
          FROM report_stats WHERE scope <> 'days' GROUP BY whole, agent
    ),
    exceptions AS (
        SELECT agent, count(*) AS below
          FROM report_standing
         WHERE scope = CASE family WHEN 'deal' THEN 'ripe_day' ELSE 'last_day' END
           AND status = '未达标 below'
         GROUP BY agent
    )
SELECT agent AS "客服 agent",
       name AS "昵称 name",
       received(chat) AS "接待人数 received",
       unreplied(chat) AS "未回复 unreplied",
       CASE WHEN first_response(chat) IS NOT NULL THEN printf('%.1f', first_response(chat)) END
           AS "首次响应 first_response",
       CASE WHEN avg_response(chat) IS NOT NULL THEN printf('%.1f', avg_response(chat)) END
           AS "平均响应 avg_response",
       slow_customers(chat) AS "慢响应 slow_customers",
       inquirers(deal) AS "询单人数 inquirers",
       orderers(deal) AS "下单人数 orderers",
       CASE WHEN sales_amount(deal) IS NOT NULL THEN printf('%.2f', sales_amount(deal)) END
           AS "销售额 sales",
       ripe_day AS "询单日 day_of_inquiry",
       CASE WHEN payment_success_final(ripe) IS NOT NULL
            THEN printf('%.1f%%', 100 * payment_success_final(ripe)) END
           AS "最终付款 paid_final",
       CASE WHEN satisfaction(rating) IS NOT NULL THEN printf('%.1f%%', 100 * satisfaction(rating)) END
           AS "满意度 satisfaction",
       coalesce(below, 0) AS "未达标项 below_standard"
  FROM figures
  JOIN report_days
  LEFT JOIN exceptions USING (agent)
  LEFT JOIN agents USING (agent)
 ORDER BY whole DESC, coalesce(below, 0) DESC, agent;
