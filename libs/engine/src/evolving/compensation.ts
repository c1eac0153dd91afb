import type { Draft } from '../draft.ts';
import type { Compensable, ElementRef, EventOf, Key, Undoable, Variables } from '../events.ts';
import { ofIteration } from './iterations.ts';
import { scopeIn, setScope } from './scopes.ts';

/** An activity that something undoes completes. */
export function subscribe(draft: Draft, data: EventOf<'CompensationSubscribed'>['data']): void {
  const { variables, ...ref } = data;
  add(draft, data.scope, compensable(draft, ref, data.handler, variables));
}

/** What completed inside an instance can be undone after it, unless something undoes the instance as a whole. */
export function rememberCompletion(draft: Draft, ref: ElementRef): void {
  const instance = draft.state.elements.get(ref.key);
  if (!instance || instance.compensation !== null) return;
  const holder = scopeIn(draft, ref.scope);
  const known = holder?.compensables.findLast(({ key }) => key === ref.key);
  if (holder && known) {
    if (known.variables === instance.variables) return;
    // What was handed in at its end is part of what it knew.
    const { variables } = instance;
    const compensables = holder.compensables.map((it) => (it === known ? { ...it, variables } : it));
    setScope(draft, ref.scope, { compensables });
  } else if (instance.compensables.length > 0) add(draft, ref.scope, compensable(draft, ref, null));
}

function compensable(
  draft: Draft,
  ref: Pick<ElementRef, 'key' | 'element' | 'scope' | 'iteration'>,
  handler: string | null,
  locals?: Variables,
): Compensable {
  const { key, element } = ref;
  const instance = draft.state.elements.get(key);
  const { compensables: inside = [], called = null } = instance ?? {};
  const variables = instance && !locals ? instance.variables : { ...ofIteration(draft, ref), ...locals };
  return { key, element, handler, inside, variables, called };
}

function add(draft: Draft, scope: Key | null, completed: Compensable): void {
  const holder = scopeIn(draft, scope);
  if (holder) setScope(draft, scope, { compensables: [...holder.compensables, completed] });
}

/** What is undone cannot be undone again. It completed in the scope of the throw, or in one around it. */
export function trigger(draft: Draft, data: EventOf<'CompensationTriggered'>['data']): void {
  const { key, scope, host, compensables, portions = [] } = data;
  const found = new Map<Key, Undoable>(portions.map((it) => [it.key, it]));
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
