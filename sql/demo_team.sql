-- The demo shop, continued: rows for the tables of single reports (sql/schema.sql, from "What follows"
-- on). Run it after sql/demo.sql, from which it takes the inquiries, orders and chats.
--
-- Nothing is random here either. And nothing is real: standards, targets, bands, levels and the pay
-- plan are made up so that the reports have something to show, and say "demo" where they can.

BEGIN;

-- --- Dice and days ----------------------------------------------------------------------------------

-- As in sql/demo.sql, from another start; four draws a row, each 0..999.
CREATE TEMP TABLE dice (n INTEGER PRIMARY KEY, a INTEGER, b INTEGER, c INTEGER, d INTEGER);
INSERT INTO dice
WITH RECURSIVE
    step (n, x) AS (
        SELECT 1, 20261231
        UNION ALL
        SELECT n + 1, x * 182605794 % 2147483647 FROM step WHERE n < 60000
    )
SELECT n, x % 1000, x / 1000 % 1000, x * 48271 % 2147483647 % 1000,
       x * 48271 % 2147483647 / 1000 % 1000
  FROM step;

-- The days of November 2026, each with the second at which it begins (UTC+8).
CREATE TEMP TABLE november AS
SELECT n AS number, date('2026-10-31', n || ' days') AS day,
       strftime('%s', '2026-10-30 16:00:00') + n * 86400 AS begins_at
  FROM dice WHERE n <= 30;

-- --- Settings, standards, targets -------------------------------------------------------------------

UPDATE settings SET category = '演示 demo', known_until = '2026-12-01';

INSERT INTO standards (category, kpi, value, valid_from, source)
SELECT '演示 demo', column1, column2, column3, '演示数据，不是标准 demo, no real standard'
  FROM (VALUES ('reply_rate', 0.98, '2026-01-01'), ('answer_ratio', 0.85, '2026-01-01'),
               ('first_response', 120, '2026-01-01'), ('first_response', 100, '2026-11-01'),
               ('avg_response', 120, '2026-01-01'), ('avg_response', 100, '2026-11-01'),
               ('handling_time', 450, '2026-01-01'), ('conversion_rate', 0.4, '2026-01-01'),
               ('payment_rate', 0.93, '2026-01-01'), ('sales_per_buyer', 125, '2026-01-01'),
               ('units_per_buyer', 1.25, '2026-01-01'), ('satisfaction', 0.9, '2026-01-01'));
-- A value of the shop's own goes before its category's.
INSERT INTO standards (category, kpi, value, valid_from, source)
VALUES ('own', 'payment_rate', 0.94, '2026-11-01', '演示数据，不是标准 demo, no real standard');

INSERT INTO targets (agent, kpi, from_day, to_day, value)
SELECT '', column1, '2026-11-01', '2026-11-30', column2
  FROM (VALUES ('sales_amount', 1300000), ('inquirers', 8500), ('conversion_rate', 0.75),
               ('clearance_amount', 180000));
INSERT INTO targets (agent, kpi, from_day, to_day, value)
SELECT agent, column1, '2026-11-01', '2026-11-30',
       CASE column1 WHEN 'conversion_rate'
                    THEN CASE grade WHEN 'P3' THEN 0.5 WHEN 'P2' THEN 0.4 ELSE 0.3 END
                    ELSE CASE grade WHEN 'P3' THEN 36000 WHEN 'P2' THEN 24000 ELSE 16000 END END
  FROM agents JOIN (VALUES ('sales_amount'), ('conversion_rate'));

-- --- Lost customers, promises -----------------------------------------------------------------------

-- Two lost inquiries in five have a reason.
INSERT INTO losses (inquiry_id, reason)
SELECT id, CASE WHEN ordered_at IS NULL
                THEN CASE WHEN b < 330 THEN 'price' WHEN b < 520 THEN 'response'
                          WHEN b < 680 THEN 'shipping' WHEN b < 820 THEN 'knowledge'
                          WHEN b < 930 THEN 'assurance' ELSE 'attitude' END
                ELSE CASE WHEN b < 450 THEN 'cooled' WHEN b < 750 THEN 'forgotten'
                          WHEN b < 900 THEN 'paying' ELSE 'after_order' END END
  FROM inquiries JOIN dice ON n = id
 WHERE a < 400 AND paid_at IS NULL AND (ordered_at IS NULL OR ordered_at >= asked_at);

