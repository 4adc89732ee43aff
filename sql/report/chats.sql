-- How are customers answered? The chat report by agent and for the shop as a whole, from the table
-- messages alone: for a chat log that comes without orders.
WITH
    chats AS (
        SELECT key AS agent, stats
          FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, sent_at) FROM messages))
    ),
    report AS (
        SELECT 0 AS total, agent, stats AS chat FROM chats
        UNION ALL
        SELECT 1, '全店 shop', (SELECT kefu_merge(stats) FROM chats)
    )
SELECT coalesce(agent, '(无 none)') AS "客服 agent",
       received(chat) AS "接待人数 received",
       distinct_customers(chat) AS "客户数 customers",
       printf('%.1f%%', 100 * reply_rate(chat)) AS "回复率 reply_rate",
       turns(chat) AS "对话轮次 turns",
       printf('%.1f', first_response(chat)) AS "首次响应 first_response",
       printf('%.1f', avg_response(chat)) AS "平均响应 avg_response",
       printf('%.0f', response_percentile(chat, 0.5)) AS "中位响应 median",
       printf('%.0f', response_percentile(chat, 0.9)) AS "九成响应 90%_within_s",
       printf('%.0f', max_response(chat)) AS "最长响应 max_response",
       printf('%.1f%%', 100 * within_rate(chat, 180)) AS "3分钟响应率 within_180",
       printf('%.1f%%', 100 * slow_rate(chat)) AS "慢响应率 slow_rate",
       printf('%.2f', answer_ratio(chat)) AS "答问比 answer_ratio",
       printf('%.0f', handling_time(chat)) AS "接待时长 handling_time"
  FROM report
 ORDER BY total, avg_response(chat);
