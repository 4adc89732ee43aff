-- Each day on which a customer asked an agent, and the customer's orders about it: from the question
-- until the end of the fourth day after it, or else those before it, back to 21 days.
CREATE TEMP TABLE plain AS
SELECT agent, customer, asked_at,
       EXISTS (SELECT 1 FROM orders WHERE orders.customer = asked.customer AND ordered_at >= asked_at
                  AND date(ordered_at + 28800, 'unixepoch') <= date(asked_at + 28800, 'unixepoch', '+4 days'))
           AS ordered,
       EXISTS (SELECT 1 FROM orders WHERE orders.customer = asked.customer AND ordered_at < asked_at
                  AND date(ordered_at + 28800, 'unixepoch') >= date(asked_at + 28800, 'unixepoch', '-21 days'))
           AS stood
  FROM (SELECT agent, customer, min(sent_at) AS asked_at FROM messages WHERE sender = 'customer'
         GROUP BY agent, customer, date(sent_at + 28800, 'unixepoch')) AS asked;
SELECT 'inquiries', sum(ordered OR NOT stood),
       (SELECT count(*) FROM (SELECT DISTINCT agent, customer, asked_at FROM inquiries
                               WHERE ordered_at IS NULL OR ordered_at >= asked_at)) FROM plain;
SELECT 'ordered', sum(ordered),
       (SELECT count(*) FROM (SELECT DISTINCT agent, customer, asked_at FROM inquiries WHERE ordered_at >= asked_at))
  FROM plain;
SELECT 'after the sale', sum(stood AND NOT ordered), (SELECT count(*) FROM inquiries WHERE ordered_at < asked_at)
  FROM plain;
-- A second run changes nothing; a payment that comes later changes its rows alone, under their ids.
CREATE TEMP TABLE first_run AS SELECT * FROM inquiries;
UPDATE orders SET paid_at = ordered_at + 60, cancelled_at = NULL
 WHERE order_id = (SELECT min(order_id) FROM inquiries WHERE paid_at IS NULL AND ordered_at >= asked_at);
.output /dev/null
.read sql/report/inquiries.sql
.output
SELECT 'ids that stand', count(*), (SELECT count(*) FROM first_run JOIN inquiries USING (id, agent, customer, asked_at))
  FROM first_run;
SELECT 'orders whose rows changed', 1,
       (SELECT count(DISTINCT inquiries.order_id) FROM first_run JOIN inquiries USING (id)
         WHERE first_run.paid_at IS NOT inquiries.paid_at);
