import type { RuleFindings } from '../rules.ts';
import type { Expression, FlowNode, ProcessModel, ScopeModel } from '../model.ts';
import { awaitedDefinitions, caseStarts } from '../scopes-of.ts';
import { definitionsOf, nodesOf } from './parts.ts';

/** How a process, a sub-process and an event sub-process begin. Source: BPMN 2.0.2 §§10.5.2, 13.2, 13.3.4, 13.5.4 */
export function checkStarts(model: ProcessModel, findings: RuleFindings): void {
  for (const scope of model.scopes.values()) {
    const starts = scope.starts.flatMap((id) => model.nodes.get(id) ?? []);
    const owner = scope.id === null ? null : (model.nodes.get(scope.id) ?? null);
    if (owner?.triggeredByEvent) checkEventSubProcess(owner, starts, findings);
    else if (owner) checkSubProcess(owner, starts, model, scope, findings);
    else checkProcess(model, starts, scope, findings);
  }
}

function checkProcess(
  model: ProcessModel,
  starts: readonly FlowNode[],
  scope: ScopeModel,
  findings: RuleFindings,
): void {
  if (scope.nodes.length === 0) {
    findings.error(model.key, 'process-empty', 'There is nothing in the process.');
    return;
  }
  if (model.kind === 'global-task') return;
  if (caseStarts(model).length === 0) checkImplicitStart(model, model.key, scope, 'process', findings);
  checkNone(starts, 'process', findings);
  const awaited = new Set<string>();
  for (const { node } of caseStarts(model)) {
    for (const definition of awaitedDefinitions(node)) {
      if (definition.kind === 'message' || definition.kind === 'signal') {
        checkName(node, definition.kind, definition.name, awaited, findings);
      } else if (['error', 'escalation', 'compensation'].includes(definition.kind)) {
        findings.error(
          node.id,
          'event-kind',
          `An event of kind ${definition.kind} starts event sub-processes only.`,
        );
      } else if (definition.kind === 'timer' && node.type === 'bpmn:StartEvent') {
        if (definition.timer === 'duration') {
          findings.error(
            node.id,
            'timer-kind',
            'A process starts at a date or in a cycle: a duration counts from nothing.',
          );
        }
        if (definition.value.names.length > 0) {
          findings.error(node.id, 'start-expression', 'No case exists yet: the timer can read no variable.');
        }
      }
    }
  }
}

/** Without a start event a scope begins with what no flow leads to; whoever draws its ends draws its starts. */
function checkImplicitStart(
  model: ProcessModel,
  id: string,
  scope: ScopeModel,
  what: string,
  findings: RuleFindings,
): void {
  const nodes = nodesOf(model, scope);
  if (nodes.length === 0) return;
  if (nodes.some(({ type }) => type === 'bpmn:EndEvent')) {
    findings.error(id, 'start-missing', `The ${what} has an end event and no start event.`);
  } else if (scope.begins.length === 0) {
    findings.error(
      id,
      'start-missing',
      `The ${what} has no start event, and every element has a flow into it.`,
    );
  }
}

function checkNone(starts: readonly FlowNode[], what: string, findings: RuleFindings): void {
  for (const { id } of starts.filter(({ event }) => event.kind === 'none').slice(1)) {
    findings.error(id, 'start-ambiguous', `A ${what} has at most one start event without a definition.`);
  }
}

function checkName(
  { id }: FlowNode,
  kind: 'message' | 'signal',
  name: Expression,
  awaited: Set<string>,
  findings: RuleFindings,
): void {
  if (name.names.length > 0) {
    findings.error(
      id,
      'start-expression',
      `No case exists yet: the name of the ${kind} can read no variable.`,
    );
  }
  if (awaited.has(`${kind} ${name.text}`)) {
    findings.error(id, 'start-ambiguous', `Two start events await the ${kind} "${name.text}".`);
  }
  awaited.add(`${kind} ${name.text}`);
}

function checkSubProcess(
  owner: FlowNode,
  starts: readonly FlowNode[],
  model: ProcessModel,
  scope: ScopeModel,
  findings: RuleFindings,
): void {
  if (owner.type === 'bpmn:AdHocSubProcess') return;
  if (scope.nodes.length === 0) {
    findings.warning(owner.id, 'sub-process-empty', 'Nothing is in the sub-process: it is passed through.');
  }
  if (starts.length === 0) checkImplicitStart(model, owner.id, scope, 'sub-process', findings);
  checkNone(starts, 'sub-process', findings);
  for (const { id } of starts.filter(({ event }) => event.kind !== 'none')) {
    findings.error(
      id,
      'event-kind',
      'A sub-process starts when a token arrives: its start event has no definition.',
    );
  }
}

function checkEventSubProcess(owner: FlowNode, starts: readonly FlowNode[], findings: RuleFindings): void {
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
      'What starts the event sub-process: a message, a timer, an error or another event?',
    );
  }
  if (start.refusals.length > 0 && !isBrought(start)) {
    findings.error(start.id, 'refusal-unjudged', 'Nobody brings this event: there is nobody to be refused.');
  }
  const kinds = definitionsOf(start.event).map(({ kind }) => kind);
  if (kinds.includes('error') && !start.interrupting) {
    findings.error(start.id, 'error-not-interrupting', 'An error always interrupts.');
  }
}

/** By a message of others; `deadlineMissed` is the engine's own. */
const isBrought = ({ event }: FlowNode): boolean =>
  definitionsOf(event).some((it) => it.kind === 'message' && it.name.text !== 'deadlineMissed');
