-- Conversations and local days: a customer-day is a conversation, rates are ratios of sums.
CREATE TABLE line (customer, sender, at);
INSERT INTO line VALUES
    -- asked at 23:59:50, answered at 00:00:20 of the next day
    ('a', 'customer', '2026-11-10 23:59:50'), ('a', 'agent', '2026-11-11 00:00:20'),
    -- the same customer on two days
    ('b', 'customer', '2026-11-10 12:00:00'), ('b', 'agent', '2026-11-10 12:00:10'),
    ('b', 'customer', '2026-11-11 12:00:00'), ('b', 'agent', '2026-11-11 12:00:40');
-- By day: a's question is unanswered, the late line answers nothing. 3 conversations, 2 people.
SELECT 'day', received(s), distinct_customers(s), turns(s), answered_turns(s), avg_response(s),
       agent_lines(s)
  FROM (SELECT chat_stats(customer, sender, at) AS s FROM line);
-- Elsewhere midnight is at another time: at UTC nothing crosses it.
SELECT 'UTC', received(s), distinct_customers(s), turns(s), answered_turns(s), printf('%.4f', avg_response(s)),
       agent_lines(s)
  FROM (SELECT chat_stats(customer, sender, unixtime, '{"tz":"UTC"}') AS s
          FROM (SELECT customer, sender, strftime('%s', at, '-8 hours') AS unixtime FROM line));
-- All one conversation for each customer.
SELECT 'all', received(s), distinct_customers(s), turns(s), answered_turns(s), printf('%.4f', avg_response(s)),
       agent_lines(s)
  FROM (SELECT chat_stats(customer, sender, at, '{"session":"all"}') AS s FROM line);
-- Periods of grouped stats: the first local day of each.
SELECT key, period, received(stats), distinct_customers(stats)
  FROM kefu_groups((SELECT chat_stats_by('shop', customer, sender, at, '{"period":"day"}') FROM line));
SELECT period, received(stats), distinct_customers(stats)
  FROM kefu_groups((SELECT chat_stats_by(1, customer, sender, at, '{"period":"week"}') FROM line));
SELECT period, received(stats), distinct_customers(stats)
  FROM kefu_groups((SELECT chat_stats_by(1, customer, sender, at, '{"period":"quarter"}') FROM line));
SELECT quote(period), received(stats), distinct_customers(stats)
  FROM kefu_groups((SELECT chat_stats_by(1, customer, sender, at) FROM line));
