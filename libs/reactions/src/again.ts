import { setTimeout as pause } from 'node:timers/promises';

/** Something done again and again, and at once when somebody asks for it. */
export interface Again {
  run(stop: AbortSignal, alive: () => void): Promise<void>;
  /** Ends the pause; while it is being done, the next pause falls away. */
  nudge(): void;
}

/** Does it, rests, and does it again until it is stopped. What it throws ends it. */
export function again(everyMs: number, act: (stop: AbortSignal) => Promise<void>): Again {
  let nudge = (): void => undefined;
  return {
    async run(stop, alive) {
      while (!stop.aborted) {
        const nudged = new AbortController();
        nudge = () => nudged.abort();
        await act(stop);
        alive();
        const over = AbortSignal.any([stop, nudged.signal]);
        await pause(everyMs, undefined, { signal: over }).catch(() => undefined);
      }
    },
    nudge: () => nudge(),
  };
}
