import { emptyState, evolveAll } from '@iter/engine';
import type { Variables } from '@iter/engine';
import type { RecordedEvent } from '@iter/commands';
import { verifyLog } from '@iter/event-store';
import { foldCase } from '@iter/event-store/following';
import { projections } from '@iter/read-models';
import type { World, WorldCase } from '../world/world.ts';
import type { Entry } from './books.ts';

/** How a deadline stands, told from its events alone: neither the engine's fold nor a view is asked. */
export type Standing = 'open' | 'suspended' | 'met' | 'missed' | 'replaced' | 'closed';

/** Deadlines of a case by key, recounted from its events. */
export function recountDeadlines(events: readonly RecordedEvent[]): ReadonlyMap<string, Standing> {
  const standing = new Map<string, Standing>();
  for (const event of events) {
    const now = standingAfter(event);
    if (now !== null && 'key' in event.data) standing.set(String(event.data.key), now);
  }
  return standing;
}

/** Null: the event says nothing of it. */
function standingAfter(event: RecordedEvent): Standing | null {
  switch (event.type) {
    case 'DeadlineOpened':
    case 'DeadlineReopened':
    case 'DeadlineResumed':
    case 'DeadlineInterrupted':
      return 'open';
    case 'DeadlineSuspended':
      return 'suspended';
    case 'DeadlineMet':
      return event.data.use === 'quiets' ? null : 'met';
    case 'DeadlineMissed':
      return 'missed';
    case 'DeadlineRectified':
      return event.data.state;
    case 'DeadlineReplaced':
      return 'replaced';
    case 'DeadlineClosed':
      return 'closed';
    default:
      return null;
  }
}

const isCode = /^[A-Z][A-Z0-9_]{0,59}$/;

/**
 * What a case says of facts, recounted from its events: the last that anybody brought under a name counts. What is no code and
 * no yes or no is not told.
 * @returns by name, empty: not said
 */
export function recountFacts(
  events: readonly RecordedEvent[],
  names: readonly string[],
): ReadonlyMap<string, string> {
  const brought = Object.assign(
    {},
    ...events.map(({ type, data }): object | undefined => {
      if (type === 'CaseStarted' || type === 'VariablesSet') return data.variables;
      return type === 'UserTaskCompleted' || type === 'JobCompleted' ? (data.outputs ?? data.variables) : {};
    }),
  ) as Variables;
  return new Map(
    names.map((name) => {
      const value = brought[name];
      const isSaid = typeof value === 'boolean' || (typeof value === 'string' && isCode.test(value));
      return [name, isSaid ? String(value) : ''];
    }),
  );
}

/** Deadlines of one kind: how many were opened, how each ended, and whom it called. */
export interface TermCount {
  /** In Italian, as its term calls it. */
  label: string;
  nature: string;
  /** Whether those are bound who act in the house: not the employee, a candidate or another body alone. */
  isOurs: boolean;
  due: number;
  met: number;
  missed: number;
  /** Replaced, or closed with their case. */
  ended: number;
  /** Also those that are suspended. */
  running: number;
  /** Steps of ladders at which somebody was called, and those that nobody answered. */
  told: number;
  escalated: number;
}

const ours = ['administration', 'both'];

/** Of a case, by the deadline's id. */
export function recountTerms(events: readonly RecordedEvent[]): ReadonlyMap<string, TermCount> {
  const counts = new Map<string, TermCount>();
  const countOf = (id: string): TermCount => {
    const count = counts.get(id) ?? {
      ...{ label: id, nature: '', isOurs: true },
      ...{ due: 0, met: 0, missed: 0, ended: 0, running: 0, told: 0, escalated: 0 },
    };
    counts.set(id, count);
    return count;
  };
  const ids = new Map<string, string>();
  for (const event of events) {
    if (event.type === 'DeadlineOpened') {
      const { key, id, label, nature, binds } = event.data;
      ids.set(key, id);
      Object.assign(countOf(id), { label: label.it, nature, isOurs: ours.includes(binds) });
    }
    if (event.type === 'LadderStepReached') countOf(event.data.id).told++;
    if (event.type === 'EscalationRaised' && event.data.deadlineId !== null)
      countOf(event.data.deadlineId).escalated++;
  }
  for (const [key, standing] of recountDeadlines(events)) {
    const count = countOf(ids.get(key) ?? key);
    count.due++;
    if (standing === 'met' || standing === 'missed') count[standing]++;
    else if (standing === 'open' || standing === 'suspended') count.running++;
    else count.ended++;
  }
  return counts;
}

export type Ending = 'open' | 'completed' | 'terminated';

/** User tasks of a case by key, as their events leave them. */
export function recountTasks(
  events: readonly RecordedEvent[],
): ReadonlyMap<string, { readonly element: string; readonly state: Ending }> {
  const found = new Map<string, { element: string; state: Ending }>();
  for (const { type, data } of events) {
    if (type === 'UserTaskCreated') found.set(data.key, { element: data.element, state: 'open' });
    const task = 'key' in data ? found.get(String(data.key)) : undefined;
    if (type === 'UserTaskCompleted' && task) task.state = 'completed';
    if (type === 'ElementTerminated' && task) task.state = 'terminated';
  }
  if (hasEnded(events))
    for (const task of found.values()) if (task.state === 'open') task.state = 'terminated';
  return found;
}

