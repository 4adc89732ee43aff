SELECT 'mean score of 25 November', printf('%.1f', sum(score) / count(*)),
       (SELECT "平均分 mean_score" FROM report WHERE "日期 held_on" = '2026-11-25')
  FROM training_scores WHERE training_id = 7;
SELECT 'absent on 25 November', 50 - count(*), (SELECT "缺席 absent" FROM report WHERE "日期 held_on" = '2026-11-25')
  FROM training_scores WHERE training_id = 7;
