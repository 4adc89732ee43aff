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
    sender TEXT,            -- 'customer', 'agent', 'bot' (automatic reply), 'assist', 'system'
    text TEXT               -- what was written, for people to read: no KPI needs it
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
CREATE INDEX orders_by_customer ON orders (customer, ordered_at);

-- What happened between the shop and its customers, as journeys() takes it: chat lines and the events
-- of orders, one row each. A refund's time decides nothing: who earned the order bears it.
CREATE VIEW journey_events AS
SELECT customer, sent_at AS at, CASE sender WHEN 'agent' THEN 'chat' ELSE 'ask' END AS event, agent,
       NULL AS order_id, NULL AS amount, NULL AS quantity
  FROM messages WHERE sender IN ('customer', 'agent')
UNION ALL
SELECT customer, ordered_at, 'order', NULL, order_id, amount, quantity FROM orders
UNION ALL
SELECT customer, paid_at, 'pay', NULL, order_id, amount, quantity FROM orders WHERE paid_at IS NOT NULL
UNION ALL
SELECT customer, coalesce(paid_at, ordered_at), 'refund', NULL, order_id, refunded, NULL
  FROM orders WHERE refunded IS NOT NULL
UNION ALL
SELECT customer, cancelled_at, 'cancel', NULL, order_id, NULL, NULL
  FROM orders WHERE cancelled_at IS NOT NULL;

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

-- ===================================================================================================
-- What follows is asked for by single reports (sql/report). Each table may stay empty: then the
-- reports that read it are empty too. Days are local days, YYYY-MM-DD.
--
-- Tables marked "filled below" hold what the source documents say about causes, remedies and duties.
-- Figures are never filled in: what is standard, what a level takes, what a grade pays is the shop's.
-- ===================================================================================================

-- --- Settings ----------------------------------------------------------------------------------------

-- What the reports are about; one row. For the week of 11.11, say:
-- UPDATE settings SET from_day = '2026-11-09', to_day = '2026-11-15';
CREATE TABLE settings (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    category TEXT,          -- of the shop, as in standards
    known_until TEXT,       -- until when payments are known, a time: later ones are no failures yet
    from_day TEXT NOT NULL DEFAULT '0001-01-01', -- the days that reports are about, the last included
    to_day TEXT NOT NULL DEFAULT '9999-12-31',
    unit TEXT NOT NULL DEFAULT 'week', -- of report/periodic: day, week, month, quarter, year
    agent TEXT,             -- of report/periodic, sample and chat; NULL: the whole shop, all agents
    seed INTEGER NOT NULL DEFAULT 1,     -- of report/sample: another one picks other conversations
    sample_size INTEGER NOT NULL DEFAULT 1 -- of report/sample: by agent and reason
);
INSERT INTO settings (id) VALUES (1);

-- How the reports print a value of a unit of kefu_kpis: printf(format, factor * value). Filled below.
-- The factor is a hair above 1 or 100, so that halves round up (四舍五入) in every version of SQLite.
CREATE TABLE unit_formats (
    unit TEXT PRIMARY KEY,
    factor REAL NOT NULL,
    format TEXT NOT NULL    -- of printf()
);
INSERT INTO unit_formats (unit, factor, format) VALUES
    ('count', 1, '%.0f'), ('rate', 100.0000000001, '%.1f%%'), ('ratio', 1.000000000001, '%.2f'),
    ('s', 1.000000000001, '%.1f'), ('money', 1.000000000001, '%.2f'), ('score', 1.000000000001, '%.2f');

-- --- Standards, targets, causes and remedies ---------------------------------------------------------

-- What a KPI should be at least (or at most, where less is better: kefu_kpis.better). Ships empty.
CREATE TABLE standards (
    category TEXT NOT NULL, -- 'own' for the shop's own values: they go before its category's
    kpi TEXT NOT NULL,      -- as in kefu_kpis
    value NUMERIC NOT NULL, -- a rate as a fraction: 0.45
    valid_from TEXT NOT NULL,
    valid_to TEXT,          -- last day; NULL: until the next value begins
    source TEXT NOT NULL,   -- who says so
    PRIMARY KEY (category, kpi, valid_from)
);

