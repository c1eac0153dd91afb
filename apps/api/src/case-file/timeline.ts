import { masked } from './pseudonymise.ts';

/** What a fact is about, for whoever looks for one. */
export const subjects = ['activities', 'terms', 'documents', 'messages', 'comments'] as const;
export type Subject = (typeof subjects)[number];
/** What a timeline may be narrowed to. */
export const timelineTopics = [...subjects, 'interventions'] as const;
export type TimelineTopic = (typeof timelineTopics)[number];

interface Told {
  readonly id: string;
  readonly type: string;
  readonly revision: number;
  readonly data: object;
}
type Data = Readonly<Record<string, unknown>>;

/** The activity that a fact is about, also where the fact names its instance by key only. */
export interface Instance {
  readonly element: string;
  readonly definition: string;
  /** Which of several instances; null: the only one. */
  readonly iteration: number | null;
  /** Of a task, what tells it from others that look alike; null: nothing does, or the reader may not know. */
  readonly about: string | null;
  /** Of a task that an office of another body does, that body's IPA code. */
  readonly body: string | null;
}

export interface TimelineFact<E> {
  readonly event: E;
  readonly subject: Subject;
  /** Only the machine cares about it. */
  readonly isMinor: boolean;
  readonly isIntervention: boolean;
  readonly instance: Instance | null;
  /** What people entered here and nobody entered again since, with the values that hold now; null: nothing. */
  readonly rectifiable: Readonly<Record<string, unknown>> | null;
}

export interface Timeline<E> {
  /** Newest first. */
  readonly facts: readonly TimelineFact<E>[];
  /** Of each topic, as many as there are to be seen. */
  readonly counts: Readonly<Record<TimelineTopic | 'all', number>>;
  /** Of what is asked for, those that only the machine cares about. */
  readonly minor: number;
  /** The revision before which it goes on; null: that is all. */
  readonly next: number | null;
  /** With `after`: what may be corrected at some fact before it is another now. */
  readonly earlierChanged: boolean;
}

export interface TimelineAsked {
  readonly about?: TimelineTopic;
  /** Only what names this instance of an element. */
  readonly key?: string;
  /** With what only the machine cares about. */
  readonly all: boolean;
  /** Only what happened before this revision; null: from the newest on. */
  readonly before: number | null;
  /** Only what happened after this revision; null or absent: from the first on. */
  readonly after?: number | null;
  readonly limit: number;
}

interface History<E> {
  /** Oldest first. */
  readonly events: readonly E[];
  /** By revision. */
  readonly definitions: readonly string[];
  readonly interventions: ReadonlySet<number>;
}

/** A page of what happened, newest first. The history is gone through once, however many facts there are. */
export function timelineOf<E extends Told>(
  { events, definitions, interventions }: History<E>,
  { about, key, all, before, after = null, limit }: TimelineAsked,
): Timeline<E> {
  const counts = { ...zero };
  const instances = new Map<string, Instance>();
  const entered = lastEntered(events);
  const page: TimelineFact<E>[] = [];
  let minor = 0;
  for (const event of events) {
    const { revision, type } = event;
    const data = event.data as Data;
    const known = instances.get(String(data.key)) ?? null;
    const instance: Instance | null =
      typeof data.element === 'string'
        ? {
            ...{ element: data.element, definition: definitions[revision] ?? '' },
            iteration: typeof data.iteration === 'number' ? data.iteration : null,
            about:
              (typeof data.about === 'string' && data.about !== masked && data.about) || known?.about || null,
            body:
              type === 'UserTaskCreated' && typeof data.body === 'string' ? data.body : (known?.body ?? null),
          }
        : known;
    if (instance && typeof data.key === 'string') instances.set(data.key, instance);
    const subject = subjectOf(type);
    const isIntervention = interventions.has(revision);
    const isAbout =
      (key === undefined || data.key === key) &&
      (about === undefined || (about === 'interventions' ? isIntervention : about === subject));
    const isMinor = !isIntervention && isOfMachine(event);
    if (isMinor && isAbout) minor += 1;
    if (isMinor && !all) continue;
    counts.all += 1;
    counts[subject] += 1;
    if (isIntervention) counts.interventions += 1;
    if (!isAbout || (before !== null && revision >= before) || (after !== null && revision <= after))
      continue;
    page.push({
      event,
      subject,
      isMinor,
      isIntervention,
      instance,
      rectifiable: entered.get(event.id) ?? null,
    });
  }
  const facts = page.slice(-limit).reverse();
  const next = page.length > facts.length ? facts.at(-1)!.event.revision : null;
  return {
    facts,
    counts,
    minor,
    next,
    earlierChanged: after !== null && isCorrected(events, entered, after),
  };
}

