-- Grouped stats: keys of every type come back as they went in, in SQLite's order; 1 and 1.0 are one.
CREATE TABLE line (agent, customer, sender, at);
INSERT INTO line
SELECT column1, 'c' || row_number() OVER (), 'customer', 1793548800
  FROM (VALUES ('b'), ('a'), (2), (1.0), (1), (NULL), (x'6100'), (1.5), (''), (' '), ('B'), (-3),
               ('1'), (x''), (NULL), (9007199254740993), (9007199254740992.0));
SELECT quote(key), typeof(key), quote(period), received(stats)
  FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, at) FROM line));
-- The same order and the same groups as GROUP BY.
SELECT group_concat(quote(key), ' ') = (SELECT group_concat(quote(agent), ' ')
                                          FROM (SELECT CASE WHEN agent = 1 THEN 1
                                                            WHEN agent = 9007199254740992 THEN 9007199254740992
                                                            ELSE agent END AS agent
                                                  FROM line GROUP BY 1 ORDER BY 1))
  FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, at) FROM line));
-- Merging grouped stats goes key by key; merging stats of one key's groups gives the shop.
SELECT key, received(stats), distinct_customers(stats)
  FROM kefu_groups((SELECT kefu_merge(part)
                      FROM (SELECT chat_stats_by(agent, customer, sender, at) AS part FROM line
                             WHERE agent IN ('a', 'b')
                            UNION ALL
                            SELECT chat_stats_by('a', 'c' || column1, 'customer', 1793548800)
                              FROM (VALUES (71), (72)))));
SELECT received(kefu_merge(stats)), distinct_customers(kefu_merge(stats))
  FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, at) FROM line));
-- Arguments may be compared like columns: two stats in one question are the rows of both, 20 each.
CREATE TABLE two AS
SELECT stats AS s FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, at)
                                      FROM line WHERE agent IN ('a', 'b')));
WITH a AS (SELECT s FROM two LIMIT 1), b AS (SELECT s FROM two LIMIT 1 OFFSET 1)
SELECT count(*), sum(value IS NOT NULL) FROM kefu_stats WHERE stats = (SELECT s FROM a) OR stats = (SELECT s FROM b);
-- Days far apart are days of their own, in whatever order they come.
SELECT key, period, received(stats)
  FROM kefu_groups((SELECT chat_stats_by('a', 'c' || column1, 'customer', 1793548800 + 86400 * column1,
                                         '{"period":"day"}')
                      FROM (VALUES (0), (512), (0.25), (1024), (512.5), (0), (-512))));
-- Two agents who serve one customer on one day have a conversation each …
SELECT received(kefu_merge(stats)), distinct_customers(kefu_merge(stats))
  FROM kefu_groups((SELECT chat_stats_by(column1, 'c', 'customer', 1793548800)
                      FROM (VALUES ('a'), ('b'))));
-- … but stats made without a key hold bare conversations.
SELECT kefu_merge(s)
  FROM (SELECT chat_stats('c', 'customer', 1793548800) AS s FROM (VALUES ('a'), ('b')) GROUP BY column1);
