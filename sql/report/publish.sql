-- For tools that cannot load an extension (Metabase, Grafana, a spreadsheet): every KPI by day and
-- agent, and of the whole shop, in an ordinary table and ordinary views.
--
--   kpi_day                         a row for each day, agent and KPI: value, numerator, denominator
--   kpi_day_wide                    a row for each day and agent, the main KPIs as columns
--   kpi_span                        the same for weeks, months, quarters and years, from sums of the
--                                   days: counts added up (人次), rates of added numerators and
--                                   denominators; who comes on two days counts twice (report/periodic
--                                   counts people exactly)
--
-- Run it every night after report/rollup. It is incremental: what is written anew is what differs
-- from what was published, by the bytes of its stats, or has become known since; the second run
-- writes nothing. What is not known yet is NULL, never 0. Settings: known_until.
BEGIN;

CREATE TABLE IF NOT EXISTS kpi_day (
    day TEXT NOT NULL,
    whole INTEGER NOT NULL, -- 1: the whole shop
    agent TEXT NOT NULL,
    family TEXT NOT NULL,   -- chat, deal, rating
    kpi TEXT NOT NULL,
    zh TEXT NOT NULL,
    unit TEXT NOT NULL,
    value REAL,             -- NULL: nothing to divide by, or not known yet
    numerator REAL,         -- of quotients
    denominator REAL,
    PRIMARY KEY (day, whole, agent, family, kpi)
);
-- What kpi_day was made from. ripe: 0, or 1 when next-day payments are known, 2 when final ones are.
CREATE TABLE IF NOT EXISTS kpi_published (
    day TEXT NOT NULL,
    whole INTEGER NOT NULL,
    agent TEXT NOT NULL,
    family TEXT NOT NULL,
    ripe INTEGER NOT NULL,
    stats BLOB NOT NULL,
    PRIMARY KEY (day, whole, agent, family)
);

CREATE TEMP TABLE kpi_stored AS
WITH
    agents_stats AS (
        SELECT 'chat' AS family, day, agent, stats FROM chat_day
        UNION ALL SELECT 'deal', day, agent, stats FROM deal_day
        UNION ALL SELECT 'rating', day, agent, stats FROM rating_day
    ),
    all_stats AS (
        SELECT 0 AS whole, family, day, coalesce(agent, '(无 none)') AS agent, stats FROM agents_stats
        UNION ALL
        SELECT 1, family, day, '全店 shop', kefu_merge(stats) FROM agents_stats GROUP BY family, day
    )
SELECT day, whole, agent, family,
       (date(day, '+2 days') <= unknown_day) + (date(day, '+5 days') <= unknown_day) AS ripe, stats
  FROM all_stats JOIN report_days;

CREATE TEMP TABLE kpi_stale AS
SELECT day, whole, agent, family
  FROM kpi_stored LEFT JOIN kpi_published AS published USING (day, whole, agent, family)
 WHERE published.stats IS NOT kpi_stored.stats OR published.ripe IS NOT kpi_stored.ripe
UNION ALL
SELECT day, whole, agent, family FROM kpi_published
EXCEPT
SELECT day, whole, agent, family
  FROM kpi_stored JOIN kpi_published AS published USING (day, whole, agent, family)
 WHERE published.stats = kpi_stored.stats AND published.ripe = kpi_stored.ripe;

DELETE FROM kpi_day
 WHERE (day, whole, agent, family) IN (SELECT day, whole, agent, family FROM kpi_stale);
DELETE FROM kpi_published
 WHERE (day, whole, agent, family) IN (SELECT day, whole, agent, family FROM kpi_stale);

INSERT INTO kpi_day (day, whole, agent, family, kpi, zh, unit, value, numerator, denominator)
SELECT day, whole, agent, family, kpi, zh, unit, CASE WHEN known THEN value END,
       CASE WHEN known THEN numerator END, CASE WHEN known THEN denominator END
  FROM (SELECT kpi_stored.*, of.kpi, of.zh, of.unit, of.value, of.numerator, of.denominator,
               CASE of.kpi WHEN 'payment_success_day1' THEN ripe >= 1
                           WHEN 'payment_success_final' THEN ripe = 2 ELSE 1 END AS known
          FROM kpi_stale JOIN kpi_stored USING (day, whole, agent, family)
          JOIN kefu_stats(kpi_stored.stats) AS of);
