-- item_price 件单价: sales amount / items sold, in yuan
SELECT agent, total(amount) / sum(quantity) AS item_price
  FROM plain_deal GROUP BY agent;
