import type { Session, TaskItem } from '../../api/model.ts';

/** Whether a task is somebody's to do: theirs, of whom they stand in for, or nobody's yet and their office's. */
export function isOwnTask(
  { assignee, role }: Pick<TaskItem, 'assignee' | 'role'>,
  { account, grants }: Pick<Session, 'account' | 'grants'>,
): boolean {
  if (assignee === null) return grants.some((grant) => grant.role === role);
  return assignee === account || grants.some(({ onBehalfOf }) => onBehalfOf === assignee);
}
