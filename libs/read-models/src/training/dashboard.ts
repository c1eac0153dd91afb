import type { Views } from '../database.ts';
import type { Viewer } from '../querying/viewer.ts';
import { inHundredths } from './ledger.ts';
import { ofBodies } from './sight.ts';
import type { TrainingPathRow } from './tables.ts';

/** Where a person stands: there already; there with what is planned; only if what is declared is accepted; not. */
export type PathStatus = 'REACHED' | 'ON_TRACK' | 'AT_RISK' | 'BELOW';

/** A Comune's training in a year. Who has left is not counted. */
export interface ComuneDashboard {
  readonly comune: string;
  readonly year: number;
  readonly staff: number;
  readonly averageHours: number | null;
  /** Whole per cent of the staff with the hours that are expected of each (40, or the pro rata). */
  readonly reachedPct: number | null;
  readonly reached: number;
  /** Persons with certified hours in a subject, and those hours; the compulsory subjects all, also with none. */
  readonly subjects: readonly {
    readonly subject: string;
    readonly persons: number;
    readonly hours: number;
  }[];
  /** At 31 December, if what is declared is accepted and what is planned is attended. */
  readonly forecast: {
    readonly averageHours: number | null;
    readonly reached: number;
    readonly byStatus: Readonly<Record<PathStatus, number>>;
  };
}

/** Source: domain/training.md § 2, compulsory subjects of the Directive of 14 January 2025 */
const compulsory = [
  ...['COMMUNICATION', 'HEALTH_SAFETY', 'ANTI_CORRUPTION', 'ETHICS'],
  ...['PUBLIC_CONTRACTS', 'AGILE_WORK', 'STRATEGIC_PLANNING'],
];

/** Null when the viewer may not see this body. */
export async function comuneDashboard(
  views: Views,
  viewer: Viewer,
  { comune, year }: { readonly comune: string; readonly year: number },
): Promise<ComuneDashboard | null> {
  if (viewer.comuni !== 'all' && (viewer.involvedOnly || !viewer.comuni.includes(comune))) return null;
  const rows = await pathsOf(views, comune, year).where(ofBodies(viewer, 'comune')).execute();
  return dashboardOf(comune, year, rows);
}

const pathsOf = (views: Views, comune: string, year: number) =>
  views
    .selectFrom('training_paths')
    .selectAll()
    .where('comune', '=', comune)
    .where('year', '=', year)
    .where('state', 'in', ['open', 'reached', 'notReached']);

/** What a Comune's staff has reached in a year, as the yearly statement says it: no person can be told. */
export interface YearStatement {
  readonly comune: string;
  readonly year: number;
  readonly staff: number;
  readonly averageHours: number | null;
  readonly reached: number;
  readonly reachedPct: number | null;
  /** Compulsory subjects in which somebody has certified hours, of how many. */
  readonly subjectsCovered: number;
  readonly subjectsDue: number;
}

/** Null where nobody has a path in that year. For `iter:lookup`: a case asks, nobody looks on. */
export async function yearStatement(
  views: Views,
  comune: string,
  year: number,
): Promise<YearStatement | null> {
  const rows = await pathsOf(views, comune, year).execute();
  return rows.length === 0 ? null : statementOf(dashboardOf(comune, year, rows));
}

/** Pure. */
export function statementOf({ subjects, forecast: _, ...figures }: ComuneDashboard): YearStatement {
  const covered = subjects.filter(({ subject, persons }) => compulsory.includes(subject) && persons > 0);
  return { ...figures, subjectsCovered: covered.length, subjectsDue: compulsory.length };
}

/** Source: domain/training.md § 11, T-10 */
export function statusOf(row: TrainingPathRow): PathStatus {
  const { expected_hours: expected, credited_hours: certified } = row;
  const withPlanned = inHundredths(certified + row.planned_hours);
  if (certified >= expected) return 'REACHED';
  if (withPlanned >= expected) return 'ON_TRACK';
  return inHundredths(withPlanned + row.pending_hours) >= expected ? 'AT_RISK' : 'BELOW';
}

const forecastOf = (row: TrainingPathRow): number =>
  inHundredths(row.credited_hours + row.planned_hours + row.pending_hours);

/** Pure. */
export function dashboardOf(comune: string, year: number, rows: readonly TrainingPathRow[]): ComuneDashboard {
  const staff = rows.length;
  const average = (of: (row: TrainingPathRow) => number): number | null =>
    staff === 0 ? null : inHundredths(rows.reduce((sum, row) => sum + of(row), 0) / staff);
  const byStatus: Record<PathStatus, number> = { REACHED: 0, ON_TRACK: 0, AT_RISK: 0, BELOW: 0 };
  for (const row of rows) byStatus[statusOf(row)]++;
  const reached = byStatus.REACHED;
  return {
    ...{ comune, year, staff, averageHours: average((row) => row.credited_hours), reached },
    reachedPct: staff === 0 ? null : Math.floor((100 * reached) / staff),
    subjects: subjectsOf(rows),
    forecast: {
      averageHours: average(forecastOf),
      reached: rows.filter((row) => forecastOf(row) >= row.expected_hours).length,
      byStatus,
    },
  };
}

function subjectsOf(rows: readonly TrainingPathRow[]): ComuneDashboard['subjects'] {
  const found = rows.flatMap(({ credits }) => credits.flatMap(({ subject }) => subject ?? []));
  return [...new Set([...compulsory, ...found])].map((subject) => {
    const hours = rows.map(({ credits }) =>
      credits.filter((it) => it.subject === subject).reduce((sum, it) => sum + it.hours, 0),
    );
    return {
      subject,
      persons: hours.filter((it) => it > 0).length,
      hours: inHundredths(hours.reduce((sum, it) => sum + it, 0)),
    };
  });
}
