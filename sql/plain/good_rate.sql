-- good_rate 好评率: scores of 5 / scores
SELECT agent, avg(score >= 5) AS good_rate
  FROM plain_rating GROUP BY agent;
