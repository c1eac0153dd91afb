import type { DeadlineEvent, DeadlinePlan } from '@iter/engine';
import { caseOf } from '@iter/event-store/following';
import { deadlineTypes, publicId, textOf } from '../case-event.ts';
import type { CaseProjection, CaseSeen, SeenOf } from '../case-event.ts';
import { cases } from '../cases/table.ts';
import { changeOf, decidedBy } from './history.ts';
import { deadlines } from './table.ts';
import type { DeadlineRow } from './table.ts';

type DeadlineSeen = SeenOf<DeadlineEvent['type']>;

const isOfDeadline = (event: CaseSeen): event is DeadlineSeen =>
  event.type.startsWith('Deadline') || event.type === 'LadderStepReached';

/** One row per legal deadline, with its whole history in it. */
export const deadlinesProjection: CaseProjection = {
  table: deadlines as never,
  types: [
    ...deadlineTypes,
    'LadderStepReached',
    'IncidentRaised',
    'EscalationAcknowledged',
    'EscalationTakenOver',
    'EscalationHandedOn',
    'EscalationReopened',
    'EscalationResolved',
  ],
  opens: [
    'DeadlineOpened',
    'DeadlineSuspended',
    'DeadlineResumed',
    'DeadlineExtended',
    'DeadlineInterrupted',
    'DeadlineReplaced',
    'DeadlineReopened',
    'DeadlineRebased',
    'DeadlineLadderReissued',
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
    if (!isOfDeadline(event)) return rows.put(deadlines, rung);
    const after = { ...rung, ...changes(event, rung) };
    const isOperation = event.type !== 'LadderStepReached';
    const history = isOperation ? [...row.changes, changeOf(event, row, after)] : row.changes;
    rows.put(deadlines, { ...after, changes: history });
  },
};

/** The deadline whose reminders an answer to an escalation stops, or that nobody answers for any more. */
function answered(event: CaseSeen): string | null {
  switch (event.type) {
    case 'EscalationAcknowledged':
    case 'EscalationTakenOver':
    case 'EscalationHandedOn':
    case 'EscalationReopened':
    case 'EscalationResolved':
      return event.data.deadline ?? null;
    default:
      return null;
  }
}

function opened(event: SeenOf<'DeadlineOpened'>, comune: string, process: string): DeadlineRow {
  const { key, id, instance, element, term, label, norm, mark, nature, binds, bases, plan, bell } =
    event.data;
  const row: DeadlineRow = {
    id: publicId(event, key),
    case_id: caseOf(event.stream),
    ...{ comune, process, element, term, label, norm, mark, nature, binds, bases },
    deadline: id,
    instance: instance ?? null,
    term_from: event.data.frozen?.validFrom ?? null,
    state: 'open',
    quieted: false,
    bell_at: bell ?? null,
    ladder: { name: '', steps: [] },
    ...datesOf(plan),
    decided_on: null,
    suspended_on: null,
    opened_at: event.recordedAt,
    ended_at: null,
    end_reason: null,
    changes: [],
  };
  const after = { ...row, ladder: ladderOf(plan, row) };
  return { ...after, changes: [changeOf(event, null, after)] };
}

/** What an event changes of the row; its history is added by whoever asks. */
function changes(
  event: Exclude<DeadlineSeen, SeenOf<'DeadlineOpened'>>,
  row: DeadlineRow,
): Partial<DeadlineRow> {
  const ended = (state: DeadlineRow['state'], reason: string | null): Partial<DeadlineRow> => ({
    state,
    ended_at: event.recordedAt,
    end_reason: reason,
  });
  const moved = (plan: DeadlinePlan, change: Partial<DeadlineRow> = {}): Partial<DeadlineRow> => ({
    ...change,
    ...datesOf(plan),
    ladder: ladderOf(plan, row),
  });
  switch (event.type) {
    case 'DeadlineMet': {
      const { use, by } = event.data;
      const quieted = row.quieted || use !== 'decides';
      if (use === 'quiets') return { quieted };
      return { quieted, ...ended('met', by), decided_on: decidedBy(event) ?? null };
    }
    case 'DeadlineMissed':
      return ended('missed', null);
    case 'DeadlineReplaced':
      return ended('replaced', textOf(event.data.reason));
    case 'DeadlineClosed':
      return ended('closed', textOf(event.data.reason));
    case 'DeadlineRectified':
      return {
        ...ended(event.data.state, textOf(event.data.reason)),
        decided_on: decidedBy(event) ?? null,
      };
    case 'DeadlineSuspended':
      return { state: 'suspended', suspended_on: event.data.on };
    case 'DeadlineResumed':
      return moved(event.data.plan, { state: 'open', suspended_on: null });
    case 'DeadlineExtended':
      return moved(event.data.plan);
    case 'DeadlineInterrupted':
      return moved(event.data.plan, { ...reopened, ...version(event), suspended_on: null });
    case 'DeadlineRebased':
      return moved(event.data.plan, { bases: event.data.bases, ...version(event) });
    case 'DeadlineReopened':
      return reopened;
    case 'DeadlineProven': {
      const { base, proof } = event.data;
      return { bases: row.bases.map((it) => (it.name === base ? { ...it, proof } : it)) };
    }
    case 'DeadlineLadderReissued':
      return { ladder: ladderOf(event.data, row) };
    case 'LadderStepReached': {
      const { step } = event.data;
      const steps = row.ladder.steps.map((it) =>
        it.id === step ? { ...it, reachedAt: event.recordedAt } : it,
      );
      return { ladder: { ...row.ladder, steps } };
    }
  }
}

const reopened = {
  state: 'open',
  quieted: false,
  ended_at: null,
  end_reason: null,
  decided_on: null,
} as const;

/** Another version of the term may apply from the new base. */
const version = ({ data }: SeenOf<'DeadlineInterrupted' | 'DeadlineRebased'>): Partial<DeadlineRow> =>
  data.frozen ? { term_from: data.frozen.validFrom } : {};

const datesOf = (plan: DeadlinePlan) => ({
  base: plan.base,
  nominal_date: plan.nominalDate,
  legal_due_date: plan.legalDueDate,
  safe_action_date: plan.safeActionDate,
  earliest_action_date: plan.earliestActionDate,
  explanation: plan.explanation,
  calendar: plan.calendar ?? null,
  alternatives: plan.alternatives ?? [],
});

/** Steps count as reached only for the instant they were planned at: one that moved on is to be reached again. */
function ladderOf(
  { ladder }: Pick<DeadlinePlan, 'ladder'>,
  row: Pick<DeadlineRow, 'ladder'>,
): DeadlineRow['ladder'] {
  const steps = ladder.steps.map((step) => {
    const before = row.ladder.steps.find(({ id }) => id === step.id);
    return { ...step, reachedAt: before && (before.at >= step.at || step.isOver) ? before.reachedAt : null };
  });
  return { name: ladder.name, steps };
}
