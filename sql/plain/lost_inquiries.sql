-- lost_inquiries 询单流失人数: inquirers who did not order
SELECT agent, sum(inquired) - sum(ordered) AS lost_inquiries
  FROM plain_customer GROUP BY agent;
