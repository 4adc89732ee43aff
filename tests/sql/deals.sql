-- Inquiries and what came of them, one customer a row where no more is said. Times at UTC+8.
CREATE TABLE deal (customer, asked, ordered, paid, amount, quantity);
INSERT INTO deal VALUES
    ('asks only', '2026-11-01 10:00', NULL, NULL, NULL, NULL),
    ('orders', '2026-11-01 10:00', '2026-11-01 11:00', NULL, NULL, NULL),
    ('pays the same day', '2026-11-01 10:00', '2026-11-01 11:00', '2026-11-01 23:59:59', 100, 1),
    ('pays the next day', '2026-11-01 10:00', '2026-11-01 11:00', '2026-11-02 23:59:59', '50.50', 2),
    ('pays two days on', '2026-11-01 23:59', '2026-11-03 00:00', '2026-11-03 00:00', 20.25, 3),
    ('pays four days on', '2026-11-01 10:00', '2026-11-05 11:00', '2026-11-05 23:59:59', 10, NULL),
    ('pays five days on', '2026-11-01 10:00', '2026-11-05 11:00', '2026-11-06 00:00', NULL, 1),
    ('paid means ordered', '2026-11-01 10:00', NULL, '2026-11-01 10:05', 0, 1),
    ('after-sales', '2026-11-02 10:00', '2026-11-01 10:00', '2026-11-02 11:00', 999, 9),
    ('paid before asking', '2026-11-02 10:00', '2026-11-02 11:00', '2026-11-01 11:00', 999, 9),
    ('at the same instant', '2026-11-01 10:00', '2026-11-01 10:00', '2026-11-01 10:00', 5, 2),
    ('both', '2026-11-01 10:00', '2026-11-01 11:00', '2026-11-01 11:00', 30, 1),
    ('both', '2026-11-02 10:00', '2026-11-01 11:00', '2026-11-01 11:00', 30, 1),
    ('twice', '2026-11-01 10:00', '2026-11-01 11:00', '2026-11-01 11:00', 40, 1),
    ('twice', '2026-11-03 10:00', '2026-11-03 11:00', '2026-11-03 11:00', 60, 4),
    ('tried again', '2026-11-01 10:00', NULL, NULL, NULL, NULL),
    ('tried again', '2026-11-04 10:00', '2026-11-04 11:00', '2026-11-04 11:00', 15.2, 1),
    (NULL, '2026-11-01 10:00', '2026-11-01 11:00', '2026-11-01 11:00', 1000, 1),
    ('no time', NULL, '2026-11-01 11:00', '2026-11-01 11:00', 1000, 1),
    ('blank', '2026-11-01 10:00', '', ' ', '', '');

-- 13 inquirers, of whom 11 ordered and 10 paid: 7 by the next day, 9 within four days; 'twice' bought
-- twice. Two customers came after the sale only. 10 paid inquiries have an amount, 10 a quantity.
SELECT kpi, CASE WHEN unit = 'count' THEN value ELSE printf('%.6f', value) END,
       quote(numerator * 1.0), quote(denominator * 1.0)
  FROM kefu_stats((SELECT deal_stats(customer, asked, ordered, paid, amount, quantity) FROM deal))
 ORDER BY kpi;

-- With as_of an inquiry counts when its day and the lag are over: those of the 1st for the next day's
-- rate from the 3rd at 0:00 on, for the final rate from the 6th on. Before that there is no rate.
SELECT column1, quote(payment_success_day1(s)), quote(payment_success_final(s))
  FROM (SELECT column1, deal_stats(customer, asked, ordered, paid, amount, quantity,
                                   '{"as_of":"' || column1 || '"}') AS s
          FROM (VALUES ('2026-11-02 23:59:59'), ('2026-11-03'), ('2026-11-05 23:59:59'),
                       ('2026-11-06'), ('2026-11-30'))
          JOIN deal WHERE customer IN ('pays the next day', 'pays four days on', 'asks only', 'twice')
         GROUP BY column1);
-- Other final days.
SELECT column1, payment_success_final(deal_stats(customer, asked, ordered, paid, amount, quantity,
                                                 '{"final_days":' || column1 || '}'))
  FROM (VALUES (1), (3), (5)) JOIN deal
 WHERE customer IN ('pays the next day', 'pays four days on', 'pays five days on', 'asks only')
 GROUP BY column1;

-- Without amounts: deals are paid inquiries; amounts and quantities are unknown, not 0.
SELECT paid_deals(s), payers(s), quote(sales_amount(s)), quote(sales_units(s)),
       quote(sales_per_buyer(s)), quote(order_value(s)), quote(cross_sell_rate(s)), repeat_rate(s)
  FROM (SELECT deal_stats(customer, asked, ordered, paid) AS s FROM deal);
-- With amounts, without quantities.
SELECT paid_deals(s), sales_amount(s), quote(sales_units(s)), quote(item_price(s))
  FROM (SELECT deal_stats(customer, asked, ordered, paid, amount) AS s FROM deal);
-- Amounts are exact in any type and any order: 0.1 ten times is 1, not 0.9999999999999999.
SELECT sales_amount(deal_stats(n, 1793548800, 1793548800, 1793548800, 0.1)) = 1,
       sales_amount(deal_stats(n, 1793548800, 1793548800, 1793548800, '0.1')) = 1
  FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 10) SELECT n FROM c);
-- Halves of a millionth go to the even one.
SELECT sales_amount(deal_stats(1, 1793548800, 1793548800, 1793548800, '0.0000005')),
       sales_amount(deal_stats(1, 1793548800, 1793548800, 1793548800, '0.0000015')),
       sales_amount(deal_stats(1, 1793548800, 1793548800, 1793548800, -12.5));
