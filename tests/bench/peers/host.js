// What the hosts in JavaScript share: one JSON request a line, one JSON answer a line, as peers/sqlite.py
// says. serve(version, run): run(sql) gives the rows, or a promise of them.
const fs = require('fs');
const readline = require('readline');

// KiB, from /proc/self/status
function residentKb(name) {
  const status = fs.readFileSync('/proc/self/status', 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)[1]);
}

function say(answer) {
  const plain = (_, value) => (typeof value === 'bigint' ? Number(value) : value);
  process.stdout.write(JSON.stringify(answer, plain) + '\n');
}

async function serve(version, run) {
  say({ version });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const resident = residentKb('VmRSS');
    const cpu = process.cpuUsage();
    const start = performance.now();
    try {
      const rows = await run(JSON.parse(line).sql);
      const ms = performance.now() - start;
      const { user, system } = process.cpuUsage(cpu);
      const grown = residentKb('VmHWM') - resident;
      say({ ms, cpu_ms: (user + system) / 1000, rows, resident_kb: grown });
    } catch (error) {
      say({ error: error.message });
    }
  }
}

// Makes what a peer keeps in `path` by `fill(path)`, once: a half-made one never has its name.
async function once(path, fill) {
  if (fs.existsSync(path)) return;
  const part = path + '.part';
  fs.rmSync(part, { recursive: true, force: true });
  await fill(part);
  fs.renameSync(part, path);
}

module.exports = { serve, once, say };
