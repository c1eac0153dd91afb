import type { FlowNode } from '@iter/process-model';
import type { Execution } from '../execution.ts';
import type { Key, Variables } from '../events.ts';
import { openEventSubProcesses, terminateChildren } from '../scopes.ts';
import { disarm, waitAgain } from '../waiting.ts';

/**
 * Starts an event sub-process in the scope that it belongs to. An interrupting one ends everything else
 * there, tokens under way and at joins included, and nothing can interrupt it; another waits for the next message.
 * @param locals variables of its own
 */
export function startEventSubProcess(
  x: Execution,
  start: FlowNode,
  host: Key | null,
  payload: Variables,
  locals?: Variables,
): void {
  const node = x.node(start.scope ?? '');
  if (start.interrupting) {
    terminateChildren(x, host);
    x.cancelArrivals(host);
    disarm(x, host);
  } else if (start.event.kind === 'message') waitAgain(x, start, host);
  const ref = x.ref(node, host);
  x.emit({
    type: 'ElementActivated',
    data: {
      ...ref,
      ...(locals ? { variables: locals } : {}),
      ...(start.interrupting ? { interrupts: true as const } : {}),
    },
  });
  openEventSubProcesses(x, ref.key);
  x.enqueue({ element: start.id, scope: ref.key, payload });
}
