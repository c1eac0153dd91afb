import { awaitEvent } from './intermediate-catch-event.ts';
import type { Behaviour } from './behaviour.ts';

/** Waits for its message. Source: BPMN 2.0.2 §13.3.3 "Receive Task" */
export const receiveTask: Behaviour = (x, node, step) => awaitEvent(x, node, step);
