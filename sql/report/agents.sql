-- Who serves how? Every agent of the shop, and the shop as a whole, on one page, from three raw tables:
-- chat lines, orders and ratings.
--
-- Two-step form: stats are made once for all agents (chat_stats_by and its sisters: one pass over
-- each table, no sort), then every figure is asked of the same stats. The shop's figures come from
-- merging the agents' stats, not from averaging their figures.
--
-- What chats led to comes from journeys: an inquiry is a customer's first question to an agent on a day
-- (kefu_inquiries), an order's money goes to the agent who spoke to the customer last in the 24 hours
-- before it (kefu_credits). Orders before which nobody spoke have a line of their own, so that the
-- agents' sales and theirs add up to the shop's. 客单价 is sales / customers who paid an order that
-- counts there.
--
-- The rules are the defaults (customers' days, the first question starts the clock, only a human's
-- line answers); as_of says until when payments are known, so that the last days' inquiries do not
-- count as failures before their time is over.
WITH
    journey AS (
        SELECT journeys(customer, at, event, agent, order_id, amount, quantity) AS events
          FROM journey_events
    ),
    chats AS (
        SELECT key AS agent, stats
          FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, sent_at) FROM messages))
    ),
    deals AS (
        SELECT key AS agent, stats
          FROM kefu_groups((SELECT deal_stats_by(agent, customer, asked_at, ordered_at, paid_at,
                                                 amount, quantity, '{"as_of":"2026-12-01"}')
                              FROM journey, kefu_inquiries(journey.events)))
    ),
    -- An order is a deal of each agent who has a share in it.
    credited AS (
        SELECT deal_stats_by(agent, customer, ordered_at, ordered_at, paid_at, amount)
                   FILTER (WHERE rule <> 'silent') AS by_agent,
               deal_stats(customer, ordered_at, ordered_at, paid_at, amount)
                   FILTER (WHERE rule = 'silent') AS silent
          FROM journey, kefu_credits(journey.events)
    ),
    sales AS (SELECT key AS agent, stats FROM credited, kefu_groups(credited.by_agent)),
    scores AS (
        SELECT key AS agent, stats
          FROM kefu_groups((SELECT rating_stats_by(agent, customer, at, invited, score)
                              FROM ratings))
    ),
    report AS (
        SELECT 0 AS place, chats.agent, name, chats.stats AS chat, deals.stats AS deal,
               sales.stats AS sale, scores.stats AS rating
          FROM chats
          LEFT JOIN agents ON agents.agent = chats.agent
          LEFT JOIN deals ON deals.agent IS chats.agent
          LEFT JOIN sales ON sales.agent IS chats.agent
          LEFT JOIN scores ON scores.agent IS chats.agent
        UNION ALL
        SELECT 1, 'silent', '静默下单', NULL, NULL, silent, NULL FROM credited
         WHERE silent IS NOT NULL
        UNION ALL
        SELECT 2, 'shop', '全店', (SELECT kefu_merge(stats) FROM chats),
               (SELECT kefu_merge(stats) FROM deals),
               (SELECT kefu_merge(stats)
                  FROM (SELECT stats FROM sales UNION ALL SELECT silent FROM credited)),
               (SELECT kefu_merge(stats) FROM scores)
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
       round(100 * payment_success_day1(deal), 1) || '%' AS "次日付款 paid_day1",
       round(100 * payment_success_final(deal), 1) || '%' AS "最终付款 paid_final",
       coalesce(CAST(round(sales_amount(sale)) AS INTEGER), 0) AS "销售额 sales",
       round(sales_per_buyer(sale), 2) AS "客单价 per_buyer",
       round(100 * satisfaction(rating), 1) || '%' AS "满意度 satisfaction"
  FROM report
 ORDER BY place, avg_response(chat) IS NULL, avg_response(chat);
