-- Who earned which order, and what inquiries led to: each customer below is one case, its facts worked
-- out by hand from the definitions. All cases are in the same journeys, as they are in a shop.
CREATE TABLE event (customer, at, event, agent, order_id, amount, quantity);

-- Four lines and one order; who earned it depends on the rule.
INSERT INTO event VALUES
    ('four', '2026-11-03 10:00', 'ask', 'ann', NULL, NULL, NULL),
    ('four', '2026-11-03 10:01', 'chat', 'ann', NULL, NULL, NULL),
    ('four', '2026-11-03 10:10', 'chat', 'bob', NULL, NULL, NULL),
    ('four', '2026-11-03 10:20', 'order', NULL, 'F', 100, 1),
    ('four', '2026-11-03 10:30', 'chat', 'cat', NULL, NULL, NULL),
    ('four', '2026-11-03 10:40', 'pay', NULL, 'F', 100, 1);
-- The window's edges belong to it, and a touch at the order's instant comes before the order. A minute
-- (in the rules below) before 10:00:00 is 09:59:00; a millisecond earlier is too early.
INSERT INTO event VALUES
    ('edge', '2026-11-03 09:59:00.000', 'chat', 'at start', NULL, NULL, NULL),
    ('edge', '2026-11-03 09:58:59.999', 'chat', 'before', NULL, NULL, NULL),
    ('edge', '2026-11-03 10:00:00.000', 'chat', 'at end', NULL, NULL, NULL),
    ('edge', '2026-11-03 10:00:00.001', 'chat', 'after', NULL, NULL, NULL),
    ('edge', '2026-11-03 10:00', 'order', NULL, 'E', 7, NULL);
-- Equal times go by agent: NULL, numbers, text, blobs.
INSERT INTO event VALUES
    ('ties', '2026-11-03 10:00', 'chat', 'zoe', NULL, NULL, NULL),
    ('ties', '2026-11-03 10:00', 'chat', x'00', NULL, NULL, NULL),
    ('ties', '2026-11-03 10:00', 'chat', 7, NULL, NULL, NULL),
    ('ties', '2026-11-03 10:00', 'chat', NULL, NULL, NULL, NULL),
    ('ties', '2026-11-03 10:00', 'order', NULL, 'T', 0.000005, 2);
-- One agent; one at each end; a third between; one agent at both ends of two others.
INSERT INTO event
SELECT customer, '2026-11-03 10:0' || column2, 'chat', column3, NULL, NULL, NULL
  FROM (VALUES ('one', 1, 'ann'), ('one', 2, 'ann'), ('two', 1, 'ann'), ('two', 2, 'bob'),
               ('three', 1, 'ann'), ('three', 2, 'bob'), ('three', 3, 'cat'),
               ('both', 1, 'ann'), ('both', 2, 'bob'), ('both', 3, 'cat'), ('both', 4, 'ann'))
  JOIN (SELECT 'one' AS customer UNION ALL SELECT 'two' UNION ALL SELECT 'three' UNION ALL SELECT 'both')
    ON customer = column1
UNION ALL
SELECT column1, '2026-11-03 10:10', 'pay', NULL, 'P' || column1, 10, 1
  FROM (VALUES ('one'), ('two'), ('three'), ('both'));
-- Paid in two parts, of which one says no amount; partly given back, after a chat that earns nothing.
INSERT INTO event VALUES
    ('parts', '2026-11-03 10:00', 'chat', 'ann', NULL, NULL, NULL),
    ('parts', '2026-11-03 10:05', 'chat', 'bob', NULL, NULL, NULL),
    ('parts', '2026-11-03 10:10', 'order', NULL, 'S', 50, 9),
    ('parts', '2026-11-03 10:30', 'pay', NULL, 'S', '', 1),
    ('parts', '2026-11-03 10:20', 'pay', NULL, 'S', '20.01', NULL),
    ('parts', '2026-11-03 10:40', 'pay', NULL, 'S', 20, 2),
    ('parts', '2026-11-03 10:50', 'chat', 'cat', NULL, NULL, NULL),
    ('parts', '2026-11-03 11:00', 'refund', NULL, 'S', 0.01, NULL),
    ('parts', '2026-11-03 11:00', 'refund', NULL, 'S', 5, NULL);
