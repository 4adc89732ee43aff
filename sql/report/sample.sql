-- Which conversations are worth reading? A sample by agent and reason: not answered, slowest, rated
-- worst (what to avoid); lost; rated best, won (cases for all). Its lines: report/sample_lines.
--
-- The same seed picks the same conversations; another one picks others: UPDATE settings SET seed =
-- 2. What was thought of a conversation that somebody has read is the table samples.
-- Settings: from_day, to_day, agent, seed, sample_size. Sources: S2 4 (read samples of chats).
SELECT sampled.agent AS "客服 agent",
       reason AS "缘由 reason",
       sampled.customer AS "客户 customer",
       datetime(began_at + 28800, 'unixepoch') AS "开始 began",
       lines AS "行数 lines",
       CASE WHEN first_response IS NOT NULL THEN printf('%.0f', first_response) END
           AS "首次响应 first_response",
       CASE WHEN max_response IS NOT NULL THEN printf('%.0f', max_response) END
           AS "最长响应 max_response",
       score AS "评分 score",
       CASE WHEN paid THEN '已付款 paid' WHEN ordered THEN '已下单 ordered'
            WHEN ordered = 0 THEN '未下单 no order' END AS "结果 outcome",
       label AS "已读 read_as",
       note AS "备注 note"
  FROM sampled_conversations AS sampled
  LEFT JOIN samples ON samples.agent = sampled.agent AND samples.customer = sampled.customer
                   AND samples.day = sampled.day
 ORDER BY sampled.agent, number, began_at, first_id;
