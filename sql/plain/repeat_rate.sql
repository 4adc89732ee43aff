-- repeat_rate 复购率: payers with two paid deals or more / payers
SELECT agent, sum(deals >= 2) * 1.0 / sum(paid) AS repeat_rate
  FROM plain_customer GROUP BY agent;
