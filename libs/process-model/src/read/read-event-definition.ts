import type { Expression, FlowNode, SingleEventDefinition } from '../model.ts';
import type { Context } from './context.ts';
import { child, children, extensionsOf, idOf, text } from './element.ts';
import type { Element } from './element.ts';
import { constant, Expressions, unreadable } from './expressions.ts';
import { bodyOf, readBody } from './read-body.ts';
import { labelOf, wordFor } from './read-graph.ts';
import { checkUnderstood } from './understood.ts';

/**
 * One event definition of an event, or of the behaviour of a multi-instance activity.
 * @returns null when it was refused
 * Source: BPMN 2.0.2 §10.5.5
 */
export function readDefinition(
  element: Element,
  definition: Element,
  context: Context,
): SingleEventDefinition | null {
  const { findings } = context;
  const id = idOf(element);
  const { $type } = definition;
  const catches = element.$instanceOf?.('bpmn:CatchEvent') === true;
  checkUnderstood(definition, findings);
  switch ($type) {
    case 'bpmn:MessageEventDefinition': {
      // A throwing event with a task definition is a job: then the message is only its name in the drawing.
      if (!catches && extensionsOf(element, 'zeebe:TaskDefinition').length > 0) {
        return Object.freeze({ kind: 'message', name: constant(labelOf(element)), correlationKey: null });
      }
      return Object.freeze({ kind: 'message', ...readMessage(element, definition, catches, context) });
    }
    case 'bpmn:TimerEventDefinition':
      return readTimer(id, definition, context);
    case 'bpmn:SignalEventDefinition': {
      return Object.freeze({ kind: 'signal', name: readName(id, definition, context) });
    }
    case 'bpmn:ErrorEventDefinition': {
      const code = readCode(id, 'error', child(definition, 'errorRef'), catches, context);
      return Object.freeze({ kind: 'error', code });
    }
    case 'bpmn:EscalationEventDefinition': {
      const code = readCode(id, 'escalation', child(definition, 'escalationRef'), catches, context);
      return Object.freeze({ kind: 'escalation', code });
    }
    case 'bpmn:ConditionalEventDefinition':
      return readConditional(id, definition, context);
    case 'bpmn:CompensateEventDefinition': {
      const activity = child(definition, 'activityRef');
      const waitForCompletion = definition['waitForCompletion'] !== false;
      return Object.freeze({
        kind: 'compensation',
        activity: activity ? idOf(activity) : null,
        waitForCompletion,
      });
    }
    case 'bpmn:CancelEventDefinition':
      return Object.freeze({ kind: 'cancel' });
    case 'bpmn:TerminateEventDefinition':
      return Object.freeze({ kind: 'terminate' });
    case 'bpmn:LinkEventDefinition': {
      const name = text(definition, 'name')?.trim() ?? '';
      if (name === '')
        findings.error(id, 'link-name', 'A link needs a name: it goes on where a catch has the same.');
      return Object.freeze({ kind: 'link', name });
    }
    default:
      findings.error(id, 'unsupported-element', `${wordFor(definition)} is not supported.`);
      return null;
  }
}

/**
 * The message that an event or a task refers to, itself or by an operation, with the key that finds its case.
 * What is refused is named by an expression that is never evaluated.
 */
export function readMessage(
  element: Element,
  holder: Element,
  catches: boolean,
  context: Context,
): NonNullable<FlowNode['message']> {
  const id = idOf(element);
  const refused = Object.freeze({ name: unreadable(''), correlationKey: null });
  const operation = child(holder, 'operationRef');
  const message = child(holder, 'messageRef') ?? (operation && child(operation, 'inMessageRef'));
  if (!message) {
    context.findings.error(id, 'message-missing', 'Which message? A messageRef is missing.');
    return refused;
  }
  const expressions = new Expressions(context, id);
  const name = expressions.attribute(text(message, 'name')?.trim() ?? null, 'Name of the message');
  if (!name) {
    if (!text(message, 'name')?.trim())
      context.findings.error(id, 'message-missing', `The message ${idOf(message)} has no name.`);
    return refused;
  }
  const [subscription] = extensionsOf(message, 'zeebe:Subscription');
  const key = subscription ? text(subscription, 'correlationKey') : null;
  return Object.freeze({
    name,
    correlationKey: subscription
      ? expressions.attribute(key, 'Correlation key')
      : context.correlationKeyOf(message, catches, id),
  });
}

