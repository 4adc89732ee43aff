-- The tables of sql_fuzz.c: m lines of chats, d deals, r ratings, e events, j JSON, s stats of each kind.
CREATE TABLE m(id INTEGER PRIMARY KEY, agent, customer, sender, sent_at);
INSERT INTO m VALUES
    (1, 'ann', 'a', 0, 1794000000), (2, 'ann', 'a', 1, 1794000030), (3, 'bob', 'b', 0, '2026-11-07 09:00:00'),
    (4, 'bob', 'b', 2, '2026-11-07 09:00:01'), (5, 'bob', 'b', 1, '2026-11-07 09:05:00'),
    (6, 'ann', 'c', 0, 1794003600), (7, 'ann', NULL, 0, 1), (8, 'ann', 1, 'customer', 1794090000.5),
    (9, 'ann', 1.0, 'agent', 1794090100500);
CREATE TABLE d(agent, customer, asked_at, ordered_at, paid_at, amount, quantity);
INSERT INTO d VALUES
    ('ann', 'a', 1794000000, 1794000500, 1794000600, 120.5, 2), ('ann', 'b', 1794000000, NULL, NULL, NULL, NULL),
    ('bob', 'a', 1794086400, 1794086500, '', '10', 1),
    ('bob', 'c', '2026-11-07', '2026-11-07', '2026-11-09', -0.000001, 3);
CREATE TABLE r(agent, customer, at, invited, score);
INSERT INTO r VALUES
    ('ann', 'a', 1794000000, 1, 5), ('ann', 'b', 1794000000, 0, NULL), ('bob', 'c', 1794086400, 1, '3'),
    ('bob', 'c', 1794086400, 1, NULL);
CREATE TABLE e(customer, at, event, agent, order_id, amount, quantity);
INSERT INTO e VALUES
    ('a', 10, 'ask', 'ann', NULL, NULL, NULL), ('a', 11, 'chat', 'ann', NULL, NULL, NULL),
    ('a', 12, 'chat', 'bob', NULL, NULL, NULL), ('a', 20, 'order', NULL, 'o1', 5, 1), ('a', 30, 'pay', NULL, 'o1', 5, 1),
    ('a', 40, 'refund', NULL, 'o1', 1, NULL), ('b', 20, 'order', NULL, 2, 7, NULL), ('b', 50, 'cancel', NULL, 2, NULL, NULL);
CREATE TABLE j(plan, facts, calendar, bands, weights, rules);
INSERT INTO j VALUES (
    '{"id":"p","base":3000,"quota":100000,"commission":{"method":"marginal","tiers":[{"from":0,"rate":0.01},{"from":50000,"rate":"1.5%"}]}}',
    '{"refunds":100}',
    '{"hours":{"mon":["09:00-18:00"],"sat":["22:00-02:00"]},"holidays":["2026-10-01"]}',
    '[[0,0],[0.8,60],[1,100]]', '[3,2,1]',
    '{"book":"taobao","period":"day","tz":"America/New_York"}');
CREATE TABLE s(name PRIMARY KEY, stats);
INSERT INTO s SELECT 'chat', chat_stats(customer, sender, sent_at) FROM m;
INSERT INTO s SELECT 'deal', deal_stats(customer, asked_at, ordered_at, paid_at, amount, quantity) FROM d;
INSERT INTO s SELECT 'rating', rating_stats(customer, at, invited, score) FROM r;
INSERT INTO s SELECT 'journeys', journeys(customer, at, event, agent, order_id, amount, quantity) FROM e;
INSERT INTO s SELECT 'by', chat_stats_by(agent, customer, sender, sent_at, '{"period":"day"}') FROM m;
