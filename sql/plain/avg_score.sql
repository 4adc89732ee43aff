-- avg_score 平均评分: mean score
SELECT agent, avg(score) AS avg_score
  FROM plain_rating GROUP BY agent;