-- What was agreed before the work began. Ships empty.
CREATE TABLE targets (
    agent TEXT NOT NULL DEFAULT '', -- '' for the whole shop
    kpi TEXT NOT NULL,      -- as in kefu_kpis, or 'clearance_amount' (清仓: order_items.clearance)
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    value NUMERIC NOT NULL,
    PRIMARY KEY (agent, kpi, from_day, to_day)
);

-- Why a KPI may lie below its standard, and what helps. Filled below from S2; where S2 lists causes
-- and remedies side by side, what belongs together is ours. Two remedies improve the number and not
-- the service; they say so.
CREATE TABLE remedies (
    kpi TEXT NOT NULL,      -- as in kefu_kpis, or 'question_feedback' (report/question_feedback)
    cause_zh TEXT NOT NULL,
    cause TEXT NOT NULL,
    remedy_zh TEXT NOT NULL,
    remedy TEXT NOT NULL,
    topic TEXT,             -- of trainings; NULL: no training helps
    PRIMARY KEY (kpi, cause)
);
INSERT INTO remedies (kpi, cause_zh, cause, remedy_zh, remedy, topic) VALUES
    ('inquirers', '没有流量', 'no traffic', '拓展渠道、做活动、给老客户优惠（运营的事，不是客服的）',
     'more channels, campaigns, offers for old customers: for operations, not for service', NULL),
    ('sales_amount', '产品知识', 'product knowledge', '定期产品培训并考核',
     'regular product training with tests', 'product'),
    ('sales_amount', '主动性', 'initiative', '服务意识培训', 'train service awareness', 'awareness'),
    ('sales_amount', '话术', 'wording', '话术培训并考核', 'train and test wording', 'wording'),
    ('sales_amount', '销售技巧', 'selling technique', '销售技巧培训并考核',
     'train and test technique', 'technique'),
    ('sales_per_buyer', '不熟悉商品搭配', 'which goods go together', '定期产品培训并考核',
     'regular product training with tests', 'product'),
    ('sales_per_buyer', '主动性', 'initiative', '服务意识培训', 'train service awareness', 'awareness'),
    ('sales_per_buyer', '关联推荐', 'recommendations', '话术培训并考核', 'train and test wording',
     'wording'),
    ('sales_per_buyer', '搭配套餐', 'bundles', '销售技巧培训并考核', 'train and test technique',
     'technique'),
    ('conversion_rate', '主动性', 'initiative', '服务意识培训', 'train service awareness', 'awareness'),
    ('conversion_rate', '产品知识', 'product knowledge', '定期产品培训并考核',
     'regular product training with tests', 'product'),
    ('conversion_rate', '催付话术与时机', 'wording and moment of reminders', '催付话术及其注意事项',
     'reminder wording, its dos and don''ts', 'reminder'),
    ('answer_ratio', '主动性', 'initiative', '服务意识培训', 'train service awareness', 'awareness'),
    ('answer_ratio', '产品知识', 'product knowledge', '定期产品培训并考核',
     'regular product training with tests', 'product'),
    ('answer_ratio', '回复技巧', 'reply technique', '回复技巧培训（一句话拆成几行只改善数字）',
     'train reply technique (splitting sentences improves the number only)', 'reply'),
    ('reply_rate', '回复技巧', 'reply technique', '转售后之前也要回复',
     'answer always, also before a hand-over to after-sales', 'reply'),
    ('reply_rate', '服务意识', 'awareness', '广告消息也要回复', 'answer always, advertisers too',
     'awareness'),
    ('first_response', '回复技巧', 'reply technique', '设置自动回复（只改善数字，默认只计人工回复）',
     'an automatic reply (improves the number only: by default human replies count)', 'reply'),
    ('first_response', '软件设置', 'settings', '更新自动回复，设置漫游',
     'the chat tool: renew the automatic reply, set roaming', 'tool'),
    ('avg_response', '打字速度', 'typing speed', '打字练习', 'practise typing', 'typing'),
    ('avg_response', '快捷回复', 'quick replies', '熟练使用快捷短语', 'skill with quick replies',
     'quick_reply'),
    ('avg_response', '产品知识', 'product knowledge', '定期产品培训并考核',
     'regular product training with tests', 'product'),
    ('question_feedback', '客服的提问少有回应', 'few answers to the staff''s questions',
     '注意服务细节，加强结束语', 'details of service, a stronger closing line', 'closing');
