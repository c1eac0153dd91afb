import type { Json } from '@iter/process-model';
import { evolveAll } from './evolve.ts';
import type { RecordedCaseEvent } from './evolve.ts';
import type { ElementRef, Key, WaitingToken } from './events.ts';
import { overwrittenBy } from './overwritten.ts';
import type { Overwritten } from './overwritten.ts';
import { isSame } from './same.ts';
import { isSent, isWithinTheHouse } from './sending.ts';
import { emptyState } from './state.ts';
import type { CaseState, Deadline } from './state.ts';

/** Why what a completed task set off cannot be taken back. */
export type Obstacle =
  /** An act has left the house since, or is on its way. */
  | { readonly why: 'act-sent' }
  /** Another task was done on its ground: that one first. */
  | { readonly why: 'later-task-done'; readonly element: string; readonly definition: string | null }
  /** A legal term was moved by it otherwise than by being met or opened. */
  | { readonly why: 'term-moved' }
  /** The flow has gone on: branches came together, its part has ended, something else happened. */
  | { readonly why: 'flow-went-on' };

/** What came of a completed task. */
export interface Aftermath {
  readonly task: ElementRef;
  /** Instances that began because of it; those that still live end with its reopening. */
  readonly followers: readonly Key[];
  /** Tokens that wait for others at a join. */
  readonly tokens: readonly WaitingToken[];
  readonly met: readonly Key[];
  readonly opened: readonly Key[];
  /** Values that it put in place of others. */
  readonly overwritten: readonly Overwritten[];
  readonly obstacle: Obstacle | null;
}

/**
 * What has come of a completed task, told from the case's history; null: there is no such task, it is not done, or it was
 * reopened since. Whatever is not known to be harmless is an obstacle.
 * @param history of the whole case, each event with the command that brought it
 */
export function aftermathOf(history: readonly RecordedCaseEvent[], key: Key): Aftermath | null {
  const at = history.findIndex(({ type, data }) => type === 'UserTaskCompleted' && data.key === key);
  const done = history[at];
  if (done?.type !== 'UserTaskCompleted') return null;
  if (history.some(({ type, data }) => type === 'UserTaskReopened' && data.key === key)) return null;
  const { variables, outputs: _, item: __, ...task } = done.data;
  const before = evolveAll(emptyState, history.slice(0, at));
  const isOther = ({ commandId }: RecordedCaseEvent, i: number): boolean =>
    i > at && commandId !== done.commandId;
  const end = history.findIndex(isOther);
  const since = end < 0 ? [] : history.slice(end);
  const after = evolveAll(before, history.slice(at, history.length - since.length));
  const trail = new Trail(history.slice(0, at));
  if (isSent(variables)) trail.blocked({ why: 'act-sent' });
  if (task.iteration !== undefined || task.compensation !== undefined) trail.blocked({ why: 'flow-went-on' });
  for (const event of history.slice(at + 1, history.length - since.length)) trail.atOnce(event);
  for (const event of since) trail.later(event);
  trail.compareTerms(before, after, evolveAll(after, since));
  return { task, overwritten: overwrittenBy(before, after, variables), ...trail.found() };
}

class Trail {
  /** Scopes that were open before: one that completes has ended with the task. */
  readonly #scopes: ReadonlySet<Key>;
  readonly #followers = new Set<Key>();
  readonly #jobs = new Map<Key, number>();
  readonly #tokens: WaitingToken[] = [];
  readonly #met = new Set<Key>();
  readonly #opened = new Set<Key>();
  /** Obstacles, by what they are about: reopening a later task takes its own away. */
  readonly #obstacles = new Map<Key | null, Obstacle>();
  #reopening: string | undefined;

  constructor(before: readonly RecordedCaseEvent[]) {
    const scopes = before.flatMap((it) => (it.type === 'ElementActivated' ? [it.data.key] : []));
    this.#scopes = new Set(scopes);
  }

