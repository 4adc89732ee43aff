-- cost / clicks × (paid inquiries' customers by agent and day) / (inquirers by agent and day)
-- / (deals / clicks) / share of paid orders with an inquiry before
WITH asked AS (
    SELECT max(paid_at IS NOT NULL) AS paid FROM inquiries
     WHERE coalesce(ordered_at, asked_at) >= asked_at
     GROUP BY agent, customer, date(asked_at + 28800, 'unixepoch')
),
chat AS (
    SELECT 1.0 * sum(order_id IN (SELECT order_id FROM inquiries WHERE ordered_at >= asked_at)) / count(*) AS share
      FROM orders WHERE paid_at IS NOT NULL
)
SELECT 'cost of a ring', printf('%.4f', (SELECT sum(cost) / sum(deals) FROM ad_days)
                                         * (SELECT 1.0 * sum(paid) / count(*) FROM asked) / share),
       (SELECT DISTINCT "响声成本 ring_cost" FROM report) FROM chat;
SELECT 'A36: rings × cost', printf('%.1f', 35 * (SELECT DISTINCT "响声成本 ring_cost" FROM report)),
       printf('%.1f', (SELECT "损失广告费 advertising_lost" FROM report WHERE "客服 agent" = 'A36'));
SELECT 'not answered by A36', count(*), (SELECT "未回复 unreplied" FROM report WHERE "客服 agent" = 'A36')
  FROM (SELECT 1 FROM messages WHERE agent = 'A36'
         GROUP BY customer, date(sent_at + 28800, 'unixepoch')
        HAVING sum(sender = 'customer') > 0
           AND NOT coalesce(max(CASE sender WHEN 'agent' THEN sent_at END)
                            >= min(CASE sender WHEN 'customer' THEN sent_at END), 0));
