import { confidential } from '@iter/access';
import { isForwardWait } from '@iter/engine';
import type { CaseEvent, DeadlinePlan } from '@iter/engine';
import { caseOf } from '@iter/event-store/following';
import type { Rows } from '@iter/event-store/following';
import { caseVariables, noVariables, publicId } from '../case-event.ts';
import type { CaseProjection, CaseSeen } from '../case-event.ts';
import { deadlines } from '../deadlines/table.ts';
import type { DeadlineRow } from '../deadlines/table.ts';
import { escalations } from '../escalations/table.ts';
import { incidents } from '../incidents/table.ts';
import { tasks } from '../tasks/table.ts';
import { factsAfter, factsOf } from './facts.ts';
import { outcomeOf } from './outcome.ts';
import { cases } from './table.ts';
import type { CaseRow, RunningDeadline } from './table.ts';

/**
 * One row per case. It comes before the other projections, which read it, and looks at their rows as they
 * were before the event to keep the counts.
 */
export const casesProjection: CaseProjection = {
  table: cases as never,
  opens: ['CaseStarted', 'VariablesSet', 'UserTaskCompleted', 'JobCompleted'],
  touches: (event) => [caseOf(event.stream)],
  apply(event, rows) {
    if (event.type === 'CaseStarted') return rows.put(cases, started(event));
    const before = rows.get(cases, caseOf(event.stream));
    if (!before) throw new Error(`the case ${caseOf(event.stream)} does not begin with CaseStarted`);
    const row = { ...before, ...changes(event, before, rows), revision: event.revision };
    rows.put(cases, named(toldOf(row, event), event));
  },
};

function started(event: Extract<CaseSeen, { type: 'CaseStarted' }>): CaseRow {
  const { process, version, definition, comune } = event.data;
  const id = caseOf(event.stream);
  const row = {
    ...{ id, process, version, definition, comune },
    code: shortCode(id),
    business_key: event.data.businessKey ?? null,
    search: '',
    state: 'active' as const,
    started_at: event.recordedAt,
    started_by: event.actor.account,
    started_as: event.actor.role,
    started_for: event.actor.onBehalfOf ?? null,
    began_at: event.occurredAt,
    ended_at: null,
    outcome: null,
    revision: event.revision,
    open_tasks: 0,
    open_incidents: 0,
    open_escalations: 0,
    deadlines: [],
    fact_names: event.data.facts ?? [],
    facts: [],
    employee_ref: null,
  };
  return named(toldOf(row, event), event);
}

function toldOf(row: CaseRow, event: CaseSeen): CaseRow {
  const facts = factsAfter(event, row.fact_names, row.facts);
  return facts === row.facts ? row : { ...row, facts };
}

/** Until the process gives it a code, a case is called by the first digits of its id. */
const shortCode = (id: string): string => id.slice(0, 8).toUpperCase();

const longestCode = 60;

const endOutcome = (element: string | null): string | null => (element === null ? null : outcomeOf(element));

/** A name in code: what else a variable may say is nobody’s business here. */
const outcomePattern = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/;

function named(row: CaseRow, event: CaseSeen): CaseRow {
  const variables = caseVariables(event);
  // Most events bring none, and leave the names as they are.
  if (variables === noVariables && row.search !== '') return row;
  const { caseCode: given, caseOutcome, employeeRef = row.employee_ref } = variables;
  const code =
    typeof given === 'string' && given.trim() !== '' ? given.trim().slice(0, longestCode) : row.code;
  const outcome =
    typeof caseOutcome === 'string' && outcomePattern.test(caseOutcome) ? caseOutcome : row.outcome;
  const person = typeof employeeRef === 'string' && confidential(row.process) ? employeeRef.trim() : null;
  const search = `${code} ${row.business_key ?? ''}`.trim().toLowerCase();
  return { ...row, code, outcome, search, employee_ref: person };
}

