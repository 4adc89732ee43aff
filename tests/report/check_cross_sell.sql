SELECT 'two items or more, A12', printf('%.1f%%', 100.0 * sum(quantity >= 2) / count(*)),
       (SELECT "关联销售率 cross_sell_rate" FROM report WHERE "客服 agent" = 'A12')
  FROM inquiries WHERE agent = 'A12' AND paid_at IS NOT NULL AND ordered_at >= asked_at;
SELECT 'recommended by A12', printf('%.2f', sum(order_items.amount)),
       (SELECT "推荐金额 recommended_amount" FROM report WHERE "客服 agent" = 'A12')
  FROM order_items, orders
 WHERE orders.order_id = order_items.order_id AND recommended_by = 'A12' AND paid_at IS NOT NULL
   AND ordered_at >= 0;
SELECT 'recommended by all', count(*), (SELECT "推荐件数 recommended_items" FROM report WHERE "客服 agent" LIKE '%shop')
  FROM order_items WHERE recommended_by IS NOT NULL
   AND order_id IN (SELECT order_id FROM orders WHERE paid_at IS NOT NULL);
