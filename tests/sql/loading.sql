-- What the library says of itself, and what its functions promise the host.
SELECT kefu_version();
-- All functions are deterministic and innocuous: usable in views and indexes of untrusted schemas.
SELECT DISTINCT flags & 0x800 > 0, flags & 0x200000 > 0 FROM pragma_function_list
 WHERE name IN (SELECT name FROM kefu_kpis) OR name LIKE 'kefu%' OR name LIKE '%\_stats%' ESCAPE '\'
    OR name IN ('turn_seconds', 'commission_calc', 'wilson_low', 'kpi_period');
PRAGMA trusted_schema = OFF;
CREATE TABLE line (agent, customer, sender, at);
INSERT INTO line VALUES ('a', 'c', 0, 1793548800), ('a', 'c', 1, 1793548807);
CREATE VIEW answers AS
SELECT key, avg_response(stats) FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, at) FROM line));
SELECT * FROM answers;
