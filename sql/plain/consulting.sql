-- consulting 咨询人数: conversations with a question in them; the default rules filter none out
SELECT agent, sum(received) AS consulting
  FROM plain_conversation GROUP BY agent;
