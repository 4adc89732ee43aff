-- distinct_customers 客户数: people, however often they came
SELECT agent, count(DISTINCT CASE WHEN received THEN customer END) AS distinct_customers
  FROM plain_conversation GROUP BY agent;
