import { setTimeout as pause } from 'node:timers/promises';
import type { Position } from '../envelope.ts';
import type { EventLog } from '../port.ts';

/** Between two looks at the log: on a busy one there is something new after every commit. */
const restMs = 50;

export interface Listener {
  /** Streams of which it wants to hear. */
  readonly prefixes: readonly string[];
  /** Something may be new in them: it reads the log itself. One that throws is told nothing more. */
  hear(): Promise<void>;
}

interface Ear extends Listener {
  /** With what went wrong, if anything. */
  leave(error?: unknown): void;
}

const bells = new WeakMap<EventLog, Bell>();
type Bell = ReturnType<typeof createBell>;

/**
 * Tells a listener, once at the beginning and then whenever something was written to its streams. A dozen of them have one
 * look at the log together: on a busy one each would otherwise ask twenty times a second for what seldom is there.
 * @param after where to begin, when nobody listens yet
 * @returns resolves when the signal aborts or the log is closed
 * @throws what the listener throws, and what keeps the log from being followed
 */
export function listen(
  log: EventLog,
  listener: Listener,
  after: Position | null,
  signal: AbortSignal,
): Promise<void> {
  let bell = bells.get(log);
  if (!bell) bells.set(log, (bell = createBell(log, after, () => bells.delete(log))));
  return bell.join(listener, signal);
}

function createBell(log: EventLog, from: Position | null, onEmpty: () => void) {
  const ears = new Set<Ear>();
  let at = from;
  let turn = new AbortController();

  const tell = (those: readonly Ear[]): Promise<unknown> =>
    Promise.all(those.map((ear) => ear.hear().catch((error: unknown) => ear.leave(error))));

  const follow = async (signal: AbortSignal): Promise<void> => {
    const prefixes = [...new Set([...ears].flatMap((ear) => ear.prefixes))];
    for await (const { events, position } of log.follow({ after: at, prefixes, signal })) {
      // Whoever came meanwhile has begun anew from where this was.
      if (signal.aborted) return;
      at = position;
      const concerned = ({ prefixes: of }: Ear): boolean =>
        events.some(({ stream }) => of.some((prefix) => stream.startsWith(prefix)));
      await tell([...ears].filter(concerned));
      await pause(restMs, undefined, { signal });
    }
  };
  const leaveAll = (signal: AbortSignal, error?: unknown): void => {
    if (!signal.aborted) for (const ear of ears) ear.leave(error);
  };
  /** From where it was, for all who listen now. */
  const beginAnew = (): void => {
    turn.abort();
    const { signal } = (turn = new AbortController());
    follow(signal).then(
      () => leaveAll(signal),
      (error: unknown) => leaveAll(signal, error),
    );
  };

  return {
    join(listener: Listener, signal: AbortSignal): Promise<void> {
      return new Promise((resolve, reject) => {
        const leave = (error?: unknown): void => {
          if (!ears.delete(ear)) return;
          signal.removeEventListener('abort', over);
          if (ears.size === 0) {
            turn.abort();
            onEmpty();
          }
          if (error === undefined) resolve();
          else reject(error);
        };
        const over = (): void => leave();
        const ear: Ear = { ...listener, leave };
        if (signal.aborted) return resolve();
        signal.addEventListener('abort', over, { once: true });
        ears.add(ear);
        beginAnew();
        // What was written before `at` nobody has looked at for this one.
        void tell([ear]);
      });
    },
  };
}
