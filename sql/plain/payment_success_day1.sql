-- payment_success_day1 询单→次日付款成功率: paid on the day of the inquiry or the next / inquirers
SELECT agent, sum(paid_by_next_day) * 1.0 / sum(inquired) AS payment_success_day1
  FROM plain_customer GROUP BY agent;
