-- The definitions of the KPIs in pure SQL, under the default rules: read this file first, then any
-- other of this folder. They are documentation, and the tests hold kefu's results against them.
--
-- They want the tables of sql/schema.sql with times in Unix seconds; days are those of UTC+8. The
-- rows that kefu skips (no customer, no time, no sender) are left out here.

-- --- Chat ---

-- Every line, its conversation (agent, customer, local day), the seconds since the line before, and
-- how many lines of the agent came before it. Of lines with one time the customer's is the first.
CREATE TEMP VIEW plain_line AS
SELECT agent, customer, day, sent_at, sender,
       sent_at - lag(sent_at) OVER conversation AS gap,
       coalesce(sum(sender = 'agent') OVER (
           conversation ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS answers_before
  FROM (SELECT *, CAST((sent_at + 28800) / 86400 AS INTEGER) AS day,
               CASE sender WHEN 'customer' THEN 0 WHEN 'bot' THEN 1 WHEN 'assist' THEN 2
                           WHEN 'agent' THEN 3 END AS place
          FROM messages
         WHERE customer IS NOT NULL AND sent_at IS NOT NULL
           AND sender IS NOT NULL AND sender <> 'system')
WINDOW conversation AS (PARTITION BY agent, customer, day ORDER BY sent_at, place, id);

-- A turn is a burst of the customer's lines and the agent's line that answers it: they have the same
-- number of agent's lines before them. Where asked_at is NULL nobody asked, and there is no turn.
CREATE TEMP VIEW plain_turn AS
SELECT *, answered_at - asked_at AS wait
  FROM (SELECT agent, customer, day, answers_before,
               min(sent_at) FILTER (WHERE sender = 'customer') AS asked_at,
               min(sent_at) FILTER (WHERE sender = 'agent') AS answered_at,
               count(*) FILTER (WHERE sender = 'customer') AS customer_lines,
               count(*) FILTER (WHERE sender = 'agent') AS agent_lines,
               total(gap) FILTER (WHERE gap < 600) AS handling
          FROM plain_line
         GROUP BY agent, customer, day, answers_before);

-- One row a conversation. What nobody asked in is not received and counts nowhere.
CREATE TEMP VIEW plain_conversation AS
SELECT agent, customer, day, turns > 0 AS received, answered > 0 AS replied, turns, answered,
       first_wait, slow_waits >= 3 AS slow, in_time = turns AND turns > 0 AS in_time,
       customer_lines, CASE WHEN turns > 0 THEN agent_lines ELSE 0 END AS agent_lines,
       CASE WHEN answered > 0 THEN handling ELSE 0 END AS handling
  FROM (SELECT agent, customer, day, count(asked_at) AS turns, count(wait) AS answered,
               min(answered_at) FILTER (WHERE wait IS NOT NULL) - min(asked_at) AS first_wait,
               count(*) FILTER (WHERE wait > 120) AS slow_waits,
               count(*) FILTER (WHERE wait <= 180) AS in_time,
               sum(customer_lines) AS customer_lines, sum(agent_lines) AS agent_lines,
               sum(handling) AS handling
          FROM plain_turn
         GROUP BY agent, customer, day);

-- --- Deals ---

-- Every contact with what came of it. After-sales: something was ordered or paid before it.
CREATE TEMP VIEW plain_contact AS
SELECT agent, customer, amount, quantity,
       coalesce(ordered_at < asked_at, 0) OR coalesce(paid_at < asked_at, 0) AS after_sales,
       ordered_at IS NOT NULL OR paid_at IS NOT NULL AS ordered,
       paid_at IS NOT NULL AS paid,
       CAST((paid_at + 28800) / 86400 AS INTEGER) - CAST((asked_at + 28800) / 86400 AS INTEGER)
           AS days_to_payment
  FROM inquiries
 WHERE customer IS NOT NULL AND asked_at IS NOT NULL;

-- The paid inquiries.
CREATE TEMP VIEW plain_deal AS
SELECT * FROM plain_contact WHERE paid AND NOT after_sales;

-- One row a customer, by agent.
CREATE TEMP VIEW plain_customer AS
SELECT agent, customer,
       max(NOT after_sales) AS inquired,
       max(ordered AND NOT after_sales) AS ordered,
       max(paid AND NOT after_sales) AS paid,
       coalesce(max(days_to_payment <= 1 AND NOT after_sales), 0) AS paid_by_next_day,
       coalesce(max(days_to_payment <= 4 AND NOT after_sales), 0) AS paid_by_final_day,
       count(amount) FILTER (WHERE paid AND NOT after_sales) AS deals
  FROM plain_contact
 GROUP BY agent, customer;

-- --- Ratings ---

CREATE TEMP VIEW plain_rating AS
SELECT agent, customer, coalesce(invited, 0) <> 0 AS invited, score
  FROM ratings
 WHERE customer IS NOT NULL AND at IS NOT NULL;