-- Paid, given back and cancelled; never placed (no order at all); placed and never paid.
INSERT INTO event VALUES
    ('gone', '2026-11-03 10:00', 'ask', 'ann', NULL, NULL, NULL),
    ('gone', '2026-11-03 10:01', 'chat', 'ann', NULL, NULL, NULL),
    ('gone', '2026-11-03 10:02', 'order', NULL, 'C', 30, 1),
    ('gone', '2026-11-03 10:03', 'pay', NULL, 'C', 30, 1),
    ('gone', '2026-11-03 10:04', 'cancel', NULL, 'C', NULL, NULL),
    ('gone', '2026-11-03 10:05', 'refund', NULL, 'C', 30, NULL),
    ('gone', '2026-11-03 10:06', 'cancel', NULL, 'never', NULL, NULL),
    ('gone', '2026-11-03 10:07', 'order', NULL, 'U', 8, 1);
-- Nobody spoke before the order, ann did before the payment; and nobody at all.
INSERT INTO event VALUES
    ('late', '2026-11-03 10:00', 'order', NULL, 'L', 40, 1),
    ('late', '2026-11-03 10:30', 'chat', 'ann', NULL, NULL, NULL),
    ('late', '2026-11-03 10:40', 'pay', NULL, 'L', 40, 1),
    ('mute', '2026-11-03 10:00', 'ask', 'ann', NULL, NULL, NULL),
    ('mute', '2026-11-03 10:00', 'order', NULL, 'M', 60, NULL);
-- Two agents asked over several days: ann on the 1st (twice) and the 5th, bob on the 4th. The order of
-- the 5th is within four days of all, that of the 6th is five days after the 1st, that of the 10th is
-- nobody's; ann spoke last before the first two, on the 5th.
INSERT INTO event VALUES
    ('days', '2026-11-01 09:00', 'ask', 'ann', NULL, NULL, NULL),
    ('days', '2026-11-01 08:00', 'ask', 'ann', NULL, NULL, NULL),
    ('days', '2026-11-04 23:59', 'ask', 'bob', NULL, NULL, NULL),
    ('days', '2026-11-04 23:59', 'chat', 'bob', NULL, NULL, NULL),
    ('days', '2026-11-05 00:00', 'ask', 'ann', NULL, NULL, NULL),
    ('days', '2026-11-05 00:01', 'chat', 'ann', NULL, NULL, NULL),
    ('days', '2026-11-05 23:59:59', 'pay', NULL, 'D5', 50, 2),
    ('days', '2026-11-06 00:00', 'pay', NULL, 'D6', 60, 1),
    ('days', '2026-11-10 00:00', 'pay', NULL, 'D10', 100, 1);
-- An order on the 1st. Asked before it on the same day: an inquiry; after it, and up to 21 days later:
-- after-sales, no row; 22 days later: an inquiry again. A cancelled order was an order; and with one to
-- come, what was before does not matter.
INSERT INTO event VALUES
    ('again', '2026-11-01 12:00', 'pay', NULL, 'A1', 10, 1),
    ('again', '2026-11-01 11:00', 'ask', 'ann', NULL, NULL, NULL),
    ('again', '2026-11-01 13:00', 'ask', 'bob', NULL, NULL, NULL),
    ('again', '2026-11-22 23:59', 'ask', 'cat', NULL, NULL, NULL),
    ('again', '2026-11-23 00:00', 'ask', 'dan', NULL, NULL, NULL),
    ('twice', '2026-11-20 12:00', 'order', NULL, 'A2', 10, 1),
    ('twice', '2026-11-20 12:30', 'cancel', NULL, 'A2', NULL, NULL),
    ('twice', '2026-11-20 13:00', 'ask', 'ann', NULL, NULL, NULL),
    ('twice', '2026-11-21 13:00', 'ask', 'bob', NULL, NULL, NULL),
    ('twice', '2026-11-25 13:00', 'order', NULL, 'A3', 10, 1);
