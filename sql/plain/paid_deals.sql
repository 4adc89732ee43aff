-- paid_deals 成交笔数: paid inquiries with an amount
SELECT agent, count(amount) FILTER (WHERE paid AND NOT after_sales) AS paid_deals
  FROM plain_contact GROUP BY agent;
