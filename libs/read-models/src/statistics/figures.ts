import { addDays, startOfNextDay } from '@iter/legal-calendar';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { countedConditions } from '../querying/conditions.ts';
import type { CaseFilter } from '../querying/conditions.ts';
import type { Lists } from '../querying/list.ts';
import type { Viewer } from '../querying/viewer.ts';
import { hideSmall, smallestCell } from './small-cells.ts';
import type { Count } from './small-cells.ts';

export interface StatisticsFilter extends Pick<CaseFilter, 'comuni'> {
  /** Keys of the processes of a service. */
  readonly processes: readonly string[];
  /** Days in Rome, both included: when the cases were started. */
  readonly from: string;
  readonly to: string;
  /** Those of them whose facts are counted as well: the content of their cases is not kept from the viewer. */
  readonly told: readonly string[];
}

export interface Shares {
  readonly name: string;
  readonly count: Count;
}

export interface PhaseFigures {
  readonly process: string;
  /** Id of the task that the phase is, and its name in Italian. */
  readonly element: string;
  readonly name: string;
  readonly done: Count;
  /** Days from opening to completion, to a tenth; null where too few were done. */
  readonly medianDays: number | null;
  readonly p90Days: number | null;
}

export interface TermFigures {
  readonly deadline: string;
  readonly label: { readonly it: string; readonly en: string };
  readonly nature: string;
  readonly binds: string;
  readonly met: Count;
  readonly missed: Count;
  readonly open: Count;
  /** Met of those decided, 0 to 1; null where too few were decided. */
  readonly shareInTime: number | null;
}

export interface StatisticsReport {
  readonly from: string;
  readonly to: string;
  readonly smallestCell: number;
  readonly started: Count;
  readonly byState: readonly Shares[];
  /** Of the cases that ended in each process. */
  readonly byOutcome: readonly (Shares & { readonly process: string })[];
  /** By each value of each fact that the process declares (`iter:fact`); without a name: not said. */
  readonly byFact: readonly (Shares & { readonly process: string; readonly fact: string })[];
  /** Days from start to end, by process. */
  readonly byProcess: readonly (Shares & {
    readonly medianDays: number | null;
    readonly p90Days: number | null;
  })[];
  readonly phases: readonly PhaseFigures[];
  readonly terms: readonly TermFigures[];
  /** Started in the period and open now, by body. */
  readonly load: readonly {
    readonly comune: string;
    readonly comuneName: string;
    readonly started: Count;
    readonly open: Count;
  }[];
}

const days = (from: string, to: string): RawBuilder<unknown> =>
  sql`extract(epoch from ${sql.ref(to)}::timestamptz - ${sql.ref(from)}::timestamptz) / 86400.0`;

/**
 * What a service has done in a period, for the bodies whose cases the viewer may see: counts, times and shares of cases, none
 * of persons, and none of fewer than `smallestCell`. Six statements over indexes of the period, whatever the number of rows
 * that they answer; bounded by processes, their tasks, deadlines and facts, and bodies.
 */
