// Rough figures of the log's write path beside what PostgreSQL itself can do, in the same run:
//   node --conditions=source test/bench/log.mjs [--seconds 2.4] [--json]
// A:   3 events of 300 B as 3 rows (jsonb, unique(stream, revision)), one statement, one commit (reference A).
// row: the same bytes as one row of text, one statement, one commit.
// log: `EventLog.append`, hashing included. Callers wait for their commit before the next append.
// The three take turns in short slices, so that what else the machine does meets all of them alike.
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chainEvents, hashEvent } from '@iter/event-store';
import { createPostgresLog } from '@iter/event-store/postgres';
import { startEmbeddedPostgres, temporaryHome } from '@iter/platform/embedded-postgres';
import { createPool } from '@iter/platform/postgres';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '2.4' }, json: { type: 'boolean' } },
});
const seconds = Number(values.seconds);
const callers = [1, 16, 64];
const padding = 'x'.repeat(250);

const given = process.env.ITER_TEST_DATABASE_URL ?? process.env.DATABASE_URL;
const home = given ? null : temporaryHome('iter-bench');
const server = home && (await startEmbeddedPostgres({ home }));
const base = given ?? server.url;
const admin = createPool({ url: base, max: 1 });
const name = `bench_${randomUUID().slice(0, 8)}`;
await admin.query(`create database ${name}`);
const url = Object.assign(new URL(base), { pathname: `/${name}` }).href;
const pool = createPool({ url, max: 64 });
await pool.query(
  `create table a (position bigint generated always as identity primary key, stream text not null,
     revision int not null, data jsonb not null, unique (stream, revision));
   create table r (position bigint generated always as identity primary key, stream text not null,
     revision int not null, data text not null, unique (stream, revision))`,
);
const log = await createPostgresLog({ url });

/** CPU of the server and all its children, µs; 0 where there is no /proc. */
function serverCpu() {
  if (!postmaster) return 0;
  let ticks = 0;
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
      if (fields[1] === postmaster) ticks += Number(fields[11]) + Number(fields[12]);
      else if (pid === postmaster) ticks += Number(fields[13]) + Number(fields[14]);
    } catch {
      // It ended meanwhile.
    }
  }
  return ticks * 10_000;
}
const { rows: backend } = await admin.query('select pg_backend_pid() as pid');
let postmaster = null;
try {
  postmaster = readFileSync(`/proc/${backend[0].pid}/stat`, 'utf8').split(') ')[1].split(' ')[1];
} catch {
  // Another machine or no /proc.
}

const payload = () => ({ id: randomUUID(), what: 'something happened', text: padding });
const writers = {
  A: (stream) => {
    let revision = 0;
    return async () => {
      await pool.query({
        name: 'a',
        text: 'insert into a (stream, revision, data) values ($1, $2, $3), ($1, $2 + 1, $4), ($1, $2 + 2, $5)',
        values: [stream, revision, ...[0, 0, 0].map(() => JSON.stringify(payload()))],
      });
      revision += 3;
    };
  },
  row: (stream) => {
    let revision = 0;
    return async () => {
      await pool.query({
        name: 'r',
        text: 'insert into r (stream, revision, data) values ($1, $2, $3)',
        values: [stream, revision++, JSON.stringify([payload(), payload(), payload()])],
      });
    };
  },
  log: (stream) => {
    let head = null;
    return async () => {
      const commandId = randomUUID();
      const at = new Date().toISOString();
      const events = chainEvents(
        head,
        [0, 1, 2].map(() => ({
          id: randomUUID(),
          type: 'SomethingHappened',
          schemaVersion: 1,
          tenant: 'c_borgo',
          stream,
          occurredAt: at,
          recordedAt: at,
          actor: { account: 'operatore', role: 'DESK_OPERATOR', body: 'p_demo' },
          commandId,
          requestHash: 'ab'.repeat(32),
          causationId: null,
          correlationId: commandId,
          keyId: null,
          data: { text: padding, what: 'something' },
        })),
      );
      const result = await log.append({ stream, expectedRevision: head?.revision ?? -1, events });
      if (result.outcome !== 'appended') throw new Error(result.outcome);
      head = { revision: result.revision, hash: hashEvent(events[2]) };
    };
  },
};

const slices = 8;

/** One slice of one kind of writing, added to what its earlier slices found. */
async function measure(kind, concurrency, ms, sum) {
  const cpu = process.cpuUsage();
  const served = serverCpu();
  const start = performance.now();
  const until = start + ms;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      // A case of ten steps, then the next: new streams are part of the work.
      while (performance.now() < until) {
        const step = writers[kind](`case-${randomUUID()}`);
        for (let i = 0; i < 10 && performance.now() < until; i++) {
          const before = performance.now();
          await step();
          sum.latencies.push(performance.now() - before);
        }
      }
    }),
  );
  sum.ms += performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  sum.client += user + system;
  sum.server += serverCpu() - served;
}

function figuresOf({ latencies, ms, client, server: served }) {
  latencies.sort((x, y) => x - y);
  const at = (share) => Number(latencies[Math.floor(latencies.length * share)].toFixed(2));
  return {
    perSecond: Math.round((latencies.length / ms) * 1000),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    cpuClientUs: Math.round(client / latencies.length),
    cpuServerUs: Math.round(served / latencies.length),
  };
}

const kinds = Object.keys(writers);
const newSums = () =>
  Object.fromEntries(kinds.map((kind) => [kind, { latencies: [], ms: 0, client: 0, server: 0 }]));
for (const kind of kinds) await measure(kind, 16, 400, newSums()[kind]);
const figures = [];
for (const concurrency of callers) {
  const sums = newSums();
  for (let slice = 0; slice < slices; slice++)
    for (const kind of kinds) await measure(kind, concurrency, (seconds * 1000) / slices, sums[kind]);
  const result = Object.fromEntries(kinds.map((kind) => [kind, figuresOf(sums[kind])]));
  const ratio = (other) => Number((result.log.perSecond / result[other].perSecond).toFixed(2));
  const line = { concurrency, ...result, logToA: ratio('A'), logToRow: ratio('row') };
  figures.push(line);
  if (!values.json) process.stdout.write(`c=${concurrency} log/A ${line.logToA} log/row ${line.logToRow}\n`);
  if (!values.json)
    for (const kind of kinds) process.stdout.write(`  ${kind.padEnd(3)} ${JSON.stringify(result[kind])}\n`);
}
if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);

await log.close();
await pool.end();
await admin.query(`drop database ${name} with (force)`);
await admin.end();
await server?.stop();
if (home) rmSync(home, { recursive: true, force: true });
