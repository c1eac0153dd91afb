import { caseOf } from '@iter/event-store/following';
import type { Rows } from '@iter/event-store/following';
import type { EscalationEvent } from '@iter/engine';
import type { TermNature } from '@iter/legal-calendar';
import { endTypes, publicId, textOf } from '../case-event.ts';
import type { CaseProjection, CaseSeen, SeenOf } from '../case-event.ts';
import { cases } from '../cases/table.ts';
import { escalations } from './table.ts';
import type { EscalationRow } from './table.ts';

/**
 * What would be lost, the most first: the power to act; a measure that lapses; an effect or a protection that
 * others count on; the regularity of the act; what a contract or the service promises.
 * Source: domain/README.md, "Natures"
 */
const urgencies: Readonly<Record<TermNature, number>> = {
  PEREMPTORY: 0,
  VALIDITY: 1,
  EFFECT: 2,
  DILATORY: 2,
  DIRECTORY: 3,
  CONTRACTUAL: 4,
  SERVICE_LEVEL: 5,
};

export const urgencyOf = (nature: TermNature | null): number => (nature === null ? 6 : urgencies[nature]);

/** One row per escalation. */
export const escalationsProjection: CaseProjection = {
  table: escalations as never,
  types: [
    'EscalationRaised',
    'EscalationAcknowledged',
    'EscalationTakenOver',
    'EscalationHandedOn',
    'EscalationReopened',
    'EscalationResolved',
    ...endTypes,
  ],
  opens: ['EscalationTakenOver', 'EscalationHandedOn', 'EscalationResolved'],
  touches(event) {
    switch (event.type) {
      case 'EscalationRaised':
        return [];
      case 'EscalationAcknowledged':
      case 'EscalationTakenOver':
      case 'EscalationHandedOn':
      case 'EscalationReopened':
      case 'EscalationResolved':
        return [publicId(event, event.data.key)];
      case 'CaseCompleted':
      case 'CaseFailed':
      case 'CaseTerminated':
        return 'live';
      default:
        return null;
    }
  },
  apply(event, rows) {
    switch (event.type) {
      case 'EscalationRaised':
        return rows.put(escalations, raised(event, rows));
      case 'EscalationAcknowledged':
        return change(event, rows, (row) => ({
          state: row.state === 'raised' ? 'acknowledged' : row.state,
          acknowledged_at: row.acknowledged_at ?? event.recordedAt,
        }));
      case 'EscalationTakenOver':
        return change(event, rows, (row) => ({
          state: 'taken-over',
          owner: event.data.by,
          owned_at: event.recordedAt,
          handed_account: null,
          handed_role: null,
          // Whoever claims what was handed on keeps what was said with it.
          note: textOf(event.data.note) || row.note,
          acknowledged_at: row.acknowledged_at ?? event.recordedAt,
        }));
      case 'EscalationHandedOn': {
        const { account, role, note } = event.data;
        const to = { handed_account: account, handed_role: role, note: textOf(note) || null };
        return change(event, rows, () => ({ ...nobodys, ...to }));
      }
      case 'EscalationReopened':
        return change(event, rows, () => ({ ...nobodys, ...unanswered, raised_at: event.recordedAt }));
      case 'EscalationResolved': {
        const { code = null, outcome } = event.data;
        return change(event, rows, (row) => ({
          ...resolved(event, textOf(outcome)),
          outcome_code: code,
          // Whoever says how it ended has answered; the end of the case has not.
          acknowledged_at: row.acknowledged_at ?? (code === null ? null : event.recordedAt),
        }));
      }
      default:
        for (const row of rows.of(escalations)) {
          if (row.state !== 'resolved') rows.put(escalations, { ...row, ...resolved(event, 'case-ended') });
        }
    }
  },
};

const nobodys = {
  state: 'raised',
  owner: null,
  owned_at: null,
  handed_account: null,
  handed_role: null,
  note: null,
} as const;
const unanswered = { acknowledged_at: null, resolved_at: null, outcome_code: null, outcome: null } as const;

const resolved = (event: CaseSeen, outcome: string): Partial<EscalationRow> => ({
  state: 'resolved',
  resolved_at: event.recordedAt,
  outcome,
});

function change(
  event: SeenOf<EscalationEvent['type']>,
  rows: Rows,
  to: (row: EscalationRow) => Partial<EscalationRow>,
): void {
  const row = rows.get(escalations, publicId(event, event.data.key));
  if (row) rows.put(escalations, { ...row, ...to(row) });
}

function raised(event: SeenOf<'EscalationRaised'>, rows: Rows): EscalationRow {
  const {
    key,
    kind = 'escalation',
    deadline,
    deadlineId,
    step,
    label,
    nature,
    legalDueDate,
    to,
  } = event.data;
  const { comune, process } = rows.get(cases, caseOf(event.stream))!;
  return {
    id: publicId(event, key),
    case_id: caseOf(event.stream),
    ...{ comune, process, kind, step, label, nature },
    deadline: deadlineId,
    deadline_key: deadline === null ? null : publicId(event, deadline),
    legal_due_date: legalDueDate,
    addressees: to,
    ...nobodys,
    raised_at: event.recordedAt,
    ...unanswered,
    urgency: urgencyOf(nature),
    due_sort: legalDueDate ?? '9999-12-31',
  };
}
