import type { ActFacts } from '@iter/access';
import { escalationFacts } from '../escalations/queries.ts';
import { caseFacts, deedOf, ofCase } from '../querying/list.ts';
import type { Lists } from '../querying/list.ts';
import type { Viewer } from '../querying/viewer.ts';

/**
 * Who may know that something happened in a case: whoever sees the case, one of its tasks, or an escalation or a notice of it.
 * Asked once, whoever watches; each is then decided without the database.
 */
export async function knowersOf(
  { views, bodies }: Pick<Lists, 'views' | 'bodies'>,
  caseId: string,
): Promise<(viewer: Viewer) => boolean> {
  const [row, tasks, escalations, notices] = await Promise.all([
    views
      .selectFrom('cases as c')
      .select(['c.id as case_id', 'c.comune', 'c.process', ...ofCase])
      .where('c.id', '=', caseId)
      .executeTakeFirst(),
    views
      .selectFrom('tasks')
      .select(['element', 'roles', 'assignee', 'candidate_users', 'body', 'state'])
      .select(['completed_by', 'completed_as', 'completed_for'])
      .where('case_id', '=', caseId)
      .execute(),
    views
      .selectFrom('escalations')
      .select(['addressees', 'handed_role', 'handed_account', 'owner'])
      .where('case_id', '=', caseId)
      .execute(),
    views
      .selectFrom('notices')
      .select(['addressees', 'people'])
      .distinct()
      .where('case_id', '=', caseId)
      .execute(),
  ]);
  if (!row) return () => false;
  const deeds = tasks.filter(({ state }) => state === 'completed').map(deedOf);
  const of = { case: caseFacts(row, deeds, bodies) };
  const in_charge = tasks.flatMap(({ state, assignee }) =>
    state === 'open' && assignee !== null ? [assignee] : [],
  );
  const read: ActFacts[] = tasks.map(({ candidate_users, ...task }) => ({
    ...of,
    task: { ...task, candidateUsers: candidate_users },
  }));
  const called: ActFacts[] = [
    ...escalations.map((it) => escalationFacts({ ...it, in_charge })),
    ...notices.map(({ addressees, people }) => ({ addressees, called: people })),
  ].map((facts) => ({ ...of, ...facts }));
  return ({ sees }) =>
    sees(['SeeCase'], of) !== 'nothing' ||
    read.some((facts) => sees(['ReadTask'], facts) !== 'nothing') ||
    called.some((facts) => sees(['AcknowledgeEscalation'], facts) !== 'nothing');
}
