-- conversion_rate 咨询转化率: orderers / inquirers
SELECT agent, sum(ordered) * 1.0 / sum(inquired) AS conversion_rate
  FROM plain_customer GROUP BY agent;
