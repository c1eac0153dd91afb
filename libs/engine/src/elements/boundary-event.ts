import { pass } from '../flow.ts';
import type { Behaviour } from './behaviour.ts';

/** Its event has happened: the token goes on from here. */
export const boundaryEvent: Behaviour = (x, node, step) => pass(x, node, step);
