import type { ProcessModel } from '@iter/process-model';
import { evolve } from '../evolve.ts';
import type { CaseEvent, CaseEventType, EventOf } from '../events.ts';
import { emptyState } from '../state.ts';
import type { CaseState } from '../state.ts';
import { Laws } from './laws.ts';

// For specs of the laws: a history that holds, and what makes it one that does not.

/**
 * Holds a history to the laws, as that of one command.
 * @param models the case's first, then those that it calls or goes over to
 * @throws Broken
 */
export function hold(models: readonly ProcessModel[], history: readonly CaseEvent[]): CaseState {
  const laws = new Laws((hash) => models.find((it) => it.hash === hash));
  let state = emptyState;
  for (const event of history) {
    laws.see(event, state);
    state = evolve(state, event);
  }
  laws.between(state);
  return state;
}

/** An event of a type, about an element when one is named; the first of them, or the one of that number. */
export interface Which {
  readonly type: CaseEventType;
  readonly about?: string;
  readonly nr?: number;
}

function find(history: readonly CaseEvent[], { type, about, nr = 1 }: Which): number {
  let left = nr;
  const at = history.findIndex((event) => {
    if (event.type !== type) return false;
    const { element, flow, id } = event.data as { element?: string; flow?: string; id?: string };
    return (about === undefined || [element, flow, id].includes(about)) && --left === 0;
  });
  if (at < 0) throw new Error(`The history has no ${type} ${about ?? ''}`);
  return at;
}

/** The history without that event. */
export function without(history: readonly CaseEvent[], ...all: readonly Which[]): readonly CaseEvent[] {
  const gone = new Set(all.map((which) => find(history, which)));
  return history.filter((_, at) => !gone.has(at));
}

/** The history up to that event, and with it. */
export function until(history: readonly CaseEvent[], which: Which): readonly CaseEvent[] {
  return history.slice(0, find(history, which) + 1);
}

/** The history with that event twice, the second time right after the first. @param changes of the second one */
export function doubled<T extends CaseEventType>(
  history: readonly CaseEvent[],
  which: Which & { readonly type: T },
  changes: Partial<EventOf<T>['data']> = {},
): readonly CaseEvent[] {
  const at = find(history, which);
  return history.toSpliced(at + 1, 0, with_(history[at], changes));
}

/** The history in which that event says something else. */
export function changed<T extends CaseEventType>(
  history: readonly CaseEvent[],
  which: Which & { readonly type: T },
  changes: Partial<EventOf<T>['data']>,
): readonly CaseEvent[] {
  const at = find(history, which);
  return history.with(at, with_(history[at], changes));
}

function with_(event: CaseEvent | undefined, changes: object): CaseEvent {
  return { ...event, data: { ...event?.data, ...changes } } as CaseEvent;
}
