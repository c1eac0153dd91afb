import { awaitedDefinitions } from '@iter/process-model';
import type { FlowNode, SingleEventDefinition } from '@iter/process-model';
import { Stuck } from './execution.ts';
import type { Execution } from './execution.ts';
import { evaluate, text } from './expressions.ts';
import type { Key } from './events.ts';
import { definitionAwaited, scopeOf, waitingOf } from './state.ts';
import type { Timer } from './state.ts';
import { firstFiring } from './timers.ts';

/** Begins to wait for an event on behalf of a host. @throws Stuck when what to wait for cannot be told */
export function arm(x: Execution, node: FlowNode, host: Key | null): void {
  for (const [index, definition] of awaitedDefinitions(node).entries())
    armOne(x, node, definition, index, host);
}

/** Begins to wait for one of the definitions of an event. Errors, escalations … are not waited for: they find it. */
export function armOne(
  x: Execution,
  node: FlowNode,
  definition: SingleEventDefinition,
  index: number,
  host: Key | null,
): void {
  const place = { element: node.id, host, ...placeOf(node, index) };
  const from = seenFrom(x, node, host);
  switch (definition.kind) {
    case 'timer':
      x.emit({
        type: 'TimerArmed',
        data: { key: x.env.newKey(), ...place, ...firstFiring(x, definition, from) },
      });
      return;
    case 'message': {
      const name = text(x, definition.name, from, 'il nome del messaggio');
      const correlationKey = keyOf(x, node, definition, from);
      x.emit({ type: 'MessageSubscribed', data: { key: x.env.newKey(), ...place, name, correlationKey } });
      return;
    }
    case 'signal': {
      const name = text(x, definition.name, from, 'il nome del segnale');
      x.emit({ type: 'SignalSubscribed', data: { key: x.env.newKey(), ...place, name } });
      return;
    }
    case 'conditional':
      x.emit({ type: 'ConditionSubscribed', data: { key: x.env.newKey(), ...place } });
      // It may hold already.
      x.changed.push('');
      return;
    default:
  }
}

/** From where an event reads variables: on the boundary of a call not those of what is called, but those around it. */
export function seenFrom(x: Execution, { type }: FlowNode, host: Key | null): Key | null {
  const instance = host === null || type !== 'bpmn:BoundaryEvent' ? undefined : x.state.elements.get(host);
  return instance && instance.called !== null ? instance.scope : host;
}

function placeOf(node: FlowNode, index: number): { readonly index?: number; readonly inside?: true } {
  return {
    ...(node.event.kind === 'multiple' && { index }),
    ...(node.type === 'bpmn:StartEvent' && { inside: true as const }),
  };
}

/**
 * Null when the message has no key and matches by its name.
 * @throws Stuck `correlation-key-missing` when it has one without a value: it could never be matched
 */
export function keyOf(
  x: Execution,
  node: FlowNode,
  { correlationKey }: NonNullable<FlowNode['message']>,
  from: Key | null,
): string | null {
  if (!correlationKey) return null;
  const value = evaluate(x, correlationKey, from);
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  throw new Stuck(
    'correlation-key-missing',
    `La chiave di correlazione «${correlationKey.text}» di ${node.id} è vuota.`,
  );
}

/** A cycle goes on with its next firing. */
export function armTimerAgain(x: Execution, next: Timer): void {
  x.emit({ type: 'TimerArmed', data: { ...next, key: x.env.newKey() } });
}

/** Arms what an activity's boundary waits for. */
export function armBoundary(x: Execution, node: FlowNode, host: Key): void {
  if (node.boundary.length === 0) return;
  const { definition, iteration } = x.instance(host);
  // Boundary events sit on a repeated activity as a whole.
  if (iteration > 0) return;
  for (const id of node.boundary) arm(x, x.nodeOf(definition, id), host);
}

/** Ends all waiting that an element instance (or the case) hosts. */
export function disarm(x: Execution, host: Key | null): void {
  for (const key of scopeOf(x.state, host)?.waits ?? []) stopWaiting(x, key);
}

/** Ends the waiting of event sub-processes in a scope; what is on its boundary goes on. */
export function disarmInside(x: Execution, scope: Key | null): void {
  for (const key of scopeOf(x.state, scope)?.waits ?? []) {
    if (waitingOf(x.state, key)?.inside) stopWaiting(x, key);
  }
}

export function stopWaiting(x: Execution, key: Key): void {
  const { timers, subscriptions, signals } = x.state;
  const data = { key };
  if (timers.has(key)) x.emit({ type: 'TimerDisarmed', data });
  else if (subscriptions.has(key)) x.emit({ type: 'MessageUnsubscribed', data });
  else if (signals.has(key)) x.emit({ type: 'SignalUnsubscribed', data });
  else x.emit({ type: 'ConditionUnsubscribed', data });
}

/** Waits (again) for a boundary or start event; when that cannot be, an incident in the host waits instead. */
export function waitAgain(x: Execution, node: FlowNode, host: Key | null, index?: number): void {
  const why = x.attempt(() => {
    const definition = index === undefined ? undefined : awaitedDefinitions(node)[index];
    if (definition && index !== undefined) armOne(x, node, definition, index, host);
    else arm(x, node, host);
  });
  if (!why) return;
  const { id: element, type } = node;
  // A boundary event of a call lies outside of what is called.
  const definition = definitionAwaited(x.state, {
    host,
    ...(type === 'bpmn:StartEvent' && { inside: true }),
  });
  x.strand(why, { element, scope: host, stage: 'waiting', definition });
}
