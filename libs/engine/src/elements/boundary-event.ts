import type { FlowNode } from '@iter/process-model';
import type { Execution } from '../execution.ts';
import { pass } from '../flow.ts';
import type { Key, Variables } from '../events.ts';
import { terminate } from '../scopes.ts';
import type { Behaviour } from './behaviour.ts';

/** Its event has happened: the token goes on from here. */
export const boundaryEvent: Behaviour = (x, node, step) => pass(x, node, step);

/** Sends a token from the boundary. An interrupting one ends the activity. */
export function triggerBoundary(x: Execution, node: FlowNode, host: Key, payload: Variables): void {
  const { scope } = x.instance(host);
  if (node.interrupting) terminate(x, host);
  x.enqueue({ kind: 'arrival', element: node.id, scope, payload });
}
