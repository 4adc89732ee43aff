// DuckDB answers, from a database of its own: duckdb.js FOLDER ROWS. Its first start reads the CSV files
// that data.py wrote into FOLDER/ROWS.duckdb.
const path = require('path');
const { serve, once, say } = require('./host.js');
const [folder, rows] = process.argv.slice(2);

async function query(connection, sql) {
  return (await connection.runAndReadAll(sql)).getRowObjects();
}

// Integer and text customers and times; agents and senders as text, then as ENUM.
async function fill(connection) {
  const read = (table, variant, columns) =>
    `SELECT * FROM read_csv('${folder}/${rows}-${variant}-${table}.csv', header = false,
                            columns = {${columns}})`;
  const messages = (who, when) =>
    `id: 'INTEGER', agent: 'VARCHAR', customer: '${who}', sent_at: '${when}', sender: 'VARCHAR',
     is_auto: 'BOOLEAN'`;
  const inquiries = (who, when) =>
    `customer: '${who}', agent: 'VARCHAR', asked_at: '${when}', ordered_at: '${when}',
     paid_at: '${when}', amount: 'DOUBLE'`;
  for (const sql of [
    `CREATE TABLE messages AS ${read('messages', 'i', messages('INTEGER', 'INTEGER'))}`,
    `CREATE TABLE inquiries AS ${read('inquiries', 'i', inquiries('INTEGER', 'INTEGER'))}`,
    'CREATE TYPE agents AS ENUM (SELECT DISTINCT agent FROM messages ORDER BY agent)',
    "CREATE TYPE senders AS ENUM ('customer', 'agent', 'bot')",
    `CREATE TABLE messages_e AS
       SELECT * REPLACE (agent::agents AS agent, sender::senders AS sender) FROM messages`,
    'CREATE TABLE inquiries_e AS SELECT * REPLACE (agent::agents AS agent) FROM inquiries',
    `CREATE TABLE messages_t AS SELECT * REPLACE (agent::agents AS agent, sender::senders AS sender)
       FROM (${read('messages', 't', messages('VARCHAR', 'TIMESTAMP'))})`,
    `CREATE TABLE inquiries_t AS SELECT * REPLACE (agent::agents AS agent)
       FROM (${read('inquiries', 't', inquiries('VARCHAR', 'TIMESTAMP'))})`,
    'CHECKPOINT',
  ]) {
    await query(connection, sql);
  }
}

async function main() {
  const { DuckDBInstance, version } = require(path.resolve(folder, 'npm/node_modules/@duckdb/node-api'));
  const file = `${folder}/${rows}.duckdb`;
  await once(file, async (part) => {
    const instance = await DuckDBInstance.create(part);
    const connection = await instance.connect();
    await fill(connection);
    connection.closeSync();
    instance.closeSync();
  });
  const instance = await DuckDBInstance.create(file, { threads: '2', access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  await serve(`DuckDB ${version()}`, (sql) => query(connection, sql));
}

main().catch((error) => say({ error: error.message }));
