import { definitionOf, emptyState, evolve, evolveAll } from '@iter/engine';
import type { CaseState } from '@iter/engine';
import type { CasePorts } from '../ports.ts';
import { readHistory } from './load.ts';

type History = Awaited<ReturnType<typeof readHistory>>;

/** A whole history, ready to be looked at anywhere: no place in it costs more than a short fold. */
export interface Reel {
  /** Oldest first, in clear. */
  readonly events: History;
  /** By revision, the definition that the element of each event is of. */
  readonly definitions: readonly string[];
  /** The case before the events `0`, `reelStride`, `2 × reelStride` … */
  readonly marks: readonly CaseState[];
}

/** Events between two states that a reel keeps. */
export const reelStride = 200;

const emptyReel: Reel = { events: [], definitions: [], marks: [] };

/** The case after so many of its events. Folds fewer than `reelStride` of them. */
export function stateAfter({ events, marks }: Reel, count: number): CaseState {
  const mark = Math.min(Math.floor(count / reelStride), marks.length - 1);
  return evolveAll(marks[mark] ?? emptyState, events.slice(Math.max(0, mark) * reelStride, count));
}

/** A reel with what has happened since. Pure. */
export function windOn(reel: Reel, more: History): Reel {
  const events = [...reel.events, ...more];
  const definitions = [...reel.definitions];
  const marks = [...reel.marks];
  let state = stateAfter(reel, reel.events.length);
  for (const event of more) {
    if (definitions.length === marks.length * reelStride) marks.push(state);
    definitions.push(definitionOf(state, event));
    state = evolve(state, event);
  }
  return { events, definitions, marks };
}

export interface Reels {
  /** The history of a case as the log has it now; read on from where it was left, if that was a moment ago. */
  of(caseId: string): Promise<Reel>;
}

/** Events in clear that are kept for whoever steps through them, and for how long after the last look. */
const mostEvents = 60_000;
const keptMs = 5 * 60_000;

/** The last histories that somebody stepped through, in memory. A cache and nothing else; it empties by itself. */
export function createReels(ports: Pick<CasePorts, 'log' | 'sealer' | 'erasures'>): Reels {
  const kept = new Map<string, { readonly reel: Reel; readonly timer: NodeJS.Timeout }>();
  const drop = (caseId: string): void => {
    clearTimeout(kept.get(caseId)?.timer);
    kept.delete(caseId);
  };
  const makeRoom = (): void => {
    let events = [...kept.values()].reduce((sum, { reel }) => sum + reel.events.length, 0);
    for (const [caseId, { reel }] of kept) {
      if (events <= mostEvents || kept.size === 1) return;
      events -= reel.events.length;
      drop(caseId);
    }
  };
  ports.erasures?.onOrdered(drop);
  return {
    async of(caseId) {
      const before = ports.erasures?.find(caseId);
      const known = kept.get(caseId)?.reel ?? emptyReel;
      const more = await readHistory(ports, caseId, known.events.length);
      const reel = more.length === 0 ? known : windOn(known, more);
      drop(caseId);
      // Erased meanwhile: it was read in clear.
      if (ports.erasures?.find(caseId) !== before) return this.of(caseId);
      kept.set(caseId, { reel, timer: setTimeout(() => kept.delete(caseId), keptMs).unref() });
      makeRoom();
      return reel;
    },
  };
}
