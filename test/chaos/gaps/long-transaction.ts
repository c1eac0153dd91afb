import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { appendSurely, OutcomeUnknown } from '@iter/event-store';
import type { Append, AppendResult, EventLog } from '@iter/event-store';
import type { Projector } from '@iter/event-store/following';
import { createPostgresLog } from '@iter/event-store/postgres';
import { createPool } from '@iter/platform/postgres';
import type { PoolClient } from 'pg';
import { appendOf } from '../../../libs/event-store/src/contract/events.ts';
import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { judgeTold, judgeWritten } from '../oracle/told.ts';
import type { Written } from '../oracle/told.ts';
import { readWholeLog } from '../oracle/whole-log.ts';
import { randomFrom } from '../random.ts';
import { openViewsProjector } from '../views/projector.ts';
import { Follower } from './follower.ts';
import { appendIn } from './transaction.ts';

const writers = 6;
const patienceMs = 60_000;
type Pool = ReturnType<typeof createPool>;

/** What goes on while a transaction is left open. */
interface Scene {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly follower: Follower;
  readonly projector: Projector;
  readonly written: Written[];
  readonly faults: string[];
  /** How long a session may do nothing within its transaction. */
  readonly lengthMs: number;
}

/** Leaves a transaction open. Resolves when the server has ended its session. @param begin what it does before */
async function leaveOpen(
  { pool, lengthMs }: Scene,
  begin: (client: PoolClient) => Promise<unknown>,
): Promise<void> {
  const client = await pool.connect();
  const gone = new Promise<void>((resolve) => client.once('end', () => resolve()));
  await client.query(`set idle_in_transaction_session_timeout = ${lengthMs}`);
  await client.query('begin');
  await begin(client);
  await gone;
  client.release(true);
}

async function until(what: string, { faults }: Scene, isSo: () => Promise<boolean> | boolean): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > giveUpAt) return void faults.push(`waited in vain for ${what}`);
    await pause(20);
  }
}

/** It has appended: nobody else can, and when it is ended everybody goes on, without what it wrote. */
async function holdTheLog(scene: Scene, n: number): Promise<void> {
  const append = appendOf('case-left-open', null, `left-open/${n}`);
  const ended = leaveOpen(scene, (client) => appendIn(client, append));
  scene.written.push({ answer: 'rolled-back', ids: append.events.map(({ id }) => id) });
  await pause(scene.lengthMs / 2);
  const before = scene.written.length;
  await ended;
  await until('appends after the log was held', scene, () => scene.written.length > before + writers);
}

/** It began before others, and appends after them: they are followed without waiting for it, and it is followed after them. */
async function beginEarly(scene: Scene, n: number): Promise<void> {
  const client = await scene.pool.connect();
  await client.query('begin');
  await client.query('select pg_current_xact_id()');
  const before = scene.follower.told.length;
  await until('followers while a transaction is open', scene, () => scene.follower.told.length > before + 20);
  await pause(scene.lengthMs / 2);
  const append = appendOf('case-early', await headOf(client, 'case-early'), `early/${n}`);
  const answer = await appendIn(client, append);
  await client.query('commit');
  client.release();
  scene.written.push({ answer, ids: append.events.map(({ id }) => id) });
}

/** It holds the checkpoint of the views: they wait, and say how far they are behind, until it is ended. */
async function holdTheViews(scene: Scene): Promise<void> {
  const { log, projector, faults, lengthMs } = scene;
  const gone = leaveOpen(scene, (client) => client.query('select * from views.checkpoint for update'));
  await pause(lengthMs * 0.8);
  const { appends, seconds } = await projector.lag();
  if (appends === 0 || seconds < (lengthMs / 1_000) * 0.3)
    faults.push(`views that wait say that they are ${appends} appends and ${seconds} s behind`);
  await gone;
  const end = (await log.lastPosition())!;
  await until('views after they were held', scene, async () => {
    const { position } = await projector.lag();
    return position !== null && log.comparePositions(position, end) >= 0;
  });
}

async function headOf(client: Pick<Pool, 'query'>, stream: string) {
  const { rows } = await client.query<{ revision: number; hash: string }>(
    `select revision, encode(hash, 'hex') as hash from stream_heads where stream = $1`,
    [stream],
  );
  return rows[0] ?? null;
}

/** Appends as often as it takes; the same bytes each time. */
async function insist(log: EventLog, append: Append): Promise<AppendResult> {
  for (;;) {
    try {
      return await appendSurely(log, append, { pauseMs: 5 });
    } catch (error) {
      if (!(error instanceof OutcomeUnknown)) throw error;
    }
  }
}

/** F16: transactions are left open: one that has appended, one that began long before it appends, one that holds the views. */
export async function leaveTransactionsOpen(ports: TrialPorts): Promise<TrialOutcome> {
  const { seed, folder, databaseUrl, isReal } = ports;
  const random = randomFrom(seed);
  const log = await createPostgresLog({ url: databaseUrl });
  const pool = createPool({ url: databaseUrl, name: 'chaos trial' });
  const follower = await Follower.start(databaseUrl, random);
  const projector = await openViewsProjector({ log, pool, pageSize: 200, version: 1 });
  const lengthMs = isReal ? 60_000 : 1_000 + Math.floor(random() * 1_000);
  const written: Written[] = [];
  const scene: Scene = { log, pool, follower, projector, written, faults: [], lengthMs };
  let isOver = false;
  const write = async (w: number): Promise<void> => {
    for (let n = 0; !isOver; n++) {
      const stream = `case-${w}-${n % 3}`;
      const append = appendOf(stream, await log.head(stream), `${w}/${n}`);
      const { outcome } = await insist(log, append);
      const line = { answer: outcome, ids: append.events.map(({ id }) => id) };
      written.push(line);
      appendFileSync(join(folder, 'ledger.jsonl'), `${JSON.stringify(line)}\n`);
      await pause(random() * 20);
    }
  };
  try {
    projector.start();
    await projector.ready;
    const { rows } = await pool.query<{ idle_in_transaction_session_timeout: string }>(
      'show idle_in_transaction_session_timeout',
    );
    if (rows[0]!.idle_in_transaction_session_timeout !== '1min')
      scene.faults.push('our sessions may leave transactions open');
    const writing = Promise.all(Array.from({ length: writers }, (_, w) => write(w)));
    const acts = [() => holdTheLog(scene, 0), () => beginEarly(scene, 0), () => holdTheViews(scene)];
    for (let left = acts.length; left > 0; left--) await acts.splice(Math.floor(random() * left), 1)[0]!();
    isOver = true;
    await writing;
    const { events, faults } = await readWholeLog(databaseUrl);
    await until('the follower', scene, () => follower.told.length >= events.length);
    return {
      faults: [
        ...scene.faults,
        ...faults,
        ...judgeWritten(written, events),
        ...judgeTold('the follower', follower.told, events),
      ],
      figures: { transactions: 3, appended: events.length },
    };
  } finally {
    isOver = true;
    await projector.stop();
    await follower.end();
    await log.close();
    await pool.end();
  }
}
