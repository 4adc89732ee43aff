-- within_rate t 秒响应率: received with every turn answered within 180 s / received
SELECT agent, sum(in_time) * 1.0 / sum(received) AS within_rate
  FROM plain_conversation GROUP BY agent;
