import { localsOf, pass } from '../flow.ts';
import type { Behaviour } from './behaviour.ts';

/** A task without a kind: nothing is to be done, the token passes. */
export const task: Behaviour = (x, node, step) =>
  pass(x, node, step, {
    work: () => ({ locals: localsOf(x, node, step) ?? {}, given: step.payload ?? {} }),
  });
