-- payers 付款人数: inquirers who paid
SELECT agent, sum(paid) AS payers
  FROM plain_customer GROUP BY agent;