function readTimer(id: string, definition: Element, context: Context): SingleEventDefinition {
  const values = (['timeDate', 'timeDuration', 'timeCycle'] as const).flatMap((property) => {
    const expression = child(definition, property);
    return expression ? [{ property, expression }] : [];
  });
  const [value] = values;
  if (!value || values.length > 1) {
    context.findings.error(id, 'timer-value', 'A timer has one date, one duration or one cycle.');
    return Object.freeze({ kind: 'timer', timer: 'date', value: unreadable('') });
  }
  const { property, expression } = value;
  const body = bodyOf(id, expression, context);
  const read = new Expressions(context, id).attribute(body, 'Timer');
  if (!body) context.findings.error(id, 'timer-value', 'The timer says no time.');
  const timer = ({ timeDate: 'date', timeDuration: 'duration', timeCycle: 'cycle' } as const)[property];
  return Object.freeze({ kind: 'timer', timer, value: read ?? unreadable('') });
}

function readName(id: string, definition: Element, context: Context): Expression {
  const signal = child(definition, 'signalRef');
  const name = signal && text(signal, 'name')?.trim();
  if (!name) {
    const message = signal
      ? `The signal ${idOf(signal)} has no name.`
      : 'Which signal? A signalRef is missing.';
    context.findings.error(id, 'signal-missing', message);
    return unreadable('');
  }
  return new Expressions(context, id).attribute(name, 'Name of the signal') ?? unreadable(name);
}

/**
 * The code by which errors and escalations are caught: computed where they are thrown, fixed where they are caught.
 * One that is caught without a code is any. Source: BPMN 2.0.2 §10.5.5, `errorCode` and `escalationCode`
 * @returns null: all of them
 */
function readCode(
  id: string,
  what: 'error' | 'escalation',
  root: Element | null,
  catches: boolean,
  { findings, spacedNames }: Context,
): Expression | null {
  const rule = `${what}-code` as const;
  const code = root && (text(root, `${what}Code`)?.trim() ?? '');
  if (!code && catches) return null;
  if (!code) {
    const which = root ? `The ${what} ${idOf(root)}` : `The ${what}`;
    findings.error(id, rule, `${which} has no code: whoever catches it could not tell it from others.`);
    return unreadable('');
  }
  if (catches && code.startsWith('=')) {
    findings.error(id, rule, `The code of an ${what} that is caught is a fixed text.`);
    return unreadable('');
  }
  return (
    new Expressions({ findings, spacedNames }, id).attribute(code, `Code of the ${what}`) ?? unreadable(code)
  );
}

function readConditional(id: string, definition: Element, context: Context): SingleEventDefinition {
  const condition = readBody(id, child(definition, 'condition'), 'Condition', context);
  if (!condition) {
    context.findings.error(id, 'condition-missing', 'A conditional event needs a condition.');
    return Object.freeze({ kind: 'conditional', condition: unreadable('') });
  }
  for (const filter of extensionsOf(definition, 'zeebe:ConditionalFilter')) {
    const variables = (text(filter, 'variableNames') ?? '').split(',').map((name) => name.trim());
    const watchesLess = condition.names.some((name) => !variables.includes(name));
    if (watchesLess || children(filter, 'variableEvents').length > 0 || text(filter, 'variableEvents')) {
      context.findings.error(
        id,
        'unsupported-extension',
        'A condition is judged whenever one of its variables changes: zeebe:conditionalFilter cannot narrow that.',
      );
    }
  }
  return Object.freeze({ kind: 'conditional', condition });
}
