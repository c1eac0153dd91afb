import { setTimeout as pause } from 'node:timers/promises';
import type { FollowerProcess } from './follower-process.ts';
import { pointsOfPage } from './points.ts';
import { below, checkpointOf, oneOf } from './trial.ts';
import type { ViewsTrial } from './trial.ts';

const rounds = 4;

/** On a busy machine it needs its time to take over; one that cannot get on never does. */
async function getsOn(
  other: FollowerProcess,
  before: string | null,
  pool: ViewsTrial['pool'],
): Promise<boolean> {
  for (let left = 80; left > 0; left--) {
    if ((await checkpointOf(pool)) !== before) return true;
    // It came by a point of its own only now, and stands as well.
    if (other.isStanding) other.goOn();
    await pause(250);
  }
  return false;
}

/**
 * F18: two projectors follow; one of them stands still, mostly in the middle of a page, and goes on when the other has long
 * worked in its place. The other must get on, though the first may hold the checkpoint until the server ends its transaction.
 */
export async function standStill(trial: ViewsTrial): Promise<void> {
  const { random, figures, faults, pool } = trial;
  Object.assign(figures, { stood: 0, fenced: 0 });
  const all: FollowerProcess[] = [];
  await all[all.push(await trial.follower()) - 1]!.hasEnded(100);
  for (let n = 0; n < rounds; n++) {
    const point = oneOf(random, pointsOfPage);
    const nth = 1 + below(random, 6);
    const first = await trial.follower({ halt: { point, nth, signal: 'SIGSTOP' } });
    all.push(first);
    const other = all.find((it) => it !== first && it.isAlive)!;
    // It comes by its point only when it is at work: the other makes room for it, and is there again.
    other.stand();
    for (let left = 60; left > 0 && !first.isStanding; left--) await pause(25);
    if (!first.isStanding) first.stand();
    other.goOn();
    figures['stood']!++;
    const before = await checkpointOf(pool);
    const isLong = random() < 0.5;
    await pause(isLong ? 3_500 : 700 * random());
    if (isLong && !(await getsOn(other, before, pool)))
      faults.push('the other did not get on while one stood still');
    first.goOn();
    await pause(300);
    await other.kill();
  }
  figures['fenced'] = all
    .flatMap(({ notes }) => notes)
    .filter((it) => it.includes('another projector')).length;
  const failed = all.flatMap(({ notes }) => notes).filter((it) => it.startsWith('failed'));
  faults.push(...failed);
}
