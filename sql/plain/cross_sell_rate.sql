-- cross_sell_rate 关联销售率: paid inquiries of two items or more / those whose quantity is known
SELECT agent, avg(quantity >= 2) AS cross_sell_rate
  FROM plain_deal GROUP BY agent;
