interface Entry<V> {
  readonly key: string;
  readonly value: V;
}

/** The entries of some places, in their order; undefined: deleted. Shared between versions, so never changed. */
type Leaf<V> = readonly (Entry<V> | undefined)[];

/** Where each key was put; of all versions that go on from one another. */
interface Index {
  readonly places: Map<string, number>;
  /** Places given away. A version with fewer has been gone on from; it must not give them away once more. */
  length: number;
}

/** Of versions that have put nothing anywhere. */
const noIndex: Index = { places: new Map(), length: -1 };

const leafBits = 6;
const leafSize = 1 << leafBits;
/** So many empty places do not matter. */
const fewEmpty = 8;

/**
 * A map of which many versions share what they have in common: a version is never changed once another was forked from
 * it, and writing costs the same in a case with ten open instances as in one with ten thousand. Keeps the order in
 * which keys were added. A key has its place in a row of leaves; what is deleted leaves its place empty, and when most
 * are empty the rest move together.
 */
export class VersionedMap<V> implements ReadonlyMap<string, V> {
  #index: Index = noIndex;
  #leaves: Leaf<V>[] = [];
  /** Places in use, empty ones included. */
  #length = 0;
  #size = 0;
  /** The row of leaves is another version's as well. */
  #isShared = false;
  /** The leaf that was copied last: no other version has it. */
  #ownLeaf: (Entry<V> | undefined)[] | null = null;

  constructor(entries?: Iterable<readonly [string, V]>) {
    if (entries) for (const [key, value] of entries) this.set(key, value);
  }

  get size(): number {
    return this.#size;
  }

  get(key: string): V | undefined {
    return this.#size === 0 ? undefined : this.#at(this.#index.places.get(key), key)?.value;
  }

  has(key: string): boolean {
    return this.#size > 0 && this.#at(this.#index.places.get(key), key) !== undefined;
  }

  /** A version that may be written without changing this one. */
  fork(): VersionedMap<V> {
    if (this.#size === 0) return new VersionedMap();
    if (this.#length - this.#size > fewEmpty + this.#size) return new VersionedMap(this.entries());
    const fork = new VersionedMap<V>();
    fork.#index = this.#index;
    fork.#leaves = this.#leaves;
    fork.#length = this.#length;
    fork.#size = this.#size;
    fork.#isShared = true;
    return fork;
  }

  /** Only on a fork that nobody else holds. */
  set(key: string, value: V): void {
    const place = this.#index.places.get(key);
    if (place !== undefined && this.#at(place, key)) {
      this.#write(place, { key, value });
      return;
    }
    if (this.#index.length !== this.#length || place !== undefined) this.#ownIndex();
    this.#index.places.set(key, this.#length);
    this.#write(this.#length++, { key, value });
    this.#index.length = this.#length;
    this.#size++;
  }

  /** Only on a fork that nobody else holds. */
  delete(key: string): void {
    const place = this.#index.places.get(key);
    if (place === undefined || !this.#at(place, key)) return;
    this.#write(place, undefined);
    this.#size--;
  }

  /**
   * Takes back a `set` or `delete` of this fork: the key holds again what it held, in its place. What was written later
   * was taken back before.
   */
  restore(key: string, held: V | undefined): void {
    const place = this.#index.places.get(key);
    if (place === undefined) return;
    const isThere = this.#at(place, key) !== undefined;
    if (held !== undefined) {
      this.#write(place, { key, value: held });
      if (!isThere) this.#size++;
    } else if (isThere) {
      // It was added, so it is the last.
      this.#write(place, undefined);
      this.#index.places.delete(key);
      this.#index.length = --this.#length;
      this.#size--;
    }
  }

  *entries(): MapIterator<[string, V]> {
    for (let place = 0; place < this.#length; place++) {
      const entry = this.#leaves[place >> leafBits]?.[place & (leafSize - 1)];
      if (entry) yield [entry.key, entry.value];
    }
  }

  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (let place = 0; place < this.#length; place++) {
      const entry = this.#leaves[place >> leafBits]?.[place & (leafSize - 1)];
      if (entry) yield entry.value;
    }
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(act: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) act(value, key, this);
  }

  /** What this version has at a place that the index gives for a key: versions that went apart may differ. */
  #at(place: number | undefined, key: string): Entry<V> | undefined {
    if (place === undefined || place >= this.#length) return undefined;
    const entry = this.#leaves[place >> leafBits]?.[place & (leafSize - 1)];
    return entry?.key === key ? entry : undefined;
  }

  #write(place: number, entry: Entry<V> | undefined): void {
    if (this.#isShared) {
      this.#leaves = this.#leaves.slice();
      this.#isShared = false;
    }
    const leaf = this.#leaves[place >> leafBits];
    if (leaf === undefined || leaf !== this.#ownLeaf) {
      this.#ownLeaf = leaf?.slice() ?? [];
      this.#leaves[place >> leafBits] = this.#ownLeaf;
    }
    this.#ownLeaf[place & (leafSize - 1)] = entry;
  }

  /** Goes apart from the versions with which it shared its index. Places of what was deleted stay known: see `restore`. */
  #ownIndex(): void {
    const places = new Map<string, number>();
    for (const [key, place] of this.#index.places) if (place < this.#length) places.set(key, place);
    this.#index = { places, length: this.#length };
  }
}
