-- Days that last: stats of every agent and day are stored once, and weeks, months, quarters and years
-- are merged from them. Averages of averages never occur, and percentiles over a year stay exact.
--
-- Run it every night. It is incremental: only days that can still change are read again (for chats
-- and ratings the last stored day, for inquiries the last seven, since payments come later), and
-- running it twice changes nothing. Rows that arrive for an older day: delete that day and those
-- after it from the three tables, and run it again.
BEGIN;

CREATE TABLE IF NOT EXISTS chat_day (day TEXT, agent TEXT, stats BLOB);
CREATE TABLE IF NOT EXISTS deal_day (day TEXT, agent TEXT, stats BLOB);
CREATE TABLE IF NOT EXISTS rating_day (day TEXT, agent TEXT, stats BLOB);
CREATE INDEX IF NOT EXISTS chat_day_index ON chat_day (day, agent);
CREATE INDEX IF NOT EXISTS deal_day_index ON deal_day (day, agent);
CREATE INDEX IF NOT EXISTS rating_day_index ON rating_day (day, agent);

-- What can still change is dropped; the rest stands.
DELETE FROM chat_day WHERE day >= (SELECT max(day) FROM chat_day);
DELETE FROM rating_day WHERE day >= (SELECT max(day) FROM rating_day);
DELETE FROM deal_day WHERE day > (SELECT date(max(day), '-7 days') FROM deal_day);

-- The days after those that stand, from the midnight (UTC+8) on with which they begin.
INSERT INTO chat_day (day, agent, stats)
SELECT period, key, stats
  FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, sent_at, '{"period":"day"}')
                      FROM messages
                     WHERE sent_at >= (SELECT coalesce(strftime('%s', max(day), '+1 day', '-8 hours'), 0)
                                              + 0 FROM chat_day)));
INSERT INTO rating_day (day, agent, stats)
SELECT period, key, stats
  FROM kefu_groups((SELECT rating_stats_by(agent, customer, at, invited, score, '{"period":"day"}')
                      FROM ratings
                     WHERE at >= (SELECT coalesce(strftime('%s', max(day), '+1 day', '-8 hours'), 0)
                                         + 0 FROM rating_day)));
INSERT INTO deal_day (day, agent, stats)
SELECT period, key, stats
  FROM kefu_groups((SELECT deal_stats_by(agent, customer, asked_at, ordered_at, paid_at, amount,
                                         quantity, '{"period":"day"}')
                      FROM inquiries
                     WHERE asked_at >= (SELECT coalesce(strftime('%s', max(day), '+1 day', '-8 hours'), 0)
                                               + 0 FROM deal_day)));

-- Every agent's periods, as stats: ask them for any KPI.
CREATE VIEW IF NOT EXISTS period_unit AS
SELECT 'week' AS unit UNION ALL SELECT 'month' UNION ALL SELECT 'quarter' UNION ALL SELECT 'year';
CREATE VIEW IF NOT EXISTS chat_period AS
SELECT unit, kpi_period(day, unit) AS period, agent, kefu_merge(stats) AS stats
  FROM period_unit JOIN chat_day GROUP BY unit, kpi_period(day, unit), agent;
CREATE VIEW IF NOT EXISTS deal_period AS
SELECT unit, kpi_period(day, unit) AS period, agent, kefu_merge(stats) AS stats
  FROM period_unit JOIN deal_day GROUP BY unit, kpi_period(day, unit), agent;
CREATE VIEW IF NOT EXISTS rating_period AS
SELECT unit, kpi_period(day, unit) AS period, agent, kefu_merge(stats) AS stats
  FROM period_unit JOIN rating_day GROUP BY unit, kpi_period(day, unit), agent;

COMMIT;

-- The shop by week, month, quarter and year: the agents' stats merged once more.
SELECT chat.unit AS "周期 unit",
       chat.period AS "开始 from",
       received(chat) AS "接待人数 received",
       distinct_customers(chat) AS "客户数 customers",
       round(100 * reply_rate(chat), 1) || '%' AS "回复率 reply_rate",
       round(avg_response(chat), 1) AS "平均响应 avg_response",
       CAST(round(response_percentile(chat, 0.9)) AS INTEGER) AS "九成响应 p90",
       inquirers(deal) AS "询单人数 inquirers",
       round(100 * conversion_rate(deal), 1) || '%' AS "咨询转化率 conversion",
       CAST(round(sales_amount(deal)) AS INTEGER) AS "销售额 sales",
       round(sales_per_buyer(deal), 2) AS "客单价 per_buyer",
       round(100 * satisfaction(rating), 1) || '%' AS "满意度 satisfaction"
  FROM (SELECT unit, period, kefu_merge(stats) AS chat FROM chat_period GROUP BY 1, 2) AS chat
  LEFT JOIN (SELECT unit, period, kefu_merge(stats) AS deal FROM deal_period GROUP BY 1, 2) AS deal
    ON deal.unit = chat.unit AND deal.period = chat.period
  LEFT JOIN (SELECT unit, period, kefu_merge(stats) AS rating FROM rating_period GROUP BY 1, 2)
         AS rating
    ON rating.unit = chat.unit AND rating.period = chat.period
 ORDER BY instr('week month quarter year', chat.unit), chat.period;