-- Items per buyer is below standard for the same reasons as sales per buyer, and payments of those
-- who asked for the same as their orders.
INSERT INTO remedies
SELECT CASE kpi WHEN 'sales_per_buyer' THEN 'units_per_buyer' ELSE 'inquiry_paid_rate' END,
       cause_zh, cause, remedy_zh, remedy, topic
  FROM remedies WHERE kpi IN ('sales_per_buyer', 'conversion_rate');

-- --- Lost customers, promises, reminders -------------------------------------------------------------

-- Why customers are lost. Filled below from S4.
CREATE TABLE loss_reasons (
    reason TEXT PRIMARY KEY,
    stage TEXT NOT NULL,    -- 'inquiry': asked, did not order; 'payment': ordered, did not pay
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    remedy_zh TEXT NOT NULL,
    remedy TEXT NOT NULL
);
INSERT INTO loss_reasons (reason, stage, zh, en, remedy_zh, remedy) VALUES
    ('price', 'inquiry', '价格', 'price', '坦诚说明，推荐有价格优势的商品，争取活动价',
     'explain openly, offer goods with a price advantage, win campaign prices'),
    ('response', 'inquiry', '响应时间', 'response time', '首句即时，快捷回复，打字，知识，在岗',
     'first line at once; quick replies, typing, knowledge, presence'),
    ('knowledge', 'inquiry', '产品知识', 'product knowledge', '拿着实物培训：卖点，型号差异',
     'training with the goods in hand: selling points, differences between models'),
    ('attitude', 'inquiry', '服务态度', 'attitude', '减压，研究客户行为',
     'relieve stress, study customers'' behaviour'),
    ('assurance', 'inquiry', '售后保障', 'after-sales assurance', '确认售后服务', 'confirm the service'),
    ('shipping', 'inquiry', '发货与到货时间', 'shipping, arrival', '先说明（活动时尤其），承诺要记下并兑现',
     'tell it before they ask, most of all in campaigns; write promises down, keep them'),
    ('cooled', 'payment', '冲动消退', 'the impulse cools', '限时限量，几点前付款今天发货，催付',
     'limited time and number; pay by an hour, shipped today; remind'),
    ('paying', 'payment', '付款遇到问题', 'a problem with paying', '熟悉付款方式、银行限额与热线，帮助付款',
     'know the ways of paying, banks'' limits and hotlines; help'),
    ('forgotten', 'payment', '忘记付款', 'forgotten', '催付', 'remind'),
    ('after_order', 'payment', '下单后的服务', 'service after the order', '下单前后同样的语气、速度与承诺',
     'the same tone, speed and promises before and after');

-- The same causes and remedies stand behind a low payment rate.
INSERT INTO remedies (kpi, cause_zh, cause, remedy_zh, remedy, topic)
SELECT 'payment_rate', zh, en, remedy_zh, remedy,
       CASE reason WHEN 'paying' THEN 'flow' WHEN 'after_order' THEN 'awareness' ELSE 'reminder' END
  FROM loss_reasons WHERE stage = 'payment';

-- One reason for each inquiry that was lost, as far as somebody wrote it down.
CREATE TABLE losses (
    inquiry_id INTEGER PRIMARY KEY REFERENCES inquiries,
    reason TEXT NOT NULL REFERENCES loss_reasons
);

-- What was promised to customers: a day of shipping, a gift, a call.
CREATE TABLE promises (
    id INTEGER PRIMARY KEY,
    agent TEXT,
    customer TEXT NOT NULL,
    what TEXT NOT NULL,
    promised_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    kept_at INTEGER         -- NULL: not (yet)
);

-- Wordings: reminders and automatic first lines are counted by script, and the best is kept.
CREATE TABLE scripts (
    script TEXT PRIMARY KEY,
    kind TEXT NOT NULL,     -- 'reminder' (催付), or an automatic first line: 'greeting', 'promotion',
                            -- 'notice'
    text TEXT NOT NULL,
    used_from TEXT NOT NULL,
    used_to TEXT            -- last day; NULL: in use
);

-- 催付: one row for each reminder of an unpaid order.
CREATE TABLE reminders (
    id INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders,
    agent TEXT,
    script TEXT REFERENCES scripts,
    sent_at INTEGER NOT NULL,
    channel TEXT            -- 'chat', 'sms'
);
CREATE INDEX reminders_by_order ON reminders (order_id, sent_at);

-- --- Goods, advertising, the shop's scores -----------------------------------------------------------

