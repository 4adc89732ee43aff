-- A03 sold less than its target of 16,000: paid inquiries.
SELECT 'sales of A03', printf('%.2f', sum(amount)),
       (SELECT DISTINCT "实际 value" FROM report WHERE "客服 agent" = 'A03' AND "指标 kpi" LIKE '%sales_amount')
  FROM inquiries WHERE agent = 'A03' AND paid_at IS NOT NULL AND ordered_at >= asked_at;
SELECT 'shortfall of A03''s sales', printf('%.1f%%', 100 * (1 - sum(amount) / 16000)),
       (SELECT DISTINCT "差 shortfall" FROM report WHERE "客服 agent" = 'A03' AND "指标 kpi" LIKE '%sales_amount')
  FROM inquiries WHERE agent = 'A03' AND paid_at IS NOT NULL AND ordered_at >= asked_at;
-- Every cause of S2 for a low answer ratio is told.
SELECT 'causes of a low answer ratio', 3,
       (SELECT count(DISTINCT "可能原因 cause") FROM report WHERE "指标 kpi" LIKE '%answer_ratio');
SELECT 'last product training of A03', max(held_on),
       (SELECT DISTINCT "上次培训 last_trained" FROM report
         WHERE "客服 agent" = 'A03' AND "可能原因 cause" LIKE '%product knowledge')
  FROM trainings JOIN training_scores ON training_id = id WHERE agent = 'A03' AND topic = 'product';
