CREATE TEMP TABLE paid AS
SELECT order_id, max(item = 'K01') AS one, max(item = 'K02') AS two
  FROM order_items WHERE order_id IN (SELECT order_id FROM orders WHERE paid_at IS NOT NULL) GROUP BY order_id;
SELECT 'orders of K01 and K02', sum(one AND two),
       (SELECT "同单数 orders_of_both" FROM report WHERE "商品 item" = 'K01' AND "搭配 with" = 'K02') FROM paid;
SELECT 'confidence', printf('%.1f%%', 100.0 * sum(one AND two) / sum(two)),
       (SELECT "置信度 confidence" FROM report WHERE "商品 item" = 'K02' AND "搭配 with" = 'K01') FROM paid;
SELECT 'lift', printf('%.2f', (1.0 * sum(one AND two) / count(*)) / (1.0 * sum(one) / count(*)) / (1.0 * sum(two) / count(*))),
       (SELECT "提升度 lift" FROM report WHERE "商品 item" = 'K01' AND "搭配 with" = 'K02') FROM paid;
