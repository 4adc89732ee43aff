-- What every import needs before it starts: the tables that stay in the database, beside those of
-- sql/schema.sql, and the temporary ones of this run. The table run says what is imported, and how.

-- Why the run cannot go on: stop.sql.
CREATE TEMP TABLE stop (reason TEXT);
INSERT INTO stop
SELECT 'the database has no table ' || name || '; run sql/schema.sql in it first'
  FROM (SELECT 'orders' AS name UNION ALL SELECT 'order_items' UNION ALL SELECT 'messages'
        UNION ALL SELECT 'ratings')
 WHERE name NOT IN (SELECT name FROM main.sqlite_master);
.read stop.sql

-- Rows that were not imported, whole, with the reason. A row that is kept when the file is read again,
-- since more is known then, leaves this table; what you have mended yourself, delete.
CREATE TABLE IF NOT EXISTS import_refused (
    file TEXT NOT NULL,     -- its name without the folder
    line INTEGER NOT NULL,  -- where the row begins; in a JSON array, the number of the object
    reason TEXT NOT NULL,
    value TEXT,             -- what was found, where the reason is about one value
    raw NOT NULL,           -- the row as it stands in the file; a BLOB where that could not be decoded
    PRIMARY KEY (file, line, raw)
);

-- Conversations of chat systems: with whom, and whose they are.
CREATE TABLE IF NOT EXISTS import_conversations (
    source TEXT NOT NULL,   -- 'wangwang', 'qianniu', 'chatwoot', 'zendesk'
    conversation TEXT NOT NULL,
    customer TEXT NOT NULL,
    owner TEXT,             -- the agent in charge, for lines that nobody answered
    PRIMARY KEY (source, conversation)
);

-- Chat lines that were imported, so that none is imported twice.
CREATE TABLE IF NOT EXISTS import_lines (
    source TEXT NOT NULL,
    key TEXT NOT NULL,      -- the line's own number there, or all that is known of it
    conversation TEXT NOT NULL,
    speaker TEXT,           -- the agent who wrote it; NULL: somebody else did
    addressee TEXT,         -- the agent to whom it was said; NULL: the line does not tell
    message_id INTEGER NOT NULL UNIQUE REFERENCES messages,
    PRIMARY KEY (source, key)
);
CREATE INDEX IF NOT EXISTS import_lines_of_conversation ON import_lines (source, conversation);

-- Ratings that were imported.
CREATE TABLE IF NOT EXISTS import_ratings (
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    person TEXT NOT NULL,   -- the customer's number there
    rating_id INTEGER NOT NULL UNIQUE REFERENCES ratings,
    PRIMARY KEY (source, key)
);

-- People of help desks: who is a customer, and under which name orders know that customer.
CREATE TABLE IF NOT EXISTS import_people (
    source TEXT NOT NULL,
    id TEXT NOT NULL,
    role TEXT NOT NULL,     -- 'customer', 'agent'
    email TEXT,
    PRIMARY KEY (source, id)
);

-- --- This run --------------------------------------------------------------------------------------

-- The file's lines; those with bytes that its encoding does not know, undecoded.
CREATE TEMP TABLE source_line (n INTEGER PRIMARY KEY, text TEXT);
CREATE TEMP TABLE damaged_line (n INTEGER PRIMARY KEY, text TEXT);

-- The file's rows, and the fate of those that are not kept. The first problem of a row is its reason.
CREATE TEMP TABLE record (record INTEGER PRIMARY KEY, line INTEGER, lines INTEGER);
CREATE INDEX temp.record_by_line ON record (line);
CREATE TEMP TABLE problem (record INTEGER PRIMARY KEY, reason TEXT, value TEXT);
CREATE TEMP TABLE repeated (record INTEGER PRIMARY KEY);
CREATE TEMP TABLE skipped (record INTEGER PRIMARY KEY, why TEXT);

CREATE TEMP VIEW damaged AS
SELECT record, 'has bytes that are no text in the file''s encoding' AS reason
  FROM record
 WHERE EXISTS (SELECT 1 FROM damaged_line WHERE n BETWEEN line AND line + lines - 1);

-- Texts to be read as numbers or times: values.sql.
CREATE TEMP TABLE cell_value (kind TEXT, text TEXT, value, PRIMARY KEY (kind, text));

-- Chat lines that were found good, and
CREATE TEMP TABLE chat_line (
    record INTEGER PRIMARY KEY,
    key TEXT,               -- as in import_lines
    conversation TEXT,
    sender TEXT,
    speaker TEXT,           -- the human agent who wrote it; NULL: somebody else did
    addressee TEXT,
    sent_at,
    text TEXT
);
-- the conversations whose lines this run adds or changes.
CREATE TEMP TABLE touched (conversation TEXT PRIMARY KEY);

-- What the run did to the database's tables, and what the reader should know.
CREATE TEMP TABLE outcome (what TEXT, added INTEGER, changed INTEGER, known INTEGER);
CREATE TEMP TABLE note (words TEXT, rows INTEGER);

.mode ascii
.separator "\037" "\n"
.import lines source_line
.import damaged damaged_line
.mode list
.headers off
