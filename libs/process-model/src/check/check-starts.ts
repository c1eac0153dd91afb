import type { Findings } from '../findings.ts';
import { caseStarts } from '../scopes-of.ts';
import type { FlowNode, ProcessModel, ScopeModel } from '../model.ts';

/** How a process, a sub-process and an event sub-process begin. Source: BPMN 2.0.2, §10.5.2 */
export function checkStarts(model: ProcessModel, findings: Findings): void {
  for (const scope of model.scopes.values()) {
    const starts = scope.starts.flatMap((id) => model.nodes.get(id) ?? []);
    const owner = scope.id === null ? null : (model.nodes.get(scope.id) ?? null);
    if (owner?.triggeredByEvent) checkEventSubProcess(owner, starts, findings);
    else if (owner) checkSubProcess(starts, findings);
    else checkProcess(model, starts, scope, findings);
  }
}

function checkProcess(
  model: ProcessModel,
  starts: readonly FlowNode[],
  scope: ScopeModel,
  findings: Findings,
): void {
  if (scope.nodes.length === 0) {
    findings.error(model.key, 'process-empty', 'There is nothing in the process.');
    return;
  }
  if (model.kind === 'global-task') return;
  const ends = scope.nodes.some((id) => model.nodes.get(id)?.type === 'bpmn:EndEvent');
  const begins = caseStarts(model).length > 0 || (scope.begins.length > 0 && !ends);
  if (!begins) findings.error(model.key, 'start-missing', 'The process has no start event.');
  const none = starts.filter(({ event }) => event.kind === 'none');
  for (const { id } of none.slice(1)) {
    findings.error(id, 'start-ambiguous', 'A process has at most one start event without a definition.');
  }
  const messages = new Set<string>();
  for (const { id, event } of starts) {
    if (event.kind === 'error') {
      findings.error(id, 'event-kind', 'An error starts event sub-processes only.');
    }
    if (event.kind === 'message') {
      if (event.name.names.length > 0) {
        findings.error(
          id,
          'start-expression',
          'No case exists yet: the name of the message can read no variable.',
        );
      }
      if (messages.has(event.name.text)) {
        findings.error(id, 'start-ambiguous', `Two start events await the message "${event.name.text}".`);
      }
      messages.add(event.name.text);
    }
    if (event.kind === 'timer') {
      if (event.timer === 'duration') {
        findings.error(
          id,
          'timer-kind',
          'A process starts at a date or in a cycle: a duration counts from nothing.',
        );
      }
      if (event.value.names.length > 0) {
        findings.error(id, 'start-expression', 'No case exists yet: the timer can read no variable.');
      }
    }
  }
}

function checkSubProcess(starts: readonly FlowNode[], findings: Findings): void {
  const none = starts.filter(({ event }) => event.kind === 'none');
  for (const { id } of none.slice(1)) {
    findings.error(id, 'start-ambiguous', 'A sub-process has at most one start event.');
  }
  for (const { id } of starts.filter(({ event }) => event.kind !== 'none')) {
    findings.error(
      id,
      'event-kind',
      'A sub-process starts when a token arrives: its start event has no definition.',
    );
  }
}

function checkEventSubProcess(owner: FlowNode, starts: readonly FlowNode[], findings: Findings): void {
  const [start, ...more] = starts;
  if (!start) {
    findings.error(owner.id, 'start-missing', 'The event sub-process has no start event.');
    return;
  }
  for (const { id } of more)
    findings.error(id, 'start-ambiguous', 'An event sub-process has one start event.');
  if (start.event.kind === 'none') {
    findings.error(
      start.id,
      'event-kind',
      'What starts the event sub-process: a message, a timer or an error?',
    );
  }
  if (start.event.kind === 'error' && !start.interrupting) {
    findings.error(start.id, 'error-not-interrupting', 'An error always interrupts.');
  }
}
