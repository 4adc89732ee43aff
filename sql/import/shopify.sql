-- Shopify's export of orders: a row for each line item, with all that is said of the order itself on
-- the order's first row.
CREATE TEMP TABLE layout (sheet TEXT, field TEXT, kind TEXT, needed TEXT, headings TEXT);
INSERT INTO layout VALUES
    ('orders', 'order_id', 'text', 'cell', 'Name'),
    ('orders', 'email', 'text', 'no', 'Email'),
    ('orders', 'phone', 'number', 'no', 'Phone'),
    ('orders', 'billing_phone', 'number', 'no', 'Billing Phone'),
    ('orders', 'billing_name', 'text', 'no', 'Billing Name'),
    ('orders', 'status', 'text', 'no', 'Financial Status'),
    ('orders', 'ordered_at', 'time', 'column', 'Created at'),
    ('orders', 'paid_at', 'time', 'column', 'Paid at'),
    ('orders', 'cancelled_at', 'time', 'no', 'Cancelled at'),
    ('orders', 'currency', 'text', 'no', 'Currency'),
    ('orders', 'amount', 'amount', 'column', 'Total'),
    ('orders', 'refunded', 'amount', 'no', 'Refunded Amount'),
    ('orders', 'quantity', 'count', 'cell', 'Lineitem quantity'),
    ('orders', 'item', 'text', 'no', 'Lineitem name'),
    ('orders', 'price', 'amount', 'no', 'Lineitem price'),
    ('orders', 'discount', 'amount', 'no', 'Lineitem discount');
.read sheet.sql

-- A row with a time of creation begins an order; the rows below it, under the same name, are its
-- other items. All rows are looked at, bad ones too, since an order is kept whole or not at all.
CREATE TEMP TABLE line_item (record INTEGER PRIMARY KEY, order_id TEXT, first_record INTEGER);
INSERT INTO line_item
SELECT record, order_id, max(CASE WHEN ordered_at IS NOT NULL THEN record END)
                             OVER (ORDER BY record ROWS UNBOUNDED PRECEDING)
  FROM cells_orders;
CREATE INDEX temp.line_item_by_first ON line_item (first_record);

INSERT OR IGNORE INTO problem
SELECT line_item.record, 'the first row of its order is not above it', line_item.order_id
  FROM line_item LEFT JOIN line_item AS head_row ON head_row.record = line_item.first_record
 WHERE line_item.order_id IS NOT head_row.order_id;
CREATE TEMP TABLE named AS
SELECT *, coalesce(lower(email), phone, billing_phone, billing_name) AS customer
  FROM sheet_orders WHERE ordered_at IS NOT NULL;
INSERT OR IGNORE INTO problem
SELECT record, 'has no Email, Phone or Billing Name', NULL FROM named WHERE customer IS NULL;
INSERT OR IGNORE INTO problem SELECT record, 'Total is empty', NULL FROM named WHERE amount IS NULL;
INSERT OR IGNORE INTO problem
SELECT named.record, 'is paid before it was ordered', cells_orders.paid_at
  FROM named JOIN cells_orders USING (record) WHERE named.paid_at < named.ordered_at;
INSERT OR IGNORE INTO problem
SELECT record, 'its currency is not the shop''s', currency
  FROM named
 WHERE currency <> coalesce((SELECT nullif(currency, '') FROM run),
                            (SELECT currency FROM named WHERE currency IS NOT NULL
                              ORDER BY record LIMIT 1));
INSERT OR IGNORE INTO problem
SELECT record, 'another row of its order is refused', order_id
  FROM line_item
 WHERE first_record IN (SELECT line_item.first_record
                          FROM line_item JOIN problem USING (record)
                          JOIN line_item AS head_row ON head_row.record = line_item.first_record
                         WHERE head_row.order_id = line_item.order_id);

DELETE FROM line_item WHERE record IN (SELECT record FROM problem);
DELETE FROM named WHERE record IN (SELECT record FROM problem);
CREATE TEMP TABLE item_count AS
SELECT first_record, sum(quantity) AS items
  FROM line_item JOIN sheet_orders USING (record) GROUP BY first_record;
CREATE TEMP TABLE whole AS
SELECT named.*, items FROM named JOIN item_count ON first_record = record;

-- The same order again, as when two exports were joined: with all its rows.
CREATE TEMP TABLE numbered AS
SELECT record, order_id AS number,
       quote(customer) || quote(ordered_at) || quote(paid_at) || quote(cancelled_at) || quote(amount)
       || quote(refunded) || quote(items) AS says
  FROM whole;
.read twin.sql
INSERT OR IGNORE INTO repeated
SELECT line_item.record FROM line_item JOIN twin ON twin.record = line_item.first_record WHERE same;
INSERT OR IGNORE INTO problem
SELECT line_item.record, 'another row of its order is refused', order_id
  FROM line_item JOIN twin ON twin.record = line_item.first_record WHERE NOT same;
DELETE FROM whole WHERE record IN (SELECT record FROM twin);

CREATE TEMP TABLE new_order AS
SELECT order_id, customer, ordered_at, paid_at, cancelled_at, amount, items AS quantity,
       nullif(refunded, 0) AS refunded
  FROM whole ORDER BY record;

CREATE TEMP TABLE new_item AS
SELECT sheet_orders.order_id, item, quantity, price * quantity - coalesce(discount, 0) AS amount
  FROM line_item JOIN sheet_orders USING (record)
 WHERE first_record IN (SELECT record FROM whole)
   AND item IS NOT NULL AND price IS NOT NULL AND quantity > 0;

INSERT INTO note
SELECT 'kept as unpaid: their status says paid, but no time of payment is given', count(*)
  FROM whole
 WHERE status IN ('paid', 'partially_refunded', 'refunded') AND paid_at IS NULL;
.read orders.sql
