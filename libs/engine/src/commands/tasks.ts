import type { CaseCommand } from '../commands.ts';
import type { Execution } from '../execution.ts';
import { finishWork } from '../flow.ts';
import type { Key } from '../events.ts';
import { refuse } from '../refused.ts';
import { keepRules } from '../refusals.ts';
import { requireActive, requireRunning, requireVariables, workInstance } from './checks.ts';

type Command<T extends CaseCommand['type']> = Extract<CaseCommand, { type: T }>;

function assigneeOf(x: Execution, key: Key): string | null {
  workInstance(x, 'tasks', key);
  return x.state.tasks.get(key)?.assignee ?? null;
}

function refuseOthers(x: Execution, assignee: string | null): void {
  const { account, onBehalfOf } = x.env.actor;
  if (assignee === null || assignee === account || assignee === onBehalfOf) return;
  refuse('task-claimed-by-another', {
    it: 'L’attività è di un’altra persona: va rilasciata o assegnata di nuovo.',
    en: 'The task is somebody else’s: it must be released or assigned anew.',
  });
}

/** Taking what one has already changes nothing. */
export function claimUserTask(x: Execution, { key }: Command<'ClaimUserTask'>): void {
  requireRunning(x);
  const assignee = assigneeOf(x, key);
  refuseOthers(x, assignee);
  if (assignee !== null) return;
  // A substitute takes it for the absent person, who finds it among their own when they are back.
  const { account, onBehalfOf = account } = x.env.actor;
  x.emit({ type: 'UserTaskClaimed', data: { key, by: onBehalfOf } });
}

export function releaseUserTask(x: Execution, { key }: Command<'ReleaseUserTask'>): void {
  requireActive(x);
  const assignee = assigneeOf(x, key);
  if (assignee === null)
    refuse('task-not-claimed', {
      it: 'Nessuno ha preso in carico l’attività.',
      en: 'Nobody has claimed the task.',
    });
  refuseOthers(x, assignee);
  x.emit({ type: 'UserTaskReleased', data: { key } });
}

/** Also takes the task from whoever has it: who may do that is decided before. */
export function assignUserTask(x: Execution, { key, to }: Command<'AssignUserTask'>): void {
  requireActive(x);
  if (assigneeOf(x, key) !== to) x.emit({ type: 'UserTaskAssigned', data: { key, to } });
}

export function completeUserTask(x: Execution, { key, variables }: Command<'CompleteUserTask'>): void {
  requireRunning(x);
  const instance = workInstance(x, 'tasks', key);
  refuseOthers(x, assigneeOf(x, key));
  requireVariables(variables);
  keepRules(x, x.nodeOfInstance(instance), instance.key, variables);
  x.acting = instance.element;
  finishWork(x, 'UserTaskCompleted', instance, variables);
}