CREATE TABLE order_items (
    order_id TEXT NOT NULL REFERENCES orders,
    item TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    amount NUMERIC NOT NULL,
    clearance INTEGER NOT NULL DEFAULT 0, -- 1: sold off (清仓)
    recommended_by TEXT,    -- the agent who recommended it beside what was asked for (关联推荐)
    PRIMARY KEY (order_id, item)
);

CREATE TABLE ad_days (
    day TEXT PRIMARY KEY,
    kind TEXT NOT NULL,     -- 'usual', 'campaign' or your own kinds: like is compared with like
    clicks INTEGER NOT NULL,
    cost NUMERIC NOT NULL,  -- yuan
    deals INTEGER NOT NULL  -- orders that came of the clicks, by the advertising report
);

-- 店铺评分: the platform's scores of the shop.
CREATE TABLE shop_scores (
    day TEXT NOT NULL,
    score TEXT NOT NULL,    -- 'goods' (描述相符), 'service' (服务态度), 'logistics' (物流服务)
    value REAL NOT NULL,    -- 1 to 5
    PRIMARY KEY (day, score)
);

-- --- What customers say, and what is known of them ---------------------------------------------------

-- The words by which chats are tagged. Ships empty: which questions recur is the shop's.
CREATE TABLE tags (
    tag TEXT PRIMARY KEY,
    kind TEXT NOT NULL,     -- 'question', 'feedback', 'crisis', 'asked_back' (a question of the staff)
    zh TEXT NOT NULL,
    receiver TEXT           -- of feedback: 'promotion', 'design', 'product'
);

CREATE TABLE tagged (
    id INTEGER PRIMARY KEY,
    tag TEXT NOT NULL REFERENCES tags,
    agent TEXT,
    customer TEXT NOT NULL,
    at INTEGER NOT NULL,
    amount NUMERIC,         -- of a crisis: yuan at stake
    solved_at INTEGER       -- of a crisis
);
CREATE INDEX tagged_by_time ON tagged (at);

CREATE TABLE quick_replies (
    id INTEGER PRIMARY KEY,
    tag TEXT NOT NULL REFERENCES tags, -- the question that it answers
    text TEXT NOT NULL,
    updated_on TEXT NOT NULL
);

-- Classes of customers by recency, frequency and amount, each above or below the shop's mean. Ours;
-- filled below.
CREATE TABLE customer_classes (
    recent INTEGER NOT NULL,
    frequent INTEGER NOT NULL,
    valuable INTEGER NOT NULL,
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    PRIMARY KEY (recent, frequent, valuable)
);
INSERT INTO customer_classes (recent, frequent, valuable, zh, en) VALUES
    (1, 1, 1, '重要价值', 'best'), (1, 0, 1, '重要发展', 'spends much, seldom'),
    (0, 1, 1, '重要保持', 'good, gone quiet'), (0, 0, 1, '重要挽留', 'spent much once'),
    (1, 1, 0, '一般价值', 'often, little'), (1, 0, 0, '一般发展', 'new'),
    (0, 1, 0, '一般保持', 'often, little, gone quiet'), (0, 0, 0, '一般挽留', 'gone');

-- --- Quality -----------------------------------------------------------------------------------------

-- What a good service has. Filled below from S0 (opening) and S1.
CREATE TABLE checklist (
    item TEXT PRIMARY KEY,
    part TEXT NOT NULL,     -- 'opening', 'steps', 'duties', 'know', 'risks' (to know by heart)
    zh TEXT NOT NULL,
    en TEXT NOT NULL
);
INSERT INTO checklist (item, part, zh, en) VALUES
    ('short', 'opening', '简短', 'short'), ('welcome_line', 'opening', '欢迎语', 'words of welcome'),
    ('names', 'opening', '店名与昵称', 'shop and nickname'),
    ('apology', 'opening', '忙时致歉', 'an apology when busy'),
    ('festive', 'opening', '节日气氛', 'a festive touch'),
    ('welcome', 'steps', '欢迎', 'welcome'), ('purpose', 'steps', '了解来意', 'find the purpose'),
    ('initiative', 'steps', '主动推荐', 'take the initiative'),
    ('order', 'steps', '促成下单', 'lead to the order'),
    ('payment', 'steps', '核对与付款', 'check and payment'),
    ('class', 'steps', '客户归类', 'class the customer'),
    ('report', 'steps', '反馈问题', 'report problems'),
    ('phrases', 'steps', '整理快捷短语', 'make quick replies'),
    ('conversion', 'duties', '转化', 'conversion'),
    ('image', 'duties', '形象：态度、专业、主意，送礼不降价',
     'image: attitude, expertise, ideas, a gift rather than a lower price'),
    ('feedback', 'duties', '市场反馈', 'feedback'), ('regulars', 'duties', '维护老客户', 'old customers'),
    ('small_crises', 'duties', '小危机', 'small crises'),
    ('attitude', 'know', '心态', 'attitude'), ('flow', 'know', '交易流程', 'the trade''s flow'),
    ('rules', 'know', '平台规则', 'rules'), ('tools', 'know', '工具', 'tools'),
    ('card', 'risks', '信用卡', 'credit card'), ('invoice', 'risks', '发票', 'invoice'),
    ('off_platform', 'risks', '线下交易', 'off-platform deals'),
    ('closing', 'risks', '关闭交易', 'closing a deal'), ('cash', 'risks', '货到付款', 'cash on delivery'),
    ('privacy', 'risks', '客户资料', 'customers'' data');

