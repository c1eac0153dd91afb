import type { RunningDeadline } from './table.ts';

/**
 * The deadline that presses the offices most: the earliest safe date among those that run. Waiting terms and
 * effects (nothing is to be done before or by them) and terms that bind the people outside do not press.
 */
export function nextDeadline(deadlines: readonly RunningDeadline[]): RunningDeadline | null {
  let next: RunningDeadline | null = null;
  for (const it of deadlines) {
    if (it.suspended || it.nature === 'DILATORY' || it.nature === 'EFFECT') continue;
    if (it.binds === 'employee' || it.binds === 'candidate') continue;
    if (!next || it.safeActionDate < next.safeActionDate) next = it;
  }
  return next;
}
