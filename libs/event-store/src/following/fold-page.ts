import { SealBroken } from '@iter/platform/sealing';
import type { ClientBase } from 'pg';
import type { JsonObject, Position, StoredEvent } from '../envelope.ts';
import { bareData, erasureOrdered, erasurePrefix } from '../erasure.ts';
import type { EventLog, Page } from '../port.ts';
import { describeError, isDataError } from './describe-error.ts';
import { caseOf, CaseRows, entry, foldOver, poisonOf, wantedBy } from './projection.ts';
import type { Changes, ClearEvent, Place, Poison, Projection } from './projection.ts';
import { deletion, loadRows, ownerColumn, upserts } from './table.ts';
import type { Row, Statement, Table } from './table.ts';

export interface Folding<E extends ClearEvent> {
  /** Where the whole history of a case is that was erased. */
  readonly log: EventLog;
  readonly schema: string;
  /** In this order for each event: a later one may read the rows of an earlier one. */
  readonly projections: readonly Projection<E>[];
  /** Decrypts. Throwing is a fault, and the page is tried again; but `SealBroken` sets the case aside. */
  unseal(event: StoredEvent): Promise<JsonObject>;
  /** Whether this code knows the type at this schema version; a case with an unknown event is set aside. */
  isKnown(type: string, schemaVersion: number): boolean;
}

/** What a page did, for change feeds and logs. */
export interface PageResult {
  /** Per case, the tables of which rows changed. */
  readonly changed: ReadonlyMap<string, ReadonlySet<string>>;
  readonly poison: readonly Poison[];
}

/** The events of a page in clear. */
export interface Opened<E> {
  /** In order, by case. */
  readonly byCase: ReadonlyMap<string, readonly E[]>;
  /** Cases that were erased: what stands in their rows goes, and their whole history is here, without what was sealed. */
  readonly erased: ReadonlySet<string>;
}

/** Decrypts only what some projection opens. What cannot be decrypted any more keeps no other case waiting. */
export async function openPage<E extends ClearEvent>(
  { log, projections, unseal, isKnown }: Folding<E>,
  events: readonly StoredEvent[],
): Promise<Opened<E>> {
  const orders = await ordersIn(log);
  for (const event of events) note(orders, event);
  const inClear = async (event: StoredEvent): Promise<ClearEvent> => {
    const ordered = orders.get(event.stream);
    // Whoever had not heard of the order yet may have written after it, under whichever key.
    if (ordered !== undefined && log.comparePositions(event.position, ordered) > 0)
      return { ...event, data: bareData(event.data) };
    try {
      return { ...event, data: await unseal(event) };
    } catch (damage) {
      if (damage instanceof SealBroken) return { ...event, damage };
      throw damage;
    }
  };
  const opens = new Set(projections.flatMap((projection) => projection.opens));
  const closed = events.filter(
    ({ keyId, type, schemaVersion }) => keyId !== null && opens.has(type) && isKnown(type, schemaVersion),
  );
  const clear = await Promise.all(closed.map(inClear));
  let opened = 0;
  const byCase = new Map<string, E[]>();
  const erased = new Set<string>();
  for (const event of events) {
    if (event.stream.startsWith(erasurePrefix)) {
      const id = event.stream.slice(erasurePrefix.length);
      if (event.type !== erasureOrdered || erased.has(id)) continue;
      erased.add(id);
      byCase.set(id, (await bareHistory(log, `${casePrefix}${id}`, event.position)) as unknown as E[]);
      continue;
    }
    const seen = (event === closed[opened] ? clear[opened++] : event) as unknown as E;
    entry(byCase, caseOf(event.stream)).push(seen);
  }
  return { byCase, erased };
}

/** By the stream of a case, where in the log the order to erase it stands. */
const known = new WeakMap<EventLog, Promise<Map<string, Position>>>();

/** Those that a log holds when it is first asked; the others come with its pages. */
async function ordersIn(log: EventLog): Promise<Map<string, Position>> {
  const before = known.get(log);
  if (before) return before;
  const reading = readOrders(log);
  known.set(log, reading);
  reading.catch(() => known.delete(log));
  return reading;
}

async function readOrders(log: EventLog): Promise<Map<string, Position>> {
  const orders = new Map<string, Position>();
  for (let after: Position | null = null; ;) {
    const page: Page = await log.readAll({ after, prefixes: [erasurePrefix] });
    for (const event of page.events) note(orders, event);
    if (page.atEnd) return orders;
    after = page.position;
  }
}

function note(orders: Map<string, Position>, { stream, type, position }: StoredEvent): void {
  if (type === erasureOrdered && stream.startsWith(erasurePrefix))
    orders.set(`${casePrefix}${stream.slice(erasurePrefix.length)}`, position);
}

const casePrefix = 'case-';
const historyPage = 10_000;

/** Everything that a stream held up to a position, of which only what was never sealed is left. */
async function bareHistory(log: EventLog, stream: string, upTo: Position): Promise<readonly StoredEvent[]> {
  const history: StoredEvent[] = [];
  for (;;) {
    const page = await log.readStream(stream, { from: history.length, limit: historyPage });
    for (const event of page) {
      if (log.comparePositions(event.position, upTo) > 0) return history;
      history.push({ ...event, data: bareData(event.data) });
    }
    if (page.length < historyPage) return history;
  }
}

/**
 * Folds cases into the tables of a generation, inside the caller's transaction.
 * @param isolate write case by case, each in a savepoint, and set aside those that PostgreSQL refuses;
 *   slower, so only after the page as a whole was refused
 */
