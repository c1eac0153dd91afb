import type { ActFacts } from '@iter/access';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { calledInCharge, escalationFacts } from '../escalations/queries.ts';
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
  // One question, as it is asked for every change of a case that somebody watches.
  const row = await views
    .selectFrom('cases as c')
    .select(['c.id as case_id', 'c.comune', 'c.process', ...ofCase])
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('tasks as t')
          .select(['t.element', 't.roles', 't.assignee', 't.candidate_users', 't.body', 't.state'])
          .select(['t.completed_by', 't.completed_as', 't.completed_for'])
          .whereRef('t.case_id', '=', 'c.id'),
      ).as('tasks'),
      jsonArrayFrom(
        eb
          .selectFrom('escalations as e')
          .select(['e.addressees', 'e.handed_role', 'e.handed_account', 'e.owner'])
          .select(calledInCharge.as('in_charge'))
          .whereRef('e.case_id', '=', 'c.id'),
      ).as('escalations'),
      jsonArrayFrom(
        eb
          .selectFrom('notices as n')
          .select(['n.addressees', 'n.people'])
          .distinct()
          .whereRef('n.case_id', '=', 'c.id'),
      ).as('notices'),
    ])
    .where('c.id', '=', caseId)
    .executeTakeFirst();
  if (!row) return () => false;
  const { tasks, escalations, notices } = row;
  const deeds = tasks.filter(({ state }) => state === 'completed').map(deedOf);
  const of = { case: caseFacts(row, deeds, bodies) };
  const read: ActFacts[] = tasks.map(({ candidate_users, ...task }) => ({
    ...of,
    task: { ...task, candidateUsers: candidate_users },
  }));
  const called: ActFacts[] = [
    ...escalations.map(escalationFacts),
    ...notices.map(({ addressees, people }) => ({ addressees, called: people })),
  ].map((facts) => ({ ...of, ...facts }));
  return ({ sees }) =>
    sees(['SeeCase'], of) !== 'nothing' ||
    read.some((facts) => sees(['ReadTask'], facts) !== 'nothing') ||
    called.some((facts) => sees(['AcknowledgeEscalation'], facts) !== 'nothing');
}
