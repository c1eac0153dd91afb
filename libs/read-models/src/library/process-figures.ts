import { sql } from 'kysely';
import type { Views } from '../database.ts';
import { hideSmall, smallestCell } from '../statistics/small-cells.ts';
import type { Count } from '../statistics/small-cells.ts';

/** How a process has fared, whoever's cases they were. */
export interface ProcessFigures {
  readonly process: string;
  readonly started: Count;
  readonly ended: Count;
  /** Days from start to end, to a tenth; null: too few ended. */
  readonly medianDays: number | null;
  /** Terms met of those decided, 0 to 1; null: too few, or one side so small that it would be told. */
  readonly shareInTime: number | null;
}

/**
 * Figures of processes by the cases started since an instant: two statements, whatever the number of processes. Of bodies
 * together, never of persons, and of none fewer than `smallestCell`.
 */
export async function processFigures(
  views: Views,
  processes: readonly string[],
  since: string,
): Promise<ReadonlyMap<string, ProcessFigures>> {
  const isOurs = sql`c.process = any(${[...processes]}::text[]) and c.started_at >= ${since}`;
  const [counted, terms] = await Promise.all([
    sql<{ process: string; started: string; ended: string; p50: string | null }>`
      select c.process, count(*) as started, count(c.ended_at) as ended,
        percentile_cont(0.5) within group (
          order by extract(epoch from c.ended_at::timestamptz - c.started_at::timestamptz) / 86400.0) as p50
      from views.cases c where ${isOurs} group by 1`.execute(views),
    sql<{ process: string; met: string; missed: string }>`
      select c.process, count(*) filter (where d.state = 'met') as met,
        count(*) filter (where d.state = 'missed') as missed
      from views.cases c join views.deadlines d on d.case_id = c.id
      where ${isOurs} and d.state in ('met', 'missed') group by 1`.execute(views),
  ]);
  const decided = new Map(terms.rows.map((row) => [row.process, row]));
  return new Map(
    counted.rows.map(({ process, started, ended, p50 }) => {
      const all = Number(started);
      const [over, running] = hideSmall([Number(ended), all - Number(ended)]);
      const { met = '0', missed = '0' } = decided.get(process) ?? {};
      const figures: ProcessFigures = {
        process,
        started: hideSmall([all])[0]!,
        // What still runs follows from the two.
        ended: running === null ? null : over!,
        medianDays: Number(ended) < smallestCell || p50 === null ? null : Math.round(10 * Number(p50)) / 10,
        shareInTime: shareOf(Number(met), Number(missed)),
      };
      return [process, figures];
    }),
  );
}

/** A share would tell the small part that is hidden. */
function shareOf(met: number, missed: number): number | null {
  const [ok, late] = hideSmall([met, missed]);
  if (ok === null || late === null || met + missed < smallestCell) return null;
  return Math.round((1000 * met) / (met + missed)) / 1000;
}
