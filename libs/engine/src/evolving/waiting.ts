import type { Draft } from '../draft.ts';
import type { Key, Variables } from '../events.ts';
import { scopeIn, setScope } from './scopes.ts';

type Waiting = 'timers' | 'subscriptions' | 'signals' | 'conditions';

/** A host begins to wait. */
export function host(draft: Draft, key: Key | null, wait: Key): void {
  const holder = scopeIn(draft, key);
  if (holder) setScope(draft, key, { waits: [...holder.waits, wait] });
}

/** The waiting is over, because it happened or because nobody waits any more. */
export function unhost(draft: Draft, field: Waiting, wait: Key): void {
  const waiting = draft.state[field].get(wait);
  if (!waiting) return;
  draft.remove(field, wait);
  const holder = scopeIn(draft, waiting.host);
  if (holder) setScope(draft, waiting.host, { waits: holder.waits.filter((it) => it !== wait) });
}

/** One event of a parallel multiple has happened: what it brought is kept until the others have. */
export function receive(draft: Draft, field: Waiting, wait: Key, variables: Variables): void {
  const waiting = draft.state[field].get(wait);
  const holder = waiting && scopeIn(draft, waiting.host);
  if (!holder) return;
  const before = holder.received?.[waiting.element];
  const received = { ...holder.received, [waiting.element]: { ...before, ...variables } };
  setScope(draft, waiting.host, { received });
}

/** All of them have happened. */
export function receivedAll(draft: Draft, field: Waiting, wait: Key): void {
  const waiting = draft.state[field].get(wait);
  const holder = waiting && scopeIn(draft, waiting.host);
  if (!waiting || !holder?.received || !(waiting.element in holder.received)) return;
  const others = Object.entries(holder.received).filter(([element]) => element !== waiting.element);
  setScope(draft, waiting.host, { received: others.length > 0 ? Object.fromEntries(others) : null });
}