-- Shares of bob, who was never asked, and of the nobody whom the customer asked before ann.
INSERT INTO event VALUES
    ('share', '2026-11-03 10:00', 'ask', NULL, NULL, NULL, NULL),
    ('share', '2026-11-03 10:01', 'ask', 'ann', NULL, NULL, NULL),
    ('share', '2026-11-03 10:02', 'chat', 'bob', NULL, NULL, NULL),
    ('share', '2026-11-03 10:03', 'chat', 'ann', NULL, NULL, NULL),
    ('share', '2026-11-03 10:04', 'chat', 'cat', NULL, NULL, NULL),
    ('share', '2026-11-03 10:05', 'pay', NULL, 'H', 100, 3);
-- Rows without customer, time or event are none.
INSERT INTO event VALUES
    (NULL, '2026-11-03 10:00', 'chat', 'ann', NULL, NULL, NULL),
    ('four', '', 'nonsense', 'ann', NULL, NULL, NULL),
    ('four', '2026-11-03 10:00', NULL, 'ann', NULL, NULL, NULL);

CREATE VIEW journey AS
SELECT journeys(customer, at, event, agent, order_id, amount, quantity) AS j FROM event;
CREATE VIEW credit AS
SELECT order_id, quote(agent) AS agent, weight, rule, substr(time(touched_at, 'unixepoch', '+8 hours'), 1, 5)
       AS touched, substr(time(paid_at, 'unixepoch', '+8 hours'), 1, 5) AS paid, amount, refunded, customer
  FROM kefu_credits((SELECT j FROM journey));
CREATE VIEW inquiry AS
SELECT quote(agent) AS agent, strftime('%d %H:%M', asked_at, 'unixepoch', '+8 hours') AS asked, order_id,
       paid_at IS NOT NULL AS paid, amount, quantity, customer
  FROM kefu_inquiries((SELECT j FROM journey));

.print One order under six rules: bob; ann; cat; both; nobody; two ends
SELECT column1, agent, weight, rule, amount
  FROM (VALUES ('{}', 1), ('{"model":"first"}', 2), ('{"anchor":"pay"}', 3), ('{"model":"linear"}', 4),
               ('{"credit_window":300}', 5), ('{"model":"position"}', 6)) AS rules,
       kefu_credits((SELECT j FROM journey), column1)
 WHERE customer = 'four' ORDER BY column2, agent;
.print Both edges of the window belong to it
SELECT agent, weight, touched_at - ordered_at
  FROM kefu_credits((SELECT j FROM journey), '{"credit_window":60,"model":"linear"}') WHERE customer = 'edge';
.print Ties: the last in the order of SQLite earns, the first with first
SELECT agent, rule FROM credit WHERE customer = 'ties';
SELECT quote(agent), rule FROM kefu_credits((SELECT j FROM journey), '{"model":"first"}') WHERE customer = 'ties';
.print Five millionths among four: the odd one to who comes first
SELECT quote(agent), weight, printf('%.6f', amount)
  FROM kefu_credits((SELECT j FROM journey), '{"model":"linear"}') WHERE customer = 'ties';
.print Position with one agent, two, three, and one at both ends
SELECT customer, agent, weight, amount
  FROM kefu_credits((SELECT j FROM journey), '{"model":"position"}')
 WHERE customer IN ('one', 'two', 'three', 'both') ORDER BY customer, agent;
.print Decay: a half-life of a minute, touches one minute apart: 1/7, 2/7, 4/7
SELECT agent, weight, amount
  FROM kefu_credits((SELECT j FROM journey), '{"model":"decay","half_life":60}') WHERE customer = 'three';
