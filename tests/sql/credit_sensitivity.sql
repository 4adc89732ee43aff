-- sql/report/credit_sensitivity.sql and agents.sql over a shop so small that they can be worked out by hand,
-- on 3 November.
.read sql/schema.sql
INSERT INTO agents (agent, name) VALUES ('A', '小甲'), ('B', '小乙'), ('C', '小丙');
-- c1 asks A, then B, who both answer, and buys; C answers between the order and the payment.
-- c2 buys at once, and asks C before the payment. c3 buys and asks nobody. c4 is answered by B, orders, and
-- does not pay; c5 asks C, pays, and cancels.
INSERT INTO messages (agent, customer, sent_at, sender)
SELECT column1, column2, strftime('%s', '2026-11-03 ' || column3, '-8 hours') + 0, column4
  FROM (VALUES ('A', 'c1', '10:00', 'customer'), ('A', 'c1', '10:01', 'agent'),
               ('B', 'c1', '10:10', 'customer'), ('B', 'c1', '10:11', 'agent'),
               ('C', 'c1', '10:29', 'customer'), ('C', 'c1', '10:30', 'agent'),
               ('C', 'c2', '10:29', 'customer'), ('C', 'c2', '10:30', 'agent'),
               ('B', 'c4', '10:00', 'customer'), ('B', 'c4', '10:01', 'agent'),
               ('C', 'c5', '10:00', 'customer'), ('C', 'c5', '10:01', 'agent'),
               ('C', 'c5', '10:02', 'system'), ('C', 'c5', '10:02', 'bot'));
INSERT INTO orders (order_id, customer, ordered_at, paid_at, cancelled_at, amount, quantity, refunded)
SELECT column1, column2, strftime('%s', '2026-11-03 10:20', '-8 hours') + 0,
       CASE column3 WHEN 'paid' THEN strftime('%s', '2026-11-03 10:40', '-8 hours') + 0 END,
       CASE column4 WHEN 'cancelled' THEN strftime('%s', '2026-11-03 10:50', '-8 hours') + 0 END, column5, 1, column6
  FROM (VALUES ('o1', 'c1', 'paid', '', 120, NULL), ('o2', 'c2', 'paid', '', 50, 10), ('o3', 'c3', 'paid', '', 30, NULL),
               ('o4', 'c4', '', '', 1000, NULL), ('o5', 'c5', 'paid', 'cancelled', 2000, 2000));
-- By the order, last gives o1 to B, first to A, the others halve it (decay: but for 14 fen). By the payment C
-- spoke too: last gives it to C, linear thirds, position 40:20:40; and C has o2. order_first: o1 is as by the
-- order, o2 C's. o4 and o5 count nowhere; the shop's 200 stand.
.headers on
.read sql/report/credit_sensitivity.sql
-- Sales: B's 120, nobody's 80, the shop's 200; 2 and 3 buyers. Inquiries: A c1, B c1 c4, C c1? (its order came
-- before: after-sales), C c2 (likewise), C c5 (ordered, not paid): in all c1 c4 c5, of whom c1 paid.
.read sql/report/agents.sql
.headers off
-- The refund is borne by who earned the order: nobody, or by the payment C.
SELECT agent, refunded, column1
  FROM (VALUES ('order'), ('pay')),
       kefu_credits((SELECT journeys(customer, at, event, agent, order_id, amount, quantity) FROM journey_events),
                    '{"anchor":"' || column1 || '"}')
 WHERE order_id = 'o2';
