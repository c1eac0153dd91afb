import type { Views } from '../database.ts';
import { convened, isSame, referencesOf } from './references.ts';
import type { PersonEntry, SessionEntry, TrainingEditionRow } from './tables.ts';

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

/**
 * The editions of which somebody is the trainer or to which they were convened, the latest first; at most a hundred.
 * Whoever was enrolled by a reference of their employer is known by the account that stands beside it.
 */
export async function ownEditions(views: Views, account: string): Promise<readonly OwnEdition[]> {
  const rows = await views
    .selectFrom('training_editions')
    .selectAll()
    .where((eb) =>
      eb.or([eb('trainer', '=', account), convened({ employeeRef: account }), convened({ account })]),
    )
    .orderBy('first_session_on', (order) => order.desc().nullsLast())
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map((row) => {
    const isTrainer = row.trainer === account;
    const isClosed = row.state === 'closed';
    const references = referencesOf(account, [row]);
    const own = (it: PersonEntry): boolean => isClosed && references.some((one) => isSame(one, it));
    return {
      ...{ caseId: row.id, courseRef: row.course_ref, title: row.title, subject: row.subject },
      ...{ mode: row.mode, hours: row.hours, state: row.state, sessions: row.sessions, isTrainer },
      participants: isTrainer ? row.participants.length : null,
      outcome: row.outcomes.find(own)?.outcome ?? null,
      certificateNo: row.certificates.find(own)?.certificateNo ?? null,
    };
  });
}
