-- turns 对话轮次: bursts of questions
SELECT agent, sum(turns) AS turns
  FROM plain_conversation GROUP BY agent;
