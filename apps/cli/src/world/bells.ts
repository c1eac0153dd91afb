import type { RecordedEvent } from '@iter/commands';
import { bellsAfter } from '@iter/engine';
import type { Key } from '@iter/engine';
import type { Firing, Start } from './starts.ts';
import type { WorldCase } from './world.ts';

/** What rings at an instant: a timer or deadline of a case, or the timer of a start. */
export type Bell = { readonly id: string } & (
  | {
      readonly kind: 'timer' | 'deadline';
      readonly case: WorldCase;
      readonly key: Key;
      readonly dueAt: string;
    }
  | ({ readonly kind: 'start'; readonly start: Start } & Firing)
);

interface Hung {
  readonly bell: Bell;
  /** Of two that ring at one instant the one hung first rings first. */
  readonly nr: number;
}

/** Timers of a suspended case wait for its resumption. */
const isHeld = (bell: Bell): boolean => bell.kind === 'timer' && bell.case.state.suspended;

/** All bells of a world, the soonest at hand: a world of years has tens of thousands. */
export class Bells {
  readonly #hung = new Map<string, Hung>();
  readonly #ofCase = new Map<WorldCase, Set<string>>();
  /** May hold bells that were taken down. */
  readonly #heap = new Heap<Hung>(
    (a, b) => a.bell.dueAt < b.bell.dueAt || (a.bell.dueAt === b.bell.dueAt && a.nr < b.nr),
  );
  #count = 0;

  /** What an event of a case hangs and takes down. What is left over hangs no bell: it goes on at once. */
  heed(it: WorldCase, event: RecordedEvent): void {
    for (const change of bellsAfter(event)) {
      if (change.change === 'clear-all') this.takeAll(it);
      else if (change.kind === 'continuation') continue;
      else if (change.change === 'clear') this.take(`${it.name}/${change.key}`);
      else {
        const { kind, key, dueAt } = change;
        this.hang({ id: `${it.name}/${key}`, case: it, kind, key, dueAt });
      }
    }
  }

  /** Hangs a bell in place of the one with its id; it keeps that one's turn. */
  hang(bell: Bell): void {
    const hung = { bell, nr: this.#hung.get(bell.id)?.nr ?? this.#count++ };
    this.#hung.set(bell.id, hung);
    this.#heap.push(hung);
    if (bell.kind === 'start') return;
    const own = this.#ofCase.get(bell.case);
    if (own) own.add(bell.id);
    else this.#ofCase.set(bell.case, new Set([bell.id]));
  }

  take(id: string): void {
    const bell = this.#hung.get(id)?.bell;
    if (bell && bell.kind !== 'start') this.#ofCase.get(bell.case)?.delete(id);
    this.#hung.delete(id);
  }

  takeAll(of: WorldCase): void {
    for (const id of this.#ofCase.get(of) ?? []) this.#hung.delete(id);
    this.#ofCase.delete(of);
  }

  /** Whether this very bell still hangs. */
  isHung(bell: Bell): boolean {
    return this.#hung.get(bell.id)?.bell === bell;
  }

  /** The instant at which a bell of a case rings next; null: none does. */
  nextOf(it: WorldCase): string | null {
    let soonest: string | null = null;
    for (const id of this.#ofCase.get(it) ?? []) {
      const bell = this.#hung.get(id)?.bell;
      if (bell && !isHeld(bell) && (soonest === null || bell.dueAt < soonest)) soonest = bell.dueAt;
    }
    return soonest;
  }

  /** The one that rings next. */
  soonest(): Bell | null {
    const waiting: Hung[] = [];
    let found: Hung | undefined;
    while ((found = this.#heap.peek())) {
      if (this.#hung.get(found.bell.id) !== found) this.#heap.pop();
      else if (isHeld(found.bell)) {
        waiting.push(found);
        this.#heap.pop();
      } else break;
    }
    for (const it of waiting) this.#heap.push(it);
    return found?.bell ?? null;
  }
}

/** A binary heap: the least first. */
export class Heap<T> {
  readonly #items: T[] = [];
  readonly #isBefore: (a: T, b: T) => boolean;

  constructor(isBefore: (a: T, b: T) => boolean) {
    this.#isBefore = isBefore;
  }

  get size(): number {
    return this.#items.length;
  }

  peek(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    const items = this.#items;
    let at = items.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(item, items[above]!)) break;
      items[at] = items[above]!;
      at = above;
    }
    items[at] = item;
  }

  pop(): T | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = at * 2 + 1;
      if (below >= items.length) break;
      if (below + 1 < items.length && this.#isBefore(items[below + 1]!, items[below]!)) below++;
      if (!this.#isBefore(items[below]!, last)) break;
      items[at] = items[below]!;
      at = below;
    }
    items[at] = last;
    return first;
  }
}
