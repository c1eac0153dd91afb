import { roles as houseRoles } from '@iter/access';
import { romeDate } from '@iter/legal-calendar';
import { caseOf } from '@iter/event-store/following';
import type { Rows } from '@iter/event-store/following';
import type { CaseProjection, CaseSeen, SeenOf } from '../case-event.ts';
import { deadlineTypes, endTypes, publicId, renamed } from '../case-event.ts';
import { inCharge } from '../notices/table.ts';
import { mayTell } from '../cases/facts.ts';
import { nextDeadline } from '../cases/next-deadline.ts';
import { cases } from '../cases/table.ts';
import type { CaseRow } from '../cases/table.ts';
import { tasks } from './table.ts';
import type { TaskRow } from './table.ts';

const never = '9999-12-31';

/** One row per user task, open or done. What is due follows the deadlines of the case. */
export const tasksProjection: CaseProjection = {
  table: tasks as never,
  types: [
    'UserTaskCreated',
    'UserTaskClaimed',
    'UserTaskReleased',
    'UserTaskAssigned',
    'UserTaskCompleted',
    'ElementTerminated',
    'LadderStepReached',
    'CaseMigrated',
    'VariablesSet',
    'JobCompleted',
    ...endTypes,
    ...deadlineTypes,
  ],
  opens: [],
  touches(event) {
    switch (event.type) {
      case 'UserTaskCreated':
        return [];
      case 'UserTaskClaimed':
      case 'UserTaskReleased':
      case 'UserTaskAssigned':
      case 'ElementTerminated':
        return [publicId(event, event.data.key)];
      case 'UserTaskCompleted':
        // It is open itself.
        return mayTell(event) ? 'live' : [publicId(event, event.data.key)];
      case 'VariablesSet':
      case 'JobCompleted':
        return mayTell(event) ? 'live' : null;
      case 'DeadlineProven':
        return null;
      case 'LadderStepReached':
        // The notice goes to those who hold the open tasks.
        return event.data.to.includes(inCharge) ? 'live' : null;
      case 'CaseCompleted':
      case 'CaseFailed':
      case 'CaseTerminated':
      case 'CaseMigrated':
        return 'live';
      default:
        return event.type.startsWith('Deadline') ? 'live' : null;
    }
  },
  apply(event, rows) {
    switch (event.type) {
      case 'UserTaskCreated':
        return rows.put(tasks, created(event, rows));
      case 'UserTaskClaimed':
        return change(event, rows, event.data.key, { assignee: event.data.by });
      case 'UserTaskReleased':
        return change(event, rows, event.data.key, { assignee: null });
      case 'UserTaskAssigned':
        return change(event, rows, event.data.key, { assignee: event.data.to });
      case 'UserTaskCompleted': {
        const { account, role, onBehalfOf = null } = event.actor;
        const done = { completed_by: account, completed_as: role, completed_for: onBehalfOf };
        change(event, rows, event.data.key, { ...ended('completed', event), ...done });
        return tell(event, rows);
      }
      case 'VariablesSet':
      case 'JobCompleted':
        return tell(event, rows);
      case 'ElementTerminated':
        return change(event, rows, event.data.key, ended('terminated', event));
      case 'CaseCompleted':
      case 'CaseFailed':
      case 'CaseTerminated':
        for (const row of open(rows)) rows.put(tasks, { ...row, ...ended('terminated', event) });
        return;
      case 'CaseMigrated':
        for (const row of open(rows)) rows.put(tasks, migrated(row, event));
        return tell(event, rows);
      default: {
        const due = rows.get(cases, caseOf(event.stream))?.deadlines ?? [];
        for (const row of open(rows)) rows.put(tasks, { ...row, ...dueOf(row, due) });
      }
    }
  },
};

const open = (rows: Rows): readonly TaskRow[] => rows.of(tasks).filter(({ state }) => state === 'open');

