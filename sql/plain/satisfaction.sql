-- satisfaction 满意度: scores of 4 or more / scores
SELECT agent, avg(score >= 4) AS satisfaction
  FROM plain_rating GROUP BY agent;
