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
       round(100 * reply_rate(chat), 1) || '%' AS "回复率 reply_rate",
       turns(chat) AS "对话轮次 turns",
       round(first_response(chat), 1) AS "首次响应 first_response",
       round(avg_response(chat), 1) AS "平均响应 avg_response",
       CAST(round(response_percentile(chat, 0.5)) AS INTEGER) AS "中位响应 median",
       CAST(round(response_percentile(chat, 0.9)) AS INTEGER) AS "九成响应 p90",
       CAST(round(max_response(chat)) AS INTEGER) AS "最长响应 max_response",
       round(100 * within_rate(chat, 180), 1) || '%' AS "3分钟响应率 within_180",
       round(100 * slow_rate(chat), 1) || '%' AS "慢响应率 slow_rate",
       round(answer_ratio(chat), 2) AS "答问比 answer_ratio",
       CAST(round(handling_time(chat)) AS INTEGER) AS "接待时长 handling_time"
  FROM report
 ORDER BY total, avg_response(chat) IS NULL, avg_response(chat);
