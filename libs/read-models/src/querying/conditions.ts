import { sql } from 'kysely';
import type { Expression, RawBuilder, SqlBool } from 'kysely';
import type { Names } from '../names.ts';
import type { SortKey } from './cursor.ts';
import { searchConditions } from './search.ts';
import type { Viewer } from './viewer.ts';

/** What every list can be narrowed by. */
export interface CaseFilter {
  /** Process key. */
  readonly process?: string | undefined;
  /** IPA codes. */
  readonly comuni?: readonly string[] | undefined;
  /** Words, each in the case's code or business key, the Comune's name, or the name of the process; whatever its case. */
  readonly text?: string | undefined;
  readonly caseId?: string | undefined;
}

export type Condition = RawBuilder<SqlBool>;

/**
 * Conditions on a list row (`row`, an alias with `comune` and `process`) and its case (alias `c`): who asks,
 * and what for. Values are bound, never put into the text.
 * @param bodyColumns of the row: whose it is, any of them
 */
export function caseConditions(
  row: string,
  viewer: Viewer,
  filter: CaseFilter,
  names: Pick<Names, 'bodiesNamed' | 'processes'>,
  bodyColumns: readonly string[] = ['comune'],
): Condition[] {
  const of: Condition[] = [];
  const comuni = narrow(viewer.comuni, filter.comuni);
  if (comuni !== 'all') of.push(within(row, bodyColumns, comuni, filter.comuni ? [] : viewer.processes));
  if (viewer.involvedOnly) of.push(involved([viewer.account, ...viewer.standsFor]));
  if (filter.process !== undefined) of.push(sql<SqlBool>`${sql.ref(`${row}.process`)} = ${filter.process}`);
  if (filter.caseId !== undefined) of.push(sql<SqlBool>`c.id = ${filter.caseId}`);
  if (filter.text) of.push(...searchConditions(row, filter.text, names));
  return of;
}

/** Of one of the bodies, or done by one of their offices, or of a process that is seen anywhere. */
function within(
  row: string,
  bodyColumns: readonly string[],
  bodies: readonly string[],
  processes: readonly string[],
): Condition {
  const of = bodyColumns.map((column) => anyOf(sql.ref(`${row}.${column}`), bodies));
  if (processes.length > 0) of.push(anyOf(sql.ref(`${row}.process`), processes));
  return of.length === 1 ? of[0]! : sql<SqlBool>`(${sql.join(of, sql` or `)})`;
}

export const anyOf = (column: Expression<unknown>, values: readonly string[]): Condition =>
  values.length === 1
    ? sql<SqlBool>`${column} = ${values[0]}`
    : sql<SqlBool>`${column} = any(${[...values]}::text[])`;

function narrow(seen: Viewer['comuni'], asked: readonly string[] | undefined): 'all' | readonly string[] {
  if (asked === undefined) return seen;
  return seen === 'all' ? asked : asked.filter((code) => seen.includes(code));
}

/** Started the case, or has or had a task of it; or another did or has, in their place. */
const involved = (people: readonly string[]): Condition => sql<SqlBool>`c.id in (
  select id from views.cases where ${anyOf(sql.ref('started_by'), people)}
  union select id from views.cases where ${anyOf(sql.ref('started_for'), people)}
  union select case_id from views.tasks where ${anyOf(sql.ref('completed_by'), people)} and state = 'completed'
  union select case_id from views.tasks where ${anyOf(sql.ref('completed_for'), people)}
  union select case_id from views.tasks where ${anyOf(sql.ref('assignee'), people)}
  union select case_id from views.tasks where candidate_users <> '{}' and candidate_users && ${[...people]}::text[])`;

/** Rows beyond a sort key. All columns run in the same direction. */
export function beyond(columns: readonly string[], key: SortKey, direction: 'asc' | 'desc'): Condition {
  const refs = sql.join(columns.map((column) => sql.ref(column)));
  const operator = sql.raw(direction === 'asc' ? '>' : '<');
  return sql<SqlBool>`(${refs}) ${operator} (${sql.join([...key])})`;
}