export async function statistics(
  { views, names }: Pick<Lists, 'views' | 'names'>,
  viewer: Viewer,
  { processes, told, from, to, comuni }: StatisticsFilter,
): Promise<StatisticsReport> {
  const filter = comuni === undefined ? {} : { comuni };
  const conditions = countedConditions('c', viewer, filter, names);
  const where = sql.join(
    [
      sql`c.process = any(${[...processes]}::text[])`,
      sql`c.started_at >= ${startOfNextDay(addDays(from, -1))} and c.started_at < ${startOfNextDay(to)}`,
      ...conditions,
    ],
    sql` and `,
  );
  const rows = async <R>(query: RawBuilder<R>): Promise<readonly R[]> => (await query.execute(views)).rows;
  const [states, ended, facts, phases, terms, load] = await Promise.all([
    rows(sql<{ name: string; count: string }>`
      select c.state as name, count(*) from views.cases c where ${where} group by 1 order by 1`),
    rows(sql<EndedRow>`
      select c.process, c.outcome, count(*), grouping(c.outcome) as is_total,
        percentile_cont(0.5) within group (order by ${days('c.started_at', 'c.ended_at')}) as p50,
        percentile_cont(0.9) within group (order by ${days('c.started_at', 'c.ended_at')}) as p90
      from views.cases c where ${where} and c.ended_at is not null
      group by grouping sets ((c.process, c.outcome), (c.process)) order by 1, 2`),
    rows(sql<{ process: string; fact: string; name: string; count: string }>`
      select c.process, n.fact, coalesce(v.name, '') as name, count(*)
      from views.cases c cross join lateral unnest(c.fact_names) n(fact)
        left join lateral (select substr(f, length(n.fact) + 2) as name from unnest(c.facts) f
          where starts_with(f, n.fact || ':')) v on true
      where ${where} and c.process = any(${[...told]}::text[]) group by 1, 2, 3 order by 1, 2, 3`),
    rows(sql<PhaseRow>`
      select c.process, t.element, max(t.definition) as definition, count(*),
        percentile_cont(0.5) within group (order by ${days('t.created_at', 't.ended_at')}) as p50,
        percentile_cont(0.9) within group (order by ${days('t.created_at', 't.ended_at')}) as p90
      from views.cases c join views.tasks t on t.case_id = c.id
      where ${where} and t.state = 'completed' group by 1, 2 order by 1, 2`),
    rows(sql<TermRow>`
      select d.deadline, (array_agg(d.label))[1] as label, max(d.nature) as nature, max(d.binds) as binds,
        count(*) filter (where d.state = 'met') as met, count(*) filter (where d.state = 'missed') as missed,
        count(*) filter (where d.state in ('open', 'suspended')) as open
      from views.cases c join views.deadlines d on d.case_id = c.id
      where ${where} group by 1 order by 1`),
    rows(sql<{ comune: string; started: string; open: string }>`
      select c.comune, count(*) as started, count(*) filter (where c.ended_at is null) as open
      from views.cases c where ${where} group by 1 order by 1`),
  ]);

  const all = load.reduce((sum, { started }) => sum + Number(started), 0);
  const hiddenLoad = hideSmall(load.map(({ started }) => Number(started)));
  const hiddenOpen = hideSmall(load.map(({ open }) => Number(open)));
  const totals = ended.filter(({ is_total }) => Number(is_total) === 1);
  const totalCounts = hideSmall(totals.map(({ count }) => Number(count)));
  return {
    ...{ from, to, smallestCell },
    started: hideSmall([all])[0]!,
    byState: counted(states),
    byOutcome: totals.flatMap(({ process }) =>
      counted(
        ended
          .filter((row) => row.process === process && Number(row.is_total) === 0)
          .map(({ outcome, count }) => ({ name: outcome ?? '', count })),
      ).map((shares) => ({ process, ...shares })),
    ),
    byFact: [...Map.groupBy(facts, ({ process, fact }) => `${process} ${fact}`).values()].flatMap((of) =>
      counted(of).map((shares) => ({ process: of[0]!.process, fact: of[0]!.fact, ...shares })),
    ),
    byProcess: totals.map(({ process, count, p50, p90 }, i) => ({
      ...{ name: process, count: totalCounts[i]! },
      ...timesOf(Number(count), p50, p90),
    })),
    phases: phases.map(({ process, element, definition, count, p50, p90 }) => ({
      ...{ process, element, name: names.element(definition, element) ?? element },
      done: hideSmall([Number(count)])[0]!,
      ...timesOf(Number(count), p50, p90),
    })),
    terms: terms.map(({ deadline, label, nature, binds, met, missed, open }) => {
      const [ok, late, running] = hideSmall([Number(met), Number(missed), Number(open)]);
      const decided = Number(met) + Number(missed);
      return {
        ...{ deadline, label, nature, binds, met: ok!, missed: late!, open: running! },
        // A share would tell the small part that is hidden.
        shareInTime:
          decided < smallestCell || ok === null || late === null
            ? null
            : Math.round((1000 * Number(met)) / decided) / 1000,
      };
    }),
    load: load.map(({ comune }, i) => ({
      comune,
      comuneName: names.body(comune) ?? comune,
      started: hiddenLoad[i]!,
      open: hiddenOpen[i]!,
    })),
  };
}

interface EndedRow {
  readonly process: string;
  readonly outcome: string | null;
  readonly count: string;
  readonly is_total: number;
  readonly p50: number | string | null;
  readonly p90: number | string | null;
}
interface PhaseRow extends Omit<EndedRow, 'outcome' | 'is_total'> {
  readonly element: string;
  readonly definition: string;
}
interface TermRow {
  readonly deadline: string;
  readonly label: TermFigures['label'];
  readonly nature: string;
  readonly binds: string;
  readonly met: string;
  readonly missed: string;
  readonly open: string;
}

function counted(rows: readonly { readonly name: string; readonly count: string }[]): readonly Shares[] {
  const counts = hideSmall(rows.map(({ count }) => Number(count)));
  return rows.map(({ name }, i) => ({ name, count: counts[i]! }));
}

const timesOf = (count: number, p50: unknown, p90: unknown) => ({
  medianDays: count < smallestCell ? null : tenths(p50),
  p90Days: count < smallestCell ? null : tenths(p90),
});

const tenths = (value: unknown): number | null =>
  value === null ? null : Math.round(10 * Number(value)) / 10;
