import type { FlowNode, Refusal } from '@iter/process-model';
import { Stuck } from './execution.ts';
import type { Execution } from './execution.ts';
import { evaluate } from './expressions.ts';
import type { Key, Variables } from './events.ts';
import { Refused } from './refused.ts';

/**
 * Refuses the command when a rule of the element (`iter:refuse`) holds, or cannot be told: a guard that lacks its data does
 * not open. All rules that speak are named, the first one is the message.
 * @param more what is handed in, seen before the variables
 */
export function keepRules(x: Execution, { refusals }: FlowNode, scope: Key | null, more: Variables): void {
  const broken = refusals.flatMap((rule) => {
    const message = whyRefused(x, rule, scope, more);
    return message === null ? [] : [{ pointer: '/variables', code: rule.code, message }];
  });
  const [first] = broken;
  if (first) throw new Refused({ code: 'refused-by-process', message: first.message, errors: broken });
}

function whyRefused(
  x: Execution,
  { code, when, message }: Refusal,
  scope: Key | null,
  more: Variables,
): string | null {
  const holds = told(x, when, scope, more);
  if (holds === false) return null;
  if (holds !== true) return `La regola «${code}» non si può valutare: manca qualche dato che richiede.`;
  const words = told(x, message, scope, more);
  return typeof words === 'string' ? words : `La regola «${code}» non lo permette.`;
}

/** Null when it cannot be evaluated. */
function told(x: Execution, expression: Refusal['when'], scope: Key | null, more: Variables) {
  try {
    return evaluate(x, expression, scope, more);
  } catch (error) {
    if (error instanceof Stuck) return null;
    throw error;
  }
}
