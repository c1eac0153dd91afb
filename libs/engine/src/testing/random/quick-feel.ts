import type { Evaluation } from '@iter/feel';
import type { Json } from '@iter/process-model';
import type { Env } from '../../env.ts';

/**
 * The few expressions of random processes, evaluated without a parser: `x`, `x + 1`, `x < 3`, `x % 3 = 1`, and JSON.
 * `fail` cannot be evaluated. What does not fit gives null, as in FEEL.
 */
export const quickFeel: Env['evaluate'] = ({ text }, context): Evaluation => {
  if (text === 'fail') return { ok: false, code: 'expression-failed', message: 'as asked' };
  return { ok: true, value: valueOf(text, context) };
};

function valueOf(text: string, context: Readonly<Record<string, Json>>): Json {
  const [, name, operator, operand, , remainder] =
    /^([a-z_]\w*)(?: ([+<%]) (\d+)( = (\d+))?)?$/i.exec(text) ?? [];
  if (name === undefined || ['true', 'false', 'null'].includes(name)) return JSON.parse(text) as Json;
  const value = context[name] ?? null;
  if (operator === undefined) return value;
  if (typeof value !== 'number') return null;
  const number = Number(operand);
  if (operator === '+') return value + number;
  return operator === '<' ? value < number : value % number === Number(remainder);
}
