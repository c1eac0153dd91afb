import { withItalianDates } from '@iter/process-model';
import type { FlowNode, Refusal, Said } from '@iter/process-model';
import { unlessStuck } from './execution.ts';
import type { Execution } from './execution.ts';
import { evaluate } from './expressions.ts';
import type { Key, Variables } from './events.ts';
import { Refused } from './refused.ts';

/**
 * Refuses the command (that begins a case, completes a task, or brings a message) when a rule of the element (`iter:refuse`)
 * holds, or cannot be told: a guard that lacks its data does not open. All rules that speak are named, the first one is the
 * message.
 * @param more what is handed in, seen before the variables
 */
export function keepRules(x: Execution, { refusals }: FlowNode, scope: Key | null, more: Variables): void {
  const broken = refusals.flatMap((rule) => {
    const { message } = judgeRule(x, rule, scope, more);
    return message === null ? [] : [{ pointer: '/variables', code: rule.code, message }];
  });
  const [first] = broken;
  if (first) throw new Refused({ code: 'refused-by-process', message: first.message, errors: broken });
}

/** Whether a rule is kept, null where that cannot be told; and why it refuses, null where it does not. */
export function judgeRule(
  x: Execution,
  { code, when, message }: Refusal,
  scope: Key | null,
  more: Variables,
): { readonly kept: boolean | null; readonly message: Said | null } {
  const holds = unlessStuck(() => evaluate(x, when, scope, more));
  if (holds === false) return { kept: true, message: null };
  if (holds !== true) {
    const unknown = {
      it: `La regola «${code}» non si può valutare: manca qualche dato che richiede.`,
      en: `The rule “${code}” cannot be judged: something that it needs is missing.`,
    };
    return { kept: null, message: unknown };
  }
  const words = unlessStuck(() => evaluate(x, message, scope, more));
  return {
    kept: false,
    message:
      typeof words === 'string'
        ? { it: withItalianDates(words), en: null }
        : { it: `La regola «${code}» non lo permette.`, en: `The rule “${code}” does not allow it.` },
  };
}
