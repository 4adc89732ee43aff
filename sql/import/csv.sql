-- CSV into cells, as .import reads it: rows that are too short are filled up with NULL (an empty cell
-- is ''), so that the cells of a row can be counted; the table is wider than any line.
CREATE TEMP TABLE name_in_file (name TEXT);
.mode csv
.separator "\037" ","
.import head name_in_file
.separator "," "\n"
.read cell.sql
.import cells cell
.mode list

CREATE TEMP TABLE head AS
SELECT rowid AS position, name, 'c' || rowid AS expression FROM name_in_file;

INSERT INTO stop
SELECT printf('its heading has %d columns, which is more than can be read', there)
  FROM (SELECT count(*) AS there FROM head) WHERE there > (SELECT count(*) FROM pragma_table_info('cell'));
.read stop.sql

-- A row's first line is known by counting: each row before it has one, and one more for each line
-- break inside its cells.
.once made.sql
SELECT 'CREATE TEMP TABLE cell_count AS SELECT rowid AS record, '
           || group_concat('(' || name || ' IS NOT NULL)', '+') || ' AS cells, '
           || group_concat('coalesce(' || name || ', '''')', '||') || ' AS whole FROM cell;'
  FROM pragma_table_info('cell');
.read made.sql

INSERT INTO record (record, line, lines)
SELECT record, coalesce(sum(lines) OVER (ORDER BY record
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) + 1, lines
  FROM (SELECT record, 1 + length(whole) - length(replace(whole, char(10), '')) AS lines
          FROM cell_count);
INSERT INTO stop
SELECT printf('the quotes are broken, and its rows cannot be told apart: %d lines read as %d', there, counted)
  FROM (SELECT max(line + lines) - 1 AS counted FROM record),
       (SELECT max(n) AS there FROM source_line)
 WHERE counted NOT BETWEEN there AND there + 1;
.read stop.sql

-- The heading and blank rows are no rows.
DELETE FROM record
 WHERE record = 1
    OR record IN (SELECT record FROM cell_count
                   WHERE trim(whole, ' "' || char(9, 13, 160, 12288)) = '');
INSERT INTO problem (record, reason)
SELECT record, printf('has %d cells, the heading has %d', cells, (SELECT count(*) FROM head))
  FROM record JOIN cell_count USING (record)
 WHERE cells <> (SELECT count(*) FROM head);