INSERT INTO promises (agent, customer, what, promised_at, due_at, kept_at)
SELECT agent, customer, what, promised_at, due_at,
       CASE WHEN d < 990 - 2 * CAST(substr(agent, 2) AS INTEGER)
                 AND promised_at + keeps_after < 1796054400
            THEN promised_at + keeps_after END
  FROM (SELECT inquiries.*, d, asked_at + 240 AS promised_at,
               asked_at + 240 + 86400 * (1 + a % 3) AS due_at,
               c * 86 * (1 + a % 3) + (b < 60) * 90000 AS keeps_after,
               CASE WHEN b < 600 THEN '发货时间 day of shipping' WHEN b < 850 THEN '赠品 a gift'
                    ELSE '回电 a call back' END AS what
          FROM inquiries JOIN dice ON n = 30000 + id WHERE a < 45)
 ORDER BY promised_at, agent, customer;

-- --- Wordings and reminders -------------------------------------------------------------------------

INSERT INTO scripts (script, kind, text, used_from, used_to) VALUES
    ('G1', 'greeting', '亲，欢迎光临演示店，我是客服，很高兴为您服务～', '2026-10-01', '2026-11-08'),
    ('S1', 'promotion', '双11全场五折起，前一小时付款的宝贝有赠品哦～', '2026-11-09', '2026-11-11'),
    ('N1', 'notice', '亲，大促订单较多，72小时内按付款顺序发货。', '2026-11-12', '2026-11-15'),
    ('G2', 'greeting', '您好，演示店欢迎您，请问有什么可以帮您？', '2026-11-16', NULL),
    ('R1', 'reminder', '亲，您的订单还没有付款哦。', '2026-10-01', NULL),
    ('R2', 'reminder', '亲，您拍的宝贝库存不多了，今天16点前付款今天发货。', '2026-10-01', NULL),
    ('R3', 'reminder', '亲，付款遇到问题了吗？需要帮忙请告诉我～', '2026-11-05', NULL);

-- Silent orders that are still unpaid after a day; somewhat less than half of them are reminded, and
-- those who were pay more often.
CREATE TEMP TABLE unpaid AS
SELECT n, printf('U%06d', n) AS order_id, printf('tb_%05d', 20000 + (a * 1000 + b) % 6000) AS customer,
       ordered_at, script,
       CASE WHEN script IS NOT NULL THEN ordered_at + 86400 + e * 90 END AS reminded_at,
       CASE WHEN f < CASE coalesce(script, '') WHEN '' THEN 220 WHEN 'R1' THEN 280 WHEN 'R2' THEN 420
                     ELSE 340 END
            THEN ordered_at + 86400 + e * 90 + 600 + g * 80 END AS paid_at,
       (39 + h % 13 * 10) + 0.9 AS amount
  FROM (SELECT dice.n, dice.a, dice.b, more.a AS e, more.b AS f, more.c AS g, more.d AS h,
               strftime('%s', '2026-10-31 16:00:00') + dice.n * 1690 + dice.c AS ordered_at,
               CASE WHEN dice.d < 150 THEN 'R1' WHEN dice.d < 300 THEN 'R2'
                    WHEN dice.d < 450 THEN 'R3' END AS script
          FROM dice JOIN dice AS more ON more.n = 10000 + dice.n WHERE dice.n <= 1500);
INSERT INTO orders (order_id, customer, ordered_at, paid_at, cancelled_at, amount, quantity)
SELECT order_id, customer, ordered_at, CASE WHEN paid_at < 1796054400 THEN paid_at END,
       CASE WHEN paid_at IS NULL AND ordered_at + 259200 < 1796054400 THEN ordered_at + 259200 END,
       amount, 1
  FROM unpaid ORDER BY order_id;
