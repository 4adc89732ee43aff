-- What does the shop look like at a glance? The figures of the page (sql/report/page.sh makes it): one
-- JSON object, which sql/report/page.html shows without counting anything itself.
--
-- Every figure is rounded once, here, by the formats of unit_formats. A figure is an object: text is
-- what is printed, number is that text read as a number (what charts draw and tables sort by), so that
-- the two never differ. < > & and the line separators of JavaScript are written as \u escapes: whatever
-- a customer or an agent is called, it cannot end the script element that holds the JSON.
--
-- Pay and exceptions are the reports of these names. page.sh puts them before this script as the
-- temporary tables page_payroll and page_exceptions, so that no rule of theirs stands twice.
-- Settings: from_day, to_day, category. Needs SQLite's JSON functions (built in from 3.38).

-- The KPIs of the page; those that have a standard come by themselves.
CREATE TEMP TABLE page_kpis AS
SELECT kefu_kpis.rowid AS number, name AS kpi, zh, unit, better, format, factor
  FROM kefu_kpis JOIN unit_formats USING (unit)
 WHERE name IN ('received', 'reply_rate', 'first_response', 'avg_response', 'inquirers',
                'conversion_rate', 'payment_rate', 'sales_amount', 'sales_per_buyer', 'satisfaction')
    OR name IN (SELECT kpi FROM shop_standards);

CREATE TEMP TABLE page_sections (section TEXT PRIMARY KEY, json TEXT NOT NULL);

-- --- Shop and team -----------------------------------------------------------------------------------

INSERT INTO page_sections
SELECT 'shop', json_object('category', category, 'from', max(from_day, first_day),
                           'to', CASE WHEN first_day IS NOT NULL THEN last_day END, 'kefu', kefu_version(),
                           'standards', (SELECT group_concat(source, '; ')
                                           FROM (SELECT DISTINCT source FROM shop_standards)))
  FROM settings JOIN report_days USING (from_day, to_day)
  LEFT JOIN (SELECT kpi_period(min(sent_at), 'day') AS first_day FROM messages);

CREATE TEMP TABLE page_values AS
SELECT whole, agent, number, kpi, text, CAST(text AS REAL) AS figure, standard, status
  FROM (SELECT kpis.whole, kpis.agent, page_kpis.number, kpi, printf(format, factor * kpis.value) AS text,
               CASE WHEN standard IS NOT NULL THEN printf(format, factor * standard) END AS standard,
               substr(status, instr(status, ' ') + 1) AS status
          FROM report_kpis AS kpis JOIN page_kpis USING (kpi)
          LEFT JOIN report_standing AS standing USING (scope, whole, agent, kpi)
         WHERE scope = 'days' AND kpis.value IS NOT NULL);
-- What the shop has no rows for is not shown.
DELETE FROM page_kpis WHERE kpi NOT IN (SELECT kpi FROM page_values);

INSERT INTO page_sections
SELECT 'kpis', json_group_array(json(one))
  FROM (SELECT json_object('kpi', kpi, 'zh', zh, 'unit', page_kpis.unit, 'better', better,
                           'standard',
                           CASE WHEN value IS NOT NULL THEN printf(format, factor * value) END) AS one
          FROM page_kpis
          LEFT JOIN (SELECT kpi, value FROM shop_standards JOIN report_days
                      WHERE last_day BETWEEN valid_from AND valid_to) USING (kpi)
         ORDER BY number);

INSERT INTO page_sections
SELECT 'team', json_group_array(json(one))
  FROM (SELECT json_object('agent', page_values.agent, 'name', name, 'team', team, 'whole', whole,
                           'figures', json_group_object(kpi, json_object('text', text, 'number', figure,
                                                                         'status', status))) AS one
          FROM page_values LEFT JOIN agents USING (agent)
         GROUP BY whole, page_values.agent
         ORDER BY whole DESC, page_values.agent);

-- --- Trends ------------------------------------------------------------------------------------------

-- The shop day by day, as long as there are chats. open: not all is known yet (orders and payments may come for four days).
INSERT INTO page_sections
WITH
    days AS (
        SELECT family, day, kefu_merge(stats) AS stats
          FROM agent_days JOIN report_days
         WHERE day BETWEEN from_day AND last_day GROUP BY family, day
    ),
    points AS (
        SELECT number, page_kpis.kpi, day, printf(format, factor * of.value) AS text,
               CASE WHEN shop_standards.value IS NOT NULL
                    THEN CAST(printf(format, factor * shop_standards.value) AS REAL) END AS standard,
               date(day, CASE family WHEN 'deal' THEN '+5 days' ELSE '+1 day' END) > unknown_day AS open
          FROM days JOIN report_days JOIN kefu_stats(days.stats) AS of
          JOIN page_kpis ON page_kpis.kpi = of.kpi
          LEFT JOIN shop_standards ON shop_standards.kpi = of.kpi AND day BETWEEN valid_from AND valid_to
         WHERE of.value IS NOT NULL
    ),
    lines AS (
        SELECT kpi, json_group_array(json(point)) AS line
          FROM (SELECT kpi, json_object('day', day, 'text', text, 'number', CAST(text AS REAL),
                                        'standard', standard, 'open', open) AS point
                  FROM points ORDER BY number, day)
         GROUP BY kpi
    )
SELECT 'trends', json_group_object(kpi, json(line)) FROM lines;

-- --- Waits -------------------------------------------------------------------------------------------

