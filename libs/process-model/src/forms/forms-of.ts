import type { FlowNode } from '../model.ts';

/** Ids of the forms that an element names: its own, and those of what may be registered there; each once. */
export function formsOf({ userTask, incomingMessages }: FlowNode): readonly string[] {
  const ids = [userTask?.formId, ...incomingMessages.map(({ form }) => form)];
  return [...new Set(ids.filter((id) => typeof id === 'string'))];
}