/** Whether what may be corrected at some fact up to a revision has changed since. */
function isCorrected(events: readonly Told[], now: ReturnType<typeof lastEntered>, after: number): boolean {
  const then = lastEntered(events.filter(({ revision }) => revision <= after));
  return [...then].some(([id, values]) => JSON.stringify(values) !== JSON.stringify(now.get(id)));
}

const zero: Timeline<never>['counts'] = {
  ...{ all: 0, activities: 0, terms: 0, documents: 0, messages: 0, comments: 0, interventions: 0 },
};

/** Folded in a timeline, never left out. */
const ofMachine = new Set([
  'ElementActivated', 'ElementCompleted', 'ElementTerminated', 'SequenceFlowTaken', 'VariablesSet',
  'EscalationThrown', 'TimerArmed', 'TimerDisarmed', 'MessageSubscribed', 'MessageUnsubscribed', 'SignalSubscribed', 'SignalUnsubscribed',
  'ConditionSubscribed', 'ConditionUnsubscribed', 'ConditionLapsed', 'CompensationSubscribed', 'TokensJoined',
  'ActsAsked', 'ContinuationDue', 'ContinuationTaken', 'JobCreated', 'JobCompleted', 'JobRetried', 'UserTaskCreated', 'UserTaskClaimed', 'UserTaskReleased',
]); // prettier-ignore

/** The files of a draft are told with the draft. */
const isOfMachine = ({ type, data }: Told): boolean =>
  ofMachine.has(type) || (type === 'DocumentAttached' && ('draft' in data || 'formOf' in data));

const beginnings: readonly (readonly [string, Subject])[] = [
  ['EscalationThrown', 'activities'],
  ['Deadline', 'terms'],
  ['Ladder', 'terms'],
  ['Escalation', 'terms'],
  ['Document', 'documents'],
  ['Act', 'documents'],
  ['Message', 'messages'],
  ['Signal', 'messages'],
  ['Incoming', 'messages'],
  ['Delivery', 'messages'],
  ['Comment', 'comments'],
];

const subjectOf = (type: string): Subject =>
  beginnings.find(([beginning]) => type.startsWith(beginning))?.[1] ?? 'activities';

const entries: ReadonlySet<string> = new Set(['CaseStarted', 'UserTaskCompleted', 'MessageCorrelated']);

/**
 * By the fact at which names were entered last, their values as they hold now: what may be corrected there. What is masked
 * or gone with its key is not among them.
 */
function lastEntered(events: readonly Told[]): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const held = new Map<string, { readonly entry: string | undefined; readonly value: unknown }>();
  for (const { id, type, data } of events) {
    const isEntry = entries.has(type);
    if (!isEntry && type !== 'CaseRectified') continue;
    const { variables } = data as Data;
    if (typeof variables !== 'object' || variables === null) continue;
    for (const [name, value] of Object.entries(variables))
      held.set(name, { entry: isEntry ? id : held.get(name)?.entry, value });
  }
  const found = new Map<string, Record<string, unknown>>();
  for (const [name, { entry, value }] of held) {
    if (entry === undefined) continue;
    found.set(entry, { ...found.get(entry), [name]: value });
  }
  return found;
}