-- How many turns were answered within each half minute, how many later, how many never. (Stats of their
-- own: by default within_rate counts conversations.)
INSERT INTO page_sections
WITH RECURSIVE
    chat AS (
        SELECT kefu_merge(stats) AS stats
          FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, sent_at,
                                                 '{"within_unit":"turn"}')
                              FROM messages JOIN report_days
                             WHERE kpi_period(sent_at, 'day') BETWEEN from_day AND to_day))
    ),
    bounds (seconds) AS (SELECT 0 UNION ALL SELECT seconds + 30 FROM bounds WHERE seconds < 600),
    reached AS (
        SELECT seconds, turns(stats) AS turns, answered_turns(stats) AS answered,
               CASE seconds WHEN 0 THEN 0
                   ELSE CAST(round(within_rate(stats, seconds) * turns(stats)) AS INTEGER) END AS within
          FROM chat JOIN bounds WHERE turns(stats) > 0
    ),
    bins AS (
        SELECT before.seconds AS above, reached.seconds AS up_to, reached.within - before.within AS turns,
               reached.within AS so_far, reached.turns AS all_turns
          FROM reached JOIN reached AS before ON before.seconds = reached.seconds - 30
        UNION ALL
        SELECT seconds, NULL, answered - within, answered, turns FROM reached WHERE seconds = 600
        UNION ALL
        SELECT NULL, NULL, turns - answered, turns, turns FROM reached WHERE seconds = 600
    ),
    percentiles AS (
        SELECT column1 AS p, column2 AS zh, printf('%.1f', response_percentile(stats, column1)) AS text
          FROM chat JOIN (VALUES (0.5, '中位'), (0.9, '九成'), (0.99, '九成九'))
         WHERE answered_turns(stats) > 0
    )
SELECT 'waits', json_object(
    'bins', (SELECT json_group_array(json_object('above', above, 'up_to', up_to, 'turns', turns,
                                                 'so_far', printf('%.1f%%', 100.0 * so_far / all_turns)))
               FROM (SELECT * FROM bins ORDER BY above IS NULL, above)),
    'percentiles', (SELECT json_group_array(json_object('p', p, 'zh', zh, 'text', text))
                      FROM percentiles));

-- --- Funnel ------------------------------------------------------------------------------------------

INSERT INTO page_sections
SELECT 'funnel', json_group_array(json(one))
  FROM (SELECT json_object('zh', stage.column2, 'en', stage.column3, 'customers', CAST(entered.value AS INTEGER),
                           'rate', rate.text, 'standard', rate.standard, 'status', rate.status) AS one
          FROM (VALUES ('inquirers', '询单', 'asked', NULL),
                       ('orderers', '下单', 'ordered', 'conversion_rate'),
                       ('payers', '付款', 'paid', 'payment_rate')) AS stage
          JOIN report_kpis AS entered
            ON entered.kpi = stage.column1 AND entered.scope = 'days' AND entered.whole
          LEFT JOIN page_values AS rate ON rate.kpi = stage.column4 AND rate.whole
         ORDER BY entered.number);

-- --- Pay ---------------------------------------------------------------------------------------------

-- What each month's pay is made of (in hundredths, so that the parts add up), and the slips themselves.
INSERT INTO page_sections
WITH
    amounts AS (
        SELECT "客服 agent" AS agent, "昵称 name" AS name,
               CAST(round("金额 amount" * 100) AS INTEGER) AS hundredths,
               CASE WHEN substr("项目 line", instr("项目 line", ' ') + 1)
                         IN ('base', 'commission', 'kpi_pay', 'bonus', 'pay')
                    THEN substr("项目 line", instr("项目 line", ' ') + 1) ELSE 'other' END AS part
          FROM page_payroll WHERE "金额 amount" <> ''
    ),
    parts AS (
        SELECT agent, name, part, printf('%.2f', sum(hundredths) / 100.0) AS text
          FROM amounts GROUP BY agent, name, part
    )
SELECT 'pay', json_group_array(json(one))
  FROM (SELECT json_object('agent', agent, 'name', name,
                           'figures', json_group_object(part, json_object('text', text, 'number',
                                                                          CAST(text AS REAL)))) AS one
          FROM parts GROUP BY agent, name
         ORDER BY sum(CASE part WHEN 'pay' THEN CAST(text AS REAL) END) DESC, agent);

INSERT INTO page_sections
SELECT 'slips', json_group_array(json(one))
  FROM (SELECT json_array("客服 agent", "起 from", "止 to", "方案 plan", "项目 line", "说明 label", "基数 basis",
                          "比率 rate", CAST("精确值 exact" AS TEXT), "金额 amount") AS one
          FROM page_payroll ORDER BY rowid);

-- --- Exceptions --------------------------------------------------------------------------------------

INSERT INTO page_sections
SELECT 'exceptions', json_group_array(json(one))
  FROM (SELECT json_array("客服 agent", "昵称 name", "异常 exception", "数值或客户 value_or_customer",
                          "标准 standard", "可能原因 causes", "办法 remedies") AS one
          FROM page_exceptions ORDER BY rowid);

-- --- All of it, as one line --------------------------------------------------------------------------

SELECT replace(replace(replace(replace(replace(json_group_object(section, json(json)),
           '<', '\u003c'), '>', '\u003e'), '&', '\u0026'), char(8232), '\u2028'), char(8233), '\u2029')
  FROM page_sections;
