import type { StoredEvent } from '../envelope.ts';
import { describeError } from './describe-error.ts';
import type { Row, Table, Wanted } from './table.ts';

/** An event in clear. */
export type ClearEvent = Omit<StoredEvent, 'data'> & { readonly data: object };

/** The rows of one case while its events are folded. Rows are replaced, never changed in place. */
export interface Rows {
  get<R extends object>(table: Table<R>, id: string): R | undefined;
  /** The rows at hand: those that the event touches and those made or changed in this page. */
  of<R extends object>(table: Table<R>): readonly R[];
  put<R extends object>(table: Table<R>, row: R): void;
  remove<R extends object>(table: Table<R>, id: string): void;
}

/**
 * What of its table an event concerns: null nothing; ids of rows that it may change (none: it only makes new
 * ones); `live` every live row of the case.
 */
export type Touch = null | readonly string[] | 'live';

/** How a table follows from events. Pure. */
export interface Projection<E> {
  readonly table: Table<never>;
  /** Types whose sealed fields `apply` needs; the data of others comes as it lies in the log. */
  readonly opens: readonly string[];
  touches(event: E): Touch;
  /** Called for what it touches, in the order of the log; throwing parks the case. */
  apply(event: E, rows: Rows): void;
}

/** `case-<id>` → `<id>`. */
export const caseOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

/** What must be loaded before a page can be folded; cases that begin in the page have nothing to load. */
export function wantedBy<E extends ClearEvent>(
  projections: readonly Projection<E>[],
  events: readonly E[],
): ReadonlyMap<Table<never>, Wanted> {
  const isNew = new Set(events.filter(({ revision }) => revision === 0).map(({ stream }) => stream));
  const wanted = new Map<Table<never>, { ids: Set<string>; cases: Set<string> }>();
  for (const { table, touches } of projections) {
    const of = wanted.get(table) ?? { ids: new Set<string>(), cases: new Set<string>() };
    wanted.set(table, of);
    for (const event of events) {
      if (isNew.has(event.stream)) continue;
      const touch = tryTouching(touches, event);
      if (touch === 'live') of.cases.add(caseOf(event.stream));
      else for (const id of touch ?? []) of.ids.add(id);
    }
  }
  return wanted;
}

/** An event that cannot even be looked at is set aside when it is folded, not here. */
function tryTouching<E>(touches: (event: E) => Touch, event: E): Touch {
  try {
    return touches(event);
  } catch {
    return null;
  }
}

/** An event that could not be taken in: its case is set aside from there on. */
export interface Poison {
  readonly caseId: string;
  readonly event: Omit<StoredEvent, 'data'>;
  readonly error: string;
}

export interface Folded {
  readonly rows: ReadonlyMap<Table<never>, readonly Row[]>;
  /** Ids of rows to delete. */
  readonly removed: ReadonlyMap<Table<never>, readonly string[]>;
  readonly poison: Poison | null;
}

/**
 * Folds the events of one case over its rows. Pure.
 * @param loaded the rows that `wantedBy` asked for
 * @returns the rows to write, up to before the first event that a projection throws on
 */
export function foldCase<E extends ClearEvent>(
  projections: readonly Projection<E>[],
  events: readonly E[],
  loaded: ReadonlyMap<Table<never>, readonly Row[]>,
): Folded {
  const work = new WorkingRows(loaded);
  for (const event of events) {
    try {
      for (const projection of projections) {
        if (projection.touches(event) !== null) projection.apply(event, work);
      }
      work.keep();
    } catch (error) {
      work.forget();
      return { ...work.result(), poison: poisonOf(event, error) };
    }
  }
  return { ...work.result(), poison: null };
}

export const poisonOf = (event: Omit<StoredEvent, 'data'>, error: unknown): Poison => ({
  caseId: caseOf(event.stream),
  event,
  error: describeError(error),
});

/** What is known of each row: its value, or null once it was removed. */
type ById = Map<string, Row | null>;

/** Kept rows, and over them those of the event at hand, which count only when all of it went well. */
class WorkingRows implements Rows {
  readonly #kept = new Map<Table<never>, ById>();
  readonly #changed = new Map<Table<never>, Set<string>>();
  #now: [Table<never>, string, Row | null][] = [];

  constructor(loaded: ReadonlyMap<Table<never>, readonly Row[]>) {
    for (const [table, rows] of loaded) this.#kept.set(table, new Map(rows.map((row) => [idOf(row), row])));
  }

  get<R extends object>(table: Table<R>, id: string): R | undefined {
    const now = this.#now.findLast(([of, key]) => of === (table as unknown) && key === id);
    const row = now ? now[2] : this.#kept.get(table as never)?.get(id);
    return (row ?? undefined) as R | undefined;
  }

  of<R extends object>(table: Table<R>): readonly R[] {
    const rows = new Map(this.#kept.get(table as never));
    for (const [of, id, row] of this.#now) if (of === (table as unknown)) rows.set(id, row);
    return [...rows.values()].filter((row) => row !== null) as unknown as R[];
  }

  put<R extends object>(table: Table<R>, row: R): void {
    this.#now.push([table as never, idOf(row as never), row as never]);
  }

  remove<R extends object>(table: Table<R>, id: string): void {
    this.#now.push([table as never, id, null]);
  }

  keep(): void {
    for (const [table, id, row] of this.#now) {
      entry(this.#kept, table, () => new Map<string, Row | null>()).set(id, row);
      entry(this.#changed, table, () => new Set<string>()).add(id);
    }
    this.#now = [];
  }

  forget(): void {
    this.#now = [];
  }

  result(): Pick<Folded, 'rows' | 'removed'> {
    const rows = new Map<Table<never>, Row[]>();
    const removed = new Map<Table<never>, string[]>();
    for (const [table, ids] of this.#changed) {
      for (const id of ids) {
        const row = this.#kept.get(table)?.get(id);
        if (row) entry(rows, table, () => []).push(row);
        else entry(removed, table, () => []).push(id);
      }
    }
    return { rows, removed };
  }
}

const idOf = (row: Row): string => row['id'] as string;

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
