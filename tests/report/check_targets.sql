SELECT 'clearance of the shop', printf('%.2f', sum(order_items.amount)),
       (SELECT "实际 value" FROM report WHERE "指标 kpi" LIKE '%clearance_amount')
  FROM order_items JOIN orders USING (order_id)
 WHERE clearance AND date(paid_at + 28800, 'unixepoch') BETWEEN '2026-11-01' AND '2026-11-30';
SELECT 'A01''s sales, of 36,000', printf('%.1f%%', sum(amount) / 360),
       (SELECT "达成率 attained" FROM report WHERE "客服 agent" = 'A01' AND "指标 kpi" LIKE '%sales_amount')
  FROM inquiries
 WHERE agent = 'A01' AND paid_at IS NOT NULL AND ordered_at >= asked_at
   AND date(asked_at + 28800, 'unixepoch') <= '2026-11-30';
SELECT 'reached or missed', 104, (SELECT sum("状态 status" LIKE '%reached' OR "状态 status" LIKE '%missed') FROM report);
