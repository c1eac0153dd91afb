import { romeDate } from '@iter/legal-calendar';
import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import type { Views } from '../database.ts';
import type { PersonEntry, SessionEntry } from './tables.ts';

/** A session of a trainer's day: who is expected, and whether the register is filed. */
export interface DaySheetSession extends SessionEntry {
  readonly caseId: string;
  readonly courseRef: string;
  readonly title: string;
  readonly mode: string | null;
  readonly participants: readonly PersonEntry[];
  readonly isFiled: boolean;
}

/**
 * The sessions of a trainer on a day (Rome), by their hour. Own editions only.
 * @param account of who asks: the trainer whom the editions name
 */
export async function trainerDaySheet(
  views: Views,
  { account, day }: { readonly account: string; readonly day: string },
): Promise<readonly DaySheetSession[]> {
  const rows = await views
    .selectFrom('training_editions')
    .selectAll()
    .where('trainer', '=', account)
    .where(sql<SqlBool>`state in ('convened', 'closed')`)
    .execute();
  const held = rows.flatMap((row) =>
    row.sessions
      .filter(({ startsAt }) => isInstant(startsAt) && romeDate(startsAt) === day)
      .map((session) => ({ row, session })),
  );
  if (held.length === 0) return [];
  const filed = await views
    .selectFrom('training_presences')
    .select(['case_id', 'session_ref'])
    .distinct()
    .where(
      'case_id',
      'in',
      held.map(({ row }) => row.id),
    )
    .execute();
  const isFiled = new Set(filed.map((it) => JSON.stringify([it.case_id, it.session_ref])));
  return held
    .map(({ row, session }) => ({
      ...session,
      ...{ caseId: row.id, courseRef: row.course_ref, title: row.title, mode: row.mode },
      participants: row.participants.map(({ employeeRef, employer }) => ({ employeeRef, employer })),
      isFiled: isFiled.has(JSON.stringify([row.id, session.sessionRef])),
    }))
    .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
}

const isInstant = (text: string): boolean => !Number.isNaN(Date.parse(text));
