-- Every line of A07's sampled days is there, with its text.
SELECT 'lines of the slowest conversation', count(*), (SELECT count(*) FROM report WHERE "缘由 reason" LIKE '%slowest')
  FROM messages
 WHERE agent = 'A07'
   AND customer = (SELECT "客户 customer" FROM report WHERE "缘由 reason" LIKE '%slowest')
   AND date(sent_at + 28800, 'unixepoch') = (SELECT date("时间 at") FROM report WHERE "缘由 reason" LIKE '%slowest');
-- A wait stands beside an agent's line and goes back to a customer's line of that conversation.
SELECT 'waits that begin with a question', count(*),
       sum(EXISTS (SELECT 1 FROM report AS asked WHERE asked."客户 customer" = report."客户 customer" AND "谁 who" LIKE '%customer'
               AND strftime('%s', report."时间 at") - strftime('%s', asked."时间 at") = CAST(report."等待秒数 waited" AS INTEGER)))
  FROM report WHERE "等待秒数 waited" IS NOT NULL AND "谁 who" LIKE '%agent';
