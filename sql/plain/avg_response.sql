-- avg_response 平均响应时间: mean wait for an answer, over all answered turns, in seconds
SELECT agent, avg(wait) AS avg_response
  FROM plain_turn GROUP BY agent;
