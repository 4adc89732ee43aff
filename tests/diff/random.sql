-- Random rows, the same ones for the same seed: wants a table seed(seed). The tables have the columns
-- of sql/schema.sql without its constraints, since every kind of row must be met here:
-- NULLs, ties, empty groups, customers of all types, NULL as a key, and no order at all.

-- Row n holds eight draws, each 0..999 (a Lehmer generator).
CREATE TEMP TABLE dice (
    n INTEGER PRIMARY KEY, a INTEGER, b INTEGER, c INTEGER, d INTEGER,
    e INTEGER, f INTEGER, g INTEGER, h INTEGER
);
INSERT INTO dice
WITH RECURSIVE
    step (n, x) AS (
        SELECT 1, (seed * 7919 + 1) * 1914720637 % 2147483647 FROM seed
        UNION ALL
        SELECT n + 1, x * 1914720637 % 2147483647 FROM step WHERE n < 3000
    ),
    four (n, p, q, r, s) AS (
        SELECT n, x, x * 48271 % 2147483647, x * 182605794 % 2147483647,
               x * 1291394886 % 2147483647
          FROM step
    )
SELECT n, p % 1000, p / 1000 % 1000, q % 1000, q / 1000 % 1000,
       r % 1000, r / 1000 % 1000, s % 1000, s / 1000 % 1000
  FROM four;

-- The smaller the seed's remainder, the fewer customers, the denser the lines.
CREATE TEMP TABLE shape AS
SELECT 1 + seed % 4 * 2 AS customers, 5 + seed % 3 * 15 AS spacing, 40 + seed % 5 * 200 AS rows
  FROM seed;

-- One customer may appear as 7 and 7.0 (the same), '7' (another), and as a BLOB.
CREATE TEMP VIEW person AS
SELECT n, CASE WHEN h < 40 THEN NULL
               WHEN h < 850 THEN 'tb_' || (g % customers)
               WHEN h < 890 THEN g % customers
               WHEN h < 930 THEN g % customers * 1.0
               WHEN h < 960 THEN '' || (g % customers)
               ELSE CAST('tb_' || (g % customers) AS BLOB) END AS customer
  FROM dice, shape;

-- Groups: two of many rows, NULL, numbers, one that holds skipped rows only.
CREATE TABLE messages (id INTEGER PRIMARY KEY, agent, customer, sent_at, sender);
INSERT INTO messages (agent, customer, sent_at, sender)
SELECT CASE WHEN a < 400 THEN 'A01' WHEN a < 700 THEN 'A02' WHEN a < 800 THEN NULL
            WHEN a < 900 THEN 7 WHEN a < 970 THEN 'bot only' ELSE 'nobody' END,
       CASE WHEN a < 970 THEN customer END,
       -- Ten busy spells around two local midnights, on a grid so that times coincide; some halves.
       CASE WHEN b < 990 THEN 1793548680 + c % 10 * 17000 + d % 240 / spacing * spacing
                              + CASE WHEN b < 300 THEN 0.5 * (b % 2) ELSE 0 END END,
       CASE WHEN a BETWEEN 900 AND 969 THEN CASE WHEN e < 500 THEN 'bot' ELSE 'agent' END
            WHEN e < 480 THEN 'customer' WHEN e < 860 THEN 'agent' WHEN e < 920 THEN 'bot'
            WHEN e < 960 THEN 'assist' WHEN e < 985 THEN 'system' END
  FROM dice, shape JOIN person USING (n)
 WHERE n <= rows
 ORDER BY f, n;

CREATE TABLE inquiries (id INTEGER PRIMARY KEY, agent, customer, asked_at, order_id, ordered_at,
                        paid_at, amount, quantity);
INSERT INTO inquiries (agent, customer, asked_at, ordered_at, paid_at, amount, quantity)
SELECT CASE WHEN a < 400 THEN 'A01' WHEN a < 700 THEN 'A02' WHEN a < 800 THEN NULL
            WHEN a < 970 THEN 7 ELSE 'nobody' END,
       CASE WHEN a < 970 THEN customer END, asked_at,
       CASE WHEN c < 550 THEN asked_at + (c - 60) * 700 END,
       CASE WHEN d < 500 THEN asked_at + (d - 50) * 1100 END,
       CASE WHEN e < 850 THEN e % 200 * 0.25 - 5 END,
       CASE WHEN f < 850 THEN f % 4 END
  FROM (SELECT *, CASE WHEN b < 980 THEN 1793548800 + b * 170 END AS asked_at
          FROM dice, shape JOIN person USING (n) WHERE n BETWEEN 1001 AND 1000 + rows)
 ORDER BY g, n;

CREATE TABLE ratings (id INTEGER PRIMARY KEY, agent, customer, at, invited, score);
INSERT INTO ratings (agent, customer, at, invited, score)
SELECT CASE WHEN a < 400 THEN 'A01' WHEN a < 700 THEN 'A02' WHEN a < 800 THEN NULL
            WHEN a < 970 THEN 7 ELSE 'nobody' END,
       CASE WHEN a < 970 THEN customer END,
       CASE WHEN b < 980 THEN 1793548800 + b * 170 END,
       CASE WHEN c < 600 THEN 1 WHEN c < 800 THEN 0 END,
       CASE WHEN d < 700 THEN 1 + d % 5 WHEN d < 750 THEN 1 + d % 9 * 0.5 END
  FROM dice, shape JOIN person USING (n)
 WHERE n BETWEEN 2001 AND 2000 + rows
 ORDER BY g, n;

-- Where a comparison of two ways leaves its verdicts.
CREATE TEMP TABLE verdict (what TEXT, agent, wanted, got);
