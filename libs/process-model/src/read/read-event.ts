import type { EventDefinition, SingleEventDefinition } from '../model.ts';
import type { Context } from './context.ts';
import { children, idOf } from './element.ts';
import type { Element } from './element.ts';
import { readDefinition } from './read-event-definition.ts';
import { wordFor } from './read-graph.ts';

type Kind = EventDefinition['kind'];

const none: EventDefinition = Object.freeze({ kind: 'none' });
const received = ['message', 'timer', 'signal', 'conditional', 'multiple'] as const;

/**
 * Which kinds of event each element can be; `check-starts.ts` tells starts of processes from those of event
 * sub-processes. Source: BPMN 2.0.2 table 10.93
 */
const kinds: Readonly<Record<string, readonly Kind[]>> = {
  'bpmn:StartEvent': ['none', ...received, 'error', 'escalation', 'compensation'],
  'bpmn:IntermediateCatchEvent': [...received, 'link'],
  'bpmn:BoundaryEvent': [...received, 'error', 'escalation', 'compensation', 'cancel'],
  'bpmn:IntermediateThrowEvent': [
    'none',
    'message',
    'signal',
    'escalation',
    'compensation',
    'link',
    'multiple',
  ],
  'bpmn:EndEvent': [
    'none',
    'message',
    'signal',
    'escalation',
    'compensation',
    'error',
    'cancel',
    'terminate',
    'multiple',
  ],
};

/** They end what they are thrown in: of several definitions they come last. */
const ending: ReadonlySet<Kind> = new Set(['error', 'cancel', 'terminate']);

/** What an event waits for or does: its own definitions, then those of the file that it refers to. */
export function readEvent(element: Element, context: Context): EventDefinition {
  const possible = kinds[element.$type];
  if (!possible) return none;
  const written = [...children(element, 'eventDefinitions'), ...children(element, 'eventDefinitionRef')];
  const read = written.flatMap((definition) => readDefinition(element, definition, context) ?? []);
  const refuse = (message: string): void =>
    context.findings.error(idOf(element), 'event-kind', `${wordFor(element)} ${message}.`);
  const [first, ...more] = read;
  if (written.length === 0) {
    if (!possible.includes('none')) refuse('needs a message, a timer or another definition');
    return none;
  }
  for (const kind of new Set(read.map((it) => it.kind))) {
    if (!possible.includes(kind)) refuse(`cannot be of kind ${kind}`);
    else if (written.length > 1) checkPart(kind, element, refuse);
  }
  if (!first || more.length === 0) return first ?? none;
  const parallel = element['parallelMultiple'] === true;
  if (parallel && read.some(({ kind }) => kind === 'error')) refuse('cannot wait for an error and others');
  const last = read.filter(({ kind }) => ending.has(kind));
  if (last.length > 1 && !catches(element)) refuse('can end in one way only');
  const ordered = catches(element) ? read : [...read.filter(({ kind }) => !ending.has(kind)), ...last];
  return Object.freeze({ kind: 'multiple', parallel, of: Object.freeze(ordered) });
}

function checkPart(
  kind: SingleEventDefinition['kind'],
  element: Element,
  refuse: (message: string) => void,
): void {
  const alone = kind === 'link' || (catches(element) && (kind === 'compensation' || kind === 'cancel'));
  if (alone) refuse(`of kind ${kind} has no other definition`);
}

/** Whether an event waits, rather than throws. */
export function catches(element: Element): boolean {
  return element.$instanceOf?.('bpmn:CatchEvent') === true;
}
