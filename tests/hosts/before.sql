SELECT 'SQLite ' || sqlite_version();
SELECT printf('%d of kefu''s names were taken', count(*)) FROM pragma_function_list JOIN kefu_names USING (name);
