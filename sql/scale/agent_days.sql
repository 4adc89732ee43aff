-- One shard's part of the table agent_days (sql/schema.sql has it as a view): stats of every agent and
-- day, of chats, deals and ratings, as they were at :cutoff.
--
-- What happened later is not there yet: later rows do not count, and an order or a payment that came
-- later has not come (nor has its amount: kefu counts those of payments alone). So shards that are still written, and read one after the other, agree. Rows
-- that arrive late belong before a cut-off that lies late enough.
SELECT 'chat' AS family, period AS day, coalesce(key, '(无 none)') AS agent, stats
  FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, sent_at, '{"period":"day"}')
                      FROM messages WHERE sent_at < :cutoff))
UNION ALL
SELECT 'deal', period, coalesce(key, '(无 none)'), stats
  FROM kefu_groups((SELECT deal_stats_by(agent, customer, asked_at,
                                         CASE WHEN ordered_at < :cutoff THEN ordered_at END,
                                         CASE WHEN paid_at < :cutoff THEN paid_at END,
                                         amount, quantity,
                                         printf('{"period":"day","as_of":%d}', :cutoff))
                      FROM inquiries WHERE asked_at < :cutoff))
UNION ALL
SELECT 'rating', period, coalesce(key, '(无 none)'), stats
  FROM kefu_groups((SELECT rating_stats_by(agent, customer, at, invited, score, '{"period":"day"}')
                      FROM ratings WHERE at < :cutoff));
