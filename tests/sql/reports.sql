-- The demo's reports over a shop so small that they can be worked out by hand, on 3 November.
.read sql/schema.sql
INSERT INTO agents (agent, name) VALUES ('A', '小甲'), ('B', '小乙');
-- c1 waits 30 s for A, 60 s and 20 s for B; c2 waits in vain for A.
INSERT INTO messages (agent, customer, sent_at, sender)
SELECT column1, column2, strftime('%s', '2026-11-03 ' || column3, '-8 hours') + 0, column4
  FROM (VALUES ('A', 'c1', '10:00:00', 'customer'), ('A', 'c1', '10:00:30', 'agent'),
               ('A', 'c2', '10:00:00', 'customer'), ('B', 'c1', '11:00:00', 'customer'),
               ('B', 'c1', '11:01:00', 'agent'), ('B', 'c1', '11:02:00', 'customer'),
               ('B', 'c1', '11:02:20', 'agent'));
-- c1 buys for 100 yuan with A, and orders with B without paying.
INSERT INTO orders (order_id, customer, ordered_at, paid_at, amount, quantity) VALUES
    ('T1', 'c1', 1793671300, 1793671400, 100, 1), ('T2', 'c1', 1793674900, NULL, 50, 1);
INSERT INTO inquiries (agent, customer, asked_at, ordered_at, paid_at, amount, quantity) VALUES
    ('A', 'c1', 1793671200, 1793671300, 1793671400, 100, 1), ('A', 'c2', 1793671200, NULL, NULL, NULL, NULL),
    ('B', 'c1', 1793674800, 1793674900, NULL, NULL, NULL);
INSERT INTO ratings (agent, customer, at, invited, score) VALUES
    ('A', 'c1', 1793671500, 1, 5), ('B', 'c1', 1793675000, 1, 3);
.read sql/report/agents.sql
.read sql/report/chats.sql
.read sql/report/rollup.sql
.read sql/report/rollup.sql