/** Every open task knows what the case knows; its row comes first. */
function tell(event: CaseSeen, rows: Rows): void {
  const facts = rows.get(cases, caseOf(event.stream))?.facts ?? [];
  for (const row of open(rows)) {
    if (row.facts.join() !== facts.join()) rows.put(tasks, { ...row, facts });
  }
}

const ended = (state: TaskRow['state'], { recordedAt, revision }: CaseSeen): Partial<TaskRow> => ({
  state,
  ended_at: recordedAt,
  revision,
});

/** A task of a called process stays what it is: only what the case itself follows changes. */
function migrated(row: TaskRow, event: SeenOf<'CaseMigrated'>): TaskRow {
  const { from, definition, process } = event.data;
  if (row.definition !== from) return { ...row, process };
  const key = Object.keys(event.data.tasks ?? {}).find((it) => publicId(event, it) === row.id);
  const { role, formId } = (key && event.data.tasks?.[key]) || { role: row.role, formId: row.form_id };
  return {
    ...row,
    ...{ process, definition, role },
    element: renamed(event, row.element),
    roles: rolesOf(role, row.candidate_groups),
    form_id: formId,
  };
}

function created(event: Extract<CaseSeen, { type: 'UserTaskCreated' }>, rows: Rows): TaskRow {
  const { key, element, role, assignee, candidateUsers, candidateGroups, formId, dueAt, priority } =
    event.data;
  const id = caseOf(event.stream);
  const { comune, process, deadlines, facts, ...of } = rows.get(cases, id)!;
  const { definition = of.definition, iteration = null, body = null, about = null } = event.data;
  return {
    id: publicId(event, key),
    case_id: id,
    ...{ comune, body, process, definition, element, iteration, about, role, assignee, priority },
    roles: rolesOf(role, candidateGroups),
    candidate_groups: candidateGroups,
    candidate_users: candidateUsers,
    form_id: formId,
    state: 'open',
    facts,
    created_at: event.recordedAt,
    own_due_at: dueAt,
    ...dueOf({ own_due_at: dueAt, created_at: event.recordedAt, body }, deadlines),
    revision: event.revision,
    ended_at: null,
    completed_by: null,
    completed_as: null,
    completed_for: null,
  };
}

/** As the write side decides it: see `taskFacts` of `libs/commands`. */
function rolesOf(role: string | null, groups: readonly string[]): readonly string[] {
  if (role !== null) return [role];
  const known = groups.filter((group) => (houseRoles as readonly string[]).includes(group));
  return known.length > 0 ? known : ['DESK_OPERATOR'];
}

/**
 * The task's own due day, or the safe date of the case's next deadline when that comes first and has not passed already. An
 * office of another body is pressed by what the whole case must keep and what that body must, not by what others must.
 */
function dueOf(
  { own_due_at, created_at, body }: Pick<TaskRow, 'own_due_at' | 'created_at' | 'body'>,
  deadlines: CaseRow['deadlines'],
): Pick<TaskRow, 'due_since' | 'due_on' | 'due_sort' | 'legal_due_on' | 'due_nature'> {
  const own = own_due_at === null ? null : romeDate(own_due_at);
  const next = nextDeadline(
    body === null ? deadlines : deadlines.filter(({ instance }) => instance === null || instance === body),
  );
  if (next && (own === null || (!next.missed && next.safeActionDate.slice(0, 10) <= own))) {
    const { openedAt, safeActionDate, legalDueDate, nature } = next;
    return {
      due_since: openedAt,
      due_on: safeActionDate,
      due_sort: safeActionDate,
      legal_due_on: legalDueDate,
      due_nature: nature,
    };
  }
  const since = own === null ? null : created_at;
  return { due_since: since, due_on: own, due_sort: own ?? never, legal_due_on: null, due_nature: null };
}

function change(event: CaseSeen, rows: Rows, key: string, to: Partial<TaskRow>): void {
  const row = rows.get(tasks, publicId(event, key));
  if (row?.state === 'open') rows.put(tasks, { ...row, revision: event.revision, ...to });
}
