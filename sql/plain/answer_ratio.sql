-- answer_ratio 答问比: lines of the agents / lines of the customers
SELECT agent, sum(agent_lines) * 1.0 / sum(customer_lines) AS answer_ratio
  FROM plain_conversation GROUP BY agent;
