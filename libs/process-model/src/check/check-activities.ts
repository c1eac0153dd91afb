import type { RuleFindings } from '../rules.ts';
import type { FlowNode, LoopSpec, ProcessModel } from '../model.ts';
import { activityTypes } from '../read/vocabulary.ts';
import { nodesOf } from './parts.ts';

/** More instances than this at once are a mistake; a collection of the data may still be longer. */
const mostInstances = 100_000;

/** How often activities happen, and what begins a process besides start events. Source: BPMN 2.0.2 §§10.3, 13.3 */
export function checkActivities(model: ProcessModel, findings: RuleFindings): void {
  for (const node of model.nodes.values()) {
    for (const [name, value] of [
      ['startQuantity', node.startQuantity],
      ['completionQuantity', node.completionQuantity],
    ] as const) {
      // What is no number was refused by its spelling.
      if (value < 1) findings.error(node.id, 'quantity', `${name} is at least 1, not ${value}.`);
    }
    if (node.loop) checkLoop(node, node.loop, findings);
    if (node.instantiate) checkInstantiate(node, findings);
    if (node.type === 'bpmn:AdHocSubProcess') checkAdHoc(node, model, findings);
  }
}

function checkLoop(node: FlowNode, loop: LoopSpec, findings: RuleFindings): void {
  const { id } = node;
  if (node.triggeredByEvent) {
    findings.error(
      id,
      'loop-not-allowed',
      'An event sub-process happens as often as its event: it has no loop.',
    );
  }
  if (loop.kind === 'standard') {
    const maximum = loop.maximum?.constant;
    if (typeof maximum === 'number' && maximum < 0)
      findings.error(id, 'loop-maximum', 'loopMaximum is not negative.');
    if (loop.condition?.constant === true && loop.maximum === null)
      findings.error(id, 'loop-endless', 'The loop goes on for ever: its condition always holds.');
    return;
  }
  if (loop.cardinality === null && loop.collection === null) {
    findings.error(
      id,
      'loop-cardinality',
      'How many instances? Give a loopCardinality, or a collection (zeebe:loopCharacteristics inputCollection).',
    );
  } else if (loop.cardinality !== null && loop.collection !== null) {
    findings.error(id, 'loop-cardinality', 'A number of instances or a collection: one of them decides.');
  }
  const count = loop.cardinality?.constant;
  if (
    count !== undefined &&
    !(typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= mostInstances)
  ) {
    findings.error(id, 'loop-cardinality', `loopCardinality is a whole number from 0 to ${mostInstances}.`);
  }
  const items = loop.collection?.constant;
  if (items !== undefined && !Array.isArray(items)) {
    findings.error(
      id,
      'loop-collection',
      'The collection is no list: a variable is written with "=", as "=items".',
    );
  }
  if (loop.item !== null && loop.collection === null)
    findings.error(id, 'loop-collection', 'Items of which collection? An inputCollection is missing.');
  if ((loop.outputCollection === null) !== (loop.outputElement === null)) {
    findings.error(
      id,
      'loop-output',
      'What the instances give needs both: the collection that receives it, and the element that is given.',
    );
  }
}

function checkInstantiate(node: FlowNode, findings: RuleFindings): void {
  if (node.scope !== null) {
    findings.error(
      node.id,
      'instantiate',
      'Only an element of the process itself starts it, not one of a sub-process.',
    );
  }
  if (node.incoming.length > 0)
    findings.error(node.id, 'instantiate', 'What starts the process has no incoming flow.');
}

/** Source: BPMN 2.0.2 §10.3.5 (Ad-Hoc Sub-Process) */
function checkAdHoc(node: FlowNode, model: ProcessModel, findings: RuleFindings): void {
  const inside = nodesOf(model, model.scopes.get(node.id));
  for (const { id, type } of inside) {
    if (type === 'bpmn:StartEvent' || type === 'bpmn:EndEvent') {
      findings.error(id, 'ad-hoc-content', 'An ad-hoc sub-process has no start and no end events.');
    }
  }
  const begins = inside.some(
    (it) => activityTypes.has(it.type) && !it.triggeredByEvent && !it.isForCompensation,
  );
  if (!begins)
    findings.error(node.id, 'ad-hoc-content', 'An ad-hoc sub-process holds at least one activity.');
}
