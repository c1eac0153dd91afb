import type { CaseState } from './state.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const maps = [
  'elements',
  'tasks',
  'jobs',
  'timers',
  'subscriptions',
  'deadlines',
  'escalations',
  'incidents',
  'documents',
] as const;
type MapField = (typeof maps)[number];
type Entry<F extends MapField> = CaseState[F] extends ReadonlyMap<string, infer V> ? V : never;

const bit = Object.fromEntries(maps.map((field, i) => [field, 1 << i])) as Record<MapField, number>;

/**
 * A state being changed. Copies a map when it is first written, so that the state it was opened from never
 * changes and nobody pays for what nobody touches.
 */
export class Draft {
  state: Mutable<CaseState>;
  /** The last leaf of the seen commands is this draft's own. */
  ownsCommands = false;
  private owned = 0;

  constructor(from: CaseState) {
    this.state = { ...from };
  }

  /** The map of a field, to be written. */
  write<F extends MapField>(field: F): Map<string, Entry<F>> {
    if ((this.owned & bit[field]) === 0) {
      const copy = new Map(this.state[field] as ReadonlyMap<string, Entry<F>>);
      this.state[field] = copy as unknown as Mutable<CaseState>[F];
      this.owned |= bit[field];
    }
    return this.state[field] as unknown as Map<string, Entry<F>>;
  }

  /** The state as it is now; later writes do not touch it. */
  save(): CaseState {
    this.owned = 0;
    this.ownsCommands = false;
    return { ...this.state };
  }

  /** Back to a saved state. */
  restore(saved: CaseState): void {
    this.state = { ...saved };
    this.owned = 0;
    this.ownsCommands = false;
  }
}
