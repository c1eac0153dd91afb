/**
 * A map of which many versions share what they have in common. A version is never changed once another was forked
 * from it; a fork copies only what was written lately, so that a case with ten thousand open instances pays for each
 * command about what one with ten does. Keeps the order in which keys were added. A key that was deleted is not
 * added again: keys of a case are used once.
 */
export class VersionedMap<V> implements ReadonlyMap<string, V> {
  #base: ReadonlyMap<string, V>;
  /** Written since the base; undefined: deleted. Holds each key in its place, also a deleted one. */
  #recent: Map<string, V | undefined>;
  #size: number;

  constructor(entries: Iterable<readonly [string, V]> = []) {
    this.#base = new Map(entries);
    this.#recent = new Map();
    this.#size = this.#base.size;
  }

  get size(): number {
    return this.#size;
  }

  get(key: string): V | undefined {
    const recent = this.#recent.get(key);
    if (recent !== undefined || this.#base.size === 0) return recent;
    return this.#recent.has(key) ? undefined : this.#base.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** A version that may be written without changing this one. */
  fork(): VersionedMap<V> {
    const fork = new VersionedMap<V>();
    const mostRecent = 32 + 2 * Math.sqrt(this.#base.size);
    if (this.#recent.size > mostRecent) fork.#base = new Map(this.entries());
    else {
      fork.#base = this.#base;
      fork.#recent = new Map(this.#recent);
    }
    fork.#size = this.#size;
    return fork;
  }

  /** Only on a fork that nobody else holds. */
  set(key: string, value: V): void {
    if (!this.has(key)) this.#size++;
    this.#recent.set(key, value);
  }

  /** Only on a fork that nobody else holds. */
  delete(key: string): void {
    if (!this.has(key)) return;
    this.#size--;
    this.#recent.set(key, undefined);
  }

  /** Takes back a `set` or `delete`: the key holds again what it held, in its place. */
  restore(key: string, held: V | undefined): void {
    if (held !== undefined) this.set(key, held);
    else if (this.has(key)) {
      // It was added: nothing was deleted before it in between, so nothing moves.
      this.#size--;
      this.#recent.delete(key);
    }
  }

  *entries(): MapIterator<[string, V]> {
    for (const [key, value] of this.#base) {
      const recent = this.#recent.get(key);
      if (recent !== undefined) yield [key, recent];
      else if (!this.#recent.has(key)) yield [key, value];
    }
    for (const [key, value] of this.#recent) {
      if (value !== undefined && !this.#base.has(key)) yield [key, value];
    }
  }

  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(act: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) act(value, key, this);
  }
}
