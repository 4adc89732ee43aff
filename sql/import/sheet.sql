-- A file with a heading becomes typed tables: sheet_NAME for each table of the layout, filled for the
-- one that the file is. Columns are found by their headings, wherever they stand.
--
-- Before: the table layout, filled by the format. After: sheet_NAME(record, field, …) holds the rows
-- without a problem; cells_NAME the texts of all rows.
--
-- The shell has no loops over columns, so the statements are made here and then read: as data they
-- are the layout, and each of its kinds has its rule in values.sql.
CREATE TEMP TABLE layout_field AS
SELECT rowid AS place, * FROM layout;

-- Headings are alternatives, 'a|b', the best first.
CREATE TEMP TABLE alternative AS
WITH RECURSIVE part (place, rank, heading, rest) AS (
    SELECT place, 0, '', headings || '|' FROM layout_field
    UNION ALL
    SELECT place, rank + 1, substr(rest, 1, instr(rest, '|') - 1), substr(rest, instr(rest, '|') + 1)
      FROM part WHERE rest <> ''
)
SELECT place, rank, heading FROM part WHERE rank > 0;

.read shape.sql
INSERT OR IGNORE INTO problem (record, reason) SELECT record, reason FROM damaged;

-- Headings are compared without blanks at the ends, wide brackets and capitals.
CREATE TEMP TABLE found AS
SELECT layout_field.*, trim(head.name) AS heading, head.expression
  FROM layout_field
  LEFT JOIN head ON head.position = (
       SELECT position
         FROM head
         JOIN alternative
           ON lower(trim(replace(replace(name, '（', '('), '）', ')'),
                         ' ''' || char(9, 13, 160, 12288, 65279))) = lower(alternative.heading)
        WHERE alternative.place = layout_field.place
        ORDER BY rank, position LIMIT 1);

CREATE TEMP TABLE missing AS
SELECT sheet, count(*) AS needed, sum(expression IS NULL) AS absent,
       group_concat(CASE WHEN expression IS NULL THEN replace(headings, '|', ' or ') END, ', ') AS names
  FROM found WHERE needed <> 'no' GROUP BY sheet;
CREATE TEMP TABLE chosen AS
SELECT sheet FROM missing WHERE absent = 0 ORDER BY needed DESC LIMIT 1;
SELECT printf('%s: no column %s; its headings are: %s', run.file, names,
              (SELECT group_concat(trim(name), ', ') FROM (SELECT name FROM head LIMIT 100)))
  FROM run JOIN missing
 WHERE NOT EXISTS (SELECT 1 FROM chosen)
 ORDER BY absent * 1.0 / needed LIMIT 1;
INSERT INTO stop SELECT 'columns are missing' WHERE NOT EXISTS (SELECT 1 FROM chosen);

-- What a cell says: '="3100"' is what Excel is told to show as 3100, the word null is no value.
CREATE TEMP TABLE clean AS
SELECT 'nullif(nullif(trim(CASE WHEN trim(@) GLOB ''="*"'' THEN substr(trim(@), 3, length(trim(@)) - 3) '
       || 'ELSE @ END, '' '' || char(9, 10, 13, 160, 12288)), ''''), ''null'')' AS template;

CREATE TEMP TABLE statement (place INTEGER PRIMARY KEY, sql TEXT);
INSERT INTO statement (sql)
SELECT 'CREATE TEMP TABLE cells_' || sheet || ' AS SELECT record'
       || group_concat(', ' || CASE WHEN expression IS NULL OR sheet NOT IN (SELECT sheet FROM chosen)
                               THEN 'NULL' ELSE replace(template, '@', expression) END
                       || ' AS ' || field, '')
       || ' FROM record JOIN cell ON cell.rowid = record'
       || CASE WHEN sheet IN (SELECT sheet FROM chosen) THEN ';' ELSE ' WHERE 0;' END
  FROM (SELECT * FROM found JOIN clean ORDER BY place) GROUP BY sheet;
INSERT INTO statement (sql)
SELECT printf('INSERT OR IGNORE INTO cell_value (kind, text) SELECT ''%s'', %s FROM cells_%s '
              || 'WHERE %s IS NOT NULL;', kind, field, sheet, field)
  FROM found WHERE kind <> 'text' AND sheet IN (SELECT sheet FROM chosen) ORDER BY place;
INSERT INTO statement (sql) VALUES ('.read values.sql');
INSERT INTO statement (sql)
SELECT CASE test.kind
       WHEN 'empty' THEN printf('INSERT OR IGNORE INTO problem (record, reason) '
                || 'SELECT record, ''%s is empty'' FROM cells_%s WHERE %s IS NULL;',
                replace(heading, '''', ''''''), sheet, field)
       ELSE printf('INSERT OR IGNORE INTO problem SELECT record, ''%s is no %s'', %s FROM cells_%s '
                || 'JOIN cell_value ON kind = ''%s'' AND text = %s WHERE value IS NULL;',
                replace(heading, '''', ''''''),
                CASE WHEN found.kind = 'time' AND zone = '' THEN 'time with a zone (or set ZONE)'
                     ELSE found.kind END, field, sheet, found.kind, field) END
  FROM run JOIN found
  JOIN (SELECT 'empty' AS kind UNION ALL SELECT 'bad') AS test
    ON CASE test.kind WHEN 'empty' THEN needed = 'cell'
       ELSE found.kind <> 'text' AND expression IS NOT NULL END
 WHERE sheet IN (SELECT sheet FROM chosen)
 ORDER BY place, test.kind = 'empty';
INSERT INTO statement (sql)
SELECT 'CREATE TEMP TABLE sheet_' || sheet || ' AS SELECT record'
       || group_concat(CASE kind WHEN 'text' THEN printf(', %s', field)
          ELSE printf(', (SELECT value FROM cell_value WHERE kind = ''%s'' AND text = %s) AS %s',
                      kind, field, field) END, '')
       || ' FROM cells_' || sheet || ' WHERE record NOT IN (SELECT record FROM problem);'
  FROM (SELECT * FROM found ORDER BY place) GROUP BY sheet;
INSERT INTO statement (sql)
SELECT printf('CREATE UNIQUE INDEX temp.%s_by_record_%s ON %s_%s (record);', shape, sheet, shape, sheet)
  FROM missing JOIN (SELECT 'cells' AS shape UNION ALL SELECT 'sheet');

.once made.sql
SELECT sql FROM statement ORDER BY place;
.read made.sql
