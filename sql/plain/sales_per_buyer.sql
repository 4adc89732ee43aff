-- sales_per_buyer 客单价: sales amount / payers, in yuan
SELECT agent, total(amount) / count(DISTINCT customer) AS sales_per_buyer
  FROM plain_deal GROUP BY agent;