export async function foldPage<E extends ClearEvent>(
  db: ClientBase,
  folding: Folding<E>,
  { byCase, erased }: Opened<E>,
  isolate: boolean,
): Promise<PageResult> {
  const { schema, projections } = folding;
  // Also of those that are set aside: nothing of them may stay, and what is left is folded from its beginning.
  await forgetRows(db, schema, projections, [...erased]);
  const { rows: aside } = await db.query<{ case_id: string }>(`select case_id from ${schema}.parked`);
  const parked = new Set(aside.map(({ case_id }) => case_id));
  const cases = [...byCase].filter(([id]) => !parked.has(id));
  const loaded = await loadByCase(
    db,
    folding,
    cases.flatMap(([, events]) => events),
  );

  const changed = new Map<string, ReadonlySet<string>>();
  const poison: Poison[] = [];
  const together = noRows();
  for (const [id, events] of cases) {
    const rows = new CaseRows(loaded.get(id));
    const poisoned = foldKnown(folding, events, rows);
    const changes = rows.changes();
    const refused = isolate ? await tryWriting(db, schema, changes, events[0]!) : null;
    if (!isolate) add(together, changes);
    if (refused ?? poisoned) poison.push((refused ?? poisoned)!);
    const names = refused ? [] : [...changes.rows.keys(), ...changes.removed.keys()].map(({ name }) => name);
    if (names.length > 0) changed.set(id, new Set(names));
  }
  // Rows went from all, whatever came again.
  for (const id of erased) changed.set(id, new Set(projections.map(({ table }) => table.name)));
  await write(db, schema, together);
  await park(db, schema, poison);
  return { changed, poison };
}

/** Removes every row of some cases; they are set aside no more. */
export async function forgetRows<E extends ClearEvent>(
  db: ClientBase,
  schema: string,
  projections: readonly Projection<E>[],
  cases: readonly string[],
): Promise<void> {
  if (cases.length === 0) return;
  for (const { table } of projections)
    await db.query(`delete from ${schema}.${table.name} where ${ownerColumn(table)} = any($1)`, [cases]);
  await db.query(`delete from ${schema}.parked where case_id = any($1)`, [cases]);
}

/** Rows of many cases, by table. */
export interface Written {
  readonly rows: Map<Table<never>, Row[]>;
  readonly removed: Map<Table<never>, string[]>;
}

export const noRows = (): Written => ({ rows: new Map(), removed: new Map() });

export function add(to: Written, { rows, removed }: Changes): void {
  for (const [table, of] of rows) entry(to.rows, table).push(...of);
  for (const [table, ids] of removed) entry(to.removed, table).push(...ids);
}

async function write(db: ClientBase, schema: string, written: Changes): Promise<void> {
  let sent: Promise<unknown> = Promise.resolve();
  // The next statement is made while PostgreSQL works on the one before.
  for (const statement of statements(schema, written)) {
    await sent;
    sent = db.query(...statement);
  }
  await sent;
}

function* statements(schema: string, { rows, removed }: Changes): Generator<Statement> {
  for (const [table, of] of rows) yield* upserts(schema, table, of);
  for (const [table, ids] of removed) if (ids.length > 0) yield deletion(schema, table, ids);
}

/** Folds the events of a case over its rows; one that is damaged or unknown here ends it, as one that cannot be folded does. */
export function foldKnown<E extends ClearEvent>(
  { projections, isKnown }: Folding<E>,
  events: readonly E[],
  rows: CaseRows,
): Poison | null {
  const last = events.findIndex((event) => event.damage || !isKnown(event.type, event.schemaVersion));
  if (last < 0) return foldOver(projections, events, rows);
  const poison = foldOver(projections, events.slice(0, last), rows);
  const { type, schemaVersion, damage } = events[last]!;
  const why = `this version knows no event ${type} with schema version ${schemaVersion}`;
  return poison ?? poisonOf(events[last]!, damage ?? new Error(why));
}

async function loadByCase<E extends ClearEvent>(
  db: ClientBase,
  { schema, projections }: Folding<E>,
  events: readonly E[],
): Promise<ReadonlyMap<string, ReadonlyMap<Table<never>, readonly Row[]>>> {
  const byCase = new Map<string, Map<Table<never>, Row[]>>();
  for (const [table, wanted] of wantedBy(projections, events)) {
    for (const row of await loadRows(db, schema, table, wanted)) {
      const id = row[ownerColumn(table)] as string;
      let of = byCase.get(id);
      if (!of) byCase.set(id, (of = new Map()));
      entry(of, table).push(row);
    }
  }
  return byCase;
}

/**
 * Writes the rows of one case, alone.
 * @param first what is named when PostgreSQL refuses them: it does not say at which event
 */
export async function tryWriting(
  db: ClientBase,
  schema: string,
  changes: Changes,
  first: Place,
): Promise<Poison | null> {
  await db.query('savepoint one_case');
  try {
    await write(db, schema, changes);
    await db.query('release savepoint one_case');
    return null;
  } catch (error) {
    if (!isDataError(error)) throw error;
    await db.query('rollback to savepoint one_case');
    return { ...poisonOf(first, error), error: describeError(error) };
  }
}

/** Sets cases aside: their events are passed over from here on, until the case is resumed. */
export async function park(db: ClientBase, schema: string, poison: readonly Poison[]): Promise<void> {
  for (const { caseId, event, error } of poison) {
    await db.query(
      `insert into ${schema}.parked (case_id, event_id, event_type, revision, position, error)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (case_id) do update set event_id = excluded.event_id, event_type = excluded.event_type,
         revision = excluded.revision, position = excluded.position, error = excluded.error`,
      [caseId, event.id, event.type, event.revision, event.position, error],
    );
  }
}
