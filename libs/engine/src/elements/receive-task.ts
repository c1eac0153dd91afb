import { awaitEvent } from './intermediate-catch-event.ts';
import type { Behaviour } from './behaviour.ts';

/** Waits for its message. */
export const receiveTask: Behaviour = (x, node, arrival) => awaitEvent(x, node, arrival);
