-- Which trainings were held, who came, and how were the tests? The last first.
--
-- absent: staff of that day who were not there. serves: the KPIs that such a training is a remedy
-- for. Days until known_until. Who needs which training: report/training_plan.
-- Sources: S3 (try on each size, best-sellers again each month, designers and pattern makers
-- teach), S2 3.
SELECT held_on AS "日期 held_on",
       topic AS "主题 topic",
       title AS "内容 title",
       teacher AS "讲师 teacher",
       count(training_scores.agent) AS "参加 attended",
       (SELECT count(*) FROM agents LEFT JOIN staff USING (agent)
         WHERE hired_on <= held_on AND coalesce(left_on, '9999') > held_on
           AND agents.agent NOT IN (SELECT agent FROM training_scores WHERE training_id = trainings.id))
           AS "缺席 absent",
       CASE WHEN count(score) > 0 THEN printf('%.1f', avg(score)) END AS "平均分 mean_score",
       CASE WHEN count(score) > 0 THEN printf('%.0f', min(score)) END AS "最低分 lowest",
       CASE WHEN count(score) > 0 THEN sum(score < 60) END AS "不及格 below_60",
       (SELECT group_concat(kpi, ', ')
          FROM (SELECT DISTINCT kpi FROM remedies WHERE remedies.topic = trainings.topic ORDER BY kpi))
           AS "改善指标 serves"
  FROM trainings JOIN report_days LEFT JOIN training_scores ON training_id = trainings.id
 WHERE held_on < unknown_day
 GROUP BY trainings.id, held_on, topic, title, teacher
 ORDER BY held_on DESC, trainings.id;
