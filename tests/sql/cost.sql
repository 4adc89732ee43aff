-- What a customer at the door costs, and how sure a rate is (functions for advertising and tests).
-- Women's clothing: a click costs 1 yuan, 1.28 % of clicks order, 3 of 10 inquiries deal: the cost
-- of one ring is 23.4375 (the article that these figures come from prints 23.48).
SELECT clicks_per_order(0.0128), order_cost(1, 0.0128), inquiry_cost(1, 0.0128, 0.3);
SELECT inquiry_cost(1, 0.0128, 0.3, 0.5);
-- 99.99 % of each day's work, 100 days long: 99.005 %; of 99 %: 36.603 %; of 100 %: all.
SELECT printf('%.6f', compound_rate(0.9999, 100)), printf('%.6f', compound_rate(0.99, 100)),
       compound_rate(1, 100), compound_rate(0.5, 0), compound_rate(0, 0), printf('%.6f', compound_rate(0.25, 0.5));
-- Wilson's interval of 8 in 10: 0.490162 to 0.943318 at 95 %; at the ends it stays within 0 and 1.
SELECT printf('%.6f', wilson_low(8, 10)), printf('%.6f', wilson_high(8, 10));
SELECT printf('%.6f', wilson_low(0, 10)), printf('%.6f', wilson_high(0, 10)),
       printf('%.6f', wilson_low(10, 10)), printf('%.6f', wilson_high(10, 10));
SELECT printf('%.6f', wilson_low(8, 10, 0.99)), printf('%.6f', wilson_high(8, 10, 0.99));
SELECT quote(wilson_low(0, 0)), quote(wilson_high(0, 0)), quote(wilson_low(NULL, 10)),
       quote(rate_change_p(0, 0, 1, 2)), quote(rate_change_p(1, 2, 0, 0));
-- 45 of 100 against 60 of 100: z = 2.1240, p = 0.0337; nothing changes when nothing can.
SELECT printf('%.4f', rate_change_p(45, 100, 60, 100)), printf('%.4f', rate_change_p(60, 100, 45, 100)),
       rate_change_p(5, 5, 7, 7), rate_change_p(0, 5, 0, 7), printf('%.4f', rate_change_p(5, 10, 50, 100));
SELECT clicks_per_order(0);
SELECT clicks_per_order(1.28);
SELECT order_cost('cheap', 0.0128);
SELECT wilson_low(11, 10);
SELECT wilson_low(1.5, 10);
SELECT wilson_low(1, 10, 1);
SELECT rate_change_p(-1, 10, 1, 10);
SELECT compound_rate(0.9, -1);
