import { throwFromEnd } from '../errors.ts';
import { pass } from '../flow.ts';
import { terminateChildren } from '../scopes.ts';
import type { Behaviour } from './behaviour.ts';
import { publishOrJob } from './send-task.ts';

/**
 * None, message, error and terminate end events. Error and terminate let the tokens that are under way arrive
 * first, so that all siblings of a fork are active when one of them throws.
 */
export const endEvent: Behaviour = (x, node, arrival) => {
  const { event } = node;
  const { scope } = arrival;
  if ((event.kind === 'error' || event.kind === 'terminate') && !arrival.deferred) {
    x.enqueue({ ...arrival, deferred: true });
    return;
  }
  if (scope === null) x.endElement = node.id;
  if (event.kind === 'message') {
    publishOrJob(x, node, arrival);
    return;
  }
  if (!pass(x, node, arrival)) return;
  if (event.kind === 'error') throwFromEnd(x, node.id, event.code ?? '', scope);
  else if (event.kind === 'terminate') {
    terminateChildren(x, scope);
    x.cancelArrivals(scope);
    x.terminated.add(scope);
  }
};
