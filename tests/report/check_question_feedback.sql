SELECT 'answers to A30', sum(EXISTS (SELECT 1 FROM messages
           WHERE messages.agent = 'A30' AND messages.customer = tagged.customer AND sender = 'customer'
             AND sent_at > at AND date(sent_at + 28800, 'unixepoch') = date(at + 28800, 'unixepoch'))),
       (SELECT "客户回应 answered" FROM report WHERE "客服 agent" = 'A30')
  FROM tagged WHERE agent = 'A30' AND tag IN ('need', 'closing');
SELECT 'one remedy, for the one clearly below', 1, (SELECT count("办法 remedy") FROM report WHERE "上限 high" < '56.9%');
