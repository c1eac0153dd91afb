import type { CaseCommand } from '../commands.ts';
import { nextBell } from '../deadline-state.ts';
import type { Execution } from '../execution.ts';
import type { EscalationFacts, Key } from '../events.ts';
import { refuse } from '../refused.ts';
import type { Escalation } from '../state.ts';
import { requireActive, requireReason } from './checks.ts';

type Command<T extends CaseCommand['type']> = Extract<CaseCommand, { type: T }>;

function find(x: Execution, key: Key): Escalation {
  requireActive(x);
  const escalation = x.state.escalations.get(key);
  if (!escalation) return refuse('escalation-not-found', 'The case has no such escalation.');
  if (escalation.state === 'resolved') {
    return refuse('escalation-already-resolved', 'The escalation has been resolved.');
  }
  return escalation;
}

/** Somebody answers: the reminder is not repeated, so the deadline's bell moves on. */
function facts(x: Execution, { key, deadline: deadlineKey }: Escalation): EscalationFacts {
  const deadline = deadlineKey === null ? undefined : x.state.deadlines.get(deadlineKey);
  if (!deadline) return { key };
  return { key, deadline: deadline.key, bell: nextBell({ ...deadline, acknowledged: true }) };
}

/** Again, or after it was taken over, it changes nothing. */
export function acknowledgeEscalation(x: Execution, { key, note }: Command<'AcknowledgeEscalation'>): void {
  const escalation = find(x, key);
  if (escalation.state !== 'raised') return;
  x.emit({ type: 'EscalationAcknowledged', data: { ...facts(x, escalation), note } });
}

export function takeOverEscalation(x: Execution, { key, note }: Command<'TakeOverEscalation'>): void {
  const escalation = find(x, key);
  const by = x.env.actor.account;
  if (escalation.owner === by) return;
  x.emit({ type: 'EscalationTakenOver', data: { ...facts(x, escalation), by, note } });
}

export function resolveEscalation(x: Execution, { key, outcome }: Command<'ResolveEscalation'>): void {
  const escalation = find(x, key);
  requireReason(outcome);
  x.emit({ type: 'EscalationResolved', data: { ...facts(x, escalation), outcome } });
}
