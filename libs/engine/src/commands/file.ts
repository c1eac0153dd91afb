import type { CaseCommand } from '../commands.ts';
import { newestVersion } from '../acts.ts';
import type { Key } from '../events.ts';
import type { Execution } from '../execution.ts';
import { refuse } from '../refused.ts';
import { requireActive, requireReason, requireSha256, workInstance } from './checks.ts';

type Command<T extends CaseCommand['type']> = Extract<CaseCommand, { type: T }>;

/** The file itself lies elsewhere under its hash. */
export function attachDocument(x: Execution, command: Command<'AttachDocument'>): void {
  requireActive(x);
  const { type: _, replaces, ...data } = command;
  if (command.task !== null) workInstance(x, 'tasks', command.task);
  const before = replaces === undefined ? null : replaced(x, replaces);
  requireSha256(command.sha256);
  x.emit({
    type: 'DocumentAttached',
    data: { key: x.env.newKey(), ...data, ...(before && { replaces: before }) },
  });
}

export function addComment(x: Execution, { text }: Command<'AddComment'>): void {
  requireActive(x);
  requireReason(text);
  x.emit({ type: 'CommentAdded', data: { key: x.env.newKey(), text } });
}

/** The version whose place is taken: it must be the newest, or two people would each replace the same one. */
function replaced(x: Execution, key: Key): Key {
  const document = x.state.documents.get(key);
  if (!document)
    return refuse('document-not-found', {
      it: `Il caso non ha il documento ${key}.`,
      en: `The case has no document ${key}.`,
    });
  // What can be edited is another form of the document, not another document.
  const before = document.formOf ?? key;
  if (newestVersion(x.state, before) === before) return before;
  return refuse('document-replaced', {
    it: 'Il documento ha già una versione più recente: guardare prima quella.',
    en: 'There is a newer version of the document already: look at that first.',
  });
}
