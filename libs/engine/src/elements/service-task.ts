import type { FlowNode } from '@iter/process-model';
import { askActs } from '../asking.ts';
import { deadlinesOnActivation } from '../deadlines/on-element.ts';
import { Stuck } from '../execution.ts';
import type { Execution, Step } from '../execution.ts';
import { evaluate, text } from '../expressions.ts';
import { enter, localsOf } from '../flow.ts';
import { armBoundary } from '../waiting.ts';
import type { Behaviour } from './behaviour.ts';

/** Work of a program outside: it waits until the job is completed, failed or ends in an error. */
export const serviceTask: Behaviour = (x, node, step) => createJob(x, node, step);

/** Holds the token in a job. */
export function createJob(x: Execution, node: FlowNode, step: Step): void {
  const { scope } = step;
  enter(x, node, step, () => {
    const spec = node.job;
    if (!spec)
      throw new Stuck('job-type-missing', `${node.id} non dice il tipo di lavoro: nessuno lo farebbe.`);
    deadlinesOnActivation(x, node, scope);
    const variables = localsOf(x, node, step);
    const ref = x.ref(node, step);
    const retries = Number(evaluate(x, spec.retries, scope, variables));
    if (!Number.isInteger(retries) || retries < 1) {
      throw new Stuck('retries-invalid', `I tentativi di ${node.id} non sono un numero intero sopra lo 0.`);
    }
    x.emit({
      type: 'JobCreated',
      data: {
        ...ref,
        jobType: text(x, spec.type, scope, 'job type'),
        retries,
        headers: spec.headers,
        ...(variables && { variables }),
      },
    });
    askActs(x, node, ref, 'activation', variables);
    armBoundary(x, node, ref.key);
  });
}
