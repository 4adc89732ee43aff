-- lost_orders 下单流失人数: orderers who did not pay
SELECT agent, sum(ordered) - sum(paid) AS lost_orders
  FROM plain_customer GROUP BY agent;
