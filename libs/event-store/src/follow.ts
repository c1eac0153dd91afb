import type { Position } from './envelope.ts';
import type { Follow, Page, ReadAll } from './port.ts';
import type { Signal } from './signal.ts';

export interface Followed {
  readonly readAll: (options: ReadAll) => Promise<Page>;
  /** Told how far the log has come; raised to `Infinity` when the log is closed. */
  readonly signal: Signal;
  readonly numberOf: (position: Position | null) => number;
  readonly isClosed: () => boolean;
  /** How often to look without a signal, in case one was lost. */
  readonly lookEveryMs: number;
}

/** Pages of a log for ever: reads when asked for the next, waits for the signal when there is none. */
export async function* followPages(log: Followed, { signal: abort, after = null, ...rest }: Follow) {
  const isOver = (): boolean => abort?.aborted === true || log.isClosed();
  for (let at = after; !isOver();) {
    const page = await log.readAll({ ...rest, after: at, direction: 'forwards' });
    if (isOver()) return;
    if (page.position !== at) yield page;
    at = page.position;
    if (page.atEnd) await log.signal.wait(log.numberOf(at), log.lookEveryMs, abort);
  }
}
