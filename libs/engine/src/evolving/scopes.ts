import type { Draft } from '../draft.ts';
import type { Key, Variables } from '../events.ts';
import { withAppended } from '../grown-lists.ts';
import type { Appended } from '../grown-lists.ts';
import type { Scope } from '../state.ts';
import { waitingOf } from '../state.ts';

/** The case's own scope for null, else the instance; undefined when it is not live. */
export function scopeIn(draft: Draft, key: Key | null): Scope | undefined {
  return key === null ? draft.state.root : draft.state.elements.get(key);
}

export function setScope(draft: Draft, key: Key | null, change: Partial<Scope>): void {
  if (key === null) {
    draft.set('root', { ...draft.state.root, ...change });
    return;
  }
  const instance = draft.state.elements.get(key);
  if (instance) draft.put('elements', key, { ...instance, ...change });
}

/**
 * What waits at joins in a scope, and in those around it up to another, waits for nothing any more. What has come of a
 * parallel multiple event stays as long as the others are awaited: it is on the boundary.
 */
export function interrupt(draft: Draft, key: Key | null, upTo = key): void {
  const { received = null, waits = [] } = scopeIn(draft, key) ?? {};
  const awaited = received && waits.map((it) => waitingOf(draft.state, it)?.element);
  const kept = Object.entries(received ?? {}).filter(([element]) => awaited?.includes(element));
  setScope(draft, key, {
    joins: null,
    resets: null,
    received: kept.length > 0 ? Object.fromEntries(kept) : null,
  });
  const around = key === null || key === upTo ? undefined : draft.state.elements.get(key)?.scope;
  if (around !== undefined) interrupt(draft, around, upTo);
}

/** Lists of a scope grow at their end. */
export function appendToLists(draft: Draft, key: Key | null, appended: Appended): void {
  const holder = scopeIn(draft, key);
  if (holder) mergeVariables(draft, key, withAppended(holder.variables, appended));
}

export function mergeVariables(draft: Draft, key: Key | null, variables: Variables): void {
  const holder = scopeIn(draft, key);
  if (holder) setScope(draft, key, { variables: { ...holder.variables, ...variables } });
}
