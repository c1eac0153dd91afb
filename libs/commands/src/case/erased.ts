import type { Json, JsonObject } from '@iter/event-store';

/** What stands for a field whose key was destroyed, where an empty text will not do. */
const neutral: Readonly<Record<string, Json>> = {
  variables: {},
  outputs: {},
  businessKey: null,
  correlationKey: null,
  instance: null,
  // That it is repeated stays known by the numbers of its instances; what they were about is not.
  loop: { kind: 'parallel', total: null },
  item: null,
  output: null,
  undoes: [],
  steps: [],
  instructions: [],
  evaluated: [],
};

/**
 * The data of an event after an erasure, in the shape that its readers know: what was erased is empty. The case
 * still folds, its deadlines, tasks and history stay, and nothing tells who it was about.
 */
export function withoutErased(data: JsonObject, erased: readonly string[]): JsonObject {
  if (erased.length === 0) return data;
  const blank = erased.map((field) => [field, Object.hasOwn(neutral, field) ? neutral[field] : ''] as const);
  return { ...data, ...(Object.fromEntries(blank) as JsonObject) };
}
