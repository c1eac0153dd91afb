import { pass } from '../flow.ts';
import type { Behaviour } from './behaviour.ts';

/** A task without a kind: nothing is to be done, the token passes. */
export const task: Behaviour = (x, node, arrival) => pass(x, node, arrival);
