-- Every kind of state, made from the rows by the library at hand: made(name, form, state), where the
-- form is stats, groups or journeys. v*/golden.sql hold what each version made of them.
--
-- A name 'x / part' says that the parts of x merge to it.

CREATE TABLE made (name TEXT PRIMARY KEY, form TEXT, state BLOB);

-- ---- chats

INSERT INTO made
SELECT 'taobao example', 'stats', chat_stats('c', sender, sent_at) FROM taobao_example;
INSERT INTO made
SELECT 'taobao example, by turn', 'stats',
       chat_stats('c', sender, sent_at, '{"within_unit":"turn"}') FROM taobao_example;

CREATE TABLE chat_rules AS
SELECT column1 AS name, column2 AS rules
  FROM (VALUES
    ('chat', ''),
    ('chat by taobao', 'taobao'),
    ('chat by jd, sessions of 600 s', 'jd'),
    ('chat by pdd', 'pdd'),
    ('chat by zendesk', 'zendesk'),
    ('chat by chatwoot', 'chatwoot'),
    ('chat by simla', 'simla'),
    ('chat, dropped over 100 s', '{"drop_over":100,"cap":40,"unanswered":"cap"}'),
    ('chat, one line filtered', '{"filter":"one_line","session":7200,"stop":"any"}'),
    ('chat, window past midnight', '{"window":"22:30-02:00","tz":"-03:30"}'),
    ('chat in New York', '{"tz":"America/New_York","window":"00:30-23:30","slow":45,"slow_times":1}'),
    ('chat, calendar',
     '{"calendar":{"tz":"Asia/Shanghai","hours":{"mon":["09:00-12:00","13:30-18:00"],'
     || '"tue":["09:00-18:00"],"wed":["22:00-02:00"]},"holidays":["2023-10-31"],'
     || '"days":{"2023-11-04":["00:00-24:00"]}}}'));

INSERT INTO made
SELECT name, 'stats', chat_stats(customer, sender, sent_at, rules)
  FROM chat_rules, lines GROUP BY name;

-- Split by customer, as it must be.
INSERT INTO made
SELECT name || ' / customers ' || (CAST(substr(customer, 2) AS INTEGER) % 3), 'stats',
       chat_stats(customer, sender, sent_at, rules)
  FROM chat_rules, lines
 WHERE name IN ('chat', 'chat by jd, sessions of 600 s', 'chat, dropped over 100 s')
 GROUP BY name, CAST(substr(customer, 2) AS INTEGER) % 3;

INSERT INTO made
SELECT 'chat by agent', 'groups', chat_stats_by(agent, customer, sender, sent_at) FROM lines;
INSERT INTO made
SELECT 'chat by agent and day', 'groups',
       chat_stats_by(agent, customer, sender, sent_at, '{"period":"day"}') FROM lines;
INSERT INTO made
SELECT 'chat by agent and month in New York, sessions of 2 h', 'groups',
       chat_stats_by(agent, customer, sender, sent_at,
                     '{"period":"month","tz":"America/New_York","session":7200,"drop_over":60}')
  FROM lines;
INSERT INTO made
SELECT 'chat by agent and day / agent ' || agent, 'groups',
       chat_stats_by(agent, customer, sender, sent_at, '{"period":"day"}')
  FROM lines GROUP BY agent;

-- The shop's figures from its agents': conversations of several keys.
INSERT INTO made
SELECT 'shop of agents', 'stats', kefu_merge(stats)
  FROM made, kefu_groups(state) WHERE name = 'chat by agent';
INSERT INTO made
SELECT 'shop of agents / agent ' || key, 'stats', stats
  FROM made, kefu_groups(state) WHERE name = 'chat by agent';

-- ---- deals

INSERT INTO made
SELECT 'deals', 'stats', deal_stats(customer, asked_at, ordered_at, paid_at) FROM inquiries;
INSERT INTO made
SELECT 'deals with amounts', 'stats', deal_stats(customer, asked_at, ordered_at, paid_at, amount)
  FROM inquiries;
INSERT INTO made
SELECT 'deals with quantities', 'stats',
       deal_stats(customer, asked_at, ordered_at, paid_at, amount, quantity) FROM inquiries;
INSERT INTO made
SELECT 'deals with quantities / shard ' || shard, 'stats',
       deal_stats(customer, asked_at, ordered_at, paid_at, amount, quantity)
  FROM inquiries GROUP BY shard;
INSERT INTO made
SELECT 'deals as of an evening', 'stats',
       deal_stats(customer, asked_at, ordered_at, paid_at, amount, quantity,
                  '{"as_of":"2023-11-02 20:00","final_days":2,"tz":"Europe/Berlin"}')
  FROM inquiries;
INSERT INTO made
SELECT 'deals by shard and week', 'groups',
       deal_stats_by(shard, customer, asked_at, ordered_at, paid_at, amount, quantity,
                     '{"period":"week"}')
  FROM inquiries;

-- ---- ratings

INSERT INTO made
SELECT 'ratings', 'stats', rating_stats(customer, at, invited, score) FROM ratings;
INSERT INTO made
SELECT 'ratings / shard ' || shard, 'stats', rating_stats(customer, at, invited, score)
  FROM ratings GROUP BY shard;
INSERT INTO made
SELECT 'ratings of ten', 'stats',
       rating_stats(customer, at, invited, score,
                    '{"score_max":10,"satisfied_from":3.5,"good_from":4.25,"bad_to":1.5}')
  FROM ratings;
INSERT INTO made
SELECT 'ratings by keys of every type', 'groups',
       rating_stats_by(typed_key, customer, at, invited, score) FROM typed;
INSERT INTO made
SELECT 'ratings by keys of every type / half ' || (id % 2), 'groups',
       rating_stats_by(typed_key, customer, at, invited, score) FROM typed GROUP BY id % 2;
INSERT INTO made
SELECT 'ratings by shard and ' || column1, 'groups',
       rating_stats_by(shard, customer, at, invited, score, '{"period":"' || column1 || '"}')
  FROM (VALUES ('month'), ('quarter'), ('year')), ratings GROUP BY column1;

-- ---- journeys

INSERT INTO made
SELECT 'journeys', 'journeys', journeys(customer, at, event, agent, order_id, amount, quantity)
  FROM events;
INSERT INTO made
SELECT 'journeys / events ' || (id % 4), 'journeys',
       journeys(customer, at, event, agent, order_id, amount, quantity)
  FROM events GROUP BY id % 4;
INSERT INTO made
SELECT 'journeys under rules', 'journeys',
       journeys(customer, at, event, agent, order_id, amount, quantity,
                '{"tz":"America/New_York","model":"position","credit_window":400000,"final_days":9}')
  FROM events;
