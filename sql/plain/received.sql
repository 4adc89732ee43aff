-- received 接待人数: conversations with a question in them
SELECT agent, sum(received) AS received
  FROM plain_conversation GROUP BY agent;
