-- agent_lines 客服消息数: lines of the agents, in received conversations
SELECT agent, sum(agent_lines) AS agent_lines
  FROM plain_conversation GROUP BY agent;
