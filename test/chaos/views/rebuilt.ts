import { setTimeout as pause } from 'node:timers/promises';
import { pointsOfRebuild } from './points.ts';
import { below, oneOf } from './trial.ts';
import type { ViewsTrial } from './trial.ts';

const kills = 3;
const pageSize = 500;
/** Views that answer no question for so long are not served. */
const silentMs = 5_000;

/** F20: the views are made anew while people write and read; that is killed half way several times, and at last goes through. */
export async function rebuildUnderLoad(trial: ViewsTrial): Promise<void> {
  const { random, figures, faults, writing } = trial;
  Object.assign(figures, { kills: 0, swaps: 0 });
  await writing.steps(100);
  // Making anew must be faster than writing, as with pages of real size, or it never ends.
  const live = await trial.follower({ pageSize });
  const reading = read(trial);
  for (let n = 0; n < kills; n++) {
    // The first points of a page are those of following; the later, the more probably it is at making anew.
    const halt = {
      point: oneOf(random, pointsOfRebuild),
      nth: 1 + below(random, 8),
      signal: 'SIGKILL',
    } as const;
    const other = await trial.follower({ halt, pageSize: 20 + below(random, 60) });
    const rebuilding = other.rebuild();
    const isRebuilt = await Promise.race([rebuilding, pause(300 + 2_000 * random()).then(() => false)]);
    if (isRebuilt) figures['swaps']!++;
    await other.kill();
    await rebuilding;
    figures['kills']!++;
  }
  if (await live.rebuild()) figures['swaps']!++;
  else faults.push('the one who follows has ended');
  await pause(300);
  await reading.stop();
  const { rows } = await trial.pool.query<{ nspname: string }>(
    "select nspname from pg_namespace where nspname in ('views_next', 'views_old')",
  );
  if (rows.length > 0) faults.push(`left behind: ${rows.map(({ nspname }) => nspname).join()}`);
}

/** Somebody who looks all along: the views are always there, and never show less than before. */
function read({ pool, faults, figures }: ViewsTrial): { stop(): Promise<void> } {
  let isOver = false;
  let most = 0;
  figures['questions'] = 0;
  const looking = (async () => {
    while (!isOver) {
      const askedAt = performance.now();
      try {
        const { rows } = await pool.query<{ n: number }>(
          'select coalesce(sum(events), 0)::bigint as n from views.tally',
        );
        const { n } = rows[0]!;
        if (n < most) faults.push(`the views showed ${n} events after ${most}`);
        most = Math.max(most, n);
      } catch (error) {
        faults.push(`the views were not there: ${String(error)}`);
      }
      if (performance.now() - askedAt > silentMs) faults.push('the views were silent');
      figures['questions']!++;
      await pause(5);
    }
  })();
  return {
    stop() {
      isOver = true;
      return looking;
    },
  };
}
