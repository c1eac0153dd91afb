import type { FlowNode } from '@iter/process-model';
import { Stuck } from '../execution.ts';
import type { Execution, Step } from '../execution.ts';
import { localsOf, pass } from '../flow.ts';
import { prepareThrow } from '../throwing.ts';
import type { Throw } from '../throwing.ts';
import type { Behaviour } from './behaviour.ts';
import { createJob } from './service-task.ts';

/** Sends: by a job when it has a task definition, else by publishing its message and going on. */
export const sendTask: Behaviour = (x, node, step) => {
  if (node.job) createJob(x, node, step);
  else publish(x, node, step);
};

function publish(x: Execution, node: FlowNode, step: Step): void {
  const { scope } = step;
  let publishMessage: Throw = () => undefined;
  pass(x, node, step, {
    work: () => {
      const { message } = node;
      if (!message)
        throw new Stuck('message-missing', `${node.id} non ha né un messaggio né un tipo di lavoro.`);
      const variables = localsOf(x, node, step) ?? {};
      const throwing = { node, scope, from: { scope }, variables };
      publishMessage = prepareThrow(x, { kind: 'message', ...message }, throwing);
      return { locals: variables, given: {} };
    },
    after: () => publishMessage(),
  });
}
