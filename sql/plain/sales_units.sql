-- sales_units 销售量: items of the paid inquiries
SELECT agent, coalesce(sum(quantity) FILTER (WHERE paid AND NOT after_sales), 0) AS sales_units
  FROM plain_contact GROUP BY agent;
