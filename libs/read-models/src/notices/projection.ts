import { caseOf } from '@iter/event-store/following';
import type { Rows } from '@iter/event-store/following';
import { publicId } from '../case-event.ts';
import type { CaseProjection, CaseSeen, SeenOf } from '../case-event.ts';
import { cases } from '../cases/table.ts';
import { deadlines } from '../deadlines/table.ts';
import { escalations } from '../escalations/table.ts';
import type { EscalationRow } from '../escalations/table.ts';
import { tasks } from '../tasks/table.ts';
import { inCharge, notices } from './table.ts';
import type { NoticeRow } from './table.ts';

/** The job type whose creation is a notice to roles of the desk, named in its header `to`. */
export const deskNotice = 'desk-notice';

type Told = Pick<NoticeRow, 'addressees' | 'label' | 'deadline' | 'legal_due_date'> & {
  /** Accounts that are told beside the addressees. */
  readonly people?: readonly string[];
};

/**
 * One row per notice to people: steps of the ladders, desk notices that the process sends, incidents, escalations that no
 * ladder raised, and those that were handed on or call again. The id is that of the event, so that what was read stays read when the
 * view is made anew.
 */
export const noticesProjection: CaseProjection = {
  table: notices as never,
  types: [
    'LadderStepReached',
    'IncidentRaised',
    'JobCreated',
    'EscalationRaised',
    'EscalationHandedOn',
    'EscalationReopened',
  ],
  opens: [],
  touches(event) {
    switch (event.type) {
      case 'LadderStepReached':
      case 'IncidentRaised':
      case 'EscalationHandedOn':
      case 'EscalationReopened':
        return [];
      case 'JobCreated':
        return event.data.jobType === deskNotice ? [] : null;
      case 'EscalationRaised':
        return event.data.deadline === null ? [] : null;
      default:
        return null;
    }
  },
  apply(event, rows) {
    const told = tell(event, rows);
    if (!told) return;
    const { people = [], ...rest } = told;
    if (told.addressees.length + people.length === 0) return;
    const { comune, process } = rows.get(cases, caseOf(event.stream))!;
    rows.put(notices, {
      id: `${caseOf(event.stream)}.${event.id}`,
      case_id: caseOf(event.stream),
      ...{ comune, process },
      ...rest,
      people: told.addressees.includes(inCharge) ? [...people, ...whoIsInCharge(rows)] : people,
      told_at: event.recordedAt,
    });
  },
};

function tell(event: CaseSeen, rows: Rows): Told | null {
  const legal = (key: string | null) =>
    key === null ? undefined : rows.get(deadlines, publicId(event, key));
  switch (event.type) {
    case 'LadderStepReached': {
      const { key, id, to, label, by, passed } = event.data;
      if (passed || (by && !by.includes('desk'))) return null;
      return { addressees: to, label, deadline: id, legal_due_date: legal(key)?.legal_due_date ?? null };
    }
    case 'JobCreated': {
      const { to = '', label = '', labelEn } = event.data.headers;
      const addressees = to.split(/[\s,;]+/).filter((role) => role !== '');
      return { addressees, label: { it: label, en: labelEn ?? label }, deadline: null, legal_due_date: null };
    }
    case 'EscalationRaised': {
      const { to, label, legalDueDate } = event.data;
      return { addressees: to, label, deadline: event.data.deadlineId, legal_due_date: legalDueDate };
    }
    case 'EscalationHandedOn':
    case 'EscalationReopened': {
      const escalation = rows.get(escalations, publicId(event, event.data.key));
      return escalation ? calledAgain(event, escalation) : null;
    }
    case 'IncidentRaised': {
      const about = legal(event.data.deadline);
      return {
        addressees: about ? ['DESK_OPERATOR', 'DESK_SUPERVISOR'] : ['DESK_SUPERVISOR', 'SYSTEM_OPERATOR'],
        label: incidentLabel(event.data.code, about?.label),
        deadline: about?.deadline ?? null,
        legal_due_date: about?.legal_due_date ?? null,
      };
    }
    default:
      return null;
  }
}

/** Whom an escalation was handed on to is told; else those whom it called. */
function calledAgain(
  { data }: SeenOf<'EscalationHandedOn' | 'EscalationReopened'>,
  { addressees, label, deadline, legal_due_date }: EscalationRow,
): Told {
  const about = { deadline, legal_due_date };
  const { account = null, role = null } = 'account' in data ? data : {};
  if (account !== null) {
    const words = { it: `Passato a te: ${label.it}`, en: `Handed on to you: ${label.en}` };
    return { addressees: [], people: [account], label: words, ...about };
  }
  if (role !== null) {
    const words = { it: `Passato al tuo ufficio: ${label.it}`, en: `Handed on to your office: ${label.en}` };
    return { addressees: [role], label: words, ...about };
  }
  const words = { it: `Di nuovo aperto: ${label.it}`, en: `Open again: ${label.en}` };
  return { addressees, label: words, ...about };
}

const whoIsInCharge = (rows: Rows): readonly string[] => [
  ...new Set(
    rows
      .of(tasks)
      .flatMap(({ state, assignee }) => (state === 'open' && assignee !== null ? [assignee] : [])),
  ),
];

/** The incident's own message may quote variables: a notice says its code, and the deadline that it is about. */
function incidentLabel(code: string, deadline: NoticeRow['label'] | undefined): NoticeRow['label'] {
  return deadline
    ? { it: `Termine scaduto: ${deadline.it} (${code})`, en: `Deadline missed: ${deadline.en} (${code})` }
    : { it: `Il procedimento si è fermato (${code})`, en: `The case has stopped (${code})` };
}
