-- A05's service after the sale: conversations of days on which the customer only asked about orders that
-- stood. Invitations and replies.
CREATE TEMP TABLE phase AS
SELECT agent, customer, date(asked_at + 28800, 'unixepoch') AS day,
       max(coalesce(ordered_at, asked_at) >= asked_at) AS presale
  FROM inquiries WHERE agent = 'A05' GROUP BY 1, 2, 3;
SELECT 'invited by A05 after the sale', printf('%.1f%%', 100.0 * sum(invited) / count(*)),
       (SELECT "发送满意率 invite_rate" FROM report WHERE "客服 agent" = 'A05' AND "阶段 phase" LIKE '%after')
  FROM ratings JOIN phase USING (agent, customer)
 WHERE NOT presale AND day = date(at + 28800, 'unixepoch');
SELECT 'received by A05 ' || CASE presale WHEN 1 THEN 'before' ELSE 'after' END, count(*),
       (SELECT "接待人次 received" FROM report WHERE "客服 agent" = 'A05'
           AND "阶段 phase" LIKE CASE presale WHEN 1 THEN '%before' ELSE '%after' END)
  FROM phase
 WHERE EXISTS (SELECT 1 FROM messages WHERE messages.agent = 'A05' AND messages.customer = phase.customer
                  AND sender = 'customer' AND date(sent_at + 28800, 'unixepoch') = day)
 GROUP BY presale;
SELECT 'replied by A05 before the sale', printf('%.1f%%', 100.0 * sum(replied) / count(*)),
       (SELECT "回复率 reply_rate" FROM report WHERE "客服 agent" = 'A05' AND "阶段 phase" LIKE '%before')
  FROM (SELECT coalesce(max(CASE sender WHEN 'agent' THEN sent_at END)
                        >= min(CASE sender WHEN 'customer' THEN sent_at END), 0) AS replied
          FROM messages JOIN phase USING (agent, customer)
         WHERE presale AND day = date(sent_at + 28800, 'unixepoch')
         GROUP BY customer, day HAVING sum(sender = 'customer') > 0);