function changes(event: CaseSeen, row: CaseRow, rows: Rows): Partial<CaseRow> {
  const isOpenTask = (key: string): boolean => rows.get(tasks, publicId(event, key))?.state === 'open';
  const runs = (key: string, dates: Dates | null): Partial<CaseRow> => {
    const known =
      row.deadlines.find((it) => it.key === key) ?? before(rows.get(deadlines, publicId(event, key)));
    if (!known) return {};
    const others = row.deadlines.filter((it) => it.key !== key);
    return { deadlines: [...others, { ...known, key, ...dates, suspended: false, missed: false }] };
  };
  switch (event.type) {
    case 'CaseCompleted':
      return { ...ended('completed', event), outcome: row.outcome ?? endOutcome(event.data.endElement) };
    case 'CaseFailed':
      return ended('failed', event);
    case 'CaseTerminated':
      return ended('terminated', event);
    case 'CaseSuspended':
      return { state: 'suspended' };
    case 'CaseResumed':
      return { state: 'active' };
    case 'CaseMigrated': {
      const { process, version, definition, facts: names = [] } = event.data;
      return { process, version, definition, fact_names: names, facts: factsOf(row.facts, names) };
    }
    case 'UserTaskCreated':
      return { open_tasks: row.open_tasks + 1 };
    case 'UserTaskCompleted':
    case 'ElementTerminated':
      return isOpenTask(event.data.key) ? { open_tasks: row.open_tasks - 1 } : {};
    case 'IncidentRaised':
      return { open_incidents: row.open_incidents + 1 };
    case 'IncidentResolved':
      return rows.get(incidents, publicId(event, event.data.key))?.state === 'open'
        ? { open_incidents: row.open_incidents - 1 }
        : {};
    case 'EscalationRaised':
      return { open_escalations: row.open_escalations + 1 };
    case 'EscalationReopened':
      return { open_escalations: row.open_escalations + 1 };
    case 'EscalationResolved': {
      const state = rows.get(escalations, publicId(event, event.data.key))?.state;
      return state && state !== 'resolved' ? { open_escalations: row.open_escalations - 1 } : {};
    }
    case 'DeadlineOpened': {
      const { key, id, instance, label, nature, binds, plan } = event.data;
      const openedAt = event.recordedAt;
      const opened = {
        ...{ key, id, instance: instance ?? null, label, nature, binds, openedAt },
        ...{ isWait: isForwardWait({ nature, plan }), ...datesOf(plan) },
      };
      return { deadlines: [...row.deadlines, { ...opened, suspended: false }] };
    }
    case 'DeadlineResumed':
    case 'DeadlineExtended':
    case 'DeadlineInterrupted':
      return runs(event.data.key, datesOf(event.data.plan));
    case 'DeadlineReopened':
      return runs(event.data.key, null);
    case 'DeadlineRebased':
      return changed(row, event.data.key, datesOf(event.data.plan));
    case 'DeadlineSuspended':
      return changed(row, event.data.key, { suspended: true });
    case 'DeadlineMet':
      return event.data.use === 'quiets' ? done(row, event.data.key) : without(row, event.data.key);
    case 'DeadlineMissed':
      return passed(row, event.data.key);
    case 'DeadlineRectified':
      return event.data.state === 'missed' ? late(row, event.data.key) : without(row, event.data.key);
    case 'DeadlineReplaced':
    case 'DeadlineClosed':
      return without(row, event.data.key);
    default:
      return {};
  }
}

const ended = (state: CaseRow['state'], event: CaseEvent & { recordedAt: string }): Partial<CaseRow> => ({
  state,
  ended_at: event.recordedAt,
  open_tasks: 0,
  open_incidents: 0,
  open_escalations: 0,
  deadlines: [],
});

type Dates = Pick<RunningDeadline, 'safeActionDate' | 'legalDueDate'>;

/** A deadline that had ended and runs again, as its own row has it. */
function before(row: DeadlineRow | undefined): Omit<RunningDeadline, 'key' | 'suspended'> | undefined {
  if (!row) return undefined;
  const { deadline, instance, label, nature, binds, opened_at, safe_action_date, legal_due_date } = row;
  const { base, nominal_date: nominalDate } = row;
  return {
    id: deadline,
    instance,
    label,
    nature,
    binds,
    isWait: isForwardWait({ nature, plan: { base, nominalDate } }),
    openedAt: opened_at,
    safeActionDate: safe_action_date,
    legalDueDate: legal_due_date,
  };
}

const datesOf = ({ safeActionDate, legalDueDate }: DeadlinePlan): Dates => ({ safeActionDate, legalDueDate });

const changed = (row: CaseRow, key: string, change: Partial<RunningDeadline>): Partial<CaseRow> => ({
  deadlines: row.deadlines.map((it) => (it.key === key ? { ...it, ...change } : it)),
});

/** What was not done in time is still to be done. */
const passed = (row: CaseRow, key: string): Partial<CaseRow> => changed(row, key, { missed: true });

/** What was missed is done now, and presses nobody any more; but what follows of a power that is lost is for people to say. */
const done = (row: CaseRow, key: string): Partial<CaseRow> =>
  row.deadlines.some((it) => it.key === key && it.missed) ? late(row, key) : {};

/** What was done was done too late. */
const late = (row: CaseRow, key: string): Partial<CaseRow> =>
  row.deadlines.some((it) => it.key === key && it.nature === 'PEREMPTORY')
    ? passed(row, key)
    : without(row, key);

const without = (row: CaseRow, key: string): Partial<CaseRow> => ({
  deadlines: row.deadlines.filter((it) => it.key !== key),
});
