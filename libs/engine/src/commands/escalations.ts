import type { CaseCommand } from '../commands.ts';
import { answered, unanswered } from '../deadlines/calling.ts';
import { holderOf } from '../escalation-state.ts';
import type { EscalationOutcome } from '../escalation-state.ts';
import type { Execution } from '../execution.ts';
import type { Key } from '../events.ts';
import { refuse } from '../refused.ts';
import type { Escalation } from '../state.ts';
import { requireActive, requireReason } from './checks.ts';

type Command<T extends CaseCommand['type']> = Extract<CaseCommand, { type: T }>;

function find(x: Execution, key: Key): Escalation {
  requireActive(x);
  const escalation = x.state.escalations.get(key);
  if (!escalation)
    return refuse('escalation-not-found', {
      it: 'Il caso non ha questo sollecito.',
      en: 'The case has no such escalation.',
    });
  if (escalation.state === 'resolved') {
    return refuse('escalation-already-resolved', {
      it: 'Il sollecito è già chiuso.',
      en: 'The escalation is resolved already.',
    });
  }
  return escalation;
}

/** Again, or after it was taken over, it changes nothing. */
export function acknowledgeEscalation(x: Execution, { key, note }: Command<'AcknowledgeEscalation'>): void {
  const escalation = find(x, key);
  if (escalation.state !== 'raised') return;
  x.emit({ type: 'EscalationAcknowledged', data: { ...answered(x, escalation), note } });
}

/** What is nobody's is claimed; whoever has it, or was handed it, is told why it is taken from them. */
export function takeOverEscalation(x: Execution, { key, note }: Command<'TakeOverEscalation'>): void {
  const escalation = find(x, key);
  const { account: by, onBehalfOf } = x.env.actor;
  if (escalation.owner === by) return;
  const holder = holderOf(escalation);
  if (holder !== null && holder !== by && holder !== onBehalfOf) requireReason(note);
  x.emit({ type: 'EscalationTakenOver', data: { ...answered(x, escalation), by, note } });
}

/** To whom it is handed on already it is not handed again. */
export function handOnEscalation(x: Execution, command: Command<'HandOnEscalation'>): void {
  const { key, account, role, note } = command;
  const escalation = find(x, key);
  requireReason(note);
  const { handedTo, owner, state } = escalation;
  const isThere = (handedTo?.account ?? null) === account && (handedTo?.role ?? null) === role;
  if (account === null ? state === 'raised' && isThere : owner === account || isThere) return;
  x.emit({ type: 'EscalationHandedOn', data: { ...unanswered(x, escalation), account, role, note } });
}

/** Codes that say nothing by themselves: why must be said in words. */
const wordless: ReadonlySet<EscalationOutcome> = new Set(['NOT_NEEDED', 'OTHER']);

export function resolveEscalation(x: Execution, command: Command<'ResolveEscalation'>): void {
  const { key, code = 'OTHER', outcome } = command;
  const escalation = find(x, key);
  if (wordless.has(code)) requireReason(outcome);
  x.emit({ type: 'EscalationResolved', data: { ...answered(x, escalation), code, outcome } });
}
