-- slow_customers 慢响应人数: received conversations with at least three waits over 120 s
SELECT agent, sum(slow) AS slow_customers
  FROM plain_conversation GROUP BY agent;
