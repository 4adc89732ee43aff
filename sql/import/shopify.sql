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
    ('orders', 'quantity', 'count', 'cell', 'Lineitem quantity');
.read sheet.sql

-- A row with a time of creation begins an order; the rows below it, under the same name, are its
-- other items. All rows are looked at, bad ones too, since an order is kept whole or not at all.
CREATE TEMP TABLE item AS
SELECT record, order_id, ordered_at IS NOT NULL AS first,
       max(CASE WHEN ordered_at IS NOT NULL THEN record END)
           OVER (ORDER BY record ROWS UNBOUNDED PRECEDING) AS first_record
  FROM cells_orders;
CREATE UNIQUE INDEX temp.item_by_record ON item (record);
CREATE INDEX temp.item_by_first ON item (first_record);

INSERT OR IGNORE INTO problem
SELECT item.record, 'the first row of its order is not above it', item.order_id
  FROM item LEFT JOIN item AS head_row ON head_row.record = item.first_record
 WHERE item.order_id IS NOT head_row.order_id;
CREATE TEMP TABLE named AS
SELECT *, coalesce(lower(email), phone, billing_phone, billing_name) AS customer
  FROM sheet_orders WHERE ordered_at IS NOT NULL;
INSERT OR IGNORE INTO problem
SELECT record, 'has no Email, Phone or Billing Name', NULL FROM named WHERE customer IS NULL;
INSERT OR IGNORE INTO problem SELECT record, 'Total is empty', NULL FROM named WHERE amount IS NULL;
INSERT OR IGNORE INTO problem
SELECT record, 'is paid before it was ordered', datetime(paid_at, 'unixepoch') || ' UTC'
  FROM named WHERE paid_at < ordered_at;
INSERT OR IGNORE INTO problem
SELECT record, 'its currency is not the shop''s', currency
  FROM named
 WHERE currency <> coalesce((SELECT nullif(currency, '') FROM run),
                            (SELECT currency FROM named WHERE currency IS NOT NULL
                              ORDER BY record LIMIT 1));
INSERT OR IGNORE INTO problem
SELECT record, 'another row of its order is refused', order_id
  FROM item
 WHERE first_record IN (SELECT item.first_record
                          FROM item JOIN problem USING (record)
                          JOIN item AS head_row ON head_row.record = item.first_record
                         WHERE head_row.order_id = item.order_id);

CREATE TEMP TABLE whole AS
SELECT named.*, min(record) OVER (PARTITION BY order_id) AS earliest_record,
       (SELECT sum(quantity) FROM sheet_orders JOIN item USING (record)
                  WHERE first_record = named.record) AS items
  FROM named WHERE record NOT IN (SELECT record FROM problem);

-- The same order again, as when two exports were joined.
CREATE TEMP TABLE again AS
SELECT whole.record, earliest.record AS first_record,
       whole.customer = earliest.customer AND whole.ordered_at = earliest.ordered_at
       AND whole.paid_at IS earliest.paid_at AND whole.cancelled_at IS earliest.cancelled_at
       AND whole.amount = earliest.amount AND whole.refunded IS earliest.refunded
       AND whole.items = earliest.items AS same
  FROM whole
  JOIN whole AS earliest ON earliest.record = whole.earliest_record
 WHERE whole.record > earliest.record;
INSERT INTO repeated
SELECT item.record FROM item JOIN again ON again.record = item.first_record WHERE same;
INSERT OR IGNORE INTO problem
SELECT item.record, 'the order stands in this file already, with other values', 'line ' || record.line
  FROM item JOIN again ON again.record = item.first_record
  JOIN record ON record.record = again.first_record WHERE NOT same;

CREATE TEMP TABLE new_order AS
SELECT order_id, customer, ordered_at, paid_at, cancelled_at, amount, items AS quantity,
       nullif(refunded, 0) AS refunded
  FROM whole WHERE record NOT IN (SELECT record FROM again) ORDER BY record;

INSERT INTO note
SELECT 'kept as unpaid: their status says paid, but no time of payment is given', count(*)
  FROM whole
 WHERE status IN ('paid', 'partially_refunded', 'refunded') AND paid_at IS NULL
   AND record NOT IN (SELECT record FROM again);
.read orders.sql
