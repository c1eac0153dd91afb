import { join } from 'node:path';
import type { EventLog } from '@iter/event-store';
import { createPool } from '@iter/platform/postgres';
import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { randomFrom } from '../random.ts';
import { FollowerProcess } from './follower-process.ts';
import { judgeLog } from './oracle.ts';
import type { Lying } from './oracle.ts';
import { below, checkpointOf, judgeViews, untilCaughtUp } from './trial.ts';
import { Writing } from './writing.ts';

/** A log that can be put back to what it was, apart from the database of the views. */
export interface RestorableLog {
  readonly logUrl: string;
  open(): Promise<EventLog>;
  /** What it holds, and what is wrong with that, by code other than that under test. */
  read(): Promise<{ readonly lying: readonly Lying[]; readonly faults: readonly string[] }>;
  backUp(): Promise<void>;
  /** To here it will come back; null: it comes back to the backup itself. */
  readonly mark: (() => Promise<void>) | null;
  restore(): Promise<void>;
  /** Whether people may write again before those who follow have looked. */
  readonly mayGoOn: boolean;
}

/**
 * F38: views come to where the log then is no more. What was acknowledged before the mark must be in it, and the views must
 * notice and be made anew, whether the log is still behind their checkpoint or has gone on past it.
 */
export async function restoredTrial(
  { seed, folder, databaseUrl }: TrialPorts,
  restorable: RestorableLog,
): Promise<TrialOutcome> {
  const random = randomFrom(seed);
  const pool = createPool({ url: databaseUrl, name: 'chaos trial' });
  const config = { databaseUrl, logUrl: restorable.logUrl, pageSize: 5 + below(random, 60), version: 1 };
  const followers: FollowerProcess[] = [];
  let log: EventLog | null = null;
  const faults: string[] = [];
  const behind = async (): Promise<number> =>
    log!.distance(await checkpointOf(pool), await log!.lastPosition());
  const follow = async (): Promise<void> => {
    const follower = await FollowerProcess.load();
    followers.push(follower);
    await follower.begin(config);
  };
  const write = (name: string): Writing => new Writing(log!, random, join(folder, name), `${seed} ${name}`);
  try {
    log = await restorable.open();
    const before = write('before');
    await before.steps(20 + below(random, 60));
    // Closed: a server that stops for its backup would break what is on its way.
    await log.close();
    await restorable.backUp();
    log = await restorable.open();
    const kept = write('kept');
    if (restorable.mark) {
      await kept.steps(below(random, 40));
      await restorable.mark();
    }
    const lost = write('lost');
    await lost.steps(1 + below(random, 60));
    await follow();
    await untilCaughtUp({ behind, faults });
    await Promise.all(followers.map((it) => it.kill()));
    await log.close();
    const beganAt = performance.now();
    await restorable.restore();

    log = await restorable.open();
    const after = write('after');
    const goesOn = restorable.mayGoOn && random() < 0.7;
    if (goesOn) await after.steps(1 + below(random, 120));
    await follow();
    await untilCaughtUp({ behind, faults });
    const recoveredMs = Math.round(performance.now() - beganAt);
    if (!goesOn) await after.steps(10);
    await untilCaughtUp({ behind, faults });
    await Promise.all(followers.map((it) => it.kill()));
    const { lying, faults: wrong } = await restorable.read();
    const asked = [...before.asked, ...kept.asked, ...after.asked];
    faults.push(...wrong, ...judgeLog(lying, asked), ...(await judgeViews(log, pool, lying)));
    return {
      faults,
      figures: {
        restored: 1,
        'gone on': Number(goesOn),
        'appends lost with the copy': lost.asked.length,
        'ms until the views are right': recoveredMs,
      },
    };
  } finally {
    await Promise.all(followers.map((it) => it.kill()));
    await log?.close();
    await pool.end();
  }
}
