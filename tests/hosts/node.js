const { DatabaseSync } = require('node:sqlite');
const { readFileSync } = require('node:fs');

function ask(db, path) {
  for (const question of readFileSync(path, 'utf8').trim().split('\n')) {
    try {
      for (const row of db.prepare(question).all()) console.log(Object.values(row)[0]);
    } catch (error) {
      console.log(error.message);
    }
  }
}

const connections = [];
for (const connection of [1, 2]) {
  ask(new DatabaseSync('shop.db'), 'before.sql');
  const db = new DatabaseSync('shop.db', {allowExtension: true});
  connections.push(db);
  db.loadExtension('./kefu');
  db.loadExtension('./kefu');
  ask(db, 'questions.sql');
}