-- A chat or a person was checked for an item. What is not due (no festive day) has no row.
CREATE TABLE checks (
    id INTEGER PRIMARY KEY,
    item TEXT NOT NULL REFERENCES checklist,
    agent TEXT NOT NULL,
    customer TEXT,          -- NULL: the person was asked
    at INTEGER NOT NULL,
    met INTEGER NOT NULL    -- 1, 0
);

-- Conversations that were read: good ones become cases for all, bad ones show what to avoid.
CREATE TABLE samples (
    agent TEXT NOT NULL,
    customer TEXT NOT NULL,
    day TEXT NOT NULL,
    label TEXT NOT NULL,    -- 'good', 'bad', 'usual'
    note TEXT,
    PRIMARY KEY (agent, customer, day)
);

-- --- Staff -------------------------------------------------------------------------------------------

-- What agents (above) does not say of a person.
CREATE TABLE staff (
    agent TEXT PRIMARY KEY REFERENCES agents,
    typing INTEGER,         -- characters a minute, tested when hiring
    left_on TEXT,           -- NULL: still here
    left_because TEXT,      -- 'dull', 'prospects', 'pay', 'private'
    why_here TEXT,          -- the three questions: why are you here,
    what_for TEXT,          -- what do you work for,
    what_should_we_do TEXT  -- what should we do?
);

-- Shifts as planned, and when somebody was at the desk or away from it.
CREATE TABLE presence (
    agent TEXT NOT NULL,
    state TEXT NOT NULL,    -- 'shift', 'online', 'away' (within online)
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL,
    PRIMARY KEY (agent, state, from_at)
);

-- The ladders on which people rise. Filled below from S3.
CREATE TABLE ladders (
    ladder TEXT NOT NULL,
    step INTEGER NOT NULL,
    grade TEXT NOT NULL,
    zh TEXT NOT NULL,
    PRIMARY KEY (ladder, step)
);
INSERT INTO ladders (ladder, step, grade, zh) VALUES
    ('lead', 1, 'agent', '客服'), ('lead', 2, 'team leader', '组长'), ('lead', 3, 'supervisor', '主管'),
    ('lead', 4, 'manager', '经理'),
    ('expert', 1, 'P1', 'P1'), ('expert', 2, 'P2', 'P2'), ('expert', 3, 'P3', 'P3'),
    ('expert', 4, 'gold', '金牌客服'), ('expert', 5, 'trainer', '培训师'),
    ('elsewhere', 1, 'operations', '运营'), ('elsewhere', 2, 'shop manager', '店长');

-- Since when somebody has a grade.
CREATE TABLE staff_grades (
    agent TEXT NOT NULL,
    ladder TEXT NOT NULL,
    grade TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    PRIMARY KEY (agent, ladder, valid_from)
);

-- What the four levels of S1 can do. Filled below; how many points a level takes is the shop's.
CREATE TABLE staff_levels (
    level INTEGER PRIMARY KEY,
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    does_zh TEXT NOT NULL,
    does TEXT NOT NULL,
    from_points REAL        -- of report/scorecard
);
INSERT INTO staff_levels (level, zh, en, does_zh, does) VALUES
    (1, '基础', 'basic', '基本问答', 'basic answers'),
    (2, '初级', 'junior', '销售、导购，能处理大部分售后', 'sells, guides, solves most after-sales'),
    (3, '高级', 'senior', '管理客户', 'manages customers'),
    (4, '金牌', 'gold', '培训与带领', 'trains and leads');

