import type { CaseSeen, SeenOf } from '../case-event.ts';
import { textOf } from '../case-event.ts';
import type { DeadlineChange, DeadlineMoment } from '../views.ts';
import type { DeadlineRow } from './table.ts';

/** The facts of an operation, as far as its event has them. */
interface Facts {
  readonly reason?: string;
  readonly by?: string;
  readonly on?: string;
  readonly days?: number;
  readonly base?: string;
  readonly proof?: string;
}

const unexplained: ReadonlySet<string> = new Set(['DeadlineOpened', 'DeadlineMissed', 'DeadlineProven']);

const momentOf = (row: DeadlineRow): DeadlineMoment => ({
  state: row.state,
  base: row.base,
  nominalDate: row.nominal_date,
  legalDueDate: row.legal_due_date,
  safeActionDate: row.safe_action_date,
});

/** What an operation did to a deadline. @param before null when it opened it */
export function changeOf(event: CaseSeen, before: DeadlineRow | null, after: DeadlineRow): DeadlineChange {
  const { reason, by, on, days, base, proof } = event.data as Facts;
  const corrected = event.type === 'DeadlineRebased' && before ? correctedBase(before, after) : undefined;
  return {
    at: event.recordedAt,
    what: event.type,
    by: event.actor.account,
    role: event.actor.role,
    // The element that recorded the fact stands for the reason.
    reason: event.type === 'DeadlineMet' ? (by ?? null) : unexplained.has(event.type) ? null : textOf(reason),
    legalDueDate: after.legal_due_date,
    on: on ?? corrected?.date ?? null,
    days: days ?? null,
    base: base ?? corrected?.name ?? null,
    proof: proof ?? null,
    before: before && momentOf(before),
    after: momentOf(after),
  };
}

/** The base whose date was wrong, as it is now; also one that does not count. */
function correctedBase(before: DeadlineRow, after: DeadlineRow): DeadlineRow['bases'][number] | undefined {
  return after.bases.find(({ name, date }) => before.bases.find((it) => it.name === name)?.date !== date);
}

/** Missed as far as anybody knew, until the fact that had kept it was recorded or its base corrected. */
export const isKeptLate = ({ state, changes }: Pick<DeadlineRow, 'state' | 'changes'>): boolean =>
  state === 'met' && changes.some(({ what }) => what === 'DeadlineMissed');

/** The day or instant of the fact that decides; undefined: the event decides nothing. */
export function decidedBy(event: SeenOf<'DeadlineMet' | 'DeadlineRectified'>): string | undefined {
  return event.type === 'DeadlineMet' && event.data.use === 'quiets' ? undefined : event.data.on;
}
