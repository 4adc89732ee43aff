-- order_value 笔单价: sales amount / paid deals, in yuan
SELECT agent, avg(amount) AS order_value
  FROM plain_deal GROUP BY agent;
