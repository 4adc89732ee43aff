-- The tables of a shop, as kefu's reports expect them. kefu itself needs no table: its functions
-- take columns of any table. Read this file to see what a column holds, then use your own names.
--
-- Times are Unix seconds here. Text such as '2026-11-11 20:05:09' (local time) does as well, in
-- every column and every function.

-- Who serves. One row a person.
CREATE TABLE agents (
    agent TEXT PRIMARY KEY, -- as in messages.agent
    name TEXT NOT NULL,     -- what customers see
    team TEXT,
    grade TEXT,             -- of pay: P1, P2, P3
    hired_on TEXT           -- YYYY-MM-DD
);

-- The chat log: one row for each line that anybody wrote.
CREATE TABLE messages (
    id INTEGER PRIMARY KEY,
    agent TEXT,             -- whose conversation it is; NULL: nobody's yet
    customer TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    sender TEXT             -- 'customer', 'agent', 'bot' (automatic reply), 'assist', 'system'
);
CREATE INDEX messages_by_time ON messages (sent_at);

-- One row for each order of the shop, whether or not anybody asked before.
CREATE TABLE orders (
    order_id TEXT PRIMARY KEY,
    customer TEXT NOT NULL,
    ordered_at INTEGER NOT NULL,
    paid_at INTEGER,        -- NULL: not paid
    cancelled_at INTEGER,   -- NULL: stands
    amount NUMERIC,         -- yuan, what was or is to be paid
    quantity INTEGER,       -- items
    refunded NUMERIC        -- yuan given back; NULL: nothing
);

-- One row for each inquiry: a customer asked an agent, and what came of it. Where no system writes
-- such a table, kefu_inquiries() makes its rows from chats and orders.
CREATE TABLE inquiries (
    id INTEGER PRIMARY KEY,
    agent TEXT,
    customer TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    order_id TEXT REFERENCES orders,
    ordered_at INTEGER,     -- NULL: no order
    paid_at INTEGER,        -- NULL: not paid
    amount NUMERIC,         -- yuan, of a paid order
    quantity INTEGER        -- items, of a paid order
);
CREATE INDEX inquiries_by_time ON inquiries (asked_at);

-- One row for each contact: was the customer invited to rate it, and how was it rated.
CREATE TABLE ratings (
    id INTEGER PRIMARY KEY,
    agent TEXT,
    customer TEXT NOT NULL,
    at INTEGER NOT NULL,
    invited INTEGER,        -- 1: invited
    score INTEGER           -- 1 to 5; NULL: not rated
);
CREATE INDEX ratings_by_time ON ratings (at);
