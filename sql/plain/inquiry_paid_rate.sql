-- inquiry_paid_rate 询单付款转化率: payers / inquirers
SELECT agent, sum(paid) * 1.0 / sum(inquired) AS inquiry_paid_rate
  FROM plain_customer GROUP BY agent;
