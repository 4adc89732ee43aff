-- replied 回复过的客户数: received conversations with at least one answer
SELECT agent, sum(replied) AS replied
  FROM plain_conversation GROUP BY agent;
