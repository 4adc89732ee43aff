-- kefu_credits 谁成交 under the default rules (model last, anchor order, window a day): the order is
-- earned by the agent of the latest line in the 24 hours up to it; of equal times by the greatest
-- agent. Where nobody wrote to the customer then, it is silent (静默下单). A cancelled order is worth
-- nothing. Wants an index on messages (customer, sent_at) when they are many.
SELECT orders.order_id, orders.customer, touch.agent, 1.0 AS weight,
       CASE WHEN touch.id IS NULL THEN 'silent' ELSE 'last/order' END AS rule,
       touch.sent_at AS touched_at, ordered_at,
       CASE WHEN cancelled_at IS NULL THEN paid_at END AS paid_at,
       CASE WHEN cancelled_at IS NULL THEN amount ELSE 0 END AS amount,
       coalesce(refunded, 0) AS refunded
  FROM (SELECT *, (SELECT id FROM messages
                    WHERE messages.customer = orders.customer AND sender = 'agent'
                      AND sent_at BETWEEN ordered_at - 86400 AND ordered_at
                    ORDER BY sent_at DESC, agent DESC LIMIT 1) AS touch_id
          FROM orders) AS orders
  LEFT JOIN messages AS touch ON touch.id = touch_id;
