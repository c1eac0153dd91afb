import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import type { Views } from '../database.ts';
import type { SessionEntry, TrainingEditionRow } from './tables.ts';

/** An edition in which somebody has a part, without anybody else in it. */
export interface OwnEdition {
  readonly caseId: string;
  readonly courseRef: string;
  readonly title: string;
  readonly subject: string | null;
  readonly mode: string | null;
  readonly hours: number | null;
  readonly state: TrainingEditionRow['state'];
  readonly sessions: readonly SessionEntry[];
  readonly isTrainer: boolean;
  /** How many were convened: for the trainer; null for participants. */
  readonly participants: number | null;
  /** One's own, once the edition is closed. */
  readonly outcome: 'CERTIFICATE' | 'ATTENDANCE_ONLY' | 'ABSENT' | null;
  /** Likewise. */
  readonly certificateNo: string | null;
}

const most = 100;

/** The editions of which somebody is the trainer or to which they were convened, the latest first; at most a hundred. */
export async function ownEditions(views: Views, account: string): Promise<readonly OwnEdition[]> {
  const rows = await views
    .selectFrom('training_editions')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('trainer', '=', account),
        sql<SqlBool>`participants @> ${JSON.stringify([{ employeeRef: account }])}::jsonb`,
      ]),
    )
    .orderBy('first_session_on', (order) => order.desc().nullsLast())
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map((row) => {
    const isTrainer = row.trainer === account;
    const isClosed = row.state === 'closed';
    const own = (it: { readonly employeeRef: string }): boolean => isClosed && it.employeeRef === account;
    return {
      ...{ caseId: row.id, courseRef: row.course_ref, title: row.title, subject: row.subject },
      ...{ mode: row.mode, hours: row.hours, state: row.state, sessions: row.sessions, isTrainer },
      participants: isTrainer ? row.participants.length : null,
      outcome: row.outcomes.find(own)?.outcome ?? null,
      certificateNo: row.certificates.find(own)?.certificateNo ?? null,
    };
  });
}
