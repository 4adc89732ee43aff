-- Rules: leaving them out, '{}' and 'chitu' are the same, to the byte; a blank text is no rules.
CREATE TABLE line (customer, sender, at);
INSERT INTO line VALUES ('c', 0, '2026-11-11 07:59:59'), ('c', 1, '2026-11-11 08:00:29'),
    ('c', 0, '2026-11-11 22:59:59'), ('c', 3, '2026-11-11 23:09:58'), ('c', 0, '2026-11-11 23:20:00');
SELECT chat_stats(customer, sender, at) = chat_stats(customer, sender, at, '{}'),
       chat_stats(customer, sender, at) = chat_stats(customer, sender, at, 'chitu'),
       chat_stats(customer, sender, at) = chat_stats(customer, sender, at, NULL),
       chat_stats(customer, sender, at) = chat_stats(customer, sender, at, '{"book":"chitu"}'),
       chat_stats(customer, sender, at) = chat_stats(customer, sender, at, '{"burst":"first","cap":null}'),
       chat_stats(customer, sender, at) = chat_stats(customer, sender, at, '{"max_wait":600.0}')
  FROM line;
-- An option of another family changes nothing.
SELECT chat_stats(customer, sender, at) = chat_stats(customer, sender, at, '{"good_from":4,"model":"first"}')
  FROM line;
-- The same log by book: turns counted, answered, mean wait. Taobao counts from 8:00 to 23:00, takes
-- the assistant's answer and caps at 600 s: 599 s. Simla has one conversation and counts everything.
SELECT column1, turns(s), answered_turns(s), quote(avg_response(s))
  FROM (SELECT column1, chat_stats(customer, sender, at, column1) AS s
          FROM (VALUES ('chitu'), ('taobao'), ('jd'), ('pdd'), ('kuaishou'), ('douyin'), ('zendesk'),
                       ('chatwoot'), ('simla')) JOIN line GROUP BY column1);
-- A book as a start, and an option over it.
SELECT turns(chat_stats(customer, sender, at, '{"book":"taobao","window":null}')),
       avg_response(chat_stats(customer, sender, at, '{"cap":100,"book":"taobao"}')) FROM line;
-- What the stats were made by.
SELECT json_extract(info, '$.kind'), json_extract(info, '$.version'), json_extract(info, '$.rows'),
       json_extract(info, '$.first'), json_extract(info, '$.last'), json_extract(info, '$.bytes') = length(s)
  FROM (SELECT s, kefu_info(s) AS info FROM (SELECT chat_stats(customer, sender, at, 'jd') AS s FROM line));
SELECT json_extract(kefu_info(chat_stats(customer, sender, at, '{"book":"jd","cap":90}')), '$.rules')
  FROM line;
SELECT json_extract(kefu_info(chat_stats_by(customer, customer, sender, at)), '$.keys') FROM line;
-- The books, and where each differs from the defaults.
SELECT r.book, count(*), sum(r.meaning IS NULL OR r.meaning = ''),
       group_concat(CASE WHEN r.value IS NOT d.value AND r.option <> 'book'
                         THEN r.option || ' ' || coalesce(r.value, 'null') END, ', ')
  FROM kefu_rules AS r JOIN kefu_rules AS d ON d.option = r.option AND d.book = 'chitu'
 GROUP BY r.book;
