import type { Instant } from '@iter/engine';
import { caseOf } from '@iter/event-store/following';
import { romeDate } from '@iter/legal-calendar';
import type { CaseSeen } from '../case-event.ts';

/** What receivers outside can ask to be told. */
export type WebhookKind =
  'case.opened' | 'case.ended' | 'term.opened' | 'term.escalated' | 'term.missed' | 'act.sent';

/** Something that receivers outside are told: what the log says in clear of it, and nothing of a person. */
export interface ToldOutside {
  /** Of the event. */
  readonly id: string;
  readonly kind: WebhookKind;
  readonly caseId: string;
  /** IPA code of the body whose case it is. */
  readonly body: string;
  readonly toldAt: Instant;
  /** Key of the process, where the event says it. */
  readonly process: string | null;
  /** How a case ended. */
  readonly outcome: 'completed' | 'failed' | 'cancelled' | null;
  /** `DL_…` of the process. */
  readonly term: string | null;
  /** Last day by law, YYYY-MM-DD. */
  readonly dueOn: string | null;
}

type Telling = Pick<ToldOutside, 'kind'> &
  Partial<Pick<ToldOutside, 'process' | 'outcome' | 'term' | 'dueOn'>>;

/** What of these events is told outside, in their order. Pure; nothing sealed in them is needed. */
export const toldOutside = (events: readonly CaseSeen[]): readonly ToldOutside[] =>
  events.flatMap((event) => {
    const told = tell(event);
    if (!told) return [];
    const { id, stream, tenant: body, recordedAt: toldAt } = event;
    const nothing = { process: null, outcome: null, term: null, dueOn: null };
    return [{ id, caseId: caseOf(stream), body, toldAt, ...nothing, ...told }];
  });

/** Terms by hours are due at an instant: outside its day in Rome is told. */
const dayOf = (due: string): string => (due.length > 10 ? romeDate(due) : due);

function tell(event: CaseSeen): Telling | null {
  switch (event.type) {
    case 'CaseStarted':
      return { kind: 'case.opened', process: event.data.process };
    case 'CaseCompleted':
      return { kind: 'case.ended', outcome: 'completed' };
    case 'CaseFailed':
      return { kind: 'case.ended', outcome: 'failed' };
    case 'CaseTerminated':
      return { kind: 'case.ended', outcome: 'cancelled' };
    case 'DeadlineOpened': {
      const { id: term, plan } = event.data;
      return { kind: 'term.opened', term, dueOn: dayOf(plan.legalDueDate) };
    }
    case 'DeadlineMissed': {
      const { id: term, legalDueDate } = event.data;
      return { kind: 'term.missed', term, dueOn: dayOf(legalDueDate) };
    }
    case 'EscalationRaised': {
      const { deadlineId: term, legalDueDate } = event.data;
      return term === null
        ? null
        : { kind: 'term.escalated', term, dueOn: legalDueDate && dayOf(legalDueDate) };
    }
    case 'DeliverySent':
      return { kind: 'act.sent' };
    default:
      return null;
  }
}
