-- commission_calc(sales, rate [, coefficient]): rounded once, half away from zero, to 2 decimals.
SELECT commission_calc(86540.50, 0.008), commission_calc(86540.50, 0.008, 1.2),
commission_calc(0, 0.5), commission_calc(100, 0);
-- Halves of a cent, in decimal and not in binary: 112.50, 100.50, 337.50 and -112.50 at 1 %.
SELECT commission_calc(112.50, 0.01), commission_calc(100.50, 0.01), commission_calc(337.50, 0.01),
       commission_calc(-112.50, 0.01);
