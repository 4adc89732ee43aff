SELECT 'days of logistics not above 4.8', sum(value <= 4.8), (SELECT "未高于天数 days_not_above" FROM report WHERE "评分 score" LIKE '%logistics')
  FROM shop_scores WHERE score = 'logistics';
SELECT 'last of service', printf('%.2f', value), (SELECT "最近 last" FROM report WHERE "评分 score" LIKE '%service')
  FROM shop_scores WHERE score = 'service' AND day = '2026-11-30';
