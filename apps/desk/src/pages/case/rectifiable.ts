import type { HistoryEvent } from '../../api/model.ts';
import type { Values } from '../../form/values.ts';

const entries: ReadonlySet<string> = new Set(['CaseStarted', 'UserTaskCompleted', 'MessageCorrelated']);

/**
 * What of a fact's entries may be corrected there, each with the value that holds now. A name that somebody entered
 * again since is corrected where it was entered last.
 * @param history oldest first
 * @returns null: nothing is, or what was entered is masked or gone with its key
 */
export function rectifiable(history: readonly HistoryEvent[], { id }: HistoryEvent): Values | null {
  const held = new Map<string, { readonly entry: string | undefined; readonly value: unknown }>();
  for (const event of history) {
    const isEntry = entries.has(event.type);
    if (!isEntry && event.type !== 'CaseRectified') continue;
    for (const [name, value] of Object.entries(valuesOf(event)))
      held.set(name, { entry: isEntry ? event.id : held.get(name)?.entry, value });
  }
  const own = [...held].flatMap(([name, { entry, value }]) => (entry === id ? [[name, value] as const] : []));
  return own.length === 0 ? null : Object.fromEntries(own);
}

const valuesOf = ({ data: { variables } }: HistoryEvent): Values =>
  typeof variables === 'object' && variables !== null ? (variables as Values) : {};
