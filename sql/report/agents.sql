-- Who serves how? Every agent of the shop, and the shop as a whole, on one page.
--
-- Two-step form: stats are made once for all agents (chat_stats_by and its sisters: one pass over
-- each table, no sort), then every figure is asked of the same stats. The shop's figures come from
-- merging the agents' stats, not from averaging their figures.
--
-- The rules are the defaults (customers' days, the first question starts the clock, only a human's
-- line answers); as_of says until when payments are known, so that the last days' inquiries do not
-- count as failures before their time is over.
WITH
    chats AS (
        SELECT key AS agent, stats
          FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, sent_at) FROM messages))
    ),
    deals AS (
        SELECT key AS agent, stats
          FROM kefu_groups((SELECT deal_stats_by(agent, customer, asked_at, ordered_at, paid_at,
                                                 amount, quantity, '{"as_of":"2026-12-01"}')
                              FROM inquiries))
    ),
    scores AS (
        SELECT key AS agent, stats
          FROM kefu_groups((SELECT rating_stats_by(agent, customer, at, invited, score)
                              FROM ratings))
    ),
    report AS (
        SELECT agent, name, chats.stats AS chat, deals.stats AS deal, scores.stats AS rating
          FROM chats LEFT JOIN agents USING (agent) LEFT JOIN deals USING (agent)
          LEFT JOIN scores USING (agent)
        UNION ALL
        SELECT 'shop', '全店', (SELECT kefu_merge(stats) FROM chats),
               (SELECT kefu_merge(stats) FROM deals), (SELECT kefu_merge(stats) FROM scores)
    )
SELECT agent AS "客服 agent",
       name AS "昵称 name",
       received(chat) AS "接待人数 received",
       round(100 * reply_rate(chat), 1) || '%' AS "回复率 reply_rate",
       round(first_response(chat), 1) AS "首次响应 first_response",
       round(avg_response(chat), 1) AS "平均响应 avg_response",
       CAST(round(response_percentile(chat, 0.9)) AS INTEGER) AS "九成响应 p90",
       round(100 * within_rate(chat, 180), 1) || '%' AS "3分钟响应率 within_180",
       round(answer_ratio(chat), 2) AS "答问比 answer_ratio",
       inquirers(deal) AS "询单人数 inquirers",
       round(100 * conversion_rate(deal), 1) || '%' AS "咨询转化率 conversion",
       round(100 * payment_success_final(deal), 1) || '%' AS "最终付款 paid_final",
       CAST(round(sales_amount(deal)) AS INTEGER) AS "销售额 sales",
       round(sales_per_buyer(deal), 2) AS "客单价 per_buyer",
       round(100 * satisfaction(rating), 1) || '%' AS "满意度 satisfaction"
  FROM report
 ORDER BY agent = 'shop', avg_response(chat) IS NULL, avg_response(chat);
