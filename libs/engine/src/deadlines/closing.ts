import { romeDate } from '@iter/legal-calendar';
import { isLive, nextBell } from '../deadline-state.ts';
import type { Execution } from '../execution.ts';
import type { Key } from '../events.ts';
import { emitDeadline, factsOf } from './emit.ts';

/**
 * Ends the deadlines of a scope (null: all of the case): live ones are closed with the reason, and those met
 * or missed that still ring fall silent.
 */
export function closeDeadlines(x: Execution, scope: Key | null, reason: string): void {
  if (x.state.deadlines.size === 0) return;
  for (const deadline of x.state.deadlines.values()) {
    if (scope !== null && deadline.scope !== scope) continue;
    const facts = factsOf(deadline);
    if (isLive(deadline)) emitDeadline(x, { type: 'DeadlineClosed', data: { ...facts, reason } });
    else if (nextBell(deadline) !== null) {
      const on = romeDate(x.env.now);
      emitDeadline(x, { type: 'DeadlineMet', data: { ...facts, by: reason, on, use: 'quiets' } });
    }
  }
}
