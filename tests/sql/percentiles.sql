-- response_percentile(s, p): linear between the ranks of (n - 1) p. within_rate(s, t): at most t.
CREATE TABLE wait (seconds);
INSERT INTO wait VALUES (10), (20), (30), (40), (100);
CREATE TABLE stats AS
SELECT chat_stats('c' || wait.rowid, column1, 1793548800 + column2 * seconds) AS s
  FROM wait JOIN (VALUES ('customer', 0), ('agent', 1));
SELECT column1, printf('%.6f', response_percentile(s, column1))
  FROM stats JOIN (VALUES (0), (0.1), (0.25), (0.5), (0.75), (0.9), (0.99), (1));
SELECT column1, printf('%.6f', within_rate(s, column1))
  FROM stats JOIN (VALUES (0), (9.999), (10), (29.9), (30), (40), (1e9));
-- One wait is every percentile; without waits there is none.
SELECT response_percentile(t, 0), response_percentile(t, 0.37), response_percentile(t, 1)
  FROM (SELECT chat_stats('c', column1, column2) AS t FROM (VALUES (0, 1793548800), (1, 1793548807)));
SELECT quote(response_percentile(chat_stats('c', 0, 1793548800), 0.5));
-- Milliseconds are exact.
SELECT response_percentile(t, 0.5), max_response(t), within_rate(t, 0.001), within_rate(t, 0.0009)
  FROM (SELECT chat_stats('c', column1, column2) AS t
          FROM (VALUES (0, 1793548800000), (1, 1793548800001)));
SELECT response_percentile(s, 1.5) FROM stats;
SELECT response_percentile(s, -0.1) FROM stats;
SELECT response_percentile(s, 'half') FROM stats;
SELECT within_rate(s, -3) FROM stats;
