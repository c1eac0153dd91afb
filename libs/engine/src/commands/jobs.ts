import type { CaseCommand } from '../commands.ts';
import { addHours } from '../deadline-state.ts';
import { throwError } from '../errors.ts';
import type { Execution } from '../execution.ts';
import { finishWork } from '../flow.ts';
import type { Key } from '../events.ts';
import { refuse } from '../refused.ts';
import { resolveIncidents } from '../ending.ts';
import { requireActive, requireRunning, requireVariables, workInstance } from './checks.ts';

type Command<T extends CaseCommand['type']> = Extract<CaseCommand, { type: T }>;

export function completeJob(x: Execution, { key, variables }: Command<'CompleteJob'>): void {
  requireRunning(x);
  const instance = workInstance(x, 'jobs', key);
  requireVariables(variables);
  resolveIncidents(x, 'job-completed', (host) => host === key);
  finishWork(x, 'JobCompleted', instance, variables);
}

/** With no retries left an incident asks people; the job stays. */
export function failJob(x: Execution, { key, retries, message, retryInMs }: Command<'FailJob'>): void {
  requireActive(x);
  const { element, scope } = workInstance(x, 'jobs', key);
  if (!Number.isInteger(retries) || retries < 0)
    refuse('variables-invalid', {
      it: 'I tentativi sono un numero intero, da 0 in su.',
      en: 'Retries are a whole number, 0 or more.',
    });
  const retryAt =
    retries > 0 && retryInMs !== undefined && retryInMs >= 0
      ? addHours(x.env.now, retryInMs / 3_600_000)
      : null;
  x.emit({ type: 'JobFailed', data: { key, retries, message, retryAt } });
  if (retries === 0) raise(x, { host: key, element, scope }, 'job-failed', message);
}

export function throwJobError(x: Execution, command: Command<'ThrowJobError'>): void {
  requireRunning(x);
  const { key, code, message, variables } = command;
  const { element, scope } = workInstance(x, 'jobs', key);
  requireVariables(variables);
  resolveIncidents(x, 'job-error-thrown', (host) => host === key);
  x.emit({ type: 'JobErrorThrown', data: { key, code, message, variables } });
  const definition = x.otherDefinition(scope);
  if (throwError(x, { element, ...definition, code, message, variables }, { instance: key })) return;
  raise(x, { host: key, element, scope }, 'error-not-caught', `L’errore ${code} non è raccolto da nessuno.`);
}

interface At {
  readonly host: Key;
  readonly element: string;
  readonly scope: Key | null;
}

function raise(x: Execution, { host, element, scope }: At, code: string, message: string): void {
  for (const incident of x.state.incidents.values()) if (incident.host === host) return;
  x.emit({
    type: 'IncidentRaised',
    data: {
      ...{ key: x.env.newKey(), host, element, code, message, deadline: null },
      ...x.otherDefinition(scope),
    },
  });
}
