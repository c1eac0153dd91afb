import { confidential } from '@iter/access';
import type { Act, ActFacts, CaseFacts, Deed } from '@iter/access';
import { romeDate } from '@iter/legal-calendar';
import type { Views } from '../database.ts';
import type { Names } from '../names.ts';
import type { TaskRow } from '../tasks/table.ts';
import type { ListPage } from '../views.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { SortKey } from './cursor.ts';
import type { Sight, Standings, Viewer } from './viewer.ts';

/** What the lists are made from. */
export interface Lists {
  readonly views: Views;
  readonly names: Names;
  readonly bodies: Standings;
}

export interface Paging {
  /** 1 to 200; 50 by default. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** What each row says about its case. */
export interface OfCase {
  readonly case_id: string;
  readonly comune: string;
  readonly process: string;
  readonly case_code: string;
  readonly case_started_by: string;
  readonly case_started_as: string;
  readonly case_started_for: string | null;
  readonly case_began_at: string;
  readonly case_employee_ref: string | null;
}

/** Selects `OfCase` from the joined case `c`. */
export const ofCase = [
  'c.code as case_code',
  'c.started_by as case_started_by',
  'c.started_as as case_started_as',
  'c.started_for as case_started_for',
  'c.began_at as case_began_at',
  'c.employee_ref as case_employee_ref',
] as const;

export interface Listing<R extends OfCase, Item> {
  /** So many rows in order, beyond the key. */
  fetch(beyond: SortKey | null, limit: number): Promise<readonly R[]>;
  keyOf(row: R): SortKey;
  /** A sort key, for its shape. */
  readonly shape: SortKey;
  /** The row is seen by whoever may do any of these. */
  readonly acts: readonly Act[];
  /** What the acts depend on beside the case. */
  factsOf?(row: R): Omit<ActFacts, 'case'>;
  /** @param facts on which it was decided */
  toItem(row: R, sight: Exclude<Sight, 'nothing'>, facts: ActFacts): Item;
  /**
   * The filter tells what only some may know: a row that is not seen then leaves no trace, not even in a cursor, and the
   * list ends after so many of them in a row.
   */
  readonly secret?: boolean;
}

export const greatestLimit = 200;
const defaultLimit = 50;
/** Pages read in search of rows that may be seen, before the answer is shorter than asked. */
const rounds = 8;
/** With a secret filter the list ends behind so many hidden rows in a row. */
const mostHidden = 5_000;

/**
 * One page of a list. Every row is asked about with the facts of its case: what SQL lets through too many is
 * left out here, so that the list shows what the table of acts allows, neither more nor less.
 * @throws InvalidCursor
 */
export async function listPage<R extends OfCase, Item>(
  lists: Lists,
  viewer: Viewer,
  { limit = defaultLimit, cursor }: Paging,
  listing: Listing<R, Item>,
): Promise<ListPage<Item>> {
  const size = Math.min(Math.max(1, Math.trunc(limit)), greatestLimit);
  const { secret = false } = listing;
  const atOnce = secret ? greatestLimit : size;
  let key = cursor === undefined ? null : decodeCursor(cursor, listing.shape);
  const items: Item[] = [];
  /** Of the last item on a full page. */
  let full: SortKey | null = null;
  let hidden = 0;
  for (let round = 0; secret || round < rounds; round++) {
    const rows = await listing.fetch(key, atOnce + 1);
    const hasMore = rows.length > atOnce;
    const page = rows.slice(0, atOnce);
    const deeds = await deedsOf(lists.views, page);
    for (const [i, row] of page.entries()) {
      const facts = {
        ...listing.factsOf?.(row),
        case: caseFacts(row, deeds.get(row.case_id) ?? [], lists.bodies),
      };
      const sight = viewer.sees(listing.acts, facts);
      key = listing.keyOf(row);
      if (sight === 'nothing') {
        if (++hidden >= mostHidden && secret) return { items, nextCursor: null };
        continue;
      }
      hidden = 0;
      // One more is seen: only then may a secret filter say that there is more.
      if (full) return { items, nextCursor: encodeCursor(full) };
      items.push(listing.toItem(row, sight, facts));
      if (items.length < size) continue;
      if (!secret) return { items, nextCursor: hasMore || i < page.length - 1 ? encodeCursor(key) : null };
      full = key;
    }
    if (!hasMore) return { items, nextCursor: null };
  }
  return { items, nextCursor: key && encodeCursor(key) };
}

/**
 * What access depends on, of the case of a row.
 * @param deeds completed tasks; the start is in the row
 */
export const caseFacts = (row: OfCase, deeds: readonly Deed[], bodies: Standings): CaseFacts => ({
  comune: row.comune,
  process: row.process,
  startedBy: row.case_started_by,
  ...bodies.standing(row.comune, row.process, romeDate(row.case_began_at)),
  deeds: [deed(null, row.case_started_by, row.case_started_as, row.case_started_for), ...deeds],
  incompatible: confidential(row.process)
    ? bodies.incompatible({
        employeeRef: row.case_employee_ref,
        reporters: [row.case_started_by, ...(row.case_started_for === null ? [] : [row.case_started_for])],
      })
    : [],
  headship:
    confidential(row.process) && row.case_employee_ref !== null
      ? bodies.headship(row.comune, row.case_employee_ref)
      : { heads: [], own: [] },
});

const deed = (element: string | null, account: string, role: string, inPlaceOf: string | null): Deed => ({
  ...{ element, account, role },
  ...(inPlaceOf !== null && { onBehalfOf: inPlaceOf }),
});

/** What somebody did who completed a task. */
export const deedOf = (
  row: Pick<TaskRow, 'element' | 'completed_by' | 'completed_as' | 'completed_for'>,
): Deed => deed(row.element, row.completed_by ?? '', row.completed_as ?? '', row.completed_for);

/** Who did what in these cases: one query for a page. */
async function deedsOf(views: Views, rows: readonly OfCase[]): Promise<ReadonlyMap<string, readonly Deed[]>> {
  const ids = [...new Set(rows.map(({ case_id }) => case_id))];
  if (ids.length === 0) return new Map();
  const done = await views
    .selectFrom('tasks')
    .select(['case_id', 'element', 'completed_by', 'completed_as', 'completed_for'])
    .where('case_id', 'in', ids)
    .where('state', '=', 'completed')
    .execute();
  const byCase = new Map<string, Deed[]>();
  for (const { case_id, ...row } of done) {
    byCase.set(case_id, [...(byCase.get(case_id) ?? []), deedOf(row)]);
  }
  return byCase;
}

/** How a row names its case and body. */
export interface CaseNamed {
  readonly caseId: string;
  readonly caseCode: string;
  readonly comune: string;
  readonly comuneName: string;
  readonly process: string;
}

export const nameCase = (row: OfCase, { body }: Names): CaseNamed => ({
  caseId: row.case_id,
  caseCode: row.case_code,
  comune: row.comune,
  comuneName: body(row.comune) ?? row.comune,
  process: row.process,
});
