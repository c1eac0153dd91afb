import type { FlowNode } from '@iter/process-model';
import type { CaseCommand } from '../commands.ts';
import type { Execution } from '../execution.ts';
import { refuse } from '../refused.ts';
import { endCase, openEventSubProcesses, startsOf } from '../scopes.ts';
import { requireActive, requireReason, requireVariables } from './checks.ts';

type Command<T extends CaseCommand['type']> = Extract<CaseCommand, { type: T }>;

/** Starts at the none start event, or at the message or timer start event that is named. */
export function startCase(x: Execution, command: Command<'StartCase'>): void {
  const { type: _, startElement, ...data } = command;
  requireVariables(command.variables);
  const start = startOf(x, startElement);
  x.emit({ type: 'CaseStarted', data: { ...data, startElement: start.id } });
  openEventSubProcesses(x, null);
  x.enqueue({ element: start.id, scope: null });
}

function startOf(x: Execution, wanted: string | undefined): FlowNode {
  const starts = startsOf(x, '');
  const found = starts.find(({ id, event }) =>
    wanted === undefined ? event.kind === 'none' : id === wanted,
  );
  if (found) return found;
  const ids = starts.map(({ id }) => id).join(', ');
  return refuse(
    'start-element-not-found',
    wanted === undefined
      ? `The process has no start event without a trigger; name one of: ${ids}.`
      : `The process has no start event ${wanted}; it has: ${ids}.`,
  );
}

export function cancelCase(x: Execution, { reason }: Command<'CancelCase'>): void {
  requireActive(x);
  requireReason(reason);
  endCase(x, { type: 'CaseTerminated', data: { reason, element: null } });
}

/** Nobody can move a suspended case; what the law counts goes on. */
export function suspendCase(x: Execution, { reason }: Command<'SuspendCase'>): void {
  requireActive(x);
  requireReason(reason);
  if (x.state.suspended) refuse('case-suspended', 'The case is suspended already.');
  x.emit({ type: 'CaseSuspended', data: { reason } });
}

export function resumeCase(x: Execution, { reason }: Command<'ResumeCase'>): void {
  requireActive(x);
  requireReason(reason);
  if (!x.state.suspended) refuse('case-not-suspended', 'The case is not suspended.');
  x.emit({ type: 'CaseResumed', data: { reason } });
}

export function setVariables(x: Execution, { variables, reason }: Command<'SetVariables'>): void {
  requireActive(x);
  requireReason(reason);
  requireVariables(variables);
  if (Object.keys(variables).length === 0) return;
  x.emit({ type: 'VariablesSet', data: { scope: null, variables, reason } });
}
