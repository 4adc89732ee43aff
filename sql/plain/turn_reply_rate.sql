-- turn_reply_rate 轮次回复率: answered turns / turns
SELECT agent, sum(answered) * 1.0 / sum(turns) AS turn_reply_rate
  FROM plain_conversation GROUP BY agent;
