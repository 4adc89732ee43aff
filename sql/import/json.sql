-- JSON into cells: one object a row, whole in c1. The file holds one object a line, or an array of
-- objects, alone or as a member of one object ({"payload": […]}).
CREATE TEMP TABLE document AS
SELECT group_concat(text, char(10)) AS text FROM (SELECT text FROM source_line ORDER BY n);
CREATE TEMP TABLE list AS
SELECT text AS value FROM document WHERE json_valid(text) AND json_type(text) = 'array'
UNION ALL
SELECT value FROM document JOIN json_each(document.text)
 WHERE json_valid(document.text) AND json_type(document.text) = 'object' AND type = 'array'
   AND json_type(value, '$[0]') = 'object';
INSERT INTO stop
SELECT 'this file holds more than one array of objects' WHERE (SELECT count(*) FROM list) > 1;
.read stop.sql

DELETE FROM source_line WHERE EXISTS (SELECT 1 FROM list);
INSERT INTO source_line (n, text)
SELECT item.key + 1, item.value FROM list JOIN json_each(list.value) AS item;

CREATE TEMP TABLE cell (c1 TEXT);
INSERT INTO cell (rowid, c1) SELECT n, text FROM source_line;
INSERT INTO record (record, line, lines) SELECT n, n, 1 FROM source_line WHERE trim(text) <> '';
INSERT INTO problem (record, reason)
SELECT record, 'is no JSON object'
  FROM record JOIN cell ON cell.rowid = record
 WHERE CASE WHEN json_valid(c1) THEN json_type(c1) END IS NOT 'object';
UPDATE cell SET c1 = '{}' WHERE rowid IN (SELECT record FROM problem);

CREATE TEMP TABLE head AS
SELECT row_number() OVER () AS position, name,
       printf('CAST(json_extract(c1, ''$."%s"'') AS TEXT)', name) AS expression
  FROM (SELECT DISTINCT key AS name FROM cell JOIN json_each(c1) WHERE key NOT GLOB '*["'']*');
