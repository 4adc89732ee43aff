-- payment_success_final 询单→最终付款成功率: paid at most four days after the inquiry / inquirers
SELECT agent, sum(paid_by_final_day) * 1.0 / sum(inquired) AS payment_success_final
  FROM plain_customer GROUP BY agent;
