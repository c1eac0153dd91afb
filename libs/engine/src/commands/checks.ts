import { pointerPart } from '@iter/process-model';
import type { Execution } from '../execution.ts';
import type { Key, Variables } from '../events.ts';
import { refuse, Refused } from '../refused.ts';
import type { ElementInstance } from '../state.ts';

export function requireActive(x: Execution): void {
  if (x.state.status !== 'active') refuse('case-not-active', `The case is ${x.state.status}.`);
}

/** A suspended case does not move; its legal deadlines do. */
export function requireRunning(x: Execution): void {
  requireActive(x);
  if (x.state.suspended) refuse('case-suspended', 'The case is suspended: resume it first.');
}

export function requireReason(reason: string): void {
  if (reason.trim() === '') refuse('reason-required', 'A reason is required.');
}

export function requireSha256(hash: string): void {
  if (!/^[0-9a-f]{64}$/.test(hash)) refuse('variables-invalid', 'The hash is not SHA-256 in hex.');
}

/** Names that expressions read as something else, or that a plain record cannot hold. */
const reserved = new Set(['deadlines', '__proto__', 'constructor', 'prototype', '']);

export function requireVariables(variables: Variables): void {
  const errors = Object.keys(variables)
    .filter((name) => reserved.has(name))
    .map((name) => ({
      pointer: `/variables/${pointerPart(name)}`,
      code: 'name-reserved',
      message: `"${name}" cannot be the name of a variable.`,
    }));
  if (errors.length === 0) return;
  throw new Refused({ code: 'variables-invalid', message: 'Some variables have reserved names.', errors });
}

/** The live instance that a task's or job's key names. */
export function workInstance(x: Execution, kind: 'tasks' | 'jobs', key: Key): ElementInstance {
  const instance = x.state[kind].has(key) ? x.state.elements.get(key) : undefined;
  if (instance) return instance;
  return kind === 'tasks'
    ? refuse('task-not-found', 'The task is not open: it was completed, or the flow went on without it.')
    : refuse('job-not-found', 'The job is not open: it was completed, or the flow went on without it.');
}
