-- Orders into the table orders. Before: new_order(order_id, customer, ordered_at, paid_at,
-- cancelled_at, amount, quantity, refunded), one row an order.
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