-- Points for a KPI: kpi_score(value, bands), times the weight. Ships empty.
CREATE TABLE score_bands (
    kpi TEXT PRIMARY KEY,   -- as in kefu_kpis
    weight REAL NOT NULL,
    bands TEXT NOT NULL     -- JSON [[from, points], …]
);

-- Pay plans (JSON, commission_calc and pay_calc) and since when they hold.
CREATE TABLE pay_plans (
    name TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    plan TEXT NOT NULL,
    PRIMARY KEY (name, valid_from)
);

CREATE TABLE trainings (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,    -- as in remedies
    title TEXT NOT NULL,
    held_on TEXT NOT NULL,
    teacher TEXT            -- a designer, a pattern maker, a gold agent …
);
CREATE TABLE training_scores (
    training_id INTEGER NOT NULL REFERENCES trainings,
    agent TEXT NOT NULL,
    score REAL,             -- of the test, 0 to 100; NULL: there was none
    PRIMARY KEY (training_id, agent)
);

-- --- Views that several reports read -----------------------------------------------------------------

-- Stats of every agent and day: chats, deals and ratings. The rules of all reports that read it stand
-- here: the defaults, with payments known until settings.known_until, or the day of the last chat.
CREATE VIEW agent_days AS
SELECT 'chat' AS family, period AS day, coalesce(key, '(无 none)') AS agent, stats
  FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, sent_at, '{"period":"day"}')
                      FROM messages))
UNION ALL
SELECT 'deal', period, coalesce(key, '(无 none)'), stats
  FROM kefu_groups((SELECT deal_stats_by(agent, customer, asked_at, ordered_at, paid_at, amount,
                                         quantity, (SELECT rules FROM deal_rules))
                      FROM inquiries))
UNION ALL
SELECT 'rating', period, coalesce(key, '(无 none)'), stats
  FROM kefu_groups((SELECT rating_stats_by(agent, customer, at, invited, score, '{"period":"day"}')
                      FROM ratings));

CREATE VIEW deal_rules AS
SELECT '{"period":"day","as_of":' || coalesce('"' || unknown_day || '"', 'null') || '}' AS rules
  FROM report_days;

-- The days that the reports are about; the last one of them that has chats; the last one of which it
-- is known who paid in the end (four days later); and the first day of which not all is known yet,
-- with the second at which it begins (UTC+8).
CREATE VIEW report_days AS
SELECT from_day, to_day, last_day, min(last_day, date(unknown_day, '-5 days')) AS ripe_day, unknown_day,
       strftime('%s', unknown_day, '-8 hours') + 0 AS unknown_at
  FROM (SELECT from_day, to_day, min(to_day, coalesce(chats_to, to_day)) AS last_day,
               coalesce(kpi_period(known_until, 'day'), chats_to) AS unknown_day
          FROM (SELECT *, kpi_period((SELECT max(sent_at) FROM messages), 'day') AS chats_to
                  FROM settings));

-- Stats of these days by agent and for the whole shop ('days'), those of the last day alone
-- ('last_day'), and those of the inquiries of the last ripe day ('ripe_day').
CREATE VIEW report_stats AS
WITH scoped AS (
    SELECT 'days' AS scope, family, agent, stats
      FROM agent_days JOIN report_days WHERE day BETWEEN from_day AND to_day
    UNION ALL
    SELECT 'last_day', family, agent, stats FROM agent_days JOIN report_days WHERE day = last_day
    UNION ALL
    SELECT 'ripe_day', family, agent, stats
      FROM agent_days JOIN report_days WHERE day = ripe_day AND family = 'deal'
)
SELECT scope, family, agent, 0 AS whole, kefu_merge(stats) AS stats
  FROM scoped GROUP BY scope, family, agent
UNION ALL
SELECT scope, family, '全店 shop', 1, kefu_merge(stats) FROM scoped GROUP BY scope, family;

-- Every KPI of these stats, a row each.
CREATE VIEW report_kpis AS
SELECT scope, catalogue.family, whole, agent, catalogue.rowid AS number, of.kpi, of.zh, of.unit, better,
       of.value, of.numerator, of.denominator
  FROM report_stats
  JOIN kefu_stats(report_stats.stats) AS of
  JOIN kefu_kpis AS catalogue ON catalogue.name = of.kpi;

