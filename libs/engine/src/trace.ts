import type { FlowNode, ProcessModel } from '@iter/process-model';
import type { CaseEvent, Key } from './events.ts';

/** A line of `iter run`'s trace; the runner adds number, time, case and process. */
export interface TraceEntry {
  readonly event: string;
  /** Flow node or sequence flow; null when it concerns the case alone. */
  readonly element: string | null;
  /** `bpmn:…`; null without an element. */
  readonly type: string | null;
  /** `DL_…`, of deadline events. */
  readonly deadline?: string;
  /** Value of the deadline's key. */
  readonly key?: string;
  /** Of errors and incidents. */
  readonly code?: string;
}

/**
 * What an event says in the words of the trace; one event may say that an element was activated and completed,
 * others say nothing there. From the event and the model alone.
 */
export function traceOf(event: CaseEvent, model: ProcessModel): readonly TraceEntry[] {
  const at = (name: string, element: string | null, more: Partial<TraceEntry> = {}): TraceEntry => ({
    event: name,
    element,
    type: (element !== null && model.nodes.get(element)?.type) || null,
    ...more,
  });
  switch (event.type) {
    case 'ElementActivated':
    case 'UserTaskCreated':
    case 'JobCreated':
      return [at('element-activated', event.data.element)];
    case 'ElementCompleted': {
      const completed = at('element-completed', event.data.element);
      return waits(model, event.data.element)
        ? [completed]
        : [at('element-activated', event.data.element), completed];
    }
    case 'UserTaskCompleted':
    case 'JobCompleted':
      return [at('element-completed', event.data.element)];
    case 'ElementTerminated':
      return [at('element-terminated', event.data.element)];
    case 'SequenceFlowTaken':
      return [{ event: 'sequence-flow-taken', element: event.data.flow, type: 'bpmn:SequenceFlow' }];
    case 'TimerFired':
      return [at('timer-fired', event.data.element)];
    case 'MessageCorrelated':
      return [at('message-correlated', event.data.element)];
    case 'ErrorThrown':
      return [at('error-thrown', event.data.element, { code: event.data.code })];
    case 'IncidentRaised':
      return [at('incident-raised', event.data.element, { code: event.data.code })];
    case 'IncidentResolved':
      return [at('incident-resolved', null)];
    case 'DeadlineOpened':
      return [at('deadline-opened', event.data.element, deadline(event.data))];
    case 'DeadlineMet':
      return event.data.use === 'quiets'
        ? []
        : [at('deadline-met', nodeOrNull(model, event.data.by), deadline(event.data))];
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
    case 'DeadlineClosed':
      return [at('deadline-closed', null, deadline(event.data))];
    default:
      return [];
  }
}

function deadline({ id, instance }: { id: Key; instance: string | null }): Partial<TraceEntry> {
  return { deadline: id, ...(instance === null ? {} : { key: instance }) };
}

function nodeOrNull(model: ProcessModel, id: string): string | null {
  return model.nodes.has(id) ? id : null;
}

/** Whether an element's activation was an event of its own, because something could wait in it. */
function waits(model: ProcessModel, element: string): boolean {
  const node = model.nodes.get(element);
  switch (node?.type) {
    case 'bpmn:SubProcess':
    case 'bpmn:EventBasedGateway':
      return true;
    case 'bpmn:ReceiveTask':
      return !isChosen(model, node);
    case 'bpmn:IntermediateCatchEvent':
      return node.event.kind !== 'link' && !isChosen(model, node);
    default:
      return false;
  }
}

/** The gateway before it has waited in its place. */
function isChosen(model: ProcessModel, { incoming }: FlowNode): boolean {
  return incoming.some((id) => {
    const source = model.flows.get(id)?.source ?? '';
    return model.nodes.get(source)?.type === 'bpmn:EventBasedGateway';
  });
}
