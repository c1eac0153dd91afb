import type { EventLog } from '@iter/event-store';
import { followProgress } from '@iter/event-store/following';
import type { Progress, Projector } from '@iter/event-store/following';
import { createViewsProjector, viewsSchema } from '@iter/read-models';
import type { Pool } from 'pg';

/** The views of a log, as they follow it. */
export interface FollowedViews {
  readonly projector: Projector;
  readonly progress: Progress;
  /** Waits until they show what the log holds now. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

export interface FollowOptions {
  /** With events that are not sealed. */
  readonly log: EventLog;
  readonly pool: Pool;
  /** Of the database behind the pool. */
  readonly url: string;
  now(): string;
}

/** Starts the views; they follow until they are stopped. */
export async function followViews({ log, pool, url, now }: FollowOptions): Promise<FollowedViews> {
  const projector = await createViewsProjector({
    ...{ log, pool, clock: { now }, unseal: ({ data }) => Promise.resolve(data) },
    logger: { info: () => undefined, error: () => undefined },
  });
  projector.start();
  await projector.ready;
  const progress = await followProgress({ pool, url, schema: viewsSchema, log });
  return {
    ...{ projector, progress },
    async caughtUp() {
      const last = await log.lastPosition();
      if (last !== null && !(await progress.waitFor(last, 20_000))) throw new Error('The views lag behind.');
    },
    async stop() {
      await progress.close();
      await projector.stop();
    },
  };
}
