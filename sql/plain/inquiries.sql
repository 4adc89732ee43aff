-- kefu_inquiries 询单 under the default rules: the first question to an agent on a local day, with the
-- orders that came then or up to four days later. Without any it is a row of its own, unless an order of
-- the 21 days before makes it after-sales (售后). What an order is worth stands once: on the last inquiry
-- before it of the agent who earned it (credits_last.sql).
WITH
    placed AS (
        SELECT orders.*, CAST((ordered_at + 28800) / 86400 AS INTEGER) AS order_day,
               (SELECT id FROM messages
                 WHERE messages.customer = orders.customer AND sender = 'agent'
                   AND sent_at BETWEEN ordered_at - 86400 AND ordered_at
                 ORDER BY sent_at DESC, agent DESC LIMIT 1) AS touch_id
          FROM orders
    ),
    asked AS (
        SELECT agent, customer, CAST((sent_at + 28800) / 86400 AS INTEGER) AS day,
               min(sent_at) AS asked_at
          FROM messages
         WHERE sender = 'customer' AND customer IS NOT NULL
         GROUP BY agent, customer, day
    ),
    led AS (
        SELECT asked.agent, asked.customer, asked_at, order_id, ordered_at, paid_at, cancelled_at,
               amount, quantity,
               touch.id IS NOT NULL AND touch.agent IS asked.agent
               AND asked_at = max(asked_at) OVER (PARTITION BY order_id, asked.agent) AS earned
          FROM asked
          LEFT JOIN placed ON placed.customer = asked.customer AND ordered_at >= asked_at
                          AND order_day <= day + 4
          LEFT JOIN messages AS touch ON touch.id = touch_id
         WHERE order_id IS NOT NULL
            OR NOT EXISTS (SELECT 1 FROM placed AS before
                            WHERE before.customer = asked.customer AND before.ordered_at < asked_at
                              AND before.order_day >= day - 21)
    )
SELECT agent, customer, asked_at, order_id, ordered_at,
       CASE WHEN cancelled_at IS NULL THEN paid_at END AS paid_at,
       CASE WHEN cancelled_at IS NULL AND earned THEN amount END AS amount,
       CASE WHEN cancelled_at IS NULL AND earned THEN quantity END AS quantity
  FROM led;
