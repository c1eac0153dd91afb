import type { FlowNode } from '@iter/process-model';
import { Stuck } from '../execution.ts';
import type { Arrival, Execution } from '../execution.ts';
import { map, text } from '../expressions.ts';
import { pass } from '../flow.ts';
import { correlationKey, messageOf } from '../waiting.ts';
import type { Behaviour } from './behaviour.ts';
import { createJob } from './service-task.ts';

/** Sends: by a job, or by publishing its message and going on. */
export const sendTask: Behaviour = (x, node, arrival) => publishOrJob(x, node, arrival);

/**
 * With a task definition a job sends; else the message is published with what the input mapping gives
 * (nothing without one: a case does not hand its variables around unasked).
 */
export function publishOrJob(x: Execution, node: FlowNode, arrival: Arrival): void {
  if (node.job) {
    createJob(x, node, arrival);
    return;
  }
  const { scope } = arrival;
  pass(x, node, arrival, () => {
    const message = messageOf(node);
    if (!message)
      throw new Stuck('message-missing', `${node.id} has neither a message nor a task definition.`);
    const name = text(x, message.name, scope, 'message name');
    const locals = map(x, node.inputs, scope);
    const key = correlationKey(x, node, scope);
    x.emit({
      type: 'MessageThrown',
      data: { element: node.id, name, correlationKey: key, variables: locals },
    });
    return { locals, given: {} };
  });
}
