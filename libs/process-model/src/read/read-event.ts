import type { Findings } from '../findings.ts';
import type { EventDefinition, FlowNode } from '../model.ts';
import { child, children, extensionsOf, idOf, text } from './element.ts';
import type { Element } from './element.ts';
import { constant, Expressions } from './expressions.ts';
import { labelOf } from './read-graph.ts';
import { checkUnderstood } from './understood.ts';
import { names } from './vocabulary.ts';

const none: EventDefinition = Object.freeze({ kind: 'none' });

/** Which kinds of event each element can be. Source: BPMN 2.0.2, table 10.93, less what is not supported. */
const kinds: Readonly<Record<string, readonly EventDefinition['kind'][]>> = {
  'bpmn:StartEvent': ['none', 'message', 'timer', 'error'],
  'bpmn:EndEvent': ['none', 'message', 'error', 'terminate'],
  'bpmn:IntermediateCatchEvent': ['message', 'timer', 'link'],
  'bpmn:IntermediateThrowEvent': ['none', 'message', 'link'],
  'bpmn:BoundaryEvent': ['message', 'timer', 'error'],
};

/** What an event waits for or does. */
export function readEvent(element: Element, findings: Findings): EventDefinition {
  const possible = kinds[element.$type];
  if (!possible) return none;
  const id = idOf(element);
  const [definition, ...more] = children(element, 'eventDefinitions');
  if (more.length > 0)
    findings.error(id, 'unsupported-element', 'An event with several definitions is not supported.');
  const event = definition ? readDefinition(element, definition, findings) : none;
  if (event && !possible.includes(event.kind)) {
    const what =
      event.kind === 'none'
        ? 'needs a message, a timer or another definition'
        : `cannot be of kind ${event.kind}`;
    findings.error(id, 'event-kind', `${element.$type} ${what}.`);
  }
  return event ?? none;
}

function readDefinition(element: Element, definition: Element, findings: Findings): EventDefinition | null {
  const id = idOf(element);
  const { $type } = definition;
  const catches = element.$type !== 'bpmn:EndEvent' && element.$type !== 'bpmn:IntermediateThrowEvent';
  checkUnderstood(definition, findings);
  switch ($type) {
    case 'bpmn:MessageEventDefinition': {
      // A throwing event with a task definition is a job: then the message is only its name in the drawing.
      if (!catches && extensionsOf(element, 'zeebe:TaskDefinition').length > 0) {
        return Object.freeze({ kind: 'message', name: constant(labelOf(element)), correlationKey: null });
      }
      const message = readMessage(element, definition, findings);
      return message && Object.freeze({ kind: 'message', ...message });
    }
    case 'bpmn:TimerEventDefinition':
      return readTimer(id, definition, findings);
    case 'bpmn:ErrorEventDefinition':
      return readError(id, definition, catches, findings);
    case 'bpmn:TerminateEventDefinition':
      return Object.freeze({ kind: 'terminate' });
    case 'bpmn:LinkEventDefinition': {
      const name = text(definition, 'name')?.trim() ?? '';
      if (name === '')
        findings.error(id, 'link-name', 'A link needs a name: it goes on where a catch has the same.');
      return Object.freeze({ kind: 'link', name });
    }
    default:
      findings.error(id, 'unsupported-element', `${names[$type] ?? $type} is not supported.`);
      return null;
  }
}

/** The message that an event or a task refers to, with the key that finds its case. */
export function readMessage(element: Element, holder: Element, findings: Findings): FlowNode['message'] {
  const id = idOf(element);
  const message = child(holder, 'messageRef');
  if (!message) {
    findings.error(id, 'message-missing', 'Which message? A messageRef is missing.');
    return null;
  }
  const expressions = new Expressions(findings, id);
  const name = expressions.attribute(text(message, 'name')?.trim() ?? null, 'Name of the message');
  if (!name) {
    if (!text(message, 'name')?.trim())
      findings.error(id, 'message-missing', `The message ${idOf(message)} has no name.`);
    return null;
  }
  const [subscription] = extensionsOf(message, 'zeebe:Subscription');
  const key = subscription ? text(subscription, 'correlationKey') : null;
  return Object.freeze({ name, correlationKey: expressions.attribute(key, 'Correlation key') });
}

function readTimer(id: string, definition: Element, findings: Findings): EventDefinition | null {
  const values = (['timeDate', 'timeDuration', 'timeCycle'] as const).flatMap((property) => {
    const expression = child(definition, property);
    return expression ? [{ property, expression }] : [];
  });
  const [value] = values;
  if (!value || values.length > 1) {
    findings.error(id, 'timer-value', 'A timer has one date, one duration or one cycle.');
    return null;
  }
  const { property, expression } = value;
  const body = readBody(id, expression, findings);
  const read = new Expressions(findings, id).attribute(body, 'Timer');
  if (!body) findings.error(id, 'timer-value', 'The timer says no time.');
  const timer = ({ timeDate: 'date', timeDuration: 'duration', timeCycle: 'cycle' } as const)[property];
  return read && Object.freeze({ kind: 'timer', timer, value: read });
}

/** The text of an expression; FEEL is the only language. */
export function readBody(id: string, expression: Element, findings: Findings): string | null {
  checkUnderstood(expression, findings);
  const language = text(expression, 'language');
  if (language !== null && !/feel/i.test(language)) {
    findings.error(id, 'expression-language', `Expressions are FEEL, not ${language}.`);
  }
  return text(expression, 'body')?.trim() ?? null;
}

function readError(id: string, definition: Element, catches: boolean, findings: Findings): EventDefinition {
  const error = child(definition, 'errorRef');
  const code = error && (text(error, 'errorCode')?.trim() ?? '');
  if (code === '' || (code === null && !catches)) {
    findings.error(
      id,
      'error-code',
      'The error has no code: whoever catches it could not tell it from others.',
    );
  }
  if (code?.startsWith('=')) findings.error(id, 'error-code', 'The code of an error is a fixed text.');
  return Object.freeze({ kind: 'error', code: code === null ? null : constant(code) });
}
