-- Plain tables hold what plain SQL finds.
SELECT 'received by A05 on 11.11', count(*),
       (SELECT CAST(received AS INTEGER) FROM kpi_day_wide WHERE day = '2026-11-11' AND agent = 'A05')
  FROM (SELECT 1 FROM messages WHERE agent = 'A05' AND date(sent_at + 28800, 'unixepoch') = '2026-11-11'
         GROUP BY customer HAVING sum(sender = 'customer') > 0);
SELECT 'sales of 11.11', printf('%.2f', sum(amount)),
       (SELECT printf('%.2f', sales_amount) FROM kpi_day_wide WHERE day = '2026-11-11' AND whole)
  FROM inquiries WHERE date(asked_at + 28800, 'unixepoch') = '2026-11-11' AND ordered_at >= asked_at AND paid_at IS NOT NULL;
-- Not known yet is NULL: final payments of 27 November on 1 December; those of the 26th are known.
SELECT 'known final payments', '2026-11-26', (SELECT max(day) FROM kpi_day WHERE kpi = 'payment_success_final' AND value IS NOT NULL);
SELECT 'known next-day payments', '2026-11-29', (SELECT max(day) FROM kpi_day WHERE kpi = 'payment_success_day1' AND value IS NOT NULL);
-- A rate of a week is a ratio of sums.
SELECT 'replies of the week of 9 November', printf('%.6f', (SELECT sum(numerator) / sum(denominator) FROM kpi_day
         WHERE whole AND kpi = 'reply_rate' AND day BETWEEN '2026-11-09' AND '2026-11-15')),
       (SELECT printf('%.6f', value) FROM kpi_span WHERE span = 'week' AND begins = '2026-11-09' AND whole AND kpi = 'reply_rate');
-- A second run writes nothing; after a late line it writes the chats of one agent's day and the shop's.
UPDATE kpi_day SET zh = 'stands';
.output /dev/null
.read sql/report/publish.sql
.output
SELECT 'written by the second run', 0, (SELECT count(*) FROM kpi_day WHERE zh <> 'stands');
INSERT INTO messages (agent, customer, sent_at, sender) VALUES ('A05', 'late', 1796054000, 'customer');
.output /dev/null
.read sql/report/rollup.sql
.read sql/report/publish.sql
.output
SELECT 'written after a late line', '2026-11-30 A05 chat, 2026-11-30 全店 shop chat',
       (SELECT group_concat(day || ' ' || agent || ' ' || family, ', ')
          FROM (SELECT DISTINCT day, agent, family FROM kpi_day WHERE zh <> 'stands' ORDER BY whole));
