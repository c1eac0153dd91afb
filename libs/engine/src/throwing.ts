import type { FlowNode, MultiInstanceBehavior, SingleEventDefinition } from '@iter/process-model';
import { newestDocuments } from './acts.ts';
import { terminateChildren } from './ending.ts';
import { throwEscalation, throwFromEnd } from './errors.ts';
import type { Thrower } from './errors.ts';
import { Stuck } from './execution.ts';
import type { Execution } from './execution.ts';
import { holds, text } from './expressions.ts';
import type { Key, Variables } from './events.ts';
import { isAlive } from './scopes.ts';
import type { ElementInstance } from './state.ts';
import { keyOf } from './waiting.ts';

/** Does what a definition throws; made before the event completes, so that what cannot be thrown gets stuck. */
export type Throw = () => void;

interface Throwing {
  readonly node: FlowNode;
  /** Scope in which expressions are read, and from which errors and escalations go outwards. */
  readonly scope: Key | null;
  readonly from: Thrower;
  /** What goes with it. */
  readonly variables: Variables;
}

/**
 * Reads all that a definition needs, and gives what throws it. Compensation and cancellation wait for what they set
 * off and are elsewhere.
 * @throws Stuck when a name or code cannot be told
 */
export function prepareThrow(x: Execution, definition: SingleEventDefinition, throwing: Throwing): Throw {
  const { node, scope, from, variables } = throwing;
  const element = node.id;
  const place = x.otherDefinition(scope);
  switch (definition.kind) {
    case 'message': {
      const name = text(x, definition.name, scope, 'il nome del messaggio');
      const correlationKey = keyOf(x, node, definition, scope);
      const to = node.receiver && text(x, node.receiver, scope, 'il destinatario del messaggio');
      const documents = node.handsOver ? newestDocuments(x.state) : [];
      const data = {
        ...{ element, ...place, name, correlationKey, variables },
        ...(to !== null && { to }),
        ...(documents.length > 0 && { documents }),
      };
      return () => x.emit({ type: 'MessageThrown', data });
    }
    case 'signal': {
      const name = text(x, definition.name, scope, 'il nome del segnale');
      return () => {
        x.emit({ type: 'SignalThrown', data: { element, ...place, name, variables } });
        x.deliverSignal({ name, signalId: x.env.newKey(), variables });
      };
    }
    case 'error': {
      const code = codeOf(x, node, definition, scope);
      return () => throwFromEnd(x, { element, ...place, code, variables }, from);
    }
    case 'escalation': {
      const code = codeOf(x, node, definition, scope);
      return () => throwEscalation(x, { element, ...place, code, variables }, from);
    }
    case 'terminate':
      return () => {
        terminateChildren(x, scope);
        x.cancelArrivals(scope);
        x.terminated.push(scope);
        x.touched.add(scope);
      };
    default:
      return () => undefined;
  }
}

function codeOf(
  x: Execution,
  node: FlowNode,
  { code }: Extract<SingleEventDefinition, { kind: 'error' | 'escalation' }>,
  scope: Key | null,
): string {
  if (code) return text(x, code, scope, `il codice di ${node.id}`);
  throw new Stuck('code-missing', `${node.id} lancia senza un codice: nessuno saprebbe che cosa.`);
}

/** What is thrown reaches whoever awaits it: those under way may be about to. */
export function affectsSiblings({ event }: FlowNode): boolean {
  return (event.kind === 'multiple' ? event.of : [event]).some(({ kind }) => far.has(kind));
}

const far: ReadonlySet<string> = new Set([
  'error',
  'terminate',
  'signal',
  'escalation',
  'compensation',
  'cancel',
]);

/**
 * The event that a multi-instance activity throws when one of its instances completes.
 * @param figures what goes with it
 * @param seen what its conditions read
 * Source: BPMN 2.0.2 table 10.29 `behavior`
 * @throws Stuck
 */
export function throwBehaviorEvent(
  x: Execution,
  node: FlowNode,
  behavior: MultiInstanceBehavior,
  body: ElementInstance,
  figures: Variables,
  seen: Variables,
): void {
  for (const definition of definitionsThrown(x, behavior, body, seen)) {
    if (!isAlive(x, body.key)) return;
    prepareThrow(x, definition, {
      node,
      scope: body.key,
      from: { instance: body.key },
      variables: figures,
    })();
  }
}

function definitionsThrown(
  x: Execution,
  behavior: MultiInstanceBehavior,
  { key, loop }: ElementInstance,
  seen: Variables,
): readonly SingleEventDefinition[] {
  switch (behavior.kind) {
    case 'all':
      return [];
    case 'none':
      return [behavior.event];
    case 'one':
      return loop?.completed === 1 ? [behavior.event] : [];
    case 'complex':
      return behavior.definitions
        .filter(({ condition }) => holds(x, condition, key, seen))
        .map(({ event }) => event);
  }
}
