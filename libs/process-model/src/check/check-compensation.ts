import type { RuleFindings } from '../rules.ts';
import type { FlowNode, ProcessModel } from '../model.ts';
import type { CompensationLink } from '../read/read-compensation.ts';
import { around, definitionsOf, nodesOf } from './parts.ts';

/**
 * A compensation boundary event is linked to one activity that undoes; such an activity is reached only so; and what
 * is thrown names an activity that can be undone. Source: BPMN 2.0.2 §§10.5.6 (Compensation), 10.7, 13.5.5
 */
export function checkCompensation(
  model: ProcessModel,
  links: readonly CompensationLink[],
  findings: RuleFindings,
): void {
  const linked = new Set(links.map(({ handler }) => handler));
  for (const node of model.nodes.values()) {
    if (node.isForCompensation) checkHandler(node, linked, findings);
    const kinds = definitionsOf(node.event).map(({ kind }) => kind);
    if (!kinds.includes('compensation')) continue;
    if (node.type === 'bpmn:BoundaryEvent') checkBoundary(node, model, links, findings);
    else if (node.type !== 'bpmn:StartEvent') checkThrow(node, model, findings);
  }
}

function checkHandler(node: FlowNode, linked: ReadonlySet<string>, findings: RuleFindings): void {
  if (node.incoming.length + node.outgoing.length > 0) {
    findings.error(
      node.id,
      'compensation-flow',
      'An activity for compensation is reached from its boundary event only: no flow leads to or from it.',
    );
  }
  if (node.triggeredByEvent) {
    findings.error(node.id, 'compensation-handler', 'An event sub-process is no activity for compensation.');
  } else if (!linked.has(node.id)) {
    findings.error(
      node.id,
      'compensation-handler',
      'What does it undo? An association leads to it from a compensation boundary event.',
    );
  }
}

function checkBoundary(
  node: FlowNode,
  model: ProcessModel,
  links: readonly CompensationLink[],
  findings: RuleFindings,
): void {
  if (node.outgoing.length > 0) {
    findings.error(
      node.id,
      'compensation-flow',
      'From a compensation boundary event leads an association, not a flow.',
    );
  }
  const handlers = links.filter(({ boundary }) => boundary === node.id);
  if (handlers.length !== 1) {
    findings.error(
      node.id,
      'compensation-handler',
      'A compensation boundary event has one association, to the activity that undoes.',
    );
  }
  for (const { handler } of handlers) {
    const activity = model.nodes.get(handler);
    if (activity && (!activity.isForCompensation || activity.scope !== node.scope)) {
      findings.error(
        node.id,
        'compensation-handler',
        `${handler} cannot undo here: it lies beside the event and has isForCompensation="true".`,
      );
    }
  }
  if (model.nodes.get(node.attachedTo ?? '')?.isForCompensation) {
    findings.error(node.id, 'compensation-handler', 'What undoes is not itself undone.');
  }
}

function checkThrow(node: FlowNode, model: ProcessModel, findings: RuleFindings): void {
  for (const definition of definitionsOf(node.event)) {
    if (definition.kind !== 'compensation' || definition.activity === null) continue;
    const activity = model.nodes.get(definition.activity);
    const handlerAround = [...around(model, node)].find(({ triggeredByEvent }) => triggeredByEvent);
    const sees =
      activity !== undefined &&
      (activity.scope === node.scope ||
        (handlerAround !== undefined && activity.scope === handlerAround.scope));
    if (!sees) {
      findings.error(
        node.id,
        'compensation-scope',
        `${definition.activity} cannot be compensated from here: it lies in another scope.`,
      );
    } else if (!canBeUndone(activity, model)) {
      findings.error(
        node.id,
        'compensation-scope',
        `Nothing undoes ${definition.activity}: give it a compensation boundary event.`,
      );
    }
  }
}

/** By its boundary event, or by what lies in it. */
function canBeUndone(activity: FlowNode, model: ProcessModel): boolean {
  if (activity.compensatedBy !== null || activity.type === 'bpmn:CallActivity') return true;
  return nodesOf(model, model.scopes.get(activity.id)).some((inner) => {
    const starts = inner.triggeredByEvent ? nodesOf(model, model.scopes.get(inner.id)) : [];
    return (
      canBeUndone(inner, model) ||
      starts.some(({ type, event }) => type === 'bpmn:StartEvent' && event.kind === 'compensation')
    );
  });
}
