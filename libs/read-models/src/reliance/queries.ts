import { atRome, startOfNextDay } from '@iter/legal-calendar';
import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import type { Views } from '../database.ts';

/** Days in Rome, both included; null: no end. */
export interface Period {
  readonly from: string;
  readonly to: string | null;
}

/** The instants of days, as views write them: they are compared as texts. */
function within(column: string, { from, to }: Period) {
  const since = sql<SqlBool>`${sql.ref(column)} >= ${atRome(from, '00:00')}`;
  const until = to === null ? [] : [sql<SqlBool>`${sql.ref(column)} < ${startOfNextDay(to)}`];
  return [since, ...until];
}

/** Of which processes a body has cases that began in these days. */
export async function processesBegun(views: Views, body: string, period: Period): Promise<readonly string[]> {
  const rows = await views
    .selectFrom('cases')
    .select('process')
    .distinct()
    .where('comune', '=', body)
    .where((eb) => eb.and(within('began_at', period)))
    .execute();
  return rows.map(({ process }) => process);
}

/** Whether an account, or somebody in its place, has completed a task in a role in these days. */
export async function hasActed(
  views: Views,
  account: string,
  role: string,
  period: Period,
): Promise<boolean> {
  const row = await views
    .selectFrom('tasks')
    .select('id')
    .where('state', '=', 'completed')
    .where('completed_as', '=', role)
    .where((eb) => eb.or([eb('completed_by', '=', account), eb('completed_for', '=', account)]))
    .where((eb) => eb.and(within('ended_at', period)))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a person has a training path at a body, of whatever year. */
export async function hasPath(views: Views, body: string, employeeRef: string): Promise<boolean> {
  const row = await views
    .selectFrom('training_paths')
    .select('id')
    .where('employee_ref', '=', employeeRef)
    .where('comune', '=', body)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
