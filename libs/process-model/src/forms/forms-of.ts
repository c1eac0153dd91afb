import type { FlowNode } from '../model.ts';

/** Ids of the forms that an element names: its own, and those of what may be registered there; each once. */
export function formsOf({ userTask, incomingMessages }: FlowNode): readonly string[] {
  const ids = [userTask?.formId, ...incomingMessages.flatMap(({ form, servedForm }) => [form, servedForm])];
  return [...new Set(ids.filter((id) => typeof id === 'string'))];
}
