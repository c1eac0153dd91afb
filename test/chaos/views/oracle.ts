import type { Pool } from './projector.ts';
import { nothingPassed, traced } from './tally.ts';
import type { TallyRow } from './tally.ts';
import type { Asked } from './writing.ts';

/** An event as it lies in the log, read by code other than that under test. */
export interface Lying {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
}

/** What was acknowledged is in the log exactly once, and nothing is there that nobody asked for. */
export function judgeLog(lying: readonly Lying[], asked: readonly Asked[]): string[] {
  const times = new Map<string, number>();
  for (const { id } of lying) times.set(id, (times.get(id) ?? 0) + 1);
  const known = new Set(asked.flatMap(({ ids }) => ids));
  return [
    ...[...times].flatMap(([id, n]) => (n > 1 ? [`event ${id} is there ${n} times`] : [])),
    ...[...times.keys()].flatMap((id) => (known.has(id) ? [] : [`nobody asked for ${id}`])),
    ...asked.flatMap(({ stream, ids, isAcknowledged }) =>
      isAcknowledged && ids.some((id) => !times.has(id)) ? [`${stream}: acknowledged and lost`] : [],
    ),
  ];
}

/** Every event of a case was counted, once and in order, up to before one that nobody knows: there the case was set aside. */
export function judgeTally(
  lying: readonly Lying[],
  rows: readonly TallyRow[],
  parked: readonly string[],
): string[] {
  const expected = new Map<string, { events: number; trace: string }>();
  const aside = new Set<string>();
  for (const { stream, revision, id: eventId, type } of lying) {
    if (!stream.startsWith('case-')) continue;
    const id = stream.slice('case-'.length);
    if (type === 'TaskTeleported') aside.add(id);
    if (aside.has(id)) continue;
    const { events, trace } = expected.get(id) ?? nothingPassed;
    expected.set(id, { events: events + 1, trace: traced(trace, revision, eventId) });
  }
  const found = new Map(rows.map((row) => [row.id, row]));
  const there = new Set(parked);
  return [
    ...[...expected].flatMap(([id, { events, trace }]) => {
      const row = found.get(id);
      if (row?.events === events && row.trace === trace) return [];
      return [`case ${id}: ${row?.events ?? 0} events were counted of ${events}, or in another order`];
    }),
    ...rows.flatMap(({ id }) => (expected.has(id) ? [] : [`case ${id} was counted and is not in the log`])),
    ...[...aside].flatMap((id) => (there.has(id) ? [] : [`case ${id} was not set aside`])),
    ...parked.flatMap((id) => (aside.has(id) ? [] : [`case ${id} was set aside for nothing`])),
  ];
}

/** Every row of every view as text, and who is set aside. */
export async function dumpViews(
  pool: Pool,
  tables: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const dump = new Map<string, readonly string[]>();
  for (const table of tables) {
    const { rows } = await pool.query<{ row: string }>(
      `select t::text as row from views.${table} t order by id`,
    );
    dump.set(
      table,
      rows.map(({ row }) => row),
    );
  }
  const { rows } = await pool.query<{ row: string }>(
    `select (case_id, event_id, event_type, revision, position, error)::text as row from views.parked order by case_id`,
  );
  return dump.set(
    'parked',
    rows.map(({ row }) => row),
  );
}

/** Byte for byte. */
export function compareViews(
  live: ReadonlyMap<string, readonly string[]>,
  rebuilt: ReadonlyMap<string, readonly string[]>,
): string[] {
  return [...rebuilt].flatMap(([table, rows]) => {
    const there = live.get(table) ?? [];
    const at = rows.findIndex((row, i) => row !== there[i]);
    if (at < 0 && there.length === rows.length) return [];
    return [
      `${table}: live views (${there.length} rows) and rebuilt ones (${rows.length}) differ: ${rows[at]?.slice(0, 200)}`,
    ];
  });
}
