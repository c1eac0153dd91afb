import type { Expression } from '@iter/process-model';
import { Stuck } from '../execution.ts';
import type { Execution } from '../execution.ts';
import { evaluate } from '../expressions.ts';
import type { Key } from '../events.ts';

/** The value of a declaration's `key`, as text. @throws Stuck `deadline-key-missing` */
export function evaluateKey(x: Execution, key: Expression, scope: Key | null): string {
  const value = evaluate(x, key, scope);
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Stuck('deadline-key-missing', `La chiave «${key.text}» del termine non dà un valore.`);
}
