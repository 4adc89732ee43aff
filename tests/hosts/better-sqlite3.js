const Database = require('better-sqlite3');
const { readFileSync } = require('node:fs');

function ask(db, path) {
  for (const question of readFileSync(path, 'utf8').trim().split('\n')) {
    try {
      for (const answer of db.prepare(question).pluck().all()) console.log(answer);
    } catch (error) {
      console.log(error.message);
    }
  }
}

const connections = [];
for (const connection of [1, 2]) {
  const db = new Database('shop.db');
  connections.push(db);
  ask(db, 'before.sql');
  db.loadExtension('./kefu');
  db.loadExtension('./kefu');
  ask(db, 'questions.sql');
}
