-- invite_rate 发送满意率 (邀评率): contacts with an invitation to rate / contacts
SELECT agent, avg(invited) AS invite_rate
  FROM plain_rating GROUP BY agent;
