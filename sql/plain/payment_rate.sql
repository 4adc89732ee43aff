-- payment_rate 付款转化率: payers / orderers
SELECT agent, sum(paid) * 1.0 / sum(ordered) AS payment_rate
  FROM plain_customer GROUP BY agent;
