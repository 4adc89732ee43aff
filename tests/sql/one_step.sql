-- The one-step forms of the deal family, and avg_response of questions already paired with answers.
CREATE TABLE visit (customer, ordered, paid);
-- Flags are false when NULL, 0, '0' or empty; a time or an order number will do as true.
INSERT INTO visit VALUES
    ('a', 1, 1), ('b', 'T000123', '2026-11-01'), ('c', '0', 0), ('d', 0, ''), ('e', '', NULL),
    ('f', NULL, NULL), ('g', 1, 0), ('g', 0, 0), ('h', 0, 1), ('i', 0.0, '0'), (NULL, 1, 1), (' ', 1, 1);
-- a, b, g and (paid counts as ordered only where paid is asked) 3 of 9
SELECT conversion_rate(customer, ordered) * 9 FROM visit;
-- a, b, h paid of a, b, g, h who ordered
SELECT payment_rate(customer, ordered, paid) FROM visit;
SELECT quote(payment_rate(customer, ordered, paid)) FROM visit WHERE customer IN ('c', 'd');
-- One step equals the KPI of stats.
CREATE TABLE deal (customer, asked, paid);
INSERT INTO deal VALUES
    ('a', '2026-11-01 10:00', '2026-11-02 20:00'), ('b', '2026-11-01 10:00', '2026-11-05 20:00'),
    ('c', '2026-11-01 10:00', NULL), ('d', '2026-11-01 10:00', '2026-11-06 20:00');
SELECT payment_success_day1(customer, asked, paid), payment_success_final(customer, asked, paid),
       payment_success_final(customer, asked, paid, '{"final_days":5}'),
       payment_success_day1(customer, asked, paid, '{"tz":"-12:00"}') FROM deal;
SELECT payment_success_day1(customer, asked, paid) = payment_success_day1(deal_stats(customer, asked, NULL, paid))
  FROM deal;
-- Pairs: the mean over rows that have both times.
SELECT avg_response(column1, column2)
  FROM (VALUES (1793548800, 1793548810), (1793548800, 1793548830), (NULL, 1793548830), (1793548800, ''),
               ('2026-11-02 00:00:00', '2026-11-02 00:00:20'));
SELECT quote(avg_response(column1, column2)) FROM (VALUES (1793548800, NULL));
SELECT avg_response(column1, column2) FROM (VALUES (1793548810, 1793548800));
-- Windows have the value of the plain aggregate over the same rows.
SELECT column1, avg_response(column1, column2) OVER (ORDER BY column1 ROWS 1 PRECEDING)
  FROM (VALUES (1000000000, 1000000010), (1000000100, 1000000130), (1000000200, 1000000250));
