import { pass } from '../flow.ts';
import type { Behaviour } from './behaviour.ts';

/** Start events of every kind: what started them is behind them when the token arrives. */
export const startEvent: Behaviour = (x, node, step) => pass(x, node, step);
