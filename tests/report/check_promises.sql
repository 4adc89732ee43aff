SELECT 'due by the end of November', count(*), (SELECT "到期 due" FROM report WHERE "客服 agent" LIKE '%shop')
  FROM promises WHERE due_at < 1796054400;
SELECT 'kept in time by A27', printf('%.1f%%', 100.0 * sum(coalesce(kept_at <= due_at, 0)) / count(*)),
       (SELECT "按时率 kept_rate" FROM report WHERE "客服 agent" = 'A27')
  FROM promises WHERE agent = 'A27' AND due_at < 1796054400;
