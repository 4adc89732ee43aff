// kefu, KPIs of customer service, for node:sqlite, better-sqlite3 and others.
'use strict';
const path = require('path');
const fs = require('fs');

// The library's path, as loadExtension() takes it.
function getLoadablePath() {
    const target = `${process.platform}-${process.arch}`;
    const folder = path.join(__dirname, target);
    if (!fs.existsSync(folder)) {
        throw new Error(`sqlite-kefu has no library for ${target}; want one of ` +
            fs.readdirSync(__dirname).filter((name) => name.startsWith('linux-')).join(', '));
    }
    return path.join(folder, 'kefu');
}

// Loads kefu on a connection. node:sqlite wants it opened with {allowExtension: true}.
function load(db) {
    db.loadExtension(getLoadablePath());
}

module.exports = { getLoadablePath, load };
