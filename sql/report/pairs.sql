-- Which goods go together? The thirty pairs of items that are bought in one order most often, for
-- recommendations and bundles.
--
-- confidence: of the buyers of the first, how many bought the second too; lift: how many times more
-- often than without any connection (above 1: they go together). Paid orders.
-- Settings: from_day, to_day. Sources: S2 3 (know which goods go together, bundles).
WITH
    bought AS (
        SELECT order_id, item
          FROM order_items JOIN orders USING (order_id) JOIN report_days
         WHERE paid_at IS NOT NULL AND kpi_period(ordered_at, 'day') BETWEEN from_day AND to_day
    ),
    item_orders AS (SELECT item, count(*) AS orders FROM bought GROUP BY item),
    pair AS (
        SELECT one.item AS item, other.item AS with_item, count(*) AS orders
          FROM bought AS one
          JOIN bought AS other ON other.order_id = one.order_id AND other.item <> one.item
         GROUP BY one.item, other.item
    )
SELECT pair.item AS "商品 item",
       with_item AS "搭配 with",
       pair.orders AS "同单数 orders_of_both",
       printf('%.1f%%', 100.0 * pair.orders / one.orders) AS "置信度 confidence",
       printf('%.2f', 1.0 * pair.orders * (SELECT count(DISTINCT order_id) FROM bought)
                      / (1.0 * one.orders * other.orders)) AS "提升度 lift"
  FROM pair
  JOIN item_orders AS one ON one.item = pair.item
  JOIN item_orders AS other ON other.item = with_item
 ORDER BY pair.orders DESC, pair.item, with_item
 LIMIT 30;
