-- Wangwang's chat files, one a day:
--
--   shop:agent                                  opens the agent's block
--   2011年3月5日14:03:22 nick: text              a message, and what follows it up to the next one
--
-- The shop is the one that the file's first line names.
CREATE TEMP TABLE shop_name AS
SELECT substr(text, 1, instr(text, ':')) AS prefix
  FROM (SELECT trim(text) AS text FROM source_line WHERE trim(text) <> '' ORDER BY n LIMIT 1)
 WHERE text NOT GLOB '* *' AND instr(text, ':') > 1 AND text NOT GLOB '*年*月*日*';
INSERT INTO stop
SELECT 'the first line must be an agent: shop:agent' WHERE NOT EXISTS (SELECT 1 FROM shop_name);
.read stop.sql

CREATE TEMP TABLE log_line AS
SELECT n, text,
       CASE WHEN text GLOB '[12][0-9][0-9][0-9]年*月*日*:[0-9][0-9]:[0-9][0-9] *' THEN 'message'
            WHEN text NOT GLOB '* *' AND substr(text, 1, length(prefix)) = prefix THEN 'block' END AS kind
  FROM (SELECT n, trim(text) AS text FROM source_line) JOIN shop_name;
CREATE TEMP TABLE placed_line (
    n INTEGER PRIMARY KEY, text TEXT, kind TEXT,
    begins INTEGER,         -- where the message begins that it belongs to
    block INTEGER           -- where its block begins
);
INSERT INTO placed_line
SELECT n, text, kind,
       max(CASE WHEN kind IS NOT NULL THEN n END) OVER (ORDER BY n ROWS UNBOUNDED PRECEDING),
       max(CASE WHEN kind = 'block' THEN n END) OVER (ORDER BY n ROWS UNBOUNDED PRECEDING)
  FROM log_line;
CREATE INDEX temp.placed_line_by_begin ON placed_line (begins);

INSERT INTO record (record, line, lines)
SELECT n, n, (SELECT max(n) FROM placed_line AS more WHERE more.begins = message.n AND text <> '') - n + 1
  FROM placed_line AS message WHERE kind = 'message';
INSERT INTO record (record, line, lines)
SELECT n, n, 1 FROM placed_line
 WHERE kind IS NULL AND text <> '' AND begins NOT IN (SELECT record FROM record);
INSERT INTO problem (record, reason) SELECT record, reason FROM damaged;
INSERT OR IGNORE INTO problem (record, reason)
SELECT n, 'begins with no time' FROM placed_line JOIN record ON record = n WHERE kind IS NULL;

CREATE TEMP TABLE message AS
SELECT n, block, time, CASE WHEN instr(rest || ' ', ': ') > 1
                       THEN substr(rest, 1, instr(rest || ' ', ': ') - 1) END AS nick,
       substr(rest, instr(rest || ' ', ': ') + 2) AS text
  FROM (SELECT n, block, substr(text, 1, instr(text, ' ') - 1) AS time,
               ltrim(substr(text, instr(text, ' '))) AS rest
          FROM placed_line WHERE kind = 'message');
INSERT INTO cell_value (kind, text) SELECT DISTINCT 'time', time FROM message;
.read values.sql
INSERT OR IGNORE INTO problem
SELECT n, 'is no time', time
  FROM message JOIN cell_value ON kind = 'time' AND cell_value.text = time WHERE value IS NULL;
INSERT OR IGNORE INTO problem SELECT n, 'has no name before its text', NULL FROM message WHERE nick IS NULL;

CREATE TEMP TABLE speech AS
SELECT message.n AS record, message.block, head.text AS agent, nick, NULL AS addressee,
       (SELECT value FROM cell_value WHERE kind = 'time' AND text = time) AS sent_at,
       message.text || coalesce((SELECT char(10) || group_concat(text, char(10))
                                   FROM (SELECT text FROM placed_line AS more
                                          WHERE more.begins = message.n AND kind IS NULL AND text <> ''
                                          ORDER BY n)), '') AS text,
       0 AS notice
  FROM message JOIN placed_line AS head ON head.n = message.block
 WHERE message.n NOT IN (SELECT record FROM problem);
.read speech.sql
