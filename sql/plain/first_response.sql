-- first_response 首次响应时间: mean wait for a conversation's first answer, in seconds
SELECT agent, avg(first_wait) AS first_response
  FROM plain_conversation GROUP BY agent;
