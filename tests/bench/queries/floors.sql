-- What SQLite itself needs: the scan, and aggregates of extension.c that take kefu's arguments and do
-- nothing (no-op) or read each value and nothing else (no-op, read).

-- K1 i: scan
SELECT count(agent), count(customer), count(sender), count(sent_at) FROM messages NOT INDEXED;

-- K1 it: no-op
SELECT noop(agent, customer, sender, sent_at) FROM messages NOT INDEXED;

-- K1 i: no-op, read
SELECT noop_read(agent, customer, sender, sent_at) FROM messages NOT INDEXED;

-- K1 i: no-op, GROUP BY
SELECT agent, noop(customer, sender, sent_at) FROM messages NOT INDEXED GROUP BY agent;

-- K1 i: no-op, read, GROUP BY
SELECT agent, noop_read(customer, sender, sent_at) FROM messages NOT INDEXED GROUP BY agent;

-- K1 i: no-op, GROUP BY, index
SELECT agent, noop(customer, sender, sent_at)
  FROM messages INDEXED BY messages_covered GROUP BY agent;

-- K2 it: no-op
SELECT noop(agent, customer, asked_at, ordered_at, paid_at) FROM inquiries NOT INDEXED;

-- K2 i: no-op, read
SELECT noop_read(agent, customer, asked_at, ordered_at, paid_at) FROM inquiries NOT INDEXED;

-- K2 i: no-op, GROUP BY
SELECT agent, noop(customer, ordered_at) FROM inquiries NOT INDEXED GROUP BY agent;

-- K3 it: no-op
SELECT noop(agent, customer, asked_at, ordered_at, paid_at) FROM inquiries NOT INDEXED;

-- K3 i: no-op, GROUP BY
SELECT agent, noop(customer, asked_at, paid_at) FROM inquiries NOT INDEXED GROUP BY agent;

-- K4-chats it: no-op
SELECT noop(agent, customer, sender, sent_at, '{"period":"day"}') FROM messages NOT INDEXED;

-- K4-deals it: no-op
SELECT noop(agent, customer, asked_at, ordered_at, paid_at, NULL, NULL, '{"period":"day"}')
  FROM inquiries NOT INDEXED;

-- K5 it: no-op
SELECT noop(agent, customer, asked_at, ordered_at, paid_at, amount) FROM inquiries NOT INDEXED;
