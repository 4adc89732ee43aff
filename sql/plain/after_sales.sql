-- after_sales 售后接待人数: customers with nothing but after-sales contacts
SELECT agent, sum(NOT inquired) AS after_sales
  FROM plain_customer GROUP BY agent;
