-- kefu_credits and kefu_inquiries against sql/plain: wants tests/diff/journey_rows.sql, the rows of
-- credits_last.sql in credit_wanted and those of inquiries.sql in inquiry_wanted; fills verdict.

-- A row as text, without what the two ways type differently.
INSERT INTO verdict
SELECT 'credits of order ' || quote(order_id), got.agent,
       printf('%s %s %s %s %s %s %s %s %s', quote(wanted.customer), quote(wanted.agent),
              wanted.weight, wanted.rule, wanted.touched_at * 1.0, wanted.ordered_at * 1.0,
              wanted.paid_at * 1.0, wanted.amount * 1.0, wanted.refunded * 1.0),
       printf('%s %s %s %s %s %s %s %s %s', quote(got.customer), quote(got.agent), got.weight,
              got.rule, got.touched_at, got.ordered_at, got.paid_at, got.amount, got.refunded)
  FROM credit_wanted AS wanted
  LEFT JOIN kefu_credits((SELECT journeys FROM journey)) AS got USING (order_id);
INSERT INTO verdict
SELECT 'number of credits', NULL, (SELECT count(*) FROM credit_wanted),
       (SELECT count(*) FROM kefu_credits((SELECT journeys FROM journey)));

CREATE TEMP TABLE inquiry_got AS SELECT * FROM kefu_inquiries((SELECT journeys FROM journey));
INSERT INTO verdict
SELECT 'inquiry of ' || quote(wanted.customer) || ' at ' || wanted.asked_at, wanted.agent,
       printf('%s %s %s %s %s', quote(wanted.order_id), wanted.ordered_at * 1.0,
              wanted.paid_at * 1.0, wanted.amount * 1.0, wanted.quantity),
       printf('%s %s %s %s %s', quote(got.order_id), got.ordered_at, got.paid_at, got.amount,
              got.quantity)
  FROM inquiry_wanted AS wanted
  LEFT JOIN inquiry_got AS got
    ON got.agent IS wanted.agent AND got.customer = wanted.customer
   AND got.asked_at = wanted.asked_at AND got.order_id IS wanted.order_id;
INSERT INTO verdict
SELECT 'number of inquiries', NULL, (SELECT count(*) FROM inquiry_wanted),
       (SELECT count(*) FROM inquiry_got);

-- What is split adds up, under every model and anchor: weights to 1, money to the orders' own.
CREATE TEMP TABLE model AS
SELECT model.value AS model, anchor.value AS anchor,
       '{"model":"' || model.value || '","anchor":"' || anchor.value || '","credit_window":7200}'
           AS rules
  FROM (SELECT 'last' AS value UNION ALL SELECT 'first' UNION ALL SELECT 'linear'
        UNION ALL SELECT 'position' UNION ALL SELECT 'decay') AS model,
       (SELECT 'order' AS value UNION ALL SELECT 'pay' UNION ALL SELECT 'order_first') AS anchor;
CREATE TEMP TABLE credit AS
SELECT model, anchor, credit.*
  FROM model, kefu_credits((SELECT journeys FROM journey), model.rules) AS credit;
CREATE INDEX temp.credit_of_order ON credit (order_id, model, anchor);
INSERT INTO verdict
SELECT 'sum of ' || model || '/' || anchor, NULL,
       printf('%d %d %d', 1000000, CASE WHEN cancelled_at IS NULL
                                        THEN round(coalesce(amount, 0) * 1000000) ELSE 0 END,
              round(coalesce(refunded, 0) * 1000000)),
       printf('%d %d %d', weights, amounts, refunds)
  FROM (SELECT model, anchor, order_id, sum(CAST(round(weight * 1000000) AS INTEGER)) AS weights,
               sum(CAST(round(coalesce(amount, 0) * 1000000) AS INTEGER)) AS amounts,
               sum(CAST(round(refunded * 1000000) AS INTEGER)) AS refunds
          FROM credit GROUP BY model, anchor, order_id)
  JOIN orders USING (order_id);
INSERT INTO verdict
SELECT 'orders of ' || model || '/' || anchor, NULL,
       (SELECT count(*) FROM orders WHERE anchor <> 'pay' OR paid_at IS NOT NULL),
       (SELECT count(DISTINCT order_id) FROM credit
         WHERE credit.model = model.model AND credit.anchor = model.anchor)
  FROM model;
-- An agent's share of an order stands on one of the agent's inquiries at most, and is the credited one.
INSERT INTO verdict
SELECT 'shares in inquiries', NULL, 0, count(*)
  FROM (SELECT model, anchor, got.agent, order_id, count(amount) AS times, max(amount) AS amount
          FROM model, kefu_inquiries((SELECT journeys FROM journey), model.rules) AS got
         GROUP BY model, anchor, got.agent, order_id) AS found
 WHERE times > 1
    OR (times = 1 AND NOT EXISTS (
           SELECT 1 FROM credit
            WHERE credit.model = found.model AND credit.anchor = found.anchor
              AND credit.order_id = found.order_id AND credit.agent IS found.agent
              AND credit.amount = found.amount AND credit.rule <> 'silent'));
