-- Orders into the tables orders and order_items. Before: new_order(order_id, customer, ordered_at,
-- paid_at, cancelled_at, amount, quantity, refunded), one row an order, and new_item(order_id, item,
-- quantity, amount) with what is known of their items.
--
-- An order that is there already is brought up to date, whichever of two exports is read first:
-- what once was known stays known, and the amount that was paid wins over the one that was due.
CREATE TEMP TABLE order_before AS
SELECT stored.* FROM main.orders AS stored JOIN new_order USING (order_id);

INSERT INTO main.orders (order_id, customer, ordered_at, paid_at, cancelled_at, amount, quantity,
                         refunded)
SELECT order_id, customer, ordered_at, paid_at, cancelled_at, amount, quantity, refunded
  FROM new_order WHERE true
    ON CONFLICT (order_id) DO UPDATE
   SET customer = excluded.customer,
       ordered_at = excluded.ordered_at,
       paid_at = coalesce(excluded.paid_at, paid_at),
       cancelled_at = coalesce(excluded.cancelled_at, cancelled_at),
       amount = CASE WHEN excluded.paid_at IS NULL AND paid_at IS NOT NULL THEN amount
                     ELSE coalesce(excluded.amount, amount) END,
       quantity = coalesce(excluded.quantity, quantity),
       refunded = coalesce(excluded.refunded, refunded);

INSERT INTO outcome (what, added, changed, known)
SELECT 'orders', count(*) - (SELECT count(*) FROM order_before),
       (SELECT count(*) FROM (SELECT * FROM order_before EXCEPT SELECT * FROM main.orders)),
       (SELECT count(*) FROM (SELECT * FROM order_before INTERSECT SELECT * FROM main.orders))
  FROM new_order;

CREATE TEMP TABLE item_sum AS
SELECT order_id, item, sum(quantity) AS quantity, round(sum(amount), 2) AS amount
  FROM new_item WHERE order_id IN (SELECT order_id FROM new_order) GROUP BY order_id, item;
CREATE TEMP TABLE item_before AS
SELECT stored.* FROM main.order_items AS stored JOIN item_sum USING (order_id, item);
INSERT INTO main.order_items (order_id, item, quantity, amount)
SELECT order_id, item, quantity, amount FROM item_sum WHERE true
    ON CONFLICT (order_id, item) DO UPDATE SET quantity = excluded.quantity, amount = excluded.amount;
INSERT INTO outcome (what, added, changed, known)
SELECT 'order_items', count(*) - (SELECT count(*) FROM item_before),
       (SELECT count(*) FROM (SELECT * FROM item_before EXCEPT SELECT * FROM main.order_items)),
       (SELECT count(*) FROM (SELECT * FROM item_before INTERSECT SELECT * FROM main.order_items))
  FROM item_sum;