-- The standards that hold for this shop: its own where it has any for a KPI, else its category's.
CREATE VIEW shop_standards AS
SELECT kpi, value, valid_from, source,
       min(coalesce(valid_to, '9999-12-31'),
           coalesce(date(lead(valid_from) OVER (PARTITION BY kpi ORDER BY valid_from), '-1 day'),
                    '9999-12-31')) AS valid_to
  FROM standards
 WHERE category = CASE WHEN kpi IN (SELECT kpi FROM standards WHERE category = 'own') THEN 'own'
                       ELSE (SELECT category FROM settings) END;

-- Each of these KPIs beside the standard that holds on the last day. margin is what it is better by,
-- shortfall the part of the standard that is missing (0.1: a tenth). A rate is near its standard when
-- it lies below, but chance alone may be why: its Wilson interval (95 %) holds the standard.
CREATE VIEW report_standing AS
SELECT scope, family, whole, agent, number, kpi, zh, unit, better, value, numerator, denominator,
       standard, source, margin,
       max(0, -margin / standard) AS shortfall,
       CASE WHEN margin >= 0 THEN '达标 met'
            WHEN unit = 'rate' AND standard BETWEEN wilson_low(numerator, denominator)
                                                AND wilson_high(numerator, denominator) THEN '接近 near'
            ELSE '未达标 below' END AS status
  FROM (SELECT report_kpis.*, shop_standards.value AS standard, source,
               CASE better WHEN 'lower' THEN 1.0 ELSE -1.0 END
               * (shop_standards.value - report_kpis.value) AS margin
          FROM report_days
          JOIN shop_standards ON last_day BETWEEN valid_from AND valid_to
          JOIN report_kpis USING (kpi))
 WHERE value IS NOT NULL;

-- Each target beside what came of it. attained is value / target, or target / value where less is
-- better; elapsed is the part of the target's days that is over.
CREATE VIEW target_values AS
WITH
    spans AS (SELECT DISTINCT from_day, to_day FROM targets),
    parts AS (
        SELECT spans.from_day, spans.to_day, family, agent, stats
          FROM spans JOIN agent_days ON day BETWEEN spans.from_day AND spans.to_day
    ),
    merged AS (
        SELECT from_day, to_day, agent, kefu_merge(stats) AS stats
          FROM parts GROUP BY from_day, to_day, family, agent
        UNION ALL
        SELECT from_day, to_day, '', kefu_merge(stats) FROM parts GROUP BY from_day, to_day, family
    ),
    clearance AS (
        SELECT from_day, to_day, agent, sum(order_items.amount) AS value
          FROM spans
          JOIN (SELECT order_id, '' AS agent, paid_at FROM orders
                UNION ALL
                SELECT DISTINCT order_id, agent, paid_at FROM inquiries WHERE ordered_at >= asked_at)
            ON kpi_period(paid_at, 'day') BETWEEN from_day AND to_day
          JOIN order_items USING (order_id)
         WHERE clearance
         GROUP BY from_day, to_day, agent
    ),
    reached AS (
        SELECT from_day, to_day, agent, kpi, value
          FROM merged JOIN kefu_stats(merged.stats) AS of
        UNION ALL
        SELECT from_day, to_day, agent, 'clearance_amount', value FROM clearance
    )
SELECT targets.agent, kefu_kpis.rowid AS number, kpi, coalesce(zh, '清仓') AS zh,
       coalesce(unit, 'money') AS unit, targets.from_day, targets.to_day, targets.value AS target, reached.value,
       CASE better WHEN 'lower' THEN 1.0 * targets.value / reached.value
                   ELSE 1.0 * reached.value / targets.value END AS attained,
       max(0, min(1, (julianday(unknown_day) - julianday(targets.from_day))
                     / (julianday(targets.to_day) + 1 - julianday(targets.from_day)))) AS elapsed,
       targets.to_day < unknown_day AS over
  FROM targets
  JOIN report_days
  LEFT JOIN reached USING (agent, kpi, from_day, to_day)
  LEFT JOIN kefu_kpis ON name = kpi;

