import { setTimeout as pause } from 'node:timers/promises';
import { pointsOfPage } from './points.ts';
import { below, oneOf } from './trial.ts';
import type { Pool } from './projector.ts';
import type { ViewsTrial } from './trial.ts';

const rounds = 4;
/** Taken back in one round. */
const atMost = 12;

/**
 * F19: a release with a defect fails at some events and sets their cases aside. The next one takes them back while people go on
 * writing to them: beside the release that sets others aside, with the views made anew beside it, and killed half way. At last
 * those are aside that hold what nobody knows, and no others.
 */
export async function takeBack(trial: ViewsTrial): Promise<void> {
  const { random, pool, figures, faults, writing } = trial;
  Object.assign(figures, { 'set aside': 0, 'taken back': 0, kills: 0, swaps: 0 });
  await writing.steps(100);
  let defective = await trial.follower({ failsAtOneIn: 25 });
  await pause(500);
  figures['set aside'] = (await setAside(pool)).length;
  for (let n = 0; n < rounds; n++) {
    if (random() < 0.5) await defective.kill();
    const halt = {
      point: oneOf(random, pointsOfPage),
      nth: 10 + below(random, 80),
      signal: 'SIGKILL',
    } as const;
    const mended = await trial.follower(random() < 0.7 ? { halt } : {});
    const rebuilder = random() < 0.2 ? await trial.follower({ pageSize: 500 }) : null;
    const rebuilding = rebuilder?.rebuild();
    const some = (await setAside(pool)).filter(() => random() < 0.5);
    for (const id of some.slice(0, atMost)) {
      if (await mended.resume(id)) figures['taken back']!++;
      if (!mended.isAlive) break;
    }
    if (await rebuilding) figures['swaps']!++;
    await Promise.all([mended.kill(), rebuilder?.kill()]);
    figures['kills']!++;
    if (!defective.isAlive) defective = await trial.follower({ failsAtOneIn: 25 });
    await pause(300 * random());
    figures['set aside'] = Math.max(figures['set aside']!, (await setAside(pool)).length);
  }
  await defective.kill();
  const last = await trial.follower();
  for (const id of await setAside(pool)) if (await last.resume(id)) figures['taken back']!++;
  if (!last.isAlive) faults.push('the one who takes cases back has ended');
}

async function setAside(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ case_id: string }>('select case_id from views.parked order by case_id');
  return rows.map(({ case_id }) => case_id);
}