  blocked(obstacle: Obstacle, about: Key | null = null): void {
    if (!this.#obstacles.has(about)) this.#obstacles.set(about, obstacle);
  }

  /** By the very command that completed the task. */
  atOnce(event: RecordedCaseEvent): void {
    if (this.#begins(event)) return;
    switch (event.type) {
      case 'ElementCompleted':
        if (this.#scopes.has(event.data.key) || this.#tokens.some((it) => it.element === event.data.element))
          this.blocked({ why: 'flow-went-on' });
        return;
      case 'SequenceFlowTaken': {
        const { flow, joins } = event.data;
        if (joins !== undefined) this.#tokens.push({ element: joins, flow });
        return;
      }
      case 'DeadlineMet':
        if (event.data.use === 'quiets') this.blocked({ why: 'term-moved' });
        else this.#met.add(event.data.key);
        return;
      case 'DeadlineOpened':
        this.#opened.add(event.data.key);
        return;
      case 'MessageThrown':
      case 'SignalThrown':
        return this.blocked({ why: 'act-sent' });
      default:
        if (isHarmless.has(event.type)) return;
        this.blocked({ why: event.type.startsWith('Deadline') ? 'term-moved' : 'flow-went-on' });
    }
  }

  /** By commands since. */
  later(event: RecordedCaseEvent): void {
    if (event.type === 'UserTaskReopened') {
      if (!this.#followers.has(event.data.key)) return;
      this.#obstacles.delete(event.data.key);
      this.#reopening = event.commandId;
      return;
    }
    if (event.type === 'CaseModified' || event.type === 'CaseMigrated')
      return this.blocked({ why: 'flow-went-on' });
    if (event.type === 'DeliverySent' && this.#jobs.has(event.data.job ?? ''))
      return this.blocked({ why: 'act-sent' });
    if (this.#tokens.some((token) => usesUp(event, token))) return this.blocked({ why: 'flow-went-on' });
    const isReopened = this.#reopening !== undefined && event.commandId === this.#reopening;
    const scope = 'scope' in event.data ? (event.data.scope ?? null) : null;
    if (isReopened || (scope !== null && this.#followers.has(scope))) this.#begins(event);
    const key = 'key' in event.data ? event.data.key : null;
    if (key === null || !this.#followers.has(key)) return;
    switch (event.type) {
      case 'UserTaskCompleted': {
        const { element, definition = null, variables } = event.data;
        return this.blocked(
          isSent(variables) ? { why: 'act-sent' } : { why: 'later-task-done', element, definition },
          key,
        );
      }
      case 'JobFailed':
      case 'JobRetried':
        if (this.#jobs.has(key)) this.#jobs.set(key, event.data.retries);
        return;
      case 'JobCompleted':
      case 'JobErrorThrown':
        return this.blocked({ why: this.#jobs.has(key) ? 'act-sent' : 'flow-went-on' });
      case 'ElementTerminated':
        this.#jobs.delete(key);
        if (!isReopened) this.blocked({ why: 'flow-went-on' });
        return;
      case 'ElementCompleted':
      case 'TimerFired':
      case 'MessageCorrelated':
      case 'SignalReceived':
      case 'ConditionTriggered':
        return this.blocked({ why: 'flow-went-on' });
      default:
    }
  }

  /**
   * What time or people did to the terms since would be lost with them; a term that was suspended as it was met would not be
   * suspended any more.
   */
  compareTerms(before: CaseState, after: CaseState, now: CaseState): void {
    // The later task may have done it: it is reopened first.
    if ([...this.#obstacles.values()].some(({ why }) => why === 'later-task-done')) return;
    const isMoved = (key: Key): boolean =>
      !isSame(courseOf(after.deadlines.get(key)), courseOf(now.deadlines.get(key)));
    const wasSuspended = (key: Key): boolean => before.deadlines.get(key)?.status === 'suspended';
    if ([...this.#met].some(wasSuspended) || [...this.#met, ...this.#opened].some(isMoved))
      this.blocked({ why: 'term-moved' });
  }

  found(): Omit<Aftermath, 'task' | 'overwritten'> {
    // A job that still has tries may be sending at this very moment.
    if ([...this.#jobs.values()].some((retries) => retries > 0)) this.blocked({ why: 'act-sent' });
    return {
      followers: [...this.#followers],
      tokens: this.#tokens,
      met: [...this.#met],
      opened: [...this.#opened],
      obstacle: gravest([...this.#obstacles.values()]),
    };
  }

  /** @returns whether the event is something's beginning to live or to be awaited */
  #begins(event: RecordedCaseEvent): boolean {
    switch (event.type) {
      case 'ElementActivated':
        if (event.data.interrupts) this.blocked({ why: 'flow-went-on' });
        this.#followers.add(event.data.key);
        return true;
      case 'JobCreated':
        if (!isWithinTheHouse(event.data)) this.#jobs.set(event.data.key, event.data.retries);
        this.#followers.add(event.data.key);
        return true;
      case 'UserTaskCreated':
      case 'DecisionEvaluated':
        this.#followers.add(event.data.key);
        return true;
      case 'TimerArmed':
      case 'MessageSubscribed':
      case 'SignalSubscribed':
      case 'ConditionSubscribed':
        if (event.data.host !== null && this.#followers.has(event.data.host))
          this.#followers.add(event.data.key);
        return true;
      default:
        return false;
    }
  }
}

/** Whether a token that waited at a join has gone on with others. */
function usesUp(event: RecordedCaseEvent, { element, flow }: WaitingToken): boolean {
  if (event.type === 'TokensJoined') return event.data.element === element && flow in event.data.tokens;
  return event.type === 'ElementCompleted' && event.data.element === element;
}

/** What may follow at once and is put right by doing the task again. */
const isHarmless: ReadonlySet<string> = new Set([
  ...['VariablesSet', 'TimerDisarmed', 'MessageUnsubscribed', 'SignalUnsubscribed', 'ConditionUnsubscribed'],
  ...['LadderStepReached', 'EscalationRaised', 'EscalationResolved', 'IncidentRaised', 'IncidentResolved'],
  'ActsAsked',
]);

/** What decides about a term; a proof and a ladder do not. */
function courseOf(deadline: Deadline | undefined): Json {
  if (!deadline) return null;
  const { status, decidedOn, extraDays, suspendedOn, bases, plan } = deadline;
  const dates = bases.map(({ date }) => date);
  return { status, decidedOn, extraDays, suspendedOn, dates, base: plan.base, due: plan.legalDueDate };
}

const gravity = ['act-sent', 'term-moved', 'flow-went-on', 'later-task-done'] as const;

/** Of several obstacles the one that no other way removes. */
const gravest = (obstacles: readonly Obstacle[]): Obstacle | null =>
  gravity.map((why) => obstacles.find((it) => it.why === why)).find((it) => it !== undefined) ?? null;
