-- Who sells goods beside what was asked for? By agent and for the shop: paid orders with two items
-- or more, items and sales per buyer, and what came of the agent's own recommendations.
--
-- Recommended is an item of a paid order with order_items.recommended_by. Which goods go together:
-- report/pairs. Settings: from_day, to_day. Sources: S0, S2 3 (关联推荐, 搭配套餐).
WITH
    sold AS (
        SELECT whole, agent, stats FROM report_stats WHERE scope = 'days' AND family = 'deal'
    ),
    recommended AS (
        SELECT recommended_by AS agent, count(DISTINCT order_id) AS orders,
               sum(order_items.quantity) AS items, sum(order_items.amount) AS amount
          FROM order_items JOIN orders USING (order_id) JOIN report_days
         WHERE recommended_by IS NOT NULL AND paid_at IS NOT NULL
           AND kpi_period(ordered_at, 'day') BETWEEN from_day AND to_day
         GROUP BY recommended_by
    ),
    both AS (
        SELECT sold.*, recommended.orders, items, amount
          FROM sold LEFT JOIN recommended ON recommended.agent = sold.agent WHERE NOT whole
        UNION ALL
        SELECT sold.*, (SELECT sum(orders) FROM recommended), (SELECT sum(items) FROM recommended),
               (SELECT sum(amount) FROM recommended)
          FROM sold WHERE whole
    )
SELECT agent AS "客服 agent",
       paid_deals(stats) AS "成交笔数 deals",
       CASE WHEN cross_sell_rate(stats) IS NOT NULL
            THEN printf('%.1f%%', 100 * cross_sell_rate(stats)) END
           AS "关联销售率 cross_sell_rate",
       CASE WHEN units_per_buyer(stats) IS NOT NULL THEN printf('%.2f', units_per_buyer(stats)) END
           AS "客件数 units_per_buyer",
       CASE WHEN sales_per_buyer(stats) IS NOT NULL THEN printf('%.2f', sales_per_buyer(stats)) END
           AS "客单价 sales_per_buyer",
       coalesce(orders, 0) AS "推荐成交 recommended_orders",
       coalesce(items, 0) AS "推荐件数 recommended_items",
       printf('%.2f', coalesce(amount, 0)) AS "推荐金额 recommended_amount",
       CASE WHEN sales_amount(stats) > 0
            THEN printf('%.1f%%', 100 * coalesce(amount, 0) / sales_amount(stats)) END
           AS "占销售额 share_of_sales"
  FROM both
 ORDER BY whole DESC, coalesce(amount, 0) DESC, agent;
