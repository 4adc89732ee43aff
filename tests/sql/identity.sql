-- Customers are equal when = without collation says so: 1 = 1.0, 1 is not '1', TEXT and BLOB by bytes.
CREATE TABLE line (customer);
INSERT INTO line VALUES (1), (1.0), ('1'), (x'31'), ('A'), ('a'), ('A '), (1.5), (9007199254740993),
    (9007199254740992.0), (0), (-0.0);
-- 1; '1'; x'31'; 'A'; 'a'; 'A '; 1.5; 2^53 + 1; 2^53; 0: ten.
SELECT distinct_customers(customer, 'customer', 1793548800) FROM line;
SELECT count(*) FROM (SELECT DISTINCT customer FROM line);
-- Senders by number and by the number's text: 0 customer, 1 agent, 2 bot, 3 assist.
SELECT turns(chat_stats('c', column1, column2, '{"stop":"assist"}')) AS turns,
       agent_lines(chat_stats('c', column1, column2, '{"stop":"assist"}')) AS human_and_assist,
       agent_lines(chat_stats('c', column1, column2, '{"stop":"any"}')) AS with_bot
  FROM (VALUES (0, 1793548800), ('0', 1793548801), (2, 1793548802), ('2', 1793548803),
               (3, 1793548804), ('3', 1793548805), (1, 1793548806), ('1', 1793548807));