INSERT INTO reminders (order_id, agent, script, sent_at, channel)
SELECT order_id, printf('A%02d', 1 + n % 50), script, reminded_at,
       CASE n % 3 WHEN 0 THEN 'sms' ELSE 'chat' END
  FROM unpaid WHERE script IS NOT NULL AND reminded_at < 1796054400
UNION ALL -- some are reminded a second time, half a day later
SELECT order_id, printf('A%02d', 1 + n % 50), 'R1', reminded_at + 43200, 'sms'
  FROM unpaid
 WHERE script IS NOT NULL AND n % 5 = 0 AND reminded_at + 43200 < coalesce(paid_at, 1796054400)
 ORDER BY 4, 1;

-- --- Goods, advertising, scores ---------------------------------------------------------------------

-- One item an order; of several pieces the last is another item, which the agent may have recommended.
CREATE TEMP TABLE basket AS
SELECT order_id, orders.amount, orders.quantity, round(orders.amount / orders.quantity, 2) AS price,
       1 + a * a / 25000 AS first_item,
       1 + (a * a / 25000 + 1 + b * b * b / 100000000) % 40 AS second_item,
       CASE WHEN c < 600 THEN inquiries.agent END AS recommended_by
  FROM orders
  JOIN dice
    ON n = CASE WHEN order_id < 'U' THEN 20000 ELSE 15000 END + CAST(substr(order_id, 2) AS INTEGER)
  LEFT JOIN inquiries USING (order_id);
INSERT INTO order_items (order_id, item, quantity, amount, clearance, recommended_by)
SELECT order_id, printf('K%02d', first_item), quantity - (quantity > 1),
       round(amount - CASE WHEN quantity > 1 THEN price ELSE 0 END, 2), first_item > 34, NULL
  FROM basket
UNION ALL
SELECT order_id, printf('K%02d', second_item), 1, price, second_item > 34, recommended_by
  FROM basket WHERE quantity > 1
 ORDER BY 1, 2;

INSERT INTO ad_days (day, kind, clicks, cost, deals)
SELECT day, CASE WHEN number IN (10, 11) THEN 'campaign' ELSE 'usual' END, clicks,
       round(clicks * (950 + b / 5) / 1000.0, 2),
       clicks * (CASE WHEN number IN (10, 11) THEN 90 ELSE 120 END + c / 50) / 10000
  FROM (SELECT november.*, b, c,
               (18000 + a * 4) * CASE WHEN number IN (10, 11) THEN 5 ELSE 2 END / 2 AS clicks
          FROM november JOIN dice ON n = number + 100);

INSERT INTO shop_scores (day, score, value)
SELECT day, column1,
       round(column2 + (a - 500) / 20000.0
             - (column1 = 'logistics') * (number BETWEEN 11 AND 18) * 0.06, 2)
  FROM november JOIN (VALUES ('goods', 4.84), ('service', 4.82), ('logistics', 4.81))
  JOIN dice ON n = 200 + number * 3 + length(column1);

-- --- Tags -------------------------------------------------------------------------------------------

INSERT INTO tags (tag, kind, zh, receiver) VALUES
    ('size', 'question', '尺码', NULL), ('shipping', 'question', '什么时候发货', NULL),
    ('discount', 'question', '还有优惠吗', NULL), ('stock', 'question', '有货吗', NULL),
    ('fabric', 'question', '面料', NULL), ('returns', 'question', '退换货', NULL),
    ('colour', 'question', '色差', NULL), ('carrier', 'question', '什么快递', NULL),
    ('invoice', 'question', '发票', NULL), ('care', 'question', '洗涤', NULL),
    ('gift_wrap', 'question', '礼品包装', NULL), ('shops', 'question', '实体店', NULL),
    ('age', 'feedback', '年龄段', 'promotion'), ('power', 'feedback', '购买力', 'promotion'),
    ('liked', 'feedback', '款式喜好', 'design'), ('understood', 'feedback', '商品理解', 'product'),
    ('doubt', 'feedback', '疑问', 'product'), ('suggestion', 'feedback', '建议', 'design'),
    ('invoice_hunter', 'crisis', '发票党', NULL), ('blackmail', 'crisis', '敲诈', NULL),
    ('credit_card', 'crisis', '信用卡', NULL),
    ('need', 'asked_back', '询问需求', NULL), ('closing', 'asked_back', '结束语', NULL);

