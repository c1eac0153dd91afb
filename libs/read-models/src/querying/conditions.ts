import { sql } from 'kysely';
import type { Expression, RawBuilder, SqlBool } from 'kysely';
import { isTerritorial } from '@iter/access';
import type { Names } from '../names.ts';
import type { SortKey } from './cursor.ts';
import type { Lists } from './list.ts';
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

/** What conditions ask. */
interface Asked {
  readonly names: Pick<Names, 'bodiesNamed' | 'processes'>;
  readonly bodies: Pick<Lists['bodies'], 'standing'>;
}

/** What a list says of its rows beside their case. */
export interface OfRow {
  /** Whose it is, any of them; `comune` by default. */
  readonly bodyColumns?: readonly string[];
  /** Rows that are seen because they call an office or somebody, whoever takes part in the case. */
  readonly called?: Condition;
  /** Those of them that also somebody sees who holds no office that sees cases: a head of structure what waits for a head. */
  readonly waiting?: Condition;
}

const ownColumn = ['comune'];

/**
 * Conditions on a row that is counted (`row`, an alias with `comune` and `process`; its case is `c`): of a body of whoever asks,
 * and what for. No such row is asked about by itself: where bodies come and go, only those of the territory are counted. Values
 * are bound, never put into the text.
 */
export function countedConditions(
  row: string,
  { comuni, processes, territory }: Viewer,
  filter: CaseFilter,
  names: Asked['names'],
): Condition[] {
  const asked = askedConditions(row, filter, names, ownColumn);
  if (comuni === 'all') return asked;
  const joinings = processes.filter(isTerritorial);
  const elsewhere = processes.filter((it) => !isTerritorial(it));
  const ways = [within(row, ownColumn, comuni, elsewhere)];
  if (joinings.length > 0) {
    const [process, comune] = [sql.ref(`${row}.process`), sql.ref(`${row}.comune`)];
    ways.push(sql<SqlBool>`(${anyOf(process, joinings)} and ${anyOf(comune, territory)})`);
  }
  return [either(ways), ...asked];
}

/** What a row must be that was asked for. */
function askedConditions(
  row: string,
  filter: CaseFilter,
  names: Asked['names'],
  bodyColumns: readonly string[],
): Condition[] {
  const of: Condition[] = [];
  if (filter.comuni) of.push(within(row, bodyColumns, filter.comuni));
  if (filter.process !== undefined) of.push(sql<SqlBool>`${sql.ref(`${row}.process`)} = ${filter.process}`);
  if (filter.caseId !== undefined) of.push(sql<SqlBool>`c.id = ${filter.caseId}`);
  if (filter.text) of.push(...searchConditions(row, filter.text, names));
  return of;
}

/**
 * The same of the rows of a list, each of which is asked about: what whoever asks takes no part in, and no office of theirs sees,
 * is not even looked at.
 */
export function caseConditions(
  row: string,
  viewer: Viewer,
  filter: CaseFilter,
  lists: Asked,
  { bodyColumns = ownColumn, called, waiting }: OfRow = {},
): Condition[] {
  const { comuni, throughout } = viewer;
  const of = [
    ...(comuni === 'all' ? [] : [within(row, bodyColumns, comuni, viewer.processes)]),
    ...askedConditions(row, filter, lists.names, bodyColumns),
  ];
  if (viewer.involvedOnly) return [...of, either([involved(row, viewer), ...(waiting ? [waiting] : [])])];
  const among = filter.comuni ?? comuni;
  if (throughout === 'all' || (among !== 'all' && among.every((it) => throughout.includes(it)))) return of;
  const ways = [involved(row, viewer), ...shared(row, viewer, lists), ...(called ? [called] : [])];
  return [...of, either([...ways, within(row, bodyColumns, throughout, viewer.processes)])];
}

/** Of one of the bodies, or done by one of their offices, or of a process that is seen anywhere. */
function within(
  row: string,
  bodyColumns: readonly string[],
  bodies: readonly string[],
  processes: readonly string[] = [],
): Condition {
  const of = bodyColumns.map((column) => anyOf(sql.ref(`${row}.${column}`), bodies));
  if (processes.length > 0) of.push(anyOf(sql.ref(`${row}.process`), processes));
  return either(of);
}

const either = (of: readonly Condition[]): Condition =>
  of.length === 1 ? of[0]! : sql<SqlBool>`(${sql.join([...of], sql` or `)})`;

/** Whether a body shares a service does not hang on the day. */
const anyDay = '2000-01-01';

/** Of a body of whose staff somebody is, in a process of which it shares the cases among its staff. */
const shared = (row: string, { staffOf }: Viewer, { names, bodies }: Asked): Condition[] =>
  staffOf.flatMap((body) => {
    const keys = names.processes().map(({ key }) => key);
    const of = keys.filter((process) => bodies.standing(body, process, anyDay).shared);
    if (of.length === 0) return [];
    return [
      sql<SqlBool>`(${sql.ref(`${row}.comune`)} = ${body} and ${anyOf(sql.ref(`${row}.process`), of)})`,
    ];
  });

export const anyOf = (column: Expression<unknown>, values: readonly string[]): Condition =>
  values.length === 1
    ? sql<SqlBool>`${column} = ${values[0]}`
    : sql<SqlBool>`${column} = any(${[...values]}::text[])`;

/** Started the case, or has or had a task of it; or another did or has, in their place. */
function involved(row: string, { account, standsFor }: Viewer): Condition {
  const people = [account, ...standsFor];
  return sql<SqlBool>`${sql.ref(row === 'c' ? 'c.id' : `${row}.case_id`)} in (
  select id from views.cases where ${anyOf(sql.ref('started_by'), people)}
  union select id from views.cases where ${anyOf(sql.ref('started_for'), people)}
  union select case_id from views.tasks where ${anyOf(sql.ref('completed_by'), people)} and state = 'completed'
  union select case_id from views.tasks where ${anyOf(sql.ref('completed_for'), people)}
  union select case_id from views.tasks where ${anyOf(sql.ref('assignee'), people)}
  union select case_id from views.tasks where candidate_users <> '{}' and candidate_users && ${people}::text[])`;
}

/** Rows beyond a sort key. All columns run in the same direction. */
export function beyond(columns: readonly string[], key: SortKey, direction: 'asc' | 'desc'): Condition {
  const refs = sql.join(columns.map((column) => sql.ref(column)));
  const operator = sql.raw(direction === 'asc' ? '>' : '<');
  return sql<SqlBool>`(${refs}) ${operator} (${sql.join([...key])})`;
}
