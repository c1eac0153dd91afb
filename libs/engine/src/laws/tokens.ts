import type { Key } from '../events.ts';

/** How many of what. */
export type Counts = Map<string, number>;

type Names = Readonly<Record<string, string>>;

/** The books of `Accounts`: which tokens are where. */
export class Tokens {
  /** Tokens on their way, by scope and the element that they are to begin. */
  readonly coming = new Map<Key | null, Counts>();
  /** Tokens that wait at joins, by scope, element and flow. */
  readonly #waiting = new Map<Key | null, Map<string, Counts>>();

  comingIn(scope: Key | null): Counts {
    let counts = this.coming.get(scope);
    if (!counts) this.coming.set(scope, (counts = new Map()));
    return counts;
  }

  waitingAt(scope: Key | null, element: string): Counts {
    let joins = this.#waiting.get(scope);
    if (!joins) this.#waiting.set(scope, (joins = new Map()));
    let flows = joins.get(element);
    if (!flows) joins.set(element, (flows = new Map()));
    return flows;
  }

  /** All that waits in a scope: element, flow, how many. */
  waitingIn(scope: Key | null): readonly string[] {
    return [...(this.#waiting.get(scope) ?? [])].flatMap(([element, flows]) =>
      [...flows].filter(([, count]) => count !== 0).map(([flow, count]) => `${element} ${flow} ${count}`),
    );
  }

  leave(scope: Key | null): void {
    this.coming.delete(scope);
    this.#waiting.delete(scope);
  }

  /** What waits in those scopes waits under new names. */
  rename(elements: Names, flows: Names, isMoved: (scope: Key | null) => boolean): void {
    for (const [scope, joins] of this.#waiting) {
      if (!isMoved(scope)) continue;
      const renamed = [...joins].map(([element, counts]) => {
        const named = [...counts].map(([flow, count]) => [flows[flow] ?? flow, count] as const);
        return [elements[element] ?? element, new Map(named)] as const;
      });
      this.#waiting.set(scope, new Map(renamed));
    }
  }
}

export function add(counts: Counts, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** @returns whether there was one */
export function use(counts: Counts, name: string): boolean {
  const count = counts.get(name) ?? 0;
  if (count > 0) counts.set(name, count - 1);
  return count > 0;
}
