-- inquirers 询单人数: customers with an inquiry
SELECT agent, sum(inquired) AS inquirers
  FROM plain_customer GROUP BY agent;
