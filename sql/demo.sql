-- A demo shop: 50 agents, November 2026 (with 11.11 in it), about 200,000 chat lines, and the orders,
-- inquiries and ratings that go with them. Read sql/schema.sql first.
--
-- Nothing is random: every run on every SQLite from 3.31 on makes the same rows. Chance comes from a
-- table of dice, a Lehmer generator written in SQL.
--
-- What is in it on purpose: bursts of questions, automatic replies, lines of an assistant bot,
-- questions that nobody answers, conversations that run past midnight, customers who come back,
-- after-sales contacts, late payments, and agents who differ: A01's answers are not A50's.
--
-- The data end with 30 November: what would come later is not known yet.

BEGIN;

-- --- Dice ------------------------------------------------------------------------------------------

-- Row n holds eight draws, each 0..999. One step of the generator is x * 48271 % (2^31 - 1); the
-- other factors are its powers, so that a row takes four numbers of the one sequence.
CREATE TEMP TABLE dice (
    n INTEGER PRIMARY KEY, a INTEGER, b INTEGER, c INTEGER, d INTEGER,
    e INTEGER, f INTEGER, g INTEGER, h INTEGER
);
INSERT INTO dice
WITH RECURSIVE
    step (n, x) AS (
        SELECT 1, 20261101
        UNION ALL
        SELECT n + 1, x * 1914720637 % 2147483647 FROM step WHERE n < 220000
    ),
    four (n, p, q, r, s) AS (
        SELECT n, x, x * 48271 % 2147483647, x * 182605794 % 2147483647,
               x * 1291394886 % 2147483647
          FROM step
    )
SELECT n, p % 1000, p / 1000 % 1000, q % 1000, q / 1000 % 1000,
       r % 1000, r / 1000 % 1000, s % 1000, s / 1000 % 1000
  FROM four;

CREATE TEMP TABLE number (n INTEGER PRIMARY KEY);
INSERT INTO number
WITH RECURSIVE count_up (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM count_up WHERE n < 49)
SELECT n FROM count_up;

-- --- Agents ----------------------------------------------------------------------------------------

-- Two talents, each a rank from 0 (best) to 49: how fast one answers, how well one sells.
CREATE TEMP TABLE talent AS
SELECT printf('A%02d', n + 1) AS agent, n % 2 AS late_shift, n * 37 % 50 AS slow, n * 23 % 50 AS shy
  FROM number;

INSERT INTO agents (agent, name, team, grade, hired_on)
SELECT agent,
       '小' || substr('梅兰竹菊荷桃杏梨松柏枫桐柳棠茉莉薇蓉芷若蓝青朱墨云霞雪霜雨露星月晨曦夏秋冬春山川溪海鹿鹤雀燕鱼蝉萤禾',
                      row_number() OVER (ORDER BY agent), 1),
       CASE late_shift WHEN 1 THEN '晚班' ELSE '早班' END,
       CASE WHEN shy < 12 THEN 'P3' WHEN shy < 30 THEN 'P2' ELSE 'P1' END,
       date('2026-11-01', '-' || (3 + (50 - shy) * 29) || ' days')
  FROM talent;

-- --- Conversations ---------------------------------------------------------------------------------

-- Who talks to whom, from when on, in how many turns. Every agent has one day off in seven; 11.11
-- and the evening before it bring twice as many customers.
CREATE TEMP TABLE talk AS
SELECT conversation.talk, agent, slow, shy, festive,
       printf('tb_%05d', (a * 1000 + b) % 9000) AS customer,
       strftime('%s', '2026-10-31 16:00:00') + day * 86400
           + CASE late_shift WHEN 1 THEN 16 * 3600 + c * 29 + d % 29 ELSE 8 * 3600 + c * 27 + d % 27 END
           AS started_at,
       1 + e * e * 5 / 1000000 AS turns,
       f < 120 AS after_sales
  FROM (SELECT row_number() OVER (ORDER BY day.n, agent, slot.n) AS talk, talent.*, day.n AS day,
               day.n IN (9, 10) AS festive
          FROM talent
          JOIN number AS day ON day.n < 30 AND (day.n + talent.rowid) % 7 > 0
          JOIN number AS slot
            ON slot.n < (18 + (50 - shy) / 9) * CASE WHEN day.n IN (9, 10) THEN 2 ELSE 1 END
       ) AS conversation
  JOIN dice ON dice.n = talk;

