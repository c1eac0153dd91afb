import type { Draft } from '../draft.ts';
import type { Compensable, ElementRef, EventOf, Key } from '../events.ts';
import type { Compensation } from '../state.ts';
import { scopeIn, setScope } from './scopes.ts';

/** An activity that something undoes completes. */
export function subscribe(draft: Draft, data: EventOf<'CompensationSubscribed'>['data']): void {
  add(draft, data.scope, compensable(draft, data, data.handler));
}

/** What completed inside an instance can be undone after it, unless something undoes the instance as a whole. */
export function rememberCompletion(draft: Draft, ref: ElementRef): void {
  const instance = draft.state.elements.get(ref.key);
  if (!instance || instance.compensables.length === 0 || instance.compensation !== null) return;
  if (scopeIn(draft, ref.scope)?.compensables.some(({ key }) => key === ref.key)) return;
  add(draft, ref.scope, compensable(draft, ref, null));
}

function compensable(draft: Draft, { key, element }: { key: Key; element: string }, handler: string | null) {
  const instance = draft.state.elements.get(key);
  const { compensables: inside = [], variables = {}, called = null } = instance ?? {};
  return { key, element, handler, inside, variables, called } satisfies Compensable;
}

function add(draft: Draft, scope: Key | null, completed: Compensable): void {
  const holder = scopeIn(draft, scope);
  if (holder) setScope(draft, scope, { compensables: [...holder.compensables, completed] });
}

/** What is undone cannot be undone again. It completed in the scope of the throw, or in one around it. */
export function trigger(draft: Draft, data: EventOf<'CompensationTriggered'>['data']): void {
  const { key, scope, host, compensables } = data;
  const found = new Map<Key, Compensation['pending'][number]>();
  for (let at = scope; found.size < compensables.length;) {
    const holder = scopeIn(draft, at);
    const chosen = (holder?.compensables ?? []).filter((it) => compensables.includes(it.key));
    for (const it of chosen) found.set(it.key, { ...it, scope: at });
    if (holder && chosen.length > 0) {
      setScope(draft, at, { compensables: holder.compensables.filter((it) => !found.has(it.key)) });
    }
    if (at === null) break;
    at = draft.state.elements.get(at)?.scope ?? null;
  }
  const pending = compensables.flatMap((it) => found.get(it) ?? []);
  if (pending.length > 0 || host !== null) draft.put('compensations', key, { key, scope, host, pending });
}

/** The next thing begins to be undone. One that nobody waits for is over with its last. */
export function compensationBegins(draft: Draft, key: Key): void {
  const run = draft.state.compensations.get(key);
  if (!run) return;
  const pending = run.pending.slice(1);
  if (pending.length === 0 && run.host === null) draft.remove('compensations', key);
  else draft.put('compensations', key, { ...run, pending });
}
