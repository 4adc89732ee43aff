for connection in 1 2; do
    sqlite3 shop.db <before.sql
    sqlite3 -cmd '.load ./kefu' shop.db '.load ./kefu' '.read questions.sql' 2>&1
done
