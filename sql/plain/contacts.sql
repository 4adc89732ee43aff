-- contacts 接待次数: rows
SELECT agent, count(*) AS contacts
  FROM plain_rating GROUP BY agent;
