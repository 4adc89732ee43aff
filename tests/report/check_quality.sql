SELECT 'welcomes of A05', sum(met) || ' of ' || count(*),
       (SELECT "做到 met" || ' of ' || "应做 due" FROM report WHERE "客服 agent" = 'A05' AND "项目 item" = '欢迎 welcome')
  FROM checks WHERE item = 'welcome' AND agent = 'A05';
SELECT 'all checks', count(*), (SELECT sum("应做 due") FROM report WHERE "客服 agent" LIKE '%shop') FROM checks;