-- Every agent's conversation with a customer on a day. presale: 1 when an inquiry began it, 0 when it
-- was about an order that stood; NULL: no row of inquiries tells. ordered, paid: what came of the
-- inquiry. score: its worst rating. The stats are named by agent and customer, so that they merge over
-- agents.
CREATE VIEW conversations AS
SELECT agent, customer, day, first_id, began_at, lines, chat, presale,
       CASE WHEN presale THEN ordered END AS ordered, CASE WHEN presale THEN paid END AS paid,
       rating, score
  FROM (SELECT agent, customer, kpi_period(sent_at, 'day') AS day, min(id) AS first_id,
               min(sent_at) AS began_at, count(*) AS lines,
               chat_stats(agent || '/' || customer, sender, sent_at) AS chat
          FROM messages GROUP BY agent, customer, kpi_period(sent_at, 'day'))
  LEFT JOIN (SELECT agent, customer, kpi_period(asked_at, 'day') AS day,
                    max(ordered_at IS NULL OR ordered_at >= asked_at) AS presale,
                    max(ordered_at IS NOT NULL AND ordered_at >= asked_at) AS ordered,
                    max(paid_at IS NOT NULL AND ordered_at >= asked_at) AS paid
               FROM inquiries
              GROUP BY agent, customer, kpi_period(asked_at, 'day')) USING (agent, customer, day)
  LEFT JOIN (SELECT agent, customer, kpi_period(at, 'day') AS day, min(score) AS score,
                    rating_stats(customer, at, invited, score) AS rating
               FROM ratings
              GROUP BY agent, customer, kpi_period(at, 'day')) USING (agent, customer, day)
 WHERE received(chat) = 1;

-- Conversations to read: by agent and reason as many as settings.sample_size, the worst ones first
-- where there is a worst, else shuffled by settings.seed.
CREATE VIEW sampled_conversations AS
WITH
    candidate AS (
        SELECT conversations.*, first_response(chat) AS first_response,
               max_response(chat) AS max_response, unreplied(chat) AS unreplied, day <= ripe_day AS ripe,
               (first_id * 48271 + seed * 30269) % 2147483647 * 69621 % 2147483647 AS shuffled
          FROM conversations JOIN report_days JOIN settings
         WHERE day BETWEEN report_days.from_day AND report_days.to_day
           AND (settings.agent IS NULL OR conversations.agent = settings.agent)
    ),
    reasoned AS (
        SELECT 1 AS number, '未回复 unanswered' AS reason, shuffled AS place, *
          FROM candidate WHERE unreplied
        UNION ALL
        SELECT 2, '最慢 slowest', -max_response, * FROM candidate WHERE max_response IS NOT NULL
        UNION ALL
        SELECT 3, '差评 rated worst', score, * FROM candidate WHERE score <= 2
        UNION ALL
        SELECT 4, '流失 lost', shuffled, * FROM candidate WHERE NOT ordered AND ripe AND NOT unreplied
        UNION ALL
        SELECT 5, '好评 rated best', shuffled, * FROM candidate WHERE score = 5
        UNION ALL
        SELECT 6, '成交 won', shuffled, * FROM candidate WHERE paid
    )
SELECT number, reason, agent, customer, day, began_at, first_id, lines, first_response, max_response,
       score, ordered, paid
  FROM (SELECT *, row_number() OVER (PARTITION BY agent, number ORDER BY place, first_id) AS pick
          FROM reasoned)
 WHERE pick <= (SELECT sample_size FROM settings);

-- Everybody who paid until settings.to_day: when last, how often, how much less refunds, and whether
-- that is more recent, more often, more than the mean.
CREATE VIEW buyers AS
WITH buyer AS (
    SELECT customer, count(*) AS orders,
           round(sum(amount) - coalesce(sum(refunded), 0), 2) AS amount,
           kpi_period(max(paid_at), 'day') AS last_day,
           julianday(min(unknown_day, coalesce(date(to_day, '+1 day'), unknown_day)))
           - julianday(kpi_period(max(paid_at), 'day'))
               AS days
      FROM orders JOIN report_days
     WHERE kpi_period(paid_at, 'day') <= to_day
     GROUP BY customer
)
SELECT buyer.*, days < mean_days AS recent, orders > mean_orders AS frequent,
       amount > mean_amount AS valuable
  FROM buyer
  JOIN (SELECT avg(days) AS mean_days, avg(orders) AS mean_orders, avg(amount) AS mean_amount
          FROM buyer);