-- What an inquiry asked (most ask the same), what it taught, and a few crises.
INSERT INTO tagged (tag, agent, customer, at, amount, solved_at)
SELECT CASE WHEN b < 270 THEN 'size' WHEN b < 450 THEN 'shipping' WHEN b < 600 THEN 'discount'
            WHEN b < 720 THEN 'stock' WHEN b < 800 THEN 'fabric' WHEN b < 860 THEN 'returns'
            WHEN b < 905 THEN 'colour' WHEN b < 940 THEN 'carrier' WHEN b < 965 THEN 'invoice'
            WHEN b < 982 THEN 'care' WHEN b < 993 THEN 'gift_wrap' ELSE 'shops' END,
       agent, customer, asked_at, NULL, NULL
  FROM inquiries JOIN dice ON n = 5000 + id WHERE a < 620
UNION ALL
SELECT CASE WHEN d < 200 THEN 'age' WHEN d < 350 THEN 'power' WHEN d < 600 THEN 'liked'
            WHEN d < 780 THEN 'understood' WHEN d < 900 THEN 'doubt' ELSE 'suggestion' END,
       agent, customer, asked_at + 60, NULL, NULL
  FROM inquiries JOIN dice ON n = 25000 + id WHERE c < 70
UNION ALL
SELECT CASE WHEN d < 450 THEN 'invoice_hunter' WHEN d < 700 THEN 'blackmail' ELSE 'credit_card' END,
       agent, customer, asked_at + 120, 20 + b, CASE WHEN d < 900 THEN asked_at + 3600 + a * 500 END
  FROM inquiries JOIN dice ON n = 9000 + id WHERE c = 7
UNION ALL -- questions of the staff: every fifteenth line
SELECT CASE id % 2 WHEN 0 THEN 'need' ELSE 'closing' END, agent, customer, sent_at, NULL, NULL
  FROM messages WHERE sender = 'agent' AND id % 15 = 0
 ORDER BY 4, 2, 3, 1;

INSERT INTO quick_replies (tag, text, updated_on) VALUES
    ('size', '亲，尺码表在详情页，请告诉我身高体重，我帮您选～', '2026-10-20'),
    ('shipping', '亲，今天16点前付款的订单当天发货哦～', '2026-11-12'),
    ('stock', '亲，能拍下的都有货的～', '2026-09-01'),
    ('carrier', '亲，默认发圆通，可以备注其他快递～', '2026-09-01'),
    ('returns', '亲，支持7天无理由退换货～', '2026-09-01');

-- --- Quality ----------------------------------------------------------------------------------------

-- One conversation in forty is read; of each a few items are due.
INSERT INTO checks (item, agent, customer, at, met)
SELECT checklist.item, agent, customer, 1796054400, (b + length(checklist.item) * 97) % 1000
           < 960 - 6 * CAST(substr(agent, 2) AS INTEGER) % 50 * (2 + length(zh) % 3)
  FROM inquiries
  JOIN dice ON dice.n = 7000 + inquiries.id
  JOIN checklist ON part IN ('opening', 'steps') AND (c + length(checklist.item) * 31) % 4 > 0
 WHERE a < 25
 ORDER BY agent, customer, checklist.item;
-- What to know by heart is asked of the person.
INSERT INTO checks (item, agent, at, met)
SELECT checklist.item, agent, 1795536000, (a + 131 * length(checklist.item)) % 1000 < 850
  FROM agents JOIN checklist ON part IN ('know', 'risks')
  JOIN dice ON n = 300 + CAST(substr(agent, 2) AS INTEGER);

