import type { CaseEvent } from './events.ts';
import type { Escalation } from './state.ts';

/** How an escalation ended, in the words that people choose from. */
export const escalationOutcomes = [
  /** What it called for was done. */
  'ACTED',
  /** It had been done before, the term is kept. */
  'TERM_KEPT',
  /** The term was suspended, extended or counted anew: it is due later. */
  'TERM_MOVED',
  /** It is too late: what follows is for those who decide. */
  'TERM_LOST',
  /** Who must act was spoken to, and answers for it. */
  'CONTACTED',
  'NOT_NEEDED',
  'OTHER',
] as const;
export type EscalationOutcome = (typeof escalationOutcomes)[number];

/** What happens to an escalation after it was raised. */
export type EscalationEvent = Extract<
  CaseEvent,
  {
    type: `Escalation${'Acknowledged' | 'TakenOver' | 'HandedOn' | 'Reopened' | 'Resolved'}`;
  }
>;

/** The escalation after one more of its events. Pure. */
export function evolveEscalation(before: Escalation, event: EscalationEvent): Escalation {
  switch (event.type) {
    case 'EscalationAcknowledged':
      return { ...before, state: 'acknowledged' };
    case 'EscalationTakenOver':
      return { ...before, state: 'taken-over', owner: event.data.by, handedTo: null };
    case 'EscalationHandedOn': {
      const { account, role } = event.data;
      const handedTo = account === null && role === null ? null : { account, role };
      return { ...before, state: 'raised', owner: null, handedTo };
    }
    case 'EscalationReopened':
      return { ...before, state: 'raised', owner: null, handedTo: null };
    case 'EscalationResolved':
      return { ...before, state: 'resolved' };
  }
}

/** Whose it is to answer for: the owner, or the person it was handed on to; null: anybody's whom it calls. */
export const holderOf = ({ owner, handedTo }: Escalation): string | null =>
  owner ?? handedTo?.account ?? null;
