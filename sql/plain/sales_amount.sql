-- sales_amount 销售额: what the paid inquiries brought, in yuan
SELECT agent, total(amount) FILTER (WHERE paid AND NOT after_sales) AS sales_amount
  FROM plain_contact GROUP BY agent;
