-- response_percentile 响应时间分位: the wait that 90 % of the answered turns do not exceed
-- The place (n - 1) * 0.9 lies between two ranks, and each of them counts by its nearness.
SELECT agent, sum(wait * (1 - abs(rank - place))) AS response_percentile
  FROM (SELECT agent, wait, row_number() OVER (PARTITION BY agent ORDER BY wait) - 1 AS rank,
               (count(*) OVER (PARTITION BY agent) - 1) * 0.9 AS place
          FROM plain_turn
         WHERE wait IS NOT NULL)
 WHERE abs(rank - place) < 1
 GROUP BY agent;
