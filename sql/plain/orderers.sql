-- orderers 下单人数: inquirers who ordered
SELECT agent, sum(ordered) AS orderers
  FROM plain_customer GROUP BY agent;
