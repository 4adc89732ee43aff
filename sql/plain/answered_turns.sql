-- answered_turns 已回复轮次: bursts of questions that got an answer
SELECT agent, sum(answered) AS answered_turns
  FROM plain_conversation GROUP BY agent;
