-- How is service before the sale, and how after it? Response and ratings of both, by agent and for
-- the shop.
--
-- A conversation is one before the sale when an inquiry began it, and after the sale when the
-- customer's order stood already. Invitations to rate have a target of their own: 80 % (S0).
-- Settings: from_day, to_day. Sources: S0, S1 (two services, each with its KPIs).
WITH
    served AS (
        SELECT agent, presale, kefu_merge(chat) AS chat, kefu_merge(rating) AS rating
          FROM conversations JOIN report_days
         WHERE presale IS NOT NULL AND day BETWEEN from_day AND to_day
         GROUP BY agent, presale
    ),
    report AS (
        SELECT 0 AS whole, * FROM served
        UNION ALL
        SELECT 1, '全店 shop', presale, kefu_merge(chat), kefu_merge(rating) FROM served GROUP BY presale
    )
SELECT agent AS "客服 agent",
       CASE WHEN presale THEN '售前 before' ELSE '售后 after' END AS "阶段 phase",
       received(chat) AS "接待人次 received",
       printf('%.1f%%', 100 * reply_rate(chat)) AS "回复率 reply_rate",
       CASE WHEN first_response(chat) IS NOT NULL THEN printf('%.1f', first_response(chat)) END
           AS "首次响应 first_response",
       CASE WHEN avg_response(chat) IS NOT NULL THEN printf('%.1f', avg_response(chat)) END
           AS "平均响应 avg_response",
       CASE WHEN invite_rate(rating) IS NOT NULL THEN printf('%.1f%%', 100 * invite_rate(rating)) END
           AS "发送满意率 invite_rate",
       CASE WHEN invite_rate(rating) >= 0.8 THEN '达标 met'
            WHEN invite_rate(rating) < 0.8 THEN '未达标 below' END AS "目标80% target",
       CASE WHEN rating_rate(rating) IS NOT NULL THEN printf('%.1f%%', 100 * rating_rate(rating)) END
           AS "参评率 rating_rate",
       CASE WHEN satisfaction(rating) IS NOT NULL THEN printf('%.1f%%', 100 * satisfaction(rating)) END
           AS "满意度 satisfaction",
       CASE WHEN good_rate(rating) IS NOT NULL THEN printf('%.1f%%', 100 * good_rate(rating)) END
           AS "好评率 good_rate",
       CASE WHEN bad_rate(rating) IS NOT NULL THEN printf('%.1f%%', 100 * bad_rate(rating)) END
           AS "差评率 bad_rate"
  FROM report
 ORDER BY whole DESC, agent, presale DESC;
