-- slow_rate 慢响应率: slow_customers / received
SELECT agent, sum(slow) * 1.0 / sum(received) AS slow_rate
  FROM plain_conversation GROUP BY agent;
