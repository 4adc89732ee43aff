CREATE TEMP TABLE due AS
SELECT order_id, ordered_at, paid_at, coalesce(paid_at - ordered_at, 999999999) AS age_when_paid,
       (SELECT script FROM reminders WHERE reminders.order_id = orders.order_id
           AND sent_at <= min(coalesce(paid_at, 9999999999), ordered_at + 259200)
         ORDER BY sent_at DESC LIMIT 1) AS script,
       (SELECT max(sent_at) - ordered_at FROM reminders WHERE reminders.order_id = orders.order_id
           AND sent_at <= min(coalesce(paid_at, 9999999999), ordered_at + 259200)) / 3600 AS last_h,
       (SELECT min(sent_at) - ordered_at FROM reminders WHERE reminders.order_id = orders.order_id
           AND sent_at <= min(coalesce(paid_at, 9999999999), ordered_at + 259200)) / 3600 AS first_h
  FROM orders WHERE ordered_at + 259200 <= 1796054400 AND (paid_at IS NULL OR paid_at >= ordered_at + 86400);
SELECT 'orders of R2', count(*), (SELECT "订单 orders" FROM report WHERE "话术 script" = 'R2') FROM due WHERE script = 'R2';
SELECT 'paid in time after R2', sum(age_when_paid <= 259200), (SELECT "三天内付款 paid_in_time" FROM report WHERE "话术 script" = 'R2')
  FROM due WHERE script = 'R2';
SELECT 'paid without a reminder', sum(age_when_paid <= 259200),
       (SELECT "三天内付款 paid_in_time" FROM report WHERE "话术 script" LIKE '%not reminded') FROM due WHERE script IS NULL;
-- Each reminder beside the others of its age, one by one.
SELECT 'others of R2''s ages', printf('%.1f%%', 100 * avg(rate)),
       (SELECT "同龄未催 not_reminded_same_age" FROM report WHERE "话术 script" = 'R2')
  FROM (SELECT (SELECT avg(other.age_when_paid <= 259200) FROM due AS other
                 WHERE other.age_when_paid >= this.last_h * 3600
                   AND (other.first_h IS NULL OR other.first_h > this.last_h)) AS rate
          FROM due AS this WHERE script = 'R2');
-- Wilson's limits solve (p - x)^2 = z^2 x (1 - x) / n: both sides, with the printed figures.
SELECT 'Wilson''s low limit of ' || "话术 script", 1,
       abs((p - x) * (p - x) - 1.959964 * 1.959964 * x * (1 - x) / n) < 0.0002
  FROM (SELECT "话术 script", 1.0 * "三天内付款 paid_in_time" / "订单 orders" AS p, "订单 orders" AS n,
               rtrim("下限 low", '%') / 100 AS x FROM report);
