import type { StoredEvent } from '../envelope.ts';
import { describeError } from './describe-error.ts';
import type { Row, Table, Wanted } from './table.ts';

/** An event in clear. */
export type ClearEvent = Omit<StoredEvent, 'data'> & {
  readonly data: object;
  /** Why it is not in clear though it should be: what is sealed in it was altered. */
  readonly damage?: Error;
};

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
export interface Projection<E extends { readonly type: string }> {
  readonly table: Table<never>;
  /** Types that it looks at, so that it is asked about no others; all of them by default. */
  readonly types?: readonly E['type'][];
  /** Types whose sealed fields `apply` needs; the data of others comes as it lies in the log. */
  readonly opens: readonly string[];
  touches(event: E): Touch;
  /** Called for what it touches, in the order of the log; throwing parks the case. */
  apply(event: E, rows: Rows): void;
}

let last = { stream: '', id: '' };

/** `case-<id>` → `<id>`. A case's events are folded one after another: its id is cut out, and hashed, once. */
export function caseOf(stream: string): string {
  if (stream !== last.stream) last = { stream, id: stream.slice(stream.indexOf('-') + 1) };
  return last.id;
}

/** The projections that look at a type of event, in their order. */
type Audience<E extends ClearEvent> = (type: E['type']) => readonly Projection<E>[];

const audiences = new WeakMap<object, unknown>();

/** Made once for a list of projections: most events concern few of many views. */
function audienceOf<E extends ClearEvent>(projections: readonly Projection<E>[]): Audience<E> {
  let audience = audiences.get(projections) as Audience<E> | undefined;
  if (!audience) {
    const byType = new Map<E['type'], readonly Projection<E>[]>();
    audience = (type) => {
      let found = byType.get(type);
      if (!found)
        byType.set(type, (found = projections.filter(({ types }) => types?.includes(type) ?? true)));
      return found;
    };
    audiences.set(projections, audience);
  }
  return audience;
}

/** What must be loaded before a page can be folded; cases that begin in the page have nothing to load. */
export function wantedBy<E extends ClearEvent>(
  projections: readonly Projection<E>[],
  events: readonly E[],
): ReadonlyMap<Table<never>, Wanted> {
  const isNew = new Set(events.filter(({ revision }) => revision === 0).map(({ stream }) => stream));
  const audience = audienceOf(projections);
  const wanted = new Map<Table<never>, { ids: Set<string>; cases: Set<string> }>();
  for (const event of events) {
    if (isNew.has(event.stream)) continue;
    for (const { table, touches } of audience(event.type)) {
      const touch = tryTouching(touches, event);
      if (touch === null || touch.length === 0) continue;
      let of = wanted.get(table);
      if (!of) wanted.set(table, (of = { ids: new Set(), cases: new Set() }));
      if (touch === 'live') of.cases.add(caseOf(event.stream));
      else for (const id of touch) of.ids.add(id);
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
  readonly event: Place;
  readonly error: string;
}

/** Which event of which stream. */
export type Place = Pick<StoredEvent, 'stream' | 'id' | 'type' | 'revision' | 'position'>;

/** What folding makes of the rows of a case. */
export interface Changes {
  readonly rows: ReadonlyMap<Table<never>, readonly Row[]>;
  /** Ids of rows to delete. */
  readonly removed: ReadonlyMap<Table<never>, readonly string[]>;
}

export interface Folded extends Changes {
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
  const rows = new CaseRows(loaded);
  const poison = foldOver(projections, events, rows);
  return { ...rows.changes(), poison };
}

/** Folds the events of one case over its rows, which change, up to before the first event that a projection throws on. */
export function foldOver<E extends ClearEvent>(
  projections: readonly Projection<E>[],
  events: readonly E[],
  rows: CaseRows,
): Poison | null {
  const audience = audienceOf(projections);
  for (const event of events) {
    try {
      for (const projection of audience(event.type)) {
        if (projection.touches(event) !== null) projection.apply(event, rows);
      }
      rows.keep();
    } catch (error) {
      rows.forget();
      return poisonOf(event, error);
    }
  }
  return null;
}

/** Of an event, without its data, which would be kept alive. */
export const placeOf = ({ stream, id, type, revision, position }: Place): Place => ({
  ...{ stream, id, type, revision, position },
});

export const poisonOf = (event: Place, error: unknown): Poison => ({
  caseId: caseOf(event.stream),
  event: placeOf(event),
  error: describeError(error),
});

/** What is known of each row: its value, or null once it was removed. */
type ById = Map<string, Row | null>;

interface OfTable {
  readonly rows: ById;
  readonly changed: Set<string>;
}

/** The rows of a case while it is folded; what the event at hand did to them can be undone. */
export class CaseRows implements Rows {
  readonly #tables = new Map<Table<never>, OfTable>();
  #undo: {
    readonly of: OfTable;
    readonly id: string;
    readonly before: Row | null | undefined;
    wasChanged: boolean;
  }[] = [];

  /** @param loaded none for a case that is folded from its beginning */
  constructor(loaded: ReadonlyMap<Table<never>, readonly Row[]> = new Map()) {
    for (const [table, rows] of loaded)
      this.#tables.set(table, { rows: new Map(rows.map((row) => [idOf(row), row])), changed: new Set() });
  }

  get<R extends object>(table: Table<R>, id: string): R | undefined {
    return (this.#tables.get(table as never)?.rows.get(id) ?? undefined) as R | undefined;
  }

  of<R extends object>(table: Table<R>): readonly R[] {
    const rows = this.#tables.get(table as never)?.rows.values() ?? [];
    return [...rows].filter((row) => row !== null) as unknown as R[];
  }

  put<R extends object>(table: Table<R>, row: R): void {
    this.#set(table as never, idOf(row as never), row as never);
  }

  remove<R extends object>(table: Table<R>, id: string): void {
    this.#set(table as never, id, null);
  }

  #set(table: Table<never>, id: string, row: Row | null): void {
    let of = this.#tables.get(table);
    if (!of) this.#tables.set(table, (of = { rows: new Map(), changed: new Set() }));
    this.#undo.push({ of, id, before: of.rows.get(id), wasChanged: of.changed.has(id) });
    of.rows.set(id, row);
    of.changed.add(id);
  }

  /** The event went well. */
  keep(): void {
    if (this.#undo.length > 0) this.#undo = [];
  }

  /** The event did not: the rows are again as they were before it. */
  forget(): void {
    for (const { of, id, before, wasChanged } of this.#undo.reverse()) {
      if (before === undefined) of.rows.delete(id);
      else of.rows.set(id, before);
      if (!wasChanged) of.changed.delete(id);
    }
    this.#undo = [];
  }

  /** How many rows it holds. */
  get size(): number {
    let size = 0;
    for (const { rows } of this.#tables.values()) size += rows.size;
    return size;
  }

  /** Against what was loaded. */
  changes(): Changes {
    const written = new Map<Table<never>, Row[]>();
    const removed = new Map<Table<never>, string[]>();
    for (const [table, { rows, changed }] of this.#tables) {
      for (const id of changed) {
        const row = rows.get(id);
        if (row) entry(written, table).push(row);
        else entry(removed, table).push(id);
      }
    }
    return { rows: written, removed };
  }
}

const idOf = (row: Row): string => row['id'] as string;

/** The list under a key, made when it is not there. */
export function entry<K, V>(map: Map<K, V[]>, key: K): V[] {
  let values = map.get(key);
  if (values === undefined) map.set(key, (values = []));
  return values;
}
