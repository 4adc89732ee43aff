-- total_handling 总接待时长: gaps between lines shorter than 600 s, in replied conversations
SELECT agent, total(handling) AS total_handling
  FROM plain_conversation GROUP BY agent;
