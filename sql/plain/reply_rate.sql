-- reply_rate 回复率: replied / received
SELECT agent, sum(replied) * 1.0 / sum(received) AS reply_rate
  FROM plain_conversation GROUP BY agent;
