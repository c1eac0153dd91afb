import type { Act } from '@iter/access';
import type { Label } from '@iter/platform/words';
import { sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';
import type { Views } from '../database.ts';
import type { Names } from '../names.ts';
import { beyond, caseConditions } from '../querying/conditions.ts';
import { listPage, nameCase, ofCase } from '../querying/list.ts';
import type { CaseNamed, Lists, OfCase, Paging } from '../querying/list.ts';
import type { Viewer } from '../querying/viewer.ts';
import type { ListPage } from '../views.ts';

/** What a cell of a column holds: a day, an instant, a number, a text as people wrote it, or a name from a process. */
export const cellKinds = ['day', 'moment', 'number', 'text', 'name'] as const;

/** A value, in words where it is a code; null: there is none, or it may not be told. */
export interface LedgerCell {
  readonly value: string | null;
  readonly words: Label | null;
}

export interface LedgerColumn {
  readonly id: string;
  readonly label: Label;
  readonly kind: (typeof cellKinds)[number];
  /** What is reckoned below it. */
  readonly reckoned: 'sum' | 'mean' | null;
}

export interface LedgerLine extends CaseNamed {
  readonly id: string;
  /** In the order of the columns. */
  readonly cells: readonly LedgerCell[];
}

/** How a ledger is headed. */
export interface LedgerHead {
  readonly title: Label;
  /** What it has and what it leaves out. */
  readonly about: Label;
  /** What its lines are when only those that still count are asked for; null: all count. */
  readonly current: Label | null;
  /** Which day of a line lies in a period that is asked for. */
  readonly day: Label;
  readonly columns: readonly LedgerColumn[];
}

/** What every row of a ledger has beside its own columns. */
export interface Rows extends OfCase {
  readonly id: string;
  readonly sort: string;
}

export interface Column<R> extends Omit<LedgerColumn, 'reckoned'> {
  readonly reckoned?: 'sum' | 'mean';
  /** Names a person, or was written freely: whoever sees under pseudonyms does not get it. */
  readonly personal?: true;
  cell(row: R, names: Names): string | number | Label | null;
}

/** A register of a service, made of views over cases: a heading, and where its rows are. */
export interface Ledger<R extends Rows> extends Omit<LedgerHead, 'columns'> {
  /** Who reads a line, asked with the facts of its case. */
  readonly act: Act;
  readonly columns: readonly Column<R>[];
  /** By `sort`, then `id`. */
  readonly order: 'asc' | 'desc';
  /**
   * A statement for the columns of `R` but those of `OfCase`, and `case_id`, `day` (`YYYY-MM-DD`) and `current`; `sort` is never
   * null. Its rows are narrowed and sorted outside.
   */
  readonly rows: RawBuilder<unknown>;
  /** What is counted over other cases, for a page of rows. */
  complete?(views: Views, rows: readonly R[]): Promise<readonly R[]>;
}

export interface LedgerFilter {
  readonly comuni?: readonly string[] | undefined;
  readonly caseId?: string | undefined;
  /** Only the lines that still count, which is the default, or all. */
  readonly state?: 'current' | 'all' | undefined;
  /** Days `YYYY-MM-DD`, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** One page of a ledger, each line only to whoever may read it. */
export function listLedger<R extends Rows>(
  lists: Lists,
  viewer: Viewer,
  ledger: Ledger<R>,
  { comuni, caseId, state = 'current', from, to, ...paging }: LedgerFilter & Paging,
): Promise<ListPage<LedgerLine>> {
  const { order, act } = ledger;
  const conditions = [
    ...caseConditions('c', viewer, { comuni, caseId }, lists),
    ...(state === 'current' ? [sql<SqlBool>`l.current`] : []),
    ...(from === undefined ? [] : [sql<SqlBool>`l.day >= ${from}`]),
    ...(to === undefined ? [] : [sql<SqlBool>`l.day <= ${to}`]),
  ];
  const by = sql.raw(order);
  return listPage<R, LedgerLine>(lists, viewer, paging, {
    // That somebody is heard in a period is told by no page that goes on, to whoever may not read the line.
    secret: true,
    async fetch(key, limit) {
      const where = [
        sql<SqlBool>`true`,
        ...conditions,
        ...(key ? [beyond(['l.sort', 'l.id'], key, order)] : []),
      ];
      const { rows } = await sql<R>`
        select l.*, c.comune, c.process, ${sql.raw(ofCase.join(', '))}
        from (${ledger.rows}) l join views.cases c on c.id = l.case_id
        where ${sql.join(where, sql` and `)}
        order by l.sort ${by}, l.id ${by} limit ${limit}`.execute(lists.views);
      return ledger.complete ? ledger.complete(lists.views, rows) : rows;
    },
    keyOf: (row) => [row.sort, row.id],
    shape: ['', ''],
    acts: [act],
    toItem: (row, sight) => ({
      id: row.id,
      ...nameCase(row, lists.names),
      cells: ledger.columns.map(({ cell, personal }) =>
        told(personal && sight === 'masked' ? null : cell(row, lists.names)),
      ),
    }),
  });
}

const told = (value: string | number | Label | null): LedgerCell =>
  typeof value === 'object' && value !== null
    ? { value: value.it, words: value }
    : { value: value === null ? null : String(value), words: null };

/** The same without what makes it. */
export const headOf = ({ title, about, current, day, columns }: Ledger<never>): LedgerHead => ({
  ...{ title, about, current, day },
  columns: columns.map(({ id, label, kind, reckoned = null }) => ({ id, label, kind, reckoned })),
});

/** What a code means; one that has no words stays as it is. */
export const inWords =
  (words: Readonly<Record<string, Label>>) =>
  (value: string | null): Label | string | null =>
    (value !== null && words[value]) || value;

/** The day in Rome of an instant. */
export const romeDay = (instant: string): RawBuilder<string> =>
  sql`((${sql.ref(instant)})::timestamptz at time zone 'Europe/Rome')::date::text`;

export const contract = inWords({
  PERMANENT: { it: 'Tempo indeterminato', en: 'Permanent' },
  FIXED: { it: 'Tempo determinato', en: 'Fixed term' },
});
