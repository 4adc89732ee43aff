-- NULL, blank text, empty groups, zero denominators: never a quiet 0.
CREATE TABLE line (agent, customer, sender, at);
INSERT INTO line VALUES
    ('full', 'c', 'customer', 1793548800), ('full', 'c', 'agent', 1793548830),
    ('full', NULL, 'customer', 1793548800), ('full', '', 'agent', 1793548800),
    ('full', ' ', 'agent', 1793548801), ('full', 'c', NULL, 1793548802),
    ('full', 'c', '', 1793548802), ('full', 'c', 'system', 1793548803),
    ('full', 'c', 'agent', NULL), ('full', 'c', 'agent', '  '),
    ('skipped', NULL, 'customer', 1793548800), ('skipped', 'c', 'system', 1793548800),
    ('skipped', 'c', 'agent', ''),
    ('unasked', 'c', 'agent', 1793548800);

-- Skipped rows change nothing: one turn of 30 s.
SELECT agent, turns(s), avg_response(s), customer_lines(s), agent_lines(s)
  FROM (SELECT agent, chat_stats(customer, sender, at) AS s FROM line GROUP BY agent)
 WHERE agent = 'full';
-- Nothing but skipped rows: NULL stats, NULL KPIs, NULL counts.
SELECT agent, s IS NULL, received(s) IS NULL, reply_rate(s) IS NULL, within_rate(s, 30) IS NULL,
       kefu_info(s) IS NULL
  FROM (SELECT agent, chat_stats(customer, sender, at) AS s FROM line GROUP BY agent)
 WHERE agent = 'skipped';
-- A row that counts but no question: counts are 0, quotients NULL.
SELECT agent, received(s), turns(s), quote(reply_rate(s)), quote(avg_response(s)),
       quote(max_response(s)), quote(response_percentile(s, 0.5)), quote(within_rate(s, 30))
  FROM (SELECT agent, chat_stats(customer, sender, at) AS s FROM line GROUP BY agent)
 WHERE agent = 'unasked';
-- No rows at all: NULL in every form.
SELECT quote(chat_stats(customer, sender, at)), quote(received(customer, sender, at)),
       quote(avg_response(customer, sender, at)), quote(chat_stats_by(agent, customer, sender, at))
  FROM line WHERE agent = 'nobody';
SELECT quote(deal_stats(1, 2, 3, 4)), quote(conversion_rate(1, 1)), quote(payment_rate(1, 1, 1)),
       quote(rating_stats(1, 2, 3, 4)), quote(kefu_merge(x'00')), quote(avg_response(1, 2))
  FROM line WHERE agent = 'nobody';
SELECT count(*) FROM kefu_groups(NULL);
SELECT count(*) FROM kefu_stats(NULL);
-- A key without a counted row is not there; a NULL key is one of its own.
SELECT key, received(stats)
  FROM kefu_groups((SELECT chat_stats_by(nullif(agent, 'full'), customer, sender, at) FROM line));
-- NULL arguments of scalars.
SELECT quote(received(NULL)), quote(within_rate(NULL, 30)), quote(response_percentile(NULL, 0.5)),
       quote(commission_calc(NULL, 0.01)), quote(kpi_period(NULL, 'day')), quote(wilson_low(NULL, 3));
