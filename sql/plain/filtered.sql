-- filtered 接待过滤人数: conversations that a filter removes; the default rules have none
SELECT agent, 0 AS filtered
  FROM plain_conversation GROUP BY agent;
