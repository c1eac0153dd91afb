// npm run bench -- [W1 W3 …] [--json] [--runs N] [--scale S] [--profile FOLDER]: measures each workload beside the limit it
// is compared with, in the same run, on a PostgreSQL of its own (or on a database of the server at ITER_TEST_DATABASE_URL).
// W2 and W4 have a million events and a million open cases: many minutes, and gigabytes. `--scale 0.02` gives an idea.
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { buildDesk, buildServer } from '../../scripts/build.mjs';
import { readArguments } from '../support/arguments.mjs';

const known = ['W1', 'W2', 'W3', 'W4', 'W5', 'W6'];
const usage = `Usage: npm run bench -- [${known.join(' ')}] [--json] [--runs 3] [--scale 1] [--profile FOLDER]`;
const { values, positionals } = readArguments(usage, {
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '3' },
    scale: { type: 'string', default: '1' },
    profile: { type: 'string' },
  },
});
const wanted = positionals.length > 0 ? positionals : known;
const unknown = wanted.find((id) => !known.includes(id));
const [runs, scale] = [Number(values.runs), Number(values.scale)];
if (unknown || !Number.isInteger(runs) || runs < 1 || !(scale > 0)) {
  console.error(usage);
  process.exit(2);
}

await buildServer();
// As the processes that are measured do.
(await import('@iter/platform/heap')).beginYoung();
const { startEmbeddedPostgres, temporaryHome } = await import('@iter/platform/embedded-postgres');
const { createPool } = await import('@iter/platform/postgres');
const { w1 } = await import('./w1.ts');
const { w2 } = await import('./w2.ts');
const { w3 } = await import('./w3.ts');
const { w4 } = await import('./w4.ts');
const { w5 } = await import('./w5.ts');
const { w6 } = await import('./w6.ts');
const { startRedis } = await import('../support/servers.mjs');
const { chromiumPath } = await import('../support/system.ts');

// Known before anything is measured: W6 comes after all that takes long.
if (wanted.includes('W6')) chromiumPath();

const home = temporaryHome('iter-bench');
const given = process.env.ITER_TEST_DATABASE_URL;
const server = given ? null : await startEmbeddedPostgres({ home });
const base = given ?? server.url;
const admin = createPool({ url: base, max: 1 });
const made = [];
async function newDatabase() {
  const name = `bench_${randomUUID().slice(0, 8)}`;
  await admin.query(`create database ${name}`);
  made.push(name);
  return Object.assign(new URL(base), { pathname: `/${name}` }).href;
}

const report = {
  machine: {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    postgres: (await admin.query('show server_version')).rows[0].server_version,
  },
  workloads: {},
};
let failure = null;
try {
  const onProgress = (what) => console.error(what);
  if (wanted.includes('W1')) {
    const cases = [170, 300, 660].map((count) => Math.max(4, Math.round(count * scale)));
    const profileTo = values.profile ? resolve(values.profile) : null;
    report.workloads.W1 = await w1({ newDatabase, runs, cases, profileTo, onProgress });
  }
  const million = Math.max(2_000, Math.round(1_000_000 * scale));
  if (wanted.includes('W2')) {
    const databaseUrl = await newDatabase();
    report.workloads.W2 = await w2({ databaseUrl, runs, events: million, onProgress });
  }
  if (wanted.includes('W3')) {
    const given = process.env.ITER_TEST_REDIS_URL;
    const redis = given ? null : await startRedis(home);
    try {
      const [timers, backlog] = [10_000, 100_000].map((count) => Math.max(100, Math.round(count * scale)));
      const redisUrl = given ?? redis.url;
      report.workloads.W3 = await w3({ newDatabase, redisUrl, runs, timers, backlog, onProgress });
    } finally {
      redis?.server.kill();
    }
  }
  const tell = (id) => (what) => onProgress(`${id}: ${what}`);
  if (wanted.includes('W4'))
    report.workloads.W4 = await w4({ newDatabase, home, runs, cases: million, onProgress: tell('W4') });
  if (wanted.includes('W5')) report.workloads.W5 = await w5({ runs, scale });
  if (wanted.includes('W6')) {
    await buildDesk();
    const tasks = Math.max(100, Math.round(100_000 * scale));
    report.workloads.W6 = await w6({ newDatabase, home, runs, tasks, onProgress: tell('W6') });
  }
} catch (error) {
  failure = error;
} finally {
  for (const name of made) await admin.query(`drop database ${name} with (force)`);
  await admin.end();
  await server?.stop();
  rmSync(home, { recursive: true, force: true });
}

if (values.json) console.log(JSON.stringify(report));
else {
  for (const [callers, figures] of Object.entries(report.workloads.W1 ?? {})) {
    const { http, limit, ratio, ...bus } = figures;
    const { A, B, httpOfBus, p99OfA } = ratio;
    console.log(`W1 ${callers}: ${A} A with p99 ${p99OfA} of A's, ${B} B; HTTP ${httpOfBus} of the bus`);
    for (const [name, it] of Object.entries({ bus, http, ...limit }))
      console.log(
        `   ${name.padEnd(4)} ${it.stepsPerSecond} steps/s, p50 ${it.p50Ms} ms, p99 ${it.p99Ms} ms, ${it.cpuUs} µs of CPU`,
      );
  }
  for (const [backend, figures] of Object.entries(report.workloads.W3 ?? {})) {
    const { p50Ms, p99Ms, perSecond, limit, ratio, queueAlone, backlog } = figures;
    console.log(
      `W3 ${backend}: ${perSecond} timers/s, late p50 ${p50Ms} ms, p99 ${p99Ms} ms; appends alone ` +
        `${limit.appendsPerSecond}/s (ratio ${ratio}); a job per timer, doing nothing: ${queueAlone.perSecond}/s, ` +
        `p99 ${queueAlone.p99Ms} ms`,
    );
    console.log(`W3 ${backend} backlog: ${JSON.stringify(backlog)}`);
  }
  for (const id of ['W2', 'W4', 'W5', 'W6']) {
    for (const [part, figures] of Object.entries(report.workloads[id] ?? {}))
      console.log(`${id} ${part}: ${JSON.stringify(figures)}`);
  }
}
// What was measured before it is told all the same.
if (failure !== null) throw failure;
