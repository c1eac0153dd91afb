import type { FlowNode } from '@iter/process-model';
import type { Execution } from '../execution.ts';
import { pass } from '../flow.ts';
import type { Key, Variables } from '../events.ts';
import { terminate } from '../scopes.ts';
import { waitAgain } from '../waiting.ts';
import type { Behaviour } from './behaviour.ts';

/** Its event has happened: the token goes on from here. */
export const boundaryEvent: Behaviour = (x, node, arrival) => pass(x, node, arrival);

/** Sends a token from the boundary. An interrupting one ends the activity, another waits for the next message. */
export function triggerBoundary(x: Execution, node: FlowNode, host: Key, payload: Variables): void {
  const { scope } = x.instance(host);
  if (node.interrupting) terminate(x, host);
  else if (node.event.kind === 'message') waitAgain(x, node, host);
  x.enqueue({ element: node.id, scope, payload });
}
