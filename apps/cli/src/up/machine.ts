import type { FollowerState, Machine } from '@iter/api';
import type { LoopHealth, Projector } from '@iter/read-models';
import type { Logger } from '@iter/platform/logging';
import type { House } from './house.ts';

/** A follower of the log that this process knows how to ask. */
export interface Follower {
  readonly name: string;
  health(): LoopHealth;
  lag(): Promise<{ readonly appends: number; readonly seconds: number }>;
}

/** Queues as the operator sees them; absent in a process that has none. */
export type Queues = Pick<Machine, 'queues' | 'failedJobs' | 'retryJob'>;

export const noQueues: Queues = {
  queues: async () => [],
  failedJobs: async () => [],
  retryJob: async () => false,
};

/** What the operations page shows and does. */
export function createMachine(parts: {
  readonly house: Pick<House, 'log'>;
  readonly queues: Queues;
  readonly followers: readonly Follower[];
  readonly projector: Projector;
  readonly logger: Logger;
  positionOf(name: string): Promise<string | null>;
}): Machine {
  const { queues, followers, projector, logger, positionOf } = parts;
  let rebuilding = false;
  const state = async (follower: Follower): Promise<FollowerState> => {
    const { name } = follower;
    const { state, error } = follower.health();
    const { appends: behind, seconds } = await follower.lag();
    return {
      name,
      position: await positionOf(name),
      behind,
      lagMs: Math.round(seconds * 1000),
      state:
        state !== 'running'
          ? 'stopped'
          : rebuilding && name === 'views'
            ? 'rebuilding'
            : behind > 0
              ? 'catching-up'
              : 'following',
      error,
    };
  };
  return {
    ...queues,
    followers: () => Promise.all(followers.map(state)),
    async rebuildView(name) {
      if (name !== 'views' && !viewNames.has(name)) return false;
      if (rebuilding) return true;
      rebuilding = true;
      // The answer does not wait: the views are made beside the live ones and take their place when they are complete.
      void projector
        .rebuild()
        .catch((error: unknown) => logger.error({ err: error }, 'rebuilding the views failed'))
        .finally(() => (rebuilding = false));
      return true;
    },
  };
}

/** The views are one generation: asking for one of them makes all anew. */
const viewNames = new Set([
  'cases',
  'tasks',
  'deadlines',
  'escalations',
  'incidents',
  'notices',
  'documents',
]);
