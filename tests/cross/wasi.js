// Runs a WebAssembly program of the command line: node wasi.js PROGRAM ARGUMENT…, in the current folder.
'use strict';
const fs = require('fs');
const { WASI } = require('wasi');

const [program, ...args] = process.argv.slice(2);
const wasi = new WASI({ version: 'preview1', args: ['sqlite3', ...args], env: { HOME: '/' },
    preopens: { '/': process.cwd() } });
WebAssembly.instantiate(fs.readFileSync(program), { wasi_snapshot_preview1: wasi.wasiImport })
    .then(({ instance }) => wasi.start(instance));
