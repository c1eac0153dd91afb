import type { RuleFindings } from '../rules.ts';
import { child, children, idOf } from '../read/element.ts';
import type { Element } from '../read/element.ts';
import { wordFor } from '../read/read-graph.ts';

/**
 * Message flows lead from one participant to another, from what sends to what receives.
 * Source: BPMN 2.0.2 §7.6.2 and table 7.4, §9.4
 */
export function checkMessageFlows(definitions: Element, findings: RuleFindings): void {
  for (const collaboration of children(definitions, 'rootElements')) {
    if (collaboration.$instanceOf?.('bpmn:Collaboration') !== true) continue;
    for (const flow of children(collaboration, 'messageFlows')) checkFlow(flow, findings);
  }
}

function checkFlow(flow: Element, findings: RuleFindings): void {
  const [source, target] = [child(flow, 'sourceRef'), child(flow, 'targetRef')];
  // A missing end is a dangling reference already.
  if (!source || !target) return;
  const id = idOf(flow);
  const [from, to] = [poolOf(source), poolOf(target)];
  if (from !== null && from === to) {
    findings.error(
      id,
      'message-flow-same-pool',
      'A message flow joins two participants: within one, use a sequence flow.',
    );
  }
  if (!maySend(source)) {
    findings.error(id, 'message-flow-end', `${wordFor(source)} sends no message: ${idOf(source)}.`);
  }
  if (!mayReceive(target)) {
    findings.error(id, 'message-flow-end', `${wordFor(target)} receives no message: ${idOf(target)}.`);
  }
}

/** The process an end lies in; of a participant, the one it performs. */
function poolOf(end: Element): Element | null {
  if (end.$type === 'bpmn:Participant') return child(end, 'processRef') ?? end;
  for (let it = end.$parent; it; it = it.$parent) if (it.$type === 'bpmn:Process') return it;
  return null;
}

function maySend(end: Element): boolean {
  return isPartOrWork(end) || (end.$instanceOf?.('bpmn:ThrowEvent') === true && speaks(end));
}

function mayReceive(end: Element): boolean {
  return isPartOrWork(end) || (end.$instanceOf?.('bpmn:CatchEvent') === true && speaks(end));
}

/** An event of messages, or one whose kind is left open. */
function speaks(event: Element): boolean {
  const definitions = [...children(event, 'eventDefinitions'), ...children(event, 'eventDefinitionRef')];
  return definitions.length === 0 || definitions.some(({ $type }) => $type === 'bpmn:MessageEventDefinition');
}

function isPartOrWork(end: Element): boolean {
  return ['bpmn:Participant', 'bpmn:Activity', 'bpmn:ConversationNode'].some(
    (type) => end.$instanceOf?.(type) === true,
  );
}