INSERT INTO kpi_published (day, whole, agent, family, ripe, stats)
SELECT day, whole, agent, family, ripe, stats
  FROM kpi_stale JOIN kpi_stored USING (day, whole, agent, family);

CREATE VIEW IF NOT EXISTS kpi_day_wide AS
SELECT day, whole, agent,
       max(CASE kpi WHEN 'received' THEN value END) AS received,
       max(CASE kpi WHEN 'unreplied' THEN value END) AS unreplied,
       max(CASE kpi WHEN 'reply_rate' THEN value END) AS reply_rate,
       max(CASE kpi WHEN 'answer_ratio' THEN value END) AS answer_ratio,
       max(CASE kpi WHEN 'first_response' THEN value END) AS first_response,
       max(CASE kpi WHEN 'avg_response' THEN value END) AS avg_response,
       max(CASE kpi WHEN 'max_response' THEN value END) AS max_response,
       max(CASE kpi WHEN 'slow_customers' THEN value END) AS slow_customers,
       max(CASE kpi WHEN 'handling_time' THEN value END) AS handling_time,
       max(CASE kpi WHEN 'inquirers' THEN value END) AS inquirers,
       max(CASE kpi WHEN 'orderers' THEN value END) AS orderers,
       max(CASE kpi WHEN 'payers' THEN value END) AS payers,
       max(CASE kpi WHEN 'conversion_rate' THEN value END) AS conversion_rate,
       max(CASE kpi WHEN 'payment_rate' THEN value END) AS payment_rate,
       max(CASE kpi WHEN 'payment_success_day1' THEN value END) AS payment_success_day1,
       max(CASE kpi WHEN 'payment_success_final' THEN value END) AS payment_success_final,
       max(CASE kpi WHEN 'sales_amount' THEN value END) AS sales_amount,
       max(CASE kpi WHEN 'sales_per_buyer' THEN value END) AS sales_per_buyer,
       max(CASE kpi WHEN 'units_per_buyer' THEN value END) AS units_per_buyer,
       max(CASE kpi WHEN 'invite_rate' THEN value END) AS invite_rate,
       max(CASE kpi WHEN 'satisfaction' THEN value END) AS satisfaction
  FROM kpi_day GROUP BY day, whole, agent;

CREATE VIEW IF NOT EXISTS kpi_span AS
SELECT span, begins, whole, agent, family, kpi, zh, unit,
       CASE WHEN kpi = 'max_response' THEN max(value)
            WHEN count(denominator) > 0 THEN sum(numerator) / sum(denominator)
            WHEN unit IN ('count', 'money', 's') THEN sum(value) END AS value,
       sum(numerator) AS numerator, sum(denominator) AS denominator
  FROM (SELECT 'week' AS span, date(day, 'weekday 0', '-6 days') AS begins, * FROM kpi_day
        UNION ALL
        SELECT 'month', date(day, 'start of month'), * FROM kpi_day
        UNION ALL
        SELECT 'quarter',
               date(day, 'start of month', '-' || (strftime('%m', day) - 1) % 3 || ' months'), *
          FROM kpi_day
        UNION ALL
        SELECT 'year', date(day, 'start of year'), * FROM kpi_day)
 GROUP BY span, begins, whole, agent, family, kpi, zh, unit;

COMMIT;

SELECT (SELECT count(*) FROM kpi_stale) AS "更新 written_anew",
       (SELECT count(DISTINCT day) FROM kpi_day) AS "天数 days",
       (SELECT count(DISTINCT agent) FROM kpi_day WHERE NOT whole) AS "客服数 agents",
       (SELECT count(*) FROM kpi_day) AS "行数 rows";

DROP TABLE kpi_stale;
DROP TABLE kpi_stored;
