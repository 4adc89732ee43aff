-- Who was left waiting: four customers, of whom one is no real inquiry (filter) and one gets no answer.
CREATE TABLE line (customer, sender, at);
INSERT INTO line VALUES
    ('slow', 'customer', '2026-11-11 10:00:00'), ('slow', 'agent', '2026-11-11 10:03:20'),
    ('alone', 'customer', '2026-11-11 10:00:00'),
    ('greeted', 'customer', '2026-11-11 10:00:00'), ('greeted', 'agent', '2026-11-11 10:00:15'),
    ('greeted', 'agent', '2026-11-11 10:00:30'),
    ('quick', 'customer', '2026-11-11 10:00:00'), ('quick', 'customer', '2026-11-11 10:00:03'),
    ('quick', 'agent', '2026-11-11 10:00:10'),
    (NULL, 'customer', '2026-11-11 10:00:00'), ('nobody', NULL, '2026-11-11 10:00:00');
-- 4 ask, 1 is filtered; of the 3 others 1 gets no answer, and 1 waits over 120 s: 4 1 3 1 1 0.3333
CREATE TEMP TABLE stored AS
SELECT chat_stats(customer, sender, at, '{"slow_times":1,"filter":"one_line"}') AS s FROM line;
SELECT consulting(s), filtered(s), received(s), unreplied(s), slow_customers(s), printf('%.4f', slow_rate(s))
  FROM stored;
-- Without a filter the greeted one is received: 4 0 4 1 1 0.25
SELECT consulting(customer, sender, at, '{"slow_times":1}'), filtered(customer, sender, at, '{"slow_times":1}'),
       received(customer, sender, at, '{"slow_times":1}'), unreplied(customer, sender, at, '{"slow_times":1}'),
       slow_customers(customer, sender, at, '{"slow_times":1}'), slow_rate(customer, sender, at, '{"slow_times":1}')
  FROM line;
-- Three slow waits make a slow customer, where nothing else is said: 0 0.0
SELECT slow_customers(customer, sender, at), slow_rate(customer, sender, at) FROM line;
-- Only filtered ones: 1 0 and no rate. No rows: nothing.
SELECT consulting(s), unreplied(s), slow_rate(s) IS NULL
  FROM (SELECT chat_stats(customer, sender, at, '{"filter":"one_line"}') AS s FROM line WHERE customer = 'greeted');
SELECT consulting(s) IS NULL, unreplied(s) IS NULL, slow_rate(s) IS NULL
  FROM (SELECT chat_stats(customer, sender, at) AS s FROM line WHERE customer = 'stranger');
