import type { CaseCommand } from '../commands.ts';
import * as operation from '../deadlines/operations.ts';
import { terminate } from '../ending.ts';
import type { Execution } from '../execution.ts';
import { refuse } from '../refused.ts';
import type { Overwritten } from '../overwritten.ts';
import { isAlive } from '../scopes.ts';
import { isSame } from '../same.ts';
import { scopeOf } from '../state.ts';
import { requireReason, requireRunning } from './checks.ts';

/**
 * A completed task is open again, among the values that were there before: what waits because of it ends,
 * terms that it met run again, and those that it opened are closed until it is done anew.
 */
export function reopenUserTask(
  x: Execution,
  { key, reason, aftermath }: Extract<CaseCommand, { type: 'ReopenUserTask' }>,
): void {
  requireRunning(x);
  requireReason(reason);
  const { task, followers, tokens, met, opened, overwritten } = aftermath;
  const { element, scope } = task;
  if (!isAlive(x, scope))
    refuse('flow-went-on', {
      it: `La parte del procedimento in cui sta ${element} è finita.`,
      en: `The part of the proceeding in which ${element} lies is over.`,
    });
  x.emit({ type: 'UserTaskReopened', data: { ...task, key, reason, tokens } });
  for (const it of opened) withDeadline(x, it, (deadline) => operation.close(x, deadline, reason));
  for (const it of met) withDeadline(x, it, (deadline) => operation.reopen(x, deadline, reason));
  for (const it of overwritten) putBack(x, it, reason);
  for (const { element: join, flow } of tokens) {
    if (!scopeOf(x.state, scope)?.joins?.[join]?.[flow])
      refuse('flow-went-on', {
        it: `In ${join} non si attende più chi veniva da ${flow}.`,
        en: `At ${join} nothing waits any more for what came from ${flow}.`,
      });
    x.emit({ type: 'TokensJoined', data: { element: join, scope, tokens: { [flow]: 1 } } });
  }
  for (const it of followers) terminate(x, it);
  x.enqueue({ kind: 'arrival', element, scope, free: true });
}

/** What somebody has set since is not taken from them. */
function putBack(x: Execution, { scope, before, after }: Overwritten, reason: string): void {
  const now = scopeOf(x.state, scope)?.variables;
  if (!now) return;
  for (const name of Object.keys(after))
    if (!isSame(now[name], after[name]))
      refuse('flow-went-on', {
        it: `Il dato «${name}» è stato cambiato dopo questa attività.`,
        en: `The value “${name}” was changed after this task.`,
      });
  x.emit({ type: 'VariablesSet', data: { scope, variables: before, reason } });
}

function withDeadline(
  x: Execution,
  key: string,
  act: (deadline: Parameters<typeof operation.close>[1]) => void,
): void {
  const deadline = x.state.deadlines.get(key);
  if (deadline) act(deadline);
}
