import { mapFields } from './state.ts';
import type { CaseState, MapField } from './state.ts';
import { VersionedMap } from './versioned-map.ts';

type Entries<M> = M extends ReadonlyMap<infer K, infer V> ? readonly (readonly [K, V])[] : never;

/** A state as JSON says it: maps are lists of their entries, in their order. */
export type PlainState = Omit<CaseState, MapField | 'commands'> & {
  readonly [F in MapField]: Entries<CaseState[F]>;
} & { readonly commands: readonly (readonly (readonly [string, string])[])[] };

const ofEachMap = <V>(of: (field: MapField) => V): Readonly<Record<MapField, V>> =>
  Object.fromEntries(mapFields.map((field) => [field, of(field)])) as Record<MapField, V>;

/** The state for `JSON.stringify`. Nothing is copied that JSON can say by itself. */
export function plainState(state: CaseState): PlainState {
  const maps = ofEachMap((field) => [...state[field]]);
  return { ...state, ...maps, commands: state.commands.map((leaf) => [...leaf]) } as unknown as PlainState;
}

/** The state again, as if it had been folded from its events. */
export function stateOfPlain(plain: PlainState): CaseState {
  const maps = ofEachMap((field) => new VersionedMap<unknown>(plain[field]));
  return {
    ...plain,
    ...maps,
    commands: plain.commands.map((leaf) => new VersionedMap(leaf)),
  } as unknown as CaseState;
}
