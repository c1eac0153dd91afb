import { setTimeout as pause } from 'node:timers/promises';
import { pointsOfPage } from './points.ts';
import { below, oneOf } from './trial.ts';
import type { ViewsTrial } from './trial.ts';

const kills = 6;
/** A follower that has not come by its point by then is killed where it is. */
const patienceMs = 1_500;

/** F17: one projector after another is killed, most of them at a chosen point of a page, others at any moment. */
export async function killProjectors(trial: ViewsTrial): Promise<void> {
  const { random, figures } = trial;
  Object.assign(figures, { kills: 0, 'at their point': 0 });
  for (let n = 0; n < kills; n++) {
    const point = oneOf(random, pointsOfPage);
    const isAtPoint = random() < 0.8;
    const halt = { point, nth: 1 + below(random, 12), signal: 'SIGKILL' } as const;
    const follower = await trial.follower(isAtPoint ? { halt } : {});
    if (isAtPoint) {
      if (await follower.hasEnded(patienceMs)) figures['at their point']!++;
    } else await pause(500 * random());
    await follower.kill();
    figures['kills']!++;
  }
}
