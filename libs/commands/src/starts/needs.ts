import type { Definition } from '@iter/process-catalog';
import { awaitedDefinitions, awaitsAll, caseStarts } from '@iter/process-model';
import type { Needs } from './gathering.ts';

const messagePrefix = 'message:';

/** What a message of this name is to a start. */
export const messageTrigger = (name: string): string => `${messagePrefix}${name}`;

/** The events of a start that needs several, in their order; empty: it is not there, or one event is enough. */
export function triggersOf({ model }: Definition, element: string): readonly string[] {
  const node = caseStarts(model).find((it) => it.node.id === element)?.node;
  if (!node || !awaitsAll(node)) return [];
  return awaitedDefinitions(node).map((it, place) => {
    if (it.kind === 'message') return messageTrigger(String(it.name.constant));
    return it.kind === 'signal' ? `signal:${String(it.name.constant)}` : `${it.kind}:${place}`;
  });
}

/** What must happen, as this version says. @param triggers as `triggersOf` gives them */
export function needsOf({ version, deployedFor: body }: Definition, triggers: readonly string[]): Needs {
  const isMessage = (trigger: string): boolean => trigger.startsWith(messagePrefix);
  return {
    ...{ version, body },
    messages: triggers.filter(isMessage),
    shared: [...new Set(triggers.filter((it) => !isMessage(it)))],
  };
}
