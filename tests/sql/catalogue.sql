-- The KPIs: names, Chinese names, families, units and which way is better.
SELECT name, zh, family, unit, better FROM kefu_kpis;
-- Each has a formula and says where it comes from, or is the usual one of the trade.
SELECT count(*) FROM kefu_kpis WHERE formula IS NULL OR formula = '';
-- Every KPI is a scalar of stats; every chat KPI without a parameter is a one-step aggregate too, with
-- and without rules.
SELECT name FROM kefu_kpis
 WHERE name NOT IN (SELECT name FROM pragma_function_list WHERE type = 's');
SELECT name, narg FROM kefu_kpis JOIN (SELECT 3 AS narg UNION SELECT 4) AS this
 WHERE family = 'chat' AND name NOT IN ('response_percentile', 'within_rate')
   AND NOT EXISTS (SELECT 1 FROM pragma_function_list AS f
                    WHERE f.name = kefu_kpis.name AND f.narg = this.narg AND f.type = 'w');
