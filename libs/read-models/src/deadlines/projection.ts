import type { DeadlineEvent, DeadlinePlan } from '@iter/engine';
import { caseOf } from '@iter/event-store/following';
import { publicId, textOf } from '../case-event.ts';
import type { CaseProjection, CaseSeen, SeenOf } from '../case-event.ts';
import { cases } from '../cases/table.ts';
import { deadlines } from './table.ts';
import type { DeadlineRow } from './table.ts';

type DeadlineSeen = SeenOf<DeadlineEvent['type']>;

const isOfDeadline = (event: CaseSeen): event is DeadlineSeen =>
  event.type.startsWith('Deadline') || event.type === 'LadderStepReached';

/** One row per legal deadline, with its whole history in it. */
export const deadlinesProjection: CaseProjection = {
  table: deadlines as never,
  opens: [
    'DeadlineOpened',
    'DeadlineSuspended',
    'DeadlineResumed',
    'DeadlineExtended',
    'DeadlineInterrupted',
    'DeadlineReplaced',
    'DeadlineReopened',
    'DeadlineRebased',
    'DeadlineRectified',
    'DeadlineClosed',
  ],
  touches(event) {
    if (event.type === 'DeadlineOpened') return [];
    if (isOfDeadline(event)) return [publicId(event, event.data.key)];
    // A notice about a missed deadline reads its row.
    const deadline = event.type === 'IncidentRaised' ? event.data.deadline : answered(event);
    return deadline === null ? null : [publicId(event, deadline)];
  },
  apply(event, rows) {
    if (event.type === 'DeadlineOpened') {
      const { comune, process } = rows.get(cases, caseOf(event.stream))!;
      return rows.put(deadlines, opened(event, comune, process));
    }
    const key = isOfDeadline(event) ? event.data.key : answered(event);
    const row = key === null ? undefined : rows.get(deadlines, publicId(event, key));
    if (!row) return;
    const bell = (event.data as { bell?: string | null }).bell;
    const rung = bell === undefined ? row : { ...row, bell_at: bell };
    rows.put(deadlines, isOfDeadline(event) ? { ...rung, ...changes(event, rung) } : rung);
  },
};

/** The deadline whose reminders an answer to an escalation stops. */
function answered(event: CaseSeen): string | null {
  switch (event.type) {
    case 'EscalationAcknowledged':
    case 'EscalationTakenOver':
    case 'EscalationResolved':
      return event.data.deadline ?? null;
    default:
      return null;
  }
}

function opened(event: SeenOf<'DeadlineOpened'>, comune: string, process: string): DeadlineRow {
  const { key, id, instance, element, term, label, norm, mark, nature, binds, bases, plan, bell } =
    event.data;
  const row = {
    id: publicId(event, key),
    case_id: caseOf(event.stream),
    ...{ comune, process, element, term, label, norm, mark, nature, binds, bases },
    deadline: id,
    instance: instance ?? null,
    state: 'open' as const,
    quieted: false,
    bell_at: bell ?? null,
    ladder: { name: '', steps: [] },
    ...datesOf(plan),
    opened_at: event.recordedAt,
    ended_at: null,
    end_reason: null,
    changes: [],
  };
  return { ...row, ladder: ladderOf(plan, row), changes: [entry(event, null, plan.legalDueDate)] };
}

function changes(
  event: Exclude<DeadlineSeen, SeenOf<'DeadlineOpened'>>,
  row: DeadlineRow,
): Partial<DeadlineRow> {
  const ended = (state: DeadlineRow['state'], reason: string | null): Partial<DeadlineRow> => ({
    state,
    ended_at: event.recordedAt,
    end_reason: reason,
    changes: [...row.changes, entry(event, reason, row.legal_due_date)],
  });
  const moved = (plan: DeadlinePlan, change: Partial<DeadlineRow>): Partial<DeadlineRow> => ({
    ...change,
    ...datesOf(plan),
    ladder: ladderOf(plan, row),
    changes: [...row.changes, entry(event, textOf(reasonOf(event)), plan.legalDueDate)],
  });
  switch (event.type) {
    case 'DeadlineMet': {
      const { use, by } = event.data;
      const quieted = row.quieted || use !== 'decides';
      if (use !== 'quiets') return { quieted, ...ended('met', by) };
      return { quieted, changes: [...row.changes, entry(event, by, row.legal_due_date)] };
    }
    case 'DeadlineMissed':
      return ended('missed', null);
    case 'DeadlineReplaced':
      return ended('replaced', textOf(event.data.reason));
    case 'DeadlineClosed':
      return ended('closed', textOf(event.data.reason));
    case 'DeadlineRectified':
      return ended(event.data.state, textOf(event.data.reason));
    case 'DeadlineSuspended': {
      const reason = textOf(event.data.reason);
      return { state: 'suspended', changes: [...row.changes, entry(event, reason, row.legal_due_date)] };
    }
    case 'DeadlineResumed':
      return moved(event.data.plan, { state: 'open' });
    case 'DeadlineExtended':
      return moved(event.data.plan, {});
    case 'DeadlineInterrupted':
      return moved(event.data.plan, { state: 'open', quieted: false, ended_at: null, end_reason: null });
    case 'DeadlineRebased':
      return moved(event.data.plan, { bases: event.data.bases });
    case 'DeadlineReopened': {
      const open = { state: 'open' as const, quieted: false, ended_at: null, end_reason: null };
      return {
        ...open,
        changes: [...row.changes, entry(event, textOf(event.data.reason), row.legal_due_date)],
      };
    }
    case 'DeadlineProven': {
      const { base, proof } = event.data;
      const bases = row.bases.map((it) => (it.name === base ? { ...it, proof } : it));
      return { bases, changes: [...row.changes, entry(event, null, row.legal_due_date)] };
    }
    case 'LadderStepReached': {
      const { step } = event.data;
      const steps = row.ladder.steps.map((it) =>
        it.id === step ? { ...it, reachedAt: event.recordedAt } : it,
      );
      return { ladder: { ...row.ladder, steps } };
    }
  }
}

const reasonOf = (event: CaseSeen): string | undefined => (event.data as { reason?: string }).reason;

const entry = (
  event: CaseSeen,
  reason: string | null,
  legalDueDate: string,
): DeadlineRow['changes'][number] => ({
  at: event.recordedAt,
  what: event.type,
  by: event.actor.account,
  reason,
  legalDueDate,
});

const datesOf = (plan: DeadlinePlan) => ({
  base: plan.base,
  nominal_date: plan.nominalDate,
  legal_due_date: plan.legalDueDate,
  safe_action_date: plan.safeActionDate,
  earliest_action_date: plan.earliestActionDate,
  explanation: plan.explanation,
});

/** Steps count as reached only for the instant they were planned at: one that moved on is to be reached again. */
function ladderOf({ ladder }: DeadlinePlan, row: Pick<DeadlineRow, 'ladder'>): DeadlineRow['ladder'] {
  const steps = ladder.steps.map((step) => {
    const before = row.ladder.steps.find(({ id }) => id === step.id);
    return { ...step, reachedAt: before && before.at >= step.at ? before.reachedAt : null };
  });
  return { name: ladder.name, steps };
}
