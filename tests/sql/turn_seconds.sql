-- turn_seconds: on the line that answers a turn, the wait under the rules; NULL elsewhere.
CREATE TABLE line (id INTEGER PRIMARY KEY, customer, sender, at);
INSERT INTO line (customer, sender, at) VALUES
    ('a', 'customer', '2026-11-11 10:00:00'), ('a', 'customer', '2026-11-11 10:00:20'),
    ('a', 'bot', '2026-11-11 10:00:21'), ('b', 'agent', '2026-11-11 10:00:25'),
    ('a', 'agent', '2026-11-11 10:00:30'), ('a', 'agent', '2026-11-11 10:00:40'),
    ('b', 'customer', '2026-11-11 10:01:00'), ('a', 'system', '2026-11-11 10:01:10'),
    ('a', 'customer', '2026-11-11 22:59:59'), ('a', 'agent', '2026-11-11 23:10:00'),
    ('b', 'agent', '2026-11-12 00:00:10'), ('a', 'customer', '2026-11-12 09:00:00');
SELECT id, customer, sender,
       quote(turn_seconds(sender, at) OVER w), quote(turn_seconds(sender, at, '{"burst":"last"}') OVER w),
       quote(turn_seconds(sender, at, '{"stop":"any"}') OVER w),
       quote(turn_seconds(sender, at, '{"cap":600}') OVER w),
       quote(turn_seconds(sender, at, '{"drop_over":600}') OVER w),
       quote(turn_seconds(sender, at, '{"window":"11:00-23:00"}') OVER w),
       quote(turn_seconds(sender, at, '{"session":"all"}') OVER w)
  FROM line
WINDOW w AS (PARTITION BY customer ORDER BY at, id ROWS UNBOUNDED PRECEDING)
 ORDER BY id;
-- Its mean is avg_response.
SELECT avg(waited), (SELECT avg_response(customer, sender, at) FROM line)
  FROM (SELECT turn_seconds(sender, at) OVER (PARTITION BY customer ORDER BY at, id
                                              ROWS UNBOUNDED PRECEDING) AS waited FROM line);
