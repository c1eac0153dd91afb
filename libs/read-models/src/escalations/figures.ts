import { addDays, startOfNextDay } from '@iter/legal-calendar';
import type { TermNature } from '@iter/legal-calendar';
import { sql } from 'kysely';
import { countedConditions } from '../querying/conditions.ts';
import type { CaseFilter } from '../querying/conditions.ts';
import type { Lists } from '../querying/list.ts';
import type { Viewer } from '../querying/viewer.ts';
import type { EscalationFigures, EscalationFiguresReport } from '../views.ts';

export interface FiguresFilter extends Pick<CaseFilter, 'process' | 'comuni'> {
  /** Days in Rome, both included: when the escalations were raised. */
  readonly from: string;
  readonly to: string;
}

interface Row extends Record<string, unknown> {
  readonly comune: string | null;
  readonly nature: TermNature | null;
  readonly is_total: number;
}

/** Seconds between two instants of the log. */
const seconds = (from: string, to: string) =>
  sql`extract(epoch from ${sql.ref(to)}::timestamptz - ${sql.ref(from)}::timestamptz)`;

const spread = (name: string, of: ReturnType<typeof seconds>) => sql`
  percentile_cont(0.5) within group (order by ${of}) filter (where e.is_in) as ${sql.ref(`${name}_p50`)},
  percentile_cont(0.9) within group (order by ${of}) filter (where e.is_in) as ${sql.ref(`${name}_p90`)},
  max(${of}) filter (where e.is_in) as ${sql.ref(`${name}_max`)}`;

/** Answered when the legal date was past, or past without an answer: days end at 24:00 in Rome, instants at themselves. */
const late = (now: string) => sql`
  coalesce(e.acknowledged_at, ${now})::timestamptz >=
    case when length(e.legal_due_date) = 10
      then (e.legal_due_date::date + 1)::timestamp at time zone 'Europe/Rome'
      else e.legal_due_date::timestamptz end
  and (e.acknowledged_at is not null or e.state <> 'resolved')`;

/**
 * How quickly the escalations of a period were answered, in all and by Comune and nature, of the bodies whose cases the
 * viewer may see. Numbers of escalations, none of persons. One statement; as many rows as there are Comuni and natures.
 * @param now the engine's time
 */
export async function escalationFigures(
  { views, names }: Pick<Lists, 'views' | 'names'>,
  viewer: Viewer,
  { from, to, ...filter }: FiguresFilter,
  now: string,
): Promise<EscalationFiguresReport> {
  const begin = startOfNextDay(addDays(from, -1));
  const end = startOfNextDay(to);
  const conditions = countedConditions('e', viewer, filter, names);
  const where = sql.join([sql`true`, ...conditions], sql` and `);
  const { rows } = await sql<Row>`
    select e.comune, e.nature, grouping(e.comune) as is_total,
      count(*) filter (where e.is_in) as raised,
      count(e.acknowledged_at) filter (where e.is_in) as acknowledged,
      count(*) filter (where e.is_in and ${late(now)}) as late,
      count(e.resolved_at) filter (where e.is_in) as resolved,
      count(*) filter (where e.state <> 'resolved') as open_now,
      ${spread('acknowledge', seconds('e.raised_at', 'e.acknowledged_at'))},
      ${spread('resolve', seconds('e.raised_at', 'e.resolved_at'))}
    from (
      select *, raised_at >= ${begin} and raised_at < ${end} as is_in from views.escalations
      where raised_at >= ${begin} and raised_at < ${end} or state <> 'resolved'
    ) e
    where ${where}
    group by grouping sets ((e.comune, e.nature, e.urgency), ())
    order by e.comune, e.urgency, e.nature`.execute(views);
  const total = rows.find(({ is_total }) => is_total === 1);
  return {
    total: total ? figures(total) : none,
    items: rows
      .filter(({ is_total }) => is_total === 0)
      .map((row) => ({
        ...figures(row),
        comune: row.comune ?? '',
        comuneName: names.body(row.comune ?? '') ?? row.comune ?? '',
        nature: row.nature,
      })),
  };
}

const figures = (row: Row): EscalationFigures => ({
  raised: Number(row['raised']),
  acknowledged: Number(row['acknowledged']),
  acknowledgedLate: Number(row['late']),
  resolved: Number(row['resolved']),
  openNow: Number(row['open_now']),
  toAcknowledge: spreadOf(row, 'acknowledge'),
  toResolve: spreadOf(row, 'resolve'),
});

const spreadOf = (row: Row, name: string) => ({
  p50: rounded(row[`${name}_p50`]),
  p90: rounded(row[`${name}_p90`]),
  max: rounded(row[`${name}_max`]),
});

const rounded = (value: unknown): number | null => (value === null ? null : Math.round(Number(value)));

const nothing = { p50: null, p90: null, max: null };
const none: EscalationFigures = {
  ...{ raised: 0, acknowledged: 0, acknowledgedLate: 0, resolved: 0, openNow: 0 },
  toAcknowledge: nothing,
  toResolve: nothing,
};
