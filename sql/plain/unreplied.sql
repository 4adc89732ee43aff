-- unreplied 未回复人数: received conversations without any answer
SELECT agent, sum(received) - sum(replied) AS unreplied
  FROM plain_conversation GROUP BY agent;
