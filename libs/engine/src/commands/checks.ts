import type { Label } from '@iter/process-model';
import { pointerPart } from '@iter/process-model';
import type { Execution } from '../execution.ts';
import type { Key, Variables } from '../events.ts';
import { refuse, Refused } from '../refused.ts';
import type { CaseStatus, ElementInstance } from '../state.ts';

const standings: Readonly<Record<CaseStatus, Label>> = {
  none: { it: 'non è avviato', en: 'has not been started' },
  active: { it: 'è in corso', en: 'is under way' },
  completed: { it: 'è concluso', en: 'is closed' },
  terminated: { it: 'è stato annullato', en: 'was cancelled' },
  failed: { it: 'è finito con un errore', en: 'ended with an error' },
};

export function requireActive(x: Execution): void {
  if (x.state.status !== 'active')
    refuse('case-not-active', {
      it: `Il caso ${standings[x.state.status].it}.`,
      en: `The case ${standings[x.state.status].en}.`,
    });
}

/** A suspended case does not move; its legal deadlines do. */
export function requireRunning(x: Execution): void {
  requireActive(x);
  if (x.state.suspended)
    refuse('case-suspended', {
      it: 'Il caso è sospeso: va prima ripreso.',
      en: 'The case is suspended: resume it first.',
    });
}

export function requireReason(reason: string): void {
  if (reason.trim() === '')
    refuse('reason-required', { it: 'Occorre un motivo.', en: 'A reason is needed.' });
}

export function requireSha256(hash: string): void {
  if (!/^[0-9a-f]{64}$/.test(hash))
    refuse('variables-invalid', {
      it: 'L’impronta non è uno SHA-256 in esadecimale.',
      en: 'The fingerprint is not a SHA-256 in hexadecimal.',
    });
}

/** Names that expressions read as something else, or that a plain record cannot hold. */
const reserved = new Set(['deadlines', '__proto__', 'constructor', 'prototype', '']);

export function requireVariables(variables: Variables): void {
  const errors = Object.keys(variables)
    .filter((name) => reserved.has(name))
    .map((name) => ({
      pointer: `/variables/${pointerPart(name)}`,
      code: 'name-reserved',
      message: {
        it: `«${name}» non può essere il nome di un dato.`,
        en: `“${name}” cannot be the name of a value.`,
      },
    }));
  if (errors.length === 0) return;
  throw new Refused({
    code: 'variables-invalid',
    message: { it: 'Alcuni dati hanno nomi riservati.', en: 'Some values have reserved names.' },
    errors,
  });
}

/** The live instance that a task's or job's key names. */
export function workInstance(x: Execution, kind: 'tasks' | 'jobs', key: Key): ElementInstance {
  const instance = x.state[kind].has(key) ? x.state.elements.get(key) : undefined;
  if (instance) return instance;
  return kind === 'tasks'
    ? refuse('task-not-found', {
        it: 'L’attività non è aperta: è stata completata, o il procedimento è andato avanti senza.',
        en: 'The task is not open: it was completed, or the proceeding went on without it.',
      })
    : refuse('job-not-found', {
        it: 'Il lavoro non è aperto: è stato completato, o il procedimento è andato avanti senza.',
        en: 'The job is not open: it was completed, or the proceeding went on without it.',
      });
}
