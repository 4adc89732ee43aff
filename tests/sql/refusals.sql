-- Wrong input never gives a quiet NULL or 0: the whole message, one a line.
-- Times
SELECT chat_stats('c', 0, 'yesterday');
SELECT chat_stats('c', 0, '2026-02-29');
SELECT chat_stats('c', 0, '2026-11-11 24:00');
SELECT chat_stats('c', 0, x'00');
SELECT chat_stats('c', 0, 9e999);
SELECT avg_response('2026-11-11', '12345678');
SELECT kpi_period('soon', 'day');
SELECT kpi_period(0, 'fortnight');
SELECT kpi_period(0, 'day', 'Mars/Olympus');
SELECT kpi_period(0, 'day', '+8');
-- Senders
SELECT chat_stats('c', 'buyer', 1793548800);
SELECT chat_stats('c', 4, 1793548800);
SELECT chat_stats('c', 1.5, 1793548800);
-- Rules
SELECT chat_stats('c', 0, 1793548800, 'amazon');
SELECT chat_stats('c', 0, 1793548800, '{"burts":"last"}');
SELECT chat_stats('c', 0, 1793548800, '{"burst":"middle"}');
SELECT chat_stats('c', 0, 1793548800, '{"cap":60,"cap":70}');
SELECT chat_stats('c', 0, 1793548800, '{"cap":-1}');
SELECT chat_stats('c', 0, 1793548800, '{"unanswered":"cap"}');
SELECT chat_stats('c', 0, 1793548800, '{"window":"08:00-08:00"}');
SELECT chat_stats('c', 0, 1793548800, '{"slow_times":0}');
SELECT chat_stats('c', 0, 1793548800, '{"tz":"+25:00"}');
SELECT chat_stats('c', 0, 1793548800, '{"cap":60');
SELECT chat_stats('c', 0, 1793548800, 7);
SELECT chat_stats('c', 0, 1793548800, column1) FROM (VALUES ('{}'), ('chitu'));
-- Money and quantities
SELECT deal_stats('c', 1793548800, NULL, 1793548800, 'abc');
SELECT deal_stats('c', 1793548800, NULL, 1793548800, 1000000000001);
SELECT deal_stats('c', 1793548800, NULL, 1793548800, x'31');
SELECT deal_stats('c', 1793548800, NULL, 1793548800, 1, 1.5);
-- nothing is rounded, not even at the seventh decimal
SELECT deal_stats('c', 1793548800, NULL, 1793548800, 1, '1.0000001');
SELECT deal_stats('c', 1793548800, NULL, 1793548800, 1, -1);
-- Stats
SELECT reply_rate(x'0102');
SELECT reply_rate('text');
SELECT reply_rate(7);
SELECT reply_rate(deal_stats('c', 1793548800, NULL, NULL));
SELECT conversion_rate(chat_stats('c', 0, 1793548800));
SELECT kefu_merge(column1) FROM (VALUES (x'00'));
SELECT kefu_merge(s) FROM (SELECT chat_stats('c', 0, 1793548800) AS s
                           UNION ALL SELECT deal_stats('c', 1793548800, NULL, NULL));
SELECT kefu_merge(s) FROM (SELECT chat_stats('c', 0, 1793548800) AS s
                           UNION ALL SELECT chat_stats('d', 0, 1793548800, '{"tz":"+09:00","cap":600}'));
SELECT kefu_merge(s) FROM (SELECT deal_stats('c', 1793548800, NULL, NULL) AS s
                           UNION ALL SELECT deal_stats('d', 1793548800, NULL, NULL, 5));
SELECT kefu_merge(s) FROM (SELECT chat_stats('c', 0, 1793548800) AS s
                           UNION ALL SELECT chat_stats('c', 1, 1793548900));
SELECT kefu_merge(s) FROM (SELECT chat_stats('d', 0, 1793548800) AS s
                           UNION ALL SELECT chat_stats_by('a', 'c', 1, 1793548900));
SELECT received(chat_stats_by('a', 'c', 0, 1793548800));
SELECT * FROM kefu_stats(x'00');
SELECT * FROM kefu_groups((SELECT chat_stats('c', 0, 1793548800)));
SELECT * FROM kefu_stats;
-- Windows only
SELECT turn_seconds(0, 1793548800);
SELECT turn_seconds(column1, column2) OVER (ORDER BY column2 DESC ROWS UNBOUNDED PRECEDING)
  FROM (VALUES (0, 1793548800), (1, 1793548900));
-- A word of the right length is not yet the right word.
SELECT chat_stats('c', 'customar', 0);
