-- Every spelling of one instant, 2026-11-11 20:05:09 at UTC+8 (1794398709), gives one wait: 9 s
-- after 20:05:00.
CREATE TABLE spelling (at);
INSERT INTO spelling VALUES
    (1794398709), (1794398709.0), (1794398709000), ('1794398709'), ('1794398709.0'),
    ('1794398709000'), ('+1794398709'), ('2026-11-11 20:05:09'), ('2026-11-11T20:05:09'),
    ('2026/11/11 20:05:09'), ('2026-11-11 20:05:09.0'), ('2026-11-11 20:05:09.000999999'),
    ('2026-11-11 20:05:09+08:00'), ('2026-11-11T12:05:09Z'), ('2026-11-11 12:05:09+0000'),
    ('2026-11-11 07:05:09-05:00');
SELECT quote(at), (SELECT avg_response('c', sender, at)
                     FROM (SELECT 'customer' AS sender, '2026-11-11 20:05' AS at
                           UNION ALL SELECT 'agent', spelling.at))
  FROM spelling;

-- Local days and periods; the default zone is +08:00.
SELECT kpi_period('2026-11-11 23:59:59', 'day'), kpi_period('2026-11-11', 'week'),
       kpi_period('2026-11-11', 'month'), kpi_period('2026-11-11', 'quarter'),
       kpi_period('2026-11-11', 'year');
SELECT kpi_period(1794412799, 'day'), kpi_period(1794412800, 'day'), kpi_period(1794412800, 'day', 'UTC'),
       kpi_period(1794412800, 'day', '-05:00'), kpi_period(1794412799.9996, 'day');
SELECT kpi_period(-1, 'day', 'UTC'), kpi_period(-1, 'week', 'UTC'), kpi_period('0000-01-01', 'year'),
       kpi_period('9999-12-31', 'quarter'), kpi_period('2024-02-29', 'month');
-- Fractions: rounded to the nearest millisecond, halves to even; in text, cut.
SELECT printf('%.4f', avg_response(0, 1.0005)), printf('%.4f', avg_response(0, 1.0015)),
       printf('%.4f', avg_response('2026-11-11 00:00:00.0009', '2026-11-11 00:00:01.0019'));
