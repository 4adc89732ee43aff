-- The worked example of the definitions (Taobao's own): Q 10:10:15, Q 10:15:20, A 10:18:10,
-- then Q 10:18:30, A 10:19:00.
CREATE TABLE line (id INTEGER PRIMARY KEY, customer, sender, at);
INSERT INTO line (customer, sender, at) VALUES
    ('tb_1', 'agent', '2026-11-11 10:18:10'),
    ('tb_1', 'customer', '2026-11-11 10:15:20'),
    ('tb_1', 'customer', '2026-11-11 10:10:15');

-- From the first line 475 s, from the last 170 s.
SELECT 'first line', printf('%.3f', avg_response(customer, sender, at)) FROM line;
SELECT 'last line', printf('%.3f', avg_response(customer, sender, at, '{"burst":"last"}')) FROM line;
-- The published three-minute rate is 0/1; from the last line it would be 1/1.
SELECT 'within 180 s', within_rate(chat_stats(customer, sender, at), 180) FROM line;
SELECT 'within 475 s', within_rate(chat_stats(customer, sender, at), 475) FROM line;
SELECT 'within 474.999 s', within_rate(chat_stats(customer, sender, at), 474.999) FROM line;
SELECT 'last line within 180 s',
       within_rate(chat_stats(customer, sender, at, '{"burst":"last"}'), 180) FROM line;

-- With the second turn: 1/2 by turn, 0/1 by conversation, 0/1 by first; the mean is 252.5 s.
INSERT INTO line (customer, sender, at) VALUES
    ('tb_1', 'agent', '2026-11-11 10:19:00'),
    ('tb_1', 'customer', '2026-11-11 10:18:30');
SELECT 'avg_response', printf('%.3f', avg_response(customer, sender, at)) FROM line;
SELECT 'by turn', within_rate(chat_stats(customer, sender, at, '{"within_unit":"turn"}'), 180) FROM line;
SELECT 'by first', within_rate(chat_stats(customer, sender, at, '{"within_unit":"first"}'), 180) FROM line;
SELECT 'by conversation', within_rate(chat_stats(customer, sender, at), 180) FROM line;
SELECT kpi, typeof(value), printf('%.4f', value), quote(numerator * 1.0),
       quote(denominator * 1.0)
  FROM kefu_stats((SELECT chat_stats(customer, sender, at) FROM line))
 WHERE kpi IN ('received', 'turns', 'answered_turns', 'first_response', 'avg_response', 'answer_ratio',
               'max_response', 'reply_rate', 'total_handling', 'handling_time')
 ORDER BY kpi;
-- The three-minute rate of the rule book that it comes from, by turn: 1/2.
SELECT 'taobao', within_rate(chat_stats(customer, sender, at, 'taobao'), 180) FROM line;
