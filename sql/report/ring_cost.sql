-- What does a ring (响声, a customer at the door) cost, and what is lost in those that nobody
-- answered? By agent and for the shop.
--
-- A click costs ppc = cost / clicks, and click_rate = deals / clicks of them order; inquiry_rate of
-- the inquiries end in a payment, and chat_share of the paid orders went through a chat. So one
-- inquiry cost ppc × inquiry_rate / (click_rate × chat_share) in advertising: inquiry_cost().
-- Customers who were not answered cost that much, and the sales that answered ones bring.
-- Settings: from_day, to_day. Sources: S3 (cost of a ring; nine shops in ten do not see the loss).
WITH
    ads AS (
        SELECT sum(clicks) AS clicks, sum(cost) AS cost, sum(deals) AS deals
          FROM ad_days JOIN report_days WHERE day BETWEEN from_day AND to_day
    ),
    -- Customers' days: sums of the agents' days.
    inquiry AS (
        SELECT 1.0 * sum(payers(stats)) / nullif(sum(inquirers(stats)), 0) AS inquiry_rate,
               sum(sales_amount(stats)) / nullif(sum(payers(stats)), 0) AS sales_per_buyer
          FROM agent_days JOIN report_days
         WHERE family = 'deal' AND day BETWEEN from_day AND to_day
    ),
    chat AS (
        SELECT 1.0 * count(asked.order_id) / nullif(count(*), 0) AS chat_share
          FROM orders JOIN report_days
          LEFT JOIN (SELECT DISTINCT order_id FROM inquiries WHERE ordered_at >= asked_at) AS asked
         USING (order_id)
         WHERE paid_at IS NOT NULL AND kpi_period(ordered_at, 'day') BETWEEN from_day AND to_day
    ),
    price AS (
        SELECT cost / nullif(clicks, 0) AS ppc, 1.0 * deals / nullif(clicks, 0) AS click_rate,
               inquiry_rate, chat_share, sales_per_buyer,
               inquiry_cost(cost / nullif(clicks, 0), 1.0 * nullif(deals, 0) / nullif(clicks, 0),
                            inquiry_rate, nullif(chat_share, 0)) AS ring
          FROM ads JOIN inquiry JOIN chat
    ),
    served AS (
        SELECT whole, agent, received(stats) AS received, unreplied(stats) AS unreplied
          FROM report_stats WHERE scope = 'days' AND family = 'chat'
    )
SELECT agent AS "客服 agent",
       received AS "接待人数 received",
       unreplied AS "未回复 unreplied",
       CASE WHEN ppc IS NOT NULL THEN printf('%.4f', ppc) END AS "点击单价 ppc",
       CASE WHEN click_rate IS NOT NULL THEN printf('%.2f%%', 100 * click_rate) END
           AS "点击转化率 click_rate",
       CASE WHEN inquiry_rate IS NOT NULL THEN printf('%.1f%%', 100 * inquiry_rate) END
           AS "询单付款率 inquiry_rate",
       CASE WHEN chat_share IS NOT NULL THEN printf('%.1f%%', 100 * chat_share) END
           AS "咨询占比 chat_share",
       CASE WHEN ring IS NOT NULL THEN printf('%.4f', ring) END AS "响声成本 ring_cost",
       CASE WHEN ring IS NOT NULL THEN printf('%.2f', unreplied * ring) END
           AS "损失广告费 advertising_lost",
       CASE WHEN sales_per_buyer IS NOT NULL
            THEN printf('%.2f', unreplied * inquiry_rate * sales_per_buyer) END AS "损失销售额 sales_lost"
  FROM served JOIN price
 ORDER BY whole DESC, unreplied DESC, agent;
