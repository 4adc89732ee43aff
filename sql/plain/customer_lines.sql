-- customer_lines 买家消息数: lines of the customers
SELECT agent, sum(customer_lines) AS customer_lines
  FROM plain_conversation GROUP BY agent;
