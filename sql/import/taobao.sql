-- Order lists of Taobao and Tmall as sellers have exported them since 2011, the list of sub-orders
-- that Tmall gives its suppliers, and 1688. Each layout is the same table under other headings.
CREATE TEMP TABLE layout (sheet TEXT, field TEXT, kind TEXT, needed TEXT, headings TEXT);
INSERT INTO layout VALUES
    ('orders', 'order_id', 'number', 'cell', '主订单编号|订单编号'),
    ('orders', 'part_id', 'number', 'no', '子订单编号'),
    ('orders', 'customer', 'text', 'cell', '买家会员名'),
    ('orders', 'status', 'text', 'cell', '订单状态'),
    ('orders', 'ordered_at', 'time', 'cell', '订单创建时间|买家下单时间'),
    ('orders', 'paid_at', 'time', 'column', '订单付款时间|买家付款时间'),
    ('orders', 'due', 'amount', 'no', '总金额|实付款'),
    ('orders', 'paid', 'amount', 'column', '子单实际支付金额|买家实际支付金额|买家实付金额|实付款'),
    ('orders', 'refunded', 'amount', 'no', '退款金额'),
    ('orders', 'quantity', 'count', 'no', '宝贝总数量|宝贝数量');
.read sheet.sql

-- How a status begins, and what it says of the order.
CREATE TEMP TABLE status_word (word TEXT, state TEXT);
INSERT INTO status_word VALUES
    ('等待买家付款', 'open'),
    ('买家已付款', 'paid'), ('等待卖家发货', 'paid'), ('卖家部分发货', 'paid'), ('卖家已发货', 'paid'),
    ('等待买家确认', 'paid'), ('等待买家收货', 'paid'), ('交易成功', 'paid'),
    ('交易关闭', 'closed'), ('交易取消', 'closed'), ('已取消', 'closed'),
    ('已退款', 'refunded'), ('退货退款', 'refunded');

CREATE TEMP TABLE part AS
SELECT sheet_orders.*, coalesce(part_id, order_id) AS own_id,
       (SELECT state FROM status_word WHERE substr(status, 1, length(word)) = word) AS state
  FROM sheet_orders;
CREATE INDEX temp.part_by_id ON part (order_id, own_id);

INSERT OR IGNORE INTO problem
SELECT record, '订单状态 is no status that is known', status FROM part WHERE state IS NULL;
INSERT OR IGNORE INTO problem
SELECT record, 'is paid before it was ordered', datetime(paid_at, 'unixepoch') || ' UTC'
  FROM part WHERE paid_at < ordered_at;
INSERT OR IGNORE INTO problem
SELECT record, 'is paid, but no amount is given', NULL FROM part WHERE paid_at IS NOT NULL AND paid IS NULL;

-- The same row again is no second order; another row of the same number cannot be right as well.
CREATE TEMP TABLE again AS
SELECT part.record, first.record AS first_record,
       part.customer = first.customer AND part.status = first.status
       AND part.ordered_at = first.ordered_at AND part.paid_at IS first.paid_at
       AND part.due IS first.due AND part.paid IS first.paid AND part.refunded IS first.refunded
       AND part.quantity IS first.quantity AS same
  FROM part
  JOIN (SELECT order_id, own_id, min(record) AS record
          FROM part WHERE record NOT IN (SELECT record FROM problem)
         GROUP BY order_id, own_id HAVING count(*) > 1) AS earliest USING (order_id, own_id)
  JOIN part AS first ON first.record = earliest.record
 WHERE part.record > first.record AND part.record NOT IN (SELECT record FROM problem);
INSERT INTO repeated SELECT record FROM again WHERE same;
INSERT OR IGNORE INTO problem
SELECT again.record, 'the order stands in this file already, with other values',
       'line ' || record.line
  FROM again JOIN record ON record.record = first_record WHERE NOT same;

-- An order is kept whole or not at all.
INSERT OR IGNORE INTO problem
SELECT record, 'its order has rows of several customers', customer
  FROM part
 WHERE order_id IN (SELECT order_id FROM part GROUP BY order_id
                    HAVING min(customer) <> max(customer));
INSERT OR IGNORE INTO problem
SELECT record, 'another row of its order is refused', order_id
  FROM part
 WHERE part_id IS NOT NULL AND record NOT IN (SELECT record FROM repeated)
   AND order_id IN (SELECT value
                      FROM cells_orders
                      JOIN cell_value ON kind = 'number' AND text = cells_orders.order_id
                     WHERE record IN (SELECT record FROM problem));
DELETE FROM part
 WHERE record IN (SELECT record FROM problem UNION SELECT record FROM repeated);

-- The export does not say when an order was closed: the last time that it does say stands for it.
-- What had been paid for a closed order was given back; the platform closes it in no other way.
CREATE TEMP TABLE new_order AS
SELECT order_id, customer, min(ordered_at) AS ordered_at, min(paid_at) AS paid_at,
       CASE WHEN min(state = 'closed') THEN max(coalesce(paid_at, ordered_at)) END AS cancelled_at,
       round(CASE WHEN min(paid_at) IS NOT NULL THEN total(paid) ELSE coalesce(max(due), sum(paid)) END, 2)
           AS amount,
       CASE WHEN count(quantity) = count(*) THEN sum(quantity) END AS quantity,
       nullif(round(total(coalesce(nullif(refunded, 0),
                                   CASE WHEN state IN ('closed', 'refunded') AND paid_at IS NOT NULL
                                   THEN paid END)), 2), 0) AS refunded
  FROM part GROUP BY order_id ORDER BY min(record);

INSERT INTO note
SELECT 'kept as unpaid: their status says paid, but no time of payment is given', count(*)
  FROM part WHERE state IN ('paid', 'refunded') AND paid_at IS NULL;
.read orders.sql
