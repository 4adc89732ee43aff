-- The end of every import: refused rows are kept with their reason, and the reader is told.

-- Rows as they stand in the file, line breaks included.
CREATE TEMP VIEW row_text AS
SELECT record, line,
       (SELECT CASE WHEN max(damaged) THEN CAST(group_concat(text, char(10)) AS BLOB)
                    ELSE group_concat(text, char(10)) END
          FROM (SELECT coalesce(damaged_line.text, source_line.text) AS text,
                       damaged_line.n IS NOT NULL AS damaged
                  FROM source_line LEFT JOIN damaged_line ON damaged_line.n = source_line.n
                 WHERE source_line.n BETWEEN line AND line + lines - 1 ORDER BY source_line.n)) AS raw
  FROM record;

-- A row that was refused before and stands in the file again, wherever, has been judged anew.
DELETE FROM import_refused
 WHERE file = (SELECT file FROM run)
   AND raw IN (SELECT raw FROM row_text)
   AND NOT EXISTS (SELECT 1 FROM problem JOIN row_text USING (record)
                    WHERE row_text.line = import_refused.line AND row_text.raw = import_refused.raw);
INSERT INTO import_refused (file, line, reason, value, raw)
SELECT file, line, reason, value, coalesce(raw, '')
  FROM problem JOIN row_text USING (record) JOIN run WHERE true ORDER BY line
    ON CONFLICT (file, line, raw) DO UPDATE SET reason = excluded.reason, value = excluded.value;

CREATE TEMP TABLE tally AS
SELECT (SELECT count(*) FROM record) AS rows, (SELECT count(*) FROM problem) AS refused,
       (SELECT count(*) FROM repeated) AS repeated, (SELECT count(*) FROM skipped) AS skipped;
SELECT printf('%s: %d rows: %d kept', file, rows, rows - refused - repeated - skipped)
       || CASE WHEN repeated THEN printf(', %d repeated', repeated) ELSE '' END
       || CASE WHEN skipped THEN printf(', %d skipped', skipped) ELSE '' END
       || printf(', %d refused', refused)
  FROM tally JOIN run;
SELECT printf('  %s: %d new, %d changed, %d as before', what, added, changed, known)
  FROM outcome WHERE added OR changed OR known;
SELECT printf('  %d skipped: %s', count(*), why) FROM skipped GROUP BY why ORDER BY why;
SELECT printf('  %d refused: %s', count(*), reason)
       || printf(' (first: line %d', min(line))
       || coalesce(printf(', %s', quote(substr(value, 1, 60))), '') || ')'
  FROM problem JOIN record USING (record) GROUP BY reason ORDER BY min(line);
SELECT printf('  note: %d %s', rows, words) FROM note WHERE rows > 0;
SELECT printf('  The refused rows: SELECT * FROM import_refused WHERE file = %s', quote(file))
  FROM run WHERE (SELECT refused FROM tally);
