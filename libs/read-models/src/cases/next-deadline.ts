import type { RunningDeadline } from './table.ts';

/**
 * The deadline that presses the offices most: the earliest safe date among those that run. Waits and effects (nothing is to
 * be done by them) and terms that bind the people outside do not press. A notice does: it protects somebody outside, and the
 * offices have to give it by then.
 * A term that has passed is shown when nothing runs any more: it is never shown as if nothing were due, and hides nothing that
 * can still be kept.
 */
export function nextDeadline(deadlines: readonly RunningDeadline[]): RunningDeadline | null {
  let next: RunningDeadline | null = null;
  for (const it of deadlines) {
    if (it.suspended || it.isWait) continue;
    if (it.nature !== 'DILATORY' && (it.binds === 'employee' || it.binds === 'candidate')) continue;
    if (!next || precedes(it, next)) next = it;
  }
  return next;
}

/** What still runs comes before what has passed, then what is earlier. */
function precedes(a: RunningDeadline, b: RunningDeadline): boolean {
  if (!a.missed !== !b.missed) return !a.missed;
  return a.safeActionDate < b.safeActionDate;
}
