import type { Key, Variables } from './events.ts';
import { isSame } from './same.ts';
import { scopeOf } from './state.ts';
import type { CaseState } from './state.ts';

/** Names of variables that a scope holds. */
export interface Holder {
  readonly scope: Key | null;
  readonly names: readonly string[];
}

/**
 * Where values stand that were entered: from the scope of the entry outwards, and in called parts that were given a copy.
 * What another instance holds by the same name is another value.
 * @param scopes from where each of them was entered
 */
export function holdersOf(
  state: CaseState,
  values: Variables,
  scopes: Readonly<Record<string, Key | null>>,
): readonly Holder[] {
  const holders = [null, ...state.elements.keys()].map((scope): Holder => ({
    scope,
    names: Object.keys(values).filter((name) => {
      const own = scopeOf(state, scope)?.variables ?? {};
      const holds = Object.hasOwn(own, name) && isSame(own[name], values[name]);
      return holds && isReached(state, scope, name, outwards(state, scopes[name] ?? null));
    }),
  }));
  return holders.filter(({ names }) => names.length > 0);
}

function outwards({ elements }: CaseState, from: Key | null): ReadonlySet<Key | null> {
  const around = new Set<Key | null>([null]);
  for (let key = from; key !== null; key = elements.get(key)?.scope ?? null) around.add(key);
  return around;
}

/** Whether it lies around the entry, or is a called part whose copy came from there. */
function isReached(
  state: CaseState,
  scope: Key | null,
  name: string,
  around: ReadonlySet<Key | null>,
): boolean {
  if (around.has(scope)) return true;
  const instance = scope === null ? undefined : state.elements.get(scope);
  if (!instance || instance.called === null) return false;
  for (let key = instance.scope; !around.has(key);) {
    const outer = key === null ? undefined : state.elements.get(key);
    if (!outer || outer.loop?.item === name) return false;
    if (Object.hasOwn(outer.variables, name)) return isReached(state, outer.key, name, around);
    key = outer.scope;
  }
  return true;
}
