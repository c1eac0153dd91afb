import type { CaseCommand } from '../commands.ts';
import type { Execution } from '../execution.ts';
import { refuse } from '../refused.ts';
import { requireActive, requireReason, workInstance } from './checks.ts';

type Command<T extends CaseCommand['type']> = Extract<CaseCommand, { type: T }>;

/** The file itself lies elsewhere under its hash. */
export function attachDocument(x: Execution, command: Command<'AttachDocument'>): void {
  requireActive(x);
  const { type: _, ...data } = command;
  if (command.task !== null) workInstance(x, 'tasks', command.task);
  if (!/^[0-9a-f]{64}$/.test(command.sha256)) refuse('variables-invalid', 'The hash is not SHA-256 in hex.');
  x.emit({ type: 'DocumentAttached', data: { key: x.env.newKey(), ...data } });
}

export function addComment(x: Execution, { text }: Command<'AddComment'>): void {
  requireActive(x);
  requireReason(text);
  x.emit({ type: 'CommentAdded', data: { key: x.env.newKey(), text } });
}
