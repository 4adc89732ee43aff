# The driver wants full paths. isql prints a row as its columns between |; every connection is a process.
sed "s|/full/path|$PWD|" odbc.ini >odbc.here.ini
export ODBCINI=$PWD/odbc.here.ini
for connection in 1 2; do
    isql -b plain -d'|' <before.sql
    isql -b -v shop -d'|' <questions.sql
done