.print Decay: a millisecond: all that is left to the older ones is no millionth
SELECT agent, weight FROM kefu_credits((SELECT j FROM journey), '{"model":"decay","half_life":0.001}')
 WHERE customer = 'three';
.print Parts: paid at the first, 40.01 in all; refunds 5.01; split in halves
SELECT agent, weight, rule, touched, paid, amount, refunded FROM credit WHERE customer = 'parts';
SELECT agent, weight, amount, refunded
  FROM kefu_credits((SELECT j FROM journey), '{"model":"linear"}') WHERE customer = 'parts';
.print Cancelled: worth 0, not paid, refunds kept; never placed: no row; unpaid: the amount of the order event
SELECT order_id, agent, paid, amount, refunded FROM credit WHERE customer = 'gone' ORDER BY order_id;
.print By the payment: a cancelled order that was paid has a row, an unpaid one has none
SELECT order_id, agent, rule, amount, refunded, paid_at
  FROM kefu_credits((SELECT j FROM journey), '{"anchor":"pay"}') WHERE customer = 'gone';
.print Silent by the order, by the payment of ann; order_first falls back to the payment
SELECT order_id, agent, rule, touched, amount FROM credit WHERE customer IN ('late', 'mute') ORDER BY 1;
SELECT order_id, agent, rule, amount
  FROM kefu_credits((SELECT j FROM journey), '{"anchor":"order_first"}')
 WHERE customer IN ('late', 'mute') ORDER BY 1;
.print Inquiries: up to four days after, the money on the last one before the order
SELECT agent, asked, order_id, paid, amount, quantity FROM inquiry
 WHERE customer = 'days' ORDER BY asked, order_id;
.print The same up to one day after
SELECT agent, strftime('%d', asked_at, 'unixepoch', '+8 hours'), order_id, amount
  FROM kefu_inquiries((SELECT j FROM journey), '{"final_days":1}')
 WHERE customer = 'days' ORDER BY asked_at, order_id;
.print After-sales: 21 days (bob was asked four days before A3, ann five), then 0, then 22
SELECT agent, asked, order_id, paid, amount FROM inquiry
 WHERE customer IN ('again', 'twice') ORDER BY customer, asked;
SELECT group_concat(agent) FROM (SELECT agent FROM kefu_inquiries((SELECT j FROM journey), '{"after_sales_days":0}')
                                  WHERE customer = 'again' ORDER BY agent);
SELECT group_concat(agent) FROM (SELECT agent FROM kefu_inquiries((SELECT j FROM journey), '{"after_sales_days":22}')
                                  WHERE customer = 'again' ORDER BY agent);
.print Shares: who was never asked has no inquiry, who has no share has no amount
SELECT quote(agent), order_id, amount, quantity FROM kefu_inquiries((SELECT j FROM journey), '{"model":"linear"}')
 WHERE customer = 'share' ORDER BY asked_at;
.print The quantity goes with the largest share: of cat, who was never asked; without cat, of ann
SELECT quote(agent), amount, quantity FROM kefu_inquiries((SELECT j FROM journey), '{"model":"decay","half_life":60}')
 WHERE customer = 'share' ORDER BY asked_at;
SELECT quote(agent), amount, quantity
  FROM (SELECT journeys(customer, at, event, agent, order_id, amount, quantity) AS j
          FROM event WHERE agent IS NOT 'cat' AND customer = 'share') AS part, kefu_inquiries(part.j)
 ORDER BY asked_at;
.print Nobody spoke, somebody was asked: an inquiry that converted without money
SELECT agent, order_id, paid, amount FROM inquiry WHERE customer IN ('mute', 'gone') ORDER BY customer, order_id;

