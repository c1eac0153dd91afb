import type { DeadlineItem } from '../../../api/model.ts';

/** What people do to a deadline, and the act of the access table that it is. */
export const operations = {
  suspend: 'SuspendDeadline',
  resume: 'ResumeDeadline',
  extend: 'ExtendDeadline',
  interrupt: 'InterruptDeadline',
  rebase: 'RebaseDeadline',
  rectify: 'RectifyDeadline',
  reissue: 'ReissueLadder',
} as const;

export type Operation = keyof typeof operations;

/** Terms in hours are instants. */
export const isInstant = ({ legalDueDate }: Pick<DeadlineItem, 'legalDueDate'>): boolean =>
  legalDueDate.length > 10;

/** The operations that fit the state of a deadline; hours are neither suspended nor extended by days. */
export function operationsOf(deadline: Pick<DeadlineItem, 'state' | 'legalDueDate'>): readonly Operation[] {
  const byDays = !isInstant(deadline);
  switch (deadline.state) {
    case 'open':
      return [...(byDays ? (['suspend', 'extend'] as const) : []), 'interrupt', 'rebase', 'reissue'];
    case 'suspended':
      return ['resume', 'extend', 'interrupt', 'rebase', 'reissue'];
    case 'met':
    case 'missed':
      return ['rectify', 'rebase'];
    default:
      return [];
  }
}
