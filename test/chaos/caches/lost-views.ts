import { setTimeout as pause } from 'node:timers/promises';
import { tableNames } from '../views/projector.ts';
import { oneOf, untilCaughtUp } from '../views/trial.ts';
import type { ViewsTrial } from '../views/trial.ts';

/** What somebody does to the views behind our back, and how they come to themselves again. */
interface Loss {
  readonly sql: (random: () => number) => string;
  /** By itself in whoever follows; when another starts; when an operator asks for it. */
  readonly healedBy: 'itself' | 'start' | 'rebuild';
}

const losses: readonly Loss[] = [
  { sql: () => 'drop schema views cascade', healedBy: 'itself' },
  { sql: () => 'delete from views.checkpoint', healedBy: 'itself' },
  { sql: () => "update views.checkpoint set fingerprint = 'another'", healedBy: 'start' },
  { sql: () => "update views.checkpoint set position = 'ffffffff-1'", healedBy: 'start' },
  { sql: (random) => `truncate views.${oneOf(random, tableNames)}`, healedBy: 'rebuild' },
  { sql: (random) => `drop table views.${oneOf(random, tableNames)}`, healedBy: 'rebuild' },
  { sql: () => "update views.tally set events = events + 1, trace = 'x'", healedBy: 'rebuild' },
];

const times = 2;

/** F21v: a view is a cache of the log. Rows that somebody altered are not noticed, but made anew they are right. */
export async function loseViews(trial: ViewsTrial): Promise<void> {
  const { random, figures, faults, pool, writing } = trial;
  Object.assign(figures, { itself: 0, start: 0, rebuild: 0 });
  await writing.steps(60);
  let follower = await trial.follower();
  for (let n = 0; n < times; n++) {
    await untilCaughtUp(trial);
    const { sql, healedBy } = oneOf(random, losses);
    const loss = sql(random);
    await pool.query(loss);
    figures[healedBy]!++;
    if (healedBy === 'rebuild' && !(await follower.rebuild())) faults.push(`not made anew after: ${loss}`);
    if (healedBy === 'start') {
      await follower.kill();
      follower = await trial.follower();
    }
    await pause(100);
  }
  await untilCaughtUp(trial);
}
