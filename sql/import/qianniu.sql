-- Text copied from Qianniu's chat window. A message is a line with a name and a time at its end, and
-- the lines below it:
--
--   nick 2025-9-19 9:05:03        also without the blank, also a --> b, who speaks to whom; or the
--   text                          name on a line of its own above the time
--
-- Between them stand lines of the window itself: read marks, recalled messages, notices. A message
-- of nothing else is the window's (sender 'system'). A line of text that ends with a time is taken
-- for a name: nothing in the text tells them apart.
CREATE TEMP TABLE ending (pattern TEXT, length INTEGER);
INSERT INTO ending
SELECT '[12][0-9][0-9][0-9]-' || month || '-' || date || ' ' || hour || ':[0-9][0-9]:[0-9][0-9]',
       13 + (length(month) + length(date) + length(hour)) / 5
  FROM (SELECT '[0-9]' AS month UNION ALL SELECT '[0-9][0-9]'),
       (SELECT '[0-9]' AS date UNION ALL SELECT '[0-9][0-9]'),
       (SELECT '[0-9]' AS hour UNION ALL SELECT '[0-9][0-9]');

CREATE TEMP TABLE own_line (pattern TEXT, kind TEXT);
INSERT INTO own_line VALUES ('已读', 'mark'), ('未读', 'mark'), ('发送中', 'mark'),
    ('*撤回了一条消息', 'mark'), ('当前用户来自*', 'notice'), ('商品详情页*', 'notice'),
    ('商品推荐*', 'notice'), ('由 服务助手 转交给*', 'notice'),
    ('原因：【离线留言自动分配】*', 'notice'), ('千牛*', 'notice');

-- Not blank lines, numbered: the name may stand on the line above.
CREATE TEMP TABLE log_line AS
SELECT n, row_number() OVER (ORDER BY n) AS place, text, substr(text, -length) AS time,
       trim(substr(text, 1, length(text) - length)) AS name,
       CASE WHEN length IS NOT NULL THEN 'time'
            ELSE coalesce((SELECT kind FROM own_line WHERE text GLOB own_line.pattern), 'text') END
           AS kind
  FROM (SELECT n, trim(text, ' ' || char(9, 160, 12288)) AS text FROM source_line) AS line
  LEFT JOIN ending ON substr(text, -length) GLOB ending.pattern
 WHERE text <> '';
CREATE UNIQUE INDEX temp.log_line_by_place ON log_line (place);
UPDATE log_line SET kind = 'name'
 WHERE kind = 'text' AND place + 1 IN (SELECT place FROM log_line WHERE kind = 'time' AND name = '');
UPDATE log_line
   SET name = (SELECT text FROM log_line AS above
                WHERE above.place = log_line.place - 1 AND above.kind = 'name')
 WHERE kind = 'time' AND name = '';

CREATE TEMP TABLE placed_line (
    n INTEGER PRIMARY KEY, text TEXT, time TEXT, name TEXT, kind TEXT,
    begins INTEGER          -- where the message begins that it belongs to
);
INSERT INTO placed_line
SELECT n, text, time, name, kind,
       max(CASE WHEN kind = 'name' OR kind = 'time' AND NOT named_above THEN n END)
           OVER (ORDER BY n ROWS UNBOUNDED PRECEDING)
  FROM (SELECT log_line.*, coalesce(lag(kind) OVER (ORDER BY n) = 'name', 0) AS named_above FROM log_line)
       AS log_line;
CREATE INDEX temp.placed_line_by_begin ON placed_line (begins);

INSERT INTO record (record, line, lines)
SELECT begins, begins, max(n) - begins + 1
  FROM placed_line WHERE begins IS NOT NULL GROUP BY begins;
INSERT INTO record (record, line, lines)
SELECT n, n, 1 FROM placed_line WHERE begins IS NULL AND kind = 'text';
INSERT INTO problem (record, reason) SELECT record, reason FROM damaged;
INSERT OR IGNORE INTO problem (record, reason)
SELECT n, 'stands above the first name and time' FROM placed_line WHERE begins IS NULL AND kind = 'text';

CREATE TEMP TABLE message AS
SELECT begins AS n, time, name FROM placed_line WHERE kind = 'time';
INSERT INTO cell_value (kind, text) SELECT DISTINCT 'time', time FROM message;
.read values.sql
INSERT OR IGNORE INTO problem
SELECT n, 'is no time', time
  FROM message JOIN cell_value ON kind = 'time' AND text = time WHERE value IS NULL;
INSERT OR IGNORE INTO problem SELECT n, 'has no name', NULL FROM message WHERE name IS NULL;

CREATE TEMP TABLE speech AS
SELECT n AS record, 1 AS block, NULL AS agent,
       trim(substr(name, 1, instr(name || ' --> ', ' --> ') - 1)) AS nick,
       nullif(trim(substr(name, instr(name || ' --> ', ' --> ') + 5)), '') AS addressee,
       (SELECT value FROM cell_value WHERE kind = 'time' AND text = time) AS sent_at,
       coalesce((SELECT group_concat(text, char(10))
                   FROM (SELECT text FROM placed_line
                          WHERE begins = message.n AND kind = 'text' ORDER BY n)), '') AS text,
       NOT EXISTS (SELECT 1 FROM placed_line WHERE begins = message.n AND kind = 'text')
       AND EXISTS (SELECT 1 FROM placed_line WHERE begins = message.n AND kind = 'notice') AS notice
  FROM message WHERE n NOT IN (SELECT record FROM problem);
INSERT INTO note
SELECT 'lines of the window itself (read marks, recalls, notices) were left out', count(*)
  FROM placed_line WHERE kind IN ('mark', 'notice');
.read speech.sql
