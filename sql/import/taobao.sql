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
    ('orders', 'quantity', 'count', 'no', '宝贝总数量|宝贝数量'),
    ('orders', 'item', 'text', 'no', '宝贝标题'),
    ('orders', 'variant', 'text', 'no', '颜色/尺码');
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
SELECT sheet_orders.*,
       (SELECT state FROM status_word WHERE substr(status, 1, length(word)) = word) AS state
  FROM sheet_orders;
CREATE INDEX temp.part_by_order ON part (order_id);

INSERT OR IGNORE INTO problem
SELECT record, '订单状态 is no status that is known', status FROM part WHERE state IS NULL;
INSERT OR IGNORE INTO problem
SELECT part.record, 'is paid before it was ordered', cells_orders.paid_at
  FROM part JOIN cells_orders USING (record) WHERE part.paid_at < part.ordered_at;
INSERT OR IGNORE INTO problem
SELECT record, 'is paid, but no amount is given', NULL FROM part WHERE paid_at IS NOT NULL AND paid IS NULL;

DELETE FROM part WHERE record IN (SELECT record FROM problem);
CREATE TEMP TABLE numbered AS
SELECT record, order_id || ' ' || coalesce(part_id, '') AS number,
       quote(customer) || quote(status) || quote(ordered_at) || quote(paid_at) || quote(due)
       || quote(paid) || quote(refunded) || quote(quantity) AS says
  FROM part;
.read twin.sql
DELETE FROM part WHERE record IN (SELECT record FROM twin);

-- An order is kept whole or not at all.
INSERT INTO problem
SELECT record, 'its order has rows of several customers', customer
  FROM part
 WHERE order_id IN (SELECT order_id FROM part GROUP BY order_id
                    HAVING min(customer) <> max(customer));
INSERT OR IGNORE INTO problem
SELECT record, 'another row of its order is refused', order_id
  FROM part
 WHERE part_id IS NOT NULL
   AND order_id IN (SELECT value
                      FROM cells_orders
                      JOIN cell_value ON kind = 'number' AND text = cells_orders.order_id
                     WHERE record IN (SELECT record FROM problem));
DELETE FROM part WHERE record IN (SELECT record FROM problem);

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

-- Only sub-orders tell one item from another.
CREATE TEMP TABLE new_item AS
SELECT order_id, item || coalesce(' ' || variant, '') AS item, quantity, paid AS amount
  FROM part
 WHERE part_id IS NOT NULL AND item IS NOT NULL AND quantity > 0 AND paid_at IS NOT NULL;

INSERT INTO note
SELECT 'kept as unpaid: their status says paid, but no time of payment is given', count(*)
  FROM part WHERE state IN ('paid', 'refunded') AND paid_at IS NULL;
.read orders.sql
