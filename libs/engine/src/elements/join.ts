import type { FlowNode } from '@iter/process-model';
import type { Execution, Step } from '../execution.ts';
import type { Key } from '../events.ts';
import { completeComplex } from './complex-gateway.ts';
import { completeInclusive } from './inclusive-gateway.ts';

/**
 * Lets a join fire that waits for tokens which may not come any more.
 * @returns whether it has fired
 */
export function completeJoin(x: Execution, node: FlowNode, scope: Key | null): boolean {
  const step: Step = { kind: 'arrival', element: node.id, scope };
  switch (node.type) {
    case 'bpmn:InclusiveGateway':
      return completeInclusive(x, node, step);
    case 'bpmn:ComplexGateway':
      return completeComplex(x, node, step);
    default:
      return false;
  }
}
