import type { JsonObject } from './envelope.ts';

/** Streams that say of a case (`erasure-<case>`) that what was sealed in it is gone. */
export const erasurePrefix = 'erasure-';

/** What is left of an event's data once its keys are destroyed: what was never sealed. */
export function bareData({ $sealed: _, ...clear }: JsonObject): JsonObject {
  return clear;
}
