import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createPostgresLog } from '@iter/event-store/postgres';
import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { judgeTold, judgeWritten } from '../oracle/told.ts';
import type { Written } from '../oracle/told.ts';
import { readWholeLog } from '../oracle/whole-log.ts';
import { randomFrom } from '../random.ts';
import { Follower } from './follower.ts';
import type { WriterConfig } from './writer.ts';

const processes = 4;
const followers = 3;
const patienceMs = 60_000;

/**
 * F15: 32 writers in four processes append by the log and in transactions of their own, which commit late, roll back, or began long
 * before; meanwhile three followers read, and go on from their checkpoints now and then.
 */
export async function commitLate({ seed, folder, databaseUrl, isReal }: TrialPorts): Promise<TrialOutcome> {
  // Makes the tables.
  await (await createPostgresLog({ url: databaseUrl })).close();
  const forMs = isReal ? 30_000 : 4_000;
  const following = await Promise.all(
    Array.from({ length: followers }, (_, n) => Follower.start(databaseUrl, randomFrom(seed + n))),
  );
  const ledgers = Array.from({ length: processes }, (_, n) => join(folder, `ledger-${n}.jsonl`));
  try {
    const codes = await Promise.all(
      ledgers.map((ledger, n) =>
        run({ databaseUrl, seed: seed * processes + n, name: `w${n}`, forMs, ledger }),
      ),
    );
    const written = ledgers.flatMap(readLedger);
    const { events, faults } = await readWholeLog(databaseUrl);
    const giveUpAt = performance.now() + patienceMs;
    while (following.some(({ told }) => told.length < events.length) && performance.now() < giveUpAt)
      await pause(20);
    return {
      faults: [
        ...faults,
        ...codes.filter((code) => code !== 0).map((code) => `a writer ended with ${code}`),
        ...judgeWritten(written, events),
        ...following.flatMap(({ told }, n) => judgeTold(`follower ${n}`, told, events)),
      ],
      figures: {
        events: events.length,
        appended: count(written, 'appended'),
        conflicts: count(written, 'conflict'),
        'rolled back': count(written, 'rolled-back'),
      },
    };
  } finally {
    await Promise.all(following.map((each) => each.end()));
  }
}

const count = (written: readonly Written[], which: string): number =>
  written.filter(({ answer }) => answer === which).length;

const readLedger = (file: string): readonly Written[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Written)
    : [];

async function run(config: WriterConfig): Promise<number | null> {
  const child = fork(join(import.meta.dirname, 'writer.ts'), [], {
    env: { ...process.env, CHAOS_WRITER: JSON.stringify(config), NODE_OPTIONS: '' },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}