INSERT INTO samples (agent, customer, day, label, note)
SELECT agent, customer, date(min(asked_at) + 28800, 'unixepoch'),
       CASE WHEN b < 400 THEN 'good' WHEN b < 750 THEN 'bad' ELSE 'usual' END,
       CASE WHEN b < 400 THEN '主动推荐，催付得体 took the initiative, reminded well'
            WHEN b < 750 THEN '回复慢，未解释发货 slow, shipping not explained' END
  FROM inquiries JOIN dice ON n = 11000 + id
 WHERE a < 4 GROUP BY agent, customer;

-- --- Staff ------------------------------------------------------------------------------------------

-- Eight who are no longer here.
INSERT INTO agents (agent, name, team, grade, hired_on)
SELECT printf('A%02d', 50 + n), '离职' || n, CASE n % 2 WHEN 0 THEN '早班' ELSE '晚班' END, 'P1',
       date('2026-10-20', '-' || (90 + n * 77) || ' days')
  FROM dice WHERE n <= 8;
INSERT INTO staff (agent, typing, left_on, left_because, why_here, what_for, what_should_we_do)
SELECT agent, 45 + a % 65, left_on,
       CASE WHEN left_on IS NOT NULL
            THEN CASE WHEN b < 400 THEN 'pay' WHEN b < 650 THEN 'dull' WHEN b < 900 THEN 'prospects'
                      ELSE 'private' END END,
       CASE WHEN c < 700 THEN '学习电商 to learn the trade' END,
       CASE WHEN c < 650 THEN '收入与成长 pay and growth' END,
       CASE WHEN c < 500 THEN '多培训 more training' END
  FROM (SELECT agent,
               CASE WHEN agent > 'A50'
                    THEN date(hired_on, (60 + 61 * (CAST(substr(agent, 2) AS INTEGER) - 50) % 97) || ' days')
                    END AS left_on
          FROM agents)
  JOIN dice ON n = 400 + CAST(substr(agent, 2) AS INTEGER);

-- P1 at first, P2 after half a year, P3 after two and a half years; three lead a team.
INSERT INTO staff_grades (agent, ladder, grade, valid_from)
SELECT agent, 'expert', 'P1', hired_on FROM agents
UNION ALL
SELECT agent, 'expert', 'P2', date(hired_on, '183 days') FROM agents WHERE grade > 'P1'
UNION ALL
SELECT agent, 'expert', 'P3', date(hired_on, '915 days') FROM agents WHERE grade > 'P2'
UNION ALL
SELECT agent, 'lead', 'agent', hired_on FROM agents WHERE agent IN ('A01', 'A12', 'A35')
UNION ALL
SELECT agent, 'lead', 'team leader',
       date('2026-11-01', '-' || CAST(substr(agent, 2) AS INTEGER) || ' months')
  FROM agents WHERE agent IN ('A01', 'A12', 'A35');

-- Shifts of the days on which somebody worked; most come in time, all take a break.
CREATE TEMP TABLE workday AS
SELECT row_number() OVER (ORDER BY begins_at, agent) AS n, agent,
       begins_at + CASE team WHEN '晚班' THEN 57600 ELSE 28800 END AS shift_from
  FROM (SELECT DISTINCT agent, date(asked_at + 28800, 'unixepoch') AS day FROM inquiries
         GROUP BY 1, 2 HAVING count(*) > 4)
  JOIN november USING (day) JOIN agents USING (agent);
INSERT INTO presence (agent, state, from_at, to_at)
SELECT agent, 'shift', shift_from, shift_from + 28800 FROM workday
UNION ALL
SELECT agent, 'online', shift_from - 300 + a / 2 + (b < 40) * 1500,
       shift_from + 28800 - (b > 970) * 2400
  FROM workday JOIN dice USING (n) WHERE c > 8
UNION ALL
SELECT agent, 'away', shift_from + 9000 + c * 10, shift_from + 9000 + c * 10 + 900 + d
  FROM workday JOIN dice USING (n) WHERE c > 8
UNION ALL
SELECT agent, 'away', shift_from + 21000 + d * 3, shift_from + 21000 + d * 3 + 300 + a
  FROM workday JOIN dice USING (n) WHERE c > 8 AND b % 3 = 0;