-- Turns: a burst of questions, then a wait, then one or two lines of answer, then a pause. Only a
-- conversation's last turn may stay unanswered.
CREATE TEMP TABLE turn AS
SELECT talk, agent, customer, turn_number, asked_at, burst, burst_gap, answered, replies,
       asked_at + burst_gap * (burst - 1) AS last_asked_at,
       asked_at + burst_gap * (burst - 1) + wait AS answered_at,
       turn_number = 1 AND greeted AS greeted, assisted, announced
  FROM (SELECT *, started_at + coalesce(sum(pause + burst_gap * (burst - 1) + wait + 12 * replies)
                      OVER (PARTITION BY talk ORDER BY turn_number
                            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS asked_at
          FROM (SELECT talk, agent, customer, started_at, number.n AS turn_number,
                       1 + (a < 350) + (a < 110) AS burst,
                       3 + b % 19 AS burst_gap,
                       4 + 30 * c / (1100 - c) * (60 + 3 * slow) * (10 + 6 * festive) / 1000 AS wait,
                       1 + (d < 320) AS replies,
                       CASE WHEN e < 45 THEN 700 + e * 9 ELSE 15 + e / 5 END AS pause,
                       number.n < turns OR f >= 12 + 2 * slow AS answered,
                       f % 10 < 7 AS greeted, g < 40 AS assisted, h < 100 AS announced
                  FROM talk
                  JOIN number ON number.n BETWEEN 1 AND turns
                  JOIN dice ON dice.n = 40000 + (talk * 6 + number.n) % 180000));

INSERT INTO messages (agent, customer, sent_at, sender)
SELECT agent, customer, sent_at, sender
  FROM (SELECT agent, customer, asked_at + burst_gap * number.n AS sent_at, 'customer' AS sender
          FROM turn JOIN number ON number.n < burst
        UNION ALL
        SELECT agent, customer, asked_at + 1, 'bot' FROM turn WHERE greeted
        UNION ALL
        SELECT agent, customer, asked_at - 5, 'system' FROM turn WHERE announced AND turn_number = 1
        UNION ALL
        SELECT agent, customer, (last_asked_at + answered_at) / 2, 'assist'
          FROM turn WHERE assisted AND answered
        UNION ALL
        SELECT agent, customer, answered_at + 8 * number.n, 'agent'
          FROM turn JOIN number ON number.n < replies
         WHERE answered)
 WHERE sent_at < strftime('%s', '2026-11-30 16:00:00') + 0
 ORDER BY sent_at, agent, customer, sender;

-- --- Orders, inquiries, ratings --------------------------------------------------------------------

-- What came of each conversation. An after-sales contact is about an order of some days ago.
CREATE TEMP TABLE outcome AS
SELECT talk, agent, customer, started_at AS asked_at, shy,
       CASE WHEN after_sales THEN started_at - 86400 - a * 900
            WHEN a < 640 - 8 * shy THEN started_at + 200 + b * b / 70 END AS ordered_at,
       CASE WHEN after_sales THEN 300
            WHEN c < 700 THEN 40 + c
            WHEN c < 880 - shy THEN 30000 + c * 60
            WHEN c < 950 - shy THEN 100000 + c * 250
            WHEN c > 985 THEN 500000 END AS pays_after,
       1 + (d < 300 - 4 * shy) + (d < 60) AS quantity,
       (39 + e % 13 * 10) + 0.9 AS price,
       CASE WHEN f < 40 THEN 1 WHEN f < 60 THEN 2 END AS refunded_of
  FROM talk JOIN dice ON dice.n = 220000 - talk;

-- Silent orders: nobody was asked.
INSERT INTO outcome (talk, customer, ordered_at, pays_after, quantity, price)
SELECT 100000 + n, printf('tb_%05d', (a * 1000 + b) % 9000),
       strftime('%s', '2026-10-31 16:00:00') + c * 2592 + d, 60 + e, 1 + (f < 150),
       (39 + g % 13 * 10) + 0.9
  FROM dice WHERE n <= 2500;

CREATE TEMP TABLE purchase (
    talk INTEGER PRIMARY KEY, order_id TEXT, customer TEXT, ordered_at INTEGER, paid_at INTEGER,
    amount NUMERIC, quantity INTEGER, refunded_of INTEGER, today INTEGER
);
INSERT INTO purchase
SELECT talk, printf('T%06d', row_number() OVER (ORDER BY ordered_at, talk)), customer, ordered_at,
       CASE WHEN ordered_at + pays_after < today THEN ordered_at + pays_after END,
       round(price * quantity, 2), quantity, refunded_of, today
  FROM (SELECT *, strftime('%s', '2026-11-30 16:00:00') + 0 AS today FROM outcome)
 WHERE ordered_at < today;

INSERT INTO orders (order_id, customer, ordered_at, paid_at, cancelled_at, amount, quantity, refunded)
SELECT order_id, customer, ordered_at, paid_at,
       CASE WHEN paid_at IS NULL AND ordered_at + 259200 < today THEN ordered_at + 259200 END,
       amount, quantity, CASE WHEN paid_at IS NOT NULL THEN round(amount / refunded_of, 2) END
  FROM purchase
 ORDER BY order_id;

INSERT INTO inquiries (agent, customer, asked_at, order_id, ordered_at, paid_at, amount, quantity)
SELECT agent, outcome.customer, asked_at, order_id, purchase.ordered_at, paid_at,
       CASE WHEN paid_at IS NOT NULL THEN amount END,
       CASE WHEN paid_at IS NOT NULL THEN purchase.quantity END
  FROM outcome
  LEFT JOIN purchase USING (talk)
 WHERE agent IS NOT NULL
 ORDER BY asked_at, talk;

INSERT INTO ratings (agent, customer, at, invited, score)
SELECT agent, customer, started_at + 900, invited,
       CASE WHEN invited AND h < 420 THEN
           CASE WHEN g < 20 + slow THEN 1 + g % 2 WHEN g < 60 + 2 * slow THEN 3 WHEN g < 250 THEN 4
                ELSE 5 END END
  FROM (SELECT talk.*, g, h, d < 900 - 5 * shy AS invited
          FROM talk JOIN dice ON dice.n = 150000 + talk)
 ORDER BY started_at, talk;

DROP TABLE purchase;
DROP TABLE outcome;
DROP TABLE turn;
DROP TABLE talk;
DROP TABLE talent;
DROP TABLE number;
DROP TABLE dice;

COMMIT;
ANALYZE;
