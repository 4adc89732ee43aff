-- handling_time 平均接待时长: total_handling / replied, in seconds
SELECT agent, total(handling) / sum(replied) AS handling_time
  FROM plain_conversation GROUP BY agent;
