import type { Position } from '../envelope.ts';
import type { Page } from '../port.ts';
import { openPages, orIsolated, tellPoison } from './commit-page.ts';
import type { ProjectorOptions } from './commit-page.ts';
import { copyRows } from './copy-rows.ts';
import { add, foldKnown, foldPage, noRows, park, tryWriting } from './fold-page.ts';
import { advance, inTransaction } from './generation.ts';
import type { Checkpoint } from './generation.ts';
import { CaseRows, entry, placeOf } from './projection.ts';
import type { ClearEvent, Place, Poison } from './projection.ts';

/** Events a page: so few that they are gone before the collector would have to carry them over. */
export const fillPageSize = 1_000;

/** Pages of which the rows are written together. */
const pagesAPortion = 10;

/** A case whose rows are all in memory, since it was folded from its first event. */
interface Whole {
  readonly first: Place;
  readonly rows: CaseRows;
}

/** What one transaction writes. */
interface Portion<E> {
  /** Cases of which no row is there yet. */
  readonly whole: Whole[];
  readonly poison: Poison[];
  /** After that: events of cases whose rows are there. */
  readonly known: Map<string, E[]>;
  /** Of those, which were erased. */
  readonly erased: Set<string>;
  /** Up to here. */
  position: Position | null;
  pages: number;
}

/**
 * Folds pages into tables that nobody reads yet. A case that begins on the way keeps its rows in memory until others need the
 * room: they are never read again, they are written once, by COPY, and what comes next is folded meanwhile. The checkpoint tells
 * how far it is, and no more: whoever stops half way has to begin anew.
 * @param pages of about `fillPageSize` events
 * @param signal stops it between two pages
 */
export async function fill<E extends ClearEvent>(
  options: ProjectorOptions<E>,
  schema: string,
  from: Checkpoint,
  pages: AsyncIterable<Page>,
  signal?: AbortSignal,
): Promise<Checkpoint> {
  const shelf = new Shelf(options.rowsInMemory ?? 20_000);
  const next = (position: Position | null): Portion<E> => ({
    ...{ whole: [], poison: [], known: new Map(), erased: new Set(), position, pages: 0 },
  });
  let portion = next(from.position);
  let at = from;
  let writing: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    await writing;
    writing = writePortion(options, schema, at, portion);
    // It is thrown where it is waited for.
    writing.catch(() => undefined);
    at = { ...at, position: portion.position };
    portion = next(at.position);
  };
  try {
    for await (const { byCase, erased, position } of openPages(options, pages)) {
      signal?.throwIfAborted();
      for (const [id, events] of byCase) {
        if (erased.has(id)) {
          shelf.take(id);
          portion.known.set(id, [...events]);
          portion.erased.add(id);
          continue;
        }
        const first = events[0]!;
        const kept = shelf.take(id) ?? (first.revision === 0 ? begun(first) : null);
        const poison = kept && foldKnown(options, events, kept.rows);
        if (!kept) entry(portion.known, id).push(...events);
        else if (!poison) shelf.put(id, kept);
        else {
          portion.whole.push(kept);
          portion.poison.push(poison);
        }
      }
      portion.position = position;
      portion.pages++;
      portion.whole.push(...shelf.overflow());
      if (portion.pages === pagesAPortion) await write();
    }
    portion.whole.push(...shelf.clear());
    await write();
    await writing;
    return at;
  } finally {
    await writing.catch(() => undefined);
  }
}

const begun = (first: Place): Whole => ({ first: placeOf(first), rows: new CaseRows() });

/** In rows: a case without any takes room as well. */
const weightOf = ({ rows }: Whole): number => rows.size + 1;

/** Cases in memory; those that were touched last are kept longest. */
class Shelf {
  readonly #cases = new Map<string, Whole>();
  readonly #mostRows: number;
  #rows = 0;

  constructor(mostRows: number) {
    this.#mostRows = mostRows;
  }

  take(id: string): Whole | undefined {
    const kept = this.#cases.get(id);
    if (!kept) return undefined;
    this.#cases.delete(id);
    this.#rows -= weightOf(kept);
    return kept;
  }

  put(id: string, kept: Whole): void {
    this.#cases.set(id, kept);
    this.#rows += weightOf(kept);
  }

  /** Once there are too many rows, cases are given away until a quarter of the room is free. */
  overflow(): readonly Whole[] {
    return this.#rows > this.#mostRows ? this.#giveAway((this.#mostRows * 3) / 4) : [];
  }

  clear(): readonly Whole[] {
    return this.#giveAway(0);
  }

  #giveAway(downTo: number): readonly Whole[] {
    const given: Whole[] = [];
    for (const id of this.#cases.keys()) {
      if (this.#rows <= downTo) break;
      given.push(this.take(id)!);
    }
    return given;
  }
}

async function writePortion<E extends ClearEvent>(
  options: ProjectorOptions<E>,
  schema: string,
  from: Checkpoint,
  { whole, poison, known, erased, position }: Portion<E>,
): Promise<void> {
  const all = await orIsolated((isolate) =>
    inTransaction(options.pool, async (db) => {
      // What a crash takes is made anew with all the rest.
      await db.query('set local synchronous_commit = off');
      await advance(db, schema, from, position);
      const refused: Poison[] = [];
      if (isolate) {
        for (const { first, rows } of whole) {
          const why = await tryWriting(db, schema, rows.changes(), first);
          if (why) refused.push(why);
        }
      } else {
        const all = noRows();
        for (const { rows } of whole) add(all, rows.changes());
        for (const [table, rows] of all.rows) await copyRows(db, schema, table, rows);
      }
      await park(db, schema, [...poison, ...refused]);
      if (known.size === 0) return [...poison, ...refused];
      const folded = await foldPage(db, { ...options, schema }, { byCase: known, erased }, isolate);
      return [...poison, ...refused, ...folded.poison];
    }),
  );
  tellPoison(options, schema, all);
}
