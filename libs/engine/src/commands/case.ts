import { caseStarts } from '@iter/process-model';
import type { CaseStart, FlowNode, ProcessModel } from '@iter/process-model';
import type { CaseCommand } from '../commands.ts';
import { beginAtGateway } from '../elements/event-based-gateway.ts';
import type { Execution } from '../execution.ts';
import { refuse } from '../refused.ts';
import { keepRules } from '../refusals.ts';
import { endCase } from '../ending.ts';
import { openEventSubProcesses } from '../scopes.ts';
import { requireActive, requireReason, requireVariables } from './checks.ts';

type Command<T extends CaseCommand['type']> = Extract<CaseCommand, { type: T }>;

/**
 * Starts at the none start event, or at the triggered start that is named. What came with the trigger is the case's,
 * unless the start has output mappings: then only what they give.
 */
export function startCase(x: Execution, command: Command<'StartCase'>): void {
  const { type: _, startElement, startedBy, ...data } = command;
  requireVariables(command.variables);
  const model = x.modelOf(command.definition);
  const begins = startElement === undefined ? beginsOf(model) : [];
  const { node, gateway } = begins[0] ? { node: begins[0], gateway: null } : startOf(model, startElement);
  const isMapped =
    node.outputs.length > 0 && !(node.type === 'bpmn:StartEvent' && node.event.kind === 'none');
  const [variables, payload] = isMapped ? [{}, command.variables] : [command.variables, {}];
  x.emit({
    type: 'CaseStarted',
    data: { ...data, variables, startElement: node.id, ...factsOf(model) },
  });
  keepRules(x, node, null, payload);
  if (startedBy) x.emit({ type: 'CaseLinked', data: { ...startedBy, relation: 'started-by' } });
  openEventSubProcesses(x, null);
  if (begins.length > 0) {
    for (const { id } of begins) x.enqueue({ kind: 'arrival', element: id, scope: null, free: true });
  } else if (gateway) beginAtGateway(x, gateway, node, payload);
  else x.enqueue({ kind: 'arrival', element: node.id, scope: null, payload });
}

/** Names of what lists may be narrowed by; views know no definitions. */
export const factsOf = ({ facts }: ProcessModel): { readonly facts?: readonly string[] } =>
  facts.length === 0 ? {} : { facts: facts.map(({ name }) => name) };

/** A process without start events begins with all that no flow leads to. Source: BPMN 2.0.2 §10.5.2 */
function beginsOf({ kind, scopes, nodes }: ProcessModel): readonly FlowNode[] {
  const top = scopes.get('');
  if (kind !== 'process' || !top || top.starts.length > 0) return [];
  return top.begins.flatMap((id) => nodes.get(id) ?? []);
}

const known = new WeakMap<ProcessModel, readonly CaseStart[]>();

function startsOf(model: ProcessModel): readonly CaseStart[] {
  let starts = known.get(model);
  if (!starts) known.set(model, (starts = model.kind === 'process' ? caseStarts(model) : []));
  return starts;
}

function startOf(model: ProcessModel, wanted: string | undefined): CaseStart {
  const starts = startsOf(model);
  const found = starts.find(({ node: { id, type, event } }) =>
    wanted === undefined ? type === 'bpmn:StartEvent' && event.kind === 'none' : id === wanted,
  );
  if (found) return found;
  const ids = starts.map(({ node }) => node.id).join(', ');
  return refuse(
    'start-element-not-found',
    wanted === undefined
      ? {
          it: `Il processo non ha un inizio senza evento; indicare uno tra: ${ids}.`,
          en: `The process has no start without an event; name one of: ${ids}.`,
        }
      : {
          it: `Il processo non ha l’inizio ${wanted}; ha: ${ids}.`,
          en: `The process has no start ${wanted}; it has: ${ids}.`,
        },
  );
}

export function cancelCase(x: Execution, { reason }: Command<'CancelCase'>): void {
  requireActive(x);
  requireReason(reason);
  endCase(x, { type: 'CaseTerminated', data: { reason, element: null } });
}

/** What follows from a case is known later than its end: this is the one fact that still comes then. */
export function linkCase(x: Execution, { case: started, element }: Command<'LinkCase'>): void {
  x.emit({ type: 'CaseLinked', data: { case: started, relation: 'started', element } });
}

/** Nobody can move a suspended case; what the law counts goes on. */
export function suspendCase(x: Execution, { reason }: Command<'SuspendCase'>): void {
  requireActive(x);
  requireReason(reason);
  if (x.state.suspended)
    refuse('case-suspended', { it: 'Il caso è già sospeso.', en: 'The case is suspended already.' });
  x.emit({ type: 'CaseSuspended', data: { reason } });
}

export function resumeCase(x: Execution, { reason }: Command<'ResumeCase'>): void {
  requireActive(x);
  requireReason(reason);
  if (!x.state.suspended)
    refuse('case-not-suspended', { it: 'Il caso non è sospeso.', en: 'The case is not suspended.' });
  x.emit({ type: 'CaseResumed', data: { reason } });
}

export function setVariables(x: Execution, { variables, reason }: Command<'SetVariables'>): void {
  requireActive(x);
  requireReason(reason);
  requireVariables(variables);
  if (Object.keys(variables).length === 0) return;
  x.emit({ type: 'VariablesSet', data: { scope: null, variables, reason } });
  // Complex gateways may have waited for it.
  x.touched.add(null);
  for (const { key, joins } of x.state.elements.values()) if (joins !== null) x.touched.add(key);
}
