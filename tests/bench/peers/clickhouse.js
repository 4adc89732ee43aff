// ClickHouse (chDB) answers, from MergeTree tables of its own: clickhouse.js FOLDER ROWS. Its first start
// reads the CSV files that data.py wrote into FOLDER/ROWS.clickhouse.
const path = require('path');
const { serve, once, say } = require('./host.js');
const [folder, rows] = process.argv.slice(2);

function rowsOf(text) {
  return text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

function fill(session) {
  for (const [variant, suffix, who, when] of [
    ['i', '', 'UInt32', 'UInt32'],
    ['t', '_t', 'String', 'DateTime'],
  ]) {
    const columns = {
      messages: `id UInt32, agent LowCardinality(String), customer ${who}, sent_at ${when},
        sender LowCardinality(String), is_auto UInt8`,
      inquiries: `customer ${who}, agent LowCardinality(String), asked_at ${when},
        ordered_at Nullable(${when}), paid_at Nullable(${when}), amount Nullable(Float64)`,
    };
    for (const table of ['messages', 'inquiries']) {
      const file = path.resolve(folder, `${rows}-${variant}-${table}.csv`);
      session.query(`CREATE TABLE bench.${table}${suffix} (${columns[table]})
                     ENGINE = MergeTree ORDER BY tuple()`);
      session.query(`INSERT INTO bench.${table}${suffix}
                     SELECT * FROM file('${file}', CSV, '${columns[table]}')`);
      session.query(`OPTIMIZE TABLE bench.${table}${suffix} FINAL`);
    }
  }
}

async function main() {
  const { Session, drainPending } = require(path.resolve(folder, 'npm/node_modules/chdb'));
  const place = path.resolve(folder, `${rows}.clickhouse`);
  await once(place, async (part) => {
    const session = new Session(part);
    session.query('CREATE DATABASE bench');
    fill(session);
    session.close();
    await drainPending();
  });
  const session = new Session(place);
  session.query('USE bench');
  session.query('SET max_threads = 2, output_format_json_quote_64bit_integers = 0');
  const [{ version }] = rowsOf(session.query('SELECT version() AS version', 'JSONEachRow'));
  await serve(`ClickHouse ${version}`, (sql) => rowsOf(session.query(sql.replace(/;$/, ''), 'JSONEachRow')));
}

main().catch((error) => say({ error: error.message }));
