-- One shard's part of all journeys until :cutoff: who asked, who answered, what was ordered and paid.
-- There is no key: the result is one row, which kefu_credits() and kefu_inquiries() read.
SELECT journeys(customer, at, event, agent, order_id, amount, quantity) AS events
  FROM journey_events WHERE at < :cutoff;