/** Escalations of a case by key, as their events leave them. */
export function recountEscalations(events: readonly RecordedEvent[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const event of events) {
    switch (event.type) {
      case 'EscalationRaised':
      case 'EscalationReopened':
      case 'EscalationHandedOn':
        found.set(event.data.key, 'raised');
        break;
      case 'EscalationAcknowledged':
        if (found.get(event.data.key) === 'raised') found.set(event.data.key, 'acknowledged');
        break;
      case 'EscalationTakenOver':
        found.set(event.data.key, 'taken-over');
        break;
      case 'EscalationResolved':
        found.set(event.data.key, 'resolved');
        break;
      default:
    }
  }
  if (hasEnded(events)) for (const key of found.keys()) found.set(key, 'resolved');
  return found;
}

const ends = new Set<string>(['CaseCompleted', 'CaseTerminated', 'CaseFailed']);
const hasEnded = (events: readonly RecordedEvent[]): boolean => events.some(({ type }) => ends.has(type));

/** What must hold after years were played. @returns a sentence for each thing that does not */
export async function violationsOf(world: World, entries: readonly Entry[]): Promise<readonly string[]> {
  let stored = 0;
  const verdict = await verifyLog({
    readStream: world.log.readStream,
    async readAll(options) {
      const page = await world.log.readAll(options);
      for (const { stream } of page.events) if (stream.startsWith('case-')) stored++;
      return page;
    },
  });
  const broken = verdict.broken
    ? [
        `the chain of ${verdict.broken.stream} breaks at ${verdict.broken.revision}: ${verdict.broken.problem}`,
      ]
    : [];
  const known = entries.reduce((sum, { events }) => sum + events, 0);
  const lost = stored === known ? [] : [`the log holds ${stored} events of cases, the cases know ${known}`];
  return [...broken, ...lost, ...entries.flatMap(({ violations }) => violations), ...world.actFailures];
}

/** By which people know a way to begin: the process, and the message if it is not a form. */
export const wayToBegin = (process: string, message: string): string =>
  message === '' ? process : `${process} (${message})`;

/**
 * What people were told has begun, against the cases that are there. Those that other cases began by the same message stand
 * for none that is lost.
 * @param begun how often, by the way to begin
 * @returns a sentence for each way by which cases are lost
 */
export function lostStarts(
  begun: ReadonlyMap<string, number>,
  entries: readonly Pick<Entry, 'process' | 'begunBy'>[],
): readonly string[] {
  const ways = entries.flatMap((it) => (it.begunBy === null ? [] : [wayToBegin(it.process, it.begunBy)]));
  return [...begun].flatMap(([way, told]) => {
    const there = ways.filter((it) => it === way).length;
    return there >= told ? [] : [`of ${way} ${told} cases have begun, ${there} are there`];
  });
}

/** One case: the engine's fold, the recount and the views against one another. */
export function violationsIn(it: WorldCase): readonly string[] {
  const found: string[] = [];
  const differs = (what: string, one: unknown, other: unknown): void => {
    const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
    if (a !== b) found.push(`${it.name} (${it.id}): ${what}: ${a} against ${b}`);
  };
  const { state, events } = it;
  const again = evolveAll(emptyState, events);
  differs('status folded anew', again.status, state.status);
  const told = sorted([...state.deadlines.values()].map(({ key, status }) => [key, status]));
  differs('deadlines by the fold and by the recount', told, sorted([...recountDeadlines(events)]));
  differs(
    'deadlines folded anew',
    told,
    sorted([...again.deadlines.values()].map(({ key, status }) => [key, status])),
  );
  if (state.status !== 'active') {
    const open = { tasks: state.tasks.size, jobs: state.jobs.size, timers: state.timers.size };
    differs('open in a case that has ended', open, { tasks: 0, jobs: 0, timers: 0 });
    const running = told.filter(([, status]) => status === 'open' || status === 'suspended');
    differs('deadlines that run in a case that has ended', running, []);
  }
  const rows = viewsOf(it);
  if (typeof rows === 'string') return [...found, `${it.name} (${it.id}): a view stopped: ${rows}`];
  const suffix = `${it.id}.`;
  const keyOf = (id: unknown): string => String(id).slice(suffix.length);
  differs(
    'deadlines in the view',
    told,
    sorted(rows('deadlines').map(({ id, state: shown }) => [keyOf(id), String(shown)])),
  );
  const tasks = [...recountTasks(events)].map(
    ([key, task]) => [key, `${task.element} ${task.state}`] as const,
  );
  differs(
    'tasks by the recount and in the view',
    sorted(tasks),
    sorted(rows('tasks').map((row) => [keyOf(row['id']), `${row['element']} ${row['state']}`])),
  );
  differs(
    'open tasks by the fold and by the recount',
    sorted([...state.tasks.values()].map(({ key, element }) => [key, `${element} open`])),
    sorted(tasks.filter(([, task]) => task.endsWith(' open'))),
  );
  differs(
    'escalations by the recount and in the view',
    sorted([...recountEscalations(events)]),
    sorted(rows('escalations').map((row) => [keyOf(row['id']), String(row['state'])])),
  );
  const [row] = rows('cases');
  differs('state in the view', row?.['state'], state.status);
  differs('open tasks counted by the view', row?.['open_tasks'], state.tasks.size);
  return found;
}

type ViewRow = Readonly<Record<string, unknown>>;

/** The rows that the real projections make of a case; or why they stopped. */
function viewsOf({ id, events }: WorldCase): ((table: string) => readonly ViewRow[]) | string {
  const seen = events.map((event) => ({ ...event, stream: `case-${id}` }));
  const { rows, poison } = foldCase(projections, seen as never, new Map());
  if (poison) return poison.error;
  return (name) => ([...rows].find(([table]) => table.name === name)?.[1] ?? []) as readonly ViewRow[];
}

const sorted = (pairs: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] =>
  [...pairs].sort(([a], [b]) => (a < b ? -1 : 1));
