-- max_response 最长响应时间: longest wait for an answer, in seconds
SELECT agent, max(wait) * 1.0 AS max_response
  FROM plain_turn GROUP BY agent;
