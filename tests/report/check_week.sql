SELECT 'received in the week', count(*), (SELECT "本周 this_week" FROM report WHERE "项目 item" LIKE '% received')
  FROM (SELECT 1 FROM messages WHERE date(sent_at + 28800, 'unixepoch') BETWEEN '2026-11-23' AND '2026-11-29'
         GROUP BY agent, customer, date(sent_at + 28800, 'unixepoch') HAVING sum(sender = 'customer') > 0);
SELECT 'invited the week before', printf('%.1f%%', 100.0 * sum(invited) / count(*)),
       (SELECT "上周、标准或接收方 last_week_standard_or_receiver" FROM report WHERE "项目 item" LIKE '% invite_rate')
  FROM ratings WHERE date(at + 28800, 'unixepoch') BETWEEN '2026-11-16' AND '2026-11-22';
SELECT 'agents below 90 % satisfaction', count(*),
       (SELECT "本周 this_week" FROM report WHERE "部分 part" LIKE '%below standard' AND "项目 item" LIKE '% satisfaction')
  FROM (SELECT 1 FROM ratings WHERE date(at + 28800, 'unixepoch') BETWEEN '2026-11-23' AND '2026-11-29'
         GROUP BY agent HAVING 1.0 * sum(score >= 4) / count(score) < 0.9);
SELECT 'lost by the price', count(*), (SELECT "本周 this_week" FROM report WHERE "项目 item" LIKE '%price')
  FROM losses JOIN inquiries ON id = inquiry_id
 WHERE reason = 'price' AND date(asked_at + 28800, 'unixepoch') BETWEEN '2026-11-23' AND '2026-11-29';
