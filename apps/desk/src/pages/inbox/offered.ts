import type { Session, TaskItem } from '../../api/model.ts';

/** Whether somebody is offered to take charge of a task: it is nobody's yet, and for an office of theirs or for them. */
export const isOffered = (
  { assignee, role, candidateUsers }: Pick<TaskItem, 'assignee' | 'role' | 'candidateUsers'>,
  { account, grants }: Pick<Session, 'account' | 'grants'>,
): boolean =>
  assignee === null &&
  (role === null || grants.some((grant) => grant.role === role) || candidateUsers.includes(account));
