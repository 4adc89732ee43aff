-- rating_rate 参评率: contacts that were invited and rated / invited
SELECT agent, count(score) FILTER (WHERE invited) * 1.0 / sum(invited) AS rating_rate
  FROM plain_rating GROUP BY agent;
