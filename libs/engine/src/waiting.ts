import type { FlowNode } from '@iter/process-model';
import { Stuck } from './execution.ts';
import type { Execution } from './execution.ts';
import { evaluate, text } from './expressions.ts';
import type { Key } from './events.ts';
import { scopeOf } from './state.ts';
import type { Timer } from './state.ts';
import { firstFiring } from './timers.ts';

/** Begins to wait for an event on behalf of a host. @throws Stuck when what to wait for cannot be told */
export function arm(x: Execution, node: FlowNode, host: Key | null): void {
  if (node.event.kind === 'timer') {
    armTimer(x, node.id, host, firstFiring(x, node.event, host));
    return;
  }
  const message = messageOf(node);
  if (!message) return;
  const name = text(x, message.name, host, 'message name');
  x.emit({
    type: 'MessageSubscribed',
    data: {
      key: x.env.newKey(),
      element: node.id,
      host,
      name,
      correlationKey: correlationKey(x, node, host),
    },
  });
}

/** The message a node awaits or publishes. */
export function messageOf(node: FlowNode): FlowNode['message'] {
  return node.event.kind === 'message' ? node.event : node.message;
}

/**
 * Null when the message has no key and matches by its name.
 * @throws Stuck `correlation-key-missing` when it has one without a value: it could never be matched
 */
export function correlationKey(x: Execution, node: FlowNode, from: Key | null): string | null {
  const expression = messageOf(node)?.correlationKey;
  if (!expression) return null;
  const value = evaluate(x, expression, from);
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  throw new Stuck(
    'correlation-key-missing',
    `The correlation key "${expression.text}" of ${node.id} is empty.`,
  );
}

export function armTimer(
  x: Execution,
  element: string,
  host: Key | null,
  firing: Pick<Timer, 'dueAt' | 'cycle'>,
): void {
  x.emit({ type: 'TimerArmed', data: { key: x.env.newKey(), element, host, ...firing } });
}

/** Arms what an activity's boundary waits for. */
export function armBoundary(x: Execution, node: FlowNode, host: Key): void {
  for (const id of node.boundary) arm(x, x.node(id), host);
}

/** Ends all waiting that an element instance (or the case) hosts. */
export function disarm(x: Execution, host: Key | null): void {
  for (const key of scopeOf(x.state, host)?.waits ?? []) {
    if (x.state.timers.has(key)) x.emit({ type: 'TimerDisarmed', data: { key } });
    else x.emit({ type: 'MessageUnsubscribed', data: { key } });
  }
}

/** Waits (again) for a boundary or start event; when that cannot be, an incident in the host waits instead. */
export function waitAgain(x: Execution, node: FlowNode, host: Key | null): void {
  const why = x.attempt(() => arm(x, node, host));
  if (why) x.strand(why, { element: node.id, scope: host, stage: 'waiting' });
}
