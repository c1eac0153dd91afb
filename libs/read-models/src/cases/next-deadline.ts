import type { RunningDeadline } from './table.ts';

/**
 * The deadline that presses the offices most: the earliest safe date among those that run. Waiting terms and
 * effects (nothing is to be done before or by them) and terms that bind the people outside do not press.
 * A term that has passed is shown when nothing runs any more: it is never shown as if nothing were due, and hides nothing that
 * can still be kept.
 */
export function nextDeadline(deadlines: readonly RunningDeadline[]): RunningDeadline | null {
  let next: RunningDeadline | null = null;
  for (const it of deadlines) {
    if (it.suspended || it.nature === 'DILATORY' || it.nature === 'EFFECT') continue;
    if (it.binds === 'employee' || it.binds === 'candidate') continue;
    if (!next || precedes(it, next)) next = it;
  }
  return next;
}

/** What still runs comes before what has passed, then what is earlier. */
function precedes(a: RunningDeadline, b: RunningDeadline): boolean {
  if (!a.missed !== !b.missed) return !a.missed;
  return a.safeActionDate < b.safeActionDate;
}