-- --- Points, pay, trainings -------------------------------------------------------------------------

INSERT INTO score_bands (kpi, weight, bands) VALUES
    ('conversion_rate', 0.4, '[[0, 40], [0.3, 60], [0.4, 80], [0.5, 100]]'),
    ('avg_response', 0.3, '[[0, 100], [60, 80], [100, 60], [150, 40]]'),
    ('satisfaction', 0.2, '[[0, 40], [0.85, 60], [0.9, 80], [0.95, 100]]'),
    ('units_per_buyer', 0.1, '[[0, 60], [1.2, 80], [1.3, 100]]');
UPDATE staff_levels
   SET from_points = CASE level WHEN 1 THEN 0 WHEN 2 THEN 60 WHEN 3 THEN 75 ELSE 88 END;

INSERT INTO pay_plans (name, valid_from, plan) VALUES
    ('demo', '2026-11-01',
     '{"schema":"commission-plan/1","id":"demo","base":3000,"grades":{"P1":1.0,"P2":1.2,"P3":1.5},'
     || '"commission":{"method":"marginal","tiers":[{"from":0,"rate":"0.5%"},'
     || '{"from":20000,"rate":"0.8%"},{"from":40000,"rate":"1.2%"}]}}');

INSERT INTO trainings (id, topic, title, held_on, teacher) VALUES
    (1, 'product', '秋冬新品试穿 autumn goods, try on each size', '2026-09-28', '设计师 designer'),
    (2, 'typing', '打字 typing', '2026-10-12', NULL),
    (3, 'wording', '话术 wording', '2026-10-19', 'A01'),
    (4, 'product', '爆款复训 best-sellers again', '2026-10-28', '版师 pattern maker'),
    (5, 'awareness', '服务意识 service awareness', '2026-11-05', 'A12'),
    (6, 'reminder', '催付 reminders', '2026-11-17', 'A01'),
    (7, 'product', '爆款复训 best-sellers again', '2026-11-25', '版师 pattern maker'),
    (8, 'quick_reply', '快捷短语 quick replies', '2026-11-27', 'A35');
INSERT INTO training_scores (training_id, agent, score)
SELECT trainings.id, agent,
       CASE WHEN topic NOT IN ('awareness', 'typing') THEN 55 + (a * 7 + trainings.id * 131) % 46 END
  FROM trainings JOIN agents ON agent <= 'A50' AND hired_on <= held_on
  JOIN dice ON n = 500 + trainings.id * 60 + CAST(substr(agent, 2) AS INTEGER)
 WHERE b < 820;

-- --- What was written -------------------------------------------------------------------------------

CREATE TEMP TABLE phrase AS
SELECT column1 AS sender, row_number() OVER (PARTITION BY column1) - 1 AS number, column2 AS text
  FROM (VALUES ('customer', '在吗？'), ('customer', '这款有货吗'), ('customer', '身高160穿什么码'),
               ('customer', '今天能发货吗'), ('customer', '可以便宜点吗'), ('customer', '会起球吗'), ('customer', '好的'),
               ('agent', '亲，在的，请讲～'), ('agent', '亲，有货的，可以拍～'), ('agent', '建议您选M码哦'),
               ('agent', '16点前付款今天发货的～'), ('agent', '这款已经是活动价了，送您一双袜子～'),
               ('bot', '亲，欢迎光临演示店～'), ('assist', '为您推荐：尺码表'), ('system', '客户来自搜索'));
UPDATE messages
   SET text = (SELECT text FROM phrase
                WHERE phrase.sender = messages.sender
                  AND number = messages.id * 7919 / 11
                               % CASE messages.sender WHEN 'customer' THEN 7 WHEN 'agent' THEN 5 ELSE 1 END);

DROP TABLE phrase;
DROP TABLE workday;
DROP TABLE basket;
DROP TABLE unpaid;
DROP TABLE november;
DROP TABLE dice;

COMMIT;
ANALYZE;
