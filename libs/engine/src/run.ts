import { ring } from './deadlines/expiry.ts';
import { behaviours } from './elements/index.ts';
import type { Arrival, Execution } from './execution.ts';
import type { Key } from './events.ts';
import { isAlive, settle } from './scopes.ts';
import { trigger } from './triggers.ts';

/** The internal message that a missed deadline sends to its case. Nobody outside can send it. */
export const deadlineMissedMessage = 'deadlineMissed';

/** Lets tokens arrive, first in, first out, until the case waits or has ended, or the step limit is passed. */
export function run(x: Execution): void {
  for (let steps = 0; ;) {
    settle(x);
    tellMissed(x);
    if (x.ended) return;
    const arrival = x.dequeue();
    if (!arrival) {
      if (x.touched.size === 0 && !ringMoved(x)) return;
      continue;
    }
    x.touched.add(arrival.scope);
    if (!isAlive(x, arrival.scope)) continue;
    if (++steps > x.env.limits.steps) {
      strandAll(x, arrival);
      return;
    }
    const node = x.node(arrival.element);
    behaviours[node.type](x, node, arrival);
  }
}

/** Does what is due already of deadlines that this command opened or moved. @returns whether there was any */
function ringMoved(x: Execution): boolean {
  const keys = [...x.moved];
  x.moved.clear();
  for (const key of keys) ring(x, key);
  return keys.length > 0;
}

/** Every token still under way is kept by an incident; resolving it lets the token go on. */
function strandAll(x: Execution, first: Arrival): void {
  const message = `More than ${x.env.limits.steps} steps in one command: does the process go in circles?`;
  for (let arrival: Arrival | undefined = first; arrival; arrival = x.dequeue()) {
    const { element, scope, payload } = arrival;
    if (!isAlive(x, scope)) continue;
    const variables = payload ? { variables: payload } : {};
    x.strand({ code: 'step-limit', message }, { element, scope, stage: 'entering', ...variables });
  }
}

/** Whoever in the case awaits `deadlineMissed`, for this deadline or for all, is told. */
function tellMissed(x: Execution): void {
  for (let key: Key | undefined; (key = x.missed.shift()) !== undefined && !x.ended;) {
    const deadline = x.state.deadlines.get(key);
    if (!deadline) continue;
    const { id, instance } = deadline;
    const variables = { deadlineId: id, ...(instance === null ? {} : { deadlineKey: instance }) };
    for (const { key: subscription } of [...x.state.subscriptions.values()]) {
      // An interrupting one may have ended the others meanwhile.
      const it = x.state.subscriptions.get(subscription);
      if (it?.name !== deadlineMissedMessage || (it.correlationKey ?? id) !== id) continue;
      const { element, host, name } = it;
      x.emit({
        type: 'MessageCorrelated',
        data: { key: subscription, element, name, messageId: key, variables },
      });
      if (x.node(element).type === 'bpmn:StartEvent') trigger(x, element, host, {}, variables);
      else trigger(x, element, host, variables);
    }
  }
}
