SELECT 'A01''s days as P3', CAST(julianday('2026-12-01') - julianday(hired_on) - 915 AS INTEGER),
       (SELECT "在级天数 days_in_grade" FROM report WHERE "客服 agent" = 'A01' AND "职级 grade" = 'P3')
  FROM agents WHERE agent = 'A01';
SELECT 'people on the expert ladder', count(*), (SELECT count(*) FROM report WHERE "晋升通道 ladder" LIKE '%expert')
  FROM agents WHERE agent <= 'A50';
