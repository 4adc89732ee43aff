-- Are all scores of the shop (店铺评分) above 4.8? Each score: the last, the mean, the lowest, and the
-- days below.
--
-- The bound stands below. Settings: from_day, to_day. Sources: S0 (all scores above 4.8).
WITH
    bound AS (SELECT 4.8 AS above),
    chosen AS (
        SELECT shop_scores.*, row_number() OVER (PARTITION BY score ORDER BY day DESC) AS from_last
          FROM shop_scores JOIN report_days WHERE day BETWEEN from_day AND to_day
    )
SELECT CASE score WHEN 'goods' THEN '描述相符 goods' WHEN 'service' THEN '服务态度 service'
                  WHEN 'logistics' THEN '物流服务 logistics' ELSE score END AS "评分 score",
       printf('%.2f', max(CASE from_last WHEN 1 THEN value END)) AS "最近 last",
       printf('%.3f', avg(value)) AS "平均 mean",
       printf('%.2f', min(value)) AS "最低 lowest",
       count(*) AS "天数 days",
       sum(value <= above) AS "未高于天数 days_not_above",
       CASE WHEN max(CASE from_last WHEN 1 THEN value END) > above THEN '高于 above '
            ELSE '未高于 not above ' END || above AS "状态 status"
  FROM chosen JOIN bound
 GROUP BY score, above
 ORDER BY avg(value), score;
