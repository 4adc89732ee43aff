-- Who asked whom, and what came of it? Makes the table inquiries anew from chats and orders, for shops
-- whose systems keep no such table. The reports on conversion, losses, the funnel … read it.
--
-- kefu_inquiries finds the inquiries: a customer's first question to an agent on a day, with the orders
-- that follow within four days. Every other day on which a buyer asked was after the sale: its row has
-- the last order before the question.
--
-- Run it every night before the other reports; a second run changes nothing. A row keeps its id when its
-- order or payment comes later, so that losses.inquiry_id stays right.
-- Sources: S2 1.1 (询单人数: who came before ordering; known later).
BEGIN;

CREATE TEMP TABLE inquiry_made AS
SELECT agent, customer, kpi_period(asked_at, 'day') AS day, asked_at, order_id, ordered_at, paid_at,
       amount, quantity
  FROM kefu_inquiries((SELECT journeys(customer, at, event, agent, order_id, amount, quantity)
                         FROM journey_events))
 WHERE agent IS NOT NULL;
CREATE INDEX temp.inquiry_made_index ON inquiry_made (agent, customer, day);

CREATE TEMP TABLE inquiry_found AS
WITH
    asked AS (
        SELECT agent, customer, kpi_period(sent_at, 'day') AS day, min(sent_at) AS asked_at
          FROM messages WHERE sender = 'customer' AND agent IS NOT NULL
         GROUP BY agent, customer, kpi_period(sent_at, 'day')
    ),
    after_sale AS (
        SELECT agent, asked.customer, asked_at, order_id, ordered_at, paid_at,
               row_number() OVER (PARTITION BY agent, asked.customer, asked_at
                                  ORDER BY ordered_at DESC, order_id DESC) AS from_last
          FROM asked CROSS JOIN orders ON orders.customer = asked.customer AND ordered_at < asked_at
         WHERE NOT EXISTS (SELECT 1 FROM inquiry_made AS made
                            WHERE made.agent = asked.agent AND made.customer = asked.customer
                              AND made.day = asked.day)
    )
SELECT *, row_number() OVER (PARTITION BY agent, customer, asked_at ORDER BY ordered_at, order_id) AS place
  FROM (SELECT agent, customer, asked_at, order_id, ordered_at, paid_at, amount, quantity
          FROM inquiry_made
        UNION ALL
        SELECT agent, customer, asked_at, order_id, ordered_at, paid_at, NULL, NULL
          FROM after_sale WHERE from_last = 1);

-- The rows that stand, by the same key: the order's place among the orders of its inquiry.
CREATE TEMP TABLE inquiry_stood AS
SELECT *, row_number() OVER (PARTITION BY agent, customer, asked_at ORDER BY ordered_at, order_id) AS place
  FROM inquiries;
CREATE INDEX temp.inquiry_stood_index ON inquiry_stood (agent, customer, asked_at, place);

CREATE TEMP TABLE inquiry_new AS
SELECT stood.id AS id, found.*,
       stood.order_id IS found.order_id AND stood.ordered_at IS found.ordered_at
       AND stood.paid_at IS found.paid_at AND stood.amount IS found.amount
       AND stood.quantity IS found.quantity AND stood.id IS NOT NULL AS same
  FROM inquiry_found AS found
  LEFT JOIN inquiry_stood AS stood USING (agent, customer, asked_at, place);

DELETE FROM inquiries
 WHERE id NOT IN (SELECT id FROM inquiry_new WHERE id IS NOT NULL);
INSERT OR REPLACE INTO inquiries
       (id, agent, customer, asked_at, order_id, ordered_at, paid_at, amount, quantity)
SELECT id, agent, customer, asked_at, order_id, ordered_at, paid_at, amount, quantity
  FROM inquiry_new WHERE NOT same ORDER BY asked_at, agent, customer, place;

COMMIT;

SELECT (SELECT count(*) FROM inquiries WHERE ordered_at IS NULL OR ordered_at >= asked_at)
           AS "询单 inquiries",
       (SELECT count(DISTINCT order_id) FROM inquiries WHERE ordered_at >= asked_at)
           AS "其订单 their_orders",
       (SELECT count(*) FROM inquiries WHERE ordered_at < asked_at) AS "售后 after_sales",
       (SELECT count(*) FROM inquiry_new WHERE NOT same) AS "本次写入 written";

DROP TABLE inquiry_new;
DROP TABLE inquiry_stood;
DROP TABLE inquiry_found;
DROP TABLE inquiry_made;
