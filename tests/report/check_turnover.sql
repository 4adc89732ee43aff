SELECT 'left in the third quarter of 2025', count(*), (SELECT "离职 left" FROM report WHERE "季度 quarter" = '2025-07-01')
  FROM staff WHERE left_on BETWEEN '2025-07-01' AND '2025-09-30';
SELECT 'rate of that quarter', printf('%.1f%%', 100.0 * (SELECT count(*) FROM staff WHERE left_on BETWEEN '2025-07-01' AND '2025-09-30')
       / ((sum(hired_on < '2025-07-01' AND coalesce(left_on, '9') >= '2025-07-01')
           + sum(hired_on < '2025-10-01' AND coalesce(left_on, '9') >= '2025-10-01')) / 2.0)),
       (SELECT "流失率 turnover" FROM report WHERE "季度 quarter" = '2025-07-01')
  FROM agents JOIN staff USING (agent);
SELECT 'hired and gone add up', count(*), (SELECT sum("入职 hired") - sum("离职 left") FROM report) FROM staff WHERE left_on IS NULL;
