import type { FlowNode } from '@iter/process-model';
import type { Execution, Step } from '../execution.ts';

/** What an element does when a token arrives. It either passes it on, holds it, or is stuck with an incident. */
export type Behaviour = (x: Execution, node: FlowNode, step: Step) => void;
