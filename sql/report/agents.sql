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
       printf('%.1f%%', 100 * reply_rate(chat)) AS "回复率 reply_rate",
       printf('%.1f', first_response(chat)) AS "首次响应 first_response",
       printf('%.1f', avg_response(chat)) AS "平均响应 avg_response",
       printf('%.0f', response_percentile(chat, 0.9)) AS "九成响应 90%_within_s",
       printf('%.1f%%', 100 * within_rate(chat, 180)) AS "3分钟响应率 within_180",
       printf('%.2f', answer_ratio(chat)) AS "答问比 answer_ratio",
       inquirers(deal) AS "询单人数 inquirers",
       printf('%.1f%%', 100 * conversion_rate(deal)) AS "咨询转化率 conversion",
       printf('%.1f%%', 100 * payment_success_final(deal)) AS "最终付款 paid_final",
       printf('%.0f', sales_amount(deal)) AS "销售额 sales",
       printf('%.2f', sales_per_buyer(deal)) AS "客单价 per_buyer",
       printf('%.1f%%', 100 * satisfaction(rating)) AS "满意度 satisfaction"
  FROM report
 ORDER BY agent = 'shop', avg_response(chat);
