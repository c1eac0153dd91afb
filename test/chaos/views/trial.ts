import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventLog } from '@iter/event-store';
import { createPostgresLog } from '@iter/event-store/postgres';
import { createPool } from '@iter/platform/postgres';
import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { LogObserver } from '../oracle/log.ts';
import { randomFrom } from '../random.ts';
import { FollowerProcess } from './follower-process.ts';
import type { FollowerConfig } from './follower.ts';
import { compareViews, dumpViews, judgeLog, judgeTally } from './oracle.ts';
import type { Lying } from './oracle.ts';
import { openViewsProjector, tableNames } from './projector.ts';
import type { Pool } from './projector.ts';
import type { TallyRow } from './tally.ts';
import { Writing } from './writing.ts';

/** A log that people write to, and views of it that somebody disturbs. */
export interface ViewsTrial {
  readonly random: () => number;
  readonly log: EventLog;
  readonly pool: Pool;
  readonly writing: Writing;
  readonly faults: string[];
  readonly figures: Record<string, number>;
  /** Starts as soon as it can, for one is always loaded in advance. */
  follower(more?: Partial<FollowerConfig>): Promise<FollowerProcess>;
  /** How many appends the views have not taken in. */
  behind(): Promise<number>;
}

const patienceMs = 60_000;

/** From 0 to below `n`. */
export const below = (random: () => number, n: number): number => Math.floor(random() * n);
export const oneOf = <T>(random: () => number, of: readonly T[]): T => of[below(random, of.length)]!;

/** Writes, disturbs, lets the views come to the log's end, and judges log, counts and rows (I1, I2, I3, I5). */
export async function viewsTrial(
  { seed, folder, databaseUrl }: TrialPorts,
  disturb: (trial: ViewsTrial) => Promise<void>,
): Promise<TrialOutcome> {
  const random = randomFrom(seed);
  const log = await createPostgresLog({ url: databaseUrl });
  const pool = createPool({ url: databaseUrl, name: 'chaos trial' });
  const writing = new Writing(log, random, join(folder, 'ledger'), `${seed}`);
  const followers: FollowerProcess[] = [];
  let next: Promise<FollowerProcess> | null = FollowerProcess.load();
  const load = (): Promise<FollowerProcess> => {
    const loaded = next ?? FollowerProcess.load();
    next = null;
    return loaded;
  };
  const trial: ViewsTrial = {
    ...{ random, log, pool, writing, faults: [], figures: {} },
    async follower(more = {}) {
      const follower = await load();
      followers.push(follower);
      next = FollowerProcess.load();
      await follower.begin({ databaseUrl, pageSize: 5 + below(random, 60), version: 1, ...more });
      return follower;
    },
    behind: async () => log.distance(await checkpointOf(pool), await log.lastPosition()),
  };
  try {
    await writing.steps(30);
    writing.start(4);
    await disturb(trial);
    await writing.stop();
    if (!followers.some((it) => it.isAlive && !it.isStanding)) await trial.follower();
    // One whose point comes only now would stand for ever, and may be the only one at work.
    const goOn = setInterval(() => {
      for (const it of followers) if (it.isStanding) it.goOn();
    }, 100);
    await untilCaughtUp(trial).finally(() => clearInterval(goOn));
    await Promise.all(followers.map((it) => it.kill()));
    trial.faults.push(...(await judge(trial, databaseUrl)));
    const { faults, figures } = trial;
    return { faults, figures: { appends: writing.asked.length, ...figures } };
  } finally {
    await writing.stop().catch(() => undefined);
    await Promise.all([...followers, await next].map((it) => it?.kill()));
    await log.close();
    await pool.end();
  }
}

export async function checkpointOf(pool: Pool): Promise<string | null> {
  const { rows } = await pool.query<{ position: string | null }>('select position from views.checkpoint');
  return rows[0]?.position ?? null;
}

export async function untilCaughtUp(trial: Pick<ViewsTrial, 'behind' | 'faults'>): Promise<void> {
  const until = performance.now() + patienceMs;
  while ((await trial.behind().catch(() => 1)) > 0) {
    if (performance.now() > until) {
      trial.faults.push('the views did not come to the end of the log');
      return;
    }
    await pause(20);
  }
}

/** What the log holds, by an observer that is none of ours, and what is wrong with it. */
export async function readLog(
  databaseUrl: string,
): Promise<{ lying: readonly Lying[]; faults: readonly string[] }> {
  const observer = await LogObserver.start(databaseUrl);
  await observer.look();
  await observer.stop();
  return { lying: observer.events as unknown as readonly Lying[], faults: observer.faults };
}

async function judge({ log, pool, writing }: ViewsTrial, databaseUrl: string): Promise<string[]> {
  const { lying, faults } = await readLog(databaseUrl);
  return [...faults, ...judgeLog(lying, writing.asked), ...(await judgeViews(log, pool, lying))];
}

/** The views as they are against the log, and against the same made anew with pages of another size. */
export async function judgeViews(log: EventLog, pool: Pool, lying: readonly Lying[]): Promise<string[]> {
  const { rows } = await pool.query<TallyRow>('select id, events, trace from views.tally');
  const { rows: aside } = await pool.query<{ case_id: string }>('select case_id from views.parked');
  const parked = aside.map(({ case_id }) => case_id);
  const live = await dumpViews(pool, tableNames);
  await (await openViewsProjector({ log, pool, pageSize: 5_000, version: 1 })).rebuild();
  return [...judgeTally(lying, rows, parked), ...compareViews(live, await dumpViews(pool, tableNames))];
}
