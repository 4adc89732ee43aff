-- bad_rate 差评率: scores of 2 or less / scores
SELECT agent, avg(score <= 2) AS bad_rate
  FROM plain_rating GROUP BY agent;
