import { pointerPart } from '@iter/process-model';
import type { Execution } from '../execution.ts';
import type { Key, Variables } from '../events.ts';
import { refuse, Refused } from '../refused.ts';
import type { CaseStatus, ElementInstance } from '../state.ts';

const standings: Readonly<Record<CaseStatus, string>> = {
  none: 'non è avviato',
  active: 'è in corso',
  completed: 'è concluso',
  terminated: 'è stato annullato',
  failed: 'è finito con un errore',
};

export function requireActive(x: Execution): void {
  if (x.state.status !== 'active') refuse('case-not-active', `Il caso ${standings[x.state.status]}.`);
}

/** A suspended case does not move; its legal deadlines do. */
export function requireRunning(x: Execution): void {
  requireActive(x);
  if (x.state.suspended) refuse('case-suspended', 'Il caso è sospeso: va prima ripreso.');
}

export function requireReason(reason: string): void {
  if (reason.trim() === '') refuse('reason-required', 'Occorre un motivo.');
}

export function requireSha256(hash: string): void {
  if (!/^[0-9a-f]{64}$/.test(hash))
    refuse('variables-invalid', 'L’impronta non è uno SHA-256 in esadecimale.');
}

/** Names that expressions read as something else, or that a plain record cannot hold. */
const reserved = new Set(['deadlines', '__proto__', 'constructor', 'prototype', '']);

export function requireVariables(variables: Variables): void {
  const errors = Object.keys(variables)
    .filter((name) => reserved.has(name))
    .map((name) => ({
      pointer: `/variables/${pointerPart(name)}`,
      code: 'name-reserved',
      message: `«${name}» non può essere il nome di un dato.`,
    }));
  if (errors.length === 0) return;
  throw new Refused({ code: 'variables-invalid', message: 'Alcuni dati hanno nomi riservati.', errors });
}

/** The live instance that a task's or job's key names. */
export function workInstance(x: Execution, kind: 'tasks' | 'jobs', key: Key): ElementInstance {
  const instance = x.state[kind].has(key) ? x.state.elements.get(key) : undefined;
  if (instance) return instance;
  return kind === 'tasks'
    ? refuse(
        'task-not-found',
        'L’attività non è aperta: è stata completata, o il procedimento è andato avanti senza.',
      )
    : refuse(
        'job-not-found',
        'Il lavoro non è aperto: è stato completato, o il procedimento è andato avanti senza.',
      );
}
