-- Rows of one number: the same again is repeated, another of that number cannot be right as well.
--
-- Before: numbered(record, number, says), what is said under which number. After: twin(record,
-- first_record, same) for the rows that are not the first of their number.
DROP TABLE IF EXISTS temp.twin;
CREATE TEMP TABLE twin AS
SELECT record, first_record, same
  FROM (SELECT record, first_value(record) OVER same_number AS first_record,
               says = first_value(says) OVER same_number AS same
          FROM numbered WINDOW same_number AS (PARTITION BY number ORDER BY record))
 WHERE record > first_record;
INSERT INTO repeated SELECT record FROM twin WHERE same;
INSERT INTO problem
SELECT twin.record, 'its number stands in this file already, with other values', 'line ' || line
  FROM twin JOIN record ON record.record = first_record WHERE NOT same;
DROP TABLE numbered;
