import type { FlowNode } from '@iter/process-model';
import { deadlinesOnActivation } from '../deadlines/on-element.ts';
import { Stuck } from '../execution.ts';
import type { Arrival, Execution } from '../execution.ts';
import { evaluate, map, text } from '../expressions.ts';
import { enter } from '../flow.ts';
import { armBoundary } from '../waiting.ts';
import type { Behaviour } from './behaviour.ts';

/** Work of a program outside: it waits until the job is completed, failed or ends in an error. */
export const serviceTask: Behaviour = (x, node, arrival) => createJob(x, node, arrival);

/** Holds the token in a job. */
export function createJob(x: Execution, node: FlowNode, arrival: Arrival): void {
  const { scope } = arrival;
  enter(x, node, arrival, () => {
    const spec = node.job;
    if (!spec) throw new Stuck('job-type-missing', `${node.id} has no task definition: nobody would do it.`);
    deadlinesOnActivation(x, node, scope);
    const variables = node.inputs.length > 0 ? map(x, node.inputs, scope) : undefined;
    const ref = x.ref(node, scope);
    const retries = Number(evaluate(x, spec.retries, scope, variables));
    if (!Number.isInteger(retries) || retries < 1) {
      throw new Stuck('retries-invalid', `The retries of ${node.id} are no whole number above 0.`);
    }
    x.emit({
      type: 'JobCreated',
      data: {
        ...ref,
        jobType: text(x, spec.type, scope, 'job type'),
        retries,
        headers: spec.headers,
        ...(variables ? { variables } : {}),
      },
    });
    armBoundary(x, node, ref.key);
  });
}