.print Invariants, under 15 rules: weights that do not sum to 1, orders whose money does not, orders missed
CREATE TEMP TABLE split AS
SELECT model.column1 AS model, anchor.column1 AS anchor, credit.*
  FROM (VALUES ('last'), ('first'), ('linear'), ('position'), ('decay')) AS model,
       (VALUES ('order'), ('pay'), ('order_first')) AS anchor,
       kefu_credits((SELECT j FROM journey), '{"model":"' || model.column1 || '","anchor":"' || anchor.column1
                                             || '","half_life":77}') AS credit;
CREATE TEMP TABLE worth AS -- millionths, found without kefu
SELECT order_id, max(event = 'pay') AS paid,
       CASE WHEN max(event = 'cancel') THEN 0
            ELSE coalesce(sum(CASE WHEN event = 'pay' AND amount <> '' THEN round(amount * 1e6) END),
                          sum(CASE WHEN event = 'order' THEN round(amount * 1e6) END)) END AS amount,
       coalesce(sum(CASE WHEN event = 'refund' THEN round(amount * 1e6) END), 0) AS refunded
  FROM event WHERE order_id IS NOT NULL GROUP BY order_id HAVING max(event IN ('order', 'pay'));
SELECT count(*), sum(weights <> 1000000), sum(amounts IS NOT amount), sum(refunds IS NOT refunded)
  FROM (SELECT model, anchor, order_id, sum(round(weight * 1e6)) AS weights, sum(round(split.amount * 1e6)) AS amounts,
               sum(round(split.refunded * 1e6)) AS refunds
          FROM split GROUP BY 1, 2, 3) JOIN worth USING (order_id);
SELECT sum(n IS NOT CASE anchor WHEN 'pay' THEN (SELECT sum(paid) FROM worth) ELSE (SELECT count(*) FROM worth) END)
  FROM (SELECT model, anchor, count(DISTINCT order_id) AS n FROM split GROUP BY 1, 2);
.print Row order, parts merged, and a window over all rows give the same bytes
SELECT (SELECT journeys(customer, at, event, agent, order_id, amount, quantity)
          FROM (SELECT * FROM event ORDER BY rowid DESC)) = j,
       (SELECT kefu_merge(part) FROM (SELECT journeys(customer, at, event, agent, order_id, amount, quantity) AS part
                                        FROM event GROUP BY rowid % 3)) = j,
       (SELECT min(part = j) FROM (SELECT journeys(customer, at, event, agent, order_id, amount, quantity)
                                     OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS part FROM event))
  FROM journey;
.print Types; NULL journeys; the rules that count
SELECT DISTINCT typeof(weight), typeof(rule), typeof(touched_at), typeof(ordered_at), typeof(paid_at), typeof(amount),
       typeof(refunded) FROM kefu_credits((SELECT j FROM journey)) WHERE order_id IN ('F', 'L');
SELECT typeof(asked_at), typeof(ordered_at), typeof(paid_at), typeof(amount), typeof(quantity)
  FROM kefu_inquiries((SELECT j FROM journey)) WHERE order_id = 'D6' AND amount;
SELECT count(*) FROM kefu_credits(NULL);
SELECT count(*) FROM kefu_inquiries((SELECT journeys(customer, at, event, agent, order_id) FROM event WHERE 0));
CREATE VIEW paris AS
SELECT journeys(customer, at, event, agent, order_id, amount, quantity, '{"tz":"Europe/Paris","model":"first"}') AS j
  FROM event WHERE customer = 'four';
-- theirs; a book starts anew but for the zone; naming the same zone; naming another
SELECT agent, rule FROM kefu_credits((SELECT j FROM paris));
SELECT agent, rule, ordered_at - strftime('%s', '2026-11-03 09:20') FROM kefu_credits((SELECT j FROM paris), 'zendesk');
SELECT agent, rule FROM kefu_credits((SELECT j FROM paris), '{"tz":"Europe/Paris","anchor":"pay"}');
SELECT agent FROM kefu_credits((SELECT j FROM paris), '{"tz":"+01:00"}');
SELECT agent FROM kefu_credits((SELECT j FROM paris), '{"book":"taobao","tz":"+08:00"}');
