import type { Expression, LoopSpec, MultiInstanceBehavior, SingleEventDefinition } from '../model.ts';
import type { Context } from './context.ts';
import { child, children, extensionsOf, idOf, text } from './element.ts';
import type { Element } from './element.ts';
import { Expressions } from './expressions.ts';
import { isVariable } from './names.ts';
import { readBody } from './read-body.ts';
import type { DataReader } from './read-data.ts';
import { readDefinition } from './read-event-definition.ts';
import { checkUnderstood } from './understood.ts';

/** How an activity repeats. Source: BPMN 2.0.2 §10.3.8 */
export function readLoop(element: Element, data: DataReader, context: Context): LoopSpec | null {
  const loop = child(element, 'loopCharacteristics');
  if (!loop) return null;
  checkUnderstood(loop, context.findings);
  return loop.$type === 'bpmn:StandardLoopCharacteristics'
    ? readStandard(idOf(element), loop, context)
    : readMulti(element, loop, data, context);
}

function readStandard(id: string, loop: Element, context: Context): LoopSpec {
  const expressions = new Expressions(context, id);
  const condition = child(loop, 'loopCondition');
  const maximum = loop['loopMaximum'];
  if (!condition && maximum === undefined) {
    context.findings.error(
      id,
      'loop-endless',
      'How often? A loop has a loopCondition, a loopMaximum or both.',
    );
  }
  return Object.freeze({
    kind: 'standard',
    testBefore: loop['testBefore'] === true,
    condition: readBody(id, condition, 'Condition of the loop', context),
    maximum: typeof maximum === 'number' ? expressions.feel(String(maximum), 'Maximum of the loop') : null,
  });
}

function readMulti(element: Element, loop: Element, data: DataReader, context: Context): LoopSpec {
  const id = idOf(element);
  const { findings } = context;
  const expressions = new Expressions(context, id);
  const written = (property: string, what: string): Expression | null =>
    readBody(id, child(loop, property), what, context);
  const [ours] = extensionsOf(loop, 'zeebe:LoopCharacteristics');
  const attribute = (name: string): Expression | null =>
    ours ? expressions.attribute(text(ours, name), name) : null;
  const name = (property: string): string | null => {
    const value = (ours && text(ours, property)?.trim()) || null;
    if (value !== null && !isVariable(value))
      findings.error(id, 'variable-name', `"${value}" in ${property} is no name of a variable.`);
    return value;
  };
  const part = (property: string): Element | null => child(loop, property);
  const [all, one] = [part('loopDataInputRef'), part('inputDataItem')];
  const [result, resultItem] = [part('loopDataOutputRef'), part('outputDataItem')];
  const cardinality = written('loopCardinality', 'Number of instances');
  if (ours && (all || one || result || resultItem)) {
    findings.error(
      id,
      'loop-ambiguous',
      'The items are said twice: by zeebe:loopCharacteristics and by data of BPMN.',
    );
  }
  return Object.freeze({
    kind: 'multi',
    sequential: loop['isSequential'] === true,
    cardinality,
    collection: attribute('inputCollection') ?? (all && data.loopSource(element, all)),
    item: name('inputElement') ?? (one && data.nameOf(one)),
    outputCollection: name('outputCollection') ?? (result && data.loopTarget(element, result)),
    outputElement: attribute('outputElement') ?? (resultItem && data.loopOutput(element, resultItem)),
    completionCondition: written('completionCondition', 'Completion condition'),
    behavior: readBehavior(id, loop, context),
  });
}

/** What is thrown when an instance completes. Source: BPMN 2.0.2 tables 10.29 and 10.30 */
function readBehavior(id: string, loop: Element, context: Context): MultiInstanceBehavior {
  const { findings } = context;
  const behavior = String(loop['behavior']);
  const missing = (what: string): void =>
    findings.error(id, 'loop-behavior', `behavior="${behavior}" needs ${what}.`);
  const named = (property: string): SingleEventDefinition | null => {
    const definition = child(loop, property);
    if (!definition) {
      const nothing = `behavior="${behavior}" without a ${property} throws nothing.`;
      findings.warning(id, 'loop-behavior', nothing);
    }
    return definition && readThrown(id, definition, context);
  };
  switch (loop['behavior']) {
    case 'None': {
      const event = named('noneBehaviorEventRef');
      return Object.freeze(event ? { kind: 'none', event } : { kind: 'all' });
    }
    case 'One': {
      const event = named('oneBehaviorEventRef');
      return Object.freeze(event ? { kind: 'one', event } : { kind: 'all' });
    }
    case 'Complex': {
      const written = children(loop, 'complexBehaviorDefinition');
      if (written.length === 0) missing('a complexBehaviorDefinition');
      const definitions = written.flatMap((it) => readComplex(id, it, missing, context) ?? []);
      return Object.freeze({ kind: 'complex', definitions: Object.freeze(definitions) });
    }
    default:
      return Object.freeze({ kind: 'all' });
  }
}

function readComplex(id: string, it: Element, missing: (what: string) => void, context: Context) {
  checkUnderstood(it, context.findings);
  const condition = readBody(id, child(it, 'condition'), 'Condition of the behaviour', context);
  const thrower = child(it, 'event');
  const definitions = thrower
    ? [...children(thrower, 'eventDefinitions'), ...children(thrower, 'eventDefinitionRef')]
    : [];
  const [definition] = definitions;
  if (!condition) missing('a condition in each complexBehaviorDefinition');
  if (!definition || definitions.length > 1) {
    missing('one event in each complexBehaviorDefinition');
    return null;
  }
  const event = readThrown(id, definition, context);
  return condition && event && Object.freeze({ condition, event });
}

/** Thrown by an instance and caught at the boundary of the whole. */
function readThrown(id: string, definition: Element, context: Context): SingleEventDefinition | null {
  const event = readDefinition({ $type: 'bpmn:ImplicitThrowEvent', id }, definition, context);
  if (event && !['message', 'signal', 'escalation', 'error', 'compensation'].includes(event.kind)) {
    context.findings.error(
      id,
      'loop-behavior',
      `What an instance throws is a message, a signal, an escalation or an error, not of kind ${event.kind}.`,
    );
  }
  return event;
}
