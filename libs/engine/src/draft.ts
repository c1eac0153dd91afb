import type { CaseState, MapField } from './state.ts';
import type { VersionedMap } from './versioned-map.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Entry<F extends MapField> = CaseState[F] extends ReadonlyMap<string, infer V> ? V : never;
type Scalar = Exclude<keyof CaseState, MapField>;

/** A place in a draft to which it can go back. */
export type Mark = number;

type Undo = () => void;

/**
 * A state being changed. Forks a map when it is first written, so that the state it was opened from never changes
 * and nobody pays for what nobody touches. Remembers how to take back what was written after a mark.
 */
export class Draft {
  readonly state: Mutable<CaseState>;
  /** The last leaf of the seen commands is this draft's own. */
  ownsCommands = false;
  private readonly from: CaseState;
  private readonly undo: Undo[] = [];
  private marks = 0;

  constructor(from: CaseState) {
    this.from = from;
    this.state = { ...from };
  }

  put<F extends MapField>(field: F, key: string, value: Entry<F>): void {
    const map = this.fork(field);
    if (this.marks > 0) this.remember(map, key);
    map.set(key, value);
  }

  remove(field: MapField, key: string): void {
    const map = this.fork(field);
    if (this.marks > 0) this.remember(map, key);
    map.delete(key);
  }

  set<S extends Scalar>(field: S, value: CaseState[S]): void {
    if (this.marks > 0) {
      const held = this.state[field];
      this.undo.push(() => void ((this.state as Record<string, unknown>)[field] = held));
    }
    (this.state as Record<string, unknown>)[field] = value;
  }

  mark(): Mark {
    this.marks++;
    return this.undo.length;
  }

  /** What was written after the last mark stays. */
  keep(): void {
    if (--this.marks === 0 && this.undo.length > 0) this.undo.length = 0;
  }

  /** What was written after the mark is taken back. */
  goBack(mark: Mark): void {
    while (this.undo.length > mark) this.undo.pop()?.();
    this.marks--;
  }

  private remember<V>(map: VersionedMap<V>, key: string): void {
    const held = map.get(key);
    this.undo.push(() => map.restore(key, held));
  }

  private fork<F extends MapField>(field: F): VersionedMap<Entry<F>> {
    if (this.state[field] === this.from[field]) {
      (this.state as Record<string, unknown>)[field] = (
        this.state[field] as unknown as VersionedMap<Entry<F>>
      ).fork();
    }
    return this.state[field] as unknown as VersionedMap<Entry<F>>;
  }
}
