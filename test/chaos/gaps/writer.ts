// Eight writers in a process of their own, which append by the log and by transactions that are late, roll back, or began long ago.
import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { appendSurely } from '@iter/event-store';
import { createPostgresLog } from '@iter/event-store/postgres';
import { createPool } from '@iter/platform/postgres';
import { appendOf } from '../../../libs/event-store/src/contract/events.ts';
import { randomFrom } from '../random.ts';
import { appendIn } from './transaction.ts';

/** How it is configured, in its environment variable `CHAOS_WRITER`. */
export interface WriterConfig {
  readonly databaseUrl: string;
  readonly seed: number;
  readonly name: string;
  readonly forMs: number;
  /** A line for every append of which the outcome is known. */
  readonly ledger: string;
}

const writers = 8;
const config = JSON.parse(process.env['CHAOS_WRITER']!) as WriterConfig;
const log = await createPostgresLog({ url: config.databaseUrl });
const pool = createPool({ url: config.databaseUrl, max: writers, name: 'chaos writer' });
const random = randomFrom(config.seed);
const below = (n: number): number => Math.floor(random() * n);
const until = performance.now() + config.forMs;

/** Most turns go through the log, several streams at once; one of ten is a transaction, which holds all others up. */
async function write(w: number): Promise<void> {
  for (let n = 0; performance.now() < until; n++) {
    const isOwn = random() < 0.1;
    const many = isOwn ? 1 : 1 + below(8);
    await Promise.all(
      Array.from({ length: many }, async (_, i) => {
        // Most streams are of one writer; for some, all processes compete.
        const stream =
          random() < 0.1 ? `case-shared-${below(9)}-${i}` : `case-${config.name}-${w}-${i}-${below(3)}`;
        const fields = Array.from({ length: 1 + below(12) }, (__, k) => ({ n, k }));
        const append = appendOf(stream, await log.head(stream), `${config.name}/${w}/${n}/${i}`, fields);
        const answer = isOwn
          ? await inTransaction(append)
          : (await appendSurely(log, append, { pauseMs: 2 })).outcome;
        const ids = append.events.map(({ id }) => id);
        appendFileSync(config.ledger, `${JSON.stringify({ answer, ids })}\n`);
      }),
    );
  }
}

/** One of twenty is rolled back, a third end late, and half have begun before they append. */
async function inTransaction(append: Parameters<typeof appendIn>[1]): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    if (random() < 0.5) {
      await client.query('select pg_current_xact_id()');
      await pause(random() * 20);
    }
    const answer = await appendIn(client, append);
    if (random() < 0.33) await pause(random() * 12);
    const isGivenUp = random() < 0.05;
    await client.query(isGivenUp ? 'rollback' : 'commit');
    return isGivenUp ? 'rolled-back' : answer;
  } finally {
    client.release();
  }
}

process.on('disconnect', () => process.exit(1));
await Promise.all(Array.from({ length: writers }, (_, w) => write(w)));
await log.close();
await pool.end();
process.exit(0);
