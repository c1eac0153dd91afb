import type { Models } from './env.ts';
import type { CaseEvent, Key } from './events.ts';
import type { CaseState } from './state.ts';
import { definitionAwaited, definitionIn } from './state.ts';

/** A line of `iter run`'s trace; the runner adds number, time and case. */
export interface TraceEntry {
  readonly event: string;
  /** Key of the process that the element is of: a called one inside a call. */
  readonly process: string;
  /** Flow node or sequence flow; null when it concerns the case alone. */
  readonly element: string | null;
  /** `bpmn:…`; null without an element. */
  readonly type: string | null;
  /** `DL_…`, of deadline events. */
  readonly deadline?: string;
  /** Value of the deadline's key. */
  readonly key?: string;
  /** Of errors, escalations and incidents. */
  readonly code?: string;
}

/**
 * What an event says in the words of the trace; one event may say that an element was activated and completed,
 * others say nothing there.
 * @param before the case's state before the event
 */
export function traceOf(before: CaseState, event: CaseEvent, models: Models): readonly TraceEntry[] {
  const at = (name: string, element: string | null, more: Partial<TraceEntry> = {}): TraceEntry => {
    const model = models(definitionOf(before, event));
    const type = (element !== null && model?.nodes.get(element)?.type) || null;
    return { event: name, process: model?.key ?? '', element, type, ...more };
  };
  const isUndone = (key: Key | null): boolean => key !== null && before.elements.get(key)?.undoes === true;
  // The whole of a repeated activity: its instances tell of themselves. What is undone does not happen again.
  const isWhole = (key: Key): boolean => (before.elements.get(key)?.loop ?? null) !== null || isUndone(key);
  switch (event.type) {
    case 'ElementActivated':
      return event.data.loop || event.data.undoes ? [] : [at('element-activated', event.data.element)];
    case 'UserTaskCreated':
    case 'JobCreated':
      return [at('element-activated', event.data.element)];
    case 'ElementCompleted': {
      const { key, element } = event.data;
      if (isWhole(key)) return [];
      const completed = at('element-completed', element);
      return before.elements.has(key) ? [completed] : [at('element-activated', element), completed];
    }
    case 'UserTaskCompleted':
    case 'JobCompleted':
      return [at('element-completed', event.data.element)];
    case 'ElementTerminated':
      return isWhole(event.data.key) ? [] : [at('element-terminated', event.data.element)];
    case 'SequenceFlowTaken':
      return [at('sequence-flow-taken', event.data.flow, { type: 'bpmn:SequenceFlow' })];
    case 'TimerFired':
      return [at('timer-fired', event.data.element)];
    case 'MessageCorrelated':
      return [at('message-correlated', event.data.element)];
    case 'SignalThrown':
      return [at('signal-broadcast', event.data.element)];
    case 'EscalationThrown':
      return [at('escalation-thrown', event.data.element, { code: event.data.code })];
    case 'CompensationTriggered':
      // What completed inside an activity is undone with it: only what is thrown is told.
      return isUndone(event.data.scope) ? [] : [at('compensation-triggered', event.data.element)];
    case 'DecisionEvaluated': {
      const { element } = event.data;
      return [at('element-activated', element), at('decision-evaluated', element)];
    }
    case 'ErrorThrown':
      return [at('error-thrown', event.data.element, { code: event.data.code })];
    case 'IncidentRaised':
      return [at('incident-raised', event.data.element, { code: event.data.code })];
    case 'IncidentResolved':
      return [at('incident-resolved', null)];
    case 'DeadlineOpened':
      return [at('deadline-opened', event.data.element, deadline(event.data))];
    case 'DeadlineMet':
      return event.data.use === 'quiets' ? [] : [at('deadline-met', event.data.by, deadline(event.data))];
    case 'DeadlineMissed':
      return [at('deadline-missed', null, deadline(event.data))];
    case 'DeadlineSuspended':
      return [at('deadline-suspended', null, deadline(event.data))];
    case 'DeadlineResumed':
      return [at('deadline-resumed', null, deadline(event.data))];
    case 'DeadlineExtended':
      return [at('deadline-extended', null, deadline(event.data))];
    case 'DeadlineInterrupted':
      return [at('deadline-interrupted', null, deadline(event.data))];
    case 'DeadlineReplaced':
      return [at('deadline-replaced', null, deadline(event.data))];
    case 'DeadlineReopened':
      return [at('deadline-reopened', null, deadline(event.data))];
    case 'DeadlineRebased':
      return [at('deadline-rebased', null, deadline(event.data))];
    case 'DeadlineRectified':
      return [at('deadline-rectified', null, deadline(event.data))];
    case 'DeadlineProven':
      return [at('deadline-proven', null, deadline(event.data))];
    case 'DeadlineLadderReissued':
      return [at('deadline-ladder-reissued', null, deadline(event.data))];
    case 'DeadlineClosed':
      return [at('deadline-closed', null, deadline(event.data))];
    default:
      return [];
  }
}

function deadline({ id, instance }: { id: Key; instance: string | null }): Partial<TraceEntry> {
  return { deadline: id, ...(instance === null ? {} : { key: instance }) };
}

/** The definition that an event's element is of, as far as the event concerns one. */
export function definitionOf(before: CaseState, { type, data }: CaseEvent): string {
  switch (type) {
    case 'TimerArmed':
    case 'MessageSubscribed':
    case 'SignalSubscribed':
    case 'ConditionSubscribed':
      return definitionAwaited(before, data);
    case 'TimerFired':
      return awaited(before, before.timers.get(data.key));
    case 'MessageCorrelated':
      return awaited(before, before.subscriptions.get(data.key));
    case 'SignalReceived':
      return awaited(before, before.signals.get(data.key));
    case 'ConditionTriggered':
      return awaited(before, before.conditions.get(data.key));
    case 'IncidentRaised':
      if (data.definition !== undefined) return data.definition;
      return data.scope === undefined ? definitionAwaited(before, data) : definitionIn(before, data.scope);
    default:
      if ('definition' in data && data.definition) return data.definition;
      if ('scope' in data && data.scope !== undefined) return definitionIn(before, data.scope);
      return before.elements.get(placeIn(data) ?? '')?.definition ?? before.definition;
  }
}

/** The element, or the task that something is drafted or attached for. */
function placeIn(data: CaseEvent['data']): Key | null {
  if ('task' in data) return data.task;
  return 'key' in data ? data.key : null;
}

function awaited(before: CaseState, waiting: Parameters<typeof definitionAwaited>[1] | undefined): string {
  return waiting ? definitionAwaited(before, waiting) : before.definition;
}
