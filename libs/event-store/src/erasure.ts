import type { JsonObject } from './envelope.ts';

/** Streams that say of a case (`erasure-<case>`) whether what was sealed in it must be kept, or is gone. */
export const erasurePrefix = 'erasure-';

/** The event of such a stream from which on what was sealed is gone. */
export const erasureOrdered = 'ErasureOrdered';

/** What is left of an event's data once its keys are destroyed: what was never sealed. */
export function bareData({ $sealed: _, ...clear }: JsonObject): JsonObject {
  return clear;
}
